"""Feeds and sitemap, read as independent programs read them."""

import re
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import etree, html

from pubkit.rendering.newsroom.sitemap import Entry, robots, sitemap
from pubkit.rendering.newsroom.xml import element, xml_text
from pubkit.workflow.project import open_project

from .conftest import BASE, Report, new_project, render_site, translate, write_reports

ATOM = {"a": "http://www.w3.org/2005/Atom"}
MAPS = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
GRAMMAR = etree.RelaxNG(etree.parse(Path(__file__).with_name("atom.rng")))


def texts(root: etree._ElementTree, path: str) -> list[str]:
    """Return what a path finds in a feed."""
    return [str(found) for found in root.xpath(path, namespaces=ATOM)]


@pytest.fixture(params=["en", "zh", "ar"])
def feed(request: pytest.FixtureRequest, newsroom: Path) -> etree._ElementTree:
    """Return the feed of a language."""
    return etree.parse(newsroom / request.param / "feed.xml")


# ---------------------------------------------------------------- feeds


def test_feed_has_the_grammar_of_atom(feed: etree._ElementTree) -> None:
    """RFC 4287, appendix B."""
    GRAMMAR.assertValid(feed)


def test_feed_obeys_what_a_grammar_cannot_say(feed: etree._ElementTree) -> None:
    """RFC 4287, 4.1.1, 4.1.2: no two entries alike, no two alternates of one kind."""
    ids = texts(feed, "//a:entry/a:id/text()")
    published = texts(feed, "//a:entry/a:published/text()")

    assert len(set(ids)) == len(ids) > 3
    assert sorted(published, reverse=True) == published
    assert texts(feed, "/a:feed/a:updated/text()") == published[:1]
    for entry in feed.iterfind(".//a:entry", ATOM):
        kinds = [
            (link.get("type"), link.get("hreflang"))
            for link in entry.iterfind("a:link[@rel='alternate']", ATOM)
        ]
        assert len(set(kinds)) == len(kinds) > 1


def test_feed_leads_to_files_of_the_newsroom(feed: etree._ElementTree, newsroom: Path) -> None:
    """Addresses begin with the base, which has a path, and their files exist."""
    addresses = texts(feed, "//a:link/@href") + texts(feed, "//a:id/text()")
    shown = [html.fromstring(text) for text in texts(feed, "//a:content/text()")]
    addresses += [str(src) for content in shown for src in content.xpath("//img/@src")]

    assert any(address.endswith(".jpg") for address in addresses)
    for address in addresses:
        assert address.startswith(BASE + "/")
        assert (newsroom / unquote(address.removeprefix(BASE + "/"))).is_file()


def test_feed_says_its_language_and_those_of_its_links(newsroom: Path) -> None:
    """A reader of Chinese gets Chinese first."""
    feed = etree.parse(newsroom / "zh/feed.xml")
    entry = "//a:entry[a:id[contains(., 'quotes')]]"

    assert feed.getroot().get("{http://www.w3.org/XML/1998/namespace}lang") == "zh-CN"
    assert texts(feed, f"{entry}/a:link[@rel='alternate']/@hreflang") == ["zh-CN", "en", "ar"]
    assert texts(feed, f"{entry}/a:link[1]/@href") == [f"{BASE}/zh/quotes.html"]


def test_feed_gives_titles_as_they_are_written(newsroom: Path) -> None:
    """Signs of HTML and XML are letters in a title."""
    feed = etree.parse(newsroom / "en/feed.xml")

    assert "Is \"A < B\" & 'C > D'?" in texts(feed, "//a:entry/a:title/text()")
    assert texts(feed, "//a:entry[1]/a:category/@term") == ["archives", "C++", "C#"]


def test_feed_has_the_whole_text_and_the_pdf(newsroom: Path) -> None:
    """The text stands by itself: its notes lead to the page, its pictures have full addresses."""
    entry = "//a:entry[a:id[contains(., '50%25')]]"
    feed = etree.parse(newsroom / "en/feed.xml")
    content = "".join(texts(feed, f"{entry}/a:content/text()"))
    page = f"{BASE}/en/q%26a-50%25"

    assert f'src="{BASE}/pictures/reading-room.jpg"' in content
    assert f'href="{page}.html#fn1"' in content
    assert texts(feed, f"{entry}/a:link[@rel='enclosure']/@href") == [f"{page}.pdf"]
    assert texts(feed, f"{entry}/a:link[@rel='enclosure']/@length") == ["9"]
    assert texts(feed, "//a:entry[1]/a:link[@rel='enclosure']") == []


def test_feed_has_full_addresses_for_links_of_a_text(newsroom: Path) -> None:
    """A link to another release is found from everywhere, one to the web stays as it is."""
    feed = etree.parse(newsroom / "en/feed.xml")
    entry = "//a:entry[a:id[contains(., 'alpha')]]"
    content = html.fromstring("".join(texts(feed, f"{entry}/a:content/text()")))

    assert content.xpath("//a/@href") == [
        f"{BASE}/en/quotes.html#release",
        "https://example.org/?a=1&b=2",
    ]


