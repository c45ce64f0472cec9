"""What is about to be saved, read back: a bug must not cost a translation.

Most of a catalog stands in the file already, and an entry is read alike between whatever others.
So what is new is read alone, and the whole only if that says something else than is meant.
"""

from collections.abc import Sequence
from functools import lru_cache

from pubkit.config.limits import DEFAULT_LIMITS, Limits
from pubkit.errors import CatalogError
from pubkit.formats.po.assembly import make_plain_entry
from pubkit.formats.po.blocks import Blocks
from pubkit.formats.po.decoding import PoText, check_size
from pubkit.formats.po.lexer import BEGINNING, PLAIN_ENTRY
from pubkit.formats.po.reader import check_entries, parse_catalog, read_entries
from pubkit.formats.po.writer import Piece
from pubkit.messages import gettext as _
from pubkit.model import Catalog, Entry


def find_misreading(
    data: bytes, pieces: Sequence[Piece], catalog: Catalog, *, path: str, limits: Limits
) -> str:
    """Return what would be read otherwise than it is meant; empty if nothing would.

    Args:
        data: The file.
        pieces: What it is made of.
        catalog: What is meant.
        path: Its name.
        limits: How much is refused.
    """
    try:
        # The texts of a file are those of its entries; nothing else is taken for them.
        has_own = isinstance(catalog.blocks, Blocks) or not catalog.blocks
        if has_own and not catalog.tail and _are_certain(pieces, limits.catalog_text):
            return _misreading_of_certain(
                data, pieces, catalog, PoText(data.decode(), path, limits)
            )
        return _misreading(parse_catalog(data, path=path, limits=limits), catalog)
    except CatalogError as error:
        return error.message


def _misreading(written: Catalog, meant: Catalog) -> str:
    if written.header != meant.header:
        return _("its header would be read differently")
    for entry, read in zip(meant.entries, written.entries, strict=False):
        if entry != read:
            return entry.msgid[:60]
    return "" if len(written.entries) == len(meant.entries) else _("entries would be lost")


def _misreading_of_certain(
    data: bytes, pieces: Sequence[Piece], catalog: Catalog, source: PoText
) -> str:
    """Return what is wrong with the whole of which each piece is read as it is meant."""
    check_size(len(data), source.path, limits=source.limits)
    entries = tuple(piece.entry for piece in pieces)
    header, _lang = check_entries(entries, source)
    return "" if header is catalog.header else _("its header would be read differently")


def _are_certain(pieces: Sequence[Piece], longest: int) -> bool:
    """Tell whether each piece is read as its entry, whatever stands before and behind it.

    What begins an entry ends the one before, and with its line whatever has begun on that.
    """
    return all(
        BEGINNING.match(text)
        and text.endswith("\n")
        and len(text) <= longest
        and ((place is not None and _is_plain(entry)) or _entry_of(text) == entry)
        for entry, text, place in pieces
    )


def _is_plain(entry: Entry) -> bool:
    """Tell whether an entry that was read has no fields but those of the plainest."""
    return not entry.is_obsolete and (
        entry.msgid_plural is entry.previous_msgid is entry.previous_msgctxt is None
    )


SHARED = 2_000
"""New texts that are remembered: a template and the catalogs that begin with it have the same."""


@lru_cache(maxsize=SHARED)
def _entry_of(text: str) -> Entry | None:
    """Return the entry that a text is by itself, if it is one."""
    if token := PLAIN_ENTRY.fullmatch(text):
        return make_plain_entry(token, len(text), line=0)
    try:
        entries = read_entries(PoText(text, "", DEFAULT_LIMITS))
    except CatalogError:
        return None
    return entries[0] if len(entries) == 1 else None
