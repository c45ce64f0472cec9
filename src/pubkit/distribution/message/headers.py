"""Header fields as bytes: ASCII, folded, and whoever reads them reads what was written.

The standard library loses spaces between encoded words, makes words that are too long and encodes
domains; so pubkit encodes by itself. The law: a value is encoded as a whole or not at all, so two
parsers have nothing to disagree about.

Source:
    RFC 2047 (encoded words), RFC 5322, 2.2.3 (folding) and 3.2 (atoms, quoted strings).
"""

import re
import unicodedata
from base64 import b64encode
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from pubkit.errors import DeliveryError
from pubkit.messages import gettext as _
from pubkit.messages import shortened

LONGEST_WORD = 75
"""Of an encoded word, with its marks: RFC 2047, 2."""
LINE = 76
"""What a line with an encoded word may have at most; plain lines are kept to it, too."""
B_START, Q_START, END = "=?utf-8?B?", "=?utf-8?Q?", "?="
Q_SAFE = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!*+-/")
"""What stands for itself also within a phrase: RFC 2047, 5 (3)."""
BREAKS = re.compile("[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+")
"""Whatever some program takes for the end of a line, and tabs."""
CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
PLAIN = re.compile(r"[!-~]{1,70}(?: [!-~]{1,70})*")
"""ASCII that can be folded at its spaces and keeps all of them."""
ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?: [A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
"""In English whatever the machine speaks: RFC 5322, 3.3."""


class HeaderError(DeliveryError):
    """A value cannot stand in a header; whoever it belongs to gets no message."""


def text_field(name: str, value: str) -> bytes:
    """Return a field of free text, such as a subject.

    Raises:
        HeaderError: The value has control characters.
    """
    text = one_line(value, field=name)
    first = LINE - len(name) - 2
    atoms = text.split(" ")
    if PLAIN.fullmatch(text) and "=?" not in text and len(atoms[0]) <= first:
        return _folded(name, atoms)
    return _folded(name, encoded_words(text, first=first))


def mailbox_field(name: str, phrase: str, address: str) -> bytes:
    """Return a field with a name and an address; only the name is ever encoded.

    Args:
        name: Of the field.
        phrase: What is shown; may be empty.
        address: Its domain in ASCII.

    Raises:
        HeaderError: Name or address cannot stand in a header.
    """
    _verify_address(address, field=name)
    shown = _phrase(one_line(phrase, field=name), first=LINE - len(name) - 2)
    return _folded(name, [*shown, f"<{address}>"] if shown else [address])


def labelled_field(name: str, phrase: str, identifier: str) -> bytes:
    """Return a field with a name and an identifier in angle brackets, such as ``List-Id``."""
    if not re.fullmatch(r"[A-Za-z0-9.-]+", identifier):
        raise _refused(identifier, field=name)
    shown = _phrase(one_line(phrase, field=name), first=LINE - len(name) - 2)
    return _folded(name, [*shown, f"<{identifier}>"])


def plain_field(name: str, *parts: str) -> bytes:
    """Return a field of parts that are ASCII already; it is folded between them.

    Raises:
        HeaderError: A part has anything but ASCII signs and spaces.
    """
    for part in parts:
        if not re.fullmatch(r"[ -~]+", part):
            raise _refused(part, field=name)
    return _folded(name, parts)


def date_field(moment: datetime) -> bytes:
    """Return the field ``Date`` in the zone of a time."""
    day, month = DAYS[moment.weekday()], MONTHS[moment.month - 1]
    text = f"{day}, {moment.day:02} {month} {moment:%Y %H:%M:%S %z}"
    return f"Date: {text}\r\n".encode("ascii")


def one_line(value: str, *, field: str) -> str:
    """Return a text with every break of a line as one space.

    Raises:
        HeaderError: It has other control characters, or is no text at all.
    """
    if value.isascii() and value.isprintable():
        return value.strip()
    text = BREAKS.sub(" ", value).strip()
    if CONTROLS.search(text):
        raise _refused(value, field=field)
    return text


def encoded_words(text: str, *, first: int = LONGEST_WORD) -> list[str]:
    """Return a text as encoded words, none of which ends within a character.

    Args:
        text: Without control characters.
        first: How long the first word may be at most.
    """
    if not text:
        return []
    length = len(text.encode())
    is_q = _q_length(text) < (length + 2) // 3 * 4
    words, room = [], min(first, LONGEST_WORD)
    waiting = text
    while waiting:
        taken = _fitting(waiting, room - len(B_START) - len(END), is_q=is_q)
        words.append(_q_word(taken) if is_q else _b_word(taken))
        waiting, room = waiting[len(taken) :], LONGEST_WORD
    return words


# ---------------------------------------------------------------- words


def _b_word(text: str) -> str:
    return f"{B_START}{b64encode(text.encode()).decode()}{END}"


def _q_word(text: str) -> str:
    shown = "".join(
        chr(byte) if byte in Q_SAFE else "_" if byte == 0x20 else f"={byte:02X}"
        for byte in text.encode()
    )
    return f"{Q_START}{shown}{END}"


def _q_length(text: str) -> int:
    return sum(1 if byte in Q_SAFE or byte == 0x20 else 3 for byte in text.encode())


def _fitting(text: str, room: int, *, is_q: bool) -> str:
    """Return as much of the start of a text as an encoded word has room for, at least a sign."""
    limit = room if is_q else room // 4 * 3
    measure = _q_length if is_q else _byte_length
    if measure(text) <= limit:
        return text
    taken = _taken(clusters(text), limit, measure)
    # Some readers put a space between two words of a name, and merge it with one that is there.
    at_space = taken.rfind(" ") + 1
    if at_space > len(taken) // 2:
        return taken[:at_space]
    # A cluster without end, as of stacked marks, is broken between its characters.
    return taken or _taken(text, limit, measure) or text[0]


def _taken(pieces: Iterable[str], limit: int, measure: Callable[[str], int]) -> str:
    taken, used = "", 0
    for piece in pieces:
        used += measure(piece)
        if used > limit:
            break
        taken += piece
    return taken


def _byte_length(text: str) -> int:
    return len(text.encode())


def clusters(text: str) -> Iterable[str]:
    """Yield what readers take for one sign: a letter with its marks, a flag, a family.

    Source:
        Unicode Standard Annex 29, "Grapheme Cluster Boundary Rules", as far as names need it.
    """
    cluster = ""
    for character in text:
        if cluster and not _belongs(cluster, character):
            yield cluster
            cluster = ""
        cluster += character
    if cluster:
        yield cluster


def _belongs(cluster: str, character: str) -> bool:
    if character.isascii():
        return False
    before = cluster[-1]
    if before == "\u200d" or character == "\u200d" or unicodedata.category(character)[0] == "M":
        return True
    if _is_flag_letter(character):
        return _is_flag_letter(before) and len(cluster) % 2 == 1
    is_skin = "\U0001f3fb" <= character <= "\U0001f3ff"
    is_tag = "\U000e0020" <= character <= "\U000e007f"
    is_jamo = "\u1160" <= character <= "\u11ff" and "\u1100" <= before <= "\u11ff"
    return is_skin or is_tag or is_jamo


def _is_flag_letter(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


# ---------------------------------------------------------------- fields


def _phrase(text: str, *, first: int) -> list[str]:
    """Return a name as atoms, as a quoted string, or as encoded words."""
    if not PLAIN.fullmatch(text) or "=?" in text:
        return encoded_words(text, first=first)
    if ATOMS.fullmatch(text) and len(text.split(" ")[0]) <= first:
        return text.split(" ")
    quoted = re.sub(r'(["\\])', r"\\\1", text)
    return [f'"{quoted}"'] if len(quoted) < first - 1 else encoded_words(text, first=first)


def _folded(name: str, parts: Sequence[str]) -> bytes:
    """Return a field whose lines are broken between its parts where they would be too long."""
    lines = [f"{name}:"]
    for part in parts:
        # The name never stands alone: some parsers take the rest for a field without a name.
        is_first = len(lines) == 1 and lines[0] == f"{name}:"
        if is_first or len(lines[-1]) + 1 + len(part) <= LINE:
            lines[-1] += f" {part}"
        else:
            lines.append(f" {part}")
    return ("\r\n".join(lines) + "\r\n").encode()


def _verify_address(address: str, *, field: str) -> None:
    local, at, domain = address.rpartition("@")
    is_shown = address.isprintable() and not re.search(r'[\s<>",;:\\()\[\]]', address)
    if not (at and local and domain and domain.isascii() and is_shown):
        raise _refused(address, field=field)


def _refused(value: str, *, field: str) -> HeaderError:
    visible = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in value)
    return HeaderError(
        _("“{value}” cannot stand in the field {field} of a message").format(
            value=shortened(visible), field=field
        ),
        remedy=_("Remove what is no text from it, such as control characters"),
    )
