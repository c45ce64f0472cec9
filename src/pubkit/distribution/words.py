"""Names, titles, groups and languages as they stand in the cells of a roster.

A name comes to stand in a letter and in a header of a message, and nobody looks at 200,000 of them.
So what a name cannot have is refused: signs that steer programs or turn text around, and the
traces of a wrong encoding or of a spreadsheet's own errors.
"""

import re
import unicodedata
from functools import lru_cache

from pubkit.errors import DeliveryError
from pubkit.messages import gettext as _

LONGEST = 200
"""Characters of a name or a title."""
HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_BLANKS = re.compile("[ \t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_PADDED = re.compile(rf"([{HAN}]) ([{HAN}])")
_FAMILY_FIRST = re.compile(rf"[{HAN}\uac00-\ud7a3\u3040-\u30ff]")
_SPOILED = re.compile(r"#(?:NAME\?|REF!|VALUE!|DIV/0!|N/A|NUM!|NULL!)|#{3,}|-?\d[\d.,]*E[+-]?\d+")
_JOINERS = "\u200c\u200d"
"""Signs that words of Persian and of Indian languages are written with."""


class UnusableError(DeliveryError):
    """A cell cannot be used, which costs its row; not raised for the roster as a whole."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message, remedy=remedy)


def read_name(text: str) -> str:
    """Return a name as it is written to its bearer.

    Two Chinese characters that were set apart to fill a column are joined.

    Raises:
        UnusableError: It cannot be one.
    """
    name = read_words(text, _("name"))
    if name and not any(map(str.isalpha, name)):
        raise UnusableError(
            _("the name has no letter: {text}").format(text=visible(name)), _retype()
        )
    padded = _PADDED.fullmatch(name)
    return padded[1] + padded[2] if padded else name


@lru_cache(maxsize=4096)
def read_title(text: str) -> str:
    """Return a title; many members have the same one.

    Raises:
        UnusableError: It cannot be one.
    """
    return read_words(text, _("title"))


def read_words(text: str, what: str) -> str:
    """Return a text in NFC, with single spaces.

    Args:
        text: The content of a cell.
        what: How errors name it.

    Raises:
        UnusableError: It has signs that no name or title has, or is too long for one.
    """
    words = _BLANKS.sub(" ", unicodedata.normalize("NFC", text.strip())).strip()
    fault = _fault(words)
    if fault:
        raise UnusableError(
            _("the {what} {fault}: {text}").format(what=what, fault=fault, text=visible(words)),
            _retype(),
        )
    return words


def join_names(given: str, family: str) -> str:
    """Return a full name in the order of its script: 田永鸿, but Anna Weber."""
    if given and family and _FAMILY_FIRST.match(given) and _FAMILY_FIRST.match(family):
        return f"{family}{given}"
    return " ".join(filter(None, (given, family)))


@lru_cache(maxsize=4096)
def read_groups(text: str) -> tuple[str, ...]:
    """Return the groups of a cell, each once.

    Raises:
        UnusableError: One has signs that no name has.
    """
    found = (read_words(part, _("group")) for part in re.split(r"[;,|、；，\n]", text))
    return tuple(dict.fromkeys(filter(None, found)))


def split_languages(text: str) -> list[str]:
    """Return the languages of a cell in their order; what stands in brackets is left whole."""
    parts = re.split(r"[;,|/、；，／\n]+(?![^(（]*[)）])", text)
    return list(filter(None, map(str.strip, parts)))


# ---------------------------------------------------------------- what is wrong


def _retype() -> str:
    return _("Type it again, or export the roster again as .xlsx or as CSV in UTF-8")


def _fault(text: str) -> str:
    """Return what is wrong with a text, as the end of a sentence."""
    if len(text) > LONGEST:
        return _("has more than {most} characters").format(most=LONGEST)
    if "?" in text or "\ufffd" in text:
        return _("has lost letters when it was saved")
    if _SPOILED.fullmatch(text):
        return _("is what a spreadsheet program made of another text")
    if text.isascii() and text.isprintable():
        return ""
    if "\n" in text or "\r" in text:
        return _("has more than one line")
    hidden = next((letter for letter in text if _is_hidden(letter)), None)
    if hidden:
        return _("has the invisible sign {code}").format(code=f"U+{ord(hidden):04X}")
    meant = _misread(text)
    return (
        _("was read in a wrong encoding, and should be “{text}”").format(text=meant)
        if meant
        else ""
    )


def _is_hidden(letter: str) -> bool:
    category = unicodedata.category(letter)
    return letter not in _JOINERS and (
        category in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") or ord(letter) & 0xFFFE == 0xFFFE
    )


def _misread(text: str) -> str:
    """Return what a text in UTF-8 was, before it was read in another encoding and saved again."""
    for encoding in ("cp1252", "gb18030"):
        try:
            meant = text.encode(encoding).decode()
        except UnicodeError:
            continue
        if meant != text and (encoding == "cp1252" or _is_common_chinese(meant, text)):
            return meant
    return ""


def _is_common_chinese(meant: str, text: str) -> bool:
    """Tell whether a text is what was meant; bytes of rare names happen to be UTF-8, too.

    Three bytes of a character are read as one and a half.
    """
    foreign = "".join(letter for letter in meant if not letter.isascii())
    others = sum(not letter.isascii() for letter in text)
    try:
        foreign.encode("gb2312")
    except UnicodeEncodeError:
        return False
    is_han = all(re.match(f"[{HAN}]", letter) for letter in foreign)
    return is_han and 3 * len(foreign) == 2 * others


def visible(text: str) -> str:
    """Return a text as messages quote it, whatever signs it has."""
    shown = (letter if letter.isprintable() else f"<U+{ord(letter):04X}>" for letter in text[:60])
    return f"“{''.join(shown)}{'…' if len(text) > 60 else ''}”"
