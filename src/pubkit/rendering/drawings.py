"""Drawings (SVG): text that can ask for files, run scripts, and grow without end.

A drawing of a project may have come with a document that somebody else sent. It is shown as it is,
if it needs nothing but itself.

Source:
    W3C, Scalable Vector Graphics (SVG) 2, 16.1 "Linking"; SVG Integration, "Secure static mode".
"""

import re
from xml.parsers import expat

from pubkit.messages import gettext as _
from pubkit.patterns import pattern

ADDRESSES = frozenset({"href", "src", "base", "data", "schemaLocation"})
"""Attributes that name something to be fetched, whatever their namespace."""
REFUSED = frozenset({"script", "iframe", "object", "embed", "link", "audio", "video"})
OWN = pattern(r"\s*(?:#[^\s]*|data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]*)?\s*")
"""A part of the drawing itself, or a picture within it."""
ASKING = pattern(
    r"url\(\s*([\"']?)(?P<address>[^\"')]*)|@import\s*(?P<sheet>[^;]*)|\\"
    r"|image-set\(|(?<![\w-])(?:image|src)\(\s*[\"']",
    re.IGNORECASE,
)
"""What fetches in a style sheet; a backslash can hide it."""
DEEPEST = 100


def drawing_fault(data: bytes) -> str | None:
    """Return why a drawing cannot be shown as it is, or nothing."""
    reader = _Reader()
    try:
        reader.read(data)
    except _FaultError as fault:
        return str(fault)
    except (expat.ExpatError, ValueError, LookupError):
        return _("it is damaged")
    return None if reader.is_drawing else _("it is not a picture")


def drawing_text(data: bytes) -> str:
    """Return the letters of a drawing that can be shown, with those of its style sheets."""
    texts: list[str] = []
    parser = expat.ParserCreate()
    parser.CharacterDataHandler = texts.append
    parser.Parse(data, True)
    return "".join(texts)


class _FaultError(Exception):
    """Why a drawing is refused."""


class _Reader:
    """Looks at every element, attribute and style of a drawing; nothing is kept of it."""

    def __init__(self) -> None:
        self.is_drawing = False
        self.depth = 0
        self.is_in_style = False
        self.styles: list[str] = []

    def read(self, data: bytes) -> None:
        """Read a drawing to its end, or to what is refused."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self.enter
        parser.EndElementHandler = self.leave
        parser.CharacterDataHandler = self.styles.append
        parser.ProcessingInstructionHandler = self.instruct
        parser.StartDoctypeDeclHandler = self.declare
        parser.Parse(data, True)

    def enter(self, name: str, attributes: dict[str, str]) -> None:
        """Look at an element."""
        local = name.rpartition(" ")[2]
        self.is_drawing |= self.depth == 0 and local == "svg"
        self.depth += 1
        self.styles.clear()
        if self.is_in_style or local.lower() in REFUSED:
            raise _FaultError(_("it has an element “{name}”").format(name=local))
        if self.depth > DEEPEST:
            raise _FaultError(_("it is nested too deep"))
        self.is_in_style = local == "style"
        for key, value in attributes.items():
            self.look_at(key.rpartition(" ")[2], value)

    def look_at(self, key: str, value: str) -> None:
        """Look at an attribute."""
        if key.lower().startswith("on"):
            raise _FaultError(_("it has a script"))
        is_moving_address = key == "attributeName" and value.rpartition(":")[2].strip() == "href"
        if is_moving_address or (key in ADDRESSES and not OWN.fullmatch(value)):
            raise _outside(value)
        _verify_style(value)

    def leave(self, name: str) -> None:
        """Look at the text of a style sheet."""
        if name.rpartition(" ")[2] == "style":
            _verify_style("".join(self.styles))
            self.is_in_style = False
        self.depth -= 1

    def instruct(self, target: str, data: str) -> None:
        """Refuse style sheets beside the drawing."""
        if target == "xml-stylesheet":
            raise _outside(data)

    def declare(self, _name: str, _system: str | None, _public: str | None, has_own: bool) -> None:
        """Refuse definitions, which can read files and make a short text long."""
        if has_own:
            raise _FaultError(_("it defines entities"))


def _verify_style(text: str) -> None:
    for found in ASKING.finditer(text) if "(" in text or "@" in text else ():
        if found["address"] is not None and OWN.fullmatch(found["address"]):
            continue
        raise _outside(found["address"] or found["sheet"] or text)


def _outside(address: str) -> _FaultError:
    return _FaultError(_("it wants {address}, which is outside of it").format(address=address[:80]))
