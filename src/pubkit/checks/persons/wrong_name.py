"""Is it the person whom the source names?"""

from collections.abc import Iterator

from pubkit.checks.pair import Pair
from pubkit.checks.persons.own_names import is_agreement, unreadable_agreements
from pubkit.checks.persons.survey import has_faults, problems_of
from pubkit.checks.registry import check
from pubkit.model import Problem, Severity
from pubkit.names.persons.kinds import FaultKind


def _may_be_wrong(pair: Pair) -> bool:
    return has_faults(pair) or is_agreement(pair)


@check(Pair, severity=Severity.ERROR, only_if=_may_be_wrong)
def wrong_name(pair: Pair) -> Iterator[Problem]:
    """Another person, or a name with a wrong character, stands in the place of a person.

    Why:
        It is the one fault that nobody can take back, and the eye reads over it.

    Bad:
        Pan Feng is making his report. → 潘峰作报告

    Good:
        Pan Feng is making his report. → 潘锋作报告

    Source:
        names.po is the agreement; GB/T 28039-2011, "The Chinese phonetic alphabet spelling rules
        for Chinese names", says which characters a romanised name can have.
    """
    yield from problems_of(pair, FaultKind.WRONG)
    yield from unreadable_agreements(pair)
