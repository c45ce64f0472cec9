"""The grammar of a .po file: which tokens make an entry, and in which order.

Source:
    GNU gettext manual, 3 "The Format of PO Files"; the rest was observed on msgfmt 0.21.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import field

from pubkit.config.limits import DEFAULT_LIMITS, Limits, raised
from pubkit.errors import CatalogError
from pubkit.formats.po.assembly import Field, make_entry, make_plain_entry, make_simple_entry
from pubkit.formats.po.blocks import Blocks
from pubkit.formats.po.consistency import check_duplicates, check_line_breaks
from pubkit.formats.po.decoding import PoText, decode
from pubkit.formats.po.diagnosis import (
    diagnose,
    explain_missing_string,
    explain_order,
    explain_unquoted,
)
from pubkit.formats.po.header import check_header
from pubkit.formats.po.lexer import LEADING, PLAIN_ENTRY, SIMPLE_ENTRY, TOKEN
from pubkit.messages import gettext as _
from pubkit.model import Catalog, Entry
from pubkit.values import dataclass


def parse_catalog(
    data: bytes, *, path: str | None = None, limits: Limits = DEFAULT_LIMITS
) -> Catalog:
    """Read a catalog exactly as GNU msgfmt reads it, or refuse it; never guess.

    Args:
        data: The bytes of the file; UTF-8, with or without a byte order mark.
        path: The file's name, for the locations of errors.
        limits: How much is refused.

    Returns:
        The entries with the text of each, so that ``format_catalog`` can write them back.

    Raises:
        CatalogError: The file is malformed; the error says where and what to do.
    """
    source = decode(data, path or _("<catalog>"), limits=limits)
    reader = _Reader(source)
    tail = reader.read()
    entries = tuple(reader.entries)
    header, lang = check_entries(entries, source)
    return Catalog(
        entries=entries[1:] if header else entries,
        header=header,
        path=path,
        lang=lang,
        blocks=Blocks(entries, reader.texts),
        tail=tail,
    )


def read_entries(source: PoText) -> Sequence[Entry]:
    """Return the entries of a text that need not be a whole file.

    Raises:
        CatalogError: It is malformed.
    """
    reader = _Reader(source)
    reader.read()
    return reader.entries


def check_entries(entries: Sequence[Entry], source: PoText) -> tuple[Entry | None, str | None]:
    """Check that the entries of a file contradict neither one another nor the header.

    Returns:
        The header, and the language that it names as a BCP 47 tag.

    Raises:
        CatalogError: Two have the same text, the header is wrong, or line breaks do not agree.
    """
    check_duplicates(entries, source)
    header, lang = check_header(entries, source)
    check_line_breaks(entries, source)
    return header, lang


_KINDS: Mapping[tuple[bool, str, bool], str] = {
    (True, "msgctxt", False): "#| msgctxt",
    (True, "msgid", False): "#| msgid",
    (True, "msgid_plural", False): "#| msgid_plural",
    (False, "msgctxt", False): "msgctxt",
    (False, "msgid", False): "msgid",
    (False, "msgid_plural", False): "msgid_plural",
    (False, "msgstr", False): "msgstr",
    (False, "msgstr", True): "msgstr[]",
}
"""What a keyword is, by: whether ``#|`` precedes it, its word, whether an index follows."""

_BEGINNINGS = frozenset({"#| msgctxt", "#| msgid", "msgctxt", "msgid"})

_FOLLOWERS: Mapping[str, frozenset[str]] = {
    "": _BEGINNINGS,
    "#| msgctxt": frozenset({"#| msgid"}),
    "#| msgid": frozenset({"#| msgid_plural", "msgctxt", "msgid"}),
    "#| msgid_plural": frozenset({"msgctxt", "msgid"}),
    "msgctxt": frozenset({"msgid"}),
    "msgid": frozenset({"msgid_plural", "msgstr"}),
    "msgid_plural": frozenset({"msgstr[]"}),
    "msgstr": frozenset(),
    "msgstr[]": frozenset({"msgstr[]"}),
}
"""The grammar of an entry: what may come after what."""

_MARKS = ("#~", "#|")

_ENDINGS = frozenset({"msgstr", "msgstr[]"})


