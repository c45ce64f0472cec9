"""Persons of a termbase whose agreed Chinese form cannot be read as the name.

A wrong character that has been agreed on would be demanded of every translation.
"""

from collections.abc import Iterator

from pubkit.model import Term, Termbase, TermKind
from pubkit.names.persons.cast import is_han
from pubkit.names.persons.finding.romanized import find_names, reads_as
from pubkit.names.romanization.person_names import Quality, RomanizedName, Style
from pubkit.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspiciousTerm:
    """A person of the termbase whose two forms do not belong together."""

    term: Term
    is_certain: bool
    """Whether the name is spelt by rule, in Hanyu Pinyin."""


SPELT_OTHERWISE = frozenset({Style.TAIWAN, Style.CANTONESE, Style.OVERSEAS, Style.KOREAN})
"""Spellings whose characters can be told, although with less certainty."""


def suspicious_terms(termbase: Termbase) -> Iterator[SuspiciousTerm]:
    """Yield the persons whose characters cannot be read as their romanised name."""
    for term in termbase.terms:
        if term.kind is TermKind.PERSON and term.target:
            english, chinese = sorted((term.source, term.target), key=is_han)
            if is_han(chinese) and not is_han(english):
                yield from _suspicion(term, english, "".join(chinese.split()))


def _suspicion(term: Term, english: str, chinese: str) -> Iterator[SuspiciousTerm]:
    name = _whole_name(english)
    quality = reads_as(name, chinese) if name else Quality.FULL
    if name is None or (quality and quality.is_confirmed):
        return
    if name.style.is_spelt_by_rule:
        yield SuspiciousTerm(term=term, is_certain=True)
    elif name.style in SPELT_OTHERWISE and quality is None:
        yield SuspiciousTerm(term=term, is_certain=False)


def _whole_name(english: str) -> RomanizedName | None:
    names = find_names(english, known=(english,))
    whole = (one for one in names if one.span.start == 0 and one.span.end == len(english))
    return next((one for one in whole if one.given), None)
