"""A hundred thousand random subjects and names, encoded, and read back by independent parsers.

The parsers share no code: Python's ``email.header``, Perl's ``Encode`` and, where
``npm install mailparser`` was run in this folder, that of node. Beside pubkit's encoder stands
that of the standard library.
"""

import json
import random
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.header import decode_header, make_header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parseaddr
from pathlib import Path

from pubkit.distribution.message.headers import mailbox_field, text_field

NUMBER = 100_000
ADDRESS = "li@example.org"
PIECES = (
    "深圳先进材料创新联盟第一次会议成功举行教授院长中国科学",
    "张王李赵欧阳司马锦峰如强毅",
    "abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ  0123456789",
    ",.;:\"'\\()<>@=?_-[]!&%$#*+/|~^{}",
    "，。“”《》（）——…、",
    "éüñßøåçÉÜÑØ",
    "👨👩👍🎉🇨🇳🇩🇪",
    "नमस्तेहिन्दी",
    "العربيةمؤتمر",
    "한국어각가",
    "𠮷䶮镕喆",
)
WORD = re.compile(rb"=\?[^?]+\?[^?]+\?[^?]*\?=")
PERL = r"""
use strict; use warnings; use Encode; use JSON::PP;
binmode STDOUT, ":utf8";
my $json = JSON::PP->new;
while (my $line = <STDIN>) {
  my ($subject, $to) = @{decode_json($line)};
  for ($subject, $to) { s/^[A-Za-z-]+: ?//; s/\r\n(?=[ \t])//g; s/\r\n//g; }
  $to =~ s/ ?<[^<>]*>$// or $to = "";
  $to =~ s/\\(.)/$1/g if $to =~ s/^"(.*)"$/$1/s;
  print $json->encode([map { decode("MIME-Header", $_) } $subject, $to]), "\n";
}
"""
NODE = r"""
const { simpleParser } = require("mailparser");
const lines = require("fs").readFileSync(0, "utf8").trim().split("\n");
(async () => { for (const line of lines) {
  const [subject, to] = JSON.parse(line);
  const mail = await simpleParser(subject + to + "\r\nx\r\n");
  console.log(JSON.stringify([mail.subject || "", mail.to.value[0].name]));
} })();
"""
Encode = Callable[[str, str], tuple[bytes, bytes]]
Read = list[tuple[str, str]]


@dataclass(slots=True)
class Faults:
    """How many of the values came out otherwise, and what is wrong with their bytes."""

    refused: int = 0
    words_too_long: int = 0
    split_characters: int = 0
    words_together: int = 0
    lines_too_long: int = 0


def ours(subject: str, name: str) -> tuple[bytes, bytes]:
    """Encode as pubkit does."""
    return text_field("Subject", subject), mailbox_field("To", name, ADDRESS)


def standard(subject: str, name: str) -> tuple[bytes, bytes]:
    """Encode as ``email.message.EmailMessage`` does."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = subject
    message["To"] = Address(display_name=name, addr_spec=ADDRESS)
    first, second, *_rest = re.split(rb"(?=^To:)", message.as_bytes(), maxsplit=1, flags=re.M)
    return first, second.rstrip(b"\r\n") + b"\r\n"


def headers(_place: Path, *, number: int = NUMBER) -> str:
    """Return the table of what was found.

    Args:
        number: Of subjects and names for pubkit; the standard library gets a tenth.
    """
    here = Path.cwd()
    modules = here if (here / "node_modules/mailparser").is_dir() else None
    rows = [
        "| encoder | pairs | refused | words > 75 | split characters | `?==?` | lines > 78 "
        "| unlike: Python | Perl | node |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for title, encode, share in (("pubkit", ours, 1), ("EmailMessage", standard, 10)):
        rows.append(_row(title, encode, list(_pairs(number // share)), modules))
    return "\n".join(rows)


def _pairs(number: int) -> Iterator[tuple[str, str]]:
    dice = random.Random(5322)  # noqa: S311
    for _ in range(number):
        yield _text(dice, 120), _text(dice, 60)


def _text(dice: random.Random, longest: int) -> str:
    pools = dice.sample(PIECES, dice.randint(1, 3))
    length = dice.randint(1, longest)
    return "".join(dice.choice(dice.choice(pools) + " ") for _ in range(length)).strip() or "x"


def _row(title: str, encode: Encode, pairs: list[tuple[str, str]], modules: Path | None) -> str:
    faults, fields, wanted = Faults(), [], []
    for subject, name in pairs:
        try:
            encoded = encode(subject, name)
        except (ValueError, LookupError):
            faults.refused += 1
            continue
        for field in encoded:
            _look(field, faults)
        fields.append(encoded)
        wanted.append((subject, name))
    unlike = [
        sum(a != b for a, b in zip(read, wanted, strict=True)) if read is not None else "–"
        for read in (_by_python(fields), _by_perl(fields), _by_node(fields, modules))
    ]
    cells = (title, len(pairs), *_values(faults), *unlike)
    return "| " + " | ".join(map(str, cells)) + " |"


def _values(faults: Faults) -> tuple[int, ...]:
    return (
        faults.refused,
        faults.words_too_long,
        faults.split_characters,
        faults.words_together,
        faults.lines_too_long,
    )


def _look(field: bytes, faults: Faults) -> None:
    words = WORD.findall(field)
    faults.words_too_long += any(len(word) > 75 for word in words)
    faults.split_characters += not all(map(_is_whole, words))
    faults.words_together += b"?==?" in field
    faults.lines_too_long += any(len(line) > 78 for line in field.split(b"\r\n"))


def _is_whole(word: bytes) -> bool:
    try:
        for content, charset in decode_header(word.decode()):
            content.decode(charset or "ascii") if isinstance(content, bytes) else content
    except (UnicodeError, LookupError):
        return False
    return True


def _by_python(fields: list[tuple[bytes, bytes]]) -> Read:
    return [(_decoded(subject), _decoded_name(to)) for subject, to in fields]


def _value(field: bytes) -> str:
    (value,) = message_from_bytes(field + b"\r\n").values()
    return re.sub(r"\r?\n", "", value)


def _decoded(field: bytes) -> str:
    return str(make_header(decode_header(_value(field))))


def _decoded_name(field: bytes) -> str:
    name, _address = parseaddr(_value(field))
    return str(make_header(decode_header(name)))


def _by_perl(fields: list[tuple[bytes, bytes]]) -> Read | None:
    return _by_program(["perl", "-e", PERL], fields) if shutil.which("perl") else None


def _by_node(fields: list[tuple[bytes, bytes]], modules: Path | None) -> Read | None:
    return _by_program(["node", "-e", NODE], fields, modules) if modules else None


def _by_program(
    command: list[str], fields: list[tuple[bytes, bytes]], folder: Path | None = None
) -> Read:
    lines = (json.dumps([field.decode("utf-8", "replace") for field in pair]) for pair in fields)
    done = subprocess.run(  # noqa: S603
        command, input="\n".join(lines), capture_output=True, text=True, check=True, cwd=folder
    )
    return [tuple(json.loads(line)) for line in done.stdout.splitlines()]
