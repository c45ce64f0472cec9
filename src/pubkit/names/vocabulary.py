"""Ordinary English words, told from names, acronyms, units and program code.

Source:
    SCOWL's list of common words, which has them without their regular inflections.
"""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from pubkit.patterns import pattern

DATA = files("pubkit.names") / "data"

_FUNCTION_WORDS = """
    a about after against all along also although among an and any are as at be because been
    before being between both but by can could did do does during each for from had has have he
    her here him his how however if in into is it its may might more most must no nor not of on
    one or other our out over own per shall she should since so some such than that the their them
    then there these they this those through thus to under until up upon us was we were what when
    where whether which while who whom whose why will with within without would you your
"""
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())
"""Words that carry a sentence, not a meaning."""

_LOANWORDS = """
    al app apps bin bis cum da de del demo den der des di diy du el email en et etc ex ibn la las
    le les logo logos los max mini ok plus ppt pro pub silico situ ter tips ultra van versus vitro
    pandas vivo vlog vlogs von vs wifi
"""
LOANWORDS = frozenset(_LOANWORDS.split())
"""What Chinese texts write in Latin letters, too, and the particles of foreign names."""


def is_english_word(word: str) -> bool:
    """Tell whether a word of small letters is an ordinary one, in whatever form.

    Hyphenated words are ordinary when each part is.
    """
    if word in LOANWORDS:
        return False
    parts = re.split("['’-]", word)
    return all(_is_known(part) for part in parts if len(part) > 2 or len(parts) == 1)


def _is_known(word: str) -> bool:
    if word in FUNCTION_WORDS:
        return True
    known = _words()
    return word in known or any(stem in known for stem in _stems(word))


ENDINGS = (
    ("ies", "y"),
    ("ied", "y"),
    ("ier", "y"),
    ("iest", "y"),
    ("ily", "y"),
    *((ending, "") for ending in ("s", "es", "ed", "ing", "er", "est", "ly", "ness", "ment")),
    *((ending, "e") for ending in ("ed", "ing", "er", "est", "able", "ation", "ment")),
    *((ending, "") for ending in ("able", "less", "ful", "ation", "ism", "ist", "ship", "ics")),
    *(("ics", "ic"), ("bly", "ble"), ("ization", "ize"), ("isation", "ize"), ("ise", "ize")),
    *(("ised", "ize"), ("ising", "ize"), ("our", "or"), ("ours", "or"), ("re", "er")),
    *(("res", "er"), ("mme", "m"), ("mmes", "m"), ("ces", "x")),
)
BEGINNINGS = pattern(
    "anti|bio|co|counter|cross|cyber|de|dis|eco|electro|geo|hydro|hyper|in|inter|macro|mega|micro"
    "|mid|mis|mono|multi|nano|neuro|non|out|over|photo|post|pre|re|semi|sub|super|tele|thermo"
    "|trans|ultra|un|under"
)
SHORTEST_STEM = 3


def _stems(word: str) -> Iterator[str]:
    """Yield what the word may be an inflection, another spelling or a compound of."""
    for ending, replacement in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            stem = word[: len(word) - len(ending)]
            yield stem + replacement
            if not replacement and stem[-1] == stem[-2] and ending in ("ed", "ing", "er", "est"):
                yield stem[:-1]
    beginning = BEGINNINGS.match(word)
    if beginning and len(word) - beginning.end() > SHORTEST_STEM:
        rest = word[beginning.end() :]
        yield rest
        yield rest.removesuffix("s")


@cache
def _words() -> frozenset[str]:
    lines = (DATA / "english-words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line.islower())
