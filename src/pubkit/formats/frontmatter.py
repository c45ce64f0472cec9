"""Front matter: YAML between two ``---`` lines at the top of a document, every key checked.

The only module that reads YAML.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from difflib import get_close_matches
from functools import partial
from typing import Protocol

import yaml

from pubkit.config.limits import DEFAULT_LIMITS, Limits, raised
from pubkit.errors import Location, SourceError
from pubkit.messages import gettext as _
from pubkit.model import Role
from pubkit.patterns import pattern
from pubkit.values import dataclass

TRANSLATABLE: Mapping[str, Role] = {
    "title": Role.TITLE,
    "subtitle": Role.SUBTITLE,
    "kicker": Role.KICKER,
    "dateline": Role.DATELINE,
    "location": Role.LOCATION,
    "contact.name": Role.CONTACT,
    "guests.name": Role.GUEST,
    "guests.title": Role.GUEST,
    "guests.topic": Role.GUEST,
    "notes": Role.NOTE,
    "boilerplate": Role.BOILERPLATE,
    "keywords": Role.KEYWORD,
}
"""The fields that translators see, in the order in which they see them."""
GUEST_FIELDS = ("guests.name", "guests.title", "guests.topic")

DETAILS = ("reference", "contact.email", "contact.phone", "contact.url", "embargo")
"""The fields that are the same in every language."""

OTHERS = ("date", "language")
KEYS = (*TRANSLATABLE, *DETAILS, *OTHERS)
GROUPS = frozenset(key.rpartition(".")[0] for key in KEYS if "." in key)
"""What has fields of its own."""
DATES = ("date", "embargo")
LISTS = ("keywords", "notes", "boilerplate")
PARAGRAPHS = ("notes", "boilerplate")
"""A blank line within such a text begins a new one."""
RECORDS = ("guests", "contact")
"""Lists of things that have fields of their own, of which the first is the name."""
REQUIRED = ("title", "date")

EXAMPLE = """---
title: A headline
date: 2023-07-10
---"""


@dataclass(frozen=True, slots=True)
class Field:
    """One value of the front matter; a list has one field for each of its items."""

    name: str
    value: str
    line: int
    """Where it stands in the file, from 1."""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The front matter of a document, and where its body begins."""

    fields: tuple[Field, ...]
    date: date | None
    """None if there is no front matter at all."""
    body: str
    body_line: int

    def value(self, name: str) -> str | None:
        """Return the first value of a field."""
        return next((field.value for field in self.fields if field.name == name), None)


BEGINNING = pattern(rf"\s*(?:---[ \t]*(?:\n|\Z)|(?:{'|'.join(REQUIRED)})[ \t]*:)")
"""What front matter begins with, also where its first line is forgotten."""


def split_front_matter(text: str, *, path: str, limits: Limits = DEFAULT_LIMITS) -> FrontMatter:
    """Read the front matter of a document; a page of a book has none.

    Raises:
        SourceError: It is not YAML, lacks a field, or has an unknown, doubled or wrong one.
    """
    lines = text.split("\n")
    if not BEGINNING.match(text):
        return FrontMatter(fields=(), date=None, body=text, body_line=1)
    end = _end_of_front_matter(lines, path)
    matter = "\n".join(lines[1:end])
    _verify_length(matter, path, limits.front_matter)
    fields = tuple(_read_fields(matter, path))
    _verify_required(fields, path)
    published = next(field for field in fields if field.name == "date")
    return FrontMatter(
        fields=fields,
        date=date.fromisoformat(published.value),
        body="\n".join(lines[end + 1 :]),
        body_line=end + 2,
    )


def _verify_required(fields: Iterable[Field], path: str) -> None:
    names = {field.name for field in fields}
    for name in REQUIRED:
        if name not in names:
            raise SourceError(
                _("The front matter has no “{name}”").format(name=name),
                location=Location(path, 1),
                remedy=_("Add it between the two --- lines at the top of the file"),
            )


def _end_of_front_matter(lines: list[str], path: str) -> int:
    if lines[0].rstrip() != "---":
        raise SourceError(
            _("The front matter does not begin on the first line"),
            location=Location(path, 1),
            remedy=_("Remove what stands before it; the file begins with\n{example}").format(
                example=EXAMPLE
            ),
        )
    closing = (number for number, line in enumerate(lines) if number and line.rstrip() == "---")
    end = next(closing, None)
    if end is None:
        raise SourceError(
            _("The front matter is never closed"),
            location=Location(path, 1),
            remedy=_("Put a line with --- after its last field"),
        )
    return end


def _read_fields(text: str, path: str) -> Iterator[Field]:
    """Yield the fields; nested ones are named with a dot."""
    root = _compose(text, path)
    if root is not None:
        yield from _fields_of(root, "", path)


