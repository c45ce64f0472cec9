"""Slips of a source: found once, where the source is written."""

from pubkit.checks.pair import SourceTexts
from pubkit.checks.runner import check_catalog, check_source
from pubkit.model import Catalog, Entry, Segment, Term, Termbase, TermKind

TERMBASE = Termbase(
    lang="zh",
    terms=(Term(kind=TermKind.PERSON, source="Pan Feng", target="潘锋", aliases=("Pan Fang",)),),
)
SLIP = "Pan Fang is making his report."


def source(*texts: str) -> SourceTexts:
    """Return an English source with one text a line."""
    segments = (Segment(msgid=text, line=line) for line, text in enumerate(texts, 1))
    return SourceTexts(lang="en", segments=tuple(segments), termbase=TERMBASE)


def test_finding_stands_in_the_source_file() -> None:
    """An alias that accepts a slip does not make it right."""
    (finding,) = check_source(source("Pan Feng spoke.", SLIP), path="source/report.md")

    assert (finding.path, finding.line) == ("source/report.md", 2)
    assert (finding.check, finding.suggestion) == ("source-name-variant", "Pan Feng")
    assert finding.lang == "en"


def test_two_persons_of_one_sentence_are_no_slip() -> None:
    """Who is named beside another is another."""
    texts = source("Pan Feng and Pan Fang spoke.", "Pan Feng thanked the guests.")

    assert check_source(texts, path="report.md") == []


def test_slip_is_waived_in_the_catalog_of_its_own_language() -> None:
    """The comment hides it, and that catalog does not call the comment unused."""
    comment = "pubkit: ignore source-name-variant -- two persons"
    entry = Entry(msgid=SLIP, translator_comments=(comment,))
    waivers = Catalog(entries=(entry,), lang="en")

    texts = source("Pan Feng spoke.", SLIP)
    assert check_source(texts, path="report.md", waivers=waivers) == []
    assert check_catalog(waivers, source_lang="en", with_source=False) == []


def test_ignored_check_is_silent() -> None:
    """What the settings ignore is not reported."""
    texts = source("Pan Feng spoke.", SLIP)

    assert check_source(texts, path="report.md", ignore=("source-name-variant",)) == []
