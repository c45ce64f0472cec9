"""What is not translated."""

import re
from collections.abc import Iterator
from dataclasses import replace

from benchmarks.checks.faults import Group, fault
from benchmarks.checks.sites import Site
from pubkit.model import Entry, Role

HEADINGS = {Role.TITLE, Role.SUBTITLE, Role.KICKER, Role.HEADING, Role.CAPTION, Role.TABLE_HEADING}
LEFT = (
    "source-left-over",
    "wrong-script",
    "untranslated-name",
    "untranslated-title",
    "untranslated-organization",
)
"""What is right to say of words in the source language."""


@fault(Group.STRUCTURE, "missing-translation")
def translation_missing(site: Site) -> Iterator[str]:
    """There is no translation."""
    yield ""


@fault(Group.STRUCTURE, "missing-translation")
def translation_blank(site: Site) -> Iterator[str]:
    """The translation is white space."""
    yield site.random.choice((" ", "\u3000", "\u00a0 "))


@fault(Group.STRUCTURE, "fuzzy")
def translation_fuzzy(site: Site) -> Iterator[Entry]:
    """The translation waits for review."""
    yield replace(site.entry, flags=(*site.entry.flags, "fuzzy"))


@fault(Group.STRUCTURE, "source-changed", "fuzzy")
def source_changed(site: Site) -> Iterator[Entry]:
    """The translation belongs to another version of the source."""
    words = site.source.split(" ")
    previous = " ".join(words[:-1]) if len(words) > 3 else site.source[:-1]
    if previous:
        flags = (*site.entry.flags, "fuzzy")
        yield replace(site.entry, flags=flags, previous_msgid=previous)


@fault(Group.STRUCTURE, "copied-source", "untranslated-heading")
def source_copied(site: Site) -> Iterator[str]:
    """The translation of a text is the source."""
    if not site.roles & HEADINGS and _plain_words(site) >= 3 and site.source != site.target:
        yield site.source


@fault(Group.STRUCTURE, "untranslated-heading", "copied-source")
def heading_copied(site: Site) -> Iterator[str]:
    """A title, heading or caption is left untranslated."""
    if site.roles & HEADINGS and _plain_words(site) >= 1 and site.source != site.target:
        yield site.source


@fault(Group.STRUCTURE, *LEFT)
def phrase_left_in_source_language(site: Site) -> Iterator[str]:
    """A part of a sentence is left in the source language."""
    latin, chinese = r"\b[a-z]{2,}(?: [a-z]{2,}){2,4}\b", "[\u4e00-\u9fff]{6,}"
    foreign, own = (latin, chinese) if site.is_chinese else ("[\u4e00-\u9fff]{4,8}", latin)
    for phrase in site.shuffled(re.findall(foreign, site.source)):
        for match in site.matches(own):
            if match[0] != site.target.strip(" *"):
                yield site.substitute(match, phrase)


@fault(Group.STRUCTURE, *LEFT)
def word_left_in_source_language(site: Site) -> Iterator[str]:
    """One word is left in the source language."""
    words = r"(?<![\w/.@`{#-])[a-z]{5,}(?![\w/.@`}-])" if site.is_chinese else "[\u4e00-\u9fff]{2}"
    han = "[\u4e00-\u9fff]"
    own = f"(?<={han}){han}{{2}}(?={han})" if site.is_chinese else r"(?<=\s)[a-z]{4,}(?=\s)"
    for word in site.shuffled(re.findall(words, site.source)):
        for match in site.matches(own):
            if word not in site.target and site.is_between_names(*match.span()):
                yield site.substitute(match, word)


# ---------------------------------------------------------------- words of the source


def _plain_words(site: Site) -> int:
    """Count the words of the source that are certainly no names."""
    if not site.is_chinese:
        return len(re.findall("[\u4e00-\u9fff]", site.source)) // 2
    names = " ".join(term.source for term in site.document.termbase.terms)
    capitalised = re.findall(r"\b[A-Z][a-z]{2,}\b", site.source)
    plain = re.findall(r"\b[a-z]{3,}\b", site.source)
    return len(plain) + sum(word not in names for word in capitalised)
