"""Import arbitrary documents with pubkit and with pandoc, and look for the words of each.

::

    python -m benchmarks.manuscripts [--documents 300]

A document is made of everything that Word or the web has, in any order; each text in it is a word
that stands nowhere else. A word is lost if it is neither in the Markdown nor in the report. Words
that readers must not see (deleted, hidden) and yet stand in the Markdown are counted apart.
"""

import argparse
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

from tests.manuscripts.arbitrary import FRAMES, RUNS, STYLES, TAGS, numbered
from tests.manuscripts.builders import docx

from pubkit.formats.manuscripts import arrange, read_manuscript
from pubkit.formats.manuscripts.completeness import letters
from pubkit.formats.markdown.writing import write_body

SECRET = ("<w:vanish/>", "<w:del>", "<w:moveFrom>", "hidden")
"""What readers must not see."""


@dataclass(frozen=True)
class Sample:
    """A document, its words, and those of them that nobody may see."""

    suffix: str
    data: bytes
    words: list[str]
    secret: set[str]


@dataclass(frozen=True)
class Result:
    """What an importer made of a document."""

    markdown: str
    report: str


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=300)
    number = parser.parse_args(arguments).documents
    say("| documents, read by | words | lost | shown against the author's will | ms each |")
    say("| --- | --- | --- | --- | --- |")
    for make, name in ((word_sample, "Word"), (page_sample, "web")):
        samples = [make(Random(seed)) for seed in range(number)]  # noqa: S311
        for read, reader in ((by_pandoc, "pandoc"), (by_pubkit, "pubkit")):
            say(f"| {name}, {reader} | {' | '.join(measured(samples, read))} |")
    return 0


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def measured(samples: Sequence[Sample], read: Callable[[Sample], Result]) -> Iterator[str]:
    """Yield the cells of a row."""
    lost = shown = 0
    start = time.perf_counter()
    results = [read(sample) for sample in samples]
    spent = (time.perf_counter() - start) / len(samples)
    for sample, result in zip(samples, results, strict=True):
        text = letters(result.markdown)
        found = text + letters(result.report)
        lost += sum(word not in found for word in sample.words)
        shown += sum(word in text for word in sample.secret)
    words = sum(len(sample.words) for sample in samples)
    yield from (str(words), str(lost), str(shown), f"{spent * 1000:.0f}")


def by_pubkit(sample: Sample) -> Result:
    """Import with pubkit."""
    path = f"x{sample.suffix}"
    manuscript = arrange(read_manuscript(sample.data, path=path, nearby=lambda _path: None))
    head = f"{manuscript.title} {manuscript.subtitle} {manuscript.kicker} {manuscript.dateline}"
    report = " ".join(loss.text for loss in manuscript.losses)
    return Result(f"{head} {write_body(manuscript).text}", report)


def by_pandoc(sample: Sample) -> Result:
    """Import with pandoc's own writer, whose warnings are its report."""
    from pypandoc import get_pandoc_path

    program = [get_pandoc_path(), "--sandbox", "-s", "-f", sample.suffix[1:], "-t", "commonmark_x"]
    found = subprocess.run(program, input=sample.data, capture_output=True, check=True)  # noqa: S603
    return Result(found.stdout.decode(), found.stderr.decode())


def word_sample(random: Random) -> Sample:
    """Return an arbitrary document of Word."""
    parts = ["<w:p><w:r><w:t>Start.</w:t></w:r></w:p>"]
    for _number in range(random.randint(1, 8)):
        runs = "".join(random.choices(RUNS, k=random.randint(0, 5)))
        style = f'<w:pPr><w:pStyle w:val="{random.choice(STYLES)}"/></w:pPr>'
        paragraph = f"<w:p>{style}{runs}</w:p>"
        is_cell = random.random() < 0.2
        table = f"<w:tbl><w:tr><w:tc>{paragraph}</w:tc><w:tc>{paragraph}</w:tc></w:tr></w:tbl>"
        parts.append(table if is_cell else paragraph)
    body, words = numbered("".join(parts))
    return Sample(".docx", docx(body), words, secret_words(parts, words, RUNS))


def page_sample(random: Random) -> Sample:
    """Return an arbitrary page of the web."""
    parts = ["<p>Start.</p>"]
    for _number in range(random.randint(1, 8)):
        inner = " ".join(random.choices(TAGS, k=random.randint(0, 5)))
        parts.append(random.choice(FRAMES).replace("{}", inner))
    body, words = numbered("".join(parts))
    data = f"<html><body>{body}</body></html>".encode()
    return Sample(".html", data, words, secret_words(parts, words, TAGS))


def secret_words(parts: Sequence[str], words: Sequence[str], pieces: Sequence[str]) -> set[str]:
    """Return the words of pieces that readers must not see."""
    text, found = "".join(parts), set[str]()
    for piece in pieces:
        if any(mark in piece for mark in SECRET):
            place = text.find(piece)
            while place >= 0:
                first = text.count("@", 0, place)
                found |= {*words[first : first + piece.count("@")]}
                place = text.find(piece, place + 1)
    return found


if __name__ == "__main__":
    sys.exit(main())
