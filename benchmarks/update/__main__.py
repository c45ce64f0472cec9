"""Bring the same catalog up to date with the same template, by pubkit and by its peers in turns.

::

    python -m benchmarks.update [--entries 2000] [--rounds 3] [--with msgmerge --with pot2po]

The catalog has paragraphs of 8 to 35 English words, drawn as often as words are in texts; in the
template 5 % of them are edited, some are gone and some are new. Each program runs as a process of
its own that reads the two files and writes the result; memory is the process's at its largest.
"""

import argparse
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.resources import files
from multiprocessing import get_context
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory

from pubkit.errors import CatalogError
from pubkit.formats.po import format_catalog, parse_catalog, read_catalog
from pubkit.model import Catalog, Segment
from pubkit.translation import Aids, Memory, make_template, update_catalog
from pubkit.translation.memory import Source

CHANGED = 0.05
GONE = 0.002
NEW = 0.01

# ---------------------------------------------------------------- the texts


def make_files(entries: int, folder: Path, seed: int = 1) -> None:
    """Write old.po and new.pot."""
    chance = Random(seed)  # noqa: S311
    vocabulary = _Vocabulary(chance)
    old = list(dict.fromkeys(vocabulary.paragraph() for _ in range(entries)))
    new = [vocabulary.edited(text) if chance.random() < CHANGED else text for text in old]
    new = [text for text in new if chance.random() >= GONE]
    for _number in range(int(entries * NEW)):
        new.insert(chance.randrange(len(new)), vocabulary.paragraph())
    translated = update_catalog(None, _template(old), lang="zh")
    texts = (replace(entry, msgstr="译" * (len(entry.msgid) // 3)) for entry in translated.entries)
    catalog = replace(translated, entries=tuple(texts))
    (folder / "old.po").write_bytes(format_catalog(catalog))
    (folder / "new.pot").write_bytes(format_catalog(_template(new)))


def _template(texts: Sequence[str]) -> Catalog:
    segments = (Segment(msgid=text) for text in texts)
    created = "2025-01-01 00:00+0000"
    return make_template(segments, reference="source/x.md", project="x", created=created)


class _Vocabulary:
    """Words, the first of them far more often than the last."""

    def __init__(self, chance: Random) -> None:
        lines = (files("pubkit.names") / "data" / "english-words.txt").read_text("utf-8")
        self._words = [word for word in lines.splitlines() if word.islower()][::7]
        self._weights = [1 / (rank + 1) ** 0.9 for rank in range(len(self._words))]
        self._chance = chance

    def paragraph(self) -> str:
        """Return an arbitrary paragraph."""
        length = self._chance.randint(8, 35)
        words = self._chance.choices(self._words, self._weights, k=length)
        return " ".join(words).capitalize() + "."

    def edited(self, text: str) -> str:
        """Return a text with another word, and sometimes with one more."""
        words = text.split()
        words[self._chance.randrange(len(words))] = self._chance.choice(self._words)
        if self._chance.random() < 0.3:
            words.insert(self._chance.randrange(len(words)), self._chance.choice(self._words))
        return " ".join(words)


# ---------------------------------------------------------------- the programs


def pubkit(folder: Path) -> None:
    """Update as ``pubkit extract`` does, the project's memory included."""
    old = read_catalog(folder / "old.po")
    template = read_catalog(folder / "new.pot")
    aids = Aids(memory=Memory([Source(old, "old.po")]))
    updated = format_catalog(update_catalog(old, template, lang="zh", aids=aids))
    parse_catalog(updated)  # as saving does
    (folder / "pubkit.po").write_bytes(updated)


def polib(folder: Path) -> None:
    """Merge with polib, which finds equal texts only."""
    from polib import pofile

    catalog = pofile(str(folder / "old.po"))
    catalog.merge(pofile(str(folder / "new.pot")))
    catalog.save(str(folder / "polib.po"))


def msgmerge(folder: Path) -> None:
    """Merge with GNU gettext."""
    _call("msgmerge", "-q", "-o", folder / "msgmerge.po", folder / "old.po", folder / "new.pot")


def msgmerge_exact(folder: Path) -> None:
    """Merge with GNU gettext, equal texts only."""
    output = folder / "msgmerge -N.po"
    _call("msgmerge", "-qN", "-o", output, folder / "old.po", folder / "new.pot")


def pot2po(folder: Path) -> None:
    """Merge with translate-toolkit."""
    script = Path(sys.executable).with_name("pot2po")
    paths = (folder / "new.pot", folder / "pot2po.po")
    _call(script, "--progress=none", "-t", folder / "old.po", *paths)


def _call(*command: object) -> None:
    subprocess.run([str(word) for word in command], check=True, capture_output=True)  # noqa: S603


PROGRAMS: Mapping[str, Callable[[Path], None]] = {
    "pubkit": pubkit,
    "polib": polib,
    "msgmerge -N": msgmerge_exact,
    "msgmerge": msgmerge,
    "pot2po": pot2po,
}
USUAL = ("pubkit", "polib", "msgmerge -N")
"""The others take minutes for 20,000 entries."""


@dataclass
class Runs:
    """What was measured of a program."""

    seconds: list[float] = field(default_factory=list)
    megabytes: float = 0


def _measured(name: str, folder: Path) -> tuple[float, float]:
    """Run a program in a new process; return its seconds of processor time and its megabytes."""
    receiver, sender = get_context("fork").Pipe(duplex=False)
    process = get_context("fork").Process(target=_run, args=(name, folder, sender))
    process.start()
    seconds, megabytes = receiver.recv()
    process.join()
    return seconds, megabytes


def _run(name: str, folder: Path, sender: object) -> None:
    begun = time.process_time()
    PROGRAMS[name](folder)
    own, children = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    seconds = time.process_time() - begun + children.ru_utime + children.ru_stime
    sender.send((seconds, max(own.ru_maxrss, children.ru_maxrss) / 1024))  # type: ignore[attr-defined]


# ---------------------------------------------------------------- the table


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--entries", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--with", dest="more", action="append", default=[], choices=PROGRAMS)
    wanted = parser.parse_args()
    names = [name for name in PROGRAMS if name in {*USUAL, *wanted.more}]
    with TemporaryDirectory() as name:
        folder = Path(name)
        make_files(wanted.entries, folder)
        runs = {name: Runs() for name in names}
        for _round in range(wanted.rounds):
            for name, measured in runs.items():
                seconds, measured.megabytes = _measured(name, folder)
                measured.seconds.append(seconds)
        print(f"{wanted.entries} entries, {wanted.rounds} rounds\n")  # noqa: T201
        print("| program | seconds | of pubkit's | MB | kept | fuzzy |")  # noqa: T201
        print("| --- | --- | --- | --- | --- | --- |")  # noqa: T201
        own = median(runs["pubkit"].seconds)
        for name, measured in runs.items():
            print(_row(name, measured, own, folder))  # noqa: T201


def _row(name: str, runs: Runs, own: float, folder: Path) -> str:
    seconds = median(runs.seconds)
    spread = f"{seconds:.2f} ({min(runs.seconds):.2f}–{max(runs.seconds):.2f})"
    try:
        entries = list(read_catalog(folder / f"{name}.po").live_entries)
    except CatalogError as error:
        counts = f"refused: {error.message} | "
    else:
        kept = sum(entry.is_translated for entry in entries)
        counts = f"{kept} | {sum(entry.is_fuzzy for entry in entries)}"
    return f"| {name} | {spread} | {seconds / own:.2f} | {runs.megabytes:.0f} | {counts} |"


if __name__ == "__main__":
    main()
