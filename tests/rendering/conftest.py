"""A short report with all that a page can have, and its surroundings."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from pubkit.formats.markdown import parse_document
from pubkit.model import Document, Role, Segment, State
from pubkit.rendering import pdf
from pubkit.rendering.html import render_html
from pubkit.rendering.page import Alternate, Setting
from pubkit.rendering.templating.labels import find_labels

FRONT_MATTER = """---
title: Alliance holds its first conference
subtitle: Deans meet in Shenzhen
kicker: Materials science
date: 2023-07-10
dateline: SHENZHEN, China, July 7
location: Shenzhen
reference: PR/2023/071
keywords: [materials, "AI & \\"data\\""]
contact: {name: Press Office, email: press@example.org, phone: +86 755 2603 5555}
boilerplate: The school is **old**.
---
"""
BODY = """
![Heads in a hall](pictures/hall.jpg "Photo: School")
The hall

The *first* conference was held.

## Speeches

Zhang Jin spoke, see [the programme](https://example.org/programme).

![A speaker](pictures/tall.png)
Zhang Jin speaks.

> Materials drive society.
>
> — Yu Shuhong

| Name | Role |
|------|------|
| Zou  | Chair |

The last word.
"""


@dataclass(frozen=True)
class Sample:
    """A document with its setting."""

    document: Document
    setting: Setting


@dataclass(frozen=True)
class Texts:
    """A document of the test and what is said of it in another language."""

    body: str = BODY
    front_matter: str = FRONT_MATTER
    lang: str = "en"
    translations: Mapping[str, str] = field(default_factory=dict)
    is_complete: bool = True
    """Whether texts without a translation count as translated."""


@pytest.fixture(scope="session")
def source_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the report's pictures."""
    folder = tmp_path_factory.mktemp("source")
    (folder / "pictures").mkdir()
    Image.new("RGB", (600, 285), "#345").save(folder / "pictures" / "hall.jpg")
    Image.new("RGB", (200, 300), "#543").save(folder / "pictures" / "tall.png")
    Image.new("RGB", (1500, 1000), "#435").save(folder / "pictures" / "usual.png")
    Image.new("RGB", (3000, 900), "#354").save(folder / "pictures" / "panorama.png")
    return folder


@pytest.fixture(scope="session")
def make_sample() -> Callable[..., Sample]:
    """Return a function that makes a document and the setting of its page."""

    def make(texts: Texts | None = None, **changes: object) -> Sample:
        texts = texts or Texts()
        source = parse_document(
            (texts.front_matter + texts.body).encode(), path="source/report.md", default_lang="en"
        )
        document = _translated(source, texts)
        labels = {segment.msgid: segment for segment in _labels()}
        if texts.lang != "en":
            labels = {msgid: _translate(label, texts) for msgid, label in labels.items()}
        setting = Setting(
            labels=labels,
            publisher="The School",
            unit="Press Office",
            alternates=(
                Alternate(lang="en", href="../en/report.html", pdf_href="../en/report.pdf"),
                Alternate(lang="zh", href="../zh/report.html", pdf_href="../zh/report.pdf"),
            ),
        )
        return Sample(document, replace(setting, **changes))  # type: ignore[arg-type]

    return make


def _labels() -> tuple[Segment, ...]:
    names = ("The School", "Press Office")
    return (*find_labels(), *(Segment(msgid=n, text=n, role=Role.LABEL) for n in names))


def _translated(source: Document, texts: Texts) -> Document:
    if texts.lang == "en":
        return source
    return replace(
        source,
        lang=texts.lang,
        fields=tuple(_translate(segment, texts) for segment in source.fields),
        body_segments=tuple(_translate(segment, texts) for segment in source.body_segments),
    )


def _translate(segment: Segment, texts: Texts) -> Segment:
    text = texts.translations.get(segment.msgid)
    is_finished = text is not None or texts.is_complete
    state = State.TRANSLATED if is_finished else State.UNTRANSLATED
    return replace(segment, text=text or segment.msgid, state=state)


@dataclass(frozen=True)
class Line:
    """A line of text on a page, in CSS pixels."""

    page: int
    block: str
    """The ``id`` of the article's block in which it stands, or nothing."""
    tag: str
    """The element of its paragraph."""
    top: float
    height: float
    text: str


@dataclass(frozen=True)
class LaidOut:
    """The pages of a document as they are printed."""

    lines: tuple[Line, ...]
    feet: tuple[float, ...]
    """Where the text of each page has to end."""
    ends: tuple[float, ...]
    """Where it ends."""
    firsts: tuple[str, ...]
    """The first block of each page: its tag, and its classes."""

    def on(self, page: int) -> list[Line]:
        """Return the lines of a page, from 0."""
        return [line for line in self.lines if line.page == page]


@pytest.fixture
def lay_out(
    make_sample: Callable[..., Sample], source_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., LaidOut]:
    """Return a function that prints a sample and tells where its lines stand."""
    layouts: list[Any] = []
    original = pdf._lay_out

    def keep(*arguments: Any, **options: Any) -> Any:
        layouts.append(original(*arguments, **options))
        return layouts[-1]

    monkeypatch.setattr(pdf, "_lay_out", keep)

    def make(texts: Texts, **changes: object) -> LaidOut:
        sample = make_sample(texts, **changes)
        html = render_html(sample.document, setting=sample.setting)
        pdf.render_pdf(html, document=sample.document, pictures=source_folder)
        return _laid_out(layouts[-1])

    return make


def _laid_out(layout: Any) -> LaidOut:
    pages = [page._page_box for page in layout.pages]
    contents = [_content(page) for page in pages]
    return LaidOut(
        lines=tuple(line for n, box in enumerate(contents) for line in _lines(box, n, "")),
        feet=tuple(page.content_box_y() + page.height for page in pages),
        ends=tuple(max(_bottoms(box), default=0.0) for box in contents),
        firsts=tuple(_first_block(box) for box in contents),
    )


def _content(page: Any) -> Any:
    return next(child for child in page.children if child.element_tag == "html")


def _lines(box: Any, page: int, block: str) -> Iterator[Line]:
    element = box.element
    if element is not None and str(element.get("id", "")).startswith("block-"):
        block = element.get("id")
    for child in getattr(box, "children", ()):
        if type(child).__name__ == "LineBox":
            text = "".join(part.text for part in child.descendants() if hasattr(part, "text"))
            yield Line(page, block, box.element_tag, child.position_y, child.height, text)
        else:
            yield from _lines(child, page, block)


def _bottoms(box: Any) -> Iterator[float]:
    for child in getattr(box, "children", ()):
        if type(child).__name__ == "LineBox" or "Replaced" in type(child).__name__:
            yield child.position_y + child.margin_height()
        yield from _bottoms(child)


def _first_block(box: Any) -> str:
    while getattr(box, "children", None) and box.element_tag in ("html", "body", "main", "article"):
        box = box.children[0]
    return f"{box.element_tag} {box.element.get('class', '') if box.element is not None else ''}"
