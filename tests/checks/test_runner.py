"""The checks as a whole: their ids, their pages, waivers, languages, speed."""

import re
from functools import partial
from pathlib import Path

import pytest

from pubkit.checks import proofreading
from pubkit.checks.pair import Pair
from pubkit.checks.registry import check, checks_of
from pubkit.checks.runner import check_catalog
from pubkit.checks.themes import REGISTRY
from pubkit.errors import CatalogError, ConfigError
from pubkit.formats.po import read_catalog
from pubkit.model import (
    Catalog,
    Entry,
    Finding,
    Severity,
    Span,
    Term,
    Termbase,
    TermKind,
)
from pubkit.names.termbase import make_termbase
from tests.conftest import count_calls

IDS = [
    "missing-translation",
    "fuzzy",
    "copied-source",
    "untranslated-heading",
    "source-left-over",
    "wrong-script",
    "implausible-length",
    "negation-lost",
    "untranslated-name",
    "missing-name",
    "wrong-name",
    "swapped-names",
    "inconsistent-name",
    "unknown-name",
    "missing-title",
    "wrong-title",
    "untranslated-title",
    "missing-organization",
    "wrong-organization",
    "untranslated-organization",
    "forbidden-term",
    "wrong-term",
    "number",
    "date",
    "time",
    "weekday",
    "currency",
    "unit",
    "percent",
    "ordinal",
    "phone",
    "link",
    "placeholder",
    "footnote",
    "emphasis",
    "inline-markup",
    "foreign-markup",
    "unsafe-addition",
    "punctuation-width",
    "quotes",
    "unbalanced-quotes",
    "brackets",
    "ellipsis",
    "dash",
    "enumeration-comma",
    "end-punctuation",
    "caption-stop",
    "spacing",
    "doubled-word",
    "doubled-punctuation",
    "digits-width",
    "range",
    "interpunct",
    "title-marks",
    "thousands",
    "replacement-character",
    "private-use",
    "control-character",
    "zero-width",
    "bidi-control",
    "mojibake",
    "combining-run",
    "compatibility-form",
    "missing-glyph",
    "inconsistent-translation",
    "reused-translation",
    "source-changed",
    "source-name-variant",
    "source-acronym-variant",
    "source-case-variant",
    "font-fallback",
    "draft",
    "missing-alt",
    "missing-picture",
    "pdf-structure",
    "pdf-hygiene",
    "pdf-metadata",
    "foreign-link",
    "missing-link",
    "text-extraction",
    "reading-order",
    "spoilt-bookmark",
    "torn-text",
    "foreign-text",
    "overflow",
    "invisible-text",
    "overprinted-text",
    "low-resolution",
    "unused-waiver",
]
SECTIONS = ("Why", "Bad", "Good", "Source")
COPIED = "The guests visited the campus."


def find(*entries: Entry, lang: str | None = "zh", ignore: tuple[str, ...] = ()) -> list[Finding]:
    """Return the findings about a catalog from English."""
    catalog = Catalog(entries=entries, lang=lang, path="report.po")
    return check_catalog(catalog, source_lang="en", ignore=ignore)


def ids(findings: list[Finding]) -> list[str]:
    """Return which checks found something."""
    return [finding.check for finding in findings]


def test_translation_that_is_too_long_to_be_printed_is_an_error() -> None:
    """Nobody learns of a limit only from rendering; without a limit length is no addition."""
    catalog = Catalog(entries=(Entry(msgid="Hello", msgstr="好" * 12),), lang="zh")
    limited = check_catalog(catalog, source_lang="en", longest=lambda _source: 11)
    allowed = check_catalog(catalog, source_lang="en", longest=lambda _source: 12)

    assert "unsafe-addition" in ids(limited)
    assert "unsafe-addition" not in ids(allowed)


# ---------------------------------------------------------------- what a check is


def test_ids_are_frozen() -> None:
    """Ids stand in catalogs and settings: a released one is never renamed, nor their order lost."""
    assert set(REGISTRY) <= set(IDS)


@pytest.mark.parametrize("check_id", list(REGISTRY))
def test_page_has_every_section(check_id: str) -> None:
    """One sentence, then why, a bad and a good example, and where the rule comes from."""
    page = REGISTRY[check_id].page
    summary, _, rest = page.partition("\n\n")

    assert re.fullmatch(r"[A-Z][^.\n]*\.", summary)
    assert tuple(re.findall(r"^(\w+):$", rest, re.MULTILINE)) == SECTIONS
    assert all(re.search(rf"^{section}:\n    \S", rest, re.MULTILINE) for section in SECTIONS)


