"""XLIFF 2.1: written for translation tools, and read from them; XLIFF 2.0 and 1.2 are read, too.

::

    Catalog --writer--> file per document, unit per entry, Markdown's marks as protected codes
    units, however a tool has cut them into segments --reader--> Catalog

Law: a catalog that is written and read again has the same texts, contexts, comments and states.

Source:
    XLIFF Version 2.1, OASIS Standard, 13 February 2018.
"""

from pubkit.formats.xliff.reader import parse_xliff
from pubkit.formats.xliff.writer import format_xliff

__all__ = ["format_xliff", "parse_xliff"]
