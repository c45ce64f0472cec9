"""Close the gap where a part was taken out of a sentence, as a translator would."""

import re

from benchmarks.checks.sites import Place, Site

CHINESE = (
    (r"（[，、\s]*）", ""),
    (r"^[、，]", ""),
    (r"[、，](?=[、，。；])", ""),
    (r"(?<=：)[、，]", ""),
)
LATIN = (
    (r"\( *\)", ""),
    (r"  +", " "),
    (r" +(?=[,.;:])", ""),
    (r",(?=[,.;:])", ""),
    (r"(?<=[“(]) +", ""),
    (r"^[ ,;]+", ""),
)
LEADING_WORDS = r"(?:,? (?:of|at|from|with|by|in|to|for)(?: the| a)?|\b[Tt]he|\b[Aa]n?)?"


def without(place: Place, site: Site) -> str | None:
    """Return the translation without a name, and without what only belongs to it.

    None if the name is a part of a longer one.
    """
    if site.target.count(place.form) != len(place.spans):
        return None
    name = re.escape(place.form)
    if site.is_chinese:
        text = re.sub(rf"、{name}(?=[、，。；]|$)|{name}", "", site.target)
    else:
        text = re.sub(rf"{LEADING_WORDS} ?\b{name}(?![A-Za-z])", "", site.target)
    return closed(text, site)


def closed(text: str, site: Site) -> str:
    """Return a text without the marks and spaces that are left around a gap."""
    for pattern, replacement in CHINESE if site.is_chinese else LATIN:
        text = re.sub(pattern, replacement, text)
    return text.strip()
