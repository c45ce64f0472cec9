"""Trees of XML in which parts are found by local names, taken out and unwrapped."""

from collections.abc import Iterator

from pubkit.formats.xml import Element, local_name


def every(root: Element, *names: str) -> list[Element]:
    """Return all elements with one of these local names, in document order."""
    return list(root.iter(*(f"{{*}}{name}" for name in names)))


def has(root: Element, *names: str) -> bool:
    """Tell whether an element of one of these local names is within."""
    return next(root.iter(*(f"{{*}}{name}" for name in names)), None) is not None


def attribute(element: Element, name: str) -> str:
    """Return an attribute by its local name, whatever its namespace; nothing if it is not there."""
    plain = element.get(name)
    if plain is not None:
        return str(plain)
    found = (value for key, value in element.attrib.items() if str(key).endswith("}" + name))
    return str(next(found, ""))


def ancestors(element: Element) -> Iterator[Element]:
    """Yield the elements in which an element stands, the innermost first."""
    parent = element.getparent()
    while parent is not None:
        yield parent
        parent = parent.getparent()


def parent_name(element: Element) -> str:
    """Return the local name of the element in which an element stands."""
    parent = element.getparent()
    return local_name(parent) if parent is not None else ""


def drop(element: Element) -> None:
    """Take an element out of its tree; the text behind it stays."""
    replace_by(element, [])


def unwrap(element: Element) -> None:
    """Put what is in an element into its place."""
    before = element.text or ""
    replace_by(element, list(element), before)


def replace_by(element: Element, others: list[Element], text: str = "") -> None:
    """Put elements, and text before them, into the place of another one."""
    parent = element.getparent()
    if parent is None:
        return
    place = parent.index(element)
    tail = element.tail or ""
    parent.remove(element)
    _add_text(parent, place, text)
    for number, other in enumerate(others):
        parent.insert(place + number, other)
    _add_text(parent, place + len(others), tail)


def _add_text(parent: Element, place: int, text: str) -> None:
    """Add text before the child that has this place."""
    if not text:
        return
    if place:
        previous = parent[place - 1]
        previous.tail = (previous.tail or "") + text
    else:
        parent.text = (parent.text or "") + text
