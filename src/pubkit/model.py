"""The vocabulary: every value that travels along the line, each of them frozen.

A document becomes a catalog, a catalog is translated, the translated document is checked and
becomes an edition. This page holds the nouns; the verbs stand in the modules named after them.
"""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import field
from enum import StrEnum
from types import MappingProxyType
from typing import ClassVar

from pubkit.values import dataclass

# ---------------------------------------------------------------- documents


class Role(StrEnum):
    """What a segment is in its document; the first extracted comment of its entry says it."""

    TITLE = "Title"
    SUBTITLE = "Subtitle"
    KICKER = "Kicker"
    DATELINE = "Dateline"
    LOCATION = "Location"
    KEYWORD = "Keyword"
    CONTACT = "Contact"
    BOILERPLATE = "Boilerplate"
    NOTE = "Note to editors"
    GUEST = "Guest"
    HEADING = "Heading"
    PARAGRAPH = "Paragraph"
    LIST_ITEM = "List item"
    TABLE_HEADING = "Table heading"
    TABLE_CELL = "Table cell"
    QUOTATION = "Quotation"
    ATTRIBUTION = "Attribution"
    CAPTION = "Caption"
    ALTERNATIVE_TEXT = "Alternative text"
    CREDIT = "Credit"
    FOOTNOTE = "Footnote"
    LABEL = "Label"
    HTML = "HTML"


class State(StrEnum):
    """How far a segment is on its way into the target language."""

    SOURCE = "source"
    TRANSLATED = "translated"
    FUZZY = "fuzzy"
    UNTRANSLATED = "untranslated"


