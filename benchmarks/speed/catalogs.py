"""Catalogs at scale: extraction from many documents, updates with fuzzy matching, reading all."""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

from benchmarks.speed.bench import Bench, Section, python, removing
from benchmarks.speed.projects import write_project, write_release
from benchmarks.speed.rotation import Series, Subject, WrongOutputError
from benchmarks.speed.staging import HERE, own_command
from benchmarks.update.__main__ import make_files
from pubkit.errors import CatalogError
from pubkit.formats.po import read_catalog

WORDS = 800
LEAST = 10
"""Texts that each document has, at least."""
LONG = 1200
"""Seconds that the slowest peers may take."""


def _tool(name: str) -> str:
    """Return why a program cannot be run; empty if it can."""
    return "" if shutil.which(name) else f"{name} is not installed"


def _module(*names: str) -> str:
    """Return why a module of Python cannot be run; empty if it can."""
    lacking = [name for name in names if find_spec(name) is None]
    return f"{', '.join(lacking)} is not installed" if lacking else ""


# ---------------------------------------------------------------- extraction


def extraction(bench: Bench) -> Section:
    """Measure extraction from 500 documents, and commands that read all their catalogs."""
    folder, documents = _documents(bench)
    subjects = [
        *_extractors(bench, folder, documents),
        _own("pubkit extract, nothing changed", folder, "extract", "--quiet"),
        _own("pubkit status", folder, "status"),
        _own("pubkit check", folder, "check", codes=(0, 1)),
        _msgfmt(folder),
        _translate_toolkit(bench, folder, documents),
    ]
    series = bench.rotate(subjects, bench.pick(2, 3))
    return Section(series=series, facts=_counts(folder, documents))


def huge_extraction(bench: Bench) -> Section:
    """Measure the extraction by mdpo, once: minutes."""
    folder, documents = _documents(bench)
    subjects = [*_extractors(bench, folder, documents), _mdpo(bench, documents)]
    series = bench.rotate(subjects, 1, warm_up=False)
    return Section(series=series, facts=_counts(folder, documents))


def _documents(bench: Bench) -> tuple[Path, list[Path]]:
    """Return a project with complete catalogs, and its documents."""
    number = bench.pick(50, 500)
    folder = bench.place("extraction")
    write_project(folder, [write_release(one, words=WORDS) for one in range(number)])
    return folder, sorted((folder / "source").glob("*.md"))


def _extractors(bench: Bench, folder: Path, documents: Sequence[Path]) -> list[Subject]:
    fresh = bench.place("extraction-fresh")
    shutil.copytree(folder, fresh, ignore=shutil.ignore_patterns("locales", ".pubkit"))
    return [_po4a(bench, documents), _first_extraction(fresh, len(documents))]


def _counts(folder: Path, documents: Sequence[Path]) -> dict[str, int]:
    return {"documents": len(documents), "entries": _entries(folder)}


def _entries(folder: Path) -> int:
    """Return how many texts the Chinese catalogs have."""
    paths = (folder / "locales" / "zh").rglob("*.po")
    return sum(path.read_text("utf-8").count("\nmsgid ") for path in paths)


def _own(name: str, folder: Path, *words: str, codes: Sequence[int] = (0,)) -> Subject:
    command = own_command(*words)
    return Subject(name=name, command=command, folder=folder, codes=tuple(codes), seconds=LONG)


def _first_extraction(folder: Path, documents: int) -> Subject:
    """Return the extraction of all documents into new templates, and catalogs in two languages."""
    locales = folder / "locales"

    def verify() -> None:
        found = len(list(locales.rglob("*.po")))
        if found < 2 * documents:
            raise WrongOutputError(f"{found} catalogs for {documents} documents in two languages")

    subject = _own("pubkit extract", folder, "extract", "--quiet")
    return replace(subject, before=removing(locales, folder / ".pubkit"), verify=verify)


def _po4a(bench: Bench, documents: Sequence[Path]) -> Subject:
    """Return how po4a makes one template of all documents."""
    program = "po4a-updatepo"
    out = bench.folder / f"{program}.po"
    masters = [word for path in documents for word in ("-m", str(path))]
    return Subject(
        name=program,
        command=(program, "-f", "text", "-o", "markdown", "-M", "UTF-8", *masters, "-p", str(out)),
        folder=bench.folder,
        missing=_tool(program),
        before=removing(out),
        verify=_has_messages(out, LEAST * len(documents)),
        seconds=LONG,
    )


def _mdpo(bench: Bench, documents: Sequence[Path]) -> Subject:
    out = bench.folder / "mdpo.po"
    options = ("--quiet", "--save", "--po-filepath", out)
    return Subject(
        name="mdpo md2po",
        command=python("-m", "mdpo.md2po", *options, *documents),
        folder=bench.folder,
        missing=_module("mdpo"),
        before=removing(out),
        verify=_has_messages(out, LEAST * len(documents)),
        seconds=LONG,
    )


