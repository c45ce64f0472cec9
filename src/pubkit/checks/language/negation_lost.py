"""Does the translation deny what the source denies?"""

from collections.abc import Iterator

from pubkit.checks.pair import Pair
from pubkit.checks.registry import check
from pubkit.facts.negation import is_chinese_denial_lost, is_english_denial_lost
from pubkit.facts.opposites import opposite
from pubkit.messages import gettext as _
from pubkit.model import Problem, Severity, Span


@check(Pair, severity=Severity.WARNING)
def negation_lost(pair: Pair) -> Iterator[Problem]:
    """One text denies what the other affirms, or says the opposite.

    Why:
        The sentence says the opposite, and reads well.

    Bad:
        The library is not open on Mondays. → 图书馆周一开放。

        The council rejected the plan. → 市议会批准了这项计划。

    Good:
        The library is not open on Mondays. → 图书馆周一闭馆。

        Reply no later than May 8. → 请于5月8日前回复。

    Source:
        House rule; many denials are said positively in the other language, so only plain ones
        count.
    """
    if not pair.is_english_chinese:
        return
    message = _denial(pair)
    if message:
        yield Problem(message=message)
    elif found := opposite(pair.english, pair.chinese):
        yield _opposite(pair, *found)


def _denial(pair: Pair) -> str | None:
    """Say which text alone denies something."""
    english, chinese = pair.english, pair.chinese
    if is_english_denial_lost(english, chinese):
        is_source = pair.translation.is_into_chinese
    elif is_chinese_denial_lost(chinese, english):
        is_source = not pair.translation.is_into_chinese
    else:
        return None
    if is_source:
        return _("The source denies something; the translation does not seem to")
    return _("The translation denies something; the source does not seem to")


def _opposite(pair: Pair, english: Span, chinese: Span) -> Problem:
    """Return the problem of two words, one in each text, that say the opposite."""
    sides = english, chinese
    source, target = sides if pair.translation.is_into_chinese else sides[::-1]
    return Problem(
        message=_("“{target}” is the opposite of “{source}”").format(
            source=pair.source_prose.text[source.start : source.end],
            target=pair.target_prose.text[target.start : target.end],
        ),
        span=pair.target_prose.span(target.start, target.end),
    )
