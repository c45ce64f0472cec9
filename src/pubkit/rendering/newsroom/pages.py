"""The pages of a newsroom around those of its documents: indexes, keywords, years, languages, 404.

Every link is relative to its page, so the folder works wherever it lies; only what readers and
search engines keep apart from the folder has full addresses, and only if the base is known.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache, partial
from posixpath import dirname, relpath
from urllib.parse import quote, urljoin, urlsplit

from markupsafe import Markup, escape

from pubkit.formats.markdown import segment_text
from pubkit.localize import direction, format_date, format_year, html_tag, language_name, script
from pubkit.rendering.html import read_template, render_template
from pubkit.rendering.labels import LABEL_LANG, Label, Labels
from pubkit.rendering.newsroom.feed import atom_feed, feed_title
from pubkit.rendering.newsroom.releases import (
    INDEX,
    Newsroom,
    Release,
    Topic,
    by_year,
)
from pubkit.rendering.newsroom.sitemap import Entry, robots, sitemap
from pubkit.rendering.page import Alternate, Setting, edition_path, style_content
from pubkit.rendering.phrases import mark_phrases
from pubkit.rendering.typefaces import screen_stylesheet
from pubkit.values import dataclass

NOT_FOUND = "404.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The newsrooms of all languages, and what surrounds their pages."""

    newsrooms: Mapping[str, Newsroom]
    """By language; the first is that of the project's source language."""
    settings: Mapping[str, Setting]
    """By language; the base is the same in all."""
    day: date
    """The day of the newest document: when the site last changed."""

    @property
    def lang(self) -> str:
        """The language of pages that are there for all."""
        return next(iter(self.newsrooms))

    @property
    def base_url(self) -> str:
        """Where the site is published; empty if nobody has said so."""
        return self.settings[self.lang].base_url or ""


@dataclass(frozen=True, slots=True)
class SiteFile:
    """A file of the site; its path is seen from the site's folder."""

    path: str
    text: str


def site_files(site: Site) -> Iterator[SiteFile]:
    """Yield every file of the site but its editions and pictures.

    Feeds, the sitemap and robots.txt need full addresses; they are left out if the base is not
    known.

    Raises:
        RenderingError: A template is missing or wrong.
    """
    pages = tuple(_pages(site))
    for page in pages:
        yield SiteFile(page.path, _render(page))
    if site.base_url:
        for lang, newsroom in site.newsrooms.items():
            feed = atom_feed(newsroom, setting=site.settings[lang], day=site.day)
            yield SiteFile(newsroom.feed_path, feed)
        yield SiteFile("sitemap.xml", sitemap(_entries(site, pages)))
        rules = robots(site.base_url)
        if rules:
            yield SiteFile("robots.txt", rules)


# ---------------------------------------------------------------- which pages there are


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """A page of the site: where it lies, in which languages, and what it shows."""

    site: Site
    path: str
    template: str
    lang: str
    alternates: Mapping[str, str]
    """The path of the page in each of its languages, its own included."""
    releases: tuple[Release, ...] = ()
    topic: Topic | None = None
    year: int | None = None

    @property
    def newsroom(self) -> Newsroom:
        return self.site.newsrooms[self.lang]

    @property
    def setting(self) -> Setting:
        return self.site.settings[self.lang]

    def link(self, path: str) -> str:
        """Return where a file of the site is, seen from this page."""
        if self.path != NOT_FOUND:
            return quote(relpath(path, dirname(self.path) or "."))
        # Servers show this page at any address, so only the root leads to others.
        base = self.site.base_url
        return f"{urlsplit(base).path}/{quote(path)}" if base else quote(path)

    def address(self, href: str) -> str:
        """Return the full address of a link, if the base is known."""
        base = self.site.base_url
        return urljoin(f"{base}/{quote(self.path)}", href) if base else href


