"""The benchmark of the checks: its faults are faults, and the same for the same seed."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import benchmarks.checks.mutators  # noqa: F401 - registers the faults
import pytest
from benchmarks.checks.documents import BilingualDocument, read_documents
from benchmarks.checks.faults import FAULTS, Mutant, make_mutants
from benchmarks.checks.generation import make_long_text, make_news
from benchmarks.checks.measure import main

from pubkit import read_catalog, write_catalog
from pubkit.model import TermKind

DOCUMENTS = tuple(read_documents())
SMALL = next(document for document in DOCUMENTS if document.domain == "press-kit")


@pytest.fixture(scope="module")
def mutants() -> tuple[Mutant, ...]:
    """One fault of each kind, in the first document that has room for it."""
    found = (next(iter(make_all(name, limit=1)), None) for name in FAULTS)
    return tuple(mutant for mutant in found if mutant)


def make_all(name: str, *, limit: int) -> Iterator[Mutant]:
    """Yield the faults of one kind in all documents."""
    chosen = {name: FAULTS[name]}
    for document in DOCUMENTS:
        yield from make_mutants(document, seed=1, per_fault=limit, faults=chosen)


def lost_names(mutant: Mutant) -> list[str]:
    """Return the persons of a document's translation whom the faulty text does not name."""
    persons = [term.target for term in SMALL.termbase.terms if term.kind is TermKind.PERSON]
    return [
        name[:1]
        for name in persons
        if name in mutant.original.msgstr and name not in mutant.faulty.msgstr
    ]


def test_every_fault_can_be_made(mutants: tuple[Mutant, ...]) -> None:
    """A fault that fits no document measures nothing."""
    made = Counter(mutant.fault.name for mutant in mutants)

    assert [name for name in FAULTS if not made[name]] == []


def test_every_fault_names_the_checks_that_find_it() -> None:
    """Each has a summary, too: the table is read without the code."""
    assert all(fault.checks and fault.summary for fault in FAULTS.values())


def test_mutants_change_one_entry(mutants: tuple[Mutant, ...]) -> None:
    """What is not the fault stays: the context, the comments, the place in the file."""
    for mutant in mutants:
        one, other = mutant.original, mutant.faulty
        assert one != other
        assert (one.msgctxt, one.line, one.extracted_comments) == (
            other.msgctxt,
            other.line,
            other.extracted_comments,
        )


def test_mutants_are_valid_catalogs(mutants: tuple[Mutant, ...], tmp_path: Path) -> None:
    """A translator's tool could have written them: they are saved and read back as they are."""
    entries = tuple(
        replace(mutant.faulty, msgctxt=str(number)) for number, mutant in enumerate(mutants)
    )
    path = tmp_path / "faulty.po"
    write_catalog(replace(SMALL.catalog, entries=entries, tail="", digest=None), path)

    assert entries == read_catalog(path).entries


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.domain)
def test_clean_documents_are_complete(document: BilingualDocument) -> None:
    """Every text is translated, so that each fault is the only one."""
    assert len(document.entries) == len(list(document.catalog.live_entries))
    assert document.termbase.terms


def test_mutants_are_the_same_for_a_seed() -> None:
    """Two measurements can be compared; another seed makes other faults."""
    once, again, other = (
        [mutant.faulty for mutant in make_mutants(SMALL, seed=seed, per_fault=2)]
        for seed in (1, 1, 2)
    )

    assert once == again
    assert once != other


NUMBER = re.compile(r"\d+(?:\.\d+)?")


@pytest.mark.parametrize(
    "name", ["number-changed", "percentage-changed", "amount-of-money-changed", "scale-miscounted"]
)
def test_changed_numbers_are_new(name: str) -> None:
    """The fault is a value that the source does not have."""
    made = list(make_all(name, limit=3))

    assert made
    for mutant in made:
        texts = (mutant.faulty.msgstr, mutant.original.msgstr, mutant.original.msgid)
        faulty, clean, source = (set(NUMBER.findall(text.replace(",", ""))) for text in texts)
        assert len(faulty - clean) == 1
        assert not (faulty - clean) & source


def test_names_are_dropped_wholly() -> None:
    """No part of the name is left that could stand for the person."""
    made = make_all("name-dropped", limit=50)
    dropped = [mutant for mutant in made if mutant.domain == "press-kit"]

    assert dropped
    for mutant in dropped:
        assert len(mutant.faulty.msgstr) < len(mutant.original.msgstr)
        assert not any(name in mutant.faulty.msgstr for name in lost_names(mutant))


def test_command_prints_and_saves_what_was_found(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """The table on stdout and the file say the same."""
    path = tmp_path / "found.json"
    options = ["--domain", "press-kit", "--fault", "markup", "--per-class", "1", "--jobs", "1"]

    code = main([*options, "--no-peers", "--missed", "--false-alarms", "--json", str(path)])

    result = json.loads(path.read_text("utf-8"))
    assert (1 if result["missed_targets"] else 0) == code
    assert f"clean segments: {result['segments']}" in capsys.readouterr().out
    assert {"markup"} == {group["name"] for group in result["groups"]}


def test_command_refuses_unknown_domains(capsys: pytest.CaptureFixture[str]) -> None:
    """A misspelt name is not an empty measurement."""
    assert main(["--domain", "cookery"]) == 2
    assert "no domain cookery" in capsys.readouterr().err


def test_generated_news_differ() -> None:
    """No text is measured twice, as a cache would make it seem fast."""
    catalog, _termbase = make_news(200)

    assert len({entry.msgid for entry in catalog.entries}) == 200


def test_generated_text_has_the_length() -> None:
    """One segment holds all of it."""
    catalog, _termbase = make_long_text(5_000)

    assert len(catalog.entries) == 1
    assert 5_000 <= len(catalog.entries[0].msgid) < 5_400
