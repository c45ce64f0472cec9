"""Read a source file into a document."""

from collections.abc import Iterator
from functools import partial
from pathlib import PurePosixPath
from types import MappingProxyType

from pubkit.config.limits import DEFAULT_LIMITS, Limits, raised
from pubkit.errors import ConfigError, Location, SourceError
from pubkit.formats.frontmatter import (
    DETAILS,
    GUEST_FIELDS,
    TRANSLATABLE,
    FrontMatter,
    split_front_matter,
)
from pubkit.formats.markdown.segmentation import find_segments, guest_list_line
from pubkit.localize import normalize_tag
from pubkit.messages import gettext as _
from pubkit.model import Document, Segment
from pubkit.patterns import pattern


def parse_document(
    data: bytes,
    *,
    path: str,
    default_lang: str,
    name: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Document:
    """Read a document from the bytes of its file.

    Args:
        data: The file: UTF-8, with or without byte order mark, any line ends.
        path: Its path relative to the project, POSIX style.
        default_lang: The language of a document that does not name its own.
        name: What its catalogs and editions are called; without one, as the file.
        limits: How much is refused.

    Raises:
        SourceError: The file is empty, too large, not UTF-8, or malformed; the error says where.
        ConfigError: The default language is unknown.
    """
    front = split_front_matter(_decode(data, path, limits), path=path, limits=limits)
    lang = _language(front, path) or normalize_tag(default_lang)
    is_page = front.date is None
    locate = partial(_locate, path, front.body_line)
    segments = find_segments(front.body, locate, limits, is_page=is_page)
    if not is_page:
        _verify_guests(front, path)
    if not segments and not is_page:
        raise SourceError(
            _("The document has no text after its front matter"),
            location=Location(path, front.body_line),
            remedy=_("Write the report below the second --- line"),
        )
    return Document(
        name=name or PurePosixPath(path).stem,
        path=path,
        lang=lang,
        source_lang=lang,
        date=front.date,
        details=MappingProxyType(dict(_details(front))),
        fields=_translatable_fields(front),
        body=front.body,
        body_line=front.body_line,
        body_segments=segments,
    )


def _language(front: FrontMatter, path: str) -> str | None:
    """Return the language that a document names, if it does."""
    named = next((field for field in front.fields if field.name == "language"), None)
    try:
        return normalize_tag(named.value) if named else None
    except ConfigError as error:
        location = Location(path, named.line if named else None)
        raise SourceError(error.message, location=location, remedy=error.remedy) from None


def _details(front: FrontMatter) -> Iterator[tuple[str, str]]:
    """Yield the values without translation; those of a second contact as ``contact.2.email``."""
    contacts = 0
    for field in front.fields:
        contacts += field.name == "contact.name"
        if field.name in DETAILS:
            group, dot, name = field.name.rpartition(".")
            is_further = group == "contact" and contacts > 1
            yield (f"contact.{contacts}.{name}" if is_further else group + dot + name), field.value


def _translatable_fields(front: FrontMatter) -> tuple[Segment, ...]:
    """Return the texts in the order of the table; those of a guest stay together."""
    order = {name: number for number, name in enumerate(TRANSLATABLE)}
    guests = min(order[name] for name in GUEST_FIELDS)
    order |= dict.fromkeys(GUEST_FIELDS, guests)
    fields = (field for field in front.fields if field.name in TRANSLATABLE)
    return tuple(
        Segment(
            msgid=field.value,
            text=field.value,
            msgctxt=field.name,
            role=TRANSLATABLE[field.name],
            line=field.line,
        )
        for field in sorted(fields, key=lambda field: order[field.name])
    )


def _verify_guests(front: FrontMatter, path: str) -> None:
    """Refuse a place for guests where there are none."""
    if any(field.name in GUEST_FIELDS for field in front.fields):
        return
    line = guest_list_line(front.body)
    if line is not None:
        raise SourceError(
            _("The list of guests has its place, but the front matter has no guests"),
            location=_locate(path, front.body_line, line),
            remedy=_("Add “guests” with a name, title and topic for each of them"),
        )


def _locate(path: str, body_line: int, line: int) -> Location:
    return Location(path, body_line + line)


def _decode(data: bytes, path: str, limits: Limits) -> str:
    _verify_size(data, path, limits.document_bytes)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SourceError(
            _("The file is not UTF-8"),
            location=Location(path, line),
            remedy=_("Save it as UTF-8 (in Notepad: Save as, Encoding: UTF-8)"),
        ) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    _verify_characters(text, path)
    if not text.strip():
        raise SourceError(
            _("The document is empty"),
            location=Location(path),
            remedy=_("Write front matter and text into it, or remove the file"),
        )
    return text


def _verify_size(data: bytes, path: str, most: int) -> None:
    if len(data) > most:
        raise SourceError(
            _("The file has {size:.1f} MB; a document may have {maximum:g} MB").format(
                size=len(data) / 1e6, maximum=most / 1e6
            ),
            location=Location(path),
            remedy=raised(
                _("Split the report into several documents; keep pictures in files"),
                "document_bytes",
            ),
        )


CONTROL_CHARACTER = pattern("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")


def _verify_characters(text: str, path: str) -> None:
    """Control characters are invisible to an author and break catalogs and pages."""
    found = CONTROL_CHARACTER.search(text)
    if found:
        start = found.start()
        raise SourceError(
            _("The line has the control character U+{code:04X}").format(code=ord(found[0])),
            location=Location(
                path, text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
            ),
            remedy=_("Delete it and type the text around it again"),
        )
