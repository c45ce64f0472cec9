"""What ``check --fix`` puts in place, and what it leaves alone."""

from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubkit.checks.fixing import apply_suggestions, fix_translation, letters_of, mend
from pubkit.checks.runner import check_catalog
from pubkit.formats.markdown import read_markup
from pubkit.formats.po import read_catalog
from pubkit.model import Catalog, Entry, Finding, Severity, Span, Term, Termbase, TermKind
from tests.checks.test_cases import CASES, names_of

SOURCE = "The rector spoke, and the guests applauded. “It is a good year.”"


def catalog_of(*entries: Entry, lang: str = "zh") -> Catalog:
    """Return a catalog of these entries."""
    return Catalog(entries=entries, lang=lang)


def fixed(
    target: str, *, source: str = SOURCE, lang: str = "zh", names: tuple[str, ...] = ()
) -> str:
    """Return a translation as ``--fix`` leaves it."""
    catalog = catalog_of(Entry(msgid=source, msgstr=target), lang=lang)
    terms = (Term(kind=TermKind.PERSON, source=name, target=name) for name in names)
    find = partial(
        check_catalog, termbase=Termbase(lang=lang, terms=tuple(terms)), source_lang="en"
    )
    return fix_translation(catalog, find).entries[0].msgstr


def finding(start: int, end: int, suggestion: str, *, is_safe: bool = True) -> Finding:
    """Return a finding about the text “校长致辞,来宾鼓掌.”."""
    return Finding(
        check="punctuation-width",
        severity=Severity.WARNING,
        message="",
        msgid="a",
        msgstr="校长致辞,来宾鼓掌.",
        span=Span(start, end),
        suggestion=suggestion,
        is_safe=is_safe,
    )


# ---------------------------------------------------------------- putting in place


def test_suggestions_are_put_in_place() -> None:
    """All of them, each in its own place."""
    catalog = catalog_of(Entry(msgid="a", msgstr="校长致辞,来宾鼓掌."))
    result = apply_suggestions(catalog, [finding(9, 10, "。"), finding(4, 5, "，")])

    assert result.entries[0].msgstr == "校长致辞，来宾鼓掌。"


@pytest.mark.parametrize(
    "entry",
    [
        Entry(msgid="a", msgstr="校长致辞,来宾鼓掌.", flags=("fuzzy",)),
        Entry(msgid="a", msgstr="校长致辞,来宾鼓掌.", is_obsolete=True),
        Entry(msgid="a", msgstr="校长致辞,来宾起立."),
        Entry(msgid="b", msgstr="校长致辞,来宾鼓掌."),
        Entry(msgid="a", msgctxt="title", msgstr="校长致辞,来宾鼓掌."),
    ],
)
def test_other_texts_are_left_alone(entry: Entry) -> None:
    """A fuzzy, obsolete or changed text is not the one that was checked."""
    catalog = catalog_of(entry)

    assert apply_suggestions(catalog, [finding(4, 5, "，")]) is catalog


def test_unsafe_suggestion_is_not_applied() -> None:
    """What somebody has to look at waits for somebody."""
    catalog = catalog_of(Entry(msgid="a", msgstr="校长致辞,来宾鼓掌."))

    assert apply_suggestions(catalog, [finding(4, 5, "，", is_safe=False)]) is catalog


def test_overlapping_suggestions_are_not_mixed() -> None:
    """The first one is taken; the next round sees what is left."""
    assert mend("他说:  好", [(2, 5, "："), (3, 5, "")]) == "他说：好"


@pytest.mark.parametrize("edit", [(0, 2, "小李"), (0, 1, ""), (2, 3, "**")])
def test_suggestion_that_changes_what_is_said_is_refused(edit: tuple[int, int, str]) -> None:
    """Letters and markup are the translator's."""
    assert mend("小王,你好", [edit]) == "小王,你好"


def test_plural_form_that_was_checked_is_mended() -> None:
    """The checks look at the last form."""
    entry = Entry(
        msgid="One guest.",
        msgid_plural="{n} guests came.",
        msgstr_plural=("{n}位来宾,", "共有{n}位来宾,都来了。"),
    )
    find = partial(check_catalog, source_lang="en")
    result = fix_translation(catalog_of(entry), find)

    assert result.entries[0].msgstr_plural == ("{n}位来宾,", "共有{n}位来宾，都来了。")


def test_waived_finding_is_not_applied() -> None:
    """A translator's word stands."""
    entry = Entry(
        msgid="Band “A,B”",
        msgstr="“甲,乙”乐队",
        translator_comments=("pubkit: ignore punctuation-width -- the band writes it so",),
    )
    catalog = catalog_of(entry)

    assert fix_translation(catalog, partial(check_catalog, source_lang="en")) is catalog


# ---------------------------------------------------------------- from beginning to end


