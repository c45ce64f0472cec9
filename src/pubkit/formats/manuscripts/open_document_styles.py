"""The styles of an OpenDocument text: what each of them, with those it is based on, looks like."""

from collections.abc import Iterable, Iterator, Mapping

from pubkit.formats.manuscripts.model import Run
from pubkit.formats.manuscripts.trees import attribute, every
from pubkit.formats.xml import Element, local_name, number
from pubkit.values import dataclass

MOST_LEVELS = 100
"""Of lists and headings; OpenDocument has ten."""
LARGEST_START = 900_000_000
"""Of a list; Markdown reads nine digits."""


@dataclass(frozen=True, slots=True)
class Style:
    """A style with what it has of its own."""

    name: str
    """As people see it, in lower case."""
    parent: str
    properties: Mapping[str, str]
    outline_level: int


@dataclass(frozen=True, slots=True)
class Level:
    """How the items of one level of a list are counted."""

    is_numbered: bool = False
    form: str = ""
    """That of the numbers, such as ``1``, ``a`` or ``I``."""
    start: int = 1


class Styles:
    """The styles of a text by family and name."""

    def __init__(self, roots: Iterable[Element]) -> None:
        self._styles: dict[tuple[str, str], Style] = {}
        self._lists: dict[str, dict[int, Level]] = {}
        for root in roots:
            for element in every(root, "style"):
                key = attribute(element, "family"), attribute(element, "name")
                self._styles[key] = _style(element)
            for element in every(root, "list-style"):
                self._lists[attribute(element, "name")] = {
                    number(attribute(level, "level"), most=MOST_LEVELS): _level(level)
                    for level in element
                }

    def names(self, paragraph_style: str) -> list[str]:
        """Return the names of a paragraph's style and of those it is based on."""
        return [style.name for style in self._chain("paragraph", paragraph_style)]

    def outline_level(self, paragraph_style: str) -> int:
        """Return the level of the heading that a style makes of a paragraph; 0 for none."""
        levels = (style.outline_level for style in self._chain("paragraph", paragraph_style))
        return next(filter(None, levels), 0)

    def level(self, list_style: str, depth: int) -> Level:
        """Return how a level of a list is counted."""
        return self._lists.get(list_style, {}).get(depth, Level())

    def look(self, text_style: str) -> tuple[Run, dict[str, str]]:
        """Return how a span looks: as a run can, and in all its properties."""
        properties: dict[str, str] = {}
        for style in reversed(list(self._chain("text", text_style))):
            properties |= style.properties
        weights = (properties.get(f"font-weight{script}", "normal") for script in SCRIPTS)
        slants = (properties.get(f"font-style{script}", "normal") for script in SCRIPTS)
        run = Run(
            text="",
            is_strong=any(weight in BOLD for weight in weights),
            is_emphasised=any(slant in ("italic", "oblique") for slant in slants),
            is_struck=properties.get("text-line-through-style", "none") != "none",
        )
        return run, properties

    def _chain(self, family: str, name: str) -> Iterator[Style]:
        seen: set[str] = set()
        while name and name not in seen and (family, name) in self._styles:
            seen.add(name)
            style = self._styles[family, name]
            yield style
            name = style.parent


SCRIPTS = ("", "-asian", "-complex")
BOLD = ("bold", "600", "700", "800", "900")


def _style(element: Element) -> Style:
    properties = {
        local_name_of(key): str(value)
        for child in element
        if local_name(child) == "text-properties"
        for key, value in child.attrib.items()
    }
    shown = attribute(element, "display-name") or attribute(element, "name")
    return Style(
        name=shown.replace("_20_", " ").lower(),
        parent=attribute(element, "parent-style-name"),
        properties=properties,
        outline_level=number(attribute(element, "default-outline-level"), most=MOST_LEVELS),
    )


def _level(element: Element) -> Level:
    return Level(
        is_numbered=local_name(element).endswith("number"),
        form=attribute(element, "num-format"),
        start=number(attribute(element, "start-value"), most=LARGEST_START, otherwise=1),
    )


def local_name_of(key: object) -> str:
    """Return the name of an attribute without its namespace."""
    return str(key).rpartition("}")[2]
