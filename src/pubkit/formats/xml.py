"""XML: read without entities, network or other files, and written; the only importer of lxml.

What comes back from other people is hostile until it is read: there is no internal subset (so no
entities), no file but the given one is opened, nesting and sizes are bounded, and a file is in
the charset that it says or is refused.
"""

import codecs
import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from lxml import etree

from pubkit.errors import CatalogError, Location
from pubkit.messages import gettext as _
from pubkit.patterns import pattern

Element = etree._Element

XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace"
LANG = f"{{{XML_NAMESPACE}}}lang"
SPACE = f"{{{XML_NAMESPACE}}}space"

MAX_BYTES = 100_000_000
"""A translation memory may be larger than a catalog; beyond this it is cut into several."""

# ---------------------------------------------------------------- reading


def parse_xml(data: bytes, *, path: str, root: str) -> Element:
    """Read a whole file.

    Args:
        data: Its bytes.
        path: Its name in errors.
        root: The local name that its root must have.

    Raises:
        CatalogError: It is too large, in another charset, not well-formed, has entities, or is
            another kind of file.
    """
    text = decode_xml(data, path=path)
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        found = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise _malformed(error, path) from None
    _check_root(found, root, path)
    _check_entities(found, path)
    return found


def iterate_xml(data: bytes, tag: str, *, path: str, root: str) -> Iterator[Element]:
    """Read a large file element by element; each is gone when the next one is asked for.

    Args:
        data: Its bytes.
        tag: The local name of the elements wanted.
        path: Its name in errors.
        root: The local name that its root must have.

    Raises:
        CatalogError: As ``parse_xml``.
    """
    text = decode_xml(data, path=path)
    events = etree.iterparse(
        BytesIO(text.encode()),
        events=("end",),
        tag=f"{{*}}{tag}",
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for _event, element in events:
            _check_root(element.getroottree().getroot(), root, path)
            _check_entities(element, path)
            yield element
            _forget(element)
    except etree.XMLSyntaxError as error:
        raise _malformed(error, path) from None
    if events.root is not None:
        _check_root(events.root, root, path)


def _forget(element: Element) -> None:
    """Free the memory of an element and of those before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def fault(path: str, element: Element, message: str, remedy: str) -> CatalogError:
    """Return the error to raise for a fault of an element."""
    return CatalogError(message, location=Location(path, line_of(element)), remedy=remedy)


def line_of(element: Element) -> int:
    """Return the line on which an element stands; 0 if it was never in a file."""
    line = element.sourceline
    return line if isinstance(line, int) else 0


def local_name(element: Element) -> str:
    """Return an element's name without its namespace."""
    return etree.QName(element).localname


def children(element: Element, *names: str) -> Iterator[Element]:
    """Return the children with one of these local names, of any namespace."""
    return (child for child in element if local_name(child) in names)


def child(element: Element, name: str) -> Element | None:
    """Return the first child of this local name, if there is one."""
    return next(children(element, name), None)


MOST_DIGITS = 20


def number(text: str, *, most: int, otherwise: int = 0) -> int:
    """Return the number that an attribute says, and not more than a bound.

    Python itself refuses to read thousands of digits.

    Args:
        text: The value of the attribute.
        most: What is returned for all that is more.
        otherwise: What is returned if it is no number, or a negative one.
    """
    if not text.isdecimal():
        return otherwise
    return most if len(text) > MOST_DIGITS else min(int(text), most)


def full_text(element: Element) -> str:
    """Return all text within an element, without its markup."""
    return "".join(str(text) for text in element.itertext())


def _check_root(found: Element, wanted: str, path: str) -> None:
    if local_name(found) != wanted:
        raise fault(
            path,
            found,
            _("The file is not {wanted}: its root element is “{found}”.").format(
                wanted=wanted.upper(), found=local_name(found)
            ),
            _("Give the file the ending of what it is, or export it again."),
        )


def _check_entities(found: Element, path: str) -> None:
    """Refuse references to entities that only a document type elsewhere defines."""
    for entity in found.iter(etree.Entity):
        raise CatalogError(
            _("“{entity}” is an entity that the file does not explain.").format(entity=entity.text),
            location=Location(path, line_of(entity) or line_of(found)),
            remedy=_("Write the character itself, or its number, as in “&#160;”."),
        )


def _malformed(error: etree.XMLSyntaxError, path: str) -> CatalogError:
    line, column = error.position
    # Where it is, is told already; what libxml2 advises is advice for programmers.
    reason = re.sub(
        r",? (?:line \d+, column|(?:use|try) XML_).*", "", error.msg or "", flags=re.DOTALL
    )
    return CatalogError(
        _("The file is no well-formed XML: {reason}").format(reason=reason),
        location=Location(path, line or 1, column or None),
        remedy=_("Export it again from the tool that made it; the file may be cut off."),
    )


# ---------------------------------------------------------------- charset and prolog


def decode_xml(data: bytes, *, path: str) -> str:
    """Return the text of an XML file in UTF-8 or UTF-16, without its byte order mark.

    Raises:
        CatalogError: It is too large or in another charset, or it defines entities.
    """
    if len(data) > MAX_BYTES:
        raise CatalogError(
            _("The file has {size} bytes; {limit} are allowed.").format(
                size=len(data), limit=MAX_BYTES
            ),
            location=Location(path),
            remedy=_("Export it in several parts."),
        )
    charset = _charset(data)
    try:
        text = data.decode(charset).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise _undecodable(data, error.start, charset, path) from None
    _check_prolog(text, charset, path)
    return text


def _charset(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if data[:1] == b"\0":
        return "utf-16-be"
    return "utf-16-le" if data[1:2] == b"\0" else "utf-8"


def _undecodable(data: bytes, offset: int, charset: str, path: str) -> CatalogError:
    before = data[:offset].decode(charset, errors="replace")
    column = len(before) - before.rfind("\n")
    return CatalogError(
        _("The byte {byte} is not {charset}.").format(
            byte=f"0x{data[offset]:02X}", charset=charset.upper()
        ),
        location=Location(path, before.count("\n") + 1, column),
        remedy=_("Export the file again as UTF-8."),
    )


_DECLARATION = pattern(r"""\A<\?xml\s[^>]*?encoding\s*=\s*["']([^"'>]*)["']""")
_DOCTYPE = pattern(
    r"""\A(?:\s+|<\?(?:(?!\?>).)*\?>|<!--(?:(?!-->).)*-->)*"""
    r"""<!DOCTYPE(?:[^\[>"']|"[^"]*"|'[^']*')*\[""",
    re.DOTALL,
)
_PROLOG = 100_000
"""Characters in which a prolog ends; more of it has no use."""


def _check_prolog(text: str, charset: str, path: str) -> None:
    declared = _DECLARATION.match(text)
    if declared and not _agrees(declared[1].lower(), charset):
        raise CatalogError(
            _("The file says that it is in {charset}; only UTF-8 and UTF-16 are read.").format(
                charset=declared[1] or "?"
            ),
            location=Location(path, 1, declared.start(1) + 1),
            remedy=_("Export the file again as UTF-8."),
        )
    subset = _DOCTYPE.match(text[:_PROLOG])
    if subset:
        raise CatalogError(
            _("The file defines entities or other declarations of its own, which is not safe."),
            location=Location(path, text.count("\n", 0, subset.end()) + 1),
            remedy=_("Delete what stands between “[” and “]” in its DOCTYPE."),
        )


def _agrees(declared: str, charset: str) -> bool:
    if charset == "utf-8":
        return declared in ("utf-8", "utf8", "us-ascii", "ascii")
    return declared.startswith(("utf-16", "utf16", "ucs-2", "iso-10646-ucs-2"))


# ---------------------------------------------------------------- writing

_FORBIDDEN = pattern("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def forbidden_character(text: str) -> str | None:
    """Return the first character of a text that XML cannot hold, if there is one.

    Source:
        XML 1.0, 2.2 "Characters".
    """
    found = _FORBIDDEN.search(text)
    return found[0] if found else None


def is_forbidden(text: str) -> bool:
    """Tell whether a text has a character that XML cannot hold."""
    return _FORBIDDEN.search(text) is not None


def new_element(
    name: str,
    attributes: dict[str, str] | None = None,
    *,
    prefixes: Any = None,
) -> Element:
    """Return a new root element.

    Args:
        name: As ``{namespace}local``.
        attributes: Names and values.
        prefixes: Namespaces by prefix; None is the prefix of elements without one.
    """
    return etree.Element(name, attributes or {}, nsmap=prefixes)


def add_element(
    parent: Element, name: str, attributes: dict[str, str] | None = None, text: str = ""
) -> Element:
    """Append an element to another one and return it."""
    element = etree.SubElement(parent, name, attributes or {})
    element.text = text or None
    return element


def add_text(parent: Element, text: str) -> None:
    """Append text to an element, behind its last child."""
    if not text:
        return
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def parse_page(text: str) -> Element:
    """Read a page of HTML as browsers do, whatever is wrong with it; nothing is fetched."""
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, recover=True
    )
    found = etree.fromstring(text.encode() or b"<html></html>", parser)
    return found if found is not None else etree.Element("html")


def format_page(root: Element) -> bytes:
    """Return a part of a page of HTML as UTF-8."""
    return etree.tostring(root, encoding="utf-8", method="html", with_tail=False)


def format_tree(root: Element) -> bytes:
    """Return a tree as UTF-8, its white space as it is."""
    return b'<?xml version="1.0" encoding="UTF-8"?>' + etree.tostring(root, encoding="utf-8")


def format_xml(root: Element, *, doctype: str | None = None, keep: tuple[str, ...] = ()) -> bytes:
    """Return a tree as UTF-8 with its structure indented.

    Args:
        root: The tree; it is indented in place.
        doctype: The document type declaration.
        keep: The local names of elements whose white space is text: nothing in them is touched.
    """
    _indent(root, 0, keep)
    # A given declaration keeps lxml from writing one in apostrophes, which some tools dislike.
    body = etree.tostring(root, encoding="unicode")
    lines = ('<?xml version="1.0" encoding="UTF-8"?>', doctype, body)
    return "".join(f"{line}\n" for line in lines if line).encode()


def _indent(element: Element, depth: int, keep: tuple[str, ...]) -> None:
    if local_name(element) in keep or not len(element):
        return
    element.text = "\n" + "  " * (depth + 1)
    for inner in element:
        _indent(inner, depth + 1, keep)
        inner.tail = element.text
    element[-1].tail = "\n" + "  " * depth
