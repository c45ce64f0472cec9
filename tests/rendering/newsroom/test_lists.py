"""What a newsroom lists, without any page."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubkit.model import Document, Role, Segment
from pubkit.rendering.newsroom.releases import Release, by_year, embargo_end, make_newsroom


def make_release(
    name: str,
    keywords: Sequence[tuple[str, str]] = (),
    *,
    lang: str = "en",
    day: date = date(2025, 1, 1),
    embargo: str = "",
) -> Release:
    """Return a release; each keyword is a text in the source language and what is printed."""
    fields = tuple(
        Segment(msgid=msgid, text=text, msgctxt="keywords", role=Role.KEYWORD)
        for msgid, text in keywords
    )
    document = Document(
        name=name,
        path=f"source/{name}.md",
        lang=lang,
        source_lang="en",
        date=day,
        details=MappingProxyType({"embargo": embargo} if embargo else {}),
        fields=fields,
    )
    return Release(document=document, languages=("en", "zh"))


WORDS = st.text(min_size=1, max_size=90)


@given(st.lists(st.tuples(st.lists(WORDS, max_size=4), st.dates()), max_size=6))
def test_every_keyword_has_a_page_that_any_disk_can_keep(
    texts: list[tuple[list[str], date]],
) -> None:
    """No two pages have one name, also where capitals and small letters are one."""
    releases = [
        make_release(f"r{number}", [(word, word) for word in words], day=day)
        for number, (words, day) in enumerate(texts)
    ]
    newsroom = make_newsroom("en", releases)
    slugs = [topic.slug for topic in newsroom.topics.values()]

    assert len({slug.casefold() for slug in slugs}) == len(slugs)
    for slug in slugs:
        assert re.fullmatch(r"[^\W_](?:[\w-]*[^\W_])?", slug)
        assert len(f"{slug}.html".encode()) <= 255
    for release in releases:
        assert all(release in topic.releases for topic in newsroom.topics_of(release))


@given(st.permutations([("a", 3), ("b", 3), ("c", 5), ("d", 1), ("e", 5)]))
def test_order_of_releases_depends_on_nothing_but_day_and_name(
    found: list[tuple[str, int]],
) -> None:
    """Whatever order a folder has."""
    releases = [make_release(name, day=date(2025, 1, day)) for name, day in found]

    names = [release.document.name for release in make_newsroom("en", releases).releases]
    assert names == ["c", "e", "a", "b", "d"]


def test_later_hour_of_a_day_stands_first() -> None:
    """An embargo tells the hour."""
    morning = make_release("a", embargo="2025-01-01T06:00+00:00")
    evening = make_release("b", embargo="2025-01-01T18:00+00:00")

    assert make_newsroom("en", [morning, evening]).releases == (evening, morning)


def test_new_keyword_never_takes_the_address_of_an_old_one() -> None:
    """Addresses are kept as long as the releases."""
    old = make_release("old", [("C++", "C++")], day=date(2020, 1, 1))
    new = make_release("new", [("C#", "C#"), ("C++", "C++")], day=date(2025, 1, 1))
    before = make_newsroom("en", [old])
    after = make_newsroom("en", [old, new])

    assert before.topics["c++"].slug == after.topics["c++"].slug == "c"
    assert after.topics["c#"].slug == "c-2"


def test_spellings_of_a_keyword_are_one_and_the_newest_is_shown() -> None:
    """Capitals and spaces make no difference."""
    old = make_release("old", [("machine  Learning", "machine  Learning")], day=date(2020, 1, 1))
    new = make_release("new", [("Machine learning", "Machine learning")])
    (topic,) = make_newsroom("en", [old, new]).topics.values()

    assert (topic.text, topic.releases) == ("Machine learning", (new, old))


def test_keyword_is_found_in_another_language_by_its_place() -> None:
    """Its address is made of the source's words in both."""
    english = make_newsroom("en", [make_release("r", [("books", "books"), ("maps", "maps")])])
    chinese = make_newsroom(
        "zh", [make_release("r", [("books", "图书"), ("maps", "地图")], lang="zh")]
    )
    twin = chinese.counterpart(english.topics["maps"])

    assert twin == chinese.topics["地图"]
    assert twin.path == "zh/keywords/maps.html"
    assert english.counterpart(twin) == english.topics["maps"]


def test_keyword_whose_releases_are_in_one_language_has_no_counterpart() -> None:
    """Nothing is made up."""
    english = make_newsroom("en", [make_release("r", [("maps", "maps")])])

    assert make_newsroom("zh", []).counterpart(english.topics["maps"]) is None


def test_years_are_those_of_the_documents() -> None:
    """Newest first, as the releases."""
    days = (date(2024, 12, 31), date(2025, 1, 1), date(2023, 5, 5), date(2024, 1, 1))
    releases = [make_release(f"r{number}", day=day) for number, day in enumerate(days)]
    years = by_year(make_newsroom("en", releases).releases)

    assert [(year, len(group)) for year, group in years] == [(2025, 1), (2024, 2), (2023, 1)]


@pytest.mark.parametrize(
    ("embargo", "end"),
    [
        ("2025-01-01T10:00+08:00", datetime(2025, 1, 1, 2, tzinfo=UTC)),
        ("2025-01-01T10:00", datetime(2025, 1, 1, 22, tzinfo=UTC)),
        ("", None),
    ],
)
def test_embargo_without_a_zone_ends_last_of_all(embargo: str, end: datetime | None) -> None:
    """Twelve hours behind the time of the world there is no land left."""
    found = embargo_end(make_release("r", embargo=embargo).document)

    assert found == end
    assert found is None or found - timedelta(days=1) < datetime(2025, 1, 1, 22, tzinfo=UTC)
