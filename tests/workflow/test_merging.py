"""Merging: what came back of a catalog into the catalog of today."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pubkit.config.limits import DEFAULT_LIMITS
from pubkit.errors import CatalogError
from pubkit.formats.exchange import Bitext
from pubkit.formats.po import format_catalog, parse_catalog
from pubkit.formats.tables import format_csv, parse_csv
from pubkit.formats.xliff import format_xliff, parse_xliff
from pubkit.model import Catalog, Entry
from pubkit.workflow.merging import Merged, Outcome, merge_bitext
from tests.formats.exchanged import xml_texts
from tests.formats.test_po_laws import catalogs as po_catalogs


def as_xliff(catalog: Catalog) -> bytes:
    """Export a catalog as XLIFF."""
    return format_xliff({"d": catalog}, source_lang="en", target_lang="zh")


def as_csv(catalog: Catalog) -> bytes:
    """Export a catalog as a table."""
    return format_csv({"d": catalog}, source_lang="en", target_lang="zh")


def back(catalog: Catalog) -> Bitext:
    """Export a catalog as a table and read it again."""
    (bitext,) = parse_csv(as_csv(catalog), path="t.csv")
    return bitext


def merge(catalog: Catalog, bitext: Bitext, *, overwrites: bool = False) -> Merged:
    """Merge what came back."""
    return merge_bitext(
        catalog, bitext, source_lang="en", overwrites=overwrites, limits=DEFAULT_LIMITS
    )


def edited(bitext: Bitext, **changes: object) -> Bitext:
    """Return what a person made of the only entry."""
    (entry,) = bitext.catalog.entries
    catalog = replace(bitext.catalog, entries=(replace(entry, **changes),))  # type: ignore[arg-type]
    return replace(bitext, catalog=catalog)


def of(*entries: Entry) -> Catalog:
    """Return a catalog."""
    header = Entry(msgid="", msgstr="Language: zh\nContent-Type: text/plain; charset=UTF-8\n")
    return Catalog(entries=entries, lang="zh", header=header)


ONE = of(Entry(msgid="How to come", msgstr="如何前往"))
TODAY = of(Entry(msgid="How to come", msgstr="如何抵达"))


@pytest.mark.parametrize(
    ("write", "read"), [(as_xliff, parse_xliff), (as_csv, parse_csv)], ids=["xliff", "csv"]
)
@settings(max_examples=30)
@given(catalog=po_catalogs, overwrites=st.booleans())
def test_what_comes_back_as_it_was_changes_no_byte(
    write: Callable[[Catalog], bytes],
    read: Callable[..., tuple[Bitext, ...]],
    catalog: Catalog,
    overwrites: bool,
) -> None:
    """Whatever a .po file can hold, and whoever wins conflicts."""
    data = format_catalog(catalog)
    catalog = parse_catalog(data)
    try:
        exported = write(catalog)
    except CatalogError:
        return  # a control character where the format has no room for it
    for bitext in read(exported, path="f"):
        merged = merge(catalog, bitext, overwrites=overwrites)

        assert merged.catalog == catalog
        assert format_catalog(merged.catalog) == data
        assert {arrival.outcome for arrival in merged.arrivals} <= {Outcome.UNCHANGED}


CASES: dict[str, tuple[Catalog, dict[str, object], Outcome, str]] = {
    "an edit": (ONE, {"msgstr": "怎样前往"}, Outcome.TAKEN, "怎样前往"),
    "an edit that is to be reviewed": (
        ONE,
        {"msgstr": "怎样前往", "flags": ("fuzzy",)},
        Outcome.FUZZY,
        "怎样前往",
    ),
    "an edit on both sides": (TODAY, {"msgstr": "怎样前往"}, Outcome.CONFLICT, "如何抵达"),
    "the same edit on both sides": (TODAY, {"msgstr": "如何抵达"}, Outcome.UNCHANGED, "如何抵达"),
    "an edit of the catalog alone": (TODAY, {}, Outcome.UNCHANGED, "如何抵达"),
    "a gap": (ONE, {"msgstr": ""}, Outcome.CONFLICT, "如何前往"),
}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.replace(" ", "-"))
def test_three_states_are_compared(case: str) -> None:
    """What was exported, what has arrived, and what the catalog holds today."""
    today, changes, outcome, msgstr = CASES[case]
    merged = merge(today, edited(back(ONE), **changes))

    assert [arrival.outcome for arrival in merged.arrivals] == [outcome]
    assert [entry.msgstr for entry in merged.catalog.entries] == [msgstr]


def test_whoever_insists_wins() -> None:
    """The file's text replaces the catalog's, a gap included."""
    assert (
        merge(TODAY, edited(back(ONE), msgstr="怎样前往"), overwrites=True)
        .catalog.entries[0]
        .msgstr
        == "怎样前往"
    )
    assert merge(ONE, edited(back(ONE), msgstr=""), overwrites=True).catalog.entries[0].msgstr == ""


def test_a_review_ends_what_was_fuzzy() -> None:
    """The old source text is of no use any more; everything else stays."""
    fuzzy = Entry(
        msgid="A", msgstr="甲", flags=("fuzzy", "no-wrap"), previous_msgid="B", references=("x.md",)
    )
    merged = merge(of(fuzzy), edited(back(of(fuzzy)), flags=()))

    assert merged.catalog.entries == (replace(fuzzy, flags=("no-wrap",), previous_msgid=None),)


@pytest.mark.parametrize(
    ("present", "outcome"),
    [("", Outcome.TAKEN), ("甲", Outcome.UNCHANGED), ("乙", Outcome.CONFLICT)],
)
def test_a_foreign_file_fills_gaps(present: str, outcome: Outcome) -> None:
    """It does not say what it was made from, so it replaces nothing."""
    bitext = Bitext(catalog=of(Entry(msgid="A", msgstr="甲")))
    merged = merge(of(Entry(msgid="A", msgstr=present)), bitext)

    assert [arrival.outcome for arrival in merged.arrivals] == [outcome]


def test_gaps_of_a_foreign_file_say_nothing() -> None:
    """A catalog that was sent out empty comes back with some texts."""
    merged = merge(ONE, Bitext(catalog=of(Entry(msgid="How to come"))))

    assert merged.arrivals[0].outcome is Outcome.UNCHANGED


def test_two_translations_of_one_text_are_a_conflict() -> None:
    """A memory may have both; a person chooses."""
    bitext = Bitext(catalog=of(Entry(msgid="A", msgstr="甲"), Entry(msgid="A", msgstr="乙")))
    merged = merge(of(Entry(msgid="A")), bitext)

    assert [arrival.outcome for arrival in merged.arrivals] == [Outcome.CONFLICT] * 2
    assert merged.catalog.entries == (Entry(msgid="A"),)


def test_a_translation_of_the_previous_text_stays_fuzzy() -> None:
    """The catalog was brought up to date while the file was away."""
    today = Entry(
        msgid="How you can come", msgstr="如何前往", flags=("fuzzy",), previous_msgid="How to come"
    )
    merged = merge(of(today), edited(back(ONE), msgstr="怎样前往"))

    assert merged.catalog.entries == (replace(today, msgstr="怎样前往"),)
    assert merged.arrivals[0].outcome is Outcome.FUZZY


def test_two_contexts_of_one_text_keep_apart() -> None:
    """What is reported as fuzzy is in the catalog; what found no place is unknown."""
    old = "The library of the town opens at nine"
    today = of(Entry(msgid="The library of the town opens at ten", msgctxt="a"))
    arrived = (Entry(msgid=old, msgstr=text, msgctxt=context) for text, context in ("甲a", "乙b"))
    merged = merge(today, Bitext(catalog=of(*arrived)))
    outcomes = {arrival.entry.msgstr: arrival.outcome for arrival in merged.arrivals}
    (entry,) = merged.catalog.entries

    assert sorted(outcomes.values()) == [Outcome.FUZZY, Outcome.UNKNOWN]
    assert outcomes[entry.msgstr] is Outcome.FUZZY


@pytest.mark.parametrize(
    "today",
    [
        Entry(msgid="The library opens at ten"),
        Entry(
            msgid="The library opens at ten",
            msgstr="丙",
            flags=("fuzzy",),
            previous_msgid="The library opens at nine",
        ),
    ],
)
def test_two_translations_of_a_text_that_has_changed_are_a_conflict(today: Entry) -> None:
    """The catalog stays as it is."""
    old = "The library opens at nine"
    arrived = (Entry(msgid=old, msgstr=text) for text in "甲乙")
    merged = merge(of(today), Bitext(catalog=of(*arrived)))

    assert [arrival.outcome for arrival in merged.arrivals] == [Outcome.CONFLICT] * 2
    assert merged.catalog == of(today)


def test_a_text_with_a_context_that_was_divided_is_found() -> None:
    """Its parts do not say from which context they are."""
    old = "The library opens at nine. The reading room of the town closes at ten."
    parts = ("The library opens at nine.", "The reading room of the town closes at ten.")
    today = of(*(Entry(msgid=part) for part in parts))
    arrived = Entry(msgid=old, msgctxt="a", msgstr="图书馆九时开放。本市阅览室十时关闭。")
    merged = merge(today, Bitext(catalog=of(arrived)))

    assert [arrival.outcome for arrival in merged.arrivals] == [Outcome.FUZZY]
    assert merged.catalog.entries[0].msgstr == "图书馆九时开放。"


@pytest.mark.parametrize(("lang", "outcome"), [("zh", Outcome.FUZZY), ("en", Outcome.UNKNOWN)])
def test_texts_are_alike_as_those_of_their_language(lang: str, outcome: Outcome) -> None:
    """Chinese sentences that mean the same share fewer characters than English ones."""
    today = of(Entry(msgid="图书馆周末上午九时开放"))
    arrived = Bitext(catalog=of(Entry(msgid="图书馆平日上午十时开门", msgstr="Open")))
    merged = merge_bitext(today, arrived, source_lang=lang, overwrites=False, limits=DEFAULT_LIMITS)

    assert [arrival.outcome for arrival in merged.arrivals] == [outcome]


def test_plural_forms_that_are_missing_are_refused() -> None:
    """Half an entry would be read as a whole one."""
    plural = Entry(msgid="{n} day", msgid_plural="{n} days", msgstr_plural=("", ""))
    bitext = Bitext(
        catalog=Catalog(entries=(replace(plural, msgstr_plural=("{n}天",), line=3),), path="f.csv")
    )

    with pytest.raises(CatalogError, match="needs 2 plural forms") as caught:
        merge(of(plural), bitext)
    assert str(caught.value.location) == "f.csv:3"


@settings(max_examples=50)
@given(msgstr=xml_texts, comments=st.lists(xml_texts, max_size=2), is_fuzzy=st.booleans())
def test_whatever_is_taken_is_read_back(msgstr: str, comments: list[str], is_fuzzy: bool) -> None:
    """A text or comment that a catalog cannot hold is refused at once, with its place."""
    bitext = edited(
        back(ONE),
        msgstr=msgstr,
        translator_comments=tuple(comments),
        flags=("fuzzy",) if is_fuzzy else (),
    )
    try:
        merged = merge(ONE, bitext)
    except CatalogError:
        return
    again = parse_catalog(format_catalog(merged.catalog))

    assert again.entries == merged.catalog.entries


def test_two_new_terms_for_one_name_are_a_conflict() -> None:
    """Neither is added: a person chooses."""
    terms = (Entry(msgctxt="term", msgid="A", msgstr=text) for text in "甲乙")
    merged = merge(ONE, Bitext(catalog=of(*terms), is_open=True))

    assert [arrival.outcome for arrival in merged.arrivals] == [Outcome.CONFLICT] * 2
    assert merged.catalog == ONE


WAIVER = "pubkit: ignore number -- reviewed"


def comments_after(catalog: Catalog, comment: str, **changes: object) -> tuple[str, ...]:
    """Return the comments of the only entry after one more has arrived with it, twice."""
    bitext = edited(back(catalog), translator_comments=(comment,), **changes)
    once = merge(catalog, bitext).catalog
    assert merge(once, bitext).catalog == once
    (entry,) = once.live_entries
    return entry.translator_comments


def test_waiver_that_arrives_is_none() -> None:
    """An exchange file is trusted with nothing; what the catalog itself waives it keeps."""
    (entry,) = ONE.entries
    own = of(replace(entry, translator_comments=(WAIVER,)))

    assert comments_after(ONE, "Is it so?") == ("Is it so?",)
    assert comments_after(ONE, WAIVER) == (f"Reviewer: {WAIVER}",)
    assert comments_after(ONE, f"Yes.\n  {WAIVER}") == ("Yes.", f"Reviewer: {WAIVER}")
    assert comments_after(own, f"{WAIVER}\nYes.") == (WAIVER, "Yes.")
    assert merge(own, back(own)).catalog == own


def test_waiver_that_arrives_with_another_text_is_none() -> None:
    """A proposal for a text that is alike brings its comments, too."""
    today = of(Entry(msgid="How to come here by bus"))
    bitext = edited(back(of(Entry(msgid="How to come here by bus?", msgstr="如何乘车前往？"))))
    bitext = edited(bitext, translator_comments=(WAIVER,))
    (entry,) = merge(today, replace(bitext, marks={})).catalog.live_entries

    assert entry.is_fuzzy
    assert entry.translator_comments == (f"Reviewer: {WAIVER}",)