def _pages(site: Site) -> Iterator[_Page]:
    indexes = {lang: newsroom.path for lang, newsroom in site.newsrooms.items()}
    common = partial(_Page, site=site, lang=site.lang)
    yield common(path=INDEX, template="languages.html.j2", alternates=indexes)
    yield common(path=NOT_FOUND, template="404.html.j2", alternates=indexes)
    for lang, newsroom in site.newsrooms.items():
        page = partial(_Page, site=site, lang=lang)
        yield page(
            path=newsroom.path,
            template="index.html.j2",
            alternates=indexes,
            releases=newsroom.recent,
        )
        yield from _year_pages(site, newsroom, page)
        yield from _topic_pages(site, newsroom, page)


def _year_pages(site: Site, newsroom: Newsroom, page: Callable[..., _Page]) -> Iterator[_Page]:
    groups = dict(by_year(newsroom.releases))
    for year in newsroom.years:
        yield page(
            path=newsroom.year_path(year),
            template="year.html.j2",
            alternates={
                lang: other.year_path(year)
                for lang, other in site.newsrooms.items()
                if year in other.years
            },
            releases=groups[year],
            year=year,
        )


def _topic_pages(site: Site, newsroom: Newsroom, page: Callable[..., _Page]) -> Iterator[_Page]:
    for topic in newsroom.topics.values():
        yield page(
            path=topic.path,
            template="keyword.html.j2",
            alternates={twin.lang: twin.path for twin in _twins(site, newsroom, topic)},
            releases=topic.releases,
            topic=topic,
        )


def _twins(site: Site, newsroom: Newsroom, topic: Topic) -> Iterator[Topic]:
    """Yield a keyword in each of its languages.

    A translation is one only if it leads back: two keywords that another language does not tell
    apart cannot both be its page there.
    """
    for other in site.newsrooms.values():
        twin = other.counterpart(topic)
        if twin and newsroom.counterpart(twin) == topic:
            yield twin


# ---------------------------------------------------------------- what a template sees


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A release in a list; addresses are seen from the page of the list."""

    href: str
    title: str
    subtitle: str
    kicker: str
    day: str
    """As ``2023-07-10``."""
    date: str
    """As the language writes it."""
    picture: str | None
    thumbnail: str | None
    pdf_href: str | None
    keywords: tuple["Choice", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A keyword or a year that a reader can choose."""

    href: str
    text: str
    number: int = 0
    """How many releases it has."""
    is_current: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Releases of a year; the heading is empty where a list has only one year."""

    heading: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The newsroom in one of its languages."""

    lang: str
    direction: str
    name: str
    """The language's name in itself."""
    href: str
    label: Labels
    publisher: Label | None


def _render(page: _Page) -> str:
    return render_template(page.template, _context(page), templates=page.setting.templates)


def _context(page: _Page) -> Mapping[str, object]:
    """Return everything that the template of a page sees; ``newsroom.html.j2`` lists it by name."""
    newsroom = page.newsroom
    setting = _setting(page)
    label = Labels(page.lang, setting.labels)
    default = _default(page)
    return {
        "lang": html_tag(page.lang),
        "direction": direction(page.lang),
        "script": script(page.lang),
        "label": label,
        "publisher": label.name(setting.publisher, source_lang=setting.publisher_lang),
        "unit": label.name(setting.unit, source_lang=setting.publisher_lang),
        "setting": setting,
        "current": Alternate(lang=page.lang, href=page.link(page.path)),
        "default": page.link(default) if default else None,
        "address": page.address,
        "feed_title": feed_title(page.lang, setting),
        "groups": tuple(_groups(page)),
        "keywords": _topics(page, newsroom.topics.values()),
        "years": tuple(_years(page)),
        "keyword": page.topic.text if page.topic else None,
        "year": format_year(page.year, page.lang) if page.year else None,
        "places": tuple(_place(page, other) for other in page.site.newsrooms.values()),
        "phrased": partial(_phrased, lang=page.lang, names=setting.names),
        "stylesheet": partial(_stylesheet, setting),
        "typefaces": _typefaces(page.site),
    }


def _setting(page: _Page) -> Setting:
    """Return what surrounds a page: the links of its masthead and its feed."""
    newsroom = page.newsroom
    is_listing = page.path not in (newsroom.path, INDEX, NOT_FOUND)
    has_feed = page.site.base_url and page.path not in (INDEX, NOT_FOUND)
    return replace(
        page.setting,
        alternates=tuple(
            Alternate(lang=lang, href=page.link(path)) for lang, path in page.alternates.items()
        ),
        index=page.link(newsroom.path) if is_listing else None,
        feed=page.link(newsroom.feed_path) if has_feed else None,
    )


