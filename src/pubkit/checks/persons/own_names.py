"""The entries of names.po themselves: can the agreed characters be read as the name?"""

from collections.abc import Iterator

from pubkit.checks.pair import Pair, Translation
from pubkit.messages import gettext as _
from pubkit.model import Problem, Severity, Span, TermKind
from pubkit.names.suspicious_terms import SuspiciousTerm, suspicious_terms


def is_agreement(pair: Pair) -> bool:
    """Tell whether a pair is a person of a termbase under inspection."""
    context = pair.entry.msgctxt or ""
    return context.partition(":")[0].strip() == TermKind.PERSON and pair.is_english_chinese


def unreadable_agreements(pair: Pair) -> Iterator[Problem]:
    """Yield what is wrong with an entry of the termbase under inspection."""
    if not is_agreement(pair):
        return
    found = pair.translation.once(_suspicious).get((pair.source, pair.target.strip()))
    if found:
        yield Problem(
            message=_("“{found}” cannot be read as “{name}”: ask the person, then agree").format(
                found=pair.target.strip(), name=pair.source
            ),
            span=Span(0, len(pair.target)),
            severity=None if found.is_certain else Severity.WARNING,
        )


def _suspicious(translation: Translation) -> dict[tuple[str, str], SuspiciousTerm]:
    found = suspicious_terms(translation.termbase)
    return {(one.term.source, one.term.target): one for one in found}
