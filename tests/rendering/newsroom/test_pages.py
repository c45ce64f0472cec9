"""The pages of a newsroom, as readers and their programs find them in its folder."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from pubkit.errors import RenderingError, SourceError
from pubkit.workflow.project import open_project
from pubkit.workflow.site import publish
from tests.conftest import replace_in

from .conftest import (
    BASE,
    LANGUAGES,
    NOW,
    Report,
    new_project,
    render_site,
    translate,
    write_reports,
)


@dataclass
class Page(HTMLParser):
    """What a page leads to."""

    links: list[dict[str, str]] = field(default_factory=list)
    """The attributes of each ``a``, ``link`` and ``img``."""

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what leads to another file."""
        if tag in ("a", "link", "img"):
            self.links.append({"tag": tag} | {name: value or "" for name, value in attrs})


def read(path: Path) -> Page:
    """Read a page."""
    page = Page()
    page.feed(path.read_text("utf-8"))
    return page


def targets(page: Page) -> Iterator[str]:
    """Yield the addresses of a page within its site."""
    for link in page.links:
        address = link.get("href") or link.get("src") or ""
        if not urlsplit(address).scheme and not address.startswith("#"):
            yield address


def titles(path: Path) -> list[str]:
    """Return the headlines of a list, in their order."""
    found = re.findall(r'class="title"><a href="[^"]*">(.*?)</a>', path.read_text("utf-8"))
    return [re.sub('<wbr>|<span class="gap"></span>', "", title) for title in found]


def switch(path: Path) -> dict[str, str]:
    """Return where the language switch of a page leads."""
    return {
        link["hreflang"]: link["href"]
        for link in read(path).links
        if link["tag"] == "a" and link.get("hreflang")
    }


# ---------------------------------------------------------------- links


def test_every_link_and_picture_of_every_page_is_there(newsroom: Path) -> None:
    """Links are relative, so this holds wherever the folder lies, on a disk as on a server."""
    pages = [path for path in newsroom.rglob("*.html") if path.name != "404.html"]
    broken = [
        (path.name, target)
        for path in pages
        for target in targets(read(path))
        if target.startswith("/")
        or not (path.parent / unquote(urlsplit(target).path)).resolve().is_relative_to(newsroom)
        or not (path.parent / unquote(urlsplit(target).path)).is_file()
    ]

    assert len(pages) > 30
    assert broken == []


def test_page_not_found_leads_home_from_any_address(newsroom: Path) -> None:
    """Servers show it in place of any page, however deep: its links begin at the root."""
    links = switch(newsroom / "404.html")

    assert links == {
        "en": "/press/en/index.html",
        "zh-CN": "/press/zh/index.html",
        "ar": "/press/ar/index.html",
    }


def test_page_says_where_it_is_published(newsroom: Path) -> None:
    """A base with a path stands in every full address."""
    page = (newsroom / "zh/index.html").read_text("utf-8")

    assert f'<link rel="canonical" href="{BASE}/zh/index.html">' in page
    assert f'hreflang="ar" href="{BASE}/ar/index.html">' in page
    assert f'hreflang="x-default" href="{BASE}/index.html">' in page
    assert '<link rel="alternate" type="application/atom+xml"' in page


# ---------------------------------------------------------------- lists


def test_index_has_the_newest_first_and_names_decide_between_equals(newsroom: Path) -> None:
    """The same documents always stand in the same order."""
    assert titles(newsroom / "en/index.html") == [
        "Is &#34;A &lt; B&#34; &amp; &#39;C &gt; D&#39;?",
        "Riverside Library opens its night reading room",
        "Same day, first by name",
        "Same day, second by name",
        "Fifty per cent",
        "A name in Chinese",
    ]


def test_index_shows_what_a_release_has_and_leaves_out_what_it_lacks(newsroom: Path) -> None:
    """Deck, kicker, picture and PDF are optional; a drawing for decoration says nothing."""
    page = (newsroom / "en/index.html").read_text("utf-8")
    quotes, welcome, _alpha, beta, fifty, _chinese = page.split('<p class="published">')[1:]
    picture = r'<img src="../thumbnails/reading-room-\w{12}.jpg" alt="" loading="lazy">'

    assert '<p class="deck">Readers may now stay until midnight' in welcome
    assert len(re.findall(picture, page)) == 2
    assert "deck" not in quotes + beta
    assert "<span>Notes</span>" in beta
    assert 'href="q%26a-50%25.pdf"' in fifty
    assert "application/pdf" not in quotes


