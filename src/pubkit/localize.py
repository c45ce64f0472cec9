"""Languages: their tags, scripts, directions, names, dates and numbers.

The only module that asks Babel (and so CLDR) anything. Everywhere else a language is its
BCP 47 tag, such as ``zh`` or ``pt-BR``; folders and .po headers use locale names (``pt_BR``).

Babel takes a while to import, so the functions that need it import it; what nearly every command
asks of the commonest languages is answered without it.
"""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from pubkit.errors import ConfigError
from pubkit.messages import gettext as _
from pubkit.patterns import pattern

if TYPE_CHECKING:
    from babel.core import Locale


class _Subtags(NamedTuple):
    """The parts of a language tag."""

    language: str
    script: str
    territory: str


COMMON: Mapping[str, _Subtags] = {
    "en": _Subtags("en", "Latn", "US"),
    "en-US": _Subtags("en", "Latn", "US"),
    "en-GB": _Subtags("en", "Latn", "GB"),
    "zh": _Subtags("zh", "Hans", "CN"),
    "zh-CN": _Subtags("zh", "Hans", "CN"),
    "zh-Hans": _Subtags("zh", "Hans", "CN"),
    "zh-TW": _Subtags("zh", "Hant", "TW"),
    "zh-Hant": _Subtags("zh", "Hant", "TW"),
}
"""What CLDR says of the commonest tags, as they are usually spelt."""
_COMMON_PLURALS = {"en": "nplurals=2; plural=(n != 1);", "zh": "nplurals=1; plural=0;"}


@cache
def _locale(tag: str) -> "Locale":
    """Return what CLDR knows of a language.

    Raises:
        ConfigError: Nobody knows the language.
    """
    from babel.core import Locale, UnknownLocaleError

    name = tag.replace("-", "_")
    try:
        _verify_parts(name)
        return Locale.parse(name)
    except (ValueError, UnknownLocaleError):
        from difflib import get_close_matches

        from babel.localedata import locale_identifiers

        known = [name.replace("_", "-") for name in locale_identifiers()]
        nearest = get_close_matches(tag, known, n=1)
        raise ConfigError(
            _("“{tag}” is not a language that CLDR knows").format(tag=tag),
            remedy=_("Use a BCP 47 tag such as {example}").format(
                example=nearest[0] if nearest else "zh, ja, pt-BR"
            ),
        ) from None


def _verify_parts(name: str) -> None:
    """Refuse scripts and territories that do not exist; Babel leaves out what it does not know.

    Raises:
        ValueError: It is malformed, or a part is unknown.
    """
    from babel.core import Locale, parse_locale

    _language, territory, script_code, *_rest = parse_locale(name)
    english = Locale("en")
    if script_code and script_code not in english.scripts:
        raise ValueError(script_code)
    if territory and territory not in english.territories:
        raise ValueError(territory)


@cache
def normalize_tag(tag: str) -> str:
    """Return the tag in its usual spelling: ``ZH_hant`` becomes ``zh-Hant``.

    Raises:
        ConfigError: Nobody knows the language.
    """
    if tag in COMMON:
        return tag
    from babel.core import get_locale_identifier, parse_locale

    _locale(tag)
    language, territory, script_code, variant, *_rest = parse_locale(tag.replace("-", "_"))
    return get_locale_identifier((language, territory, script_code, variant), sep="-")


def locale_name(tag: str) -> str:
    """Return the locale name of folders and .po headers: ``zh-Hant`` becomes ``zh_Hant``."""
    return tag.replace("-", "_")


@cache
def _likely(tag: str) -> _Subtags:
    """Return the subtags with script and territory filled in.

    Source:
        Unicode TR 35, part 1, 4.3 "Likely Subtags".
    """
    if tag in COMMON:
        return COMMON[tag]
    from babel.core import get_global, parse_locale

    language, territory, script_code, *_rest = parse_locale(normalize_tag(tag), sep="-")
    likely: Mapping[str, str] = get_global("likely_subtags")
    for parts in (
        (language, script_code, territory),
        (language, territory),
        (language, script_code),
    ):
        if all(parts) and (found := likely.get("_".join(map(str, parts)))):
            break
    else:
        found = likely.get(language, language)
    _language, likely_territory, likely_script, *_rest = parse_locale(found)
    return _Subtags(
        language, script_code or likely_script or "Latn", territory or likely_territory or ""
    )


