"""A long comparison of pubkit with GNU gettext, which can be interrupted and taken up again."""

import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import Pool
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pubkit.formats.po
from benchmarks.catalogs.comparison import Verdict, compare
from benchmarks.catalogs.gettext import Gettext, make_library
from benchmarks.catalogs.mutators import mutants

CASES = Path(__file__).parents[2] / "tests" / "formats" / "cases" / "po"
CHUNK = 5_000
"""So many mutants of one seed are written down together."""
MSGCAT_EVERY = 10
"""msgcat is asked about comments for one in so many mutants: it takes longer than all the rest."""
MEMORY = Path("/dev/shm")  # noqa: S108  # files that are read once
SHOWN = 20
READER = (
    *("decoding", "lexer", "assembly", "reader", "diagnosis", "consistency", "header", "plural"),
)
"""The modules whose findings are compared."""


def originals() -> list[bytes]:
    """Return good files of several tools, which are damaged."""
    paths = sorted([*CASES.glob("good/*.po"), *CASES.glob("tools/*.po")])
    return [path.read_bytes() for path in paths]


@dataclass
class Tally:
    """What a run has found."""

    verdicts: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    examples: list[tuple[str, str, str]] = field(default_factory=list)
    """A kind, its detail, and the mutant."""

    def add(self, verdict: Verdict, data: bytes) -> None:
        """Count one verdict."""
        (self.faults if verdict.is_fault else self.verdicts)[verdict.kind] += 1
        if verdict.is_fault and len(self.examples) < SHOWN:
            self.examples.append((verdict.kind, verdict.detail[:2000], repr(data[:6000])))

    def __add__(self, other: "Tally") -> "Tally":
        """Return the sum of two."""
        examples = [*self.examples, *other.examples][:SHOWN]
        return Tally(self.verdicts + other.verdicts, self.faults + other.faults, examples)


def run(count: int, results: Path, *, jobs: int, first_seed: int = 1) -> Iterator[Tally]:
    """Compare mutants, and yield what is known after each chunk.

    Args:
        count: How many, rounded up to whole chunks.
        results: A file to which each chunk is added; those of the same reader are not run again.
        jobs: How many processes, each with the least priority.
        first_seed: Where to begin; each chunk has the next.
    """
    known = _known(results)
    tally = sum((_tally(known[seed]) for seed in known), Tally())
    wanted = range(first_seed, first_seed - (-count // CHUNK))
    seeds = [seed for seed in wanted if seed not in known]
    yield tally
    with TemporaryDirectory(dir=MEMORY if MEMORY.exists() else None) as folder, Pool(jobs) as pool:
        library = make_library(Path(folder))
        work = partial(_compare_chunk, folder=Path(folder), library=library)
        for seed, chunk in pool.imap_unordered(work, seeds):
            record = {"reader": reader_version(), "seed": seed, **vars(chunk)}
            with results.open("a") as file:
                print(json.dumps(record, ensure_ascii=False), file=file)
            tally += chunk
            yield tally


def reader_version() -> str:
    """Return what tells versions of the reader, of the mutants and of the files apart."""
    reader = [Path(pubkit.formats.po.__file__).with_name(f"{name}.py") for name in READER]
    fuzzer = [Path(__file__).with_name(f"{name}.py") for name in ("mutators", "comparison")]
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in (*reader, *fuzzer)))
    digest.update(b"".join(originals()))
    return digest.hexdigest()[:12]


def _known(results: Path) -> Mapping[int, dict[str, Any]]:
    lines = results.read_text().splitlines() if results.exists() else []
    records = [json.loads(line) for line in lines]
    version = reader_version()
    return {record["seed"]: record for record in records if record["reader"] == version}


def _tally(record: Mapping[str, Any]) -> Tally:
    return Tally(Counter(record["verdicts"]), Counter(record["faults"]), record["examples"])


def _compare_chunk(seed: int, *, folder: Path, library: Path | None) -> tuple[int, Tally]:
    tally = Tally()
    with TemporaryDirectory(dir=folder) as own:
        gettext = _gettext(Path(own), library)
        for number, data in enumerate(mutants(originals(), CHUNK, seed)):
            tally.add(_verdict(data, gettext, number), data)
        gettext.close()
    return seed, tally


def _gettext(folder: Path, library: Path | None) -> Gettext:
    os.nice(19 - os.nice(0))
    return Gettext(folder, library)


def _verdict(data: bytes, gettext: Gettext, number: int) -> Verdict:
    try:
        return compare(data, gettext, with_msgcat=number % MSGCAT_EVERY == 0)
    except Exception as error:  # each is a fault to be found
        return Verdict("an exception", is_fault=True, detail=repr(error))
