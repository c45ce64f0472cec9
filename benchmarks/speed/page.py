"""The page that shows a run: targets, plots, tables; every figure in it comes from the run."""

import re
from collections.abc import Callable, Iterator, Mapping

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

ORDER = (
    "report",
    "warm",
    "sizes",
    "length",
    "languages",
    "batch",
    "large batch",
    "huge batch",
    "extraction",
    "merging",
    "huge merging",
    "sameness",
)
TITLES = {
    "report": "The report, cold",
    "warm": "Warm, in one process",
    "sizes": "Sizes of PDFs",
    "length": "Longer documents",
    "languages": "More languages",
    "batch": "A small batch",
    "large batch": "A large batch",
    "huge batch": "A huge batch",
    "extraction": "Catalogs of many documents",
    "merging": "Updates of catalogs",
    "huge merging": "Update of 20,000 entries, msgmerge with fuzzy matching",
    "sameness": "The same bytes",
}
HEAD = """\
# How fast pubkit is

This page is written by `python -m benchmarks.speed`; no figure in it is typed by hand.
All that is compared in a table was measured in one run and in rotation, A B C A B C …, each command a process of its own with all that it starts.
A ratio is the median of the ratios of all rounds, in brackets the range of their middle half (of fewer than four rounds, all).
Times are those of a clock; *processor* compares the seconds that all processes of a command have used; *largest process* compares the memory of the largest of them.
Seconds are of this machine alone: compare ratios.
"""
EXPLAINED = {
    "report": """\
*naive* is one Python process: markdown-it, polib, Jinja2 and WeasyPrint as they are, one layout, without walls and without proof; it makes the same page with the same style sheets, fonts and pictures. *naive, plain* has a style sheet of thirty lines and the machine's fonts. pubkit looks for the best page in several layouts, in a jailed process, and proves the edition in another one.
*Typst* compiles a source that is ready, to PDF only, with the fonts that it finds; *Chromium* prints a page that is ready, to PDF only. *first ever* begins with empty caches, *stock engine* with `PUBKIT_ENGINE=stock`. *both* is English and Chinese: pubkit and Typst in one command, naive in one after the other.""",
    "warm": "`pubkit.render_document` again and again in a process that has loaded everything: HTML and PDF, with walls and proof, as a preview does.",
    "sizes": "Pictures are embedded by all of them; what is left without them is text and fonts.",
    "length": "Generated releases without pictures; a page has 400 words. 20 and 50 pages are measured once.",
    "languages": "One release of 600 words with two pictures, in varieties of English and Chinese with catalogs of their own; naive is one process after the other.",
    "extraction": "pubkit writes a template for each document and catalogs in two languages, po4a one template of all. `status` and `check` read every catalog and compare it with its document.",
    "merging": "The catalogs of `benchmarks.update`: paragraphs of 8 to 35 words, of which 5 % are edited in the template. pubkit reads both files, updates with the catalog as its memory, writes the result and reads it back. The others write it once.",
    "huge merging": "The same with 20,000 entries, once: msgmerge compares every new text with every old one.",
    "sameness": "The report in both languages, HTML and PDF with its pictures, made in each way; all files are compared with those of the first.",
}
PLOTS = {
    "report": ("cold",),
    "length": ("length-zh", "length-en"),
    "languages": ("languages",),
    "large batch": ("documents", "memory"),
    "merging": ("merging",),
}


def make_page(results: Results, plots: Mapping[str, str], *, folder: str = "speed") -> str:
    """Return the page in Markdown.

    Args:
        results: What was measured.
        plots: The drawings, by the names of their files.
        folder: Where they lie, beside the page.
    """
    parts = [HEAD, _machine(results), "## Targets\n", targets_table(results.sections)]
    for name in ORDER:
        if name in results.sections:
            parts += ["", *_part(name, results, plots, folder)]
    if faults := left_out(results.sections):
        parts += ["", "## Left out\n", faults]
    return "\n".join(parts) + "\n"


def _machine(results: Results) -> str:
    items = ", ".join(f"{name} {value}" for name, value in results.machine.items() if value)
    origins = sorted({(one.date, one.commit) for one in results.origins.values()})
    runs = "; ".join(f"{date} ({commit})" for date, commit in origins)
    busy = (
        "\n**The machine had other work meanwhile: go by the processor, not by the clock.**\n"
        if results.is_busy
        else ""
    )
    quick = any(origin.is_quick for origin in results.origins.values())
    note = "\nA quick run: few rounds, small projects.\n" if quick else ""
    return f"Measured {runs} on: {items}.\n{busy}{note}"


def _part(name: str, results: Results, plots: Mapping[str, str], folder: str) -> Iterator[str]:
    yield f"## {TITLES[name]}\n"
    if text := EXPLAINED.get(name) or _about_batch(results.sections[name]):
        yield f"{text}\n"
    for plot in PLOTS.get(name, ()):
        if f"{plot}.svg" in plots:
            yield f"![{_title(plots[f'{plot}.svg'])}]({folder}/{plot}.svg)\n"
    yield TABLES[name](results.sections[name])
    if name in ("merging", "huge merging"):
        yield "\n" + fuzzies_table(results.sections[name].facts["fuzzy"])


def _title(drawing: str) -> str:
    found = re.search(r'class="title"[^>]*>([^<]+)<', drawing)
    return found[1] if found else ""


def _about_batch(section: Section) -> str:
    facts = section.facts
    return (
        f"{facts['documents']:,} releases of {facts['words']} words, every second with a picture,"
        f" in two languages: {facts['editions']:,} editions."
        f" A process for each edition is measured with {facts['single']} of them, and extrapolated."
    )


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
    "merging": _compared(_msgmerge_of_end, "msgmerge"),
    "huge merging": _compared(_msgmerge_of_end, "msgmerge"),
    "sameness": sameness_table,
}
