"""How long programs take to read one large catalog, and how much memory."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import NamedTuple

BYTES = 10_000_000
ENTRY = """#. Paragraph
#: source/report.md
msgid ""
"The {number}. laboratory of the university was opened by Yu Shuhong, \\"who "
"leads the group\\", before guests from {number} cities."
msgstr "该校第 {number} 实验室由课题组负责人俞书宏揭牌，来自 {number} 座城市的嘉宾出席。"

"""
HEADER = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: zh_CN\\n"

"""

READERS = {
    "pubkit": "from pubkit.formats.po.saving import read_bytes, parse_catalog as parse\n"
    "from pathlib import Path; parse(read_bytes(Path({path!r})))",
    "polib": "import polib; polib.pofile({path!r})",
    "Babel": "from babel.messages.pofile import read_po; read_po(open({path!r}, 'rb'))",
}


class Usage(NamedTuple):
    """What a process has used."""

    seconds: float
    """Of the processor, starting it included."""
    mebibytes: float


def write_large_catalog(path: Path) -> None:
    """Write a catalog with 10 MB of ordinary entries, some of them fuzzy."""
    # In pieces: the memory of this process counts as that of those that it starts.
    with path.open("w", encoding="utf-8") as file:
        file.write(HEADER)
        file.writelines(_entries())


def _entries() -> Iterator[str]:
    size, number = 0, 0
    while size < BYTES:
        number += 1
        entry = ENTRY.format(number=number)
        if number % 10 == 0:
            entry = entry.replace('msgid ""', '#, fuzzy\n#| msgid "It was opened."\nmsgid ""')
        size += len(entry.encode())
        yield entry


def measure(path: Path, rounds: int) -> dict[str, Usage]:
    """Let each program read the file in turns, and return the median of each."""
    commands = {
        name: [sys.executable, "-c", code.format(path=str(path))] for name, code in READERS.items()
    }
    commands["msgfmt"] = [shutil.which("msgfmt") or "msgfmt", "-o", os.devnull, str(path)]
    found: dict[str, list[Usage]] = {name: [] for name in commands}
    for _round in range(rounds):
        for name, command in commands.items():
            found[name].append(_run(command))
    return {name: Usage(*map(median, zip(*usages, strict=True))) for name, usages in found.items()}


def _run(command: list[str]) -> Usage:
    process = os.posix_spawn(command[0], command, os.environ)
    _process, _status, used = os.wait4(process, 0)
    return Usage(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def report(found: dict[str, Usage]) -> str:
    """Return a table."""
    rows = [
        f"| {name} | {usage.seconds:.2f} s | {usage.mebibytes:.0f} MiB |"
        for name, usage in found.items()
    ]
    return "\n".join(["| reads 10 MB | processor | memory |", "| --- | ---: | ---: |", *rows])
