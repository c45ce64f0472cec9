"""The inline elements of XLIFF 2 as text."""

from collections.abc import Mapping
from dataclasses import field

from pubkit.errors import CatalogError
from pubkit.formats.xml import Element, children, fault, local_name
from pubkit.messages import gettext as _
from pubkit.patterns import pattern
from pubkit.values import dataclass

MARKS = {"xlf:b": "**", "xlf:i": "*", "pubkit:strikethrough": "~~"}
"""What a tool adds by itself has no original data: Markdown's marks stand for it."""
BREAK = "\\\n"


def original_data(unit: Element, path: str) -> dict[str, str]:
    """Return what the codes of a unit stand for, by identifier."""
    return {
        data.get("id", ""): inline_text(data, Unit(path))
        for parent in children(unit, "originalData")
        for data in children(parent, "data")
    }


@dataclass(frozen=True, slots=True)
class Unit:
    """What the inline elements of a unit need to be read."""

    path: str
    data: Mapping[str, str] = field(default_factory=dict)
    """What codes stand for."""
    keeps_spaces: bool = True
    """Whether line breaks are text; else a tool has made them for its layout."""


_LAYOUT = pattern(r"[ \t]*\n[ \t\n]*")


def inline_text(element: Element, unit: Unit) -> str:
    """Return the text of an element with its codes resolved.

    Args:
        element: A source or target, or an element within it.
        unit: What its elements refer to.

    Raises:
        CatalogError: A code refers to data that the unit does not have.
    """
    parts = [_characters(element.text, unit)]
    for inner in element:
        parts += (_resolved(inner, unit), _characters(inner.tail, unit))
    return "".join(parts)


def _characters(text: str | None, unit: Unit) -> str:
    return (text or "") if unit.keeps_spaces else _LAYOUT.sub(" ", text or "")


def _resolved(element: Element, unit: Unit) -> str:
    name = local_name(element)
    if name == "cp":
        return _character(element, unit)
    if name == "pc":
        opening = _data(element, "dataRefStart", unit)
        closing = _data(element, "dataRefEnd", unit)
        return opening + inline_text(element, unit) + closing
    if name in ("ph", "sc", "ec"):
        return _data(element, "dataRef", unit)
    # Annotations (mrk, sm, em) and elements of other namespaces say something of their text.
    return inline_text(element, unit)


SURROGATES = range(0xD800, 0xE000)
"""Halves of characters in UTF-16; no text can hold them."""


def _character(element: Element, unit: Unit) -> str:
    try:
        number = int(element.get("hex", ""), 16)
        if number in SURROGATES:
            raise ValueError
        return chr(number)
    except (ValueError, OverflowError):
        raise fault(
            unit.path,
            element,
            _("“{value}” is not the number of a character.").format(value=element.get("hex")),
            _("Export the file again from the tool that made it."),
        ) from None


def _data(element: Element, attribute: str, unit: Unit) -> str:
    reference = element.get(attribute)
    if reference is None:
        kind = element.get("subType", "")
        return BREAK if kind == "xlf:lb" else MARKS.get(kind, "")
    if reference not in unit.data:
        raise _dangling(element, reference, unit.path)
    return unit.data[reference]


def _dangling(element: Element, reference: str, path: str) -> CatalogError:
    return fault(
        path,
        element,
        _("The code “{name}” refers to “{reference}”, which the unit does not have.").format(
            name=element.get("id") or element.get("startRef"), reference=reference
        ),
        _("Export the file again from the tool that made it."),
    )
