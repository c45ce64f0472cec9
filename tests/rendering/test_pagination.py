"""Pages that stay are not made again, and the PDF is the same as if they were."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from weasyprint.layout import page as page_making

from pubkit.rendering import pagination, pdf
from pubkit.rendering.html import render_html

from .conftest import Sample, Texts

ENGLISH = "The first conference of deans was held and many spoke of materials at length. "
CHINESE = "会议由北京大学深圳研究生院与材料科学与工程学院联合主办，来自各地的院长和教师参加。"
PICTURES = ("hall.jpg", "tall.png", "usual.png", "panorama.png")


def report(seed: int, sentence: str) -> str:
    """Return a report with sections, pictures, quotations, lists and tables in any order."""
    chance = random.Random(seed)

    def block() -> str:
        match chance.choices("prqlth", (8, 6, 1, 1, 1, 1))[0]:
            case "r":
                rows = (f"![A](pictures/{chance.choice(PICTURES)})\nCaption" for _ in range(9))
                return "\n\n".join(list(rows)[: chance.choice((1, 1, 2, 3, 4))])
            case "q":
                return f"> {sentence * chance.randint(1, 4)}\n>\n> — Yu Shuhong"
            case "l":
                return "\n".join(f"- {sentence * n}" for n in range(1, chance.randint(2, 6)))
            case "t":
                return "| A | B |\n|---|---|\n" + f"| {sentence} | 1 |\n" * chance.randint(1, 9)
            case "h":
                return "## A heading"
            case _:
                return sentence * chance.randint(1, 14)

    return "\n\n".join([sentence * 3, *(block() for _ in range(chance.randint(9, 40)))]) + "\n"


class Press:
    """Prints reports, and counts the pages that are made for them."""

    def __init__(
        self, make_sample: Callable[..., Sample], folder: Path, patch: pytest.MonkeyPatch
    ) -> None:
        self._make_sample, self._folder = make_sample, folder
        self.made = 0
        original = page_making.remake_page

        def count(*arguments: object) -> object:
            self.made += 1
            return original(*arguments)

        patch.setattr(page_making, "remake_page", count)

    def print(self, body: str, lang: str, css: str = "") -> bytes:
        """Return the PDF of a report."""
        sample = self._make_sample(Texts(body=body, lang=lang))
        html = render_html(sample.document, setting=sample.setting)
        html = html.replace("</head>", f"<style>{css}</style></head>")
        self.made = 0
        return pdf.render_pdf(html, document=sample.document, pictures=self._folder)


@pytest.fixture
def press(
    make_sample: Callable[..., Sample], source_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> Press:
    """Prints reports."""
    return Press(make_sample, source_folder, monkeypatch)


def unobserved(patch: pytest.MonkeyPatch) -> None:
    """Let every layout make all of its pages, as a changed WeasyPrint would."""
    patch.setattr(pagination, "_install", lambda: False)


@pytest.mark.parametrize(("lang", "seed"), [("en", 37), ("zh", 37)])
def test_pages_that_stay_are_those_that_would_be_made(
    press: Press, monkeypatch: pytest.MonkeyPatch, lang: str, seed: int
) -> None:
    """The same bytes, of fewer pages."""
    body = report(seed, CHINESE if lang == "zh" else ENGLISH)
    kept = press.print(body, lang), press.made
    unobserved(monkeypatch)
    whole = press.print(body, lang), press.made

    assert kept[0] == whole[0]
    assert kept[1] < whole[1]


PECULIAR = (
    "p:nth-last-child(even) { margin-top: 3mm }",
    "p:has(+ .figures) { font-style: italic }",
    "h2::after { content: ' ' counter(page) '/' counter(pages) }",
    "blockquote { float: footnote }",
    "blockquote { position: running(heading) } @page { @top-left { content: element(heading) } }",
    ".figures { float: right; width: 40% }",
    "h2 { break-before: page }",
    ":root { --gap: 4mm } p { padding-top: var(--gap); height: 4vh }",
)
"""Style sheets of which a page before depends on what follows, or that reach beyond a page."""


@pytest.mark.parametrize("css", PECULIAR)
def test_peculiar_style_sheets_get_what_they_ask_for(
    press: Press, monkeypatch: pytest.MonkeyPatch, css: str
) -> None:
    """The same bytes, even if all pages have to be made for them."""
    body = report(32, ENGLISH)
    kept = press.print(body, "en", css)
    unobserved(monkeypatch)

    assert kept == press.print(body, "en", css)


def test_reports_of_one_process_do_not_observe_each_other(press: Press) -> None:
    """An edition depends on its own page alone."""
    first, second = report(32, ENGLISH), report(28, ENGLISH)
    alone = press.print(first, "en")
    press.print(second, "en")

    assert press.print(first, "en") == alone
