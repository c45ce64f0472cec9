"""The page that shows a run: targets, plots, tables; every figure in it comes from the run."""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from benchmarks.speed.bench import Section
from benchmarks.speed.results import Results
from benchmarks.speed.tables import (
    batch_table,
    comparison,
    fuzzies_table,
    left_out,
    sameness_table,
    sizes_table,
    targets_table,
)

TEXTS = tomllib.loads(Path(__file__).with_name("page.toml").read_text("utf-8"))


def make_page(results: Results, plots: Mapping[str, str], *, folder: str = "speed") -> str:
    """Return the page in Markdown.

    Args:
        results: What was measured.
        plots: The drawings, by the names of their files.
        folder: Where they lie, beside the page.
    """
    parts = [
        TEXTS["head"].lstrip(),
        _machine(results),
        "## Targets\n",
        targets_table(results.sections),
    ]
    for name in TEXTS["parts"]:
        if name in results.sections:
            parts += ["", *_part(name, results, plots, folder)]
    if faults := left_out(results.sections):
        parts += ["", "## Left out\n", faults]
    return "\n".join(parts) + "\n"


def _machine(results: Results) -> str:
    items = ", ".join(f"{name} {value}" for name, value in results.machine.items() if value)
    origins = sorted({(one.date, one.commit) for one in results.origins.values()})
    runs = "; ".join(f"{date} ({commit})" for date, commit in origins)
    quick = any(origin.is_quick for origin in results.origins.values())
    notes = [TEXTS["busy"]] * results.is_busy + [TEXTS["quick"]] * quick
    return "\n\n".join([f"Measured {runs} on: {items}.", *notes]) + "\n"


def _part(name: str, results: Results, plots: Mapping[str, str], folder: str) -> Iterator[str]:
    texts = TEXTS["parts"][name]
    section = results.sections[name]
    yield f"## {texts['title']}\n"
    yield texts["text"].strip() + "\n" if "text" in texts else _about_batch(section)
    for plot in texts["plots"]:
        if f"{plot}.svg" in plots:
            yield f"![{_title(plots[f'{plot}.svg'])}]({folder}/{plot}.svg)\n"
    yield TABLES[name](section)
    if "fuzzy" in section.facts:
        yield "\n" + fuzzies_table(section.facts["fuzzy"])


def _title(drawing: str) -> str:
    found = re.search(r'class="title"[^>]*>([^<]+)<', drawing)
    return found[1] if found else ""


def _about_batch(section: Section) -> str:
    text: str = TEXTS["batch"]
    return text.lstrip().format(**section.facts)


# ---------------------------------------------------------------- with what each is compared


def _of_report(name: str) -> str:
    """Return with what a command of the report is compared: the naive one of its language."""
    if name.endswith("HTML only"):
        return "naive zh, HTML only"
    if name.startswith(("python", "pubkit --version", "pubkit status", "pubkit check")):
        return "python -c pass"
    languages = ("both", "en") if "unchanged" not in name else ("en",)
    words = name.replace(",", "").split()
    return next((f"naive {lang}" for lang in languages if lang in words), "naive zh")


def _naive_of_end(name: str) -> str:
    """Return the naive one of the same language and number."""
    return re.sub(r"^\S+", "naive", name)


def _msgmerge_of_end(name: str) -> str:
    entries = name.rpartition(", ")[2]
    return f"msgmerge, fuzzy, {entries}"


def _compared(reference: Callable[[str], str], name: str) -> Callable[[Section], str]:
    return lambda section: comparison(section, reference=reference, name=name)


TABLES: Mapping[str, Callable[[Section], str]] = {
    "report": _compared(_of_report, "naive"),
    "warm": _compared(lambda name: name, "itself"),
    "sizes": sizes_table,
    "length": _compared(_naive_of_end, "naive"),
    "languages": _compared(_naive_of_end, "naive"),
    "batch": batch_table,
    "large batch": batch_table,
    "huge batch": batch_table,
    "extraction": _compared(lambda _name: "po4a-updatepo", "po4a"),
    "huge extraction": _compared(lambda _name: "po4a-updatepo", "po4a"),
    "merging": _compared(_msgmerge_of_end, "msgmerge"),
    "huge merging": _compared(_msgmerge_of_end, "msgmerge"),
    "sameness": sameness_table,
}
