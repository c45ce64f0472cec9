"""Has each person the part that the source gives them?"""

from collections.abc import Iterator

from pubkit.checks.pair import Pair
from pubkit.checks.persons.survey import has_faults, problems_of
from pubkit.checks.registry import check
from pubkit.model import Problem, Severity
from pubkit.names.persons.kinds import FaultKind


@check(Pair, severity=Severity.ERROR, only_if=has_faults)
def swapped_names(pair: Pair) -> Iterator[Problem]:
    """Two persons of one text have changed places, so that each has the other's part.

    Why:
        Every name is there and right, and both persons are told to be somebody else.

    Bad:
        Dean Pan Feng met Captain Tian Yonghong. → 院长田永鸿会见队长潘锋

    Good:
        Dean Pan Feng met Captain Tian Yonghong. → 院长潘锋会见队长田永鸿

    Source:
        House rule; offices, organizations, places and actions beside each name are compared.
    """
    yield from problems_of(pair, FaultKind.SWAPPED)