Key = tuple[str | None, str]
"""What identifies a segment, and its entry in a catalog: ``msgctxt`` and ``msgid``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """One run of translatable text: a heading, paragraph, caption, a front-matter field."""

    msgid: str
    """The text in the source language, inline Markdown kept, soft line breaks as spaces."""
    msgctxt: str | None = None
    """The front-matter field, or the context that the author gave."""
    role: Role = Role.PARAGRAPH
    comments: tuple[str, ...] = ()
    """What the author tells the translators."""
    line: int = field(default=0, compare=False)
    """Where it starts in the source file, from 1; 0 if unknown."""
    text: str = ""
    """What is printed: the translation, or the msgid where there is none."""
    state: State = State.SOURCE

    @property
    def key(self) -> Key:
        """What identifies the segment in a catalog."""
        return self.msgctxt, self.msgid

    @property
    def is_finished(self) -> bool:
        """Whether the text may be published in the document's language."""
        return self.state in (State.SOURCE, State.TRANSLATED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One Markdown source: its skeleton, and the segments that fit it one to one."""

    name: str
    """Its file below the folder of documents, without suffix: it names catalogs and editions."""
    path: str
    """The source file relative to the project, POSIX style."""
    lang: str
    """The language of the segments' ``text``: a BCP 47 tag."""
    source_lang: str
    """The language of the segments' ``msgid``."""
    date: datetime.date | None
    """The date of publication; None for a page of a book, which has no front matter."""
    details: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Front-matter values that are the same in every language (addresses, numbers, links)."""
    fields: tuple[Segment, ...] = ()
    """The translatable front matter; the ``msgctxt`` of each is the field's name."""
    body: str = ""
    """The Markdown after the front matter: the skeleton."""
    body_line: int = field(default=1, compare=False)
    """The line of the source file on which the body starts."""
    body_segments: tuple[Segment, ...] = ()
    """The translatable text of the body, in the order of the skeleton."""

    @property
    def segments(self) -> tuple[Segment, ...]:
        """Everything that is translated, front matter first."""
        return self.fields + self.body_segments

    @property
    def is_page(self) -> bool:
        """Whether it is a page of a book: it has catalogs, and no editions."""
        return self.date is None

    @property
    def publication_date(self) -> datetime.date:
        """The date of a document that has editions."""
        if self.date is None:
            raise ValueError(self.path)
        return self.date

    @property
    def is_draft(self) -> bool:
        """Whether a segment still waits for its translation or its review."""
        return not all(segment.is_finished for segment in self.segments)

    def field(self, name: str) -> Segment | None:
        """Return the first front-matter segment of this name."""
        return next(iter(self.fields_named(name)), None)

    def fields_named(self, name: str) -> tuple[Segment, ...]:
        """Return all front-matter segments of this name."""
        return tuple(segment for segment in self.fields if segment.msgctxt == name)


# ---------------------------------------------------------------- what a template sees of a body


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading of the body."""

    kind: ClassVar[str] = "heading"
    level: int
    """2 for a section, 3 for a part of it; 1 belongs to the title."""
    html: str
    text: str
    """The heading without markup, for tables of contents."""
    anchor: str
    """A fragment identifier, the same in every language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph of running text."""

    kind: ClassVar[str] = "paragraph"
    html: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A picture with its caption."""

    kind: ClassVar[str] = "figure"
    number: int
    """Its place among the document's figures, from 1."""
    picture: str
    """The file, relative to the source document, POSIX style."""
    alternative: str
    """What the picture shows, plain text, for those who cannot see it."""
    alternative_lang: str
    """The language of the alternative text: the source language while it is untranslated."""
    caption: str
    """HTML; may be empty."""
    credit: str
    """HTML; may be empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """A quotation set apart from the text."""

    kind: ClassVar[str] = "quotation"
    html: str
    attribution: str
    """HTML without its dash; may be empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guest:
    """A person of the list of guests; every text is HTML."""

    name: str
    title: str = ""
    topic: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GuestList:
    """The guests of the front matter, where they are listed."""

    kind: ClassVar[str] = "guests"
    guests: tuple[Guest, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Any other block: a list, a table, code, a rule, the footnotes."""

    kind: ClassVar[str] = "passage"
    html: str
    is_table: bool = False
    """Whether it may be wider than a narrow screen, and then moves within itself."""
    has_notes: bool = False
    """Whether it is the footnotes, which follow the end of the text."""


Block = Heading | Paragraph | Figure | Quotation | GuestList | Passage


# ---------------------------------------------------------------- catalogs


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A segment in a catalog, with everything that a .po file says of it."""

    msgid: str
    msgstr: str = ""
    msgctxt: str | None = None
    msgid_plural: str | None = None
    msgstr_plural: tuple[str, ...] = ()
    """All plural forms in order; ``msgstr`` is empty then."""
    translator_comments: tuple[str, ...] = ()
    """Lines after ``#``."""
    extracted_comments: tuple[str, ...] = ()
    """Lines after ``#.``."""
    references: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    previous_msgctxt: str | None = None
    previous_msgid: str | None = None
    previous_msgid_plural: str | None = None
    is_obsolete: bool = False
    line: int = field(default=0, compare=False)
    """The line of its ``msgid`` keyword in the file, from 1; 0 if it was never in one."""

    @property
    def key(self) -> Key:
        """What identifies the entry in its catalog."""
        return self.msgctxt, self.msgid

    @property
    def is_fuzzy(self) -> bool:
        """Whether a translator still has to review it."""
        return "fuzzy" in self.flags

    @property
    def has_text(self) -> bool:
        """Whether it has a translation, finished or not."""
        if self.msgstr and not self.msgstr.isspace():
            return True
        return any(text.strip() for text in self.msgstr_plural)

    @property
    def is_translated(self) -> bool:
        """Whether it has a translation that may be published."""
        return not self.is_fuzzy and self.has_text

    @property
    def fuzzy_flags(self) -> tuple[str, ...]:
        """Its flags, that of a proposal among them."""
        return ("fuzzy", *(flag for flag in self.flags if flag != "fuzzy"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalog:
    """The entries of one .po or .pot file in file order, and the bytes of those read from it."""

    entries: tuple[Entry, ...] = ()
    """All entries but the header, obsolete ones included."""
    header: Entry | None = None
    """The entry with an empty msgid."""
    path: str | None = None
    lang: str | None = None
    """The language of the translations: a BCP 47 tag; None for a template."""
    blocks: Mapping[Entry, str] = field(
        default_factory=lambda: MappingProxyType({}), compare=False, repr=False
    )
    """The text from which each entry was read: an entry that is still equal is written so."""
    tail: str = field(default="", compare=False, repr=False)
    """What follows the last entry in the file."""
    digest: str | None = field(default=None, compare=False, repr=False)
    """SHA-256 of the bytes that were read; None if there was no file."""

    @property
    def metadata(self) -> Mapping[str, str]:
        """The header's fields, such as ``Language`` and ``POT-Creation-Date``."""
        lines = self.header.msgstr.splitlines() if self.header else []
        pairs = (line.partition(":") for line in lines if ":" in line)
        return {name.strip(): value.strip() for name, _, value in pairs}

    @property
    def live_entries(self) -> Iterator[Entry]:
        """The entries whose text still stands in the source."""
        return (entry for entry in self.entries if not entry.is_obsolete)


# ---------------------------------------------------------------- names


class TermKind(StrEnum):
    """What a term of the termbase names; the first word of its ``msgctxt``."""

    PERSON = "person"
    TITLE = "title"
    ORGANIZATION = "organization"
    PLACE = "place"
    EVENT = "event"
    TERM = "term"


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A person, title, organization, place, event or term, and its agreed rendering."""

    kind: TermKind
    source: str
    target: str
    """The agreed rendering; empty while nobody has agreed on one."""
    qualifier: str | None = None
    """What tells two persons with one romanised name apart."""
    aliases: tuple[str, ...] = ()
    """Other forms in the source language."""
    renderings: tuple[str, ...] = ()
    """Other accepted forms in the target language."""
    forbidden: tuple[str, ...] = ()
    """Forms in the target language that nobody shall use."""
    is_uncertain: bool = False
    """Whether someone still has to confirm the rendering."""
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Termbase:
    """The agreed terms of one target language, from names.po."""

    lang: str
    terms: tuple[Term, ...] = ()
    path: str | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text in characters: ``text[start:end]``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A term found in a segment's text."""

    term: Term
    span: Span


# ---------------------------------------------------------------- findings


class Severity(StrEnum):
    """How grave a finding is; an error blocks sending."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What a check saw; the runner makes a finding of it."""

    message: str
    """One sentence for a translator."""
    span: Span | None = None
    """The characters of the msgstr that are at fault."""
    suggestion: str | None = None
    """What should stand there."""
    is_safe: bool = False
    """Whether the suggestion may be put in the span's place without anyone looking at it."""
    severity: Severity | None = None
    """Where it is not the check's own: a fault that is only probable is a warning."""
    at: "Entry | Segment | None" = None
    """Whose problem it is, where a check looks at more than one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A problem with its place: what ``pubkit check`` reports."""

    check: str
    severity: Severity
    message: str
    path: str | None = None
    line: int = 0
    lang: str | None = None
    msgctxt: str | None = None
    msgid: str = ""
    span: Span | None = None
    suggestion: str | None = None
    msgstr: str = ""
    """The text in which the span stands; of a finding about the source, the source text."""
    is_safe: bool = False
    """Whether ``pubkit check --fix`` may put the suggestion in the span's place."""


# ---------------------------------------------------------------- editions


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One document in one language as published."""

    document: Document
    html: str
    """The page for the web, complete."""
    pdf: bytes | None = None
    pictures: tuple[str, ...] = ()
    """The picture files that the page shows, relative to the source document."""


# ---------------------------------------------------------------- letters


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What stands in the message that brings an edition, with places for what differs by member.

    A place is a name between the private characters of ``PLACE_MARKS``; each member's values are
    put in last, escaped as the part wants it.
    """

    lang: str
    subject: str
    text: str
    """The plain part."""
    html: str
    """The same as a page."""
    sender_name: str = ""
    """How the sender is called in this language."""
    tag: str = ""
    """The language as messages name it: zh-CN."""


PLACE_MARKS = ("\ue0f0", "\ue0f1")
"""What stands before and behind the name of a place in a letter; no text has them."""
PLACES = ("name", "title", "unsubscribe")
"""What differs by member: how the roster calls them, their title, their own address to leave."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a corrected edition says otherwise than the faulty one."""

    old: str
    """The passage as it was, with the words around it; empty if it is new."""
    new: str
    """What stands there now; empty if it was removed."""
    is_moved: bool = False
    """Whether it stands elsewhere now, with the same words."""
    times: int = 1
    """In how many places the same was changed."""


# ---------------------------------------------------------------- examinations


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One thing that a machine, a server or a domain must have: what ``pubkit doctor`` reports."""

    name: str
    is_met: bool
    packages: tuple[str, ...] = ()
    """The Debian packages that bring it."""
    reason: str = ""
    """What happens without it."""
    remedy: str = ""
    """What the user does about it, where no package brings it."""
    is_needed: bool = True
    """Whether the work cannot be done without it."""
    is_known: bool = True
    """Whether it could be found out at all; what is not known is no fault."""
