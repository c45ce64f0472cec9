"""Looks at what was made: an error page is no edition, and a fast failure no speed."""

import re
import unicodedata
from pathlib import Path

from pypdfium2 import PdfDocument

from benchmarks.speed.markdown import read_document, read_translations
from benchmarks.speed.rotation import WrongOutputError

TAG = re.compile(r"<[^>]+>")
SIGNS = 10
"""Letters from the beginning and the end of a text that are looked for."""


def letters(text: str) -> str:
    """Return the letters and digits of a text: all else belongs to the typesetter."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text)))


def page_count(path: Path) -> int:
    """Return how many pages a PDF has; 0 if there is none."""
    if not path.is_file():
        return 0
    pdf = PdfDocument(path)
    try:
        return len(pdf)
    finally:
        pdf.close()


def verify_pdf(path: Path, expected: tuple[str, ...], *, pages: int = 1) -> None:
    """Make sure that a PDF has its texts and at least so many pages.

    Raises:
        WrongOutputError: It is missing, short, or lacks a text.
    """
    if page_count(path) < pages:
        raise WrongOutputError(f"{path.name} has {page_count(path)} pages, expected {pages}")
    text = _text(path)
    for wanted in expected:
        whole = letters(wanted)
        for part in (whole[:SIGNS], whole[-SIGNS:]):
            if part not in text:
                raise WrongOutputError(f"{path.name} lacks the text “{part}”")


def _text(path: Path) -> str:
    pdf = PdfDocument(path)
    try:
        return letters("".join(page.get_textpage().get_text_range() for page in pdf))
    finally:
        pdf.close()


def verify_page(path: Path, expected: tuple[str, ...]) -> None:
    """Make sure that a page for the web has its texts.

    Raises:
        WrongOutputError: It is missing or lacks one.
    """
    text = letters(TAG.sub("", path.read_text("utf-8"))) if path.is_file() else ""
    for wanted in expected:
        if letters(wanted)[:SIGNS] not in text:
            raise WrongOutputError(f"{path.name} lacks the text “{wanted[:40]}”")


def expected_texts(project: Path, name: str, lang: str) -> tuple[str, ...]:
    """Return texts that an edition has to show: the title, the first and the last paragraph."""
    fields, body = read_document(project / "source" / f"{name}.md")
    catalogs = project / "locales" / lang.replace("-", "_") / "LC_MESSAGES"
    texts = read_translations(catalogs / f"{name}.po")
    plain = [block for block in body.split("\n\n") if block.strip() and block[0].isalpha()]
    wanted = (fields["title"], plain[0].strip(), plain[-1].strip())
    return tuple(texts.get(text, text) for text in wanted)
