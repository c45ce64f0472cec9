"""XML that is written: elements, and the characters that XML can hold."""

from collections.abc import Mapping
from xml.etree import ElementTree

from pubkit.patterns import pattern

UNWRITABLE = pattern("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML has no way to write, not even escaped.

Source:
    Extensible Markup Language (XML) 1.0, 2.2 "Characters".
"""

Element = ElementTree.Element


def element(
    name: str, attributes: Mapping[str, str], *children: Element, text: str = ""
) -> Element:
    """Return an element with its children, or with a text."""
    made = Element(name, {key: _writable(value) for key, value in attributes.items()})
    made.extend(children)
    made.text = _writable(text) or None
    return made


def _writable(text: str) -> str:
    return UNWRITABLE.sub("", text)


def xml_text(root: Element) -> str:
    """Return the file of a root element."""
    ElementTree.indent(root)
    body = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{body}\n'