def test_index_in_arabic_runs_from_right_to_left(newsroom: Path) -> None:
    """Texts, dates and heads of the page are those of the language."""
    page = (newsroom / "ar/index.html").read_text("utf-8")

    assert '<html lang="ar" dir="rtl" class="Arab' in page
    assert "البيانات الصحفية" in page
    assert "أبريل" in page


def test_switch_stays_on_the_page(newsroom: Path) -> None:
    """A document leads to its translations, a list to the same list."""
    assert switch(newsroom / "en/quotes.html") == {
        "zh-CN": "../zh/quotes.html",
        "ar": "../ar/quotes.html",
    }
    assert switch(newsroom / "zh/index.html") == {
        "en": "../en/index.html",
        "ar": "../ar/index.html",
    }
    assert switch(newsroom / "zh/keywords/archives.html") == {
        "en": "../../en/keywords/archives.html",
        "ar": "../../ar/keywords/archives.html",
    }


def led_to(newsroom: Path, *, but: str = "") -> set[Path]:
    """Return every file to which another page of a site leads, but pages of a name."""
    return {
        (path.parent / unquote(target)).resolve()
        for path in newsroom.rglob("*.html")
        for target in targets(read(path))
        if path.name != but and (path.parent / unquote(target)).resolve() != path
    }


def test_draft_is_led_to_from_nowhere(newsroom: Path) -> None:
    """Its page is there for its editors, says DRAFT, and keeps search engines away."""
    draft = newsroom / "ar/beta.html"
    maps = "".join(path.read_text("utf-8") for path in newsroom.rglob("*.xml"))

    assert '<meta name="robots" content="noindex">' in draft.read_text("utf-8")
    assert "noindex" not in (newsroom / "en/beta.html").read_text("utf-8")
    assert draft not in led_to(newsroom)
    assert "ar/beta.html" not in maps
    assert newsroom / "en/beta.html" in led_to(newsroom)
    assert "en/beta.html" in maps


# ---------------------------------------------------------------- keywords and years


def test_keyword_has_a_page_with_its_releases(newsroom: Path) -> None:
    """It works without any script, and marks what was chosen."""
    page = newsroom / "zh/keywords/archives.html"

    assert titles(page) == [
        "译文：Is &#34;A &lt; B&#34; &amp; &#39;C &gt; D&#39;?",
        "译文：Same day, first by name",
    ]
    assert re.search(r'aria-current="page">译文：archives</a>', page.read_text("utf-8"))


def test_keywords_of_like_letters_have_pages_of_their_own(newsroom: Path) -> None:
    """The older one keeps the plain name; a new one cannot take its address."""
    assert titles(newsroom / "en/keywords/c.html")[-1] == "Same day, first by name"
    assert titles(newsroom / "en/keywords/c-2.html") == titles(newsroom / "en/index.html")[:1]


def test_many_releases_have_a_page_for_each_year(tmp_path: Path) -> None:
    """The index shows the newest fifty, and leads to all."""
    folder = new_project(tmp_path / "news")
    reports = {
        f"r{n:03}": Report(f"Release {n:03}", f"{2020 + n % 2}-03-01", "keywords: [all]\n")
        for n in range(60)
    }
    write_reports(folder, reports)
    project = open_project(folder)
    render_site(project, languages=("en",))
    index = folder / "build/en/index.html"
    years = [folder / f"build/en/years/{year}.html" for year in (2020, 2021)]

    assert len(titles(index)) == 50
    assert [len(titles(year)) for year in years] == [30, 30]
    assert titles(years[0])[0] == "Release 000"
    assert {*years} <= led_to(folder / "build")
    assert len(titles(folder / "build/en/keywords/all.html")) == 60


def test_index_with_everything_has_no_years(newsroom: Path) -> None:
    """Few releases need no second page; the years stand between them."""
    assert not (newsroom / "en/years").exists()
    assert '<time datetime="2024">2024年</time>' in (newsroom / "zh/index.html").read_text("utf-8")


