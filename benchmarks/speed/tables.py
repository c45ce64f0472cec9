"""Tables in Markdown: ratios first, times as a side column."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from benchmarks.speed.batches import SINGLE
from benchmarks.speed.bench import Section
from benchmarks.speed.ratios import of_series, ratio
from benchmarks.speed.rotation import Series
from benchmarks.speed.targets import TARGETS, Sections, batch_ratio, outcomes, shown

MET = {True: "yes", False: "**no**", None: "not measured"}


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; all columns but the first are aligned to the right."""
    lines = [heads, ["---", *["---:"] * (len(heads) - 1)], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def targets_table(sections: Sections) -> str:
    """Return all targets, and whether they are met."""
    rows = (
        (target.subject, target.aim, outcome.text, MET[outcome.is_met], outcome.remark)
        for target, outcome in zip(TARGETS, outcomes(sections), strict=True)
    )
    return table(("", "target", "measured", "met", "remark"), rows)


def comparison(
    section: Section, *, reference: Callable[[str], str], name: str = "the reference"
) -> str:
    """Return the ratios of all subjects of a part to their references.

    Args:
        section: The part.
        reference: Says with which subject one is compared.
        name: What the references are.
    """
    heads = ("", f"time, of {name}", "processor", "largest process", "MiB", "seconds")
    rows = [
        _row(subject, series, section.series.get(reference(subject)))
        for subject, series in section.series.items()
        if series.runs
    ]
    return table(heads, rows)


def _row(name: str, series: Series, reference: Series | None) -> tuple[str, ...]:
    ratios = []
    for measure in ("wall", "cpu", "peak"):
        found = ratio(series, reference, measure) if reference else None
        ratios.append(shown(found, 2 if measure != "wall" else 3) if found else "–")
    wall, peak = of_series(series, "wall"), of_series(series, "peak")
    assert wall  # noqa: S101
    assert peak  # noqa: S101
    return (name, *ratios, f"{peak.middle:.0f}", f"{wall.middle:.3f}")


def left_out(sections: Sections) -> str:
    """Return what was skipped or has failed, and why; empty if nothing was."""
    faults = [
        f"* {name}: {series.fault}"
        for section in sections.values()
        for name, series in section.series.items()
        if series.fault
    ]
    return "\n".join(dict.fromkeys(faults))


def batch_table(section: Section) -> str:
    """Return the ways to make a batch, beside a process for each edition."""
    facts = section.facts
    factor = facts["editions"] / facts["single"]
    rows = []
    for name, series in section.series.items():
        wall, peak = of_series(series, "wall"), of_series(series, "peak")
        if not wall or not peak:
            continue
        is_single = name == f"naive, {SINGLE} processes"
        times = factor if is_single else 1
        label = "naive, a process for each edition (extrapolated)" if is_single else name
        found, used = (batch_ratio(section, name, measure) for measure in ("wall", "cpu"))
        ratios = ("1", "1") if is_single else (shown(found) if found else "–",
                                                shown(used) if used else "–")  # fmt: skip
        rate = facts["editions"] / (wall.middle * times)
        rows.append(
            (label, *ratios, f"{peak.middle:.0f}", f"{wall.middle * times:.1f}", f"{rate:.1f}")
        )
    heads = (
        "",
        "time, of naive",
        "processor",
        "MiB of the largest process",
        "seconds",
        "editions/s",
    )
    return table(heads, rows)


def sizes_table(section: Section) -> str:
    """Return the kilobytes of PDFs, and what they are of stock WeasyPrint's."""
    kinds = list(section.facts)
    names = dict.fromkeys(name for sizes in section.facts.values() for name in sizes)
    rows = []
    for name in sorted(names, key=lambda name: name.rpartition(" ")[2]):
        cells = []
        for kind in kinds:
            sizes = section.facts[kind]
            stock = sizes.get(f"naive {name.rpartition(' ')[2]}")
            size = sizes.get(name)
            cells.append(f"{size / 1000:.1f}" if size else "–")
            cells.append(f"{size / stock:.2f}" if size and stock else "–")
        rows.append((name, *cells))
    heads = [head for kind in kinds for head in (f"KB {kind}", "of naive")]
    return table(("", *heads), rows)


def fuzzies_table(counts: Mapping[str, Mapping[str, int]]) -> str:
    """Return how many fuzzy translations each program has found, by the size of the catalog."""
    names = list(dict.fromkeys(name for found in counts.values() for name in found))
    rows = (
        (f"{int(entries):,} entries", *(str(found.get(name, "–")) for name in names))
        for entries, found in counts.items()
    )
    return table(("fuzzy translations", *names), rows)


def sameness_table(section: Section) -> str:
    """Return in which ways the report was made, and whether its bytes are the same."""
    found: Mapping[str, Mapping[str, str]] = section.facts["digests"]
    first = next(iter(found.values()), {})
    rows = []
    for name, digests in found.items():
        other = [path for path in {**first, **digests} if first.get(path) != digests.get(path)]
        verdict = "yes" if not other else "**no**: " + ", ".join(sorted(other))
        shown_digests = (digests.get(f"build/{lang}/report.pdf", "–") for lang in ("en", "zh"))
        rows.append(
            (name, verdict, str(len(digests)), *(f"`{digest}`" for digest in shown_digests))
        )
    for name, fault in section.facts["faults"].items():
        if name not in found:
            rows.append((name, f"not tried: {fault}", "–", "–", "–"))
    return table(("made", "identical", "files", "English PDF", "Chinese PDF"), rows)
