"""From the fields and comments of one entry to the entry itself."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from pubkit.config.limits import raised
from pubkit.formats.po.decoding import PoText
from pubkit.formats.po.lexer import unquote, unquote_ordinary
from pubkit.messages import gettext as _
from pubkit.model import Entry
from pubkit.patterns import pattern


class Field(NamedTuple):
    """A keyword and the strings that follow it."""

    kind: str
    """The keyword; after ``#| `` if that precedes it, before ``[]`` if it has an index."""
    offset: int
    """Where the keyword stands."""
    runs: list[str]
    """Each one or more string literals with blanks between them, perhaps behind the keyword."""


def make_entry(
    fields: Sequence[Field], comments: str, source: PoText, *, is_obsolete: bool, line: int
) -> Entry:
    """Return the entry that these fields and comment lines describe.

    Args:
        fields: In an order that the grammar allows.
        comments: Whole lines, each beginning with ``#``.
        source: The file, for the places of faults.
        is_obsolete: Whether the lines of the entry begin with ``#~``.
        line: The line of its ``msgid``.

    Raises:
        CatalogError: A text cannot be decoded or is too long, or the flags are ambiguous.
    """
    texts = {
        kind: _text(runs, offset, source) for kind, offset, runs in fields if kind != "msgstr[]"
    }
    forms = [_text(runs, offset, source) for kind, offset, runs in fields if kind == "msgstr[]"]
    translator, extracted, references, flags = _sort_comments(comments, source, fields[0].offset)
    return Entry(
        msgid=texts["msgid"],
        msgstr=texts.get("msgstr", ""),
        msgctxt=texts.get("msgctxt"),
        msgid_plural=texts.get("msgid_plural"),
        msgstr_plural=tuple(forms),
        translator_comments=translator,
        extracted_comments=extracted,
        references=references,
        flags=flags,
        previous_msgctxt=texts.get("#| msgctxt"),
        previous_msgid=texts.get("#| msgid"),
        previous_msgid_plural=texts.get("#| msgid_plural"),
        is_obsolete=is_obsolete,
        line=line,
    )


def make_plain_entry(token: re.Match[str], longest: int, *, line: int) -> Entry | None:
    """Return the entry of a ``PLAIN_ENTRY``; None if something is wrong with it.

    Args:
        token: Its text.
        longest: How many characters a text may have.
        line: The line of its ``msgid``.
    """
    comments, context, msgid, msgstr = token.groups()
    try:
        context = unquote_ordinary(context, "msgctxt") if context else None
        msgid, msgstr = unquote_ordinary(msgid, "msgid"), unquote_ordinary(msgstr, "msgstr")
    except ValueError:
        return None
    if len(msgid) > longest or len(msgstr) > longest or (context and len(context) > longest):
        return None
    return make_simple_entry(comments, context, msgid, msgstr, line=line)


def make_simple_entry(
    comments: str, context: str | None, msgid: str, msgstr: str, *, line: int
) -> Entry | None:
    """Return the entry of these texts; None if something is wrong with its comments."""
    translator, extracted, references, flags = _read_comments(comments)
    if "fuzzy" in flags and not _is_fuzzy_for_gettext(comments):
        return None
    return Entry(
        msgid=msgid,
        msgstr=msgstr,
        msgctxt=context,
        translator_comments=translator,
        extracted_comments=extracted,
        references=references,
        flags=flags,
        line=line,
    )


def _text(runs: Iterable[str], offset: int, source: PoText) -> str:
    try:
        text = unquote(runs)
    except ValueError:
        raise source.fault(
            offset,
            _("A numeric escape in this text makes something that is no text."),
            _("Type the character itself instead of the backslash and the digits."),
        ) from None
    limit = source.limits.catalog_text
    if len(text) > limit:
        raise source.fault(
            offset,
            _("This text has {count} characters; {limit} are allowed.").format(
                count=len(text), limit=limit
            ),
            raised(
                _("Split the text; perhaps a closing quotation mark is missing above."),
                "catalog_text",
            ),
        )
    return text


# ---------------------------------------------------------------- comments

_Comments = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], tuple[str, ...]]
"""Translator comments, extracted comments, references and flags."""

_REFERENCE = pattern(r"\u2068[^\u2069]*\u2069[^ \t\r\f\v]*|[^ \t\r\f\v]+")
_FLAG = pattern(r"range:[ \t\r\f\v]*[^ \t\r\f\v,]+|[^ \t\r\f\v,]+")


def _sort_comments(comments: str, source: PoText, offset: int) -> _Comments:
    """Tell comment lines apart by the character after ``#``, as GNU gettext does."""
    kinds = _read_comments(comments)
    if "fuzzy" in kinds[-1] and not _is_fuzzy_for_gettext(comments):
        raise source.fault(
            offset,
            _("This entry is marked fuzzy, but gettext reads its last line of flags only."),
            _("Put all its flags on one line, as in “#, fuzzy, no-wrap”."),
        )
    return kinds


def _read_comments(comments: str) -> _Comments:
    return _sorted_often(comments) if len(comments) < OFTEN else _sorted(comments)


OFTEN = 500
"""Comments shorter than this, in characters, are often those of many entries."""


def _sorted(comments: str) -> _Comments:
    """Return the comments of each kind."""
    translator: list[str] = []
    extracted: list[str] = []
    references: list[str] = []
    flags: list[str] = []
    for line in comments.split("\n"):
        comment = line.lstrip(" \t\r\f\v").removesuffix("\r")
        kind = comment[1:2]
        if kind == ".":
            extracted.append(comment[2:].removeprefix(" "))
        elif kind == ":":
            references.extend(_REFERENCE.findall(comment, 2))
        elif kind in (",", "!"):
            flags.extend(_FLAG.findall(comment, 2))
        elif comment:
            translator.append(comment[1:].removeprefix(" "))
    return tuple(translator), tuple(extracted), tuple(references), tuple(flags)


_sorted_often = lru_cache(maxsize=256)(_sorted)


_FLAG_LINE = pattern(r"^[ \t\r\f\v]*#[,!](.*)", re.MULTILINE)


def _is_fuzzy_for_gettext(comments: str) -> bool:
    """Tell whether an entry that is marked fuzzy is not taken for finished by gettext."""
    return "fuzzy" in _FLAG.findall(_FLAG_LINE.findall(comments)[-1])
