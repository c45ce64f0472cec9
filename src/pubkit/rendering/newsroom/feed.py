"""The newest releases of a language, for programs that look for news: an Atom feed.

Times are those of the documents, never the clock's, so an unchanged newsroom gives the same feed.
Identifiers are the addresses of the pages, which a publisher keeps as long as the pages.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from html import escape, unescape
from urllib.parse import quote, urljoin, urlsplit

from pubkit.formats.markdown import document_blocks, segment_text
from pubkit.localize import direction, html_tag, script
from pubkit.model import Document, Figure
from pubkit.patterns import pattern
from pubkit.rendering.html import render_template
from pubkit.rendering.labels import Labels, plain_text
from pubkit.rendering.newsroom.releases import Newsroom, Release
from pubkit.rendering.newsroom.xml import Element, element, xml_text
from pubkit.rendering.page import Setting, edition_path, opening

ATOM = "http://www.w3.org/2005/Atom"
LENGTH = 30
"""How many releases a feed holds: readers ask for it often, and each comes with its whole text."""


def atom_feed(newsroom: Newsroom, *, setting: Setting, day: date) -> str:
    """Return the feed of a newsroom.

    Args:
        newsroom: Only its newest releases are in the feed.
        setting: What surrounds its pages; the base is known.
        day: When the newsroom last changed, for a feed without entries.

    Source:
        RFC 4287, "The Atom Syndication Format".
    """
    tag = html_tag(newsroom.lang)
    base = setting.base_url or ""
    releases = newsroom.releases[:LENGTH]
    changed = max((release.published for release in releases), default=_midnight(day))
    index = f"{base}/{newsroom.path}"
    return xml_text(
        element(
            "feed",
            {"xmlns": ATOM, "xml:lang": tag},
            element("id", {}, text=index),
            element("title", {}, text=feed_title(newsroom.lang, setting)),
            element("updated", {}, text=_time(changed)),
            _author(newsroom.lang, setting),
            element("generator", {}, text="pubkit"),
            _link("self", f"{base}/{newsroom.feed_path}", type="application/atom+xml"),
            _link("alternate", index, type="text/html", hreflang=tag),
            *(_entry(release, setting) for release in releases),
        )
    )


def feed_title(lang: str, setting: Setting) -> str:
    """Return what readers see among their other feeds."""
    label = Labels(lang, setting.labels)
    publisher = label(setting.publisher).plain if setting.publisher else ""
    return " | ".join(filter(None, (label("Press releases").plain, publisher)))


def _author(lang: str, setting: Setting) -> Element:
    """Return the author, without whom no feed is valid."""
    label = Labels(lang, setting.labels)
    host = urlsplit(setting.base_url or "").hostname or ""
    name = label(setting.publisher).plain if setting.publisher else host
    address = [element("uri", {}, text=setting.publisher_url)] if setting.publisher_url else []
    return element("author", {}, element("name", {}, text=name), *address)


def _entry(release: Release, setting: Setting) -> Element:
    document = release.document
    base = f"{setting.base_url}/"
    parts = [
        element("id", {}, text=base + quote(release.path)),
        element("title", {}, text=_text(document, "title")),
        element("published", {}, text=_time(release.published)),
        element("updated", {}, text=_time(release.published)),
        *_links(release, base),
        *_categories(document),
    ]
    summary = _text(document, "subtitle") or _lead(document)
    if summary:
        parts.append(element("summary", {}, text=summary))
    parts.append(element("content", {"type": "html"}, text=_content(release, setting)))
    return element("entry", {}, *parts)


def _links(release: Release, base: str) -> Iterator[Element]:
    """Yield the page, its other languages and its PDF."""
    own = release.document.lang
    for lang in (own, *(lang for lang in release.languages if lang != own)):
        address = base + quote(edition_path(release.document.name, lang))
        yield _link("alternate", address, type="text/html", hreflang=html_tag(lang))
    if release.pdf_path:
        address = base + quote(release.pdf_path)
        size = {"length": str(release.pdf_size), "hreflang": html_tag(own)}
        yield _link("enclosure", address, type="application/pdf", **size)


def _link(rel: str, href: str, **attributes: str) -> Element:
    return element("link", {"rel": rel, **attributes, "href": href})


def _categories(document: Document) -> Iterator[Element]:
    for keyword in dict.fromkeys(map(segment_text, document.fields_named("keywords"))):
        yield element("category", {"term": keyword})


def _text(document: Document, name: str) -> str:
    return ", ".join(map(segment_text, document.fields_named(name)))


def _lead(document: Document) -> str:
    _hero, lead, _body = opening(document_blocks(document))
    return " ".join(plain_text(lead.html).split()) if lead else ""


def _content(release: Release, setting: Setting) -> str:
    """Return the text as HTML that stands by itself: readers show it far from its page."""
    base = f"{setting.base_url}/"
    page = base + quote(release.path)
    blocks = document_blocks(release.document, pictures=base)

    def picture(figure: Figure) -> str:
        return base + quote(figure.picture)

    _hero, lead, _body = opening(blocks)
    document = release.document
    context = {
        "blocks": blocks,
        "lead": lead,
        "dateline": _text(document, "dateline") or _text(document, "location"),
        "lang": html_tag(document.lang),
        "direction": direction(document.lang),
        "script": script(document.lang),
        "picture": picture,
    }
    html = render_template("article.html.j2", context, templates=setting.templates)
    return LINK.sub(lambda link: escape(urljoin(page, unescape(link[0]))), html).strip()


LINK = pattern('(?<= href=")[^"]+')


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _time(moment: datetime) -> str:
    """Return a time as RFC 3339 writes it."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
