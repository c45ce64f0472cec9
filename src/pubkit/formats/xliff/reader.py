"""XLIFF as catalogs, whichever tool has written it and however it has cut the units."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from pubkit.formats.exchange import Bitext, Marks, identifier, read_marks
from pubkit.formats.xliff.inline import Unit, inline_text, original_data
from pubkit.formats.xliff.names import (
    COMMENT,
    DOCUMENT,
    FUZZY,
    MARKS,
    PLURAL,
    PREVIOUS,
    PREVIOUS_CONTEXT,
    ROLE,
    TRANSLATOR,
)
from pubkit.formats.xml import (
    SPACE,
    Element,
    child,
    children,
    fault,
    full_text,
    line_of,
    local_name,
    parse_xml,
)
from pubkit.messages import gettext as _
from pubkit.model import Catalog, Entry, Key
from pubkit.patterns import pattern
from pubkit.values import dataclass


def parse_xliff(data: bytes, *, path: str = "") -> tuple[Bitext, ...]:
    """Read an XLIFF file: 2.0, 2.1 or 1.2.

    Segments are joined to their units. A translation that a tool marks as not finished is fuzzy;
    one of which segments are missing is fuzzy, too, with their source text in their places.

    Raises:
        CatalogError: It is malformed, or a source text is not the one that was exported.
    """
    root = parse_xml(data, path=path, root="xliff")
    version = root.get("version", "")
    if version.startswith("1."):
        from pubkit.formats.xliff.old import parse_old_xliff

        return parse_old_xliff(root, path)
    if not version.startswith("2."):
        raise fault(
            path,
            root,
            _("XLIFF “{version}” is not read; 1.2, 2.0 and 2.1 are.").format(version=version),
            _("Export the file in one of these versions."),
        )
    return tuple(_bitext(file, root, path) for file in children(root, "file"))


def _bitext(file: Element, root: Element, path: str) -> Bitext:
    units = [_read_unit(unit, path) for unit in _translatable(file)]
    entries = tuple(_joined(units))
    marks: dict[Key, Marks] = {}
    for unit in units:
        if unit.marks and not unit.form:
            marks[unit.entry.key] = unit.marks
    return Bitext(
        document=_document(file) if marks else file.get("original"),
        catalog=Catalog(entries=entries, path=path, lang=root.get("trgLang")),
        marks=marks,
        source_lang=root.get("srcLang"),
    )


def _document(file: Element) -> str | None:
    return file.get(DOCUMENT) or file.get("id")


def _translatable(parent: Element) -> Iterator[Element]:
    """Yield the units that are to be translated, those of groups included."""
    for element in children(parent, "unit", "group"):
        if element.get("translate", "yes") == "no":
            continue
        if local_name(element) == "unit":
            yield element
        else:
            yield from _translatable(element)


# ---------------------------------------------------------------- one unit


@dataclass(frozen=True, slots=True)
class _Unit:
    """A unit as an entry; of plural forms each is one."""

    entry: Entry
    marks: Marks | None
    group: str
    """What the forms of one entry share; empty for others."""
    form: int


def _read_unit(element: Element, path: str) -> _Unit:
    unit = Unit(path, original_data(element, path), _keeps_spaces(element))
    parts = list(children(element, "segment", "ignorable"))
    sources = (inline_text(_source(part, element, path), unit) for part in parts)
    target, is_partial = _target(parts, unit)
    marks = read_marks(element.get(MARKS, ""))
    group, form = _group(element.get("id", "")) if marks else ("", 0)
    entry = replace(
        _described(element, is_ours=marks is not None),
        msgid=_trimmed("".join(sources), unit),
        msgstr=_trimmed(target, unit),
        flags=("fuzzy",) if is_partial or _is_unfinished(element, target) else (),
    )
    _verify(entry, element, path, is_ours=marks is not None and not form)
    return _Unit(entry, marks, group, form)


def _trimmed(text: str, unit: Unit) -> str:
    """Return the text without the blanks at its ends that a tool may have put there."""
    return text if unit.keeps_spaces else text.strip()


def _source(part: Element, unit: Element, path: str) -> Element:
    source = child(part, "source")
    if source is None:
        raise fault(
            path,
            part,
            _("A segment of the unit “{name}” has no source text.").format(name=unit.get("id")),
            _("Export the file again from the tool that made it."),
        )
    return source


def _keeps_spaces(element: Element | None) -> bool:
    while element is not None:
        if element.get(SPACE):
            return element.get(SPACE) == "preserve"
        element = element.getparent()
    return False


def _target(parts: Iterable[Element], unit: Unit) -> tuple[str, bool]:
    """Return the translation of all segments, and whether some segments have none.

    A tool may give the translated segments another order.
    """
    parts = tuple(parts)
    texts: list[tuple[int, str]] = []
    missing = translated = 0
    for place, part in enumerate(parts, start=1):
        source, target = child(part, "source"), child(part, "target")
        text = inline_text(target, unit) if target is not None else ""
        is_segment = local_name(part) == "segment"
        if not text and source is not None:
            original = inline_text(source, unit)
            missing += is_segment and bool(original.strip())
            text = original
        elif is_segment:
            translated += 1
        texts.append((_order(target, len(parts)) or place, text))
    if not translated:
        return "", False
    return "".join(text for _place, text in sorted(texts, key=lambda item: item[0])), missing > 0


_NUMBER = pattern("0*([1-9][0-9]{0,8})")


def _order(target: Element | None, most: int) -> int | None:
    """Return the place that a tool gives a translation, if it is one of its unit."""
    found = _NUMBER.fullmatch(target.get("order", "")) if target is not None else None
    return int(found[1]) if found and int(found[1]) <= most else None


def _is_unfinished(unit: Element, target: str) -> bool:
    """Whether it is said of a translation that it is not done; where nothing is said, it is."""
    states = [
        segment.get("subState") if not target else FUZZY
        for segment in children(unit, "segment")
        if segment.get("state") == "initial"
    ]
    return FUZZY in states


_IDENTIFIER = pattern(r"(u[0-9a-f]{16})(?:\.([0-5]))?")


def _group(name: str) -> tuple[str, int]:
    found = _IDENTIFIER.fullmatch(name)
    return (found[1], int(found[2])) if found and found[2] else ("", 0)


def _described(unit: Element, *, is_ours: bool) -> Entry:
    """Return an entry with what stands beside the texts of a unit."""
    notes = list(_notes(unit))
    by_category = dict(notes)
    return Entry(
        msgid="",
        msgctxt=unit.get("name") if is_ours else None,
        msgid_plural=by_category.get(PLURAL),
        extracted_comments=tuple(text for kind, text in notes if kind in (ROLE, COMMENT)),
        translator_comments=tuple(_translators(notes)),
        previous_msgid=by_category.get(PREVIOUS),
        previous_msgctxt=by_category.get(PREVIOUS_CONTEXT),
        line=line_of(unit),
    )


def _notes(unit: Element) -> Iterator[tuple[str, str]]:
    for parent in children(unit, "notes"):
        for note in children(parent, "note"):
            yield note.get("category", ""), full_text(note)


_OURS = (ROLE, COMMENT, PLURAL, PREVIOUS, PREVIOUS_CONTEXT, TRANSLATOR)


def _translators(notes: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield what translators say; a tool may add notes of its own, of several lines."""
    for category, text in notes:
        if category == TRANSLATOR:
            yield text
        elif category not in _OURS:
            yield from (line.strip() for line in text.splitlines() if line.strip())


def _verify(entry: Entry, unit: Element, path: str, *, is_ours: bool) -> None:
    if is_ours and unit.get("id", "").partition(".")[0] != identifier(entry.key):
        raise fault(
            path,
            unit,
            _("The source text of the unit “{name}” has been changed.").format(name=unit.get("id")),
            _("Change translations only; export the file again for the source text."),
        )


def _joined(units: Iterable[_Unit]) -> Iterator[Entry]:
    """Yield the entries, with the units of plural forms put together."""
    pending: list[_Unit] = []
    for unit in units:
        if pending and unit.group != pending[0].group:
            yield _plural(pending)
            pending = []
        if unit.group:
            pending.append(unit)
        else:
            yield unit.entry
    if pending:
        yield _plural(pending)


def _plural(units: list[_Unit]) -> Entry:
    forms = tuple(unit.entry.msgstr for unit in sorted(units, key=lambda unit: unit.form))
    is_fuzzy = any(unit.entry.is_fuzzy for unit in units)
    return replace(
        units[0].entry, msgstr="", msgstr_plural=forms, flags=("fuzzy",) if is_fuzzy else ()
    )
