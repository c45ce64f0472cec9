"""What stands in the place of an organization: another one, or a bare acronym."""

import re
from collections.abc import Iterator, Sequence

from pubkit.model import Span
from pubkit.names.left_forms import is_in_brackets
from pubkit.names.organizations.counterparts import (
    is_kind,
    match_names,
    parts_of,
    texts_of,
    words_in,
)
from pubkit.names.organizations.exchanges import COMPANIES
from pubkit.names.organizations.heads import heads_in_chinese
from pubkit.names.organizations.phrases import Phrase
from pubkit.names.spans import overlap
from pubkit.patterns import pattern


def unclaimed(
    english: str,
    chinese: str,
    phrases: Sequence[Phrase],
    claimed: Sequence[Span],
    *,
    head: str,
    in_chinese: bool,
) -> Span | None:
    """Return an organization of one side that renders none of the other, nor is agreed.

    Args:
        english: The English text.
        chinese: The Chinese text.
        phrases: The organizations that the English names.
        claimed: Where the side has agreed forms of what the other side names.
        head: The head of the organization that is looked for, in the language of the other side.
        in_chinese: Whether the Chinese side is meant.
    """
    names = [part for phrase in phrases for part in parts_of(phrase)]
    rendered, free = match_names(names, texts_of(english, chinese))
    if in_chinese:
        heads = heads_in_chinese().get(head, ())
        spans = [
            Span(one.start, one.end + len(one.head))
            for one in free
            if is_kind(one.head, heads) and one.head not in COMMON
        ]
    else:
        others = [name for name in names if name not in rendered]
        spans = [one.span for one in others if head in heads_in_chinese()[one.head]]
    return next((span for span in spans if not any(overlap(span, one) for one in claimed)), None)


COMMON = frozenset({"机构", "组织", "企业", "联合", "会议", "论坛", "大会"})
"""Heads that are no names by themselves."""


def bare_acronyms(
    english: str, chinese: str, phrases: Sequence[Phrase]
) -> Iterator[tuple[Phrase, Span]]:
    """Yield where a translation has no more of a name than the acronym introduced with it."""
    for phrase in phrases:
        introduced = INTRODUCED.match(english, phrase.span.end)
        place = _bare(introduced[1], chinese) if introduced else None
        if (
            place
            and phrase.head not in COMPANIES
            and not _has_counterpart(phrase, english, chinese, phrases)
        ):
            yield phrase, place


INTRODUCED = pattern(r"\s?\(([A-Z][A-Za-z0-9&-]*[A-Z])\)")


def _bare(acronym: str, chinese: str) -> Span | None:
    """Return where an acronym stands first, if it is neither in brackets nor behind a name."""
    match = re.search(rf"(?<![A-Za-z0-9]){re.escape(acronym)}(?![A-Za-z0-9])", chinese)
    if not match or is_in_brackets(Span(*match.span()), chinese):
        return None
    return Span(*match.span())


def _has_counterpart(phrase: Phrase, english: str, chinese: str, phrases: Sequence[Phrase]) -> bool:
    """Tell whether a Chinese text has a name of the same kind, or all words of a name."""
    names = [part for one in phrases for part in parts_of(one)]
    texts = texts_of(english, chinese)
    rendered, free = match_names(names, texts)
    allowed = heads_in_chinese()[phrase.head]
    words = [word for word, _start, _end in words_in(phrase.text, phrase.head)]
    return (
        phrase in rendered
        or any(is_kind(one.head, allowed) for one in free)
        or (len(words) > 1 and not any(map(texts.is_absent, words)))
    )
