"""Catalogs in other encodings: shown as they would read, and made UTF-8, never on a guess.

GB 18030 reads almost any file as some text, Big5 included. So several encodings are shown, and a
person chooses. The law: the text that is taken over encodes back to the very bytes that were read.
"""

import codecs
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice

from pubkit.config.limits import DEFAULT_LIMITS, Limits
from pubkit.errors import CatalogError, Location
from pubkit.formats.po.decoding import check_size, damage, is_utf8, wide_encoding
from pubkit.formats.po.lexer import LEADING, PLAIN_ENTRY, unquote
from pubkit.formats.po.reader import parse_catalog
from pubkit.messages import gettext as _
from pubkit.patterns import pattern
from pubkit.values import dataclass

ENCODINGS: Mapping[str, str] = {
    "utf-8": "utf-8",
    "gb18030": "gb18030",
    "gbk": "gbk",
    "big5": "cp950",
    "big5-hkscs": "big5hkscs",
    "utf-16": "utf-16",
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
    "utf-32": "utf-32",
    "utf-32-le": "utf-32-le",
    "utf-32-be": "utf-32-be",
    "shift_jis": "cp932",
    "euc-jp": "euc_jp",
    "euc-kr": "cp949",
    "windows-1252": "cp1252",
    "latin-1": "latin-1",
    "windows-1251": "cp1251",
    "koi8-r": "koi8-r",
}
"""The encodings that users can name, and how Python calls them: with the additions of Windows."""

SHOWN = 5
"""So many texts are enough to see which encoding reads right."""
SHORT = 60
"""Characters of each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion:
    """What a file is in one encoding."""

    encoding: str
    samples: tuple[str, ...]
    """Its first texts that are not ASCII."""
    data: bytes
    """The file in UTF-8, with a header that says so."""


def convert(
    data: bytes, encoding: str, *, path: str, limits: Limits = DEFAULT_LIMITS
) -> Conversion:
    """Read a file in an encoding and make it UTF-8.

    Args:
        data: Its bytes.
        encoding: One of ``ENCODINGS``.
        path: Its name, for the locations of errors.
        limits: How much is refused.

    Raises:
        CatalogError: It is not in this encoding, or is no catalog.
    """
    check_size(len(data), path, limits=limits)
    original = _decode(data, encoding, path)
    text = _mend_header(original)
    converted = text.encode()
    try:
        parse_catalog(converted, path=path, limits=limits)
    except CatalogError as error:
        moved = _moved(error, text.count("\n") - original.count("\n"))
        raise _as_read(original, moved, path, limits) from None
    return Conversion(encoding=encoding, samples=_samples(text), data=converted)


def _moved(error: CatalogError, lines: int) -> CatalogError:
    """Return the error with its line in the file as it is, without the lines that were added."""
    place = error.location
    if place and place.line:
        place = replace(place, line=max(place.line - lines, 1))
    return CatalogError(error.message, location=place, remedy=error.remedy)


def _as_read(original: str, moved: CatalogError, path: str, limits: Limits) -> CatalogError:
    """Return the reader's error at this place of the file as it is: its message may name lines."""
    try:
        parse_catalog(original.encode(), path=path, limits=limits)
    except CatalogError as error:
        if error.location == moved.location:
            return error
    return moved


def conversions(
    data: bytes, *, path: str, limits: Limits = DEFAULT_LIMITS
) -> tuple[Conversion, ...]:
    """Return what a file is in each encoding that fits; of those that read alike, the first.

    What is UTF-8, UTF-16 or UTF-32 is nothing else.

    Raises:
        CatalogError: None fits, or the file is certainly in one in which it is malformed.
    """
    found: dict[bytes, Conversion] = {}
    refusals: list[CatalogError] = []
    certain = "utf-8" if is_utf8(data) else wide_encoding(data)
    if not certain and (damaged := damage(data, path)):
        raise damaged
    for encoding in (certain,) if certain else _GUESSES:
        try:
            conversion = convert(data, encoding, path=path, limits=limits)
        except CatalogError as error:
            if certain:
                raise
            refusals.append(error)
            continue
        if certain or _is_readable(conversion.data):
            found.setdefault(conversion.data, conversion)
    if not found:
        raise _nothing_fits(path, refusals)
    return tuple(found.values())


_WIDE = ("utf-16", "utf-32")
_GUESSES = tuple(name for name in ENCODINGS if not name.startswith(_WIDE))
# Control characters, halves, private and unassigned ones: such a text was read wrongly.
_UNREADABLE = frozenset({"Cc", "Cs", "Co", "Cn"})


def _is_readable(data: bytes) -> bool:
    signs = set(data.decode()) - set("\t\r\n\f\v")
    return not any(unicodedata.category(sign) in _UNREADABLE for sign in signs)


