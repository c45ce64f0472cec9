"""In which encoding a table is that does not say so: recognised where only one makes sense of it.

Excel saves plain CSV in the charset of Windows, which in China is GBK. GB18030 decodes almost any
bytes, so that it does is no evidence. What tells is whether common characters come out, or
headings that are known. Whatever more than one encoding makes sense of, a person has to decide.
"""

import codecs
from collections.abc import Callable, Mapping
from typing import NamedTuple

from pubkit.errors import CatalogError, PubkitError
from pubkit.formats.encodings import (
    ENCODINGS,
    decode_as,
    marked_encoding,
    not_utf8,
    preview,
    wide_encodings,
)
from pubkit.patterns import pattern

SAMPLE = 200_000
"""Bytes that are looked at; the whole file is decoded in what is found."""
COMMON = 0.85
"""The share of common characters in names, at least; what is misread has about half of them."""
FREQUENT = 0.6
"""The share of frequent ones; Cyrillic or Greek bytes are rare Chinese characters."""
ENOUGH = 12
"""So many characters tell encodings apart; fewer may be common in another one by chance."""
IMPLAUSIBLE = 0.5
"""With fewer common characters in any other encoding, a handful is enough."""
LEAST = 3
NAMES = {
    "gb18030": "GB18030",
    "big5hkscs": "Big5",
    "shift_jis": "Shift_JIS",
    "euc_kr": "EUC-KR",
}
SURNAMES = {
    "gb18030": (
        "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹曾彭萧肖蔡潘田董袁于余叶蒋杜苏魏程"
        "吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万"
    ),
    "big5hkscs": (
        "王李張劉陳楊黃趙吳周徐孫馬朱胡郭何林高羅鄭梁謝宋唐許鄧馮韓曹曾彭蕭蔡潘田董袁于余葉蔣杜蘇魏程"
        "呂丁沈任姚盧傅鍾姜崔譚廖范汪陸金石戴賈韋夏邱方侯鄒熊孟秦白江閻薛尹段雷黎史龍陶賀顧毛郝龔邵萬"
        "洪莊賴詹涂游連簡溫區關麥"
    ),
    "euc_kr": (
        "김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노하곽성차주우구민류진나지엄채원천방공현"
    ),
}
"""The most frequent ones: five of six Chinese have one of a hundred."""
CountHeadings = Callable[[str], int]
"""Tells how many columns are known of a text that is a table."""


class Decoded(NamedTuple):
    """The text of a file."""

    text: str
    recognised: str = ""
    """The encoding, where neither the file nor the user says it."""


def decode_table(
    data: bytes,
    *,
    path: str,
    command: str,
    count_headings: CountHeadings,
    encoding: str | None = None,
    error: type[PubkitError] = CatalogError,
) -> Decoded:
    """Return the text of a table.

    Args:
        data: Its bytes.
        path: How errors name it.
        command: To what a remedy adds an encoding.
        count_headings: What tells a table that is decoded rightly.
        encoding: What the user says.
        error: What to raise.

    Raises:
        PubkitError: More than one encoding makes sense of it, or none.
    """
    said = encoding or marked_encoding(data)
    if said:
        return Decoded(decode_as(said, data, path=path, command=command, error=error))
    wide = wide_encodings(data)
    if not wide:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            found = recognise(data, count_headings)
        else:
            if not _may_be_chinese(data, text, count_headings):
                return Decoded(text)
            likely = ["gb18030", "utf-8"]
            raise not_utf8(data, likely, path=path, command=command, error=error)
    if wide or found is None:
        likely = wide or [name for name in ENCODINGS if preview(data, name)]
        raise not_utf8(data, likely, path=path, command=command, error=error)
    return Decoded(decode_as(found, data, path=path, command=command, error=error), NAMES[found])


def recognise(data: bytes, count_headings: CountHeadings) -> str | None:
    """Return the only encoding in which bytes are a table of names, if it is certain."""
    readings = {name: text for name in ENCODINGS if (text := _read(data, name)) is not None}
    headings = {name: count_headings(text) for name, text in readings.items()}
    most = max(headings.values(), default=0)
    best = [name for name, number in headings.items() if number == most]
    if len(best) == 1 and most and best[0] in NAMES and _share(readings[best[0]], best[0]) > 0.5:
        return best[0]
    return "gb18030" if "gb18030" in best and _is_chinese(readings, least=LEAST) else None


def _is_chinese(readings: Mapping[str, str], *, least: int, frequent: float = FREQUENT) -> bool:
    """Tell whether a text of so many characters makes sense in GB18030, and in nothing else."""
    text = readings["gb18030"]
    foreign = [place for place, letter in enumerate(text) if not letter.isascii()]
    number = sum(_is_frequent(text, place) for place in foreign)
    if len(foreign) < least or number < frequent * len(foreign):
        return False
    has_surnames = _surnames(text, "gb18030") >= FREQUENT
    may_have_rare_ones = has_surnames and len(foreign) > 2 * least
    if _share(text, "gb18030") < (FREQUENT if may_have_rare_ones else COMMON):
        return False
    return all(
        _is_implausible(reading, name, is_short=len(foreign) < ENOUGH, is_named=has_surnames)
        for name, reading in readings.items()
        if name != "gb18030"
    )


