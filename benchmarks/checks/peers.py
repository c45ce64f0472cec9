"""The peer: pofilter of the Translate Toolkit, run as a program over the same entries.

Its checks look at one entry at a time, so all faulty entries go into one file, each under a
context of its own; that is the fastest way to run it.
"""

import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.checks.documents import BilingualDocument
from benchmarks.checks.faults import Mutant
from pubkit import write_catalog
from pubkit.model import Catalog, Entry

NOTE = re.compile(r"^# \(pofilter\) ([\w-]+):", re.MULTILINE)
CONTEXT = re.compile(r'^msgctxt "(\d+)"$', re.MULTILINE)
SPEECHLESS = ("hassuggestion", "isreview")
HEADER = (
    "Language: {lang}\nMIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\n"
    "Content-Transfer-Encoding: 8bit\n"
)


def find_program() -> str | None:
    """Return pofilter of this Python's environment, or nothing."""
    beside = Path(sys.executable).with_name("pofilter")
    return str(beside) if beside.exists() else None


def found_by_pofilter(program: str, mutants: Sequence[Mutant], lang: str) -> list[frozenset[str]]:
    """Return for each mutant the checks of pofilter that are silent on the clean entry."""
    faulty = _filtered(program, [mutant.faulty for mutant in mutants], lang)
    clean = _filtered(program, [mutant.original for mutant in mutants], lang)
    return [one - other for one, other in zip(faulty, clean, strict=True)]


def false_alarms_of_pofilter(program: str, document: BilingualDocument) -> list[frozenset[str]]:
    """Return what pofilter says of each entry of a clean document."""
    return _filtered(program, document.entries, document.lang)


def time_pofilter(program: str, path: Path, lang: str) -> float:
    """Return how many seconds pofilter takes for a file."""
    with TemporaryDirectory() as folder:
        started = perf_counter()
        _run(program, path, Path(folder) / "found.po", lang)
        return perf_counter() - started


def _filtered(program: str, entries: Iterable[Entry], lang: str) -> list[frozenset[str]]:
    numbered = tuple(_bare(entry, number) for number, entry in enumerate(entries))
    with TemporaryDirectory() as folder:
        source, found = Path(folder) / "all.po", Path(folder) / "found.po"
        write_catalog(_catalog(numbered, lang), source)
        _run(program, source, found, lang)
        text = found.read_text("utf-8") if found.exists() else ""
    checks = dict(_read_notes(text))
    return [checks.get(number, frozenset()) for number in range(len(numbered))]


def _bare(entry: Entry, number: int) -> Entry:
    return replace(
        entry, msgctxt=str(number), translator_comments=(), extracted_comments=(), references=()
    )


def _catalog(entries: tuple[Entry, ...], lang: str) -> Catalog:
    header = Entry(msgid="", msgstr=HEADER.format(lang=lang))
    return Catalog(entries=entries, header=header, lang=lang)


def _run(program: str, source: Path, found: Path, lang: str) -> None:
    subprocess.run(  # noqa: S603 - the peer's program, and files of our own
        [program, "--progress=none", f"--language={lang}", str(source), str(found)],
        check=True,
        capture_output=True,
    )


def _read_notes(text: str) -> Iterator[tuple[int, frozenset[str]]]:
    for block in text.split("\n\n"):
        context = CONTEXT.search(block)
        if context:
            yield int(context[1]), frozenset(NOTE.findall(block)) - set(SPEECHLESS)
