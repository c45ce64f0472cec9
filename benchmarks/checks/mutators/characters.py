"""Characters that no text should have."""

import re
from collections.abc import Iterator
from unicodedata import normalize

from benchmarks.checks.faults import Group, fault
from benchmarks.checks.sites import Site

HAN = "[\u4e00-\u9fff]"


def _letters(site: Site) -> list[re.Match[str]]:
    """Return the letters of the prose, in random order."""
    return site.matches(HAN if site.is_chinese else "[a-z]")


def _inserted(site: Site, *characters: str) -> Iterator[str]:
    """Yield texts with a character inserted after a letter that is not the last one."""
    for match in _letters(site):
        if match.end() < len(site.target):
            yield site.put(match.end(), match.end(), site.random.choice(characters))


@fault(Group.CHARACTERS, "replacement-character", "mojibake")
def replacement_character(site: Site) -> Iterator[str]:
    """A letter was lost to a wrong encoding: U+FFFD."""
    for match in _letters(site):
        yield site.substitute(match, "\ufffd")


@fault(Group.CHARACTERS, "private-use", "missing-glyph")
def private_use_character(site: Site) -> Iterator[str]:
    """A letter was lost to a font: a private-use character."""
    for match in _letters(site):
        yield site.substitute(
            match, site.random.choice(("\ue000", "\ue5f1", "\uf8ff", "\U000f0001"))
        )


@fault(Group.CHARACTERS, "control-character")
def control_character(site: Site) -> Iterator[str]:
    """A control character stands in the text."""
    yield from _inserted(site, "\x07", "\x1b", "\x0b", "\x7f", "\x08", "\x85")


@fault(Group.CHARACTERS, "zero-width")
def zero_width_character(site: Site) -> Iterator[str]:
    """An invisible character stands in a word."""
    soft_hyphen = ("\u00ad",) if site.is_chinese else ()
    yield from _inserted(site, "\u200b", "\ufeff", "\u2060", "\u200d", *soft_hyphen)


@fault(Group.CHARACTERS, "bidi-control")
def bidi_control(site: Site) -> Iterator[str]:
    """A character that turns the direction of the text stands in it."""
    yield from _inserted(site, "\u202e", "\u202d", "\u2066", "\u200f", "\u202a")


@fault(
    Group.CHARACTERS,
    "mojibake",
    "replacement-character",
    "control-character",
    "wrong-script",
    "source-left-over",
)
def mojibake(site: Site) -> Iterator[str]:
    """A part of the text was read in a wrong encoding."""
    if not site.is_chinese:
        for match in site.matches("[’“”—–é]"):
            yield site.substitute(
                match, match[0].encode().decode("cp1252", "replace").replace("\ufffd", "")
            )
        return
    for match in site.matches(f"{HAN}{{2,4}}"):
        damaged = (
            match[0].encode().decode("latin-1"),
            match[0].encode().decode("cp1252", "ignore"),
            "锟斤拷",
            match[0].encode("gbk", "ignore").decode("latin-1"),
            "??" * len(match[0]),
        )
        yield site.substitute(match, site.random.choice(damaged))


@fault(Group.CHARACTERS, "combining-run", "mojibake")
def combining_run(site: Site) -> Iterator[str]:
    """A letter carries a heap of combining marks."""
    yield from _inserted(site, "\u0301\u0302\u0303", "\u0335\u0336\u0337\u0338", "\u0300" * 5)


@fault(Group.CHARACTERS, "compatibility-form", "wrong-script")
def compatibility_form(site: Site) -> Iterator[str]:
    """A letter is a look-alike kept for old encodings: a radical, a ligature, a joined unit."""
    forms = COMPATIBILITY if site.is_chinese else LATIN_COMPATIBILITY
    for match in site.matches("|".join(forms)):
        yield site.substitute(match, forms[match[0]])


COMPATIBILITY = {
    normalize("NFKC", chr(code)): chr(code)
    for code in (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFA6B))
}
"""Kangxi radicals and compatibility ideographs by the characters that they look like."""
LATIN_COMPATIBILITY = {"fi": "\ufb01", "fl": "\ufb02", "ff": "\ufb00"}
