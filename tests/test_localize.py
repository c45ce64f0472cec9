"""Languages: tags, scripts, names, dates, numbers."""

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubkit import localize
from pubkit.errors import ConfigError
from pubkit.localize import (
    direction,
    find_language,
    format_date,
    format_number,
    format_time,
    format_year,
    html_tag,
    language_name,
    locale_name,
    normalize_tag,
    opengraph_locale,
    plural_count,
    plural_forms,
    same_language,
    script,
)


@pytest.mark.parametrize(
    ("tag", "normalized"),
    [
        ("en", "en"),
        ("ZH_hant", "zh-Hant"),
        ("pt_br", "pt-BR"),
        ("zh-hans-cn", "zh-Hans-CN"),
        ("de-1996", "de-1996"),
        ("zh_CN.UTF-8", "zh-CN"),
    ],
)
def test_tag_has_one_spelling(tag: str, normalized: str) -> None:
    """Hyphens, capitals where BCP 47 has them."""
    assert normalized == normalize_tag(tag)


@pytest.mark.parametrize(
    "tag", ["", "x", "xx", "english", "zh-Hanx", "en-XY", "中文", "zh CN", "-", "en-"]
)
def test_unknown_tag_is_refused(tag: str) -> None:
    """The remedy shows what a tag looks like."""
    with pytest.raises(ConfigError) as refused:
        normalize_tag(tag)

    assert "BCP 47" in str(refused.value.remedy)


def test_nearest_tag_is_proposed() -> None:
    """A slip is easily mended."""
    with pytest.raises(ConfigError) as refused:
        normalize_tag("zh-Hanx")

    assert "zh-Han" in str(refused.value.remedy)


@given(st.text(st.sampled_from("abcehnstzABCHNST-_@.019 "), max_size=12))
def test_arbitrary_tags_are_known_or_refused(tag: str) -> None:
    """A known tag can be asked everything, and its usual spelling is stable."""
    try:
        known = normalize_tag(tag)
    except ConfigError:
        return

    assert known == normalize_tag(known)
    assert same_language(tag, known)
    assert all((script(known), html_tag(known), language_name(known), opengraph_locale(known)))


def test_folders_are_named_as_gettext_does() -> None:
    """Other tools look for catalogs there."""
    assert tuple(map(locale_name, ("zh", "zh-Hant", "pt-BR"))) == ("zh", "zh_Hant", "pt_BR")


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("zh", "zh-CN", True),
        ("zh", "zh_Hans", True),
        ("zh-TW", "zh-Hant-HK", True),
        ("zh", "zh-TW", False),
        ("zh", "zh-Hant", False),
        ("en", "en-GB", True),
        ("sr", "sr-Latn", False),
        ("en", "de", False),
    ],
)
def test_written_languages_are_compared(one: str, other: str, is_same: bool) -> None:
    """Territories do not matter, scripts do."""
    assert is_same == same_language(one, other) == same_language(other, one)


@pytest.mark.parametrize(
    ("tag", "code", "html", "social", "towards"),
    [
        ("en", "Latn", "en", "en_US", "ltr"),
        ("zh", "Hans", "zh-CN", "zh_CN", "ltr"),
        ("zh-Hant", "Hant", "zh-TW", "zh_TW", "ltr"),
        ("zh-HK", "Hant", "zh-HK", "zh_HK", "ltr"),
        ("ja", "Jpan", "ja", "ja_JP", "ltr"),
        ("ar", "Arab", "ar", "ar_EG", "rtl"),
        ("he", "Hebr", "he", "he_IL", "rtl"),
    ],
)
def test_language_is_described(tag: str, code: str, html: str, social: str, towards: str) -> None:
    """Script, the tag in HTML, the one for social media, the direction."""
    assert (code, html, social, towards) == (
        script(tag),
        html_tag(tag),
        opengraph_locale(tag),
        direction(tag),
    )


def test_languages_are_named_in_any_language() -> None:
    """In their own for readers, in another for lists."""
    assert (
        language_name("zh"),
        language_name("zh", in_language="en"),
        language_name("en", in_language="fr"),
    ) == ("中文", "Chinese", "anglais")


@pytest.mark.parametrize(
    ("name", "tag"),
    [
        ("日本語", "ja"),
        ("Deutsch", "de"),
        ("norsk bokmål", "nb"),
        ("简体中文", "zh-Hans"),
        ("isiNdebele", "nd"),
        ("Klingonisch", None),
    ],
)
def test_languages_are_found_by_what_they_call_themselves(name: str, tag: str | None) -> None:
    """Where two share a name, the same one is found each time."""
    assert find_language(name) == tag


def test_looking_for_a_name_leaves_what_is_known_of_languages() -> None:
    """What is loaded for its name alone is whole for whoever asks next."""
    asks = "find_language('Klingonisch'); print(direction('ja'), format_year(2023, 'ja'))"
    program = f"from pubkit.localize import *; {asks}"
    asked = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, encoding="utf-8"
    )

    assert (asked.stdout, asked.stderr) == ("ltr 2023年\n", "")


def test_dates_and_numbers_are_written_as_the_language_does() -> None:
    """No format is written by hand."""
    day = date(2023, 7, 10)

    assert (format_date(day, "en"), format_date(day, "zh")) == ("July 10, 2023", "2023年7月10日")


def test_year_stands_by_itself_as_the_language_writes_it() -> None:
    """A heading of a list."""
    assert [format_year(2023, tag) for tag in ("en", "zh", "ja", "ar")] == [
        "2023",
        "2023年",
        "2023年",
        "2023",
    ]
    assert tuple(format_number(1200, tag) for tag in ("en", "de", "ar-EG")) == (
        "1,200",
        "1.200",
        "1,200",
    )


@pytest.mark.parametrize(
    ("zone", "written"),
    [
        (None, "2023年7月10日10:05"),
        (UTC, "2023年7月10日10:05（UTC+00:00）"),
        (timezone(timedelta(hours=8)), "2023年7月10日10:05（UTC+08:00）"),
        (timezone(timedelta(hours=-5, minutes=-30)), "2023年7月10日10:05（UTC-05:30）"),
    ],
)
def test_times_name_their_zone(zone: timezone | None, written: str) -> None:
    """An embargo without zone is no embargo; one with a zone says it."""
    assert written == format_time(datetime(2023, 7, 10, 10, 5, tzinfo=zone), "zh")


@pytest.mark.parametrize(("tag", "count"), [("zh", 1), ("en", 2), ("ar", 6), ("pl", 3)])
def test_plural_forms_are_those_of_gettext(tag: str, count: int) -> None:
    """Catalogs of every language have as many forms as GNU gettext expects."""
    assert plural_count(tag) == count
    assert plural_forms(tag).startswith(f"nplurals={count}; plural=")


@pytest.mark.parametrize("tag", localize.COMMON)
def test_what_is_known_of_common_languages_is_what_cldr_says(
    tag: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are answered without Babel, and as Babel answers."""
    known = normalize_tag(tag), localize._likely(tag), plural_forms(tag)
    monkeypatch.setattr(localize, "COMMON", {})
    functions = (normalize_tag, localize._likely)

    for function in functions:
        function.cache_clear()
    assert known == (normalize_tag(tag), localize._likely(tag), plural_forms(tag))
    for function in functions:
        function.cache_clear()
