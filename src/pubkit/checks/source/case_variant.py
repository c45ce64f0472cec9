"""Does the source write a name with other capitals than elsewhere?"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from itertools import chain, pairwise

from pubkit.checks.pair import SourceTexts
from pubkit.checks.registry import check
from pubkit.checks.source.words import WORD, SourceWords, pattern_of, read_words
from pubkit.localize import language
from pubkit.messages import gettext as _
from pubkit.model import Problem, Severity, TermKind
from pubkit.names.vocabulary import FUNCTION_WORDS, is_english_word
from pubkit.patterns import pattern


@check(SourceTexts, severity=Severity.WARNING)
def source_case_variant(source: SourceTexts) -> Iterator[Problem]:
    """The source writes a name or a theme with other capitals than elsewhere.

    Why:
        It is one name; each language has to copy or to mend the slip.

    Bad:
        He likes “AI for Materials”. “AI for Materials” is “AI for materials”. → 他喜欢。

    Good:
        He likes “AI for Materials”. → “AI for Materials”很新，他很喜欢。

    Source:
        House rule; headlines and the beginnings of sentences raise what they like.
    """
    if language(source.lang) != "en":
        return
    read = source.once(read_words)
    usual = _usual_phrases(source, read)
    if not usual:
        return
    by_start: defaultdict[Words, list[Words]] = defaultdict(list)
    for folded in usual:
        by_start[folded[:2]].append(folded)
    found = [
        (read.texts[index][0], form, folded)
        for index in _suspicious(read, usual.values())
        for form, folded in dict(_other_forms(read.texts[index][1], by_start, usual)).items()
    ]
    numbers = Counter(form for _segment, form, _folded in found)
    for segment, form, folded in found:
        if numbers[form] <= MOST_SLIPS and not _only_begins(usual[folded], form, read):
            yield Problem(
                message=_("“{form}” is elsewhere written “{usual}”").format(
                    form=form, usual=usual[folded]
                ),
                suggestion=usual[folded],
                at=segment,
            )


MOST_SLIPS = 2
"""In how many texts a form may stand that is none; an author who uses it oftener means it."""


def _only_begins(usual: str, form: str, read: SourceWords) -> bool:
    """Tell whether a first word is raised by the beginnings of sentences only: ``See Section``."""
    if not form[0].islower() or form[1:] != usual[1:]:
        return False
    places = (match.start() for match in pattern_of(usual).finditer(read.text))
    return all(
        read.text[place - 1 : place] in ("", "\n")
        or BEGINNING.search(read.text, max(0, place - 9), place)
        for place in places
    )


# ---------------------------------------------------------------- the usual capitals

Words = tuple[str, ...]
SMALL = pattern(r"[ \u00a0](?:of|for|in|and|at|on|to|with|the)[ \u00a0]")


def _usual_phrases(source: SourceTexts, read: SourceWords) -> Mapping[Words, str]:
    """Return the names that the source writes twice with the same capitals, by their words."""
    numbers: defaultdict[str, int] = defaultdict(int)
    for run, number in read.capitals.items():
        for form in _forms_of(run):
            numbers[form] += number - read.capitals_of_headlines.get(run, 0)
    for term in source.termbase.terms:
        if term.source in numbers and term.kind in KINDS:
            numbers[term.source] += 1
    usual: dict[Words, str] = {}
    repeated = [
        form for form, number in numbers.items() if number > 1 or (number and _is_long_name(form))
    ]
    for form in sorted(repeated, key=numbers.__getitem__, reverse=True):
        if len(words := _folded(form)) > 1:
            usual.setdefault(words, form)
    return usual


LONG_NAME = 4


def _is_long_name(form: str) -> bool:
    """Tell whether a name has so many capitals that it needs no second witness."""
    words = form.split()
    return len(words) >= LONG_NAME and all(word.istitle() for word in words)


KINDS = frozenset({TermKind.ORGANIZATION, TermKind.EVENT, TermKind.TERM})


def _forms_of(run: str) -> Collection[str]:
    """Return the names that capitals stand for, without what a sentence's beginning raises."""
    if ". " not in run:
        phrase = _without_article(run)
        return {phrase, SMALL.split(phrase)[0]}
    return {form for part in run.split(". ") for form in _forms_of(part)}


def _without_article(form: str) -> str:
    """Return a phrase without the words before the name, which a sentence's beginning raises."""
    while " " in form and form.partition(" ")[0].casefold() in FUNCTION_WORDS:
        form = form.partition(" ")[2]
    return form


def _folded(form: str) -> Words:
    return tuple(word.casefold() for word in WORD.findall(form))


# ---------------------------------------------------------------- other capitals


def _suspicious(read: SourceWords, usual: Collection[str]) -> Iterator[int]:
    """Yield the texts where two words of a name stand with other capitals than in the name."""
    words = [WORD.findall(form) for form in usual]
    usual_forms = frozenset(chain.from_iterable(words))
    pairs = frozenset(
        (one.casefold(), other.casefold()) for form in words for one, other in pairwise(form)
    )
    folded = frozenset(chain.from_iterable(pairs))
    other_forms = frozenset(
        form
        for form, word in read.vocabulary.items()
        if word not in usual_forms and word.casefold() in folded
    )
    for index, forms in enumerate(read.words):
        if other_forms.isdisjoint(forms) or read.is_headline(index):
            continue
        found = [
            (read.vocabulary[one].casefold(), read.vocabulary[other].casefold())
            for one, other in pairwise(forms)
            if one in other_forms or other in other_forms
        ]
        if not pairs.isdisjoint(found):
            yield index


SPACED = pattern(rf"{WORD.pattern}(?:[ \u00a0]{WORD.pattern})+")


def _other_forms(
    text: str, by_start: Mapping[Words, list[Words]], usual: Mapping[Words, str]
) -> Iterator[tuple[str, Words]]:
    """Yield the phrases that are known with other capitals, where they have some themselves."""
    matches = list(WORD.finditer(text))
    folded = [match[0].casefold() for match in matches]
    for place in range(len(matches) - 1):
        for phrase in by_start.get((folded[place], folded[place + 1]), ()):
            end = place + len(phrase)
            if tuple(folded[place:end]) == phrase:
                form = text[matches[place].start() : matches[end - 1].end()]
                before = text[: matches[place].start()]
                if (
                    SPACED.fullmatch(form)
                    and form != usual[phrase]
                    and _is_raised(form, before)
                    and _is_name(form, before)
                ):
                    yield form, phrase


def _is_name(form: str, before: str) -> bool:
    """Tell whether a phrase is more than an acronym with a common noun: ``IP address``."""
    words = form.split()
    own = [
        word for word in words if word[0].isupper() and not (len(word) > 1 and word[1:2].isupper())
    ]
    own = [word for word in own if not any(one.isupper() or one.isdigit() for one in word[1:])]
    return bool(own) or len(words) >= LONG_PHRASE or before[-1:] in tuple("“‘\"'")


LONG_PHRASE = 3


BEGINNING = pattern(r"[.!?:—–…][”’\"')]*\s*[“‘\"'(]*\Z")


def _is_raised(form: str, before: str) -> bool:
    """Tell whether a phrase has capitals of its own, not only that of a sentence's beginning."""
    if form.isupper():
        return False
    words = form.split()
    if any(word[0].isupper() for word in words[1:]):
        return True
    is_inherent = len(words[0]) > 1 and words[0].isupper()
    begins = not before.strip(" “‘\"'(*") or BEGINNING.search(before)
    return words[0][0].isupper() and (
        is_inherent or not begins or not is_english_word(words[0].casefold())
    )
