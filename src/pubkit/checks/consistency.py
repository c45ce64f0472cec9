"""Do the translations of a document agree with each other, and with the source of today?"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from pubkit.checks.pair import Pair, Translation
from pubkit.checks.registry import check
from pubkit.checks.technical import is_technical
from pubkit.messages import gettext as _
from pubkit.messages import shortened
from pubkit.model import Problem, Severity, Span, Term, TermKind
from pubkit.names.vocabulary import FUNCTION_WORDS
from pubkit.patterns import pattern

END = ".!?:;,…。！？：；，、"
WORD = pattern(r"[^\W_]+(?:['’-][^\W_]+)*")
HAN = pattern("[\u3400-\u4dbf\u4e00-\u9fff]")


def _compared(translation: Translation) -> Iterator[Pair]:
    return (pair for pair in translation.pairs if pair.is_comparable)


def _groups(pairs: Iterable[Pair], key: Callable[[Pair], str]) -> Iterator[Sequence[Pair]]:
    """Yield the pairs that share a key with others."""
    found: defaultdict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        found[key(pair)].append(pair)
    return (group for group in found.values() if len(group) > 1)


BEGINNING = 8


def _beginning(text: str) -> str:
    """Return what texts that say the same begin with: hardly any others do, and it is cheap."""
    letters = "".join(filter(str.isalnum, text[: 3 * BEGINNING]))
    if len(letters) < BEGINNING:
        letters = "".join(filter(str.isalnum, text))
    return letters[:BEGINNING].casefold()[:BEGINNING]


def _same_source(text: str) -> str:
    """Return what two source texts share that differ in case, spaces and the last mark."""
    return " ".join(text.split()).casefold().rstrip(END).rstrip()


def _any_source(pair: Pair) -> str:
    return _same_source(pair.source)


def _exact_source(pair: Pair) -> str:
    return " ".join(pair.source.split())


def _same_target(text: str) -> str:
    """Return what two translations share that differ in spaces, width, quotes and marks."""
    return "".join(WORD.findall(text.casefold()))


# ---------------------------------------------------------------- one source, several targets


@check(Translation, severity=Severity.WARNING)
def inconsistent_translation(translation: Translation) -> Iterator[Problem]:
    """One text of the source is translated in several ways.

    Why:
        Readers look for a difference in meaning where there is none.

    Bad:
        Registration is free. → 报名免费。, and elsewhere: 无须缴纳报名费。

    Good:
        Registration is free. → 报名免费。

    Source:
        House rule; a single word may be a label here and a heading there.
    """
    pairs = _compared(translation)
    # In a program, ``Header`` and ``Header:`` are two things.
    same = _exact_source if translation.once(is_technical) else _any_source
    for alike in _groups(pairs, lambda pair: _beginning(pair.source)):
        for group in _groups(alike, same):
            yield from _inconsistent(group)


def _inconsistent(pairs: Sequence[Pair]) -> Iterator[Problem]:
    renderings: defaultdict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        renderings[_same_target(pair.target)].append(pair)
    if len(renderings) < 2 or (_is_label(pairs[0].source) and not _has_one_role(pairs)):
        return
    most = max(len(group) for group in renderings.values())
    usual = [group for group in renderings.values() if len(group) == most]
    for group in renderings.values():
        if len(group) == most and len(usual) == 1:
            continue
        other = next(one for one in usual if one is not group)[0]
        for pair in group:
            message = _("The same source is translated “{other}” in line {line}").format(
                other=shortened(other.target, LONGEST_SHOWN), line=other.entry.line
            )
            yield Problem(message=message, at=pair.entry)


def _is_label(text: str) -> bool:
    """Tell whether a text is a word or a short name, whose rendering depends on its place."""
    return len(WORD.findall(text)) < 2 and len(HAN.findall(text)) < 5


def _has_one_role(pairs: Iterable[Pair]) -> bool:
    return len({(pair.roles, pair.entry.msgctxt) for pair in pairs}) == 1


LONGEST_SHOWN = 40


# ---------------------------------------------------------------- several sources, one target


@check(Translation, severity=Severity.WARNING)
def reused_translation(translation: Translation) -> Iterator[Problem]:
    """Texts that say different things have one and the same translation.

    Why:
        One of them was pasted, or filled in by a program, and never changed.

    Bad:
        The library opens at nine. → 展览在三楼举行。, as has: The show is on the third floor.

    Good:
        The library opens at nine. → 图书馆九点开门。

    Source:
        House rule; synonyms, short labels and other spellings of one text do not count.
    """
    pairs = (pair for pair in _compared(translation) if len(pair.source) >= _shortest_source(pair))
    for alike in _groups(pairs, lambda pair: _beginning(pair.target)):
        for group in _groups(alike, lambda pair: _same_target(pair.target)):
            is_long = len(_same_target(group[0].target)) >= SHORTEST_TARGET
            if is_long and len({_same_source(pair.source) for pair in group}) > 1:
                yield from _reused(group)


SHORTEST_TARGET = 6
MOST_COMPARED = 50
"""Texts of one translation: of more, it is a placeholder, and the first will do."""


def _shortest_source(pair: Pair) -> int:
    if pair.translation.is_into_english and pair.translation.is_english_chinese:
        return 6
    return 12


def _reused(pairs: Sequence[Pair]) -> Iterator[Problem]:
    merits = [_merit(pair) for pair in pairs[:MOST_COMPARED]]
    best = max(merits)
    right = pairs[merits.index(best)]
    is_tie = len([merit for merit in merits if merit == best]) > 1
    for pair, merit in zip(pairs, merits, strict=False):
        others = [other for other in pairs[:MOST_COMPARED] if _says_other_things(pair, other)]
        if others and (merit < best or is_tie):
            other = right if right in others else others[0]
            message = _("This is the translation of another text, too: “{source}”").format(
                source=shortened(other.source, LONGEST_SHOWN)
            )
            yield Problem(message=message, span=Span(0, len(pair.target)), at=pair.entry)


NUMBER = pattern(r"\d+(?:[.,:]\d+)*")


def _merit(pair: Pair) -> int:
    """Tell how well a translation fits its source: by figures, Latin words and agreed names."""
    target = pair.target
    source_figures, figures = Counter(NUMBER.findall(pair.source)), Counter(NUMBER.findall(target))
    shared = (source_figures & figures).total() * 2 - (source_figures | figures).total()
    names = [
        any(form and form in target for form in (mention.term.target, *mention.term.renderings))
        for mention in pair.mentions
    ]
    return shared + sum(1 if is_there else -1 for is_there in names)


def _says_other_things(one: Pair, other: Pair) -> bool:
    first, second = _contents(one), _contents(other)
    if _same_source(one.source) == _same_source(other.source) or not (first and second):
        return False
    if set(NUMBER.findall(one.source)) != set(NUMBER.findall(other.source)):
        return True
    if _names_of(one) != _names_of(other):
        return True
    shared = len(first & second) / min(len(first), len(second))
    is_long = len(_same_target(one.target)) >= LONG_TARGET
    return shared < 0.35 if is_long else shared == 0 and min(len(first), len(second)) > 2


LONG_TARGET = 20


def _names_of(pair: Pair) -> frozenset[Term]:
    """Return who and what a text is about; a name by itself may be shared by two bearers."""
    whole = len(pair.source_prose.text.strip())
    if any(one.span.end - one.span.start >= whole for one in pair.mentions):
        return frozenset()
    kinds = (TermKind.PERSON, TermKind.PLACE)
    return frozenset(one.term for one in pair.mentions if one.term.kind in kinds)


def _contents(pair: Pair) -> frozenset[str]:
    """Return what a source speaks of: its words without endings, or pairs of characters."""
    text = pair.source_prose.text.casefold()
    words = (word for word in WORD.findall(text) if word not in FUNCTION_WORDS)
    if HAN.search(text):
        return frozenset(word[at : at + 2] for word in words for at in range(max(1, len(word) - 1)))
    return frozenset(word[:STEM] for word in words if len(word) > 1)


STEM = 5


# ---------------------------------------------------------------- the source has changed


@check(Pair, severity=Severity.ERROR)
def source_changed(pair: Pair) -> Iterator[Problem]:
    """The source was changed after it was translated.

    Why:
        The translation says what the source said before.

    Bad:
        #, fuzzy, #| The fair opens on May 8. — The fair opens on May 9. → 展会5月8日开幕。

    Good:
        The fair opens on May 9. → 展会5月9日开幕。

    Source:
        GNU gettext manual, 10.2 "Invoking the msgmerge Program": the option --previous.
    """
    before = pair.entry.previous_msgid
    if pair.entry.is_fuzzy and before is not None and before != pair.entry.msgid:
        old, new = _difference(before.split(), pair.entry.msgid.split())
        yield Problem(
            message=_("The source has changed: “{old}” became “{new}”").format(old=old, new=new)
        )


def _difference(old: Sequence[str], new: Sequence[str]) -> tuple[str, str]:
    """Return what stands between the words that both texts begin and end with."""
    start, end = 0, 0
    shorter = min(len(old), len(new))
    while start < shorter and old[start] == new[start]:
        start += 1
    while end < shorter - start and old[-1 - end] == new[-1 - end]:
        end += 1
    start = max(0, start - 1)
    return _part(old, start, end), _part(new, start, end)


def _part(words: Sequence[str], start: int, end: int) -> str:
    return shortened(" ".join(words[start : len(words) - end]), LONGEST_SHOWN)
