"""Persons' names in English and Chinese texts: find them, and say which belong together.

::

    find_names("Pan Feng, Dean of …")  -->  RomanizedName  --locate(…, "院长潘锋……")-->  Reading
    find_han_names("院长潘锋……")  -->  HanName  --romanize-->  "Pan Feng"

Knows spellings, surnames and characters; knows nothing of termbases, catalogs and findings.
"""

from collections.abc import Collection

from pubkit.names.persons.finding import chinese as chinese_names
from pubkit.names.persons.finding import english as english_names
from pubkit.names.romanization import readings
from pubkit.names.romanization.person_names import HanName, Quality, Reading, RomanizedName, Style

__all__ = [
    "HanName",
    "Quality",
    "Reading",
    "RomanizedName",
    "Style",
    "find_han_names",
    "find_names",
    "find_surname_mentions",
    "locate",
    "reads_as",
    "romanize",
]


def find_names(
    text: str, *, known: Collection[str] = (), surname_first: bool | None = None
) -> list[RomanizedName]:
    """Return the persons named in full in an English text, in order; none overlaps.

    Args:
        text: Prose without markup.
        known: Names, as written, that are persons elsewhere in the document: weaker evidence
            suffices for them.
        surname_first: The order of Chinese names in the document, where most names agree; it
            decides on names that can be read both ways.

    Returns:
        Names with a score of 1.0 and more. Names beside one another do not overlap.
    """
    return english_names.find_names(text, known=frozenset(known), surname_first=surname_first)


def find_surname_mentions(text: str, names: Collection[RomanizedName]) -> list[RomanizedName]:
    """Return where an English text has nothing but the surname of one of these persons.

    After an office or form of address (``Professor Ren``), or alone (``Ren said``), but not
    inside a longer capitalised name. Of two persons with one surname the first is named; both
    have the same ``surname``, so a caller can look for others.

    Returns:
        The persons with the spans of their surnames, ``given`` and ``first_name`` empty.
    """
    return english_names.find_surname_mentions(text, names)


def locate(name: RomanizedName, chinese: str) -> list[Reading]:
    """Return every place of a Chinese text that can be read as a name, best first.

    The surname stands first in Chinese, whatever the English order. Overlapping places are not
    told twice. NEAR and SURNAME_ONLY are told only where no FULL reading covers the place.
    """
    return readings.locate(name, chinese)


def reads_as(name: RomanizedName, han: str) -> Quality | None:
    """Return how well a whole Chinese form, such as a termbase's, reads as a name."""
    whole = [r for r in locate(name, han) if r.span.start == 0 and r.span.end == len(han)]
    return whole[0].quality if whole else None


def find_han_names(chinese: str, *, known: Collection[str] = ()) -> list[HanName]:
    """Return the persons named in a Chinese text, in order; none overlaps.

    Han names by a surname and the office, verb of speech or list beside them; transliterated
    names by their dot. Names that are ``known`` need no evidence.
    """
    return chinese_names.find_han_names(chinese, known=frozenset(known))


def romanize(han: str) -> str:
    """Return a Han name in pinyin, surname first: ``潘锋`` is ``Pan Feng``.

    A transliterated name cannot be spelt by rule: nothing is returned.
    """
    return chinese_names.romanize(han)
