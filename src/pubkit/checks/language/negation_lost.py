"""Does the translation deny what the source denies?"""

from collections.abc import Iterator

from pubkit.checks.pair import Pair
from pubkit.checks.registry import check
from pubkit.facts.negation import is_chinese_denial_lost, is_english_denial_lost
from pubkit.messages import gettext as _
from pubkit.model import Problem, Severity


@check(Pair, severity=Severity.WARNING)
def negation_lost(pair: Pair) -> Iterator[Problem]:
    """One text denies what the other affirms.

    Why:
        The sentence says the opposite, and reads well.

    Bad:
        The library is not open on Mondays. → 图书馆周一开放。

    Good:
        The library is not open on Mondays. → 图书馆周一闭馆。

        Reply no later than May 8. → 请于5月8日前回复。

    Source:
        House rule; many denials are said positively in the other language, so only plain ones
        count.
    """
    if not pair.is_english_chinese:
        return
    english, chinese = pair.english, pair.chinese
    if is_english_denial_lost(english, chinese):
        is_source = pair.translation.is_into_chinese
    elif is_chinese_denial_lost(chinese, english):
        is_source = not pair.translation.is_into_chinese
    else:
        return
    yield Problem(
        message=_("The source denies something; the translation does not seem to")
        if is_source
        else _("The translation denies something; the source does not seem to")
    )
