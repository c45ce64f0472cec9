"""A newsroom on a server and in a browser: at any address, for every reader."""

from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import quote, urldefrag, urljoin
from urllib.request import urlopen

import pytest
from lxml import html
from playwright.sync_api import Browser, Locator
from tinyhtml5.parser import HTMLParser

from tests.web import LOOKS, accessibility_violations, clipped, open_page, poor_contrasts

PAGES = (
    *("index.html", "404.html", "en/index.html", "zh/index.html", "ar/index.html"),
    *("zh/keywords/archives.html", "zh/quotes.html"),
)


class Quiet(SimpleHTTPRequestHandler):
    """A server of files that says nothing."""

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def server(newsroom: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the newsroom at the root, and once more in a folder of a folder."""
    root = tmp_path_factory.mktemp("root")
    for path in newsroom.iterdir():
        (root / path.name).symlink_to(path)
    (root / "a").mkdir()
    (root / "a/b").symlink_to(newsroom)
    served = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(root)))
    Thread(target=served.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{served.server_port}"
    served.shutdown()
    served.server_close()


def crawl(start: str, *, within: str) -> set[str]:
    """Follow every link and picture from a page to the end; a missing file is an error."""
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        address = waiting.pop()
        with urlopen(address, timeout=20) as answer:  # noqa: S310
            kind, text = answer.headers.get_content_type(), answer.read()
        seen.add(address)
        if kind == "text/html":
            tree = html.fromstring(text)
            links = tree.xpath("//a/@href | //img/@src | //link[@rel='alternate']/@href")
            found = {urldefrag(urljoin(address, str(link))).url for link in links}
            waiting += {link for link in found if link.startswith(within)} - seen - {*waiting}
    return seen


@pytest.mark.parametrize("base", ["/", "/a/b/"])
def test_newsroom_works_at_any_address(server: str, newsroom: Path, base: str) -> None:
    """Whoever begins at the front reaches every public page, picture, feed and PDF."""
    reached = crawl(f"{server}{base}index.html", within=server)
    kept = [path for path in newsroom.rglob("*.*") if path.suffix != ".xml" or path.stem == "feed"]
    expected = {f"{server}{base}{quote(path.relative_to(newsroom).as_posix())}" for path in kept}
    unlinked = {f"{server}{base}404.html", f"{server}{base}ar/beta.html"}

    assert expected - unlinked == reached


@pytest.mark.parametrize("name", PAGES)
def test_page_is_for_every_reader_and_window(newsroom: Path, browser: Browser, name: str) -> None:
    """axe-core finds nothing, light or dark; every text has contrast; nothing is cut off."""
    page = open_page(browser, newsroom / name)
    found = [*accessibility_violations(page), *poor_contrasts(page)]
    page.emulate_media(color_scheme="dark")
    found += [*accessibility_violations(page, rules=LOOKS), *poor_contrasts(page)]
    for width in (360, 768):
        page.set_viewport_size({"width": width, "height": 900})
        found += clipped(page)
    page.close()

    assert found == []


@pytest.mark.parametrize("name", PAGES)
def test_page_is_html_without_a_fault(newsroom: Path, name: str) -> None:
    """A strict parser has nothing to mend."""
    parser = HTMLParser()
    parser.parse((newsroom / name).read_text("utf-8"))

    assert parser.errors == []


def test_reader_keeps_to_a_document_and_finds_back(newsroom: Path, browser: Browser) -> None:
    """The switch leads to the translation, the head to the list, a keyword to its releases."""
    page = open_page(browser, newsroom / "index.html", java_script_enabled=False)
    page.get_by_role("link", name="Press releases").click()
    page.get_by_role("link", name="Same day, first by name").click()
    page.get_by_role("link", name="中文").click()
    chinese = page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("link", name="全部新闻稿").click()
    page.get_by_role("navigation", name="关键词").get_by_role("link", name="archives").click()

    assert chinese == "译文：Same day, first by name"
    assert page.url.endswith("/zh/keywords/archives.html")
    assert page.get_by_role("heading", level=1).inner_text() == "译文：archives"
    page.close()


def shape(picture: Locator) -> float:
    """Return how wide a picture is for its height."""
    box = picture.bounding_box() or {"width": 0, "height": 1}
    return round(box["width"] / box["height"], 2)


def test_pictures_are_shown(newsroom: Path, browser: Browser) -> None:
    """Those further down come when a reader comes near."""
    page = open_page(browser, newsroom / "en/index.html")
    pictures = page.locator("main img")
    for picture in pictures.all():
        picture.scroll_into_view_if_needed()
    page.wait_for_function("[...document.images].every(image => image.naturalWidth > 100)")

    assert pictures.count() == 2
    assert {shape(picture) for picture in pictures.all()} == {1.5}
    page.close()