def _nothing_fits(path: str, refusals: Iterable[CatalogError]) -> CatalogError:
    """Return the error that tells why the encoding that went furthest does not fit, either."""
    refusal = max(refusals, key=_progress)
    return CatalogError(
        _("The file is a catalog in none of the encodings that pubkit knows: {reason}").format(
            reason=refusal.message
        ),
        location=refusal.location or Location(path),
        remedy=_("Name its encoding if you know it, as in: --from gb18030"),
    )


def _progress(refusal: CatalogError) -> tuple[int, int]:
    place = refusal.location
    return (place.line or 0, place.column or 0) if place else (0, 0)


# ---------------------------------------------------------------- bytes


def _decode(data: bytes, encoding: str, path: str) -> str:
    """Decode a file without a loss.

    Raises:
        CatalogError: A byte means nothing, or would not come out again.
    """
    body, codec = _without_mark(data, encoding, path)
    try:
        text = body.decode(codec)
    except UnicodeDecodeError as error:
        raise _fault(body, error.start, codec, path, _not_in(encoding)) from None
    again = text.encode(codec, "replace")
    if again != body:
        offset = next(_differences(body, again))
        message = _("This character would not be the same bytes in {encoding} again.")
        raise _fault(body, offset, codec, path, message.format(encoding=encoding))
    return text


def _without_mark(data: bytes, encoding: str, path: str) -> tuple[bytes, str]:
    """Return the bytes after the byte order mark, and the codec that reads them."""
    if encoding == "utf-8":
        return data.removeprefix(codecs.BOM_UTF8), encoding
    for codec, mark in _MARKS.items():
        if codec.startswith(encoding) and data.startswith(mark):
            return data.removeprefix(mark), codec
    if encoding in _WIDE:
        raise CatalogError(
            _("The file has no byte order mark of {encoding}, which would tell its kind.").format(
                encoding=encoding.upper()
            ),
            location=Location(path),
            remedy=_(
                "Say which kind: --from {encoding}-le (of Windows) or --from {encoding}-be"
            ).format(encoding=encoding),
        )
    return data, ENCODINGS[encoding]


_MARKS = {
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}


def _not_in(encoding: str) -> str:
    return _("What stands here is nothing in {encoding}.").format(encoding=encoding)


def _differences(before: bytes, after: bytes) -> Iterator[int]:
    pairs = enumerate(zip(before, after, strict=False))
    yield from (index for index, (old, new) in pairs if old != new)
    yield min(len(before), len(after))


def _fault(data: bytes, offset: int, codec: str, path: str, message: str) -> CatalogError:
    before = data[:offset].decode(codec, "ignore")
    line = before.count("\n") + 1
    column = len(before) - before.rfind("\n")
    return CatalogError(
        message,
        location=Location(path, line, column),
        remedy=_("See which encodings fit: leave --from away"),
    )


# ---------------------------------------------------------------- text

_CHARSET = pattern(r'charset=[^ \t"\\]*')
_DECLARATION = '"Content-Type: text/plain; charset=UTF-8\\n"'


def _mend_header(text: str) -> str:
    """Let the header say UTF-8; add the declaration, or a header, where there is none."""
    blanks = LEADING.match(text)
    start = blanks.end() if blanks else 0
    newline = "\r\n" if "\r\n" in text else "\n"
    header = PLAIN_ENTRY.match(text, start)
    if not header or header["msgctxt"] or _text(header["msgid"]):
        return f'msgid ""{newline}msgstr {_DECLARATION}{newline}{newline}{text}'
    first, last = header.span("msgstr")
    if "charset=" in (declared := header["msgstr"]):
        mended = _CHARSET.sub("charset=UTF-8", declared)
    else:
        literals = declared.index('"')
        mended = f"{declared[:literals]}{_DECLARATION}{newline}{declared[literals:]}"
    return text[:first] + mended + text[last:]


def _text(run: str) -> str | None:
    """Return what a field holds; None if that is no text, which the reader will tell."""
    try:
        return unquote([run])
    except ValueError:
        return None


_SAMPLE = pattern(r'"((?:[^"\\\n]|\\.)*[^\x00-\x7f](?:[^"\\\n]|\\.)*)"')
_LINE = re.compile(r"[^\n]*[^\x00-\x7f][^\n]*")


def _samples(text: str) -> tuple[str, ...]:
    """Return the first texts that are not ASCII; comments, if no text has any."""
    strings = (match[1] for match in islice(_SAMPLE.finditer(text), SHOWN))
    lines = (match[0].strip() for match in islice(_LINE.finditer(text), SHOWN))
    found = tuple(strings) or tuple(lines)
    return tuple(line if len(line) <= SHORT else line[: SHORT - 1] + "…" for line in found)
