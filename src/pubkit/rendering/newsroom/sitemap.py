"""What search engines read: which pages there are, and in which languages."""

from collections.abc import Iterable, Mapping
from datetime import date
from urllib.parse import quote, urlsplit

from pubkit.rendering.newsroom.xml import Element, element, xml_text
from pubkit.values import dataclass

SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A page of the site; addresses are full."""

    address: str
    modified: date | None = None
    alternates: Mapping[str, str]
    """Where it is in each of its languages, its own included, and for all others (x-default)."""


def sitemap(entries: Iterable[Entry]) -> str:
    """Return the sitemap of these pages.

    Source:
        sitemaps.org, "Sitemaps XML format"; Google Search Central, "Localized versions of your
        pages".
    """
    spaces = {"xmlns": SITEMAPS, "xmlns:xhtml": XHTML}
    return xml_text(element("urlset", spaces, *(_url(entry) for entry in entries)))


def _url(entry: Entry) -> Element:
    parts = [element("loc", {}, text=_uri(entry.address))]
    if entry.modified:
        parts.append(element("lastmod", {}, text=entry.modified.isoformat()))
    for tag, address in entry.alternates.items():
        link = {"rel": "alternate", "hreflang": tag, "href": _uri(address)}
        parts.append(element("xhtml:link", link))
    return element("url", {}, *parts)


def _uri(address: str) -> str:
    """Return an address in ASCII; unlike pages and feeds, sitemaps take no other.

    Source:
        RFC 3987, 3.1 "Mapping of IRIs to URIs"; sitemaps.org, "Entity escaping".
    """
    parts = urlsplit(address)
    host = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode()
    return parts._replace(netloc=host, path=quote(parts.path, safe=KEPT)).geturl()


KEPT = "/%:@!$&'(),;=~+*"
"""What stands in a path as it is, escapes included."""


def robots(base_url: str) -> str | None:
    """Return a robots.txt that names the sitemap; none if the site is only a part of its host.

    Source:
        RFC 9309, 2.3 "Access Method": it is read at the root of the host alone.
    """
    if urlsplit(base_url).path.strip("/"):
        return None
    return f"User-agent: *\nAllow: /\n\nSitemap: {_uri(base_url)}/sitemap.xml\n"