@dataclass(slots=True)
class _Reader:
    """Collects tokens into entries; the state is that of GNU gettext's lexer and parser."""

    source: PoText
    entries: list[Entry] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    """What each entry was read from, with the blanks that follow."""
    comments: list[str] = field(default_factory=list)
    fields: list[Field] = field(default_factory=list)
    start: int = 0
    """Where the text of the current entry begins."""
    end: int = 0
    """Where its last token ends, blanks included."""
    mark_start: int | None = None
    """Where the marks begin that stand directly before the current token."""
    is_obsolete: bool = False
    """Whether the current entry began after ``#~``."""
    after_tilde: bool = False
    """Whether ``#~`` precedes on this line."""
    after_bar: bool = False
    """Whether ``#|`` precedes on this line."""
    forms: int = 0
    """How many plural forms the current entry has so far."""
    line: int = 1
    """The line of ``line_offset``."""
    line_offset: int = 0

    def read(self) -> str:
        """Collect the entries; return what follows the last of them."""
        text = self.source.text
        position = LEADING.match(text).end()  # type: ignore[union-attr]  # it matches nothing, too
        while position < len(text):
            if self._may_begin():
                position = self._read_plain_entries(position)
            token = TOKEN.match(text, position)
            if not token:
                if position == len(text):
                    break
                raise diagnose(self.source, position)
            self._take(token)
            if (self.after_tilde or self.after_bar) and "\n" in token[0]:
                self.after_tilde = self.after_bar = False
            position = token.end()
        if self.fields:
            self._finish()
        return text[self.end :]

    def _may_begin(self) -> bool:
        """Whether nothing is open that the next token could belong to."""
        if self.after_tilde or self.after_bar or self.mark_start is not None:
            return False
        return self.fields[-1].kind in _ENDINGS if self.fields else not self.comments

    def _read_plain_entries(self, position: int) -> int:
        """Take as many of them as follow one another; return where the next token stands.

        Whatever is unusual is left to the reading of tokens, which says what is wrong with it.
        """
        text, longest = self.source.text, self.source.limits.catalog_text
        position = self._read_simple_entries(position)
        while token := PLAIN_ENTRY.match(text, position):
            if self.fields:
                self._finish()
            line = self._line(token.start("msgid"))
            entry = make_plain_entry(token, longest, line=line)
            if entry is None:
                break
            self.end = token.end()
            self._add(entry)
            position = self._read_simple_entries(self.end)
        return position

    def _read_simple_entries(self, position: int) -> int:
        """Take as many of them as follow one another; return where the next token stands."""
        text, longest = self.source.text, self.source.limits.catalog_text
        while token := SIMPLE_ENTRY.match(text, position):
            end = token.end()
            if self.fields:
                self._finish()
            line = self._line(token.start("msgid"))
            entry = make_simple_entry(*token.groups(), line=line)
            if entry is None or end - position > longest:
                break
            position = self.end = end
            self._add(entry)
        return position

    def _take(self, token: re.Match[str]) -> None:
        group = token.lastgroup
        if group == "mark":
            self._take_mark(token)
            return
        if group == "comments":
            self._take_comments(token)
        elif group == "more":
            self._take_strings(token)
        else:
            self._take_field(token)
        self.mark_start = None

    def _take_mark(self, token: re.Match[str]) -> None:
        self.after_tilde |= "~" in token["mark"]
        self.after_bar |= "|" in token["mark"]
        if self.mark_start is None:
            self.mark_start = token.start()

    def _take_comments(self, token: re.Match[str]) -> None:
        if self.after_bar:
            raise self._fault(
                token.start(),
                _("A comment stands on a line that begins with “#|”."),
                _("Put the comment on a line of its own, above the entry."),
            )
        self._check_filled()
        if self.fields:
            self._begin_entry(token, "")
        self.comments.append(token[0])

    def _take_field(self, token: re.Match[str]) -> None:
        keyword, index, strings = token.group("keyword", "index", "strings")
        kind = _KINDS.get((self.after_bar, keyword, index is not None))
        if not kind or not (strings or self.source.text.startswith(_MARKS, token.end())):
            raise explain_unquoted(self.source, token)
        self._check_filled()
        last = self.fields[-1].kind if self.fields else ""
        if kind not in _FOLLOWERS[last]:
            self._begin_entry(token, kind)
        if not self.fields:
            self._begin_obsolete(token)
        self._check_marks(token)
        if index:
            self._check_index(token)
        self.fields.append(Field(kind, token.start(), [strings] if strings else []))
        self.end = token.end()

    def _take_strings(self, token: re.Match[str]) -> None:
        last = self.fields[-1] if self.fields else None
        if not last or last.kind.startswith("#|") != self.after_bar:
            raise self._fault(
                token.start(),
                _("This string belongs to no keyword."),
                _("Put it right below the strings of its msgid or msgstr, or delete it."),
            )
        self._check_marks(token)
        last.runs.append(token["more"])
        self.end = token.end()

    def _begin_entry(self, token: re.Match[str], kind: str) -> None:
        """Finish the entry before this token, which cannot belong to it."""
        last = self.fields[-1].kind if self.fields else ""
        if last not in _ENDINGS or kind not in _BEGINNINGS | {""}:
            raise explain_order(self.source, token, last=last, kind=kind)
        self._finish()

    def _begin_obsolete(self, token: re.Match[str]) -> None:
        self.is_obsolete = self.after_tilde
        if self.is_obsolete and not self._is_marked_itself():
            raise self._fault(
                token.start(),
                _("A second obsolete entry begins on the same line."),
                _("Begin it on a line of its own, with “#~”."),
            )

    def _is_marked_itself(self) -> bool:
        """Whether the entry's own text says that it is obsolete, not the one before it."""
        start = self.mark_start
        return start is not None and self.source.text.startswith("#~", start)

    def _check_marks(self, token: re.Match[str]) -> None:
        if not (self.after_tilde or self.after_bar or self.is_obsolete):
            return
        is_split = (self.after_tilde or self.after_bar) and "\n" in token[0].rstrip()
        if self.after_tilde != self.is_obsolete or is_split:
            raise self._fault(
                token.start(),
                _("Only some lines of this entry begin with “#~” or “#|”."),
                _("Begin all lines of an obsolete entry with “#~”, and none of a live one."),
            )

    def _check_filled(self) -> None:
        """Check that a string came after the last keyword, if only on the next marked line."""
        if self.fields and not self.fields[-1].runs:
            raise explain_missing_string(self.source, self.fields[-1].offset)

    def _check_index(self, token: re.Match[str]) -> None:
        index = token["index"]
        if index.lstrip("0") != str(self.forms or ""):
            raise self._fault(
                token.start("index"),
                _("The plural form {index} stands where {count} is due.").format(
                    index=index[:10], count=self.forms
                ),
                _("Number the plural forms msgstr[0], msgstr[1] and so on."),
            )
        self.forms += 1

    def _finish(self) -> None:
        """Make an entry of what was collected."""
        self._check_filled()
        if self.fields[-1].kind not in _ENDINGS:
            raise self._fault(
                self.fields[-1].offset,
                _("The entry that begins here has no msgstr."),
                _("Add the missing lines; the file may have been cut off while it was saved."),
            )
        msgid = next(field.offset for field in self.fields if field.kind == "msgid")
        entry = make_entry(
            self.fields,
            "".join(self.comments),
            self.source,
            is_obsolete=self.is_obsolete,
            line=self._line(msgid),
        )
        self._add(entry)
        self.forms = 0
        self.comments.clear()
        self.fields.clear()

    def _add(self, entry: Entry) -> None:
        self.entries.append(entry)
        self.texts.append(self.source.text[self.start : self.end])
        if len(self.entries) > self.source.limits.catalog_entries:
            raise self._too_many()
        self.start = self.end

    def _line(self, msgid: int) -> int:
        """Return the line of the msgid, counting on from the entry before."""
        self.line += self.source.text.count("\n", self.line_offset, msgid)
        self.line_offset = msgid
        return self.line

    def _too_many(self) -> CatalogError:
        return self._fault(
            self.start,
            _("The file has more than {limit} entries; no more are allowed.").format(
                limit=self.source.limits.catalog_entries
            ),
            raised(
                _("Split the document into several, each with its own catalog."),
                "catalog_entries",
            ),
        )

    def _fault(self, offset: int, message: str, remedy: str) -> CatalogError:
        return self.source.fault(offset, message, remedy)
