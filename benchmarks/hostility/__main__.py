"""Send grown hostile texts through rendering, with and without the first wall, and watch.

::

    python -m benchmarks.hostility [--seconds 600] [--seed 1] [--pdf-every 10]
    python -m benchmarks.hostility --corpus

Each round grows texts from the corpus of ``tests/hostile``. Those that the first wall lets pass
become an edition, which is compared element by element with that of harmless texts; all of them
become a page with the first wall open, which may have links, pictures and emphasis, but nothing
that acts. Every tenth round makes and proves the PDF as well. ``--corpus`` makes the PDF of every
text of the corpus that is not too long, with the first wall open, one after the other.
"""

import argparse
import re
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random
from unittest.mock import patch

from tests.hostile.corpus import (
    LABELS,
    SECRET,
    Canary,
    Text,
    canary,
    elements,
    harmless,
    read_texts,
    shapes,
    write_project,
)

from benchmarks.hostility.mutation import grow
from pubkit.errors import PubkitError
from pubkit.formats.markdown import find_additions
from pubkit.rendering.html import render_html
from pubkit.workflow import render as rendering
from pubkit.workflow.jailed import make_edition
from pubkit.workflow.project import open_project

TEXTS_OF_A_ROUND = 150
TEXT_ELEMENTS = {"a", "em", "strong", "s", "code", "br", "img", "sup", "wbr", "span"}
SCHEMES = ("", "http", "https", "mailto", "tel")


def tell(line: str) -> None:
    """Say what happens while it happens."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


class Watch:
    """What was made and what went wrong."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.faults: list[str] = []
        self.slowest = 0.0

    def fault(self, kind: str, texts: Iterable[str]) -> None:
        """Note something that must not happen, with what led to it."""
        self.counts[f"FAULT {kind}"] += 1
        self.faults.append(f"{kind}: {[*texts]!r}")
        tell(self.faults[-1][:2000])

    def report(self) -> str:
        """Return all counts, a line each."""
        lines = [f"{number:>10,} {name}" for name, number in sorted(self.counts.items())]
        return "\n".join(
            [*lines, f"{self.slowest:>10.3f} s for the slowest text at the first wall"]
        )


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pdf-every", type=int, default=10)
    parser.add_argument("--corpus", action="store_true")
    options = parser.parse_args()
    watch, started = Watch(), time.monotonic()
    with canary() as server, tempfile.TemporaryDirectory() as folder:
        secret = Path(folder, "secret.txt")
        secret.write_text(SECRET)
        places = {"SECRET": str(secret), "CANARY": server.address}
        if options.corpus:
            every_text_as_pdf(watch, Path(folder), places)
        else:
            rounds(watch, Path(folder), places, options)
        note_calls(watch, server)
    seconds = time.monotonic() - started
    sys.stdout.write(f"{watch.report()}\n{seconds:>10.0f} s, seed {options.seed}\n")
    return 1 if watch.faults else 0


def note_calls(watch: Watch, server: Canary) -> None:
    """Note who called the server."""
    watch.counts["connections"] = len(server.calls)
    if server.calls:
        watch.fault("connection", server.calls)


def rounds(watch: Watch, folder: Path, places: dict[str, str], options: argparse.Namespace) -> None:
    """Grow texts and look at what becomes of them until the time is over."""
    random, corpus = Random(options.seed), read_texts()  # noqa: S311
    number, end = 0, time.monotonic() + options.seconds
    while time.monotonic() < end:
        number += 1
        grown = (grow(random, corpus) for _ in range(TEXTS_OF_A_ROUND))
        # What is blank is no translation, and makes a draft.
        texts = [t for t in grown if not t.is_too_long(0) and t.target(0, places).strip()]
        passing = [text for n, text in enumerate(texts) if passes(watch, text, n, places)]
        watch.counts["rounds"] += 1
        with tempfile.TemporaryDirectory(dir=folder) as one:
            look_at_open(watch, Path(one) / "open", texts, places)
            is_pdf = number % options.pdf_every == 0
            look_at_passing(watch, Path(one) / "walled", passing, places, is_pdf=is_pdf)


def passes(watch: Watch, text: Text, number: int, places: dict[str, str]) -> bool:
    """Tell whether the first wall lets a text pass."""
    watch.counts["texts"] += 1
    started = time.perf_counter()
    target = text.target(number, places)
    try:
        found = next(find_additions(text.source(number), target, lang="zh"), None)
    except Exception:
        watch.fault("traceback at the first wall", [text.text, traceback.format_exc()])
        return False
    watch.slowest = max(watch.slowest, time.perf_counter() - started)
    watch.counts["texts that the first wall refuses"] += found is not None
    return found is None and bool(target.strip())


# ---------------------------------------------------------------- with the first wall


