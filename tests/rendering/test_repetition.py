"""What is worked out once is what would be worked out each time."""

from collections.abc import Callable
from typing import Any

import pytest
import weasyprint
from weasyprint import css
from weasyprint.css import ComputedStyle
from weasyprint.text.fonts import FontConfiguration

from pubkit.rendering import repetition
from pubkit.rendering.repetition import remember_for, without_search

SEARCH: Any = ComputedStyle.__missing__
if hasattr(SEARCH, "__wrapped__"):
    SEARCH = SEARCH.__wrapped__
LONG = (
    "Internationalisation of characteristically unpronounceable committees, and many others. " * 3
)
STYLES = (
    "p { text-align: justify; hyphens: auto; width: 7cm } p + p { width: 3cm }",
    "p { letter-spacing: 1px; word-spacing: 2px } p + p { letter-spacing: 2px }",
    "p { white-space: pre-wrap; tab-size: 4 } p + p { tab-size: 9 }",
    "p::first-letter { font-size: 3em; float: left } p::first-line { color: red }",
    "p { width: 50%; padding: 5%; min-height: 3em; box-sizing: border-box } p + p { width: 20% }",
    "table { border-collapse: collapse; width: 100% } td { border: 2px solid; padding: 1% }",
    "div { display: flex; gap: 2% } p { flex: 1 1 20%; margin-inline: auto 3% }",
    "p { font-family: serif, 'Noto Sans'; font-variant-caps: small-caps; line-height: 2em }",
    "body { font-size: calc(1em + 20%); --m: 3mm } p { margin: var(--m); width: calc(50% - 3mm) }",
    "p { text-decoration: underline dotted; direction: rtl } p + p { text-decoration: inherit }",
    "p { overflow-wrap: anywhere; width: 1cm } p + p { overflow-wrap: break-word; width: 0 }",
    "@page { size: a6; margin: 10% } p { height: 20vh; columns: 2; position: relative; top: 3% }",
)
PAGE = (
    f"<html lang=en><body><div><p>{LONG}<em>{LONG}</em><p lang=zh>{LONG}中文与 English 混排。</div>"
    f"<p>{LONG}\ta\tb<table><tr><td>{LONG}<td>1<tr><td>2<td>{LONG}</table><ol><li>{LONG}</ol>"
)


def draw(style: str, *, times: int = 1, remembers: bool = True) -> list[bytes]:
    """Return what is drawn of the page, as often as it is laid out with the same fonts."""
    fonts = FontConfiguration()
    if remembers:
        remember_for(fonts)
    page = weasyprint.HTML(string=f"<style>{style}</style>{PAGE}")
    layouts = [page.render(font_config=fonts) for _ in range(times)]
    return [layout.write_pdf(uncompressed_pdf=True) for layout in layouts]


@pytest.mark.parametrize("style", STYLES)
def test_page_is_the_same_as_without_memory(style: str) -> None:
    """For the first layout and for those after it."""
    (stock,) = draw(style, remembers=False)

    assert draw(style, times=3) == [stock] * 3


@pytest.mark.parametrize("style", STYLES)
def test_values_of_styles_are_those_that_a_search_finds(style: str) -> None:
    """Of every element and every property."""
    remember_for(FontConfiguration())
    found = with_missing(without_search(SEARCH), style)

    assert found == with_missing(SEARCH, style)
    assert len(found) > 10


def with_missing(missing: Callable[..., Any], style: str) -> list[dict[str, Any]]:
    """Return all values of all styles of the page."""
    extended = ComputedStyle.__missing__
    ComputedStyle.__missing__ = missing
    try:
        html = weasyprint.HTML(string=f"<style>{style}</style>{PAGE}")
        styles = css.get_all_computed_styles(html, font_config=FontConfiguration())
        styles.initial_page_sizes.update(box=(500, 700), area=(400, 600))
        return [
            {name: repr(styles(element)[name]) for name in css.INITIAL_VALUES}
            for element in html.etree_element.iter()
        ]
    finally:
        ComputedStyle.__missing__ = extended


def test_pages_do_not_remember_each_other() -> None:
    """What is remembered ends with the fonts, or with the next page that they set."""
    fonts = FontConfiguration()
    remember_for(fonts)
    weasyprint.HTML(string=PAGE).render(font_config=fonts)
    known = fonts.known_lines
    remember_for(fonts)

    assert known
    assert fonts.known_lines == {}


def test_changed_engine_works_everything_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """What results depend on is known of one version."""
    monkeypatch.setattr(weasyprint, "VERSION", "70.9")
    fonts = FontConfiguration()
    repetition._install.cache_clear()
    remember_for(fonts)
    repetition._install.cache_clear()

    assert fonts.known_lines is None


def test_version_that_is_known_is_the_one_that_is_installed() -> None:
    """Else every layout is slower, and nobody would notice."""
    assert weasyprint.VERSION == repetition.KNOWN_VERSION
