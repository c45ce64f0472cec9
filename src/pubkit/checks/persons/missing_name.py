"""Is every person of the source in the translation?"""

from collections.abc import Iterator

from pubkit.checks.pair import Pair
from pubkit.checks.persons.survey import has_faults, problems_of
from pubkit.checks.registry import check
from pubkit.model import Problem, Severity
from pubkit.names.persons.kinds import FaultKind


@check(Pair, severity=Severity.ERROR, only_if=has_faults)
def missing_name(pair: Pair) -> Iterator[Problem]:
    """A person whom the source names is not in the translation.

    Why:
        A speaker who is left out of a report notices, and so does everybody who was there.

    Bad:
        Pan Feng is making his report. → 作报告

    Good:
        Pan Feng is making his report. → 潘锋作报告

    Source:
        House rule; where a pronoun, or a surname with an office, stands for a name, it is there.
    """
    yield from problems_of(pair, FaultKind.MISSING)
