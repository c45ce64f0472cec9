"""An edition in small faces is the one that WeasyPrint makes by itself with the whole ones."""

import io
import json
import os
import shutil
import subprocess
import sys
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops

from pubkit import caches
from pubkit.errors import RenderingError
from pubkit.rendering import engine
from pubkit.rendering.faces import configuration, fontset
from pubkit.rendering.faces.cff import has_identity_charset
from pubkit.rendering.faces.fontset import FontSet, ready_fonts, whole_fonts
from pubkit.rendering.html import render_html
from pubkit.rendering.pdf import render_pdf
from pubkit.rendering.typefaces import stack_families
from tests.conftest import REPOSITORY
from tests.rendering.conftest import Sample, Texts

RESOLUTION = 72
ADDITIONS = {
    "zh": "<p>院长“张进”说：“材料推动社会……”<b>（见《规划》）</b>——数字１２３与123、Źródło café、"
    "e\u0301、①→α。𠮷野家、葛\U000e0100城市、﨑、豈。"
    "<span lang='ja'>骨と直す、か\u309a。“引用”——葛。</span><span lang='ko'>한국어 直骨.</span>"
    " <span lang='zh-TW'>骨直，「引用」。</span></p>",
    "en": "<p>Spoken by <b>Zhang Jin (张进)</b> of <em>材料</em> 学院,"
    " <span lang='zh'>“北京”。</span> Źródło, e\u0301, “quoted”—and so on… <small>𠮷</small></p>"
    "<ol><li>One</li></ol>",
}


@dataclass(frozen=True)
class Page:
    """A page that can be printed again and again."""

    sample: Sample
    html: str
    pictures: Path

    def printed(self, fonts: FontSet | None = None) -> bytes:
        """Print it, in given faces or in its own."""
        document = self.sample.document
        return render_pdf(self.html, document=document, pictures=self.pictures, fonts=fonts)

    def with_(self, old: str, new: str) -> "Page":
        """Return a page with another text, which it must have."""
        assert old in self.html
        return replace(self, html=self.html.replace(old, new))


@pytest.fixture(scope="module")
def make_page(make_sample: Callable[..., Sample], source_folder: Path) -> Callable[..., Page]:
    """Return a function that makes the page of a report, with a paragraph that is hard to set."""

    def make(lang: str, **texts: str) -> Page:
        sample = make_sample(Texts(lang=lang, **texts))
        html = render_html(sample.document, setting=sample.setting)
        html = html.replace("</article>", f"{ADDITIONS[lang]}</article>")
        return Page(sample, html, source_folder)

    return make


@pytest.fixture(scope="module")
def chinese(make_page: Callable[..., Page]) -> Page:
    """A short page in Chinese."""
    return make_page("zh", body="The last word.\n")


@pytest.fixture(scope="module")
def english(make_page: Callable[..., Page]) -> Page:
    """A short page in English."""
    return make_page("en", body="The last word.\n")


@pytest.fixture(scope="module", params=["zh", "en"])
def pair(request: pytest.FixtureRequest, make_page: Callable[..., Page]) -> tuple[bytes, bytes]:
    """A page with everything in small faces, and as it is without anything of ours."""
    page = make_page(request.param)
    small = page.printed()
    engine.be_stock()
    try:
        return small, page.printed()
    finally:
        engine._is_stock = False


def text_of(pdf: bytes) -> str:
    """Return the text of a PDF, line by line."""
    command = ["pdftotext", "-layout", "-", "-"]
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()


# ---------------------------------------------------------------- three who show pages


def by_poppler(pdf: bytes, folder: Path) -> Iterator[Image.Image]:
    """Yield the pages as Poppler shows them."""
    command = ["pdftoppm", "-r", str(RESOLUTION), "-", folder / "poppler"]
    subprocess.run(command, input=pdf, check=True)
    return map(Image.open, sorted(folder.glob("poppler*")))


def by_pdfium(pdf: bytes, _folder: Path) -> Iterator[Image.Image]:
    """Yield the pages as PDFium shows them."""
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            yield page.render(scale=RESOLUTION / 72).to_pil()


def by_mupdf(pdf: bytes, folder: Path) -> Iterator[Image.Image]:
    """Yield the pages as MuPDF shows them."""
    (folder / "page.pdf").write_bytes(pdf)
    command = ["mutool", "draw", "-q", "-r", str(RESOLUTION), "-o", folder / "mupdf%03d.png"]
    subprocess.run([*command, folder / "page.pdf"], check=True, capture_output=True)
    return map(Image.open, sorted(folder.glob("mupdf*")))


