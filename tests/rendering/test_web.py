"""The web edition in a real browser: for every reader, on every screen, and on paper."""

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page
from tinyhtml5.parser import HTMLParser

from pubkit.rendering.phrases import mark_phrases
from pubkit.workflow.project import open_project
from pubkit.workflow.render import Rendered, render
from pubkit.workflow.wanted import Wanted
from tests.conftest import REPOSITORY, made_once
from tests.web import LOOKS, accessibility_violations, clipped, open_page, poor_contrasts

PROJECTS = {"report": REPOSITORY, "demanding": REPOSITORY / "tests/projects/demanding"}
PAGES = (
    "en/report",
    "zh/report",
    *(f"{lang}/demanding" for lang in ("en", "zh", "zh-Hant", "ja", "ar")),
)
NARROW, MEDIUM, WIDE = 360, 768, 1280
PAPER = 794
"""A4 in CSS pixels."""

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Render the report, and a document with everything that a page can have, into one folder."""
    return made_once(tmp_path_factory, "web-editions", _make_editions) / "build"


def _make_editions(place: Path) -> None:
    for name, project in PROJECTS.items():
        folder = place / name
        shutil.copytree(project / "source", folder / "source")
        for file in {"pubkit.toml", "locales", "templates"} & {
            path.name for path in project.iterdir()
        }:
            (folder / file).symlink_to(project / file)
        _draw_pictures(folder / "source/pictures")
        opened = open_project(folder)
        for made in render(opened, wanted=Wanted(languages=opened.languages, formats=("html",))):
            assert isinstance(made, Rendered)
        shutil.copytree(folder / "build", place / "build", dirs_exist_ok=True)


def _draw_pictures(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    for name, size in (("wide.jpg", (800, 380)), ("tall.jpg", (300, 400)), ("square.png", (9, 9))):
        Image.new("RGB", size, "#345").save(folder / name)


@pytest.fixture
def opened(browser: Browser, editions: Path) -> Iterator[Open]:
    """Open editions by name, such as ``zh/report``; their windows are closed at the end."""
    pages = []

    def open_edition(name: str, **options: Any) -> Page:
        pages.append(open_page(browser, editions / f"{name}.html", **options))
        return pages[-1]

    yield open_edition
    for page in pages:
        page.close()


@pytest.fixture(scope="module")
def shown(browser: Browser, editions: Path) -> Iterator[Open]:
    """Show an edition in a window that all tests share which leave the page as it is."""
    pages: dict[str, Page] = {}

    def show_edition(name: str, *, width: int = WIDE) -> Page:
        page = pages.get(name) or open_page(browser, editions / f"{name}.html")
        pages[name] = page
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(media="screen", color_scheme="light", forced_colors="none")
        return page

    yield show_edition
    for page in pages.values():
        page.close()


# ---------------------------------------------------------------- for every reader


@pytest.mark.parametrize("name", PAGES)
def test_page_has_no_violation_at_any_width_or_scheme(shown: Open, name: str) -> None:
    """Axe-core finds nothing, and every text stands out from its ground by 4.5 or more."""
    page = shown(name, width=NARROW)
    faults = accessibility_violations(page)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        faults += poor_contrasts(page)
        for width in (NARROW, MEDIUM, WIDE) if "report" in name else (WIDE,):
            page.set_viewport_size({"width": width, "height": 900})
            faults += accessibility_violations(page, rules=LOOKS)

    assert faults == []


def test_contrast_and_accessibility_are_really_measured(opened: Open) -> None:
    """A grey text and a picture without alternative text are found."""
    page = opened("en/report")
    page.evaluate("""() => {
        document.querySelector(".lead").style.color = "#999";
        document.querySelector("img").removeAttribute("alt");
    }""")

    assert poor_contrasts(page)[0].startswith("2.85: ")
    assert "image-alt (1)" in " ".join(accessibility_violations(page))


@pytest.mark.parametrize("name", PAGES)
def test_page_fits_its_window(shown: Open, name: str) -> None:
    """Nothing is cut off and nothing moves sideways; 320 pixels are 1280 magnified by 400 %."""
    for width in (320, NARROW, MEDIUM, WIDE):
        assert clipped(shown(name, width=width)) == []


@pytest.mark.parametrize("name", PAGES)
def test_page_with_a_readers_own_spacing_keeps_all_text(opened: Open, name: str) -> None:
    """Wider lines, words and letters cut nothing off, nor do letters twice as large.

    Source:
        WCAG 2.2, 1.4.12 "Text Spacing" and 1.4.4 "Resize Text".
    """
    page = opened(name, width=NARROW)
    page.add_style_tag(
        content="* { line-height: 1.5 !important; letter-spacing: .12em !important;"
        " word-spacing: .16em !important } p { margin-bottom: 2em !important }"
    )
    spaced = clipped(page)
    page.set_viewport_size({"width": WIDE, "height": 900})
    page.add_style_tag(content="html { font-size: 200% !important }")

    assert spaced == []
    assert clipped(page) == []


def test_skip_link_appears_when_focused_and_leads_past_the_masthead(opened: Open) -> None:
    """The first stop of the keyboard; the one after it lies in the text."""
    page = opened("en/demanding")
    hidden = page.locator(".skip").bounding_box()
    page.keyboard.press("Tab")
    shown = page.locator(".skip:focus").bounding_box()
    page.keyboard.press("Enter")

    assert hidden
    assert shown
    assert hidden["width"] <= 1
    assert shown["x"] >= 0
    assert shown["y"] >= 0
    assert shown["height"] >= 24
    assert page.evaluate("document.activeElement.id") == "release"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


FOCUSED = """() => {
  const element = document.activeElement;
  const stops = [...document.querySelectorAll("a[href], [tabindex='0']")];
  const all = stops.filter((stop) => stop.checkVisibility());
  const style = getComputedStyle(element);
  return [all.indexOf(element), parseFloat(style.outlineWidth), style.outlineStyle, all.length];
}"""


@pytest.mark.parametrize("name", ["en/demanding", "ar/demanding"])
def test_keyboard_reaches_everything_in_the_order_of_the_text(opened: Open, name: str) -> None:
    """Every link and every table that moves is a stop, with an outline that shows it."""
    page = opened(name, width=NARROW)
    stops = []
    for _number in range(page.evaluate(FOCUSED)[-1]):
        page.keyboard.press("Tab")
        stops.append(page.evaluate(FOCUSED))

    assert [stop[0] for stop in stops] == list(range(len(stops)))
    assert {(width >= 3, style) for _, width, style, _ in stops[1:]} == {(True, "solid")}


@pytest.mark.parametrize("name", PAGES)
def test_page_has_its_landmarks(shown: Open, name: str) -> None:
    """Banner, navigation with a name, main, content information: one of each."""
    page = shown(name)
    for role in ("banner", "navigation", "main", "contentinfo", "article"):
        assert page.get_by_role(role).count() == 1  # type: ignore[arg-type]
    assert page.get_by_role("navigation").get_attribute("aria-label")
    assert page.get_by_role("heading", level=1).count() == 1


FOREIGN = """() => {
  const scripts = {Hani: /\\p{Script=Han}/u, Arab: /\\p{Script=Arabic}/u};
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const wrong = [];
  while (texts.nextNode()) {
    const lang = texts.currentNode.parentElement.closest("[lang]").lang;
    if (scripts.Hani.test(texts.currentNode.data) && !/^(zh|ja)/.test(lang)
      || scripts.Arab.test(texts.currentNode.data) && lang !== "ar")
      wrong.push(`${lang}: ${texts.currentNode.data}`);
  }
  return wrong;
}"""


@pytest.mark.parametrize("name", PAGES)
def test_text_in_another_script_says_its_language(shown: Open, name: str) -> None:
    """A screen reader changes its voice for the names of languages and for waiting texts."""
    page = shown(name)

    assert page.evaluate(FOREIGN) == []
    assert all(page.locator(".untranslated").evaluate_all("all => all.map(one => one.lang)"))


def test_readers_colours_hide_nothing(opened: Open) -> None:
    """With forced colours, what was a tint is a line, and all texts are still there to read."""
    page = opened("zh/demanding", forced_colors="active")
    borders = page.evaluate(
        "[...document.querySelectorAll('.about, pre, .untranslated')]"
        ".map(element => getComputedStyle(element).borderTopWidth)"
    )

    assert set(borders) == {"1px"}
    assert poor_contrasts(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_reader_who_wants_more_contrast_gets_it(shown: Open, scheme: str) -> None:
    """Every text stands out by 7 or more.

    Source:
        WCAG 2.2, 1.4.6 "Contrast (Enhanced)".
    """
    page = shown("zh/demanding")
    page.emulate_media(color_scheme=scheme, contrast="more")
    faults = poor_contrasts(page, least=7)
    page.emulate_media(contrast="no-preference")

    assert faults == []


MOVING = """() => [...document.querySelectorAll("*")].filter(element => {
  const style = getComputedStyle(element);
  return style.animationName !== "none" || style.transitionDuration !== "0s"
    || style.scrollBehavior !== "auto";
}).length"""


def test_nothing_moves_by_itself(shown: Open) -> None:
    """Who gets dizzy from motion gets none; nobody needs it here."""
    assert shown("en/demanding").evaluate(MOVING) == 0


# ---------------------------------------------------------------- a page that is complete


def test_page_asks_for_its_own_pictures_only(browser: Browser, editions: Path) -> None:
    """No font, no script, no icon, nobody who counts readers; the same without JavaScript."""
    page = browser.new_context(java_script_enabled=False).new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((editions / "zh/demanding.html").as_uri())
    page.keyboard.press("End")
    page.wait_for_load_state("networkidle")
    page.context.close()

    own = [(editions / "zh/demanding.html").as_uri(), f"{editions.as_uri()}/pictures/"]
    assert asked[0] == own[0]
    assert len(asked) > 1
    assert {address.rpartition("/")[0] + "/" for address in asked[1:]} == {own[1]}


def test_pictures_have_their_room_before_they_arrive(opened: Open) -> None:
    """The text stands still while pictures load, and those below the fold load when needed."""
    page = opened("en/demanding")
    page.route("**/*.jpg", lambda route: route.abort())
    with_pictures = page.evaluate("document.querySelector('.about').offsetTop")
    page.reload()
    pictures = page.locator("img").evaluate_all(
        "all => all.map(one => [one.alt.length > 0, one.loading, one.width > 0 && one.height > 0])"
    )

    assert page.evaluate("document.querySelector('.about').offsetTop") == with_pictures
    assert pictures[0] == [True, "auto", True]
    assert {tuple(picture) for picture in pictures[1:]} == {(True, "lazy", True)}


@pytest.mark.parametrize("name", PAGES)
def test_page_is_valid_html(editions: Path, name: str) -> None:
    """A strict parser finds no error, and no identifier occurs twice."""
    page = (editions / f"{name}.html").read_text("utf-8")
    parser = HTMLParser()
    parser.parse(page)
    identifiers = re.findall(r'\sid="([^"]+)"', page)

    assert parser.errors == []
    assert len(identifiers) == len(set(identifiers))


# ---------------------------------------------------------------- as on paper

ROWS = """() => [...document.querySelectorAll(".of-2, .of-3")].map(row =>
  [...row.querySelectorAll("img")].map(image => {
    const box = image.getBoundingClientRect();
    return [box.top, box.height, box.width / box.height
      / (image.getAttribute("width") / image.getAttribute("height"))];
  }))"""


def test_pictures_of_a_row_have_one_height_and_are_not_cut(shown: Open) -> None:
    """Each is as wide as its shape asks; on a narrow screen they stand one below the other."""
    wide = shown("en/demanding").evaluate(ROWS)
    narrow = shown("en/demanding", width=NARROW).evaluate(ROWS)

    assert [len(row) for row in wide] == [3, 2]
    page = shown("en/demanding", width=PAPER)
    page.emulate_media(media="print")
    for row in (*wide, *page.evaluate(ROWS)):
        assert len({round(top) for top, _, _ in row}) == 1
        assert max(height for _, height, _ in row) - min(height for _, height, _ in row) < 0.1
        assert all(shape == pytest.approx(1, abs=0.01) for _, _, shape in row)
    for row in narrow:
        assert len({round(top) for top, _, _ in row}) == len(row)
        assert all(shape == pytest.approx(1, abs=0.01) for _, _, shape in row)


def test_small_picture_stays_small_and_dark_lines_have_a_ground(shown: Open) -> None:
    """A picture of 300 pixels that stands alone is not blown up; a drawing is seen in the dark."""
    page = shown("en/demanding")
    page.emulate_media(color_scheme="dark")

    assert page.locator(".of-1 img").evaluate("one => one.width") == 300
    assert style(page, "img[src$='.png']", "backgroundColor") == ["rgb(255, 255, 255)"]
    assert style(page, "img[src$='.jpg']", "backgroundColor") != ["rgb(255, 255, 255)"]


def test_wide_table_moves_within_itself(shown: Open) -> None:
    """A reader with a keyboard moves it, and hears what it is; a small one stays as it is."""
    page = shown("en/demanding", width=NARROW)
    wide, small, guests = page.get_by_role("group").all()

    assert [table.get_attribute("aria-label") for table in (wide, guests)] == ["Table", "Guests"]
    assert wide.evaluate("table => table.scrollWidth - table.clientWidth") > 50
    assert small.evaluate("table => table.scrollWidth - table.clientWidth") == 0
    wide.focus()
    wide.press("ArrowRight")
    wide.page.wait_for_function("document.activeElement.scrollLeft > 0")


# ---------------------------------------------------------------- lines

LINES = """selector => [...document.querySelectorAll(selector)].map(paragraph => {
  const lines = [];
  const texts = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (texts.nextNode()) {
    for (let index = 0; index < texts.currentNode.length; index++) {
      range.setStart(texts.currentNode, index);
      range.setEnd(texts.currentNode, index + 1);
      const box = [...range.getClientRects()].at(-1);
      if (!box || !box.width) continue;
      if (!lines.length || box.bottom > lines.at(-1).bottom + 8)
        lines.push({bottom: box.bottom, text: "", lefts: [], rights: []});
      const line = lines.at(-1);
      line.text += texts.currentNode.data[index];
      line.lefts.push(box.left);
      line.rights.push(box.right);
    }
  }
  return lines;
})"""


@dataclass(frozen=True)
class Line:
    """A line of a paragraph, character by character."""

    text: str
    lefts: tuple[float, ...]
    rights: tuple[float, ...]
    is_last: bool

    @property
    def pairs(self) -> list[tuple[str, float]]:
        """Every two characters that meet, with the room that both take together."""
        pairs = map("".join, pairwise(self.text))
        rooms = (right - left for left, right in zip(self.lefts, self.rights[1:], strict=False))
        return list(zip(pairs, rooms, strict=True))


def lines_of(page: Page, selector: str) -> list[Line]:
    """Return the lines of all paragraphs that a selector finds."""
    return [
        Line(line["text"], tuple(line["lefts"]), tuple(line["rights"]), line is paragraph[-1])
        for paragraph in page.evaluate(LINES, selector)
        for line in paragraph
    ]


LEAD = "article > .lead"
TEXT = "article > p:not(.lead, .end, .keywords)"
HAN_PAIR = re.compile("[一-鿿]{2}")
CUSTOMS = (
    "textAlign",
    "textJustify",
    "textAutospace",
    "textSpacingTrim",
    "lineBreak",
    "hyphens",
    "textIndent",
    "fontSize",
)


def style(page: Page, selector: str, *names: str) -> list[str]:
    """Return properties of the first such element as the browser has understood them."""
    script = "(one, names) => names.map(name => getComputedStyle(one)[name])"
    return list(page.locator(selector).first.evaluate(script, names))


def test_lines_follow_the_customs_of_the_language(shown: Open) -> None:
    """What a browser can do for Chinese it does for Chinese alone."""
    chinese = [
        "justify",
        "auto",
        "normal",
        "trim-start",
        "strict",
        "manual",
        "36px",
        "18px",
    ]
    english = ["start", "auto", "no-autospace", "normal", "auto", "manual", "0px", "19px"]

    assert style(shown("zh/report"), TEXT, *CUSTOMS) == chinese
    assert style(shown("en/report"), TEXT, *CUSTOMS) == english


def test_chinese_lines_are_flush_and_whole_numbers_of_characters(shown: Open) -> None:
    """Both edges are straight; the measure is 36 characters, of the lead 32."""
    page = shown("zh/report")
    measure = page.locator(TEXT).first.bounding_box()
    lines = [line for line in lines_of(page, TEXT) if not line.is_last]

    assert measure
    assert measure["width"] == pytest.approx(36 * 18)
    assert page.locator(LEAD).evaluate("one => one.clientWidth") == 32 * 20.25
    assert len(lines) > 20
    for line in lines:
        # A paragraph begins two characters further in.
        assert min(abs(line.lefts[0] - measure["x"] - indent) for indent in (0, 36)) < 1
        assert line.rights[-1] == pytest.approx(measure["x"] + measure["width"], abs=1)


@pytest.mark.parametrize("width", [MEDIUM, WIDE])
def test_chinese_lines_are_not_torn(shown: Open, width: int) -> None:
    """The white between two characters is never wider than a third of one."""
    lines = lines_of(shown("zh/report", width=width), TEXT)

    for line in lines:
        spread = [room - 36 for pair, room in line.pairs if HAN_PAIR.fullmatch(pair)]
        assert max(spread, default=0) <= 6, line.text


LATIN_PAIR = re.compile("[A-Za-z]{2}")


def letter_steps(page: Page) -> list[tuple[str, float]]:
    """Return every two Latin letters that meet, with how far the second stands from the first."""
    return [
        (pair, after - before)
        for line in lines_of(page, TEXT)
        for pair, before, after in zip(
            map("".join, pairwise(line.text)), line.lefts, line.lefts[1:], strict=False
        )
        if LATIN_PAIR.fullmatch(pair)
    ]


def test_letters_of_latin_words_in_chinese_lines_are_not_spaced(opened: Open) -> None:
    """Only ideographs and words part where a line is spread."""
    page = opened("zh/report")
    spread = letter_steps(page)
    page.add_style_tag(content="article > p { text-align: start !important }")
    natural = dict(letter_steps(page))

    assert len(spread) > 20
    assert [(pair, step) for pair, step in spread if abs(step - natural[pair]) > 0.1] == []


@pytest.mark.parametrize("width", [NARROW, MEDIUM, WIDE])
def test_chinese_lines_begin_and_end_as_the_standard_demands(shown: Open, width: int) -> None:
    """No closing mark begins a line, no opening mark ends one.

    Source:
        GB/T 15834-2011, 5.1.
    """
    for line in lines_of(shown("zh/report", width=width), f"{TEXT}, {LEAD}"):
        assert line.text[0] not in "，。、；：！？”’）》·"
        assert line.text[-1] not in "“‘（《"


def test_chinese_marks_and_letters_have_their_white(shown: Open) -> None:
    """Marks that meet share an em, letters stand an eighth of an em apart; no space is typed."""
    page = shown("zh/report", width=NARROW)
    rooms: dict[str, list[float]] = {}
    for line in lines_of(page, TEXT):
        for pair, room in line.pairs:
            rooms.setdefault(pair, []).append(room / 17)
    letter = rooms["AI"][0] - rooms["到A"][0] - rooms["I牵"][0]

    assert style(page, TEXT, "fontSize", "textAlign") == ["17px", "start"]
    assert max(rooms["”“"]) == pytest.approx(1.5, abs=0.05)
    assert min(rooms["”等"]) == pytest.approx(2, abs=0.05)
    assert letter == pytest.approx(-2 - 2 / 8, abs=0.02)
    assert not [pair for pair in rooms if re.fullmatch("[一-鿿] | [一-鿿]", pair)]


def test_dates_are_solid(shown: Open) -> None:
    """7月7日 is one word, in the head and in the text."""
    page = shown("zh/report")
    rooms = {pair: room for line in lines_of(page, LEAD) for pair, room in line.pairs}
    figure = rooms["7月"] / 20.25 - 1

    assert figure == pytest.approx(0.55, abs=0.05)
    assert rooms["月7"] == pytest.approx(rooms["7日"], abs=0.1)
    assert style(page, "time", "textAutospace") == ["no-autospace"]
    assert style(page, ".dateline", "textAutospace") == ["no-autospace"]


def test_headline_keeps_its_gaps_where_it_may_be_broken(opened: Open) -> None:
    """An ideograph and a letter stand apart on one line, and on two nothing is lost."""
    page = opened("zh/report")
    headline = page.locator("h1")
    widths = [
        headline.evaluate(
            "(one, html) => { one.innerHTML = `<span>${html}</span>`;"
            " return one.firstChild.getBoundingClientRect().width; }",
            html,
        )
        for html in ("成像OpenImaging平台", mark_phrases("成像OpenImaging平台", "zh"))
    ]
    headline.evaluate("one => { one.style.width = '9.5em'; }")

    assert widths[0] == pytest.approx(widths[1], abs=0.1)
    assert [line.text for line in lines_of(page, "h1")] == ["成像", "OpenImaging平台"]


@pytest.mark.parametrize("media", ["screen", "print"])
def test_embargo_is_seen_at_once(shown: Open, media: str) -> None:
    """Bold and in the colour of warnings, on screen as on paper; its date is solid."""
    page = shown("zh/demanding")
    page.emulate_media(media=media)  # type: ignore[arg-type]
    look = style(page, ".embargo", "color", "fontWeight", "textAutospace")
    plain = style(page, ".facts p:not(.embargo)", "color", "fontWeight", "textAutospace")

    assert look == ["rgb(163, 21, 21)", "700", "no-autospace"]
    assert plain == ["rgb(83, 87, 93)", "400", "normal"]


def test_english_lines_have_a_readers_measure(shown: Open) -> None:
    """Between 60 and 80 letters a line, in whatever face the machine has."""
    lines = [len(line.text) for line in lines_of(shown("en/report"), TEXT) if not line.is_last]

    assert 60 <= sum(lines) / len(lines) <= 80


# ---------------------------------------------------------------- what the browser prints


TEXT_OBJECT, IMAGE = 1, 3
"""Kinds of objects of a PDF's pages, as PDFium numbers them."""


