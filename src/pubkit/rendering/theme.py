"""What a publisher changes of the page without writing a style sheet: colours, paper, logo."""

from collections.abc import Mapping
from dataclasses import field
from types import MappingProxyType

from markupsafe import Markup

from pubkit.config import PAPERS
from pubkit.values import dataclass

MEASURE = 441.0
"""The width of the text in points, on every paper: 42 characters of 10.5."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """The choice of a publisher."""

    colours: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """The custom properties of ``tokens.css`` that have another colour, without their dashes."""
    paper: str = "A4"
    logo: str = ""
    """A picture as a ``data:`` address, so that a page needs no other file for it."""

    @property
    def stylesheet(self) -> Markup:
        """The colours, after those of ``tokens.css``."""
        rules = " ".join(f"--{name}: {colour};" for name, colour in self.colours.items())
        return Markup(f":root {{ {rules} }}") if rules else Markup()  # noqa: S704

    @property
    def page(self) -> Markup:
        """The paper, within ``@page``."""
        margin = f"calc(({PAPERS[self.paper]} - {MEASURE:g}pt) / 2)"
        return Markup(  # noqa: S704
            f"size: {self.paper}; margin-left: {margin}; margin-right: {margin};"
        )


PLAIN = Theme()
"""pubkit's own colours on A4, without a logo."""
