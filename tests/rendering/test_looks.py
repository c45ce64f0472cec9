"""The pages look as they were approved to look, and any change that a reader sees is found."""

import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFilter

import pubkit

from .looks import APPROVED, compare_pages, draw_pages, in_few_colours, verify_looks

DOCUMENTS = sorted(path.stem for path in APPROVED.glob("*.md"))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_document_looks_as_approved(name: str, tmp_path: Path, approves: bool) -> None:
    """Each shows what is hard to set in its language."""
    shutil.copy(APPROVED / f"{name}.md", tmp_path)
    Image.linear_gradient("L").resize((1200, 600)).save(tmp_path / "hall.png")
    edition = pubkit.render_document(tmp_path / f"{name}.md", formats=("html", "pdf"))
    verify_looks(name, edition.pdf or b"", approves=approves)


# ---------------------------------------------------------------- what is seen, and what is not

PAGE = """
<style>
  @page { size: A5; margin: 15mm }
  body { font: 10.5pt/18pt "Noto Serif CJK SC" } h1 { font-size: 20pt; color: HEADING }
</style>
<h1>深圳先进材料创新联盟</h1>
<p style="padding-top: SHIFT">
南方科技大学创新研究院院长俞书宏院士在报告中指出NAME材料的创新是社会发展的主要驱动力STOP
</p>
<p>Latin text of the same size stands in the line, and in the next one too.</p>
"""
PLAIN = {"HEADING": "#8c1d24", "SHIFT": "8pt", "NAME": "，", "STOP": "。"}


@cache
def drawn(**changes: str) -> Image.Image:
    """Return the picture of a page with these changes."""
    from weasyprint import HTML

    html = PAGE
    for name, text in (PLAIN | changes).items():
        html = html.replace(name, text)
    return next(draw_pages(HTML(string=html).write_pdf()))


@pytest.mark.parametrize(
    "changes",
    [
        {"STOP": ""},
        {"STOP": "．"},
        {"NAME": "、"},
        {"SHIFT": "8.5pt"},
        {"SHIFT": "0"},
        {"HEADING": "#24358c"},
        {"HEADING": "#b0303a"},
    ],
)
def test_change_that_a_reader_sees_is_found(changes: dict[str, str]) -> None:
    """A missing stop, a moved line, another colour."""
    assert compare_pages(drawn(**changes), in_few_colours(drawn())).is_seen


SMOOTHED: list[Callable[[Image.Image], Image.Image]] = [
    lambda page: page,
    lambda page: page.filter(ImageFilter.GaussianBlur(0.3)),
    lambda page: page.resize((page.width * 2, page.height * 2), Image.Resampling.BICUBIC).reduce(2),
    lambda page: page.point(lambda shade: min(255, shade + 6)),
]


@pytest.mark.parametrize("change", SMOOTHED, ids=["none", "blur", "resampled", "brighter"])
def test_change_that_is_only_smoothing_is_none(
    change: Callable[[Image.Image], Image.Image],
) -> None:
    """Versions of a drawing engine differ at the edges of letters."""
    assert not compare_pages(change(drawn()), in_few_colours(drawn())).is_seen


def test_page_of_another_size_is_another_page() -> None:
    """Whatever stands on it."""
    page = drawn()

    assert compare_pages(page.crop((0, 0, page.width, page.height - 40)), page).is_seen


def test_difference_shows_where_it_is() -> None:
    """Red on the pale page."""
    page = drawn()
    spoilt = page.copy()
    ImageDraw.Draw(spoilt).rectangle((100, 300, 119, 309), fill="black")
    difference = compare_pages(spoilt, page)

    assert difference.pixels == 200
    assert difference.picture.getpixel((110, 305)) == (255, 0, 0)
