"""The names of XLIFF's elements and attributes, and pubkit's own ones among them."""

XLIFF = "urn:oasis:names:tc:xliff:document:2.0"
"""The namespace of XLIFF 2.0 and 2.1."""
PUBKIT = "urn:x-pubkit:exchange"
MARKS = f"{{{PUBKIT}}}marks"
"""What the translation of a unit was when it was exported."""
DOCUMENT = f"{{{PUBKIT}}}document"
"""The name of a document that cannot be an identifier in XML."""
FUZZY = "pubkit:fuzzy"
"""The sub-state of a translation that still has to be reviewed."""

CONTEXT = "context"
ROLE = "role"
COMMENT = "comment"
TRANSLATOR = "translator"
PREVIOUS = "previous"
PREVIOUS_CONTEXT = "previous-context"
PLURAL = "plural"


def in_xliff(name: str) -> str:
    """Return the full name of one of XLIFF's elements."""
    return f"{{{XLIFF}}}{name}"
