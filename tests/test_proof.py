"""The proof: an edition with a fault is not written; the nearest good one is."""

import re
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from PIL import Image

import pubkit
from pubkit.errors import RenderingError
from tests.conftest import Run

LEAD = "The Riverside Library opened its new reading room on Friday night, and it was full at once."
SOURCE = f"""---
title: The library opens its reading room
date: 2025-03-14
---
{LEAD}

The second paragraph has [a link](https://example.org/rooms) and [another][site].

![Shelves](shelves.png)
A caption below its picture.

The third paragraph.

[site]: https://example.org/
"""
CHINESE = """---
title: 图书馆开放夜间阅览室
date: 2025-03-14
language: zh
---
河畔图书馆周五开放新的夜间阅览室，馆长林薇博士介绍了“阅览室”的120个座位。
"""
TEXTS = SOURCE.replace("![Shelves](shelves.png)\nA caption below its picture.\n", "")
PARAGRAPHS = (
    "{% block text %}{% for item in ORDER %}<p>{{ item.html|FILTER }}</p>{% endfor %}{% endblock %}"
)
PARAGRAPH = """
The **quick** *brown* fox — “jumps” over the `lazy_dog()` and ~~cat~~ & others; see
<https://example.org/a_b-c?x=1&y=2> or [site](https://example.org/%E4%B8%AD "A title"), 5 > 3 < 7,
*a*b, snake_case, 50 %, 1,000.5 – it’s fine.  \nA hard break, Opto-Electronics, press@example.org,
and a very-long-hyphenated-compound-word-that-may-be-broken-at-the-end-of-a-line.
"""
ITEMS = "\n".join(f"{number}. item number {number}" for number in range(1, 25))
ROWS = "\n".join(
    f"| Person {number} | {'They spoke at length about it. ' * (number % 7 + 1)} | {number} |"
    for number in range(30)
)
EXTENDED = '{% extends "pubkit/release.html.j2" %}\n'
Faults = Callable[..., list[str]]


