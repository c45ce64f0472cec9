"""What a capitalised word of an English text can be: each word is looked up once."""

from collections.abc import Iterable
from functools import cache, lru_cache

from pubkit.names.romanization.person_names import Style
from pubkit.names.romanization.spellings import (
    cantonese_characters,
    local_characters,
    taiwan_characters,
)
from pubkit.names.romanization.surnames import foreign_surnames, pinyin_surnames, variant_surnames
from pubkit.names.romanization.syllables import JOINT, plain_letters, segment
from pubkit.names.romanization.transliteration import is_told, plain
from pubkit.names.tables import read_table, read_words
from pubkit.values import dataclass

INFLECTIONS = ("s", "es", "d", "ed", "ing", "ly", "er", "ers")


@dataclass(frozen=True, slots=True)
class Word:
    """What is known of one word, without its neighbours."""

    text: str
    lower: str
    is_capital: bool
    """Whether it is written in capital letters throughout, and has two at least."""
    is_initial: bool
    """``F.`` or ``JK``, ``J.-P.``"""
    is_english: bool
    is_place: bool
    is_office: bool
    is_follower: bool
    """Whether a name before it is part of the name of a place or an organization."""
    is_beginning: bool
    """Whether it stands at the beginning of sentences."""
    pinyin: tuple[tuple[str, ...], ...]
    """The ways to cut it into syllables of pinyin."""
    surname: float
    """Its weight as a surname in pinyin; 0 if it is none."""
    variant: float
    """Its weight as a surname of Hong Kong, Taiwan or overseas Chinese."""
    parts: tuple[str, ...]
    """The syllables of a hyphenated given name, lower case; empty if it is none."""
    first: float
    """Its weight as a Western first name."""
    last: float
    """Its weight as a Western last name."""

    given: tuple[str, ...]
    """The likeliest syllables of a given name in pinyin: one or two."""
    is_foreign_to_english: bool
    """Whether it can be a name that no list has."""


MOST_GIVEN = 2
NAME_AND_WORD = 0.25
NAME_ONLY = 0.6
LAST_ONLY = 0.5
LAST_AND_WORD = 0.15
SHORTEST_INFLECTED = 4


@lru_cache(maxsize=32768)
def look_up(text: str) -> Word:
    """Return what a word can be."""
    lower = plain_letters(text)
    surname, variant = pinyin_surnames().get(lower), variant_surnames().get(lower)
    ways = segment(text)
    bare = lower.rstrip(".")
    kinds = {kind: bare in words_of(kind) for kind in KINDS}
    is_capital = text.isupper() and len(text) > 1 and "." not in text
    is_word = is_english(lower) and (text.isascii() or text.lower() in WITH_ACCENTS)
    first, last = _western_weights(lower, is_word=is_word)
    return Word(
        text=text,
        lower=lower,
        is_capital=is_capital,
        is_initial=_is_initial(text),
        is_english=is_word,
        **{f"is_{kind}": is_kind for kind, is_kind in kinds.items()},
        pinyin=ways,
        surname=surname.weight if surname else 0.0,
        variant=variant.weight if variant else 0.0,
        parts=_parts(lower),
        first=first,
        last=last,
        given=next((way for way in ways if len(way) <= MOST_GIVEN), ()),
        is_foreign_to_english=not (is_word or is_capital or any(kinds.values())),
    )


WITH_ACCENTS = frozenset(["café", "château", "fête", "résumé", "exposé", "cliché", "soirée"])
"""English words that are written with accents; ``Tomé`` is no tome."""
KINDS = ("place", "office", "follower", "beginning")


def _western_weights(lower: str, *, is_word: bool) -> tuple[float, float]:
    """Return the weights of a word as a first and as a last name, those of minorities included."""
    minority = LAST_ONLY if is_told(lower) and not is_word else 0.0
    first = _weight(lower, "first-names.txt", NAME_ONLY, NAME_AND_WORD)
    if not first and not is_word and plain(lower) in words_of("firstname"):
        first = NAME_ONLY
    last = _weight(lower, "last-names.txt", LAST_ONLY, LAST_AND_WORD)
    return max(first, minority), max(last, minority)


@cache
def words_of(kind: str) -> frozenset[str]:
    """Return the words of one kind: office, follower, place, beginning and so on."""
    return frozenset(
        word for row in read_table("name-words.tsv") if row[0] == kind for word in row[1].split()
    )


NO_NAME = 1.2
NEVER_A_NAME = 5.0


def weight_against(phrase: str) -> float:
    """Return how much a phrase is known for looking like a name and being none."""
    phrases = read_words("no-names.txt")
    if f"{phrase}!" in phrases:
        return NEVER_A_NAME
    return NO_NAME if phrase in phrases else 0.0


def is_english(lower: str) -> bool:
    """Tell whether a word is in the dictionary, regular inflections included."""
    words = read_words("english-words.txt")
    if lower in words:
        return True
    return len(lower) > SHORTEST_INFLECTED and any(
        lower.endswith(ending) and lower[: -len(ending)] in words for ending in INFLECTIONS
    )


def _is_initial(text: str) -> bool:
    letters = text.replace(".", "").replace("-", "")
    return len(letters) <= 2 and letters.isupper() and ("." in text or len(letters) == 1)


def _weight(lower: str, name: str, only: float, and_word: float) -> float:
    """Return the weight of a name that a list has; an asterisk marks those that are words, too."""
    listed = read_words(name)
    if lower in listed:
        return only
    if f"{lower}*" in listed:
        return and_word
    parts = lower.split("-")
    return only if len(parts) > 1 and all(part in listed for part in parts) else 0.0


def _parts(lower: str) -> tuple[str, ...]:
    """Return the parts of ``wing-lam`` if they can be syllables of one name."""
    parts = tuple(JOINT.split(lower)) if "-" in lower or "‐" in lower or "‑" in lower else ()
    return parts if len(parts) == MOST_GIVEN and are_syllables(parts) else ()


def are_syllables(parts: Iterable[str]) -> bool:
    """Tell whether each part can be a syllable of a Chinese or Korean name."""
    return all(
        len(part) > 0
        and bool(
            cantonese_characters(part)
            or taiwan_characters(part)
            or local_characters("overseas", part)
            or local_characters("korean", part)
        )
        for part in parts
    )


@lru_cache(maxsize=8192)
def foreign_style(lower: str) -> frozenset[Style]:
    """Return the countries that have a surname spelt so."""
    styles = (Style.KOREAN, Style.VIETNAMESE, Style.JAPANESE)
    return frozenset(style for style in styles if (style, lower) in foreign_surnames())