@dataclass(frozen=True)
class Printed:
    """What a browser has printed."""

    sizes: set[tuple[int, ...]]
    texts: list[str]
    boxes: dict[int, list[tuple[float, ...]]]
    """Left, bottom, right and top of all texts and images."""


def printed(page: Page, path: Path) -> Printed:
    """Print a page as the browser does, and read the PDF."""
    page.pdf(path=path, prefer_css_page_size=True)
    with pypdfium2.PdfDocument(path) as pdf:
        return Printed(
            sizes={tuple(round(side) for side in sheet.get_size()) for sheet in pdf},
            texts=["".join(sheet.get_textpage().get_text_bounded().split()) for sheet in pdf],
            boxes={
                kind: [thing.get_bounds() for sheet in pdf for thing in sheet.get_objects([kind])]
                for kind in (TEXT_OBJECT, IMAGE)
            },
        )


def test_browser_prints_the_page_with_head_and_foot(opened: Open, tmp_path: Path) -> None:
    """A4, all pictures, page numbers in Chinese, and nothing beyond the edges of the text."""
    paper = printed(opened("zh/report"), tmp_path / "print.pdf")
    pages = len(paper.texts)

    assert paper.sizes == {(595, 842)}
    assert f"第{pages}页，共{pages}页" in paper.texts[-1]
    assert "深圳先进材料创新联盟举行第一次会议" in paper.texts[1]
    assert len(paper.boxes[IMAGE]) == 10
    assert min(left for left, *_ in paper.boxes[TEXT_OBJECT]) > 70
    assert max(right for _, _, right, _ in paper.boxes[TEXT_OBJECT]) < 595 - 70


def test_browser_prints_long_names_in_the_margin_whole(opened: Open, tmp_path: Path) -> None:
    """They take two lines and leave the page number its place; no picture fills a page."""
    paper = printed(opened("en/demanding"), tmp_path / "print.pdf")

    assert f"Page1of{len(paper.texts)}" in paper.texts[0]
    assert "UniversityoftheLongName·Ref.PR/2023/071" in paper.texts[0]
    assert max(top - bottom for _, bottom, _, top in paper.boxes[IMAGE]) < 300


def test_print_preview_cuts_nothing_off(shown: Open) -> None:
    """The sheet for paper holds also the longest names and addresses."""
    page = shown("ar/demanding", width=PAPER)
    page.emulate_media(media="print", color_scheme="dark")
    unit = page.locator(".unit").bounding_box()

    assert clipped(page) == []
    assert unit
    assert unit["width"] > 60
    assert style(page, "html", "backgroundColor") == ["rgb(255, 255, 255)"]
    assert style(page, "h1", "color") == ["rgb(27, 28, 30)"]
