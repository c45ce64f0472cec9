"""Which edition a member gets: by the languages that they read, and the editions that there are.

Nothing is asked of CLDR, so that it costs nothing to go on with a campaign. What has to be known
of scripts is known here: that ``zh-TW`` is written as ``zh-Hant`` is, and not as ``zh``.

Source:
    RFC 4647, 3.4 "Lookup"; Unicode CLDR, likely subtags.
"""

from collections.abc import Sequence
from functools import lru_cache

from pubkit.distribution.campaign import Recipient
from pubkit.values import dataclass

SCRIPTS = {
    "az": "Latn",
    "bs": "Latn",
    "ha": "Latn",
    "kk": "Cyrl",
    "ks": "Arab",
    "ku": "Latn",
    "ky": "Cyrl",
    "mn": "Cyrl",
    "ms": "Latn",
    "pa": "Guru",
    "sd": "Arab",
    "sr": "Cyrl",
    "tg": "Cyrl",
    "tk": "Latn",
    "ug": "Arab",
    "uz": "Latn",
    "yue": "Hant",
    "zh": "Hans",
}
"""In which script a language is written that has more than one, if its tag does not say."""
SCRIPTS_OF_TERRITORIES = {
    "az-IR": "Arab",
    "kk-CN": "Arab",
    "ky-CN": "Arab",
    "mn-CN": "Mong",
    "pa-PK": "Arab",
    "sr-ME": "Latn",
    "tg-PK": "Arab",
    "uz-AF": "Arab",
    "yue-CN": "Hans",
    "zh-AU": "Hant",
    "zh-HK": "Hant",
    "zh-MO": "Hant",
    "zh-TW": "Hant",
}
"""The same where it depends on the territory."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The edition for a member."""

    lang: str
    """Its language, as the project writes it."""
    is_fallback: bool = False
    """Whether it is none that the member asks for, or in another script."""


def choose_language(
    recipient: Recipient,
    available: Sequence[str],
    *,
    default: str = "",
    fallback: Sequence[str] = (),
) -> Choice | None:
    """Return the edition that a member gets, or none.

    The first of the member's languages decides in which there is an edition; a more or less
    specific tag will do, another script will not. Only where all fail, an edition in one of their
    languages and another script is taken, and then what everybody falls back on.

    Args:
        recipient: The member.
        available: The languages of the editions.
        default: The language of members for whom the roster names none.
        fallback: What members get in whose language there is none, best first.
    """
    wanted = recipient.languages or ((default,) if default else ())
    return _choose(wanted, tuple(available), tuple(fallback)) if wanted else None


@lru_cache(maxsize=4096)
def _choose(
    wanted: tuple[str, ...], available: tuple[str, ...], fallback: tuple[str, ...]
) -> Choice | None:
    for tag in wanted:
        if found := match_language(tag, available):
            return Choice(found)
    for tag in wanted:
        found = next((other for other in available if _same(tag, other)), None)
        if found:
            return Choice(found, is_fallback=True)
    for tag in fallback:
        if found := match_language(tag, available):
            return Choice(found, is_fallback=True)
    return None


def match_language(tag: str, available: Sequence[str]) -> str | None:
    """Return the available language that is nearest to one, in the same script, if there is one.

    The same tag wins, then the same territory, then the tag that says least.
    """
    wanted = _parts(tag)
    found = [other for other in available if _parts(other)[:2] == wanted[:2]]
    return min(found, key=lambda other: _distance(tag, other), default=None)


def _distance(tag: str, other: str) -> tuple[bool, bool, bool, int]:
    one, two = _parts(tag), _parts(other)
    is_equal = tag.lower() == other.lower()
    return (not is_equal, one[2] != two[2], bool(two[2]), other.count("-"))


def _same(tag: str, other: str) -> bool:
    return _parts(tag)[0] == _parts(other)[0]


@lru_cache(maxsize=1024)
def _parts(tag: str) -> tuple[str, str, str]:
    """Return the language of a tag, its script if that can be in doubt, and its territory."""
    language, *rest = tag.replace("_", "-").split("-")
    language = language.lower()
    script = next((part.title() for part in rest if len(part) == 4 and part.isalpha()), "")
    territory = next((part.upper() for part in rest if len(part) == 2 or _is_area(part)), "")
    usual = SCRIPTS.get(language, "")
    script = script or SCRIPTS_OF_TERRITORIES.get(f"{language}-{territory}", usual)
    return language, script, territory


def _is_area(part: str) -> bool:
    return len(part) == 3 and part.isdecimal()
