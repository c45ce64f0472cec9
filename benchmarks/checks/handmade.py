"""Faults made by hand, as hurried translators make them: ``python -m benchmarks.checks.handmade``.

``handmade/<domain>/clean.po`` is a correct translation, ``names.po`` its termbase, and each
``v<number>.po`` the same translation with about ten faults. Above a faulty entry stands
``# fault: <check-id>[, <check-id>]``: the checks that are right to find it. Some documents are but
clean: what is found in them is a false alarm. The authors of these documents did not know the
checks, and the authors of the checks shall not fit them to these documents.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pubkit import check_catalog, read_catalog, read_termbase
from pubkit.checks.themes import REGISTRY
from pubkit.model import Catalog, Entry, Finding, Termbase

FOLDER = Path(__file__).parent / "handmade"
MARK = "fault:"


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """A fault, and what the checks said of it that they do not say of the clean entry."""

    place: str
    entry: Entry
    wanted: frozenset[str]
    found: frozenset[str]

    @property
    def theme(self) -> str:
        """The theme of the first check that is right."""
        return REGISTRY[wanted_checks(self.entry)[0]].theme


def wanted_checks(entry: Entry) -> list[str]:
    """Return the checks that are right to find the fault of an entry."""
    comments = (comment.strip() for comment in entry.translator_comments)
    marks = (line.removeprefix(MARK) for line in comments if line.startswith(MARK))
    return [name.strip() for mark in marks for name in mark.split(",")]


def findings_by_entry(catalog: Catalog, termbase: Termbase | None) -> dict[int, list[Finding]]:
    """Return the findings about a catalog by the line of the entry."""
    found: dict[int, list[Finding]] = {}
    for finding in check_catalog(catalog, termbase):
        found.setdefault(finding.line, []).append(finding)
    return found


def outcomes(domain: Path, termbase: Termbase | None) -> Iterator[Outcome]:
    """Yield what is found of each fault of a domain."""
    clean = read_catalog(domain / "clean.po")
    known = findings_by_entry(clean, termbase)
    for path in sorted(domain.glob("v*.po")):
        catalog = read_catalog(path)
        found = findings_by_entry(catalog, termbase)
        for old, new in zip(clean.live_entries, catalog.live_entries, strict=True):
            wanted = wanted_checks(new)
            if wanted:
                before = {(one.check, one.message) for one in known.get(old.line, ())}
                said = found.get(new.line, ())
                yield Outcome(
                    place=f"{domain.name}/{path.stem}:{new.line}",
                    entry=new,
                    wanted=frozenset(wanted),
                    found=frozenset(
                        one.check for one in said if (one.check, one.message) not in before
                    ),
                )


def table(results: list[Outcome]) -> Iterator[str]:
    """Yield the recall theme by theme: by a right check, and by any."""
    made = Counter(one.theme for one in results)
    right = Counter(one.theme for one in results if one.wanted & one.found)
    noticed = Counter(one.theme for one in results if one.found)
    for theme, number in sorted(made.items()):
        yield f"{theme:<16}{number:>5}  {right[theme] / number:.3f}  {noticed[theme] / number:.3f}"
    total = len(results)
    yield f"{'all':<16}{total:>5}  {right.total() / total:.3f}  {noticed.total() / total:.3f}"


def alarms(domain: Path, termbase: Termbase | None) -> Iterator[str]:
    """Yield the findings about the clean document, each of them a false alarm."""
    for finding in check_catalog(read_catalog(domain / "clean.po"), termbase):
        yield f"  {domain.name}:{finding.line} {finding.check}: {finding.message}"


def report(domains: list[Path], *, knows_names: bool, shows_missed: bool) -> Iterator[str]:
    """Yield recall, false alarms and, if they are wanted, the faults that were missed."""
    bases = {one: read_termbase(one / "names.po") if knows_names else None for one in domains}
    results = [outcome for one in domains for outcome in outcomes(one, bases[one])]
    wrong = [alarm for one in domains for alarm in alarms(one, bases[one])]
    texts = sum(len(list(read_catalog(one / "clean.po").live_entries)) for one in domains)
    label = "with termbase" if knows_names else "without termbase"
    yield f"\n{label:<16}made  right  any"
    yield from table(results)
    share = 100 * len(wrong) / texts
    yield f"{len(wrong)} false alarms on {texts} texts ({share:.1f} per 100)"
    yield from wrong
    for one in results:
        if shows_missed and not one.wanted & one.found:
            said = ", ".join(sorted(one.found)) or "-"
            yield f"  {one.place} {', '.join(sorted(one.wanted))} (found: {said})"
            yield f"    {one.entry.msgid}\n    {one.entry.msgstr}"


def main() -> int:
    """Print recall and false alarms with and without the termbase."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--domain", choices=sorted(path.name for path in FOLDER.iterdir()))
    parser.add_argument("--missed", action="store_true", help="list the faults that are missed")
    options = parser.parse_args()
    domains = [path for path in sorted(FOLDER.iterdir()) if options.domain in (None, path.name)]
    for knows_names in (True, False):
        for line in report(domains, knows_names=knows_names, shows_missed=options.missed):
            sys.stdout.write(f"{line}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
