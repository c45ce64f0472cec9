"""A newsroom: what may be read in one language, newest first, by year and by keyword.

It knows where its pages lie within the site; how they look is the matter of ``pages.py``.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import field
from datetime import UTC, datetime, time, timedelta, timezone
from itertools import count, groupby
from unicodedata import normalize

from pubkit.model import Document, Segment
from pubkit.rendering.page import edition_path
from pubkit.values import dataclass

INDEX = "index.html"
FEED = "feed.xml"
KEYWORDS = "keywords"
YEARS = "years"
RECENT = 50
"""How many releases an index shows. The older ones stand on a page for each year: unlike numbered
pages, those keep their content and their address when a release is added."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """An edition as a newsroom lists it; paths are seen from the folder of the site."""

    document: Document
    languages: tuple[str, ...] = ()
    """Every language in which the newsrooms list the document, its own included."""
    picture: str | None = None
    """The picture that leads it."""
    thumbnail: str | None = None
    """A smaller copy of the picture, or the picture itself."""
    pdf_size: int | None = None
    """Bytes of the PDF; None if there is none."""

    @property
    def path(self) -> str:
        """Where its page lies."""
        return edition_path(self.document.name, self.document.lang)

    @property
    def pdf_path(self) -> str | None:
        """Where its PDF lies, if there is one."""
        path = edition_path(self.document.name, self.document.lang, suffix="pdf")
        return None if self.pdf_size is None else path

    @property
    def published(self) -> datetime:
        """When it was published: when its embargo ended, or at the beginning of its day."""
        end = _embargo(self.document)
        is_exact = end is not None and end.tzinfo
        return (
            end
            if end and is_exact
            else datetime.combine(self.document.publication_date, time(), UTC)
        )


# ---------------------------------------------------------------- embargoes

EVERYWHERE = timezone(timedelta(hours=-12))
"""Where a day ends last on earth."""


def embargo_end(document: Document) -> datetime | None:
    """Return when a document may be read by everyone, if it may not be at once.

    A time without a zone is over when it is over everywhere: nobody knows whose clock is meant.
    """
    end = _embargo(document)
    return end if end is None or end.tzinfo else end.replace(tzinfo=EVERYWHERE)


def _embargo(document: Document) -> datetime | None:
    moment = document.details.get("embargo")
    return datetime.fromisoformat(moment) if moment else None


# ---------------------------------------------------------------- one language


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A keyword and the releases that have it, newest first."""

    key: str
    """What is the same in all its spellings."""
    text: str
    lang: str
    slug: str
    """Names its page: words of the keyword in the source language."""
    releases: tuple[Release, ...]

    @property
    def path(self) -> str:
        """Where its page lies within the site."""
        return f"{self.lang}/{KEYWORDS}/{self.slug}.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Newsroom:
    """The releases in one language, newest first."""

    lang: str
    releases: tuple[Release, ...] = ()
    topics: Mapping[str, Topic] = field(default_factory=dict)
    """The keywords by their key, those of most releases first."""

    @property
    def path(self) -> str:
        """Where its index lies within the site."""
        return f"{self.lang}/{INDEX}"

    @property
    def feed_path(self) -> str:
        """Where its feed lies within the site."""
        return f"{self.lang}/{FEED}"

    @property
    def recent(self) -> tuple[Release, ...]:
        """The releases on its index."""
        return self.releases[:RECENT]

    @property
    def years(self) -> tuple[int, ...]:
        """The years that have a page: all, if the index does not show everything."""
        is_whole = len(self.releases) <= RECENT
        return () if is_whole else tuple(year for year, _releases in by_year(self.releases))

    def year_path(self, year: int) -> str:
        """Return where the page of a year lies within the site."""
        return f"{self.lang}/{YEARS}/{year}.html"

    def topics_of(self, release: Release) -> Iterator[Topic]:
        """Yield the keywords of a release, each once."""
        segments = release.document.fields_named("keywords")
        yield from (self.topics[key] for key in dict.fromkeys(map(_key, segments)))

    def counterpart(self, topic: Topic) -> Topic | None:
        """Return the same keyword of another language's newsroom, if it is there.

        The newest release with the keyword says which it is: its keywords stand in the same order
        in every language.
        """
        twins = {release.document.name: release.document for release in self.releases}
        for release in topic.releases:
            twin = twins.get(release.document.name)
            if twin:
                own = release.document.fields_named("keywords")
                place = [_key(segment) for segment in own].index(topic.key)
                return self.topics[_key(twin.fields_named("keywords")[place])]
        return None


def make_newsroom(lang: str, releases: Iterable[Release]) -> Newsroom:
    """Return the newsroom of a language.

    Releases of the same moment stand in the order of their names, so that the same documents give
    the same pages.
    """
    newest_first = sorted(releases, key=lambda release: release.document.name)
    newest_first.sort(
        key=lambda release: (release.document.publication_date, release.published), reverse=True
    )
    topics = {topic.key: topic for topic in _topics(lang, newest_first)}
    return Newsroom(lang=lang, releases=tuple(newest_first), topics=topics)


def by_year(releases: Iterable[Release]) -> Iterator[tuple[int, tuple[Release, ...]]]:
    """Yield each year with its releases, in their order."""
    for year, group in groupby(releases, lambda release: release.document.publication_date.year):
        yield year, tuple(group)


def _topics(lang: str, releases: Sequence[Release]) -> Iterator[Topic]:
    """Yield the keywords of releases, those of most releases first."""
    found: dict[str, dict[str, Release]] = {}
    newest: dict[str, str] = {}
    for release in releases:
        for segment in release.document.fields_named("keywords"):
            newest.setdefault(_key(segment), segment.text)
            found.setdefault(_key(segment), {})[release.document.name] = release
    slugs = _slugs(releases)
    for key in sorted(found, key=lambda key: (-len(found[key]), key)):
        group = tuple(found[key].values())
        yield Topic(key=key, text=newest[key], lang=lang, slug=slugs[key], releases=group)


def _key(segment: Segment) -> str:
    return " ".join(normalize("NFC", segment.text).casefold().split())


LONGEST_SLUG = 60
"""Characters; file systems take 255 bytes, and a Han character has up to four."""


def _slugs(releases: Sequence[Release]) -> dict[str, str]:
    """Return a name for the page of each keyword, no two alike.

    The oldest keyword has the first choice, so that a new one never takes another's address.
    """
    slugs: dict[str, str] = {}
    given: set[str] = set()
    for release in reversed(releases):
        for segment in release.document.fields_named("keywords"):
            if _key(segment) not in slugs:
                slugs[_key(segment)] = slug = _free_slug(segment.msgid, given)
                given.add(slug)
    return slugs


def _free_slug(text: str, given: Set[str]) -> str:
    letters = re.sub(r"[\W_]+", "-", normalize("NFC", text).casefold())
    words = letters[:LONGEST_SLUG].strip("-") or "keyword"
    candidates = (words if number == 1 else f"{words}-{number}" for number in count(1))
    return next(slug for slug in candidates if slug not in given)
