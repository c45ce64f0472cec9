"""Cells between separators: what every .csv has in common, whatever it is about.

Source:
    RFC 4180; Microsoft, "Create or edit .csv files to open in Excel" (``sep=``).
"""

import csv
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple, TypeVar

from pubkit.errors import CatalogError, Location, PubkitError
from pubkit.messages import gettext as _
from pubkit.patterns import pattern

SEPARATORS = (",", ";", "\t")
LONGEST_CELL = 400_000
"""Characters; what has more lacks a quotation mark."""
Head = TypeVar("Head")
Line = tuple[int, list[str]]
"""The cells of a row, and the line on which it begins."""


class Layout(NamedTuple):
    """How a file is laid out before its cells are read."""

    text: str
    skipped: int
    """Lines before the first row: Excel's own ``sep=;``."""
    separators: tuple[str, ...]
    """Those that can separate its cells, the likely one first."""


def find_layout(text: str) -> Layout:
    """Return the layout of a file; one that says what separates its cells is believed first."""
    said = text.split("\n", 1)[0].strip().strip('"')
    if not said.startswith("sep="):
        return Layout(text, 0, SEPARATORS)
    return Layout(text, 1, tuple(dict.fromkeys((*said[4:5], *SEPARATORS))))


def read_lines(
    layout: Layout,
    separator: str,
    *,
    path: str,
    error: type[PubkitError] = CatalogError,
    longest: int = LONGEST_CELL,
) -> Iterator[Line]:
    """Yield the rows of a file, each with the line on which it begins.

    Raises:
        PubkitError: A quotation mark is missing or too many.
    """
    csv.field_size_limit(max(csv.field_size_limit(), longest))
    lines = islice(_lines(layout.text), layout.skipped, None)
    reader = csv.reader(lines, delimiter=separator, strict=True)
    number = layout.skipped + 1
    try:
        for cells in reader:
            yield number, cells
            number = layout.skipped + 1 + reader.line_num
    except csv.Error as cause:
        raise error(
            _("The table cannot be read: {reason}").format(reason=cause),
            location=Location(path, number),
            remedy=_("Export the table again; a quotation mark may be missing or too many."),
        ) from None


_LINE = pattern(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")


def _lines(text: str) -> Iterator[str]:
    """Yield the lines of a text with their ends; the text is not copied, as it may be long."""
    return (match[0] for match in _LINE.finditer(text))


def first_row(layout: Layout, separator: str) -> list[str]:
    """Return the cells of the first line of a file."""
    line = layout.text.split("\n", layout.skipped + 1)[layout.skipped :][:1]
    return next(csv.reader(line, delimiter=separator), [])


def find_separator(
    layout: Layout, find_head: Callable[[Sequence[str]], Head | None]
) -> tuple[str, Head] | None:
    """Return what separates the cells of a file, and the head that its first line is then."""
    for separator in layout.separators:
        head = find_head(first_row(layout, separator))
        if head:
            return separator, head
    return None
