"""Catalogs as bytes: unchanged entries keep theirs, the others get one canonical shape."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from pubkit.errors import CatalogError, Location
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
    newline = _newline(catalog)
    text = _join(catalog, newline)
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
    for text in (*catalog.blocks.values(), catalog.tail):
        if "\n" in text:
            return "\r\n" if "\r\n" in text[: text.index("\n") + 1] else "\n"
    return "\n"


def _join(catalog: Catalog, newline: str) -> str:
    """Put the entries' texts together; what stood together in the file is not touched."""
    entries = (catalog.header, *catalog.entries) if catalog.header else catalog.entries
    read = list(catalog.blocks)
    followers = dict(pairwise(read))
    pieces: list[str] = []
    before: Entry | None = None
    for entry in entries:
        if before and not (followers.get(before) == entry and entry in catalog.blocks):
            pieces.append(_gap(pieces[-1], newline))
        pieces.append(catalog.blocks.get(entry) or format_entry(entry).replace("\n", newline))
        before = entry
    if before == (read[-1] if read else None):
        return "".join(pieces) + catalog.tail
    text = "".join(pieces).rstrip("\r\n") + newline
    return text + newline + catalog.tail if catalog.tail else text


def _gap(text: str, newline: str) -> str:
    """Return what is missing between this text and a blank line."""
    if re.search(r"\n[ \t\r\f\v]*\n\Z", text):
        return ""
    return newline if text.endswith("\n") else newline * 2


# ---------------------------------------------------------------- one entry


def format_entry(entry: Entry) -> str:
    """Return an entry in the shape of GNU msgcat --no-wrap, ending with a newline."""
    lines = (*_comment_lines(entry), *_previous_lines(entry), *_field_lines(entry))
    return "".join(f"{line}\n" for line in lines)


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