@cache
def script(tag: str) -> str:
    """Return the ISO 15924 code of the script in which the language is written."""
    return _likely(tag).script


@cache
def html_tag(tag: str) -> str:
    """Return what stands in ``lang=""``.

    Fontconfig picks Chinese glyph forms by territory and mistakes ``zh`` and ``zh-Hans``, so
    Chinese is tagged with its territory; all other languages keep their tag.
    """
    likely = _likely(tag)
    return f"zh-{likely.territory}" if likely.language == "zh" else tag


@cache
def opengraph_locale(tag: str) -> str:
    """Return the language and territory as Open Graph wants them: ``en_US``."""
    likely = _likely(tag)
    return f"{likely.language}_{likely.territory}" if likely.territory else likely.language


def direction(tag: str) -> str:
    """Return ``ltr`` or ``rtl``."""
    return _locale(tag).text_direction


def language_name(tag: str, *, in_language: str | None = None) -> str:
    """Return the language's name, in itself or in another language: ``中文``, ``Chinese``."""
    locale = _locale(tag)
    name = locale.get_display_name(_locale(in_language) if in_language else locale)
    return name or tag


def language(tag: str) -> str:
    """Return the language alone: ``zh`` of ``zh-Hant``."""
    return _likely(tag).language


def same_language(tag: str, other: str) -> bool:
    """Tell whether two tags name one written language: ``zh`` and ``zh-CN`` do, ``zh-TW`` not."""
    one, two = _likely(tag), _likely(other)
    return (one.language, one.script) == (two.language, two.script)


def is_language(said: str | None, tag: str) -> bool:
    """Tell whether what a file says of its language means this one; nonsense means none."""
    try:
        return bool(said) and same_language(str(said).strip().replace("_", "-"), tag)
    except ConfigError:
        return False


def format_date(value: date, tag: str) -> str:
    """Return the date in the language's long form: ``2023年7月10日``."""
    from babel.dates import format_date as in_words

    return in_words(value, "long", locale=_locale(tag))


def format_year(year: int, tag: str) -> str:
    """Return the year as the language writes it by itself: ``2023年``."""
    from babel.dates import format_skeleton

    return format_skeleton("y", date(year, 1, 1), locale=_locale(tag))


def format_time(value: datetime, tag: str) -> str:
    """Return date, hour and minute as the language writes them.

    The zone stands beside a value that has one, as in ``2023年7月10日10:00（UTC+08:00）``.
    """
    from babel.dates import format_time as in_figures

    time = in_figures(value.time(), "short", locale=_locale(tag))
    # Babel's own offset is an hour off for zones such as -05:30.
    zone = f"UTC{value.isoformat()[-6:]}" if value.tzinfo else ""
    if script(tag) in ("Hans", "Hant", "Jpan"):
        return f"{format_date(value, tag)}{time}" + (f"（{zone}）" if zone else "")
    return f"{format_date(value, tag)} {time}" + (f" ({zone})" if zone else "")


def format_number(value: int, tag: str) -> str:
    """Return the number with the language's separators, and with the digits that its dates have.

    Babel writes Western digits in dates, and in numbers beside separators of other digits.
    """
    from babel.numbers import format_decimal

    return format_decimal(value, locale=_locale(tag), numbering_system="latn")


def format_size(size: int, tag: str) -> str:
    """Return the size of a file as people say it: ``1.2 MB``, ``1,2 Mo``."""
    from babel.units import format_unit

    is_large = size >= 999_500
    unit = "megabyte" if is_large else "kilobyte"
    value = round(size / 1_000_000, 1) if is_large else max(1, round(size / 1_000))
    return format_unit(
        value, f"digital-{unit}", length="short", locale=_locale(tag), numbering_system="latn"
    )


def plural_count(tag: str) -> int:
    """Return how many plural forms the language has in gettext's reckoning."""
    from babel.messages.plurals import get_plural

    return int(get_plural(_locale(tag))[0])


def plural_forms(tag: str) -> str:
    """Return the ``Plural-Forms`` field of a catalog in the language.

    Source:
        GNU gettext manual, 11.2.6 "Additional functions for plural forms".
    """
    if tag in COMMON:
        return _COMMON_PLURALS[COMMON[tag].language]
    from babel.messages.plurals import get_plural

    number, expression = get_plural(_locale(tag))
    return f"nplurals={number}; plural={expression};"