def _character(escape: re.Match[str]) -> str:
    return chr(int(escape[1] or escape[2], 16))


OF_ONE_TEXT = sorted(check.id for check in REGISTRY.values() if check.subject is Pair)


@pytest.mark.parametrize("check_id", sorted(set(OF_ONE_TEXT) - {"fuzzy", "source-changed"}))
@pytest.mark.parametrize("section", ["Bad", "Good"])
def test_examples_of_the_pages_are_true(check_id: str, section: str) -> None:
    """The bad example is found, the good one is not, with the names of the cases."""
    termbase = make_termbase(read_catalog(Path(__file__).parent / "names" / "zh.po"))
    found = re.search(rf"^{section}:\n    (.+?) → (.+)$", REGISTRY[check_id].page, re.MULTILINE)
    assert found
    roles = {"untranslated-heading": "Heading", "caption-stop": "Caption"}
    role = roles.get(check_id, "Paragraph")
    shown = "" if found[2] == "(empty)" else found[2]
    target = re.sub(r"\\u([0-9a-f]{4})|\\x([0-9a-f]{2})", _character, shown)
    entry = Entry(msgid=found[1], msgstr=target, extracted_comments=(role,))
    findings = check_catalog(Catalog(entries=(entry,), lang="zh"), termbase, source_lang="en")

    assert (check_id in ids(findings)) is (section == "Bad")


def test_two_checks_of_one_name_are_refused() -> None:
    """An id belongs to one check."""
    with pytest.raises(ValueError, match="link"):

        @check(Pair, severity=Severity.ERROR)
        def link(_pair: Pair) -> object:  # type: ignore[arg-type]
            raise NotImplementedError


# ---------------------------------------------------------------- findings


def test_finding_says_where_it_is() -> None:
    """A finding carries the entry, the place in the file and the characters at fault."""
    entry = Entry(msgid=COPIED, msgstr=COPIED, msgctxt="lead", line=7)

    assert find(entry) == [
        Finding(
            check="copied-source",
            severity=Severity.ERROR,
            message="The translation is a copy of the source text",
            path="report.po",
            line=7,
            lang="zh",
            msgctxt="lead",
            msgid=COPIED,
            span=Span(0, len(COPIED)),
            msgstr=COPIED,
        )
    ]


def test_span_is_that_of_the_fault() -> None:
    """Editors can mark what is wrong, and put the suggestion there."""
    termbase = Termbase(
        lang="zh", terms=(Term(kind=TermKind.PERSON, source="Pan Feng", target="潘锋"),)
    )
    entry = Entry(msgid="Pan Feng spoke.", msgstr="教授Pan Feng发言。")
    (finding,) = check_catalog(Catalog(entries=(entry,), lang="zh"), termbase)

    assert (Span(2, 10), "潘锋") == (finding.span, finding.suggestion)


def test_obsolete_entries_are_not_checked() -> None:
    """Their text is no longer published."""
    assert find(Entry(msgid=COPIED, msgstr=COPIED, is_obsolete=True)) == []


def test_own_language_needs_no_translation() -> None:
    """The source language's catalog corrects; what it corrects must keep its markup."""
    untouched = Entry(msgid="The **guests** met.", msgstr="")
    copied = Entry(msgid=COPIED, msgstr=COPIED)
    spoilt = Entry(msgid="The **hosts** met.", msgstr="The hosts met.")

    assert ids(find(untouched, copied, spoilt, lang="en")) == ["emphasis"]


def test_plural_forms_must_all_be_translated() -> None:
    """One empty form is one missing translation."""
    entry = Entry(msgid="One guest", msgid_plural="{n} guests", msgstr_plural=("{n} Gast", ""))

    assert ids(find(entry, lang="de")) == ["missing-translation"]


def test_ignored_check_is_silent() -> None:
    """What the settings ignore is not reported."""
    entry = Entry(msgid=COPIED, msgstr=COPIED)

    assert find(entry, ignore=("copied-source",)) == []


def test_ignored_check_must_exist() -> None:
    """A slip in the settings would else let faults through."""
    with pytest.raises(ConfigError, match="copied-sorce") as refused:
        find(ignore=("copied-sorce",))

    assert "copied-source" in str(refused.value.remedy)


