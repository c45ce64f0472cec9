"""The page of a campaign: what became of it, in charts with a table beside each.

All texts come in the language of the reader; the page has totals, and nobody's address.
"""

from markupsafe import Markup

from pubkit.localize import direction, html_tag
from pubkit.rendering.charts import Column, Part, Tick
from pubkit.rendering.html import read_template, render_template
from pubkit.rendering.page import style_content
from pubkit.rendering.typefaces import screen_stylesheet
from pubkit.values import dataclass

TEMPLATE = "campaign.html.j2"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """A number that is seen at once."""

    kind: str
    name: str
    number: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table beside a chart: the first column has names, the others numbers."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    kinds: tuple[str, ...] = ()
    """The colours of the columns; empty for those without one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A bar with its name above it."""

    name: str
    number: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """A section with bars."""

    heading: str
    caption: str
    title: str
    """What the chart shows, for those who cannot see it."""
    bars: tuple[Bar, ...]
    table: Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasons:
    """A section with a bar in each row of its table: its names are too long for a chart."""

    heading: str
    caption: str
    heads: tuple[str, str]
    reasons: tuple[Bar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """A section with columns over time."""

    heading: str
    caption: str
    title: str
    columns: tuple[Column, ...]
    heights: tuple[Tick, ...]
    times: tuple[Tick, ...]
    table: Table
    summary: str
    """What opens the table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    """A section with a table alone."""

    heading: str
    caption: str
    table: Table


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignPage:
    """All that the page says."""

    lang: str
    title: str
    kicker: str
    """Which campaign."""
    lead: str
    facts: tuple[tuple[str, str], ...]
    """What is known of it: names and values."""
    whole: tuple[Part, ...]
    """All members as one bar, of which the tiles are the legend."""
    whole_title: str
    tiles: tuple[Tile, ...]
    sections: tuple[Bars | Columns | Reasons, ...]
    tables: tuple[Plain, ...]
    words: tuple[tuple[str, str, str], ...]
    """The states: kind, name and meaning."""
    words_heading: str
    made: str
    """When the page was made."""


def render_campaign(page: CampaignPage) -> str:
    """Return the page, complete in one file."""
    context = {field: getattr(page, field) for field in page.__slots__}
    return render_template(
        TEMPLATE,
        context
        | {
            "lang": html_tag(page.lang),
            "direction": direction(page.lang),
            "stylesheet": _stylesheet,
            "typefaces": Markup(screen_stylesheet({page.lang})),  # noqa: S704
        },
    )


def _stylesheet(name: str) -> Markup:
    return style_content(read_template(name), name=name)
