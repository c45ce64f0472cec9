"""The tokens of a .po file, as GNU gettext's lexer cuts them.

A token here is a run: all comment lines in a row, or a keyword with all its strings. So an
ordinary entry has three tokens, which makes the one exact lexer fast enough.

Source:
    GNU gettext manual, 3 "The Format of PO Files"; the rest was observed on msgfmt 0.21.
"""

import re
from collections.abc import Iterable

from pubkit.patterns import pattern

# Only sets of characters are repeated possessively: Python before 3.11.5 mistakes repeated groups.
BLANK = r"[ \t\r\f\v\n]*+"
# What ends a string for gettext or a line for other readers; the check of characters tells of the
# other control characters. EOT stands between msgctxt and msgid in compiled catalogs.
_CONTROL = r"\x00\x04\n-\r\x1a\x1c-\x1e\x85\u2028\u2029"
_PLAIN = rf'[^"\\{_CONTROL}]*+'
_ESCAPE = r'\\(?:[abfnrtv"\\0-7]|x[0-9A-Fa-f])'
# The parts of the text up to the fault are matched by this, so that a diagnosis can find it.
BROKEN_STRING = pattern(rf'"{_PLAIN}(?:{_ESCAPE}{_PLAIN})*')
_STRING = rf'{BROKEN_STRING.pattern}"'
_STRINGS = rf"{_STRING}(?:{BLANK}{_STRING})*"
# gettext joins a line that ends with a backslash with the next, even in a comment.
_COMMENT = r"\#(?![~|])[^\x00\r\n]*+(?:\r\n|(?<!\\)\n|\r?\Z)"

LEADING = re.compile(BLANK)

TOKEN = pattern(
    rf"""(?:
        (?P<comments>(?:{_COMMENT}{BLANK})+)
      | (?P<mark>\#(?:~\|?|\|))
      | (?P<keyword>[A-Za-z_$][A-Za-z0-9_$]*+){BLANK}
        (?:\[{BLANK}(?P<index>[0-9]++){BLANK}\]{BLANK})?
        (?P<strings>{_STRINGS})?
      | (?P<more>{_STRINGS})
    ){BLANK}""",
    re.VERBOSE,
)

_BEGINNING = r"\#(?![~|])|msgid[ ]|msgctxt[ ]"
BEGINNING = re.compile(r"\#|msgid[ ]|msgctxt[ ]", re.VERBOSE)

# The very most entries, in one step. What follows must be the beginning of another one: whatever
# else stands there is for the reader to judge. On failure each string is given back once, so the
# time is linear.
PLAIN_ENTRY = re.compile(
    rf"""
    (?P<comments>(?:{_COMMENT}{BLANK})*)
    (?:(?P<msgctxt>msgctxt{BLANK}{_STRINGS}){BLANK})?
    (?P<msgid>msgid{BLANK}{_STRINGS}){BLANK}
    (?P<msgstr>msgstr{BLANK}{_STRINGS}){BLANK}
    (?={_BEGINNING}|\Z)""",
    re.VERBOSE,
)

# Most of these: each text is one literal on the line of its keyword, and says what it denotes.
SIMPLE_ENTRY = re.compile(
    rf"""
    (?P<comments>(?:\#(?![~|])[^\x00\r\n]*+(?<!\\)\n)*)
    (?:msgctxt[ ]"(?P<msgctxt>{_PLAIN})"\n)?
    msgid[ ]"(?P<msgid>{_PLAIN})"\n
    msgstr[ ]"(?P<msgstr>{_PLAIN})"\n{BLANK}
    (?={_BEGINNING}|\Z)""",
    re.VERBOSE,
)

_LITERAL = pattern(r'"((?:[^"\\]++|\\.)*)"')
_ESCAPED = pattern(r"\\(.)")
_PERHAPS_NUMERIC = pattern(r"\\[0-7x]")
_NUMERIC_ESCAPE = pattern(r"(?<!\\)(?:\\\\)*\\[0-7x]")
_ESCAPED_BYTES = re.compile(rb"\\(?:([0-7]{1,3})|x([0-9A-Fa-f]++)|(.))")
NAMED_ESCAPES = {
    "a": "\a",
    "b": "\b",
    "f": "\f",
    "n": "\n",
    "r": "\r",
    "t": "\t",
    "v": "\v",
    "\\": "\\",
    '"': '"',
}


def unquote_ordinary(run: str, keyword: str) -> str:
    """Return the text of one keyword with its literals, which seldom have escapes in them.

    Raises:
        ValueError: As ``unquote`` does.
    """
    start = len(keyword) + len(' "')
    if "\\" not in run and run[start - 2 : start] == ' "':
        text = run[start:-1]
        if '"' in text:
            text = text.replace('"\n"', "")
        if '"' not in text:
            return text
    return unquote([run])


def unquote(runs: Iterable[str]) -> str:
    """Return the text that string literals denote, as gettext decodes it.

    Args:
        runs: Each one or more literals with blanks between them, perhaps behind their keyword.

    Raises:
        ValueError: Numeric escapes make NUL, EOT or bytes that are not UTF-8.
    """
    literals = [literal for run in runs for literal in _literals(run)]
    text = "".join(literals)
    if "\\" not in text:
        return text
    # The second search is exact, and slow.
    if _PERHAPS_NUMERIC.search(text) and _NUMERIC_ESCAPE.search(text):
        return _unquote_bytes(literals)
    return _ESCAPED.sub(lambda match: NAMED_ESCAPES[match[1]], text)


def _literals(run: str) -> list[str]:
    first = run.index('"') + 1
    return [run[first:-1]] if run.find('"', first) == len(run) - 1 else _LITERAL.findall(run)


def _unquote_bytes(literals: Iterable[str]) -> str:
    """Decode literals with numeric escapes: several of these can make up one character."""
    data = b"".join(_ESCAPED_BYTES.sub(_unescape, literal.encode()) for literal in literals)
    # gettext cuts a text at NUL and keeps EOT for itself, between msgctxt and msgid.
    if b"\0" in data or b"\4" in data:
        raise ValueError(data)
    return data.decode()


def _unescape(match: re.Match[bytes]) -> bytes:
    octal, hexadecimal, name = match.groups()
    if name:
        return NAMED_ESCAPES[name.decode()].encode()
    # Any number of digits may follow \x; like C, gettext keeps the lowest eight bits.
    value = int(octal, 8) if octal else int(hexadecimal[-2:], 16)
    return bytes([value & 0xFF])
