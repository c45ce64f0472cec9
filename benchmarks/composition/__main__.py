"""Set the same Chinese text as WeasyPrint does it and as pubkit does, in turns, and compare.

::

    python -m benchmarks.composition [--paragraphs 1000] [--rounds 9]

Three texts are set: the Chinese edition of this repository's report and the Chinese texts of the
hand-made catalogs of ``benchmarks/checks``, both in the measure of a press release, and arbitrary
paragraphs in measures from 12 to 42 characters, with all that can stand beside anything else. The
time is that of WeasyPrint's layout alone.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from random import Random
from statistics import median, quantiles
from typing import Any

import weasyprint.document
from tests.rendering.arbitrary import NO_END, NO_START, arbitrary_text
from weasyprint import HTML
from weasyprint.formatting_structure import boxes
from weasyprint.text.fonts import FontConfiguration

from pubkit.formats.po import read_catalog
from pubkit.rendering.composition import compose_with
from pubkit.rendering.lines.breaking import Paragraph
from pubkit.rendering.lines.signs import Kind

ROOT = Path(__file__).parents[2]
REPORT = ROOT / "locales" / "zh" / "LC_MESSAGES" / "report.po"
CATALOGS = ROOT / "benchmarks" / "checks" / "handmade"
STYLE = """
@page { size: 210mm 2800mm; margin: 5mm }
p { margin: 0; font: 10.5pt/18pt "Noto Serif CJK SC"; width: 42em; text-indent: 2em;
    text-align: justify; overflow-wrap: anywhere }
