"""Transliterated names of which a part is not the sound of its word, or that are turned round."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from pubkit.model import Span
from pubkit.names.persons.finding.chinese import find_dotted_names
from pubkit.names.persons.texts import Texts, is_free
from pubkit.names.romanization.likeness import SURE_ENDS, Fit, fit, turned
from pubkit.names.romanization.person_names import Quality, Reading, RomanizedName, Style
from pubkit.names.romanization.transliteration import DOTS, is_told
from pubkit.patterns import pattern

RATHER_CERTAIN = 1.1
"""The score from which a foreign name is one, and not that of a firm or a product."""
SURELY_HEARD = 0.4
"""The misfit up to which a part tells that the name is meant."""


def is_misheard(name: RomanizedName, chinese: str, reading: Reading) -> bool:
    """Tell whether a part of a transliterated name is not the sound of its word."""
    if reading.quality is not Quality.TRANSLITERATION or name.first_name:
        return False
    return fit(name.text, chinese, reading.span).is_wrong


def hear(name: RomanizedName, chinese: str, reading: Reading) -> tuple[Reading, bool]:
    """Return a reading of a transliterated name with its right ends, and whether it is wrong."""
    if reading.quality is not Quality.TRANSLITERATION or name.first_name:
        return reading, False
    heard = fit(name.text, chinese, reading.span)
    is_loose = not DOTS.search(reading.text) and heard.total > SURE_ENDS
    if heard.is_wrong or (is_loose and " " in name.text and not is_of_a_minority(name)):
        return reading, True
    text = chinese[heard.span.start : heard.span.end]
    return replace(reading, span=heard.span, text=text), False


def is_doubtful(name: RomanizedName) -> bool:
    """Tell whether a name may be that of a firm or a product."""
    if name.style is not Style.WESTERN or name.score >= RATHER_CERTAIN:
        return False
    return not is_of_a_minority(name)


def is_of_a_minority(name: RomanizedName) -> bool:
    """Tell whether each word of a name is known, or its whole make."""
    return name.style is Style.MINORITY or all(map(is_told, name.text.split()))


def misheard_span(
    name: RomanizedName,
    readings: Iterable[Reading],
    others: Iterable[RomanizedName],
    texts: Texts,
) -> Span | None:
    """Return what stands wrongly for a transliterated name, unless something is right.

    Args:
        name: The name.
        readings: What sounds a little like it.
        others: Names of which no form is known either.
        texts: The pair of texts.
    """
    text = texts.chinese
    spans = [Span(*place) for place in find_dotted_names(text)]
    spans += [one.span for one in readings if not _overlaps(one.span, spans)]
    found = [(span, fit(name.text, text, span)) for span in spans if _is_nobodys(span, texts)]
    if any(one.is_right for _span, one in found):
        return None
    others = tuple(others)
    left = [
        one
        for span, one in found
        if not any(fit(other.text, text, span).is_right for other in others)
    ]
    return next(_wrong(name, left, texts), None)


def _is_nobodys(span: Span, texts: Texts) -> bool:
    """Tell whether a stretch of the Chinese text names nobody else in full."""
    if texts.into_chinese:
        return is_free(span, texts)
    return not _overlaps(span, [one.span for one in texts.chinese_namings if one.persons])


def _overlaps(span: Span, others: Iterable[Span]) -> bool:
    return any(span.start < one.end and one.start < span.end for one in others)


def _wrong(name: RomanizedName, left: list[Fit], texts: Texts) -> Iterator[Span]:
    for one in left:
        if fit(turned(name.text), texts.chinese, one.span).is_right:
            if not FAMILY_NAME_FIRST.search(texts.chinese):
                yield one.span
            return
    for one in sorted(left, key=lambda one: one.total):
        if one.is_wrong and (one.best <= SURELY_HEARD or not is_doubtful(name)):
            yield one.span


FAMILY_NAME_FIRST = pattern("匈牙利|布达佩斯")
"""Hungarian names keep their own order in Chinese, whatever the English one."""
