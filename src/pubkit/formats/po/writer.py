"""Catalogs as bytes: unchanged entries keep theirs, the others get one canonical shape."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from pubkit.errors import CatalogError, Location
from pubkit.formats.po.blocks import Blocks
from pubkit.formats.po.lexer import NAMED_ESCAPES
from pubkit.messages import gettext as _
from pubkit.model import Catalog, Entry
from pubkit.patterns import pattern


def format_catalog(catalog: Catalog) -> bytes:
    """Write a catalog so that only changed entries change in the file.

    ``parse_catalog`` reads the same entries again from what is written.

    Raises:
        CatalogError: A text holds half of a surrogate pair, which UTF-8 cannot hold.
    """
    return join_pieces(cut_into_pieces(catalog), catalog)


class Piece(NamedTuple):
    """An entry and what is written for it."""

    entry: Entry
    text: str
    place: int | None
    """Its number in the file that was read, if it is still equal; None if it is new."""


def cut_into_pieces(catalog: Catalog) -> list[Piece]:
    """Return what is written for each entry, the header first."""
    blocks, newline = _blocks(catalog), _newline(catalog)
    entries = (catalog.header, *catalog.entries) if catalog.header else catalog.entries
    places = map(blocks.place, entries)
    return [
        Piece(entry, _text(entry, newline) if place is None else blocks.texts[place], place)
        for entry, place in zip(entries, places, strict=True)
    ]


def _blocks(catalog: Catalog) -> Blocks:
    read = catalog.blocks
    return read if isinstance(read, Blocks) else Blocks(tuple(read), tuple(read.values()))


def _text(entry: Entry, newline: str) -> str:
    text = _format_shared(entry)
    return text if newline == "\n" else text.replace("\n", newline)


def join_pieces(pieces: Iterable[Piece], catalog: Catalog) -> bytes:
    """Put the pieces of a catalog together, as ``format_catalog`` does.

    Raises:
        CatalogError: A text holds half of a surrogate pair, which UTF-8 cannot hold.
    """
    text = _join(pieces, catalog, _newline(catalog))
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise CatalogError(
            _("A text of the catalog holds {code}, which is no character.").format(
                code=f"U+{ord(error.object[error.start]):04X}"
            ),
            location=Location(catalog.path) if catalog.path else None,
            remedy=_("Type the text again where it came from."),
        ) from None


def _newline(catalog: Catalog) -> str:
    """Return the line ending of the file that was read."""
    for text in (*_blocks(catalog).texts, catalog.tail):
        if "\n" in text:
            return "\r\n" if "\r\n" in text[: text.index("\n") + 1] else "\n"
    return "\n"


def _join(pieces: Iterable[Piece], catalog: Catalog, newline: str) -> str:
    """Put the entries' texts together; what stood together in the file is not touched."""
    texts: list[str] = []
    last: int | None = -1
    for _entry, text, place in pieces:
        if texts and (last is None or place != last + 1):
            texts.append(_gap(texts[-1], newline))
        texts.append(text)
        last = place
    if last == len(catalog.blocks) - 1:
        return "".join(texts) + catalog.tail
    whole = "".join(texts).rstrip("\r\n") + newline
    return whole + newline + catalog.tail if catalog.tail else whole


def _gap(text: str, newline: str) -> str:
    """Return what is missing between this text and a blank line."""
    if not text.endswith("\n"):
        return newline * 2
    return "" if text[:-1].rstrip(" \t\r\f\v").endswith("\n") else newline


# ---------------------------------------------------------------- one entry


def format_entry(entry: Entry) -> str:
    """Return an entry in the shape of GNU msgcat --no-wrap, ending with a newline."""
    lines = (*_comment_lines(entry), *_previous_lines(entry), *_field_lines(entry))
    return "".join(f"{line}\n" for line in lines)


# A template and the catalogs that begin with it have the same entries.
_format_shared = lru_cache(maxsize=2_000)(format_entry)


def _comment_lines(entry: Entry) -> Iterator[str]:
    yield from (f"# {comment}" if comment else "#" for comment in entry.translator_comments)
    yield from (f"#. {comment}" if comment else "#." for comment in entry.extracted_comments)
    if entry.references:
        yield f"#: {' '.join(entry.references)}"
    if entry.flags:
        yield f"#, {', '.join(entry.flags)}"


def _previous_lines(entry: Entry) -> Iterator[str]:
    mark = "#~| " if entry.is_obsolete else "#| "
    fields = {
        "msgctxt": entry.previous_msgctxt,
        "msgid": entry.previous_msgid,
        "msgid_plural": entry.previous_msgid_plural,
    }
    return (mark + line for line in _lines(fields))


def _field_lines(entry: Entry) -> Iterator[str]:
    mark = "#~ " if entry.is_obsolete else ""
    fields = {
        "msgctxt": entry.msgctxt,
        "msgid": entry.msgid,
        "msgid_plural": entry.msgid_plural,
        "msgstr": entry.msgstr if entry.msgid_plural is None else None,
        **{f"msgstr[{index}]": text for index, text in enumerate(entry.msgstr_plural)},
    }
    return (mark + line for line in _lines(fields))


def _lines(fields: Mapping[str, str | None]) -> Iterator[str]:
    for keyword, text in fields.items():
        if text is not None:
            literals = (f'"{line}"' for line in _literals(text))
            yield f"{keyword} {next(literals)}"
            yield from literals


def _literals(text: str) -> Iterable[str]:
    """Break a text after each newline and nowhere else, so that a diff shows what changed."""
    if "\n" not in text:
        return (escape(text),)
    return ("", *(escape(line) for line in re.findall(r"[^\n]*\n|[^\n]+", text)))


_SPECIAL = pattern(r'["\\\x00-\x1f\x7f-\x9f\u2028\u2029]')
_ESCAPES = {character: f"\\{name}" for name, character in NAMED_ESCAPES.items()}


def escape(text: str) -> str:
    """Return the text as it stands between quotation marks in a catalog."""
    return _SPECIAL.sub(lambda match: _ESCAPES.get(match[0]) or _octal(match[0]), text)


def _octal(character: str) -> str:
    return "".join(f"\\{byte:03o}" for byte in character.encode())