def test_feed_in_arabic_runs_from_right_to_left(newsroom: Path) -> None:
    """Readers of feeds know nothing of the page around a text."""
    feed = etree.parse(newsroom / "ar/feed.xml")

    assert 'dir="rtl"' in texts(feed, "//a:entry[1]/a:content/text()")[0]


def test_summary_is_the_deck_or_the_first_paragraph(newsroom: Path) -> None:
    """Few readers show more of a release before it is opened."""
    feed = etree.parse(newsroom / "en/feed.xml")

    assert texts(feed, "//a:entry/a:summary/text()")[:2] == [
        "The text of the release.",
        "Readers may now stay until midnight on every day of the week",
    ]


def test_release_is_published_when_its_embargo_ends(small: Path) -> None:
    """In the time of all the world."""
    lines = "embargo: '2025-05-31T10:00+08:00'\n"
    write_reports(small, {"late": Report("A release", "2025-05-31", lines)})
    project = open_project(small)
    translate(project)
    render_site(project)
    feed = etree.parse(small / "build/en/feed.xml")

    assert texts(feed, "//a:entry[1]/a:published/text()") == ["2025-05-31T02:00:00Z"]


def test_feed_without_entries_is_valid(tmp_path: Path) -> None:
    """Its time is that of the newest document, finished or not."""
    folder = new_project(tmp_path / "news")
    render_site(open_project(folder))
    feed = etree.parse(folder / "build/ar/feed.xml")

    GRAMMAR.assertValid(feed)
    assert texts(feed, "//a:entry") == []
    assert texts(feed, "//a:updated/text()") == ["2025-03-14T00:00:00Z"]


def test_xml_leaves_out_what_it_cannot_write() -> None:
    """A control character of a translation would make a whole feed unreadable."""
    text = xml_text(element("a", {"b": "1\x0b<"}, text="x\x01\ufffe&y"))

    assert etree.fromstring(text.encode()).text == "x&y"
    assert etree.fromstring(text.encode()).get("b") == "1<"


# ---------------------------------------------------------------- sitemap


def test_sitemap_has_every_page_that_is_public(newsroom: Path) -> None:
    """All but drafts and the page for what is not found, each with its address."""
    sitemap = etree.parse(newsroom / "sitemap.xml")
    found = {str(text) for text in sitemap.xpath("//s:loc/text()", namespaces=MAPS)}
    pages = {path.relative_to(newsroom).as_posix() for path in newsroom.rglob("*.html")}

    assert {unquote(address.removeprefix(BASE + "/")) for address in found} == pages - {
        "404.html",
        "ar/beta.html",
    }
    assert all(re.fullmatch(r"[!-~]+", address) for address in found)


def test_sitemap_names_the_languages_of_a_page_in_all_of_them(newsroom: Path) -> None:
    """Search engines believe a translation only if it leads back."""
    sitemap = etree.parse(newsroom / "sitemap.xml")
    links = {
        url.findtext("s:loc", namespaces=MAPS): {
            link.get("hreflang"): link.get("href") for link in url.iterfind("x:link", MAPS)
        }
        for url in sitemap.iterfind("s:url", MAPS)
    }

    assert links[f"{BASE}/zh/quotes.html"] == {
        "en": f"{BASE}/en/quotes.html",
        "zh-CN": f"{BASE}/zh/quotes.html",
        "ar": f"{BASE}/ar/quotes.html",
        "x-default": f"{BASE}/en/quotes.html",
    }
    assert "ar" not in links[f"{BASE}/en/beta.html"]
    for languages in links.values():
        for tag, address in languages.items():
            assert tag == "x-default" or links[address] == languages


def test_sitemap_has_only_ascii_whatever_the_base() -> None:
    """A host in Chinese has another name for programs; escapes are not escaped again."""
    address = "https://新闻.example:8000/校报/a%25b%E5%BC%80.html"
    text = sitemap([Entry(address=address, alternates={"zh-CN": address})])

    expected = "https://xn--efvy88h.example:8000/%E6%A0%A1%E6%8A%A5/a%25b%E5%BC%80.html"
    assert text.isascii()
    assert text.count(expected) == 2
    assert robots("https://新闻.example") == (
        "User-agent: *\nAllow: /\n\nSitemap: https://xn--efvy88h.example/sitemap.xml\n"
    )


def test_sitemap_says_when_a_page_changed(newsroom: Path) -> None:
    """A list changes with its newest release."""
    sitemap = etree.parse(newsroom / "sitemap.xml")
    days = {
        url.findtext("s:loc", namespaces=MAPS): url.findtext("s:lastmod", namespaces=MAPS)
        for url in sitemap.iterfind("s:url", MAPS)
    }

    assert days[f"{BASE}/en/index.html"] == "2025-04-02"
    assert days[f"{BASE}/en/keywords/archives.html"] == "2025-04-02"
    assert days[f"{BASE}/en/beta.html"] == "2025-01-05"
    assert all(datetime.fromisoformat(day) for day in days.values() if day)
    assert urlsplit(BASE).path == "/press"
