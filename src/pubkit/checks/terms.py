"""Are events, places and terms rendered as agreed?"""

from collections.abc import Iterator

from pubkit.checks.agreement import forbidden_places, term_faults
from pubkit.checks.pair import Pair
from pubkit.checks.registry import check
from pubkit.messages import gettext as _
from pubkit.model import Problem, Severity, TermKind
from pubkit.names.agreement import Cause, TermFault
from pubkit.names.left_forms import find_left_forms

KINDS = frozenset({TermKind.EVENT, TermKind.PLACE, TermKind.TERM})


def _has_faults(pair: Pair) -> bool:
    return bool(term_faults(pair))


@check(Pair, severity=Severity.ERROR, only_if=_has_faults)
def wrong_term(pair: Pair) -> Iterator[Problem]:
    """A term, an event or a place is not rendered as agreed.

    Why:
        Two names for one thing are two things to a reader.

    Bad:
        The Spring Symposium opens today. → 春季研讨班今天开幕。

    Good:
        The Spring Symposium opens today. → 春季研讨会今天开幕。

    Source:
        names.po is the agreement; ISO 30042, "Management of terminology resources".
    """
    faults = [fault for fault in term_faults(pair) if fault.term.kind in KINDS]
    if not faults:
        return
    wanted = {fault.term for fault in faults}
    text = pair.target_prose.text
    silent = {mention.term for mention in find_left_forms(text, pair.termbase, wanted)}
    silent |= {term for term, _span in forbidden_places(pair)}
    for fault in faults:
        if fault.term not in silent:
            yield _problem(fault, pair)


def _problem(fault: TermFault, pair: Pair) -> Problem:
    span = fault.span
    if span is None:
        message = _("“{name}” is not rendered as agreed: {target}")
    else:
        message = _("“{found}” is not the agreed form of “{name}”: {target}")
    return Problem(
        message=message.format(found=fault.found, name=fault.name, target=fault.term.target),
        span=pair.target_prose.span(span.start, span.end) if span else None,
        suggestion=fault.term.target if span else None,
        severity=None if _is_certain(fault) else Severity.WARNING,
    )


def _is_certain(fault: TermFault) -> bool:
    """Tell whether no free translation can explain it: a slip, or an event without its name."""
    if fault.cause is Cause.NEAR:
        return fault.term.kind is not TermKind.TERM or len(fault.term.target) > SHORT
    return fault.term.kind is TermKind.EVENT and fault.is_certain and " " in fault.name


SHORT = 3


def _has_forbidden(pair: Pair) -> bool:
    return bool(forbidden_places(pair))


@check(Pair, severity=Severity.ERROR, only_if=_has_forbidden)
def forbidden_term(pair: Pair) -> Iterator[Problem]:
    """A form that the termbase forbids stands in the translation.

    Why:
        Somebody has complained of it, or it means something else.

    Bad:
        The intelligent terminal is on sale. → 智能终端机已上市。

    Good:
        The intelligent terminal is on sale. → 智能终端已上市。

    Source:
        names.po, “#. forbidden:”; TBX (ISO 30042) knows such forms as “deprecatedTerm”.
    """
    named = {mention.term for mention in pair.mentions}
    for term, span in forbidden_places(pair):
        found = pair.target_prose.text[span.start : span.end]
        yield Problem(
            message=_("“{found}” shall not be used; the agreed form is {target}").format(
                found=found, target=term.target
            )
            if term.target
            else _("“{found}” shall not be used").format(found=found),
            span=pair.target_prose.span(span.start, span.end),
            suggestion=term.target or None,
            severity=None if term in named else Severity.WARNING,
        )
