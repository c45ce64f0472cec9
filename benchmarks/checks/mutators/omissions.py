"""A translation that says less, more or something else than the source."""

import re
from collections.abc import Iterator

from benchmarks.checks.faults import Group, fault
from benchmarks.checks.sites import Site
from pubkit.model import Entry

FACTS = ["number", "date", "time", "weekday", "currency", "unit", "percent", "ordinal", "phone"]
LOST = (
    "implausible-length",
    "missing-name",
    "missing-title",
    "missing-organization",
    "wrong-term",
    "negation-lost",
    "quotes",
    "link",
    "footnote",
    "emphasis",
    "inline-markup",
    "placeholder",
    *FACTS,
)
"""What is right to say of a text that has lost a part."""
SENTENCE = re.compile(r"[^。！？]+[。！？][”’）]*")
ABBREVIATIONS = r"(?<!Ltd)(?<!Co)(?<!Dr)(?<!Mr)(?<!Ms)(?<!Prof)(?<!No)(?<!m)(?<!\d)(?<!tel)"
LATIN_SENTENCE = re.compile(rf"\S.{{20,}}?{ABBREVIATIONS}[.!?][”’)]*(?=\s[A-Z“]|\s*$)")


@fault(Group.STRUCTURE, *LOST)
def sentence_dropped(site: Site) -> Iterator[str]:
    """A sentence is not translated."""
    sentences = _sentences(site)
    for sentence in sentences:
        is_balanced = sentence.count("“") == sentence.count("”")
        if len(sentences) >= 2 and is_balanced and len(sentence) >= len(site.target) / 6:
            yield site.target.replace(sentence, "", 1).strip()


@fault(Group.STRUCTURE, *LOST)
def list_item_dropped(site: Site) -> Iterator[str]:
    """One item of an enumeration is not translated."""
    latin = r"(?<=, )[^,.;()“”]{3,40}, (?=[^,.;]+,? and )"
    for match in site.matches(r"(?<=、)[^、，。；（）“”]{2,}、" if site.is_chinese else latin):
        yield site.substitute(match, "")


@fault(
    Group.STRUCTURE, "implausible-length", "doubled-word", "reused-translation", "quotes", *FACTS
)
def sentence_doubled(site: Site) -> Iterator[str]:
    """A sentence stands twice in the translation."""
    gap = "" if site.is_chinese else " "
    for sentence in _sentences(site):
        yield site.target.replace(sentence, sentence.rstrip() + gap + sentence.lstrip(), 1)


@fault(
    Group.STRUCTURE,
    *LOST,
    "reused-translation",
    "wrong-name",
    "wrong-title",
    "wrong-organization",
    "swapped-names",
)
def other_text_pasted(site: Site) -> Iterator[str]:
    """The translation of another text was pasted."""
    others = {
        entry.msgstr
        for entry in site.document.entries
        if _role(entry) == _role(site.entry) and entry.msgid != site.source
    }
    for other in site.shuffled(sorted(others)):
        if len(other) >= 4 and other != site.target:
            yield other


@fault(Group.STRUCTURE, "inconsistent-translation")
def repeated_source_rendered_otherwise(site: Site) -> Iterator[str]:
    """A text that occurs twice in the source has two translations."""
    for entry in site.document.entries:
        is_twin = entry.msgid == site.source and entry is not site.entry
        if is_twin and entry.msgstr == site.target:
            yield site.target + ("一览" if site.is_chinese else " at a glance")


def _role(entry: Entry) -> str:
    return next(iter(entry.extracted_comments), "")


def _sentences(site: Site) -> list[str]:
    """Return the sentences of the translation, in random order."""
    found = (SENTENCE if site.is_chinese else LATIN_SENTENCE).findall(site.target)
    return site.shuffled(sentence for sentence in found if len(sentence.strip()) >= 6)