# ---------------------------------------------------------------- names of languages

_LEGACY = {"zh-chs": "zh-Hans", "zh-cht": "zh-Hant", "iw": "he", "in": "id"}
"""Tags that older programs write."""
_NAMES = {
    "简体": "zh-Hans",
    "简": "zh-Hans",
    "繁体": "zh-Hant",
    "繁": "zh-Hant",
    "简中": "zh-Hans",
    "繁中": "zh-Hant",
    "汉语": "zh",
    "华语": "zh",
    "普通话": "zh",
    "国语": "zh",
    "mandarin": "zh",
    "chinese (simplified)": "zh-Hans",
    "chinese simplified": "zh-Hans",
    "chinese (traditional)": "zh-Hant",
    "chinese traditional": "zh-Hant",
    "中文(简体)": "zh-Hans",
    "中文(繁体)": "zh-Hant",
    "english (uk)": "en-GB",
    "日语": "ja",
    "韩语": "ko",
    "朝鲜语": "ko",
    "castilian": "es",
}
"""Names that people write and CLDR lacks."""
_VARIANTS = str.maketrans("語漢華國簡體韓語", "语汉华国简体韩语")


@cache
def find_language(said: str) -> str | None:
    """Return the tag of the language that a word names: its tag, or its name.

    Names are read in English, in Chinese and in the language itself.
    """
    word = " ".join(said.split()).casefold()
    if not word:
        return None
    tag = word.replace("_", "-")
    try:
        return _shortest(normalize_tag(_LEGACY.get(tag, tag))) if tag.isascii() else _named(word)
    except ConfigError:
        return _named(word)


def _shortest(tag: str) -> str | None:
    """Return a tag with its language in two letters, if that has a code of two: zh, not zho."""
    if tag == "root":
        return None
    three, *rest = tag.split("-")
    if three in ("cmn", "zho", "chi"):
        return "-".join(("zh", *rest))
    return "-".join((_locale(three).language, *rest))


def _named(word: str) -> str | None:
    simple = word.translate(_VARIANTS).replace("（", "(").replace("）", ")")
    spellings = [simple, word]
    if simple.endswith("文"):
        spellings.append(f"{simple[:-1]}语")
    for table in (lambda: _NAMES, _foreign_names, _own_names):  # the last one takes a while
        if found := next((tag for one in spellings if (tag := table().get(one))), None):
            return found
    return _qualified(simple)


_QUALIFIED = pattern(r"(.+?)\s*\((.+)\)")


def _qualified(word: str) -> str | None:
    """Return the language of a name with its territory behind it, such as English (UK)."""
    from babel.core import Locale

    match = _QUALIFIED.fullmatch(word)
    language_found = find_language(match[1]) if match else None
    for lang in ("zh", "en") if match and language_found else ():
        for code, name in Locale(lang).territories.items():
            if match and len(code) == 2 and match[2] in (name.casefold(), code.casefold()):
                return normalize_tag(f"{language_found}-{code}")
    return None


@cache
def _foreign_names() -> Mapping[str, str]:
    """Return the languages by their names in English and Chinese."""
    from babel.core import Locale

    names: dict[str, str] = {}
    for lang in ("zh", "en"):
        for tag, name in Locale(lang).languages.items():
            if tag.partition("_")[0] in _known_tags():
                names.setdefault(name.casefold(), tag.replace("_", "-"))
    return names


@cache
def _own_names() -> Mapping[str, str]:
    """Return the languages by what they call themselves."""
    from babel.localedata import load

    names: dict[str, str] = {}
    for tag in sorted(_known_tags(), key=lambda tag: (len(tag), tag)):
        # Babel caches what it loads: data without what they inherit would stay for everybody.
        if name := load(tag)["languages"].get(tag):
            names.setdefault(name.casefold(), tag.replace("_", "-"))
    return names


@cache
def _known_tags() -> frozenset[str]:
    """Return the languages that CLDR knows, with their scripts, without territories."""
    from babel.localedata import locale_identifiers

    names = (name for name in locale_identifiers() if _TERRITORY.search(name) is None)
    return frozenset(names) - {"root"}


_TERRITORY = pattern(r"_(?:[A-Z]{2}|\d{3}|[A-Z]{5,}|[a-z]+)\b")
