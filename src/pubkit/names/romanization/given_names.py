"""Given names of Japan, Korea and Vietnam: can characters be read as they are spelt?

Their readings are many, and parents invent more. So what no table has is let pass, and a character
is wrong for sure only if it is known for other readings.
"""

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from types import MappingProxyType

from pubkit.names.romanization.japanese import MACRONS
from pubkit.names.romanization.spellings import local_characters, local_signs
from pubkit.names.tables import read_table


def is_surely_other(style: str, syllable: str, sign: str) -> bool:
    """Tell whether a character is known in the names of a country, and never read so.

    Args:
        style: ``korean`` or ``vietnamese``.
        syllable: As spelt, without accents.
        sign: A simplified character.
    """
    wanted = local_characters(style, syllable)
    return bool(wanted) and sign not in wanted and sign in local_signs(style)


# ---------------------------------------------------------------- Japan

LONG_VOWELS = (("ou", "o"), ("oo", "o"), ("uu", "u"), ("oh", "o"))
VOICED = (("ts", "z"), ("sh", "j"), ("ch", "j"), ("k", "g"), ("s", "z"), ("t", "d"), ("h", "b"))
WHOLE = MappingProxyType(
    {
        "大和": "yamato", "飞鸟": "asuka", "日向": "hinata", "日和": "hiyori", "五月": "satsuki",
        "和泉": "izumi", "红叶": "momiji", "七夕": "tanabata", "向日葵": "himawari",
    }
)  # fmt: skip
"""Names whose characters are read together."""


@lru_cache(maxsize=4096)
def reads_in_japanese(spelt: str, signs: str) -> bool | None:
    """Tell whether characters can be read as a given name; None where one is not known."""
    if signs in WHOLE:
        return WHOLE[signs] == plain_japanese(spelt)
    if not signs or not all(sign in _readings() for sign in signs):
        return None
    return _reads(plain_japanese(spelt), signs, is_first=True)


@lru_cache(maxsize=4096)
def reads_in_part(spelt: str, signs: str) -> bool:
    """Tell whether the first or the last of some characters is read so at its place."""
    name = plain_japanese(spelt)
    return any(map(name.startswith, _sounds(signs[0], is_first=True))) or any(
        map(name.endswith, _sounds(signs[-1], is_first=False))
    )


def plain_japanese(spelt: str) -> str:
    """Return a name in small letters, its long vowels short."""
    name = spelt.lower().translate(MACRONS)
    for long, short in LONG_VOWELS:
        name = name.replace(long, short)
    return name


def _reads(rest: str, signs: str, *, is_first: bool) -> bool:
    if not signs:
        return not rest
    return any(
        rest.startswith(sound) and _reads(rest[len(sound) :], signs[1:], is_first=False)
        for sound in _sounds(signs[0], is_first=is_first)
    )


def _sounds(sign: str, *, is_first: bool) -> Iterator[str]:
    """Yield the readings of a character; behind another one its sound may be voiced."""
    for reading in _readings().get(sign, ()):
        yield reading
        for plain, voiced in () if is_first else VOICED:
            if reading.startswith(plain):
                yield voiced + reading[len(plain) :]


@cache
def _readings() -> Mapping[str, tuple[str, ...]]:
    rows = read_table("japanese-readings.tsv")
    return MappingProxyType({sign: tuple(told.split()) for sign, told in rows})