@pytest.fixture
def faults(tmp_path: Path) -> Faults:
    """Return a function that renders a document and returns which checks its edition fails."""
    numbers = count()

    def find(
        source: str = SOURCE, *, css: str = "", template: str = "", picture: int = 1000
    ) -> list[str]:
        folder = tmp_path / str(next(numbers))
        templates = folder / "templates"
        templates.mkdir(parents=True)
        (templates / "publisher.css").write_text(f"@media print {{ {css} }}", "utf-8")
        if template:
            (templates / "release.html.j2").write_text(EXTENDED + template, "utf-8")
        (folder / "room.md").write_text(source, "utf-8")
        Image.new("RGB", (picture, picture // 2), "#345").save(folder / "shelves.png")
        try:
            pubkit.render_document(folder / "room.md", templates=templates)
        except RenderingError as error:
            return list(dict.fromkeys(re.findall(r" \[([a-z-]+)\](?=;|$)", error.message))) or [
                error.message
            ]
        return []

    return find


@pytest.mark.parametrize("source", [SOURCE, CHINESE], ids=["en", "zh"])
def test_edition_of_the_packaged_design_passes(source: str, faults: Faults) -> None:
    """Nothing is found where nothing is wrong."""
    assert faults(source) == []


SPOILT = [
    (".lead { display: none }", "text-extraction"),
    (".lead { color: white }", "invisible-text"),
    (".lead { height: 12pt; overflow: hidden }", "invisible-text"),
    (".lead { white-space: nowrap }", "overflow"),
    (".lead { margin-right: -20mm }", "overflow"),
    (".lead { position: relative; left: -25mm }", "overflow"),
    (".lead { position: absolute; bottom: -12mm }", "overflow"),
    (".lead + p { margin-top: -25pt }", "overprinted-text"),
    ("figcaption { position: relative; top: -12pt }", "overprinted-text"),
    (".figures { position: relative; top: -40pt; z-index: 1 }", "invisible-text"),
    (".lead { letter-spacing: .35em !important }", "torn-text"),
]
HARMLESS = """
    .lead { display: block; color: #777; height: 60pt; overflow: hidden; white-space: pre-line;
        margin-right: 20mm; letter-spacing: .03em !important }
    .lead + p { margin-top: 25pt } figcaption { position: relative; top: 3pt }
    .figures { position: relative; top: -2pt; z-index: 1 }
    article a::after { content: " (" attr(href) ")" } article p::before { content: "Section " }
    @page { @left-middle { content: "In the margin" } }
"""


@pytest.mark.parametrize(("css", "check"), SPOILT)
def test_edition_spoilt_by_a_style_sheet_is_refused(css: str, check: str, faults: Faults) -> None:
    """A publisher's own design is proved like pubkit's."""
    assert check in faults(css=css)


def test_edition_of_a_bold_style_sheet_passes(faults: Faults) -> None:
    """The same properties, with values that harm no reader."""
    assert faults(css=HARMLESS) == []


def test_chinese_torn_apart_is_refused(faults: Faults) -> None:
    """A gap beside Latin is drawn; one between Han characters is a space to every program."""
    stretched = ".lead { letter-spacing: .3em }"

    assert faults(CHINESE, css=stretched) == ["torn-text"]
    assert faults(CHINESE, css=stretched.replace(".3em", ".08em")) == []


def test_template_that_exchanges_paragraphs_is_refused(faults: Faults) -> None:
    """A layout may move pictures, never texts."""
    block = PARAGRAPHS.replace("FILTER", "safe")

    assert faults(TEXTS, template=block.replace("ORDER", "([lead] + body|list)|reverse")) == [
        "reading-order"
    ]
    assert faults(TEXTS, template=block.replace("ORDER", "[lead] + body|list")) == []


def test_template_that_leads_elsewhere_is_refused(faults: Faults) -> None:
    """Readers follow links under the publisher's name."""
    link = '{% block foot %}<p><a href="TARGET">The library</a></p>{% endblock %}'

    assert faults(template=link.replace("TARGET", "https://evil.example")) == ["foreign-link"]
    assert faults(template=link.replace("TARGET", "https://example.org/rooms/4")) == []


def test_template_that_loses_links_is_refused(faults: Faults) -> None:
    """Words that lead nowhere are worse than no link."""
    block = PARAGRAPHS.replace("ORDER", "[lead] + body|list")

    assert faults(TEXTS, template=block.replace("FILTER", "striptags")) == ["missing-link"]
    assert faults(TEXTS, template=block.replace("FILTER", "safe")) == []


@pytest.mark.parametrize(
    "link",
    [
        "[x](https://en.wikipedia.org/wiki/Bruker_(company))",
        "[x](<https://example.org/a_(b>)",
        "[x](https://example.org/a\\_b&amp;c)",
        "[x](https://例子.example/百科)",
        "<https://example.org/c_(d)>",
    ],
)
def test_link_with_signs_of_markdown_is_followed_to_its_end(link: str, faults: Faults) -> None:
    """It is read as it is printed; if it is lost, that is seen, too."""
    source = TEXTS.replace("The third paragraph", f"See {link}, not https://example.org/bare")
    block = PARAGRAPHS.replace("ORDER", "[lead] + body|list")
    bare = source.replace("[a link](https://example.org/rooms) and [another][site]", "none")

    assert faults(source) == []
    assert faults(bare, template=block.replace("FILTER", "striptags")) == ["missing-link"]


LONG = f"""---
title: A title with “quotes”, fi ffl ligatures and *stars*, 50 % & more
date: 2025-03-14
---
{PARAGRAPH * 4}

- one
  - nested[^note]

    with a paragraph

{ITEMS}

```
def f(x):
    return x  # comment
  deep     spaces
```

| Name | Speech | No |
|------|:------:|---:|
{ROWS}

> A quotation of *some* length.
>
> — Someone, Somewhere

{PARAGRAPH * 4}

[^note]: The note, with *em* and `code`.
"""


def test_long_document_with_all_that_markdown_has_passes(faults: Faults) -> None:
    """Tables repeat their heads, words are broken, notes and lists have numbers from nowhere."""
    assert faults(LONG) == []


def test_picture_with_few_pixels_is_refused(faults: Faults) -> None:
    """It is blurred on paper; the error says how many it needs."""
    assert faults(picture=400) == ["low-resolution"]
    assert faults(picture=1000) == []


# ---------------------------------------------------------------- the command


def test_refused_edition_is_not_written(run: Run, project: Path) -> None:
    """The error says what is wrong and where, and the edition can be looked at elsewhere."""
    (project / "templates").mkdir()
    (project / "templates/publisher.css").write_text("@media print { h2 { display: none } }")
    outcome = run("render", "--lang", "zh", cwd=project)

    assert outcome.code == 2
    assert outcome.out == ""
    assert "This text is not in the file: 如何前往 [text-extraction]" in outcome.err
    assert "pubkit explain text-extraction" in outcome.err
    assert not (project / "build").exists()
    assert (project / ".pubkit/refused/zh/welcome.pdf").read_bytes().startswith(b"%PDF")


def test_check_that_is_ignored_with_a_reason_refuses_nothing(run: Run, project: Path) -> None:
    """The publisher has the last word, and says why."""
    (project / "templates").mkdir()
    (project / "templates/publisher.css").write_text("@media print { h2 { display: none } }")
    settings = project / "pubkit.toml"
    settings.write_text(settings.read_text() + '\n[checks.ignore]\ntext-extraction = "a trial"\n')
    outcome = run("render", "--lang", "zh", "--format", "pdf", cwd=project)

    assert (outcome.code, outcome.out) == (0, "build/zh/welcome.pdf\n")


def test_refused_edition_leaves_the_one_before_until_it_is_mended(run: Run, project: Path) -> None:
    """Nothing is half written, and nobody looks at the faults of yesterday."""
    options = ("render", "--lang", "zh", "--format", "pdf")
    made, refused = (project / name / "zh/welcome.pdf" for name in ("build", ".pubkit/refused"))
    style = project / "templates/publisher.css"
    style.parent.mkdir()
    codes = [run(*options, cwd=project).code]
    before = made.read_bytes()
    style.write_text("@media print { h2 { display: none } }")
    codes.append(run(*options, cwd=project).code)

    assert (codes, made.read_bytes(), refused.exists()) == ([0, 2], before, True)

    style.write_text("@media print { h2 { color: black } }")

    assert run(*options, cwd=project).code == 0
    assert (made.exists(), refused.exists()) == (True, False)
