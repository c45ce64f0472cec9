"""The report, made cold by everyone, unchanged, warm; sizes; growth with length and languages."""

import json
from collections.abc import Callable
from pathlib import Path

from benchmarks.speed.bench import Bench, Section, python, removing
from benchmarks.speed.competitors import Competition, compete
from benchmarks.speed.projects import write_project, write_release
from benchmarks.speed.rotation import Run, Series, Subject
from benchmarks.speed.staging import Staged, own_command, stage_report, without_pictures

ZH, EN = ("zh", "report"), ("en", "report")
VARIETIES = ("en", "zh", "en-GB", "zh-SG", "en-AU", "zh-MY", "en-CA", "en-NZ")
"""Languages with catalogs of their own, of whose texts none has to be made up."""
WORDS_OF_PAGE = 400


# ---------------------------------------------------------------- the report


def report(bench: Bench) -> Section:
    """Measure the report: each command in a process of its own."""
    staged = stage_report(bench.place("report"))
    found = compete(bench, staged, "report", pages=2)
    unchanged = _unchanged(bench)
    chromium = bench.place("report-chromium")
    subjects = [
        Subject(name="python -c pass", command=python("-c", "pass")),
        Subject(name="pubkit --version", command=own_command("--version")),
        _reading("pubkit status", staged, "status"),
        _reading("pubkit check", staged, "check", codes=(0, 1)),
        unchanged,
        found.naive("naive zh", [ZH]),
        found.own("pubkit zh", "--lang", "zh", editions=[ZH]),
        found.naive("naive en", [EN]),
        found.own("pubkit en", "--lang", "en", editions=[EN]),
        found.naive_each("naive both", [EN, ZH]),
        found.own("pubkit both", editions=[EN, ZH]),
        found.typst_of("Typst both", [EN, ZH]),
        found.typst_of("Typst zh", [ZH]),
        found.typst_of("Typst en", [EN]),
        found.chromium("Chromium zh", ZH, chromium),
        found.chromium("Chromium en", EN, chromium),
        found.naive("naive, plain zh", [ZH], job=found.plain_job),
        found.naive("naive, plain en", [EN], job=found.plain_job),
        found.naive("naive zh, HTML only", [ZH], job=found.page_job),
        _page_only(found),
        *_other_ways(bench, found),
    ]
    series = bench.rotate(subjects, bench.pick(3, 9))
    return Section(series=series, facts={"bytes": _sizes(found, chromium)})


def _page_only(found: Competition) -> Subject:
    options = ("--lang", "zh", "--format", "html")
    return found.own("pubkit zh, HTML only", *options, editions=[ZH], is_printed=False)


def _other_ways(bench: Bench, found: Competition) -> list[Subject]:
    """Return pubkit as it is when nothing is kept yet, and with nothing but stock WeasyPrint."""
    cache = bench.place("first-cache")
    made = (found.staged.folder / "build", found.staged.folder / ".pubkit", cache)
    first = {"PUBKIT_CACHE": str(cache)}
    stock = {"PUBKIT_ENGINE": "stock"}
    options = ("--lang", "zh")
    return [
        found.own(
            "pubkit zh, first ever",
            *options,
            editions=[ZH],
            environment=first,
            cold=removing(*made),
        ),
        found.own("pubkit zh, stock engine", *options, editions=[ZH], environment=stock),
    ]


def _reading(name: str, staged: Staged, *words: str, codes: tuple[int, ...] = (0,)) -> Subject:
    return Subject(name=name, command=own_command(*words), folder=staged.folder, codes=codes)


def _unchanged(bench: Bench) -> Subject:
    """Return a rendering of what is there already; the first round makes it."""
    staged = stage_report(bench.place("unchanged"))
    return Subject(
        name="pubkit both, unchanged",
        command=own_command("render", "--quiet"),
        folder=staged.folder,
        environment={"PUBKIT_CACHE": str(bench.folder / "cache")},
    )


# ---------------------------------------------------------------- sizes


def _sizes(found: Competition, chromium: Path) -> dict[str, int]:
    """Return the bytes of the PDFs that the last round has left."""
    sizes = {}
    for lang, name in (EN, ZH):
        paths = {
            "pubkit": found.staged.folder / "build" / lang / f"{name}.pdf",
            "naive": found.naive_job.parent / "out" / lang / f"{name}.pdf",
            "naive, plain": found.plain_job.parent / "out" / lang / f"{name}.pdf",
            "Typst": found.typst[lang, name].with_suffix(".pdf"),
            "Chromium": chromium / f"{name}.{lang}.pdf",
        }
        for peer, path in paths.items():
            if path.is_file():
                sizes[f"{peer} {lang}"] = path.stat().st_size
    return sizes