NEEDS_MUPDF = pytest.mark.skipif(not shutil.which("mutool"), reason="needs MuPDF")


@pytest.mark.parametrize("show", [by_poppler, by_pdfium, pytest.param(by_mupdf, marks=NEEDS_MUPDF)])
def test_small_faces_show_the_same_pages(
    pair: tuple[bytes, bytes],
    show: Callable[[bytes, Path], Iterator[Image.Image]],
    tmp_path: Path,
) -> None:
    """Pixel by pixel, whatever reads the PDF: no glyph has a number that only some understand."""
    folders = [tmp_path / name for name in ("small", "stock")]
    for folder in folders:
        folder.mkdir()
    shown = [list(show(pdf, folder)) for pdf, folder in zip(pair, folders, strict=True)]

    assert len(shown[0]) == len(shown[1]) > 0
    for small, stock in zip(*shown, strict=True):
        assert ImageChops.difference(small.convert("RGB"), stock.convert("RGB")).getbbox() is None


def test_small_faces_say_the_same_text(pair: tuple[bytes, bytes]) -> None:
    """What is searched and copied does not depend on the places of glyphs in a face."""
    assert text_of(pair[0]) == text_of(pair[1])
    assert "张进" in text_of(pair[0])


def test_small_faces_make_a_small_pdf(pair: tuple[bytes, bytes]) -> None:
    """Stock WeasyPrint keeps a place for every glyph of the whole face."""
    small, stock = map(_bytes_of_fonts, pair)

    assert small < 0.4 * stock


def _bytes_of_fonts(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return sum(
            len(item.read_raw_bytes())
            for item in document.objects
            if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/OpenType"
        )


# ---------------------------------------------------------------- what nobody foresaw


@pytest.fixture(scope="module")
def in_whole_faces(chinese: Page) -> bytes:
    """The short page, set with whole faces from the beginning."""
    return chinese.printed(whole_fonts(ready_fonts(chinese.html).families))


@pytest.mark.parametrize("taken", ["𠮷", "“"])
def test_character_that_small_faces_lack_is_set_with_whole_ones(
    chinese: Page, in_whole_faces: bytes, taken: str
) -> None:
    """Never tofu, and never another typeface that happens to have it."""
    fonts = ready_fonts(chinese.html)
    without = ready_fonts(chinese.html.replace(taken, "")).small
    lacking = replace(fonts, small=without, characters=fonts.characters - {taken})

    assert taken in fonts.characters
    assert chinese.printed(lacking) == in_whole_faces


def test_families_that_were_not_made_ready_are_found(chinese: Page, in_whole_faces: bytes) -> None:
    """Nobody has to know a page's languages to print it."""
    assert chinese.printed(FontSet(families=frozenset(), files=())) == in_whole_faces


def test_generated_text_that_small_faces_lack_is_set_with_whole_ones(english: Page) -> None:
    """A counter has characters that no page names."""
    style = "list-style: hiragana inside; font-family: Noto Serif CJK SC"
    page = english.with_("<ol>", f"<ol style='{style}'>")

    assert "あ" not in ready_fonts(page.html).characters
    assert "あ" in text_of(page.printed())


def test_text_of_a_drawing_that_small_faces_lack_is_set_with_whole_ones(english: Page) -> None:
    """A drawing is not part of the page's text, and names its characters as it likes."""
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 99 30"><text y="20"'
        ' font-family="Noto Serif CJK SC">&#x9B31;</text></svg>'
    )
    source = f"data:image/svg+xml;base64,{b64encode(drawing.encode()).decode()}"
    page = english.with_("<ol><li>One", f'<ol><li><img alt="A word" src="{source}">')

    assert "鬱" not in ready_fonts(page.html).characters
    assert "鬱" in text_of(page.printed())


def test_character_that_no_face_has_is_named(english: Page) -> None:
    """The small faces are not what lacks it."""
    page = english.with_("One", "\U00013000")

    with pytest.raises(RenderingError, match=r"lack 1 character: .+ \(U\+13000\)"):
        page.printed()


def test_family_that_nobody_chose_is_refused_and_not_replaced(english: Page) -> None:
    """Whatever is installed: fontconfig has an answer for every family."""
    page = english.with_("<ol>", "<ol style='font-family: Arial'>")

    with pytest.raises(RenderingError, match=r"O \(U\+004F\)"):
        page.printed()


