"""Take over the catalog of a book that another program made, and count what is kept.

::

    python -m benchmarks.books FOLDER CATALOG.po [--lost]

FOLDER holds the Markdown of the book, CATALOG.po is its catalog from the same commit. Code is not
counted: pubkit does not translate it. Neither is what has no word: tags, comments, definitions of
links, and what mdBook puts a file in place of.
"""

import argparse
import re
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from pubkit.formats.markdown import block_texts, normal_form, parse_document
from pubkit.formats.markdown.pages import has_own_words
from pubkit.formats.po import read_catalog
from pubkit.model import Entry, Segment

NO_TEXT = re.compile(
    r"<!--.*?(?:-->|\Z)|</?[A-Za-z][^<>]*>|(?:\A|\s)\[[^\]\n]+\]: \S+(?: \"[^\"]*\")?", re.DOTALL
)


def main() -> None:
    """Print how many of the texts of the catalog were found, and how."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("catalog", type=Path)
    parser.add_argument("--lost", action="store_true", help="also print what was not found")
    arguments = parser.parse_args()
    start = time.perf_counter()
    texts = {segment.msgid for segment in _segments(arguments.folder)}
    entries = read_catalog(arguments.catalog).live_entries
    counts, lost = _count((entry for entry in entries if _is_text(entry)), texts)
    total = sum(counts.values())
    for kind, number in counts.most_common():
        _say(f"{kind:12} {number:7,} {number / total:8.2%}")
    _say(f"{'all':12} {total:7,} {time.perf_counter() - start:7.1f}s")
    for text in lost if arguments.lost else ():
        _say(repr(text))


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def _segments(folder: Path) -> Iterator[Segment]:
    for path in sorted(folder.glob("**/*.md")):
        document = parse_document(path.read_bytes(), path=path.name, default_lang="en")
        yield from document.segments


def _is_text(entry: Entry) -> bool:
    is_code = any(comment.startswith("type: Fenced code") for comment in entry.extracted_comments)
    return not is_code and has_own_words(NO_TEXT.sub(" ", entry.msgid))


def _count(entries: Iterable[Entry], texts: set[str]) -> tuple[Counter[str], list[str]]:
    forms = {normal_form(text) for text in texts}
    counts, lost = Counter[str](), []
    for entry in entries:
        kind = _kind(entry.msgid, texts, forms)
        counts[kind] += 1
        if kind == "not found":
            lost.append(entry.msgid)
    return counts, lost


def _kind(msgid: str, texts: set[str], forms: set[str]) -> str:
    if msgid in texts:
        return "the same"
    if normal_form(msgid) in forms:
        return "respelt"
    parts = block_texts(msgid)
    if parts and all(normal_form(part) in forms for part in parts):
        return "respelt" if len(parts) == 1 else "divided"
    return "not found"


if __name__ == "__main__":
    main()