def _translate_toolkit(bench: Bench, folder: Path, documents: Sequence[Path]) -> Subject:
    out = bench.folder / "translate-toolkit"
    command = python("-m", "translate.convert.md2po", "--progress=none", "-P")

    def verify() -> None:
        found = len(list(out.rglob("*.pot")))
        if found < len(documents):
            raise WrongOutputError(f"{found} templates for {len(documents)} documents")

    return Subject(
        name="translate-toolkit md2po",
        command=(*command, "-i", str(folder / "source"), "-o", str(out)),
        folder=bench.folder,
        missing=_module("translate", "mistletoe"),
        before=removing(out),
        verify=verify,
        seconds=LONG,
    )


def _msgfmt(folder: Path) -> Subject:
    """Return GNU msgfmt that reads and counts the same catalogs."""
    catalogs = sorted(map(str, (folder / "locales").rglob("*.po")))
    line = 'for catalog; do msgfmt --statistics -o /dev/null "$catalog"; done'
    return Subject(
        name="msgfmt --statistics",
        command=("sh", "-ec", line, "sh", *catalogs),
        folder=folder,
        missing=_tool("msgfmt"),
        environment={"LC_ALL": "C"},
        seconds=LONG,
    )


def _has_messages(path: Path, least: int) -> Callable[[], None]:
    def verify() -> None:
        found = path.read_text("utf-8").count("msgid ") if path.is_file() else 0
        if found < least:
            raise WrongOutputError(f"{path.name} has {found} messages, expected {least}")

    return verify


# ---------------------------------------------------------------- updates


def merging(bench: Bench) -> Section:
    """Measure updates of catalogs with 2,000 entries and more, of which 5 % have changed."""
    series: dict[str, Series] = {}
    facts: dict[str, dict[str, int]] = {}
    for entries in (500, 2000) if bench.is_quick else (500, 2000, 8000, 20_000):
        folder = bench.place(f"merging-{entries}")
        folder.mkdir(parents=True)
        make_files(entries, folder)
        subjects = _mergers(folder, entries)
        if entries > 2000:
            rounds = bench.pick(1, 2)
            subjects = [subject for subject in subjects if "fuzzy" not in subject.name]
        else:
            rounds = bench.pick(2, 5)
        series |= bench.rotate(subjects, rounds, warm_up=entries <= 2000)
        facts[str(entries)] = _fuzzies(folder)
    return Section(series=series, facts={"fuzzy": facts})


def huge_merging(bench: Bench) -> Section:
    """Measure the update of 20,000 entries by msgmerge, once: five minutes."""
    entries = 20_000
    folder = bench.place("merging-huge")
    folder.mkdir(parents=True)
    make_files(entries, folder)
    series = bench.rotate(_mergers(folder, entries), 1, warm_up=False)
    return Section(series=series, facts={"fuzzy": {str(entries): _fuzzies(folder)}})


def _mergers(folder: Path, entries: int) -> list[Subject]:
    """Return those who update catalogs; those with “fuzzy” in their name take long for many."""
    old, new = folder / "old.po", folder / "new.pot"
    out = {name: folder / f"{name}.po" for name in ("msgmerge", "pubkit", "msgmerge -N", "pot2po")}
    pot2po = ("-m", "translate.convert.pot2po", "--progress=none", "-t")
    msgmerge = _tool("msgmerge")
    made = [
        ("msgmerge, fuzzy", ("msgmerge", "-qo", out["msgmerge"], old, new), msgmerge),
        ("pubkit", python(HERE / "merging_own.py", old, new, out["pubkit"]), ""),
        ("msgmerge -N", ("msgmerge", "-qNo", out["msgmerge -N"], old, new), msgmerge),
        ("pot2po, fuzzy", python(*pot2po, old, new, out["pot2po"]), _module("translate")),
    ]
    return [
        Subject(
            name=f"{name}, {entries} entries",
            command=tuple(map(str, command)),
            folder=folder,
            missing=missing,
            before=removing(path),
            verify=_has_messages(path, entries // 2),
            seconds=LONG,
        )
        for (name, command, missing), path in zip(made, out.values(), strict=True)
    ]


def _fuzzies(folder: Path) -> dict[str, int]:
    """Return how many fuzzy translations each has found."""
    return {
        path.stem: count
        for path in sorted(folder.glob("*.po"))
        if path.stem != "old" and (count := _fuzzy_count(path)) is not None
    }


def _fuzzy_count(path: Path) -> int | None:
    try:
        return sum(entry.is_fuzzy for entry in read_catalog(path).live_entries)
    except CatalogError:
        return None


PARTS: dict[str, Callable[[Bench], Section]] = {"extraction": extraction, "merging": merging}
HUGE_PARTS: dict[str, Callable[[Bench], Section]] = {
    "huge extraction": huge_extraction,
    "huge merging": huge_merging,
}
