"""One person of a text who is named in the place of another: ``Seo replied`` as 拉奥回应说.

Both texts name as many persons in the same order, but for one place. Where the translation takes
another order, or says 他, nothing can be told; but a caption says who stands where.
"""

import re
from collections.abc import Iterator, Sequence

from pubkit.names.persons.cast import Naming
from pubkit.names.persons.kinds import Cause, FaultKind, PersonFault
from pubkit.names.persons.slips import wanted_form
from pubkit.names.persons.texts import Texts
from pubkit.patterns import pattern


def find_mistaken(texts: Texts) -> Iterator[PersonFault]:
    """Yield the only place at which a translation names another person of the text."""
    here, there = _in_order(texts.source_namings), _in_order(texts.target_namings)
    if len(here) != len(there) or len(here) < 2:
        return
    others = [
        (one, other)
        for one, other in zip(here, there, strict=True)
        if set(one.persons).isdisjoint(other.persons)
    ]
    if len(others) != 1:
        return
    ((meant, named),) = others
    known = {person for one in here if one is not meant for person in one.persons}
    if known.intersection(named.persons):
        yield _fault(meant, named, texts, FaultKind.WRONG, Cause.OTHER)


def find_misplaced(texts: Texts) -> Iterator[PersonFault]:
    """Yield who stands where a caption has somebody else: ``An (left)`` as 白（左）."""
    if not IN_CHINESE.search(texts.chinese):
        return
    english = _standing(texts.english_namings, texts.english, IN_ENGLISH)
    chinese = _standing(texts.chinese_namings, texts.chinese, IN_CHINESE)
    sides = (english, chinese) if texts.into_chinese else (chinese, english)
    for place, meant in sides[0].items():
        named = sides[1].get(place)
        if named and set(meant.persons).isdisjoint(named.persons):
            yield _fault(meant, named, texts, FaultKind.SWAPPED, Cause.EXCHANGED)
            return


IN_ENGLISH = pattern(
    r"[ \u00a0]\((?:(?P<number>second|third|fourth|fifth) from (?:the )?|(?:far|on the) )?"
    r"(?P<side>left|right)\)"
)
IN_CHINESE = pattern(r"[（(](?P<side>[左右])(?P<number>[二三四五])?一?[）)]")
SAME = {"left": "左", "right": "右", "second": "二", "third": "三", "fourth": "四", "fifth": "五"}


def _standing(namings: Sequence[Naming], text: str, place: re.Pattern[str]) -> dict[str, Naming]:
    """Return who stands at each place that a caption says in brackets behind a name."""
    found = {}
    for naming in namings:
        match = place.match(text, naming.span.end)
        if match:
            parts = (match["side"], match["number"] or "")
            found["".join(SAME.get(part, part) for part in parts)] = naming
    return found


def _in_order(namings: Sequence[Naming]) -> list[Naming]:
    return sorted((one for one in namings if one.is_sure), key=lambda one: one.span.start)


def _fault(
    meant: Naming, named: Naming, texts: Texts, kind: FaultKind, cause: Cause
) -> PersonFault:
    return PersonFault(
        kind=kind,
        cause=cause,
        name=texts.source[meant.span.start : meant.span.end],
        span=named.span,
        found=texts.target[named.span.start : named.span.end],
        wanted=wanted_form(meant, texts),
    )
