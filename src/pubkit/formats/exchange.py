"""What all exchange formats share: the entries of one document on their way out and back.

An exchange file says of each entry which text it was made for (its *identifier*) and what its
translation was (its *marks*). So a text that somebody has changed by mistake is noticed, and
whoever brings the file back can tell what a translator did from what happened meanwhile.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import field
from types import MappingProxyType

from pubkit.config.limits import Limits, raised
from pubkit.errors import CatalogError, Location
from pubkit.formats.xml import forbidden_character
from pubkit.messages import gettext as _
from pubkit.model import Catalog, Entry, Key
from pubkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Marks:
    """What an entry was when it was exported, in digests."""

    translation: str
    """Of the translation and whether it was fuzzy."""
    comments: str
    """Of what translators say, and of the other forms of a term."""

    def __str__(self) -> str:
        return f"{self.translation}{self.comments}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bitext:
    """The entries of one document as an exchange file has them."""

    document: str | None = None
    """The name of the document's catalogs, or of foreign files the path that they say."""
    catalog: Catalog
    """The entries; the ``line`` of each is that of the exchange file, ``lang`` the target."""
    marks: Mapping[Key, Marks] = field(default_factory=lambda: MappingProxyType({}))
    """What the entries were when they were exported; nothing of foreign files."""
    source_lang: str | None = None
    is_open: bool = False
    """Whether entries are added that the catalog lacks, as the terms of a termbase are."""


def identifier(key: Key) -> str:
    """Return what names an entry in an exchange file: it depends on nothing but its text.

    So a paragraph that is inserted changes no other identifier.
    """
    context, msgid = key
    return "u" + _digest([msgid] if context is None else [msgid, context])[:16]


def marks_of(entry: Entry) -> Marks:
    """Return the marks of an entry."""
    return Marks(
        _digest([entry.msgstr, *entry.msgstr_plural, str(entry.is_fuzzy)])[:8],
        _digest([*entry.translator_comments, *listed_forms(entry)])[:8],
    )


FORMS = ("aliases:", "renderings:", "forbidden:")


def listed_forms(entry: Entry) -> list[str]:
    """Return the extracted comments that list other forms of a term."""
    return [comment for comment in entry.extracted_comments if comment.strip().startswith(FORMS)]


def other_forms(entry: Entry) -> dict[str, list[str]]:
    """Return the other forms of a term by what they are: aliases, renderings, forbidden."""
    forms: dict[str, list[str]] = {label.removesuffix(":"): [] for label in FORMS}
    for comment in listed_forms(entry):
        label, _colon, listed = comment.strip().partition(":")
        forms[label] += (form.strip() for form in listed.split(";") if form.strip())
    return forms


def read_marks(text: str) -> Marks | None:
    """Return the marks that a text says, if it does."""
    is_digest = len(text) == 16 and set(text) <= set("0123456789abcdef")
    return Marks(text[:8], text[8:]) if is_digest else None


def _digest(texts: Iterable[str]) -> str:
    # A text has no NUL, so two lists of texts cannot be mistaken for one another.
    return hashlib.sha256("\0".join(texts).encode("utf-8", "surrogatepass")).hexdigest()


def exportable(catalog: Catalog) -> list[Entry]:
    """Return what is exchanged of a catalog: what is in use."""
    return list(catalog.live_entries)


def verify_text(text: str, location: Location, limits: Limits) -> None:
    """Make sure that a text may stand in a catalog.

    Raises:
        CatalogError: It is too long, or has a control character or what is no character.
    """
    if len(text) > limits.catalog_text:
        raise CatalogError(
            _("This text has {count} characters; {limit} are allowed.").format(
                count=len(text), limit=limits.catalog_text
            ),
            location=location,
            remedy=raised(_("Delete the text from the file"), "catalog_text"),
        )
    found = forbidden_character(text) or next((c for c in text if "\x7f" <= c <= "\x9f"), None)
    if found:
        raise CatalogError(
            _("The translation has the character {code}, which nobody can see.").format(
                code=f"U+{ord(found):04X}"
            ),
            location=location,
            remedy=_("Delete the character and import the file again."),
        )


def check_characters(entry: Entry, path: str | None, texts: Iterable[str]) -> None:
    """Make sure that XML can hold these texts of an entry.

    Raises:
        CatalogError: One of them has a control character or no character at all.
    """
    for text in texts:
        character = forbidden_character(text)
        if character:
            raise CatalogError(
                _("The text has the character {code}, which this format cannot hold.").format(
                    code=f"U+{ord(character):04X}"
                ),
                location=Location(path or "", entry.line or None),
                remedy=_("Delete the character from the catalog, or from the source."),
            )
