"""Bilingual tables for reviewers without a translation tool: .csv and .xlsx.

::

    Catalog --rows--> rows of cells --comma_separated, workbook--> bytes, and back

Law: a catalog that is written and read again has the same texts, contexts, states and translators'
comments, whatever is in them. What spreadsheet programs do to text by themselves is undone where
it can be told, and refused with its row where it cannot.
"""

from pubkit.formats.tables.comma_separated import format_csv, parse_csv
from pubkit.formats.tables.workbook import format_xlsx, parse_xlsx

__all__ = ["format_csv", "format_xlsx", "parse_csv", "parse_xlsx"]