def _compose(text: str, path: str) -> yaml.Node | None:
    if plain := _compose_plain(text):
        return plain
    try:
        return _compose_any(text, path)
    except yaml.MarkedYAMLError as error:
        raise SourceError(
            _("The front matter is not YAML: {problem}").format(problem=error.problem),
            location=_place(error.problem_mark or error.context_mark, path),
            remedy=_("Indent with spaces, not with tabs")
            if "\\t" in str(error.problem)
            else _("Put texts with a colon or a quotation mark between single quotes"),
        ) from None
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        # PyYAML lets errors of int() and chr() escape: for "\U99999999", for example.
        raise SourceError(
            _("The front matter is not YAML: {problem}").format(problem=error),
            location=Location(path),
            remedy=_("Remove the character that is not text"),
        ) from None


PLAIN_LINE = pattern(
    r"""(?:(?P<key>[A-Za-z]+):[ ]|(?P<head>[A-Za-z]+):\Z
        |[ ]{2}(?:(?P<inner>[A-Za-z]+):[ ]|(?P<dash>-[ ])))
        (?:"(?P<quoted>[^"\\]*)"|'(?P<single>[^']*)'|(?P<plain>[^\W_].*))?""",
    re.VERBOSE,
)
"""A field with its value, one whose value stands below, or a field or an item of such a value."""


def _compose_plain(text: str) -> yaml.Node | None:
    """Return what YAML would make of a text that has lines of the plainest kind alone."""
    root = yaml.MappingNode("", [], _mark(0, 0))
    for number, text_of_line in enumerate(text.split("\n")):
        line = PLAIN_LINE.fullmatch(text_of_line)
        if not (line and text_of_line.isprintable() and _take_plain(line, number, root)):
            return None
    return None if any(value is None for _key, value in root.value) else root


def _take_plain(line: re.Match[str], number: int, root: yaml.MappingNode) -> bool:
    """Put what a line has into the mapping; tell whether YAML reads it as it is written."""
    key, value = line["key"] or line["head"] or line["inner"], _plain_value(line, number)
    if (value is None) != bool(line["head"]):
        return False
    if line["key"] or line["head"]:
        root.value.append((_plain_node(key, number, 0), value))
        return True
    kind = yaml.SequenceNode if line["dash"] else yaml.MappingNode
    head, below = root.value[-1] if root.value else (None, value)
    if below is None:
        below = kind("", [], _mark(number, INDENT))
        root.value[-1] = (head, below)
    if type(below) is kind:
        below.value.append(value if line["dash"] else (_plain_node(key, number, INDENT), value))
    return type(below) is kind


INDENT = 2


def _plain_value(line: re.Match[str], number: int) -> yaml.ScalarNode | None:
    """Return the value of a line, if there is one: no comment, no field, nothing to unescape."""
    name = line.lastgroup
    if name == "plain":
        value = line[name]
        if value.endswith((":", " ")) or ": " in value or " #" in value:
            return None
        return _plain_node(value, number, line.start(name))
    if name in ("quoted", "single"):
        return _plain_node(line[name], number, line.start(name) - 1)
    return None


def _plain_node(value: str, number: int, column: int) -> yaml.ScalarNode:
    return yaml.ScalarNode("", value, _mark(number, column))


def _mark(number: int, column: int) -> yaml.Mark:
    return yaml.Mark("", 0, number, column, None, 0)


def _verify_length(text: str, path: str, most: int) -> None:
    if len(text) > most:
        raise SourceError(
            _("The front matter has more than {number} characters").format(number=most),
            location=Location(path, 1),
            remedy=raised(_("Put the report below the second --- line"), "front_matter"),
        )


DEEPEST = 5


def _compose_any(text: str, path: str) -> yaml.Node | None:
    """Compose a text; refuse what could make a short one expand or nest without bound."""

    class Loader(yaml.SafeLoader):
        depth = 0

        def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
            if self.check_event(yaml.AliasEvent):
                raise _has_alias(self.peek_event(), path)  # type: ignore[no-untyped-call]
            is_collection = self.check_event(yaml.CollectionStartEvent)
            if is_collection and self.depth >= DEEPEST:
                raise _too_deep(self.peek_event(), path)  # type: ignore[no-untyped-call]
            self.depth += is_collection
            node = super().compose_node(parent, index)
            self.depth -= is_collection
            return node

    return yaml.compose(text, Loader=Loader)


def _too_deep(event: yaml.Event, path: str) -> SourceError:
    return SourceError(
        _("The front matter is nested too deep"),
        location=_place(event.start_mark, path),
        remedy=_("Put a text that begins with [ or { between single quotes"),
    )


def _has_alias(event: yaml.Event, path: str) -> SourceError:
    return SourceError(
        _("The front matter has a YAML alias"),
        location=_place(event.start_mark, path),
        remedy=_("Put a text that begins with * or & between single quotes"),
    )


