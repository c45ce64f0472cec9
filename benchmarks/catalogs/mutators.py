"""Ways to damage a catalog: any bytes, whole lines, structure, encodings, escapes, plural rules.

Each mutation takes the bytes of a file and a source of chance, and returns other bytes.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from random import Random

Mutation = Callable[[bytes, Random], bytes]
Kinds = tuple[bytes, ...]

SNIPPETS = (
    *(b'"', b"\\", b"\n", b"\r", b"\r\n", b"#", b"#~ ", b"#| ", b"#~|", b"#,", b"[", b"]", b"0"),
    *(b"msgid", b"msgstr", b"msgctxt", b"msgid_plural", b"msgstr[0]", b"msgstr[1]", b" ", b"\t"),
    *(b'msgid ""\n', b'msgstr ""\n', b'""', b"# note\n", b"#: a\n", b"#, fuzzy\n", b"\\n", b"\\"),
    *(b"\\101", b"\\x", b"\\xe4", b"\\344", b"\\0", b"\\q", b"\\\n", b"\0", b"\x0b", b"\x1f"),
    *("你".encode(), "“".encode(), "＂".encode(), "\u3000".encode(), "\xa0".encode(), b"\xe4"),
    *(b"\xff", b"\xef\xbb\xbf", "\u2028".encode(), b"<<<<<<< ours\n", b"=======\n", b"domain "),
    *(b"charset=GBK", b"charset=UTF-8", b"nplurals=2", b"plural=n", b";", b"n", b"/0", b"?"),
    *(b"#~ msgid", b"#| msgid", b"#~| msgid", b"#! fuzzy\n", b"#.", b"#=\n", b"#-fuzzy\n", b"\x1a"),
    *(b"\x7f", "\u0085".encode(), "\u202e".encode(), "\u200b".encode(), "𠮷".encode(), b"\x04"),
)


def mutants(originals: Sequence[bytes], count: int, seed: int) -> Iterator[bytes]:
    """Yield damaged files, the same ones for the same seed."""
    chance = Random(seed)  # noqa: S311  # chance, not secrets
    return (mutate(chance.choice(originals), chance) for _ in range(count))


def mutate(data: bytes, chance: Random) -> bytes:
    """Damage a file in one to three places."""
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        data = chance.choice(MUTATIONS)(data, chance)
    return data


# ---------------------------------------------------------------- any bytes


def delete(data: bytes, chance: Random) -> bytes:
    """Remove some bytes."""
    start = chance.randrange(len(data) + 1)
    return data[:start] + data[start + chance.choice((1, 1, 1, 2, 3, 8)) :]


def insert(data: bytes, chance: Random) -> bytes:
    """Insert something that matters to a reader."""
    start = chance.randrange(len(data) + 1)
    return data[:start] + chance.choice(SNIPPETS) + data[start:]


def overwrite(data: bytes, chance: Random) -> bytes:
    """Put something that matters in the place of a byte."""
    start = chance.randrange(len(data) + 1)
    return data[:start] + chance.choice(SNIPPETS) + data[start + 1 :]


def flip(data: bytes, chance: Random) -> bytes:
    """Change one bit."""
    start = chance.randrange(len(data) + 1)
    if start == len(data):
        return data
    return data[:start] + bytes([data[start] ^ 1 << chance.randrange(8)]) + data[start + 1 :]


def cut(data: bytes, chance: Random) -> bytes:
    """End the file early."""
    return data[: chance.randrange(len(data) + 1)]


# ---------------------------------------------------------------- lines


def swap_lines(data: bytes, chance: Random) -> bytes:
    """Let two lines change places."""
    lines = data.splitlines(keepends=True) or [b""]
    first, second = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[first], lines[second] = lines[second], lines[first]
    return b"".join(lines)


def drop_line(data: bytes, chance: Random) -> bytes:
    """Remove a line."""
    lines = data.splitlines(keepends=True) or [b""]
    del lines[chance.randrange(len(lines))]
    return b"".join(lines)


def repeat_line(data: bytes, chance: Random) -> bytes:
    """Let a line stand somewhere else, too."""
    lines = data.splitlines(keepends=True) or [b""]
    lines.insert(chance.randrange(len(lines)), chance.choice(lines))
    return b"".join(lines)


def join_lines(data: bytes, chance: Random) -> bytes:
    """Remove a line break."""
    ends = [match.start() for match in re.finditer(rb"\n", data)] or [0]
    end = chance.choice(ends)
    return data[:end] + chance.choice((b"", b" ")) + data[end + 1 :]


def insert_at_line(data: bytes, chance: Random) -> bytes:
    """Insert something at the beginning of a line."""
    starts = [0, *(match.end() for match in re.finditer(rb"\n", data))]
    start = chance.choice(starts)
    return data[:start] + chance.choice(SNIPPETS) + data[start:]


def change_line_ends(data: bytes, chance: Random) -> bytes:
    """End some or all lines as another system does."""
    end = chance.choice((b"\r\n", b"\r", b"\n\n", b" \n", b"\x0c\n"))
    if chance.random() < 0.5:
        return data.replace(b"\n", end)
    return b"".join(_mixed(data.splitlines(keepends=True), end, chance))


def _mixed(lines: Iterable[bytes], end: bytes, chance: Random) -> Iterator[bytes]:
    for line in lines:
        yield line.rstrip(b"\r\n") + end if chance.random() < 0.2 else line


# ---------------------------------------------------------------- structure

_ENTRY = re.compile(rb"(?<=\n)(?:\r?\n)+")
_FIELD = re.compile(
    rb'^(?:#~?\|? ?)?(?:msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?)[ \t]*"(?:[^"\\\n]|\\.)*"'
    rb'(?:\r?\n(?:#~?\|? ?)?"(?:[^"\\\n]|\\.)*")*\r?\n?',
    re.MULTILINE,
)
_STRING = re.compile(rb'"((?:[^"\\\n]|\\.)*)"')


def _blocks(data: bytes) -> list[bytes]:
    return _ENTRY.split(data)


def repeat_entry(data: bytes, chance: Random) -> bytes:
    """Let an entry stand twice, perhaps with another translation."""
    blocks = _blocks(data)
    copy = chance.choice(blocks)
    if chance.random() < 0.5:
        copy = copy.replace(b'msgstr "', b'msgstr "x')
    blocks.insert(chance.randrange(len(blocks) + 1), copy)
    return b"\n".join(blocks)


def move_entry(data: bytes, chance: Random) -> bytes:
    """Take an entry, be it the header, to another place."""
    blocks = _blocks(data)
    block = blocks.pop(chance.randrange(len(blocks)))
    blocks.insert(chance.randrange(len(blocks) + 1), block)
    return b"\n".join(blocks)


def mark_entry(data: bytes, chance: Random) -> bytes:
    """Put marks of obsolete or previous texts before all or some lines of an entry."""
    blocks = _blocks(data)
    mark = chance.choice((b"#~ ", b"#~", b"#| ", b"#~| ", b"#|", b"# ", b"\t"))
    share = chance.choice((1, 1, 0.5))
    place = chance.randrange(len(blocks))
    lines = blocks[place].splitlines(keepends=True)
    blocks[place] = b"".join(mark + line if chance.random() < share else line for line in lines)
    return b"\n".join(blocks)


def unmark_entry(data: bytes, chance: Random) -> bytes:
    """Take the marks away from all or some lines."""
    share = chance.choice((1, 0.3))
    mark = chance.choice((rb"^#~ ?", rb"^#\| ?", rb"^#~\| ?", rb"^#, ?"))
    return re.sub(
        mark, lambda found: b"" if chance.random() < share else found[0], data, flags=re.MULTILINE
    )


def move_field(data: bytes, chance: Random) -> bytes:
    """Take a field to another place, leave a copy of it, or remove it."""
    fields = list(_FIELD.finditer(data))
    if not fields:
        return data
    field = chance.choice(fields)
    target = chance.choice(fields).start()
    rest = data if chance.random() < 0.4 else data[: field.start()] + data[field.end() :]
    return rest if chance.random() < 0.2 else rest[:target] + field[0] + rest[target:]


def rename_field(data: bytes, chance: Random) -> bytes:
    """Give a field another keyword."""
    keywords = (b"msgctxt", b"msgid", b"msgid_plural", b"msgstr", b"MsgId", b"msgstr[0]")
    keywords += (b"msgstr[1]", b"msgstr[ 2 ]", b"msgstr[03]", b"msgid[0]", b"msgid_plurals")
    fields = list(re.finditer(rb"\bmsg[a-z_]+(?:\[\d+\])?", data))
    if not fields:
        return data
    field = chance.choice(fields)
    return data[: field.start()] + chance.choice(keywords) + data[field.end() :]


def add_form(data: bytes, chance: Random) -> bytes:
    """Give an entry plural forms, or one more of them."""
    fields = [field for field in _FIELD.finditer(data) if b"msgstr" in field[0]]
    if not fields:
        return data
    end = chance.choice(fields).end()
    number = chance.choice((0, 1, 1, 2, 3, 10))
    plural = b'msgid_plural "many"\n' if chance.random() < 0.3 else b""
    return data[:end] + plural + b'msgstr[%d] "form"\n' % number + data[end:]


def split_string(data: bytes, chance: Random) -> bytes:
    """Make two literals of one, in the same line or in two, perhaps with something between."""
    between = (
        b'""',
        b'" "',
        b'"\n"',
        b'"\n\n"',
        b'"\r\n"',
        b'"\n# note\n"',
        b'"\n#~ "',
        b'"\n#| "',
    )
    strings = list(_STRING.finditer(data))
    if not strings:
        return data
    place = chance.randint(*chance.choice(strings).span(1))
    return data[:place] + chance.choice(between) + data[place:]


def join_strings(data: bytes, chance: Random) -> bytes:
    """Make one literal of two."""
    gaps = list(re.finditer(rb'"\s*\n"', data))
    if not gaps:
        return data
    gap = chance.choice(gaps)
    return data[: gap.start()] + data[gap.end() :]


def comment_between(data: bytes, chance: Random) -> bytes:
    """Put a comment of some kind between two lines."""
    kinds: Kinds = (
        b"# note",
        b"#. note",
        b"#: a:1",
        b"#, fuzzy",
        b"#, c-format",
        b"#",
        b"#~",
        b"#|",
    )
    kinds += (b"#~ # note", b"#~, fuzzy", b"#| # x", b"#, fuzzy, no-wrap", b"#. ends with \\")
    kinds += (b"#: \xe2\x81\xa8a file\xe2\x81\xa9:3", b"#, range: 0..7", b"#;note", b" # note")
    starts = [0, *(match.end() for match in re.finditer(rb"\n", data)), len(data)]
    start = chance.choice(starts)
    return data[:start] + chance.choice(kinds) + b"\n" + data[start:]


# ---------------------------------------------------------------- texts


def escape_something(data: bytes, chance: Random) -> bytes:
    """Insert an escape, good or bad, into a literal."""
    strings = list(_STRING.finditer(data))
    if not strings:
        return data
    place = chance.randint(*chance.choice(strings).span(1))
    return data[:place] + arbitrary_escape(chance) + data[place:]


def arbitrary_escape(chance: Random) -> bytes:
    """Return an escape of any kind, digits behind it."""
    digits = bytes(chance.choice(b"0123456789abcdefABCDEFgxX") for _ in range(chance.randrange(6)))
    return (
        b"\\" + chance.choice((b"x", b"", b"X", b"u", b"\\", b"n", b"a", b"'", b"?", b"e")) + digits
    )


def escape_character(data: bytes, chance: Random) -> bytes:
    """Write a character as the numeric escapes of its bytes, all or all but one."""
    characters = list(re.finditer(rb"[\xc2-\xf4][\x80-\xbf]+|[A-Za-z]", data))
    if not characters:
        return data
    found = chance.choice(characters)
    form = chance.choice((b"\\%03o", b"\\x%02x", b"\\x%X", b"\\%o"))
    escaped = [form % byte for byte in found[0]]
    if chance.random() < 0.2:
        escaped.pop()
    return data[: found.start()] + b"".join(escaped) + data[found.end() :]


def outer_break(data: bytes, chance: Random) -> bytes:
    """Begin or end a text with a line break."""
    strings = list(_STRING.finditer(data))
    if not strings:
        return data
    place = chance.choice(chance.choice(strings).span(1))
    return data[:place] + b"\\n" + data[place:]


def lengthen(data: bytes, chance: Random) -> bytes:
    """Make a line or a file very long."""
    lines = data.splitlines(keepends=True) or [b""]
    place = chance.randrange(len(lines))
    times = chance.choice((10, 100, 400))
    kinds = (
        lambda line: line * times,
        lambda line: line.rstrip(b"\r\n") * times + b"\n",
        lambda line: line.replace(b" ", b" " * times * 20),
        lambda line: line.replace(b'"', b'"' + "长".encode() * times * 5, 1),
        lambda line: line.replace(b'"', b'"" ' * times + b'"', 1),
    )
    lines[place] = chance.choice(kinds)(lines[place])
    return b"".join(lines)


# ---------------------------------------------------------------- encodings

_CODECS: tuple[str, ...] = (
    "gbk",
    "gb18030",
    "big5",
    "big5hkscs",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "cp1252",
)
_CODECS += ("latin-1", "shift_jis", "euc_kr", "utf-8-sig", "utf-7", "utf-32", "koi8-r")
_CHARSETS: Kinds = (b"GBK", b"gb18030", b"Big5", b"UTF-16", b"latin1", b"utf8", b"Utf-8", b"UTF-8 ")
_CHARSETS += (b"CHARSET", b"", b"ASCII", b"unicode_escape", b"UTF-7", b"UTF-8\\n", b"ISO-8859-1")


def encode_otherwise(data: bytes, chance: Random) -> bytes:
    """Save the file, or some lines of it, in another encoding."""
    codec = chance.choice(_CODECS)
    if chance.random() < 0.7:
        return data.decode(errors="replace").encode(codec, "replace")
    lines = data.splitlines(keepends=True)
    return b"".join(
        line.decode(errors="replace").encode(codec, "replace") if chance.random() < 0.3 else line
        for line in lines
    )


def declare_otherwise(data: bytes, chance: Random) -> bytes:
    """Let the header, or a comment above it, name another charset."""
    charset = chance.choice(_CHARSETS)
    if chance.random() < 0.2:
        return b"# charset=" + charset + b"\n" + data
    return re.sub(rb"(?i)charset=[-\w]*", lambda _found: b"charset=" + charset, data)


# ---------------------------------------------------------------- plural rules


def change_plural_forms(data: bytes, chance: Random) -> bytes:
    """Give the header another number of plural forms, another rule, or none."""
    rule = arbitrary_rule(chance, 3)
    number = chance.choice(
        (b"1", b"2", b"3", b"4", b"6", b"0", b"INTEGER", b"99", b"", b" 2", b"-1")
    )
    field = b"nplurals=%s; plural=%s;" % (number, rule)
    if chance.random() < 0.2:
        field = chance.choice((b"", b"plural=n", b"nplurals=2", b"nplurals=2;plural=n>1"))
    if chance.random() < 0.5:
        return re.sub(rb"plural=[^\\;]*", lambda _found: b"plural=" + rule, data)
    return re.sub(rb"(?s)nplurals=.*?;\\n", lambda _found: field + b"\\n", data)


def arbitrary_rule(chance: Random, depth: int) -> bytes:
    """Return a plural rule that is mostly well-formed."""
    if depth == 0 or chance.random() < 0.25:
        return chance.choice((b"n", b"n", b"n", b"0", b"1", b"2", b"10", b"100", b"x", b"", b"-1"))
    left, right = arbitrary_rule(chance, depth - 1), arbitrary_rule(chance, depth - 1)
    kind = chance.randrange(8)
    if kind == 0:
        return b"!" * chance.randrange(1, 3) + left
    if kind == 1:
        return b"(%s)" % left
    if kind == 2:
        return b"%s ? %s : %s" % (left, right, arbitrary_rule(chance, depth - 1))
    operators = (b"==", b"!=", b"<", b">", b"<=", b">=", b"&&", b"||", b"%", b"+", b"-", b"*")
    operator = chance.choice((*operators, b"/", b"=", b"**", b"&", b" && ", b"^"))
    return left + operator + right


MUTATIONS: Sequence[Mutation] = (
    *(delete, insert, overwrite, flip, cut),
    *(swap_lines, drop_line, repeat_line, join_lines, insert_at_line, change_line_ends),
    *(repeat_entry, move_entry, mark_entry, unmark_entry, move_field, rename_field, add_form),
    *(split_string, join_strings, comment_between),
    *(escape_something, escape_character, outer_break, lengthen),
    *(encode_otherwise, declare_otherwise, change_plural_forms),
)