def test_family_without_a_character_takes_it_from_the_others_of_the_page(english: Page) -> None:
    """As a publisher's style sheet may ask for a Latin family in a Chinese edition."""
    page = english.with_("<ol><li>", "<ol style='font-family: Pubkit Sans'><li>材")

    assert "材" in text_of(page.printed())


# ---------------------------------------------------------------- the same bytes


@pytest.mark.parametrize("has_changed", [False, True])
def test_faces_that_others_have_made_are_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_changed: bool
) -> None:
    """What is kept names the programs that have made it, pubkit's own among them."""
    makers = [tmp_path / path.name for path in fontset._MAKERS]
    for maker in makers:
        maker.write_text("one")
    monkeypatch.setattr(fontset, "_MAKERS", makers)
    before = fontset._key([], "ab")
    if has_changed:
        makers[-1].write_text("another")

    assert (fontset._key([], "ab") != before) == has_changed


def test_faces_are_the_same_cold_warm_and_without_a_cache(
    chinese: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is kept is what would be made; the second time nothing is made."""
    without = ready_fonts(chinese.html)
    caches.keep_in(tmp_path)
    try:
        cold = ready_fonts(chinese.html)
        monkeypatch.setattr(fontset, "_make_all", None)
        warm = ready_fonts(chinese.html)
    finally:
        caches.keep_in(None)

    assert without == cold == warm
    assert len(warm.small) == len({*warm.small}) > 0
    assert all(has_identity_charset(data) for data in warm.small)


def test_faces_depend_on_the_characters_of_their_page_alone(chinese: Page) -> None:
    """What else is made changes nothing."""
    fonts = ready_fonts(chinese.html)

    assert ready_fonts(chinese.html + chinese.html).small == fonts.small
    assert ready_fonts(chinese.html.replace("材", "")).small != fonts.small


def test_settings_of_the_user_change_no_byte(
    english: Page, tmp_path: Path, source_folder: Path
) -> None:
    """Rules that embolden, slant, hint and substitute are for screens, and fontconfig's own."""
    page = tmp_path / "page.html"
    page.write_text(english.html, "utf-8")
    rules = tmp_path / "fonts.conf"
    rules.write_text(
        '<fontconfig><include>/etc/fonts/fonts.conf</include><match target="pattern">'
        '<edit name="family" mode="assign" binding="strong"><string>DejaVu Sans</string></edit>'
        '<edit name="slant" mode="assign"><const>italic</const></edit></match>'
        '<match target="font"><edit name="embolden" mode="assign"><bool>true</bool></edit>'
        '<edit name="hintstyle" mode="assign"><const>hintfull</const></edit></match></fontconfig>'
    )
    command = [sys.executable, "-m", "tests.rendering.engine_program", "fast", tmp_path / "cache"]
    made = [
        subprocess.run(
            [*command, source_folder, page],
            cwd=REPOSITORY,
            env={**os.environ, "FONTCONFIG_FILE": file},
            capture_output=True,
            check=True,
        )
        for file in ("/etc/fonts/fonts.conf", str(rules))
    ]
    first, second = (json.loads(done.stdout)["pdfs"] for done in made)

    assert first == second != []


def test_weasyprint_that_has_changed_is_left_as_it_is(
    english: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another constructor may want other things done."""
    small = english.printed()
    configuration._is_as_known.cache_clear()
    monkeypatch.setattr(configuration, "_CONSTRUCTOR", ("another",))
    stock = english.printed()
    configuration._is_as_known.cache_clear()

    assert len(small) < len(stock)
    assert text_of(small) == text_of(stock)


def test_font_that_is_gone_is_named(chinese: Page, tmp_path: Path) -> None:
    """Another one in its place would be the wrong one."""
    fonts = replace(ready_fonts(chinese.html), files=(tmp_path / "lost.ttf",))

    with pytest.raises(RenderingError, match=r"lost\.ttf"):
        chinese.printed(fonts)


def test_whole_faces_of_every_family_are_found() -> None:
    """Among them the collections, by their families alone."""
    fonts = whole_fonts(stack_families(["zh", "ja"]))

    assert {"NotoSerifCJK-Regular.ttc", "NotoSansCJK-Bold.ttc"} <= {p.name for p in fonts.files}
    assert not fonts.small
