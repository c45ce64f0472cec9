"""What is aimed at, and whether a run has reached it; nothing here is typed by hand."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from benchmarks.speed.bench import Section
from benchmarks.speed.ratios import Measure, Spread, of_series, ratio
from benchmarks.speed.rotation import Series

Sections = Mapping[str, Section]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What was measured of a target."""

    text: str
    """The figure, with its spread."""
    is_met: bool | None
    """None if it was not measured."""
    remark: str = ""
    """What has to be known about the figure, or why there is none."""


NOT_MEASURED = Outcome(text="–", is_met=None, remark="not measured in this run")


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One of the aims."""

    subject: str
    aim: str
    measure: Callable[[Sections], Outcome]


def shown(found: Spread, digits: int = 3) -> str:
    """Return a ratio with the range of the middle half of all rounds."""
    if found.low == found.high:
        return f"{found.middle:.{digits}f}"
    return f"{found.middle:.{digits}f} ({found.low:.{digits}f}–{found.high:.{digits}f})"


def at_most(
    subject: str, reference: str, limit: float, *, part: str = "report", measure: Measure = "wall"
) -> Callable[[Sections], Outcome]:
    """Return what compares two commands of one rotation."""

    def look(sections: Sections) -> Outcome:
        series = sections[part].series if part in sections else {}
        if subject not in series or reference not in series:
            return NOT_MEASURED
        found = ratio(series[subject], series[reference], measure)
        if found is None:
            faults = filter(None, (series[subject].fault, series[reference].fault))
            return Outcome(text="–", is_met=None, remark="; ".join(faults))
        remark = _by_processor(series[subject], series[reference]) if measure == "wall" else ""
        return Outcome(text=shown(found), is_met=found.middle <= limit, remark=remark)

    return look


def _by_processor(subject: Series, reference: Series) -> str:
    found = ratio(subject, reference, "cpu")
    return f"{found.middle:.3f} of its processor time" if found else ""


# ---------------------------------------------------------------- what is no plain ratio


def warm(lang: str, limit: float) -> Callable[[Sections], Outcome]:
    """Return what looks at renderings in a process that has loaded everything."""

    def look(sections: Sections) -> Outcome:
        series = sections["warm"].series.get(f"warm {lang}") if "warm" in sections else None
        found = of_series(series, "wall") if series else None
        if found is None:
            return NOT_MEASURED
        text = f"{1000 * found.middle:.0f} ms ({1000 * found.low:.0f}–{1000 * found.high:.0f})"
        return Outcome(text=text, is_met=found.middle <= limit)

    return look


def size(limit: float) -> Callable[[Sections], Outcome]:
    """Return what compares the Chinese PDF with that of stock WeasyPrint."""

    def look(sections: Sections) -> Outcome:
        facts = sections["sizes"].facts if "sizes" in sections else {}
        found = {
            kind: sizes["pubkit zh"] / sizes["naive zh"]
            for kind, sizes in facts.items()
            if {"pubkit zh", "naive zh"} <= set(sizes)
        }
        if "without pictures" not in found:
            return NOT_MEASURED
        bare, whole = found["without pictures"], found.get("with pictures")
        remark = "without pictures, which both embed alike"
        remark += f"; with them {whole:.2f}" if whole else ""
        return Outcome(text=f"{bare:.3f}", is_met=bare <= limit, remark=remark)

    return look


def batch(limit: float) -> Callable[[Sections], Outcome]:
    """Return what compares a batch with a process for each edition."""

    def look(sections: Sections) -> Outcome:
        part = sections.get("large batch")
        found = batch_ratio(part, own_batch(part)) if part else None
        if part is None or found is None:
            return NOT_MEASURED
        facts = part.facts
        remark = (
            f"{own_batch(part)}, {facts['documents']} documents × 2; "
            f"one process for each extrapolated from {facts['single']}"
        )
        return Outcome(text=shown(found), is_met=found.middle <= limit, remark=remark)

    return look


def own_batch(part: Section) -> str:
    """Return the quickest way in which pubkit has made a batch."""
    both = ("pubkit, 2 jobs", "pubkit, 1 job")
    return next((name for name in both if name in part.series and part.series[name].runs), both[1])


def batch_ratio(part: Section, name: str, measure: Measure = "wall") -> Spread | None:
    """Return what a batch takes of a process for each edition, by all their runs."""
    single = part.series.get(f"naive, {part.facts['single']} processes")
    own = part.series.get(name)
    if not single or not own or not single.runs or not own.runs:
        return None
    factor = part.facts["editions"] / part.facts["single"]
    values = [
        getattr(run, measure) / (factor * getattr(other, measure))
        for run in own.runs
        for other in single.runs
    ]
    middle = sorted(values)[len(values) // 2] if len(values) % 2 else sum(values) / len(values)
    return Spread(middle=middle, low=min(values), high=max(values))


def flat_memory(limit: float) -> Callable[[Sections], Outcome]:
    """Return what looks at the largest process of a batch, and whether it grows."""

    def look(sections: Sections) -> Outcome:
        part = sections.get("large batch")
        series = part.series.get(own_batch(part)) if part else None
        found = of_series(series, "peak") if series else None
        if series is None or found is None:
            return NOT_MEASURED
        text = f"{found.middle:.0f} MiB"
        grown = growth(series)
        remark = f"from the middle to the end it grows by {grown:+.0f} MiB" if grown else ""
        is_met = found.middle <= limit and (grown or 0) <= limit / 10
        return Outcome(text=text, is_met=is_met, remark=remark)

    return look


def growth(series: Series) -> float | None:
    """Return by how many mebibytes the largest process of a run grows in its second half."""
    largest = [most for _second, most, _total in series.runs[0].samples]
    if len(largest) < 8:
        return None
    quarter = len(largest) // 4
    return max(largest[-quarter:]) - max(largest[quarter:-quarter])


def update(entries: int, limit: float) -> Callable[[Sections], Outcome]:
    """Return what compares updates of a catalog; the slow ones are in a part of their own."""
    names = (f"pubkit, {entries} entries", f"msgmerge, fuzzy, {entries} entries")

    def look(sections: Sections) -> Outcome:
        for part in ("merging", "huge merging"):
            found = at_most(*names, limit, part=part)(sections)
            if found is not NOT_MEASURED:
                return found
        return NOT_MEASURED

    return look


def fuzzies(entries: int, least: float) -> Callable[[Sections], Outcome]:
    """Return what compares how many fuzzy translations are found."""

    def look(sections: Sections) -> Outcome:
        for part in ("merging", "huge merging"):
            counts = sections[part].facts["fuzzy"].get(str(entries), {}) if part in sections else {}
            if {"pubkit", "msgmerge"} <= set(counts):
                own, other = counts["pubkit"], counts["msgmerge"]
                return Outcome(text=f"{own} of {other}", is_met=own >= least * other)
        return NOT_MEASURED

    return look


def identical(sections: Sections) -> Outcome:
    """Tell whether everything that was made is the same."""
    if "sameness" not in sections:
        return NOT_MEASURED
    facts: Mapping[str, Any] = sections["sameness"].facts
    found = list(facts["digests"].values())
    different = [name for name, digests in facts["digests"].items() if digests != found[0]]
    remark = "; ".join(f"{name}: {fault}" for name, fault in facts["faults"].items())
    text = f"{len(found) - len(different)} of {len(found)} ways"
    return Outcome(text=text, is_met=not different, remark=remark)


def _targets() -> Iterator[Target]:
    yield Target(
        subject="Chinese, cold, HTML and PDF",
        aim="≤ 0.50 of naive",
        measure=at_most("pubkit zh", "naive zh", 0.50),
    )
    yield Target(
        subject="English, cold, HTML and PDF",
        aim="≤ 0.60 of naive",
        measure=at_most("pubkit en", "naive en", 0.60),
    )
    yield Target(
        subject="both languages in one command",
        aim="≤ 0.35 of naive",
        measure=at_most("pubkit both", "naive both", 0.35),
    )
    yield Target(
        subject="both languages in one command",
        aim="≤ 1.3 of Typst",
        measure=at_most("pubkit both", "Typst both", 1.3),
    )
    yield Target(subject="Chinese PDF, size", aim="≤ 0.30 of stock", measure=size(0.30))
    yield Target(
        subject="Chinese, largest process",
        aim="≤ 0.45 of stock",
        measure=at_most("pubkit zh", "naive zh", 0.45, measure="peak"),
    )
    yield Target(
        subject="a batch of 200 × 2",
        aim="≤ 0.12 of a process for each edition",
        measure=batch(0.12),
    )
    yield Target(
        subject="a batch of 200 × 2, largest process",
        aim="≤ 90 MiB, and flat",
        measure=flat_memory(90),
    )
    yield Target(
        subject="unchanged render of both languages",
        aim="≤ 0.04 of naive, one language",
        measure=at_most("pubkit both, unchanged", "naive zh", 0.04),
    )
    for lang, name in (("zh", "Chinese"), ("en", "English")):
        yield Target(subject=f"warm preview, {name}", aim="under 150 ms", measure=warm(lang, 0.150))
    yield from _of_catalogs()
    yield from _of_start()
    yield Target(subject="bytes of the editions", aim="identical", measure=identical)


def _of_catalogs() -> Iterator[Target]:
    yield Target(
        subject="extraction",
        aim="≤ 0.25 of po4a",
        measure=at_most("pubkit extract", "po4a-updatepo", 0.25, part="extraction"),
    )
    for entries, limit in ((2000, 0.05), (20_000, 0.02)):
        yield Target(
            subject=f"update of {entries:,} entries",
            aim=f"≤ {limit} of msgmerge",
            measure=update(entries, limit),
        )
        yield Target(
            subject=f"update of {entries:,} entries, fuzzy found",
            aim="≥ 97 % of msgmerge",
            measure=fuzzies(entries, 0.97),
        )


def _of_start() -> Iterator[Target]:
    for words in ("--version", "status"):
        yield Target(
            subject=f"pubkit {words}",
            aim="≤ 4 × python -c pass",
            measure=at_most(f"pubkit {words}", "python -c pass", 4),
        )


TARGETS = tuple(_targets())


def outcomes(sections: Sections, targets: Iterable[Target] = TARGETS) -> list[Outcome]:
    """Return what a run says about each target."""
    return [target.measure(sections) for target in targets]