def test_project_without_any_document_has_no_newsroom(small: Path) -> None:
    """There is nothing to publish, and the error says what to do."""
    (small / "source/welcome.md").unlink()
    with pytest.raises(SourceError, match="no document to publish"):
        render_site(open_project(small))


def test_newsroom_without_any_release_says_so(small: Path) -> None:
    """A language in which all are drafts has its index, with nothing on it."""
    replace_in(small / "source/welcome.md", "## How to come", "New text.\n\n## How to come")
    render_site(open_project(small))
    chinese = (small / "build/zh/index.html").read_text("utf-8")

    assert "暂无新闻稿" in chinese
    assert "<li" not in chinese[chinese.index("<main") :]
    assert titles(small / "build/en/index.html")


# ---------------------------------------------------------------- what exists


def test_switch_shows_only_languages_that_exist(small: Path) -> None:
    """One language made, one language shown; the next run adds the other to both."""
    project = open_project(small)
    render_site(project, languages=("en",))
    alone = switch(small / "build/en/welcome.html")
    render_site(project, languages=("zh",))
    later = render_site(project, languages=("en",))

    assert alone == {}
    assert switch(small / "build/en/welcome.html") == {"zh-CN": "../zh/welcome.html"}
    assert later.outdated == ()


def test_newsroom_takes_in_editions_that_were_made_before(small: Path) -> None:
    """A new release does not cost the making of the others, and their files stay untouched."""
    project = open_project(small)
    render_site(project)
    before = (small / "build/zh/welcome.html").stat().st_mtime_ns
    write_reports(small, {"new": Report("A new release", "2025-05-01")})
    translate(project)
    published = render_site(project, "new")

    assert titles(small / "build/zh/index.html") == [
        "译文：A new release",
        "河畔图书馆夜间阅览室启用",
    ]
    assert before == (small / "build/zh/welcome.html").stat().st_mtime_ns
    assert published.outdated == ()


def test_page_that_is_older_than_its_texts_is_named(small: Path) -> None:
    """An index that says other than its page would be wrong in silence."""
    project = open_project(small)
    write_reports(small, {"new": Report("A new release", "2025-05-01")})
    translate(project)
    render_site(project)
    replace_in(small / "source/welcome.md", "title: Riverside", "title: The Riverside")
    translate(project)
    published = render_site(project, "new")

    assert small / "build/en/welcome.html" in published.outdated
    assert small / "build/en/new.html" not in published.outdated


def test_page_that_still_says_draft_is_left_out(small: Path) -> None:
    """Its texts are finished by now, but nobody has made the page again."""
    write_reports(small, {"new": Report("A new release", "2025-05-01")})
    project = open_project(small)
    translate(project, but=[("new", "zh")])
    render_site(project)
    translate(project)
    published = render_site(project, "welcome")

    assert titles(small / "build/zh/index.html") == ["河畔图书馆夜间阅览室启用"]
    assert ("new", "zh") in [(left.name, left.lang) for left in published.left_out]


def test_document_that_was_removed_is_listed_no_more(small: Path) -> None:
    """Its page stays for those who have its address."""
    write_reports(small, {"old": Report("An old release", "2025-01-01")})
    project = open_project(small)
    translate(project)
    render_site(project)
    (small / "source/old.md").unlink()
    render_site(project)

    assert (small / "build/en/old.html").is_file()
    assert "old.html" not in (small / "build/sitemap.xml").read_text("utf-8")
    assert small / "build/en/old.html" not in led_to(small / "build", but="old.html")


@pytest.mark.parametrize(
    ("embargo", "is_over"),
    [
        ("2025-06-01T20:00+08:00", True),
        ("2025-06-01T20:01+08:00", False),
        ("2025-06-01T00:00", True),
        ("2025-06-01T00:01", False),
    ],
)
def test_release_under_embargo_waits_for_its_time(
    small: Path, embargo: str, *, is_over: bool
) -> None:
    """A time without a zone is over when it is over everywhere on earth."""
    lines = f"embargo: '{embargo}'\n"
    write_reports(small, {"secret": Report("A secret", "2025-05-31", lines)})
    project = open_project(small)
    translate(project)
    published = render_site(project)
    texts = [path.read_text("utf-8") for path in (small / "build").rglob("*.xml")]

    assert ("A secret" in titles(small / "build/en/index.html")) == is_over
    assert any("secret" in text for text in texts) == is_over
    assert [left.lang for left in published.left_out] == ([] if is_over else list(LANGUAGES))
    assert switch(small / "build/en/secret.html")["ar"] == "../ar/secret.html"


