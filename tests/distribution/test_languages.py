"""Which edition a member gets."""

import subprocess
import sys

import pytest

from pubkit.distribution.campaign import Recipient
from pubkit.distribution.languages import Choice, choose_language


def choose(languages: str, available: str, *, default: str = "", fallback: str = "") -> str | None:
    """Return the edition of a member, with a star if it is none that they asked for."""
    member = Recipient(address="anna@example.org", languages=tuple(languages.split()))
    found = choose_language(
        member, available.split(), default=default, fallback=tuple(fallback.split())
    )
    return f"{found.lang}{'*' * found.is_fallback}" if found else None


@pytest.mark.parametrize(
    ("languages", "available", "chosen"),
    [
        ("en", "zh en", "en"),
        ("EN-us", "zh en", "en"),
        ("en-GB", "en-US en-GB en", "en-GB"),
        ("en-GB", "en-US en", "en"),
        ("zh", "en zh-CN", "zh-CN"),
        ("zh", "en zh-Hant zh-Hans", "zh-Hans"),
        ("zh-CN", "zh-TW zh", "zh"),
        ("zh-SG", "zh-TW zh-CN", "zh-CN"),
        ("zh-TW", "zh zh-Hant", "zh-Hant"),
        ("zh-Hant-HK", "zh zh-Hant zh-TW", "zh-Hant"),
        ("zh-HK", "zh zh-TW", "zh-TW"),
        ("sr-Latn", "sr sr-Latn", "sr-Latn"),
        ("sr-ME", "sr sr-Latn", "sr-Latn"),
        ("pt-BR", "en pt", "pt"),
        ("es-419", "es", "es"),
        ("fr en", "en zh", "en"),
        ("zh-TW en", "zh en", "en"),
        ("zh-TW", "zh en", "zh*"),
        ("fr", "zh en", None),
    ],
)
def test_the_nearest_edition_in_the_same_script_is_chosen(
    languages: str, available: str, chosen: str | None
) -> None:
    """Another script is taken only where nothing else is left, and said."""
    assert choose(languages, available) == chosen


def test_who_names_no_language_reads_the_default() -> None:
    """A default is no fallback: the office has said what such members read."""
    assert choose("", "zh en", default="en") == "en"
    assert choose("", "zh en") is None


def test_fallbacks_are_for_those_who_have_no_edition() -> None:
    """The first one in which there is an edition, and the result says so."""
    assert choose("fr", "zh en", fallback="de en zh") == "en*"
    assert choose("zh", "zh en", fallback="en") == "zh"
    assert Choice("en") != Choice("en", is_fallback=True)


def test_choosing_imports_nothing_heavy() -> None:
    """A campaign goes on without CLDR."""
    program = (
        "import sys, pubkit.distribution.languages, pubkit.workflow.members;"
        "print(*{'babel', 'email_validator', 'openpyxl', 'sqlalchemy'} & set(sys.modules))"
    )
    found = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert found.stdout.split() == []