"""
MEASURES = (12, 15.3, 20, 28, 36, 42)


@dataclass
class Quality:
    """What a typographer would count."""

    lines: int = 0
    ragged: int = 0
    overfull: int = 0
    forbidden: int = 0

    def row(self, name: str) -> str:
        """Return a row of the table."""
        shares = (self.ragged, self.overfull, self.forbidden)
        cells = " | ".join(f"{number} ({number / self.lines:.2%})" for number in shares)
        return f"| {name} | {self.lines} | {cells} |"


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--paragraphs", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=9)
    options = parser.parse_args()
    texts = {
        "report": [*chinese_texts([REPORT])],
        "press texts": [*chinese_texts(sorted(CATALOGS.glob("*/clean.po")))],
        "arbitrary": [*arbitrary_paragraphs(options.paragraphs)],
    }
    _say("| text, set by | full lines | ragged | overfull | forbidden start or end |")
    _say("| --- | --- | --- | --- | --- |")
    for name, paragraphs in texts.items():
        for is_composed in (False, True):
            layout = lay_out(paragraphs, is_composed=is_composed)
            setter = "pubkit" if is_composed else "WeasyPrint"
            _say(quality(layout).row(f"{name}, {setter}"))
    for name, paragraphs in texts.items():
        print_growth(name, paragraphs)
    for name, paragraphs in texts.items():
        print_times(name, paragraphs, options.rounds)


# ---------------------------------------------------------------- texts


def chinese_texts(catalogs: Sequence[Path]) -> Iterator[str]:
    """Yield the Chinese texts of people who translate for a living, of some length."""
    for path in catalogs:
        for entry in read_catalog(path).live_entries:
            if len(entry.msgstr) > 50 and any(
                "\u4e00" <= sign <= "\u9fff" for sign in entry.msgstr
            ):
                yield f"<p>{entry.msgstr.replace('<', '&lt;')}</p>"


def arbitrary_paragraphs(number: int) -> Iterator[str]:
    """Yield paragraphs that nobody would write, the same ones each time."""
    source = Random(1981)  # noqa: S311
    for _ in range(number):
        width = source.choice(MEASURES)
        yield f'<p style="width: {width}em">{arbitrary_text(source, source.randint(3, 40))}</p>'


# ---------------------------------------------------------------- lines


def lay_out(paragraphs: Sequence[str], *, is_composed: bool) -> Any:
    """Return the layout of paragraphs."""
    fonts = FontConfiguration()
    if is_composed:
        compose_with(fonts)
    html = f'<html lang="zh-CN"><style>{STYLE}</style>{"".join(paragraphs)}'
    return HTML(string=html).render(font_config=fonts)


def quality(layout: Any) -> Quality:
    """Count the lines that a typographer would not pass."""
    found = Quality()
    for page in layout.pages:
        for paragraph in page._page_box.descendants():
            if isinstance(paragraph, boxes.BlockBox) and paragraph.element_tag == "p":
                _count(paragraph, found)
    return found


def _count(paragraph: Any, found: Quality) -> None:
    lines = [line for line in paragraph.children if isinstance(line, boxes.LineBox)]
    for line, following in pairwise(lines):
        texts = [box for box in line.descendants() if isinstance(box, boxes.TextBox)]
        short = (
            paragraph.position_x
            + paragraph.width
            - max(box.position_x + box.width for box in texts)
        )
        em = paragraph.style["font_size"]
        found.lines += 1
        found.ragged += short > 0.1 * em
        found.overfull += short < -0.005 * em
        found.forbidden += _text(line).rstrip().endswith(tuple(NO_END))
        found.forbidden += _text(following).startswith(tuple(NO_START))


def _text(line: Any) -> str:
    return "".join(box.text for box in line.descendants() if isinstance(box, boxes.TextBox))


def print_growth(name: str, paragraphs: Sequence[str]) -> None:
    """Print by how much Chinese characters stand apart in full lines."""
    changes: Counter[int] = Counter()
    original = Paragraph._line

    def watched(self: Paragraph, start: int, end: int, measure: float, **options: Any) -> Any:
        line = original(self, start, end, measure, **options)
        kinds = self.kinds[line.start : line.visible_end]
        pairs = zip(line.changes, pairwise(kinds), strict=False)
        changes.update(change for change, pair in pairs if set(pair) == {Kind.IDEOGRAPH})
        return line

    Paragraph._line = watched  # type: ignore[assignment]
    lay_out(paragraphs, is_composed=True)
    Paragraph._line = original  # type: ignore[method-assign]
    values = sorted(changes.elements())
    cuts = quantiles(values, n=1000)
    shares = ", ".join(
        f"{share / 10:g} % {cuts[share - 1] / 1000:.3f}" for share in (500, 900, 990, 999)
    )
    _say(f"\n{name}: em between two characters: {shares}, at most {values[-1] / 1000:.3f}")


# ---------------------------------------------------------------- time


def print_times(name: str, paragraphs: Sequence[str], rounds: int) -> None:
    """Print the ratio of both layouts' times, taken in turns."""
    paragraphs = [*paragraphs] * max(1, 1000 // len(paragraphs))
    lay_out(paragraphs, is_composed=True)
    pairs = [
        (layout_time(paragraphs, is_composed=False), layout_time(paragraphs, is_composed=True))
        for _ in range(rounds)
    ]
    ratios = sorted(composed / stock for stock, composed in pairs)
    _say(
        f"\n{name}: layout takes {median(ratios):.2f} times as long as WeasyPrint's own"
        f" ({ratios[0]:.2f} to {ratios[-1]:.2f}; {median(stock for stock, _ in pairs):.2f} s)"
    )


def layout_time(paragraphs: Sequence[str], *, is_composed: bool) -> float:
    """Return the processor time of the layout alone, in seconds."""
    original = weasyprint.document.layout_document
    times = []

    def timed(*arguments: Any, **options: Any) -> Any:
        begin = time.process_time()
        pages = list(original(*arguments, **options))  # It makes them one by one.
        times.append(time.process_time() - begin)
        return pages

    weasyprint.document.layout_document = timed
    try:
        lay_out(paragraphs, is_composed=is_composed)
    finally:
        weasyprint.document.layout_document = original
    return sum(times)


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    main()