def look_at_passing(
    watch: Watch, folder: Path, texts: Sequence[Text], places: dict[str, str], *, is_pdf: bool
) -> None:
    """Make the edition of the texts that pass, and compare it with a harmless one."""
    hostile = write_project(folder / "a", texts, places=places).folder
    good = write_project(folder / "b", map(harmless, texts), places=places).folder
    sources = [text.text for text in texts]
    try:
        pages, twins = make_pages(hostile), make_pages(good)
        pairs = [(p, html_of(p), html_of(twin)) for p, twin in zip(pages, twins, strict=True)]
    except PubkitError as error:
        watch.fault("check and rendering disagree", [str(error), *sources])
        return
    except Exception:
        watch.fault("traceback", [*sources, traceback.format_exc()])
        return
    for page, html, harmless_html in pairs:
        watch.counts["editions compared"] += 1
        new = Counter(shapes(html))
        new.subtract(shapes(harmless_html))
        more = {key: number for key, number in new.items() if number > 0 and not is_known(key)}
        if more:
            watch.fault(f"elements {more}", sources)
        if SECRET in html:
            watch.fault("secret in a page", sources)
        if is_pdf:
            make_pdf(watch, hostile, page, sources)


def is_known(shape: tuple[str, tuple[str, ...]]) -> bool:
    """Tell whether an element may be more often: an address that the source shows, as a link."""
    return shape == ("a", ("href",))


def make_pages(folder: Path) -> list[rendering.Page]:
    """Return the pages of a project in Chinese."""
    project = open_project(folder)
    setting = rendering.language_setting(project, "zh")
    return [
        rendering.prepare(project, document, setting=setting, lang="zh")
        for document in project.documents(())
    ]


def html_of(page: rendering.Page) -> str:
    """Return the HTML of a page."""
    return render_html(page.document, setting=page.setting)


def make_pdf(watch: Watch, folder: Path, page: rendering.Page, sources: list[str]) -> None:
    """Make the PDF of a page and prove it; a refusal is fine, anything else is not."""
    project = open_project(folder)
    started = time.monotonic()
    try:
        original = rendering.original_of(project, page)
        made = make_edition(original, formats=("html", "pdf"), limits=project.config.limits)
    except PubkitError as error:
        watch.counts[f"PDFs refused: {type(error).__name__}"] += 1
        return
    except Exception:
        watch.fault("traceback", [*sources, traceback.format_exc()])
        return
    watch.counts["PDFs over 20 s"] += time.monotonic() - started > 20
    watch.counts["PDFs that fail their proof" if made.faults else "PDFs proved"] += 1
    if made.edition.pdf and SECRET.encode() in made.edition.pdf:
        watch.fault("secret in a PDF", sources)
    for fault in made.faults:
        watch.counts[f"proof: {fault.check}"] += 1


# ---------------------------------------------------------------- with the first wall open


@contextmanager
def open_wall() -> Iterator[None]:
    """Let all texts pass."""
    with (
        patch("pubkit.translation.document.verify_additions"),
        patch.object(rendering, "verify_lengths"),
        patch.object(rendering, "_verify_no_foreign_picture"),
        patch.object(rendering, "picture_sizes", return_value={}),
    ):
        yield


def look_at_open(watch: Watch, folder: Path, texts: Sequence[Text], places: dict[str, str]) -> None:
    """Make a page of all texts, and see that nothing on it acts."""
    sources = [text.text for text in texts]
    hostile = write_project(folder / "a", texts, places=places).folder
    good = write_project(folder / "b", map(harmless, texts), places=places).folder
    try:
        with open_wall():
            pairs = [
                (elements(html_of(page)), elements(html_of(twin)))
                for page, twin in zip(make_pages(hostile), make_pages(good), strict=True)
            ]
    except PubkitError as error:
        watch.counts[f"open pages refused: {type(error).__name__}"] += 1
        if "internal fault" in str(error):
            watch.fault("internal fault", [str(error), *sources])
        return
    except Exception:
        watch.fault("traceback", [*sources, traceback.format_exc()])
        return
    for found, twins in pairs:
        watch.counts["open pages"] += 1
        for problem in acting(found, twins):
            watch.fault(problem, sources)


Elements = Sequence[tuple[str, dict[str, str]]]


def acting(found: Elements, twins: Elements) -> Iterator[str]:
    """Yield what a page has that no text can make."""
    new = Counter(tag for tag, _attributes in found)
    new.subtract(tag for tag, _attributes in twins)
    for tag in {tag for tag, number in new.items() if number > 0} - TEXT_ELEMENTS:
        yield f"element {tag}"
    known = {name for _tag, attributes in twins for name in attributes} | {"title"}
    for tag, attributes in found:
        for name in attributes.keys() - known:
            yield f"attribute {tag} {name}"
        for name in ("href", "src"):
            address = attributes.get(name, "").strip().casefold()
            scheme = re.match(r"[a-z][a-z0-9+.-]*(?=:)", address)
            if tag in ("a", "img") and scheme and scheme[0] not in SCHEMES:
                yield f"address {tag} {address[:60]}"


# ---------------------------------------------------------------- the whole corpus


def every_text_as_pdf(watch: Watch, folder: Path, places: dict[str, str]) -> None:
    """Make the PDF of each text by itself, the first wall open."""
    for text in read_texts():
        if text.kind in LABELS or text.is_too_long(0):
            continue
        watch.counts["texts"] += 1
        with tempfile.TemporaryDirectory(dir=folder) as one:
            project = write_project(Path(one) / "a", [text], places=places).folder
            try:
                with open_wall():
                    (page, *_others) = make_pages(project)
                    make_pdf(watch, project, page, [text.name])
            except PubkitError as error:
                watch.counts[f"pages refused: {type(error).__name__}"] += 1
            except Exception:
                watch.fault("traceback", [text.name, traceback.format_exc()])


if __name__ == "__main__":
    sys.exit(main())