def test_newsroom_is_the_same_whenever_it_is_made(small: Path) -> None:
    """The clock reaches no page, and files that are right are not written again."""

    def files() -> dict[Path, tuple[bytes, int]]:
        found = [path for path in (small / "build").rglob("*.*") if path.name != "welcome.html"]
        return {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in found}

    project = open_project(small)
    render_site(project)
    before = files()
    render_site(project, now=NOW.replace(year=2031))

    assert before == files()


# ---------------------------------------------------------------- settings


def test_newsroom_without_base_has_no_feeds_and_works(tmp_path: Path) -> None:
    """Addresses that nobody knows are not invented."""
    folder = new_project(tmp_path / "news", base_url="")
    project = open_project(folder)
    translate(project)
    published = render_site(project)

    assert not published.has_addresses
    assert list((folder / "build").rglob("*.xml")) == []
    assert "canonical" not in (folder / "build/en/index.html").read_text("utf-8")
    assert switch(folder / "build/404.html")["en"] == "en/index.html"


def test_newsroom_in_one_language_goes_there_at_once(tmp_path: Path) -> None:
    """Nobody has to choose among one."""
    folder = new_project(tmp_path / "news")
    replace_in(folder / "pubkit.toml", '["en", "zh", "ar"]', '["en"]')
    render_site(open_project(folder))

    assert 'content="0; url=en/index.html"' in (folder / "build/index.html").read_text("utf-8")


def test_robots_are_told_of_the_sitemap_only_at_the_root(tmp_path: Path, newsroom: Path) -> None:
    """Nobody reads robots.txt anywhere else."""
    folder = new_project(tmp_path / "news", base_url="https://news.example.org")
    render_site(open_project(folder))

    assert "Sitemap: https://news.example.org/sitemap.xml" in (
        folder / "build/robots.txt"
    ).read_text("utf-8")
    assert not (newsroom / "robots.txt").exists()


@pytest.mark.parametrize("name", ["index", "Index"])
def test_document_cannot_take_the_place_of_the_index(small: Path, name: str) -> None:
    """It is refused before anything is written; without a newsroom the name is free."""
    write_reports(small, {name: Report("A release", "2025-05-01")})
    project = open_project(small)
    with pytest.raises(SourceError, match=name) as caught:
        render_site(project)

    assert str(caught.value.location) == f"source/{name}.md"
    assert not (small / "build").exists()


def test_publisher_changes_a_block_of_the_index_and_of_all_lists(small: Path) -> None:
    """A template of the publisher wins by its name, and its labels reach the translators."""
    (small / "templates").mkdir()
    (small / "templates/index.html.j2").write_text(
        '{% extends "pubkit/index.html.j2" %}'
        '{% block years %}<p>{{ label("Write to us", comment="A link") }}</p>{% endblock %}'
    )
    project = open_project(small)
    translate(project)
    render_site(project)

    assert "<p>译文：Write to us</p>" in (small / "build/zh/index.html").read_text("utf-8")
    assert "Riverside Library opens" in (small / "build/en/index.html").read_text("utf-8")


def test_template_with_a_fault_names_its_line(small: Path) -> None:
    """Whoever wrote it finds the place."""
    (small / "templates").mkdir()
    (small / "templates/404.html.j2").write_text("one\n{{ nothing }}")
    with pytest.raises(RenderingError, match="nothing") as caught:
        render_site(open_project(small))

    assert str(caught.value.location).endswith("404.html.j2:2")


def test_text_of_the_newsroom_that_waits_is_told_and_refused_if_strict(small: Path) -> None:
    """It never falls back to English in silence, and no document becomes a draft by it."""
    project = open_project(small)
    catalog = project.catalog_path("templates", "zh")
    replace_in(catalog, 'msgstr "页面不存在"', 'msgstr ""')
    published = render_site(project)

    assert published.waiting == ("zh",)
    assert published.left_out == ()
    with pytest.raises(RenderingError, match="Page not found"):
        publish(project, now=NOW, is_strict=True)
