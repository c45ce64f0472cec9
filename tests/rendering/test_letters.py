"""The letter that brings an edition: what stands in it, and what never does."""

import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from pubkit.errors import RenderingError
from pubkit.model import PLACE_MARKS, Change, Letter
from pubkit.rendering.letters import MOST_CHANGES, Correction, Enclosure, make_letter
from tests.rendering.conftest import Sample, Texts
from tests.web import accessibility_violations, clipped, open_page, poor_contrasts

PDF = Enclosure(name="report.en.pdf", size=1_234_567)
LINKED = replace(PDF, is_attached=False)
BASE = "https://news.example.org"
MakeSample = Callable[..., Sample]


def letter(
    sample: Sample,
    *,
    enclosure: Enclosure = PDF,
    is_named: bool = True,
    correction: Correction | None = None,
) -> Letter:
    """Return the letter of a document."""
    return make_letter(
        sample.document,
        setting=sample.setting,
        enclosure=enclosure,
        is_named=is_named,
        correction=correction,
    )


def place(name: str) -> str:
    """Return a place of a letter."""
    return name.join(PLACE_MARKS)


def both(made: Letter) -> tuple[str, str]:
    """Return both parts, the page without its styles."""
    return made.text, re.sub(r"<style>.*?</style>", "", made.html, flags=re.DOTALL)


def test_letter_says_what_it_brings(make_sample: MakeSample) -> None:
    """In both parts: greeting, PDF, title, lead, contact, and why one gets it."""
    made = letter(make_sample(base_url=BASE))

    assert made.subject == "Alliance holds its first conference"
    assert made.sender_name == "The School"
    for part in both(made):
        assert f"Dear {place('name')}," in part
        assert "Please find attached" in part
        assert "1.2 MB" in part
        assert "Deans meet in Shenzhen" in part
        assert "SHENZHEN, China, July 7" in part
        assert "conference was held." in part
        assert "press@example.org" in part
        assert "list of members of The School" in " ".join(part.split())
        assert f"{BASE}/en/report.html" in part
        assert place("unsubscribe") in part


def test_plain_part_has_no_markup(make_sample: MakeSample) -> None:
    """Neither HTML nor Markdown, and no line is too wide."""
    text = letter(make_sample(base_url=BASE)).text

    assert "The first conference was held." in text
    assert not re.search(r"[*_`]|&\w+;|</?\w+[ >]", text)
    assert max(map(len, text.splitlines())) <= 76
    assert "\n-- \nYou receive" in text


def test_letter_without_a_base_has_no_links_to_the_web(make_sample: MakeSample) -> None:
    """Nobody knows where the edition is."""
    for part in both(letter(make_sample())):
        assert "on the web" not in part
        assert "report.html" not in part


def test_large_pdf_is_linked(make_sample: MakeSample) -> None:
    """And nothing says that it is attached."""
    for part in both(letter(make_sample(base_url=BASE), enclosure=LINKED)):
        assert "attached" not in part
        assert f"{BASE}/en/report.pdf" in part


def test_member_without_a_name_is_greeted_as_one(make_sample: MakeSample) -> None:
    """There is no place for a name."""
    made = letter(make_sample(), is_named=False)

    for part in both(made):
        assert "Dear member," in part
        assert place("name") not in part


def test_chinese_letter_is_chinese(make_sample: MakeSample) -> None:
    """In its tag, its fonts and its lines."""
    translations = {"Dear {name},": "尊敬的{name}：", "The *first* conference was held.": "会" * 90}
    made = letter(make_sample(Texts(lang="zh", translations=translations)))

    assert made.tag == "zh-CN"
    assert '<html lang="zh-CN" dir="ltr">' in made.html
    assert "Noto Serif CJK SC" in made.html
    assert f'<a href="{place("unsubscribe")}"' in made.html
    assert f' <a href="{place("unsubscribe")}"' not in made.html
    assert f"尊敬的{place('name')}：\n" in made.text
    assert max(line.count("会") for line in made.text.splitlines()) == 38


def test_letter_from_right_to_left(make_sample: MakeSample) -> None:
    """Every table says so by itself: mail programs drop what surrounds them."""
    html = letter(make_sample(Texts(lang="ar"), base_url=BASE)).html

    assert '<html lang="ar" dir="rtl">' in html
    tables = re.findall(r"<table [^>]*>", re.sub(r"<!--.*?-->", "", html))
    assert tables
    assert all('dir="rtl"' in table for table in tables)