def _groups(page: _Page) -> Iterator[Group]:
    """Yield the releases of a list by year, if they are of more than one."""
    groups = dict(by_year(page.releases))
    for year, releases in groups.items():
        heading = format_year(year, page.lang) if len(groups) > 1 else ""
        yield Group(heading=heading, items=tuple(_item(page, release) for release in releases))


def _item(page: _Page, release: Release) -> Item:
    document = release.document

    def text(name: str) -> str:
        return ", ".join(map(segment_text, document.fields_named(name)))

    def link(path: str | None) -> str | None:
        return page.link(path) if path else None

    newsroom = page.site.newsrooms[document.lang]
    return Item(
        href=page.link(release.path),
        title=text("title"),
        subtitle=text("subtitle"),
        kicker=text("kicker"),
        day=document.publication_date.isoformat(),
        date=format_date(document.publication_date, document.lang),
        picture=link(release.picture),
        thumbnail=link(release.thumbnail),
        pdf_href=link(release.pdf_path),
        keywords=_topics(page, newsroom.topics_of(release)),
    )


def _topics(page: _Page, topics: Iterable[Topic]) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            href=page.link(topic.path),
            text=topic.text,
            number=len(topic.releases),
            is_current=topic is page.topic,
        )
        for topic in topics
    )


def _years(page: _Page) -> Iterator[Choice]:
    for year in page.newsroom.years:
        href = page.link(page.newsroom.year_path(year))
        text = format_year(year, page.lang)
        yield Choice(href=href, text=text, is_current=year == page.year)


def _place(page: _Page, newsroom: Newsroom) -> Place:
    lang = newsroom.lang
    setting = page.site.settings[lang]
    label = Labels(lang, setting.labels)
    return Place(
        lang=html_tag(lang),
        direction=direction(lang),
        name=language_name(lang),
        href=page.link(newsroom.path),
        label=label,
        publisher=label.name(setting.publisher, source_lang=setting.publisher_lang),
    )


@lru_cache(maxsize=10_000)  # A headline stands in the index and on the pages of its keywords.
def _phrased(text: str, *, lang: str, names: frozenset[str]) -> Markup:
    return mark_phrases(str(escape(text)), lang, names=names)


def _stylesheet(setting: Setting, name: str) -> Markup:
    return style_content(read_template(name, templates=setting.templates), name=name)


def _typefaces(site: Site) -> Markup:
    setting = site.settings[site.lang]
    langs = {LABEL_LANG, setting.publisher_lang, *site.newsrooms}
    return Markup(screen_stylesheet(langs, setting.typefaces))  # noqa: S704


# ---------------------------------------------------------------- what search engines see


def _entries(site: Site, pages: Iterable[_Page]) -> Iterator[Entry]:
    """Yield every page that a search engine shall know."""
    for page in pages:
        if page.path != NOT_FOUND:
            newest = max(
                (release.document.publication_date for release in page.releases), default=None
            )
            yield _entry(site, page.path, page.alternates, modified=newest, default=_default(page))
    for newsroom in site.newsrooms.values():
        for release in newsroom.releases:
            name = release.document.name
            paths = {lang: edition_path(name, lang) for lang in release.languages}
            default = paths.get(release.document.source_lang)
            day = release.document.publication_date
            yield _entry(site, release.path, paths, modified=day, default=default)


def _default(page: _Page) -> str | None:
    """Return the page for those whose language is not there."""
    return INDEX if page.path in (INDEX, page.newsroom.path) else None


def _entry(
    site: Site, path: str, paths: Mapping[str, str], *, modified: date | None, default: str | None
) -> Entry:
    def address(path: str) -> str:
        return f"{site.base_url}/{quote(path)}"

    alternates = {html_tag(lang): address(path) for lang, path in paths.items()}
    if len(alternates) < 2:
        alternates = {}
    elif default:
        alternates["x-default"] = address(default)
    return Entry(address=address(path), modified=modified, alternates=alternates)