# ---------------------------------------------------------------- waivers


@pytest.mark.parametrize(
    "comment",
    [
        "pubkit: ignore copied-source -- a quotation",
        "pubkit:ignore copied-source, link -- a quotation",
        "pubkit: ignore link copied-source — a quotation",
    ],
)
def test_waiver_with_a_reason_hides_its_findings(comment: str) -> None:
    """A translator may say that a finding is no fault."""
    entry = Entry(msgid=COPIED, msgstr=COPIED, translator_comments=("A note", comment))

    assert "copied-source" not in ids(find(entry))


@pytest.mark.parametrize(
    ("comment", "message"),
    [
        ("pubkit: ignore copied-source", "no reason"),
        ("pubkit: ignore copied-source --", "no reason"),
        ("pubkit: ignore -- a quotation", "names no check"),
        ("pubkit: ignore copied-sorce -- a quotation", "“copied-sorce”, which is no check"),
        ("pubkit: ignore link -- a quotation", "“link” hides nothing"),
    ],
)
def test_waiver_that_hides_nothing_is_found(comment: str, message: str) -> None:
    """The translator learns why a finding is still there."""
    entry = Entry(msgid=COPIED, msgstr=COPIED, translator_comments=(comment,))
    copied, unused = find(entry)

    assert (copied.check, unused.check) == ("copied-source", "unused-waiver")
    assert unused.severity is Severity.WARNING
    assert message in unused.message


def test_comment_that_is_no_waiver_is_left_alone() -> None:
    """Translators may write of pubkit what they like."""
    entry = Entry(msgid="Yes", msgstr="是", translator_comments=("ask pubkit to ignore this",))

    assert find(entry) == []


# ---------------------------------------------------------------- languages


@pytest.mark.parametrize(
    ("msgid", "msgstr", "found"),
    [
        (COPIED, "来宾参观了校园。", []),
        (COPIED, "", ["missing-translation"]),
        (COPIED, COPIED, ["copied-source"]),
        (COPIED, "Die Gäste besuchten den Campus.", []),
        ("来宾参观了校园。", COPIED, []),
        ("来宾参观了校园。", "来宾参观了校园。", ["copied-source"]),
    ],
)
def test_catalog_without_a_language_is_checked(msgid: str, msgstr: str, found: list[str]) -> None:
    """The letters tell the language; an unknown one is never taken for the source's own."""
    catalog = Catalog(entries=(Entry(msgid=msgid, msgstr=msgstr),))

    assert found == ids(check_catalog(catalog))


def test_unknown_language_is_refused() -> None:
    """The error names the header's place."""
    header = Entry(msgid="", msgstr="Language: xx\n", line=2)
    catalog = Catalog(entries=(), header=header, lang="xx", path="report.po")

    with pytest.raises(CatalogError, match="xx") as refused:
        check_catalog(catalog)

    assert str(refused.value.location) == "report.po:2"


# ---------------------------------------------------------------- speed


def test_checking_takes_linear_work() -> None:
    """Translators run the checks again and again: twice the entries are about twice the work."""
    count_calls(partial(_check, 10))  # what is made once
    small, large = (count_calls(partial(_check, size)) for size in (50, 100))

    assert large < 2.5 * small


def _check(size: int) -> None:
    source = "Professor **Tian %d**, Dean at PKUSZ, gave a [talk](https://example.org/%d) on AI."
    target = (
        "北京大学深圳研究生院院长**田%d**教授作了关于人工智能的[报告](https://example.org/%d)。"
    )
    entries = (
        Entry(msgid=source % (number, number), msgstr=target % (number, number))
        for number in range(size)
    )
    terms = (
        Term(kind=TermKind.PERSON, source=f"Tian Yong{number}", target="田")
        for number in range(size)
    )
    catalog, termbase = (
        Catalog(entries=tuple(entries), lang="zh"),
        Termbase(lang="zh", terms=(*terms,)),
    )
    assert check_catalog(catalog, termbase) == []


def test_proof_runs_all_checks_of_finished_editions() -> None:
    """It imports them by itself, without the others: none may stand elsewhere."""
    modules = {theme.__name__ for theme in proofreading.THEMES}
    assert {found.find.__module__ for found in checks_of(proofreading.FinishedEdition)} == modules
