"""Is a name written in one way?"""

from collections.abc import Iterator

from pubkit.checks.pair import Pair
from pubkit.checks.persons.survey import has_faults, problems_of
from pubkit.checks.registry import check
from pubkit.model import Problem, Severity
from pubkit.names.persons.kinds import FaultKind


@check(Pair, severity=Severity.ERROR, only_if=has_faults)
def inconsistent_name(pair: Pair) -> Iterator[Problem]:
    """A person's name is written in two ways, or otherwise than agreed.

    Why:
        Readers take two spellings for two persons.

    Bad:
        Pan Feng and Pan Feng's students met. → 潘锋与潘峰的学生见面。

    Good:
        Pan Feng and Pan Feng's students met. → 潘锋与潘锋的学生见面。

    Source:
        House rule.
    """
    yield from problems_of(pair, FaultKind.INCONSISTENT)