def test_correction_begins_with_what_changed(make_sample: MakeSample) -> None:
    """Before anything else is said, and in the subject."""
    correction = Correction(
        changes=(
            Change(old="Zhang Jing", new="Zhang Jin", times=2),
            Change(old="", new="An <i> added text."),
            Change(old="A removed text.", new=""),
            Change(old="Elsewhere.", new="Elsewhere.", is_moved=True),
        ),
        note="We apologize.",
    )
    made = letter(make_sample(), correction=correction)

    assert made.subject == "Correction: Alliance holds its first conference"
    assert "Before: Zhang Jing\nNow: Zhang Jin (2 places)\n" in made.text
    assert "Added: An <i> added text." in made.text
    assert "Removed: A removed text." in made.text
    assert "Moved: Elsewhere." in made.text
    assert "We apologize." in made.text
    assert made.text.index("Zhang Jing") < made.text.index("Alliance holds")
    assert "An &lt;i&gt; added text." in made.html


def test_correction_with_many_changes_says_how_many_more(make_sample: MakeSample) -> None:
    """A letter is no list of changes."""
    changes = tuple(Change(old=f"old {n}.", new=f"new {n}.") for n in range(MOST_CHANGES + 3))
    made = letter(make_sample(), correction=Correction(changes=changes))

    assert f"new {MOST_CHANGES - 1}." in made.text
    assert f"new {MOST_CHANGES}." not in made.text
    assert "Further changes: 3" in made.text


def test_second_paragraph_comes_with_a_short_first_one(make_sample: MakeSample) -> None:
    """And does not with one that says enough."""
    short = make_sample(Texts(body="\nShort.\n\nSecond.\n"))
    long = make_sample(Texts(body=f"\n{'Long text. ' * 40}\n\nSecond.\n"))

    assert "Second." in letter(short).text
    assert "Second." not in letter(long).text


def test_text_cannot_make_a_place(make_sample: MakeSample) -> None:
    """A translator cannot put a member's address for leaving behind another link."""
    sample = make_sample(Texts(body=f"\nSee {place('unsubscribe')}.\n"))
    with pytest.raises(RenderingError, match="private characters") as refused:
        letter(sample)

    assert refused.value.location is not None


def test_publishers_template_takes_the_place_of_ours(
    make_sample: MakeSample, tmp_path: Path
) -> None:
    """Of all languages, or of one."""
    (tmp_path / "letter.txt.j2").write_text(
        "{% if recipient.name %}\nHello {{ recipient.name }}!\n{% else %}\nHello!\n{% endif %}\n"
        "{{ unsubscribe }}\n"
    )
    (tmp_path / "letter.subject.j2").write_text("News & more: {{ text('title') }}")
    (tmp_path / "letter.zh.txt.j2").write_text("您好！\n")
    english = letter(make_sample(templates=tmp_path))

    assert english.text == f"Hello {place('name')}!\n{place('unsubscribe')}\n"
    assert english.subject == "News & more: Alliance holds its first conference"
    assert letter(make_sample(templates=tmp_path), is_named=False).text.startswith("Hello!\n")
    assert letter(make_sample(Texts(lang="zh"), templates=tmp_path)).text == "您好！\n"


class _Reader(HTMLParser):
    """Notes what a page asks for."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.tags.add(tag)
        self.attributes |= {name for name, _value in attrs}


def test_page_asks_for_nothing(make_sample: MakeSample) -> None:
    """No pictures, scripts or styles from elsewhere: nobody learns who reads it."""
    html = letter(make_sample(base_url=BASE)).html
    reader = _Reader()
    reader.feed(html)

    assert reader.tags.isdisjoint({"img", "script", "link", "iframe", "object", "form", "svg"})
    assert reader.attributes.isdisjoint({"src", "srcset", "background", "onclick"})
    assert "url(" not in html
    assert "@import" not in html
    assert "var(--" not in html
    assert len(html) < 30_000


@pytest.mark.parametrize("lang", ["en", "zh", "ar"])
def test_page_can_be_read_by_everyone(
    make_sample: MakeSample, tmp_path: Path, browser: Browser, lang: str
) -> None:
    """On wide and narrow screens, light and dark: nothing is cut off, faint or without a name."""
    correction = Correction(changes=(Change(old="old", new="new", times=2),), note="A note.")
    sample = make_sample(Texts(lang=lang), base_url=BASE)
    path = tmp_path / "letter.html"
    path.write_text(letter(sample, enclosure=LINKED, correction=correction).html, "utf-8")
    page = open_page(browser, path, width=320)
    faults = accessibility_violations(page, rules=("wcag2a", "wcag2aa", "wcag21a", "wcag21aa"))
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        for width in (320, 900):
            page.set_viewport_size({"width": width, "height": 900})
            faults += [*poor_contrasts(page), *clipped(page)]
    page.close()

    assert faults == []


def test_title_of_several_lines_is_one_subject(make_sample: MakeSample) -> None:
    """Whatever stands in a catalog."""
    title = "Alliance holds its first conference"
    translations = {title: "Allianz\u2028tagt  <erstmals> *heute*"}
    made = letter(make_sample(Texts(lang="de", translations=translations)))

    assert made.subject == "Allianz tagt <erstmals> *heute*"
