"""Titles that stand in the translation as in the source."""

import re
from collections.abc import Iterator, Sequence

from pubkit.model import Span
from pubkit.names.titles.english import (
    BODY_AFTER,
    SMALL,
    is_body,
)
from pubkit.names.titles.kinds import AgreedTitle
from pubkit.names.titles.offices import (
    find_han_offices,
    find_offices,
    is_rendering,
)
from pubkit.names.titles.unknown import BEFORE_NAME
from pubkit.patterns import pattern

LATIN = pattern(r"[A-Za-z]{2}")
HONORIFICS = frozenset(["Mr", "Ms", "Mrs", "Miss", "Madam", "Dame", "Sir"])
HONORIFIC = pattern(rf"\b(?:{'|'.join(sorted(HONORIFICS))})\b(?=\.?\s[A-Z])")
BESIDE_HAN = pattern(r"[\u4e00-\u9fff·]\s?[A-Z]|[a-z]\.?\s?[\u4e00-\u9fff]")
HAN = pattern(r"[\u4e00-\u9fff]")


def find_untranslated(
    source: str,
    target: str,
    *,
    agreed: Sequence[AgreedTitle] = (),
    languages: tuple[str, str] | None = None,
) -> Iterator[tuple[Span, Span]]:
    """Yield the titles that stand in the target as in the source: where, and where there.

    Args:
        source: The words of the source.
        target: The words of the translation.
        agreed: The titles of the termbase in the source; they may be of any language.
        languages: ``("en", "zh")`` or ``("zh", "en")``, if these are the languages.
    """
    if languages and not (LATIN if languages[0] == "en" else HAN).search(target):
        return
    spans = {title.span: title.text for title in agreed if not _stays(title)}
    taken = {title.span for title in agreed}
    if languages:
        for span, text in _known_titles(source, languages[0]):
            if not any(other.start < span.end and span.start < other.end for other in taken):
                spans[span] = text
    found: set[Span] = set()
    for there, text in spans.items():
        for here in _places(text, target):
            is_new = here not in found and not BODY_AFTER.match(target, here.end)
            is_free = _is_in_brackets(there, source)
            if is_new and (is_free or not _is_explanation(here, target, text, agreed)):
                found.add(here)
                yield here, there
                break


def _stays(title: AgreedTitle) -> bool:
    return any(title.text in form for form in title.forms)


def _known_titles(source: str, lang: str) -> Iterator[tuple[Span, str]]:
    if lang == "en":
        for office in find_offices(source):
            is_title = office.is_capitalized and not office.is_plain and not office.text.isupper()
            if is_title and not is_body(source, office):
                text = office.text.lstrip(SMALL)  # now Honorary Adviser
                yield Span(office.span.end - len(text), office.span.end), text
        for match in HONORIFIC.finditer(source):
            yield Span(*match.span()), match[0]
    else:
        for han in find_han_offices(source):
            yield han.span, han.text


def _places(text: str, target: str) -> Iterator[Span]:
    pattern = r"\s+".join(re.escape(word) for word in text.split())
    for match in re.finditer(rf"(?<![A-Za-z]){pattern}(?![A-Za-z])", target):
        if text not in HONORIFICS or BESIDE_HAN.search(
            target[max(0, match.start() - 2) : match.end() + 2]
        ):
            yield Span(*match.span())


def _is_in_brackets(place: Span, text: str) -> bool:
    """Tell whether a title stands in brackets, or within the title of a work."""
    return _bracket_around(place, text) is not None


def _bracket_around(place: Span, text: str) -> Span | None:
    for opening, closing in ("（）", "()", "《》"):
        start, end = text.rfind(opening, 0, place.start), text.find(closing, place.end)
        if end >= 0 and start > text.rfind(closing, 0, place.start):
            return Span(start, end + 1)
    return None


def _is_explanation(place: Span, target: str, title: str, agreed: Sequence[AgreedTitle]) -> bool:
    """Tell whether a title stays in brackets behind its translation, without more words."""
    bracket = _bracket_around(place, target)
    if not bracket or target[bracket.start] == "《":
        return bracket is not None
    beside = target[bracket.start : place.start] + target[place.end : bracket.end]
    return not HAN.search(beside) and _is_translated(title, target, bracket, agreed)


def _is_translated(title: str, target: str, bracket: Span, agreed: Sequence[AgreedTitle]) -> bool:
    """Tell whether a title in brackets may explain what stands elsewhere in the text."""
    if any(form in target for one in agreed if one.text == title for form in one.forms):
        return True
    if BEFORE_NAME.search(target, max(0, bracket.start - 12), bracket.start):
        return True
    english, chinese = (target, title) if HAN.search(title) else (title, target)
    hans = find_han_offices(chinese)
    return any(is_rendering(one, han) for one in find_offices(english) for han in hans)