def _fields_of(node: yaml.Node, prefix: str, path: str) -> Iterator[Field]:
    if not isinstance(node, yaml.MappingNode):
        raise _wrong(prefix.rstrip(".") or _("front matter"), node, path, _("name: value lines"))
    seen: set[str] = set()
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise _wrong(_("front matter"), key, path, _("name: value lines"))
        name = prefix + key.value
        if name in seen:
            raise _wrong(name, key, path, _("one value, not two"))
        seen.add(name)
        if name in RECORDS and isinstance(value, yaml.SequenceNode):
            for item in value.value:
                yield from _record(item, name, path)
        elif name in GROUPS:
            yield from _fields_of(value, name + ".", path)
        else:
            _verify_name(name, key, path)
            yield from _values(name, value, path)


def _record(node: yaml.Node, name: str, path: str) -> Iterator[Field]:
    """Yield the fields of one of several records, its name first: there each of them begins."""
    fields = sorted(_fields_of(node, f"{name}.", path), key=lambda field: KEYS.index(field.name))
    if not fields or fields[0].name != f"{name}.name":
        raise _wrong(name, node, path, _("a list in which each item has a name"))
    yield from fields


def _verify_name(name: str, key: yaml.Node, path: str) -> None:
    if name in KEYS:
        return
    nearest = get_close_matches(name, KEYS, n=1)
    remedy = _("Did you mean “{name}”?") if nearest else _("Known fields: {name}")
    raise SourceError(
        _("“{name}” is not a field of the front matter").format(name=name),
        location=_place(key.start_mark, path),
        remedy=remedy.format(name=nearest[0] if nearest else ", ".join(KEYS)),
    )


UNPRINTABLE = pattern("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
"""What YAML's escapes can write although the file itself may not have it."""


def _values(name: str, node: yaml.Node, path: str) -> Iterator[Field]:
    line = node.start_mark.line + 2
    if isinstance(node, yaml.SequenceNode) and name in LISTS:
        for item in node.value:
            yield from _values(name, item, path)
        return
    if not isinstance(node, yaml.ScalarNode):
        raise _wrong(name, node, path, _("a text"))
    make_field = partial(Field, name, line=line)
    value = str(node.value).strip()
    if not value and name in REQUIRED:
        raise _to_be_filled_in(name, node, path)
    if not value.isprintable() and UNPRINTABLE.search(value):
        raise _wrong(name, node, path, _("a text without control characters"))
    if name in DATES:
        yield make_field(value=_date(name, value, node, path))
    elif name in PARAGRAPHS:
        paragraphs = (" ".join(part.split()) for part in value.split("\n\n"))
        yield from (make_field(value=paragraph) for paragraph in paragraphs if paragraph)
    elif value:
        yield make_field(value=" ".join(value.split()))


def _to_be_filled_in(name: str, node: yaml.Node, path: str) -> SourceError:
    example = "2025-03-14" if name in DATES else _("Library opens its night reading room")
    return SourceError(
        _("“{name}” is still to be filled in").format(name=name),
        location=_place(node.start_mark, path),
        remedy=_("Write “{name}: {example}”; pubkit import takes it from --{name}, too").format(
            name=name, example=example
        ),
    )


def _date(name: str, value: str, node: yaml.Node, path: str) -> str:
    try:
        read = datetime.fromisoformat(value)
    except ValueError:
        raise _wrong(name, node, path, _("a date such as 2023-07-10")) from None
    return read.date().isoformat() if name == "date" else read.isoformat()


def _wrong(name: str, node: yaml.Node, path: str, wanted: str) -> SourceError:
    return SourceError(
        _("“{name}” is not as expected").format(name=name),
        location=_place(node.start_mark, path),
        remedy=_("It must be {wanted}").format(wanted=wanted),
    )


class _Mark(Protocol):
    """Where YAML stands, counted from 0."""

    line: int
    column: int


def _place(mark: _Mark | None, path: str) -> Location:
    """Return the place in the file; the first line of YAML is the second of the file."""
    return Location(path, mark.line + 2, mark.column + 1) if mark else Location(path)


# ---------------------------------------------------------------- writing


def format_front_matter(fields: Mapping[str, str], *, notes: Mapping[str, str]) -> str:
    """Return front matter that is read as these fields.

    Args:
        fields: One line each, without control characters; an empty one stays to be filled in.
        notes: Comments above some of them, for the author.
    """
    lines = ["---"]
    for name, value in fields.items():
        if name in notes:
            lines.append(f"# {notes[name]}")
        lines.append(f"{name}: {_scalar(value)}".rstrip())
    return "\n".join([*lines, "---"]) + "\n"


def _scalar(value: str) -> str:
    """Return a text as YAML: plain where it is read as itself, else in single quotes."""
    try:
        is_plain = yaml.safe_load(f"field: {value}") == {"field": value}
    except (yaml.YAMLError, ValueError):
        is_plain = False
    is_date = value[:4].isdigit() and value.count("-") == 2 and len(value) == len("2025-03-14")
    return value if is_plain or not value or is_date else "'" + value.replace("'", "''") + "'"