def _is_implausible(text: str, encoding: str, *, is_short: bool, is_named: bool) -> bool:
    """Tell whether a reading makes less sense than one that is Chinese.

    Args:
        text: The reading.
        encoding: Its encoding.
        is_short: Whether its characters may be common ones by chance.
        is_named: Whether the other reading has surnames.
    """
    share = _share(text, encoding)
    lacks_surnames = is_named and encoding in SURNAMES and not _surnames(text, encoding)
    return share < (IMPLAUSIBLE if is_short and not lacks_surnames else COMMON)


_WORD = pattern(r"[^\x00-\x7f]+")


def _surnames(text: str, encoding: str) -> float:
    """Return the share of words that begin with a frequent surname: of names, five in six do."""
    words = _WORD.findall(text)
    return sum(word[0] in SURNAMES[encoding] for word in words) / len(words)


def _may_be_chinese(data: bytes, text: str, count_headings: CountHeadings) -> bool:
    """Tell whether a few names in GBK have bytes that are letters in UTF-8, too.

    Two bytes of UTF-8 are a letter of an alphabet, four a sign that is rare or nothing yet; a
    Chinese character has three.
    """
    foreign = [letter for letter in text if not letter.isascii()]
    is_odd = all(letter <= LAST_OF_TWO_BYTES or letter > LAST_OF_CHINESE for letter in foreign)
    if not foreign or not is_odd or data.startswith(codecs.BOM_UTF8):
        return False
    reading = _read(data, "gb18030")
    if reading is None or count_headings(text) > count_headings(reading):
        return False
    beside_letters = _BESIDE_LETTERS.search(reading)
    return beside_letters is None and _is_chinese({"gb18030": reading}, least=1, frequent=0.5)


LAST_OF_TWO_BYTES = "\u07ff"
LAST_OF_CHINESE = "\U000323af"
_BESIDE_LETTERS = pattern(r"[A-Za-z][^\x00-\x7f]|[^\x00-\x7f][A-Za-z]")


def _read(data: bytes, encoding: str) -> str | None:
    """Return the beginning of a file, up to the end of a line, if it can be in an encoding."""
    end = data.rfind(b"\n", 0, SAMPLE) + 1 if len(data) > SAMPLE else len(data)
    try:
        text = data[: end or len(data)].decode(encoding)
    except UnicodeDecodeError:
        return None
    has_controls = any(ord(letter) < 32 and letter not in "\t\n\r\f" for letter in text)
    return None if has_controls else text


def _share(text: str, encoding: str) -> float:
    """Return the share of characters beyond ASCII that are common in names and headings."""
    foreign = [place for place, letter in enumerate(text) if not letter.isascii()]
    is_common = _is_accented if encoding == "cp1252" else _JUDGES[encoding]
    common = sum(is_common(text, place) for place in foreign)
    return common / len(foreign) if foreign else 0.0


def _is_accented(text: str, place: int) -> bool:
    """Tell whether a letter stands beside ASCII letters, as accented ones do."""
    beside = text[max(0, place - 1) : place] + text[place + 1 : place + 2]
    return text[place].isalpha() and any(one.isascii() and one.isalpha() for one in beside)


def _leads(encoding: str, first: int, last: int) -> Callable[[str, int], bool]:
    """Return what tells whether the first of a character's two bytes is in a range."""

    def is_common(text: str, place: int) -> bool:
        letter = text[place]
        if "\uff00" <= letter < "\uff5f" or "\u3000" <= letter < "\u3020" or letter in "·•—…“”":
            return True
        try:
            code = letter.encode(encoding)
        except UnicodeEncodeError:
            return False
        return len(code) == 2 and first <= code[0] <= last

    return is_common


def _is_hangul(text: str, place: int) -> bool:
    return "\uac00" <= text[place] <= "\ud7a3"


def _is_japanese(text: str, place: int) -> bool:
    """Tell whether a character is in daily use in Japanese; half-width kana are not in names."""
    return "\u3040" <= text[place] < "\u3100" or _is_of_first_level(text, place)


_is_frequent = _leads("gb2312", 0xB0, 0xD7)
_is_of_first_level = _leads("shift_jis", 0x88, 0x98)
_JUDGES: dict[str, Callable[[str, int], bool]] = {
    "gb18030": _leads("gb2312", 0xB0, 0xF7),
    "big5hkscs": _leads("big5", 0xA4, 0xC6),
    "shift_jis": _is_japanese,
    "euc_kr": _is_hangul,
}
"""What is common: both levels of GB 2312, the first one of Big5 and of JIS X 0208."""