def sizes(bench: Bench) -> Section:
    """Make the report once with its pictures and once without, and look how large the PDFs are."""
    whole = stage_report(bench.place("sizes"))
    facts = {}
    for kind, staged in (
        ("with pictures", whole),
        ("without pictures", without_pictures(whole, bench.place("sizes-bare"))),
    ):
        found = compete(bench, staged, "sizes-of")
        chromium = bench.place("sizes-chromium")
        both = [EN, ZH]
        subjects = [
            found.own("pubkit", editions=both),
            found.naive("naive", both),
            found.naive("naive, plain", both, job=found.plain_job),
            found.typst_of("Typst", both),
            found.chromium("Chromium en", EN, chromium),
            found.chromium("Chromium zh", ZH, chromium),
        ]
        bench.rotate(subjects, 1, warm_up=False)
        facts[kind] = _sizes(found, chromium)
    return Section(facts=facts)


# ---------------------------------------------------------------- warm


def warm(bench: Bench) -> Section:
    """Measure renderings in a process that has loaded everything."""
    staged = stage_report(bench.place("warm"))
    rounds = bench.rounds or bench.pick(5, 15)
    subject = Subject(
        name="warm",
        command=python("-m", "benchmarks.speed.warm", staged.folder, rounds),
        environment={"PUBKIT_CACHE": str(bench.folder / "cache")},
        folder=Path(__file__).parents[2],
        seconds=600,
    )
    whole = bench.rotate([subject], 1, warm_up=False)["warm"]
    if whole.fault:
        return Section(series={"warm zh": whole, "warm en": whole})
    found = json.loads(bench.small.output)
    series = {f"warm {lang}": _warm_series(found[lang], whole.runs[0]) for lang in ("zh", "en")}
    return Section(series=series)


def _warm_series(rounds: list[tuple[float, float]], whole: Run) -> Series:
    return Series(runs=[Run(wall=wall, cpu=cpu, peak=whole.peak) for wall, cpu in rounds])


# ---------------------------------------------------------------- growth


def length(bench: Bench) -> Section:
    """Measure documents of 1, 5, 20 and 50 pages."""
    series: dict[str, Series] = {}
    for pages in (1, 5) if bench.is_quick else (1, 5, 20, 50):
        name = "release-00001"
        folder = bench.place(f"length-{pages}")
        document = write_release(1, words=WORDS_OF_PAGE * pages)
        write_project(folder, [document])
        staged = Staged(folder=folder, names=(name,), languages=("en", "zh"))
        found = compete(bench, staged, f"length-{pages}", pages=max(1, pages // 2))
        chromium = bench.place(f"length-{pages}-chromium")
        subjects = [
            subject
            for lang in ("zh", "en")
            for subject in _of_length(found, (lang, name), pages, chromium)
        ]
        rounds = bench.pick(1, 3 if pages < 20 else 1)
        series |= bench.rotate(subjects, rounds, warm_up=pages == 1)
    return Section(series=series)


def _of_length(
    found: Competition, edition: tuple[str, str], pages: int, chromium: Path
) -> list[Subject]:
    lang = edition[0]
    end = f"{lang}, {pages} pages"
    return [
        found.own(f"pubkit {end}", "--lang", lang, editions=[edition]),
        found.naive(f"naive {end}", [edition]),
        found.typst_of(f"Typst {end}", [edition]),
        found.chromium(f"Chromium {end}", edition, chromium),
    ]


def languages(bench: Bench) -> Section:
    """Measure the same document in 1, 2, 4 and 8 languages."""
    series: dict[str, Series] = {}
    for number in (1, 2) if bench.is_quick else (1, 2, 4, 8):
        tags, name = VARIETIES[:number], "release-00002"
        folder = bench.place(f"languages-{number}")
        write_project(folder, [write_release(2, words=600, pictures=2)], languages=tags)
        staged = Staged(folder=folder, names=(name,), languages=tags)
        found = compete(bench, staged, f"languages-{number}")
        end = f"{number} languages"
        subjects = [
            found.own(f"pubkit {end}", editions=staged.editions),
            found.naive_each(f"naive {end}", staged.editions),
            found.typst_of(f"Typst {end}", staged.editions),
        ]
        series |= bench.rotate(subjects, bench.pick(1, 3), warm_up=number == 1)
    return Section(series=series)


PARTS: dict[str, Callable[[Bench], Section]] = {
    "report": report,
    "sizes": sizes,
    "warm": warm,
    "length": length,
    "languages": languages,
}