@pytest.mark.parametrize(
    ("target", "wanted"),
    [
        ("校长致辞,来宾鼓掌.", "校长致辞，来宾鼓掌。"),
        ('他说:"今年是个好年".', "他说：“今年是个好年”。"),
        ("校长 (线上) 致辞 ,来宾鼓掌...", "校长（线上）致辞，来宾鼓掌……"),
        ("共 有２６名来宾 ，3~5天，12,500册。。", "共有26名来宾，3～5天，12500册。"),
        ("《春》、《秋》，**“冬”、“夏”**", "《春》《秋》，**“冬”“夏”**"),
        ("见[主页](https://example.org/a,b),`a,b`。", "见[主页](https://example.org/a,b)，`a,b`。"),
    ],
)
def test_translation_is_mended(target: str, wanted: str) -> None:
    """Several faults of one text are mended together, markup and code untouched."""
    assert fixed(target) == wanted


def test_english_translation_is_mended() -> None:
    """Chinese marks in English become English ones."""
    mended = fixed(
        "The rector spoke，and the  guests （all） applauded .",
        source="校长致辞，来宾鼓掌。",
        lang="en",
    )

    assert mended == "The rector spoke, and the guests (all) applauded."


@pytest.mark.parametrize("name", ["Yahoo!", "J. K. 罗琳", "马里奥・罗西"])
def test_agreed_name_is_never_touched(name: str) -> None:
    """The termbase knows better how a name is written."""
    assert fixed(f"{name}来了,来宾鼓掌。", names=(name,)) == f"{name}来了，来宾鼓掌。"


@pytest.mark.parametrize("target", ["_会议_\u200b", "Ne\u0301\u0301\u0301el"])
def test_what_would_bring_markup_to_life_is_left(target: str) -> None:
    """An invisible character may be all that keeps a mark from working, an accent be the word's."""
    assert fixed(target) == target


# ---------------------------------------------------------------- laws

PIECES = st.sampled_from(
    [
        *("会议", "校长", "在深圳", "AI", "PKUSZ", "26", "2019", "1,000", "米歇尔", "的", "20%"),
        *(
            ",",
            ".",
            ";",
            ":",
            "!",
            "?",
            "，",
            "。",
            "、",
            "：",
            "；",
            "…",
            "...",
            "--",
            "—",
            "-",
            "~",
        ),
        *(
            "“",
            "”",
            "‘",
            "’",
            '"',
            "'",
            "「",
            "」",
            "(",
            ")",
            "（",
            "）",
            "《",
            "》",
            "<<",
            ">>",
            "·",
            "•",
        ),
        *(
            " ",
            "  ",
            "\u3000",
            "**",
            "*",
            "_",
            "`",
            "[",
            "](https://example.org/a)",
            "[^1]",
            "{name}",
            "&quot;",
        ),
        *("\\(", "\\*", "&amp;", "<b>", "２６", "Ａ", "https://example.org", "\n", "\u200b", "％"),
    ]
)
TEXTS = st.lists(PIECES, min_size=1, max_size=24).map("".join)
LANGS = st.sampled_from(["zh", "zh-Hant", "en", "de", "ja"])


def _find(catalog: Catalog) -> list[Finding]:
    return check_catalog(catalog, source_lang="zh" if catalog.lang == "en" else "en")


@given(TEXTS, LANGS)
def test_fixing_twice_is_fixing_once(text: str, lang: str) -> None:
    """Nothing that is safe is left, whatever the text."""
    source = "会议。" if lang == "en" else SOURCE
    once = fix_translation(catalog_of(Entry(msgid=source, msgstr=text), lang=lang), _find)

    assert fix_translation(once, _find) is once


@given(TEXTS, LANGS)
def test_fixing_keeps_letters_and_markup(text: str, lang: str) -> None:
    """The text says the same, and is marked up in the same way."""
    source = "会议。" if lang == "en" else SOURCE
    catalog = fix_translation(catalog_of(Entry(msgid=source, msgstr=text), lang=lang), _find)
    mended = catalog.entries[0].msgstr
    before, after = read_markup(text), read_markup(mended)

    assert letters_of(text) == letters_of(mended)
    assert replace(before, words="") == replace(after, words="")


@given(TEXTS, LANGS)
def test_no_fixed_finding_remains(text: str, lang: str) -> None:
    """What ``--fix`` can mend is mended when it is done."""
    source = "会议。" if lang == "en" else SOURCE
    catalog = fix_translation(catalog_of(Entry(msgid=source, msgstr=text), lang=lang), _find)

    assert [found for found in _find(catalog) if found.is_safe] == []


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_cases_are_mended_for_good(path: object) -> None:
    """After fixing the cases, no safe finding is left."""
    catalog = read_catalog(path)  # type: ignore[arg-type]
    find = partial(check_catalog, termbase=names_of(catalog))
    mended = fix_translation(catalog, find)

    assert [found for found in find(mended) if found.is_safe] == []
