"""The language in which pubkit itself speaks.

English is written in the code and is the key of ``locales/<lang>/LC_MESSAGES/pubkit.po``.
A program chooses the language once, at its start; a library never does, and so speaks English.
"""

import gettext as _gettext
from collections.abc import Iterable
from pathlib import Path

DOMAIN = "pubkit"
LOCALES = Path(__file__).parent / "locales"

_translations: _gettext.NullTranslations = _gettext.NullTranslations()


def speak(languages: Iterable[str]) -> None:
    """Speak the first of these languages that pubkit knows, else English.

    Args:
        languages: Locale names in order of preference, such as ``zh_CN``.
    """
    global _translations
    _translations = _gettext.translation(DOMAIN, LOCALES, list(languages), fallback=True)


def spoken_language() -> str:
    """Return the language that pubkit speaks, as a BCP 47 tag."""
    return _translations.info().get("language", "en").replace("_", "-")


def gettext(message: str) -> str:
    """Return the message in the chosen language; placeholders are filled in by the caller."""
    return _translations.gettext(message) if message else ""


def ngettext(singular: str, plural: str, number: int) -> str:
    """Return the form of the message that goes with the number."""
    return _translations.ngettext(singular, plural, number)


def shortened(text: str, length: int = 60) -> str:
    """Return a text as messages quote it: on one line, and cut if it has more characters."""
    line = " ".join(text.split())
    return line if len(line) <= length else f"{line[: length - 1]}…"
