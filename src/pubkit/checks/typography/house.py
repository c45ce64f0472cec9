"""What the house of a catalog does on purpose, when nobody has said it.

A form that fills a good part of its places is no slip: it is the manner of the house, and is not
reported text by text.
"""

import re
from collections.abc import Iterable
from itertools import islice

from pubkit.checks.pair import Pair, Translation
from pubkit.checks.technical import is_technical
from pubkit.checks.typography.line import HAN, read_line
from pubkit.patterns import pattern
from pubkit.values import dataclass

# ---------------------------------------------------------------- spaces beside Latin letters

EDGE = pattern(rf"[A-Za-z\d`]( ?)(?=[{HAN}])|(?<=[{HAN}])( ?)(?=[A-Za-z`])")
MOST_TEXTS = 3000
FEWEST_EDGES = 10
LEAST_SPACED = 1 / 5


def infer_spacing(texts: Iterable[str]) -> str:
    """Return ``tight``, which is the rule, or ``ignore`` for a catalog that often spaces.

    Args:
        texts: The translations, of which the first thousands tell.
    """
    sample = "\n".join(islice(filter(None, texts), MOST_TEXTS))
    edges = ["".join(edge) for edge in EDGE.findall(sample)]
    is_spaced = len(edges) >= FEWEST_EDGES and edges.count(" ") >= LEAST_SPACED * len(edges)
    return "ignore" if is_spaced else "tight"


# ---------------------------------------------------------------- forms of marks

FEWEST_TEXTS = 8
LEAST_SHARE = 1 / 5
LEAST_SHARE_OF_MANUALS = 1 / 40
"""Manuals have many hands: what several of them do is the manner of some, and no slip."""


@dataclass(frozen=True, slots=True)
class Form:
    """A way of setting something that a house may choose, and the way of the standard."""

    chosen: re.Pattern[str]
    standard: re.Pattern[str]


def is_of_the_house(pair: Pair, form: Form) -> bool:
    """Tell whether the catalog sets something so in many texts, and not in a few by mistake."""
    return pair.translation.once(_House).has(form)


class _House:
    """The Chinese texts of a catalog, and which forms it has."""

    def __init__(self, translation: Translation) -> None:
        lines = (pair.once(read_line) for pair in translation.pairs)
        self._texts = [line.text for line in lines if line.is_chinese]
        self._known: dict[Form, bool] = {}
        is_manual = translation.once(is_technical)
        self._least_share = LEAST_SHARE_OF_MANUALS if is_manual else LEAST_SHARE

    def has(self, form: Form) -> bool:
        if form not in self._known:
            chosen = sum(form.chosen.search(text) is not None for text in self._texts)
            self._known[form] = chosen >= FEWEST_TEXTS and chosen >= self._least_share * (
                chosen + sum(form.standard.search(text) is not None for text in self._texts)
            )
        return self._known[form]
