"""The inline elements of XLIFF 2 as text."""

from pubkit.errors import CatalogError
from pubkit.formats.xml import Element, children, fault, local_name
from pubkit.messages import gettext as _

MARKS = {"xlf:b": "**", "xlf:i": "*", "pubkit:strikethrough": "~~"}
"""What a tool adds by itself has no original data: Markdown's marks stand for it."""
BREAK = "\\\n"


def original_data(unit: Element, path: str) -> dict[str, str]:
    """Return what the codes of a unit stand for, by identifier."""
    return {
        data.get("id", ""): inline_text(data, {}, path)
        for parent in children(unit, "originalData")
        for data in children(parent, "data")
    }


def inline_text(element: Element, data: dict[str, str], path: str) -> str:
    """Return the text of an element with its codes resolved.

    Args:
        element: A source or target, or an element within it.
        data: What codes stand for.
        path: The file.

    Raises:
        CatalogError: A code refers to data that the unit does not have.
    """
    parts = [element.text or ""]
    for inner in element:
        parts += (_resolved(inner, data, path), inner.tail or "")
    return "".join(parts)


def _resolved(element: Element, data: dict[str, str], path: str) -> str:
    name = local_name(element)
    if name == "cp":
        return _character(element, path)
    if name == "pc":
        opening = _data(element, "dataRefStart", data, path)
        closing = _data(element, "dataRefEnd", data, path)
        return opening + inline_text(element, data, path) + closing
    if name in ("ph", "sc", "ec"):
        return _data(element, "dataRef", data, path)
    # Annotations (mrk, sm, em) and elements of other namespaces say something of their text.
    return inline_text(element, data, path)


def _character(element: Element, path: str) -> str:
    try:
        return chr(int(element.get("hex", ""), 16))
    except (ValueError, OverflowError):
        raise fault(
            path,
            element,
            _("“{value}” is not the number of a character.").format(value=element.get("hex")),
            _("Export the file again from the tool that made it."),
        ) from None


def _data(element: Element, attribute: str, data: dict[str, str], path: str) -> str:
    reference = element.get(attribute)
    if reference is None:
        kind = element.get("subType", "")
        return BREAK if kind == "xlf:lb" else MARKS.get(kind, "")
    if reference not in data:
        raise _dangling(element, reference, path)
    return data[reference]


def _dangling(element: Element, reference: str, path: str) -> CatalogError:
    return fault(
        path,
        element,
        _("The code “{name}” refers to “{reference}”, which the unit does not have.").format(
            name=element.get("id") or element.get("startRef"), reference=reference
        ),
        _("Export the file again from the tool that made it."),
    )
