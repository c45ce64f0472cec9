"""Catalogs in .po and .pot files: read as GNU msgfmt reads them, or refused.

::

    bytes --decoding--> text --lexer--> tokens --reader--> entries --header--> Catalog
    Catalog --writer--> bytes --proofreading, saving--> file

The law: ``format_catalog(parse_catalog(data)) == data`` for every accepted file, but for one
leading byte order mark, which is dropped.
"""

from pubkit.formats.po.reader import parse_catalog
from pubkit.formats.po.saving import read_catalog, remove_catalog, write_catalog
from pubkit.formats.po.writer import format_catalog

__all__ = ["format_catalog", "parse_catalog", "read_catalog", "remove_catalog", "write_catalog"]
