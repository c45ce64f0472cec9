"""Style sheets are parsed once, and the page looks as if they were parsed for each layout."""

import logging
import re
from functools import cache
from typing import Any

import pytest
import weasyprint
from weasyprint import css
from weasyprint.text.fonts import FontConfiguration

from pubkit.rendering import style_sheets
from pubkit.rendering.style_sheets import (
    keep_style_sheets,
    parse_ahead,
    parse_packaged,
    share_style_sheets,
)

PAGES = (
    "<style>p { color: red } @page { margin: 10mm }</style><style>p { color: blue }</style><p>a",
    "<style>p { color: blue }</style><style>@page :first { margin: 1mm }</style><p>a",
    "<style>@page { margin: 9mm }</style><style>@layer a, b; @page { margin: 8mm }</style>"
    "<style>@page { margin: 7mm }</style><p>a",
    "<style>@layer a, b; @layer b { p { color: red } }</style>"
    "<style>@layer a { p { color: blue } }</style><p>a",
    "<style>@counter-style stars { system: cyclic; symbols: '*'; suffix: ' ' }"
    " li { list-style: stars }</style><ol><li>a",
    "<style>@\\6cayer b { p { color: red } }</style><style>p { margin: 3px }</style><p>a",
    "<style media=screen>p { color: red }</style><style media=print>p { margin: 5px }</style><p>a",
)
"""Pages whose look depends on the order of sheets, and on what sheets say of the whole page."""


@pytest.fixture(autouse=True)
def _nothing_parsed_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(style_sheets, "_ahead", {})


def draw(html: str, *, times: int = 1, is_shared: bool = True) -> list[bytes]:
    """Return what is drawn of a page, as often as it is laid out with the same fonts."""
    fonts = FontConfiguration()
    if is_shared:
        keep_style_sheets(fonts)
    page = weasyprint.HTML(string=html)
    layouts = [page.render(font_config=fonts) for _ in range(times)]
    return [layout.write_pdf(uncompressed_pdf=True) for layout in layouts]


@pytest.mark.parametrize("html", PAGES)
def test_page_is_the_same_as_of_sheets_that_are_parsed_for_it(html: str) -> None:
    """For the first layout and for those after it."""
    (stock,) = draw(html, is_shared=False)

    assert draw(html, times=3) == [stock] * 3


@pytest.mark.parametrize("html", PAGES)
def test_sheets_that_are_parsed_ahead_give_the_same_page(html: str) -> None:
    """As the children of one process have them."""
    texts = [part.partition("</style>")[0].partition(">")[2] for part in html.split("<style")[1:]]
    (stock,) = draw(html, is_shared=False)
    parse_ahead(texts)

    assert [stock] * 2 == draw(html, times=2)


def test_sheet_is_parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether its own page does it, or what made the page's process."""
    parsed: list[str] = []
    original = css.preprocess_stylesheet

    def count(*arguments: Any, **options: Any) -> None:
        parsed.append("")
        original(*arguments, **options)

    monkeypatch.setattr(weasyprint, "preprocess_stylesheet", count)
    draw(PAGES[0], times=3)
    by_itself = len(parsed)
    parse_ahead(["p { color: red } @page { margin: 10mm }", "p { color: blue }"])
    parsed.clear()
    draw(PAGES[0], times=3)

    assert (by_itself, len(parsed)) == (2, 0)


@pytest.mark.parametrize(
    "text",
    [
        "p { colour: red }",
        "@font-face { font-family: a; src: local(b) }",
        "p { background: url(a.png) }",
        "p { background: u\\72l(a.png) }",
        "@import 'a.css';",
        "@layer a;",
    ],
)
def test_sheet_that_says_more_than_its_text_is_left_to_its_page(text: str) -> None:
    """Fonts, files and complaints belong to each page."""
    parse_ahead([text, "p { color: red }"])

    assert [sheet for _media, sheet in style_sheets._ahead] == ["p { color: red }"]


def test_every_page_hears_what_is_wrong_with_its_sheet(caplog: pytest.LogCaptureFixture) -> None:
    """Not only the first of a process, also of values that are known late."""
    html = "<style>:root { --a: 1px 2px 3px } p { colour: red; width: var(--a) }</style><p>a"
    heard = []
    for _edition in range(2):
        caplog.clear()
        with caplog.at_level(logging.WARNING, logger="weasyprint"):
            draw(html)
        heard.append([record.getMessage().partition(" at ")[0] for record in caplog.records])

    assert heard[0] == heard[1] != []
    assert len(heard[0]) == 2


@pytest.mark.parametrize("name", ["MAJOR_VERSION", "PARAMETERS"])
def test_changed_weasyprint_parses_sheets_by_itself(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is extended that was not looked at."""
    monkeypatch.setattr(css, "CSS", weasyprint.CSS)
    fresh = cache(share_style_sheets.__wrapped__)
    monkeypatch.setattr(style_sheets, "share_style_sheets", fresh)
    monkeypatch.setattr(style_sheets, name, "71")
    keep_style_sheets(fonts := FontConfiguration())

    assert css.CSS is weasyprint.CSS
    assert fonts.style_sheets is None


def test_packaged_sheets_are_parsed_before_any_page() -> None:
    """Whatever white space a template puts around them."""
    parse_packaged()
    before = set(style_sheets._ahead)
    parse_ahead(f"\n{text}\n" for _media, text in before)

    assert len(before) == len(style_sheets.PACKAGED)
    assert set(style_sheets._ahead) == before


def test_release_has_the_packaged_sheets_by_themselves() -> None:
    """Otherwise every edition would parse them again."""
    template = (style_sheets.TEMPLATES / "release.html.j2").read_text()

    for name in style_sheets.PACKAGED:
        alone = rf'<style[^>]*>\n{{{{ stylesheet\("{name}"\) }}}}\n</style>'

        assert re.search(alone, template)
