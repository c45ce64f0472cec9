"""Front matter: every field checked, every fault an error with its place."""

from datetime import date

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pubkit.errors import SourceError
from pubkit.formats.frontmatter import KEYS, FrontMatter, _compose_plain, split_front_matter

REPORT = """---
title: 'The conference: a report'
subtitle: Deans meet
# a comment
date: 2023-07-10
keywords:
  - materials
  - AI for Materials
contact:
  name: Press Office
  email: press@pkusz.example
boilerplate: |
  First paragraph,
  on two lines.

  Second paragraph.
embargo: 2023-07-10T10:00+08:00
---
The body
"""


def split(fields: str, body: str = "Text\n") -> FrontMatter:
    """Read front matter with these lines."""
    return split_front_matter(f"---\n{fields}\n---\n{body}", path="report.md")


def refusal(fields: str) -> SourceError:
    """Return why front matter with these lines is refused."""
    with pytest.raises(SourceError) as refused:
        split(fields)
    assert refused.value.remedy
    return refused.value


def test_fields_are_read_with_their_lines() -> None:
    """Nested fields are named with a dot, lists have a field for each item."""
    front = split_front_matter(REPORT, path="report.md")

    assert [(field.name, field.value, field.line) for field in front.fields] == [
        ("title", "The conference: a report", 2),
        ("subtitle", "Deans meet", 3),
        ("date", "2023-07-10", 5),
        ("keywords", "materials", 7),
        ("keywords", "AI for Materials", 8),
        ("contact.name", "Press Office", 10),
        ("contact.email", "press@pkusz.example", 11),
        ("boilerplate", "First paragraph, on two lines.", 12),
        ("boilerplate", "Second paragraph.", 12),
        ("embargo", "2023-07-10T10:00:00+08:00", 17),
    ]
    assert (date(2023, 7, 10), "The body\n", 19) == (front.date, front.body, front.body_line)


def test_missing_value_is_none() -> None:
    """A field that is not there, or is empty, has no value."""
    front = split("title: A\ndate: 2023-07-10\nsubtitle:")

    assert front.value("subtitle") is None
    assert front.value("kicker") is None


@pytest.mark.parametrize(
    ("fields", "place", "message", "remedy"),
    [
        ("date: 2023-07-10", "report.md:1", "no “title”", "Add it"),
        ("title: A", "report.md:1", "no “date”", "Add it"),
        ("title:\ndate: 2023-07-10", "report.md:2:7", "“title” is still to be", "--title"),
        ("title: A\ndate:", "report.md:3:6", "“date” is still to be", "“date: 2025-03-14”"),
        ("title: A\ndate: ''", "report.md:3:7", "“date” is still to be", "--date"),
        ("title: A\ndate: July", "report.md:3:7", "“date”", "2023-07-10"),
        ("title: A\ndate: 2023-02-30", "report.md:3:7", "“date”", "2023-07-10"),
        ("titel: A", "report.md:2:1", "“titel”", "“title”"),
        ("contact:\n  fone: 1", "report.md:3:3", "“contact.fone”", "“contact.phone”"),
        ("color: red", "report.md:2:1", "“color”", "title"),
        ("title: A\ntitle: B", "report.md:3:1", "“title”", "one value"),
        ("title: [A]", "report.md:2:8", "“title”", "a text"),
        ("contact: A", "report.md:2:10", "“contact”", "name: value"),
        ("- A", "report.md:2:1", "“front matter”", "name: value"),
        ("A", "report.md:2:1", "“front matter”", "name: value"),
        ("? [A]\n: B", "report.md:2:3", "“front matter”", "name: value"),
        ("title: A: B", "report.md:2:9", "not YAML", "single quotes"),
        ("title: 'A", "report.md:2:10", "not YAML", "single quotes"),
        ("title: &a A\nkicker: *a", "report.md:3:9", "alias", "single quotes"),
        ("title: " + "[" * 9000, "report.md:2:12", "nested too deep", "single quotes"),
        ('title: "A\\0"', "report.md:2:8", "“title”", "control characters"),
        ('title: "A\\LB"', "report.md:2:8", "“title”", "control characters"),
        ('title: "A\\ud800"', "report.md:2:8", "“title”", "control characters"),
        ('title: "\\U99999999"', "report.md", "not YAML", "not text"),
        ("title: " + "A" * 50_000, "report.md:1", "50000", "second --- line"),
        ("<<: {title: A}", "report.md:2:1", "“<<”", "title"),
    ],
)
def test_wrong_front_matter_is_refused(fields: str, place: str, message: str, remedy: str) -> None:
    """The error names the line and column, the field, and what should stand there."""
    error = refusal(fields)

    assert place == str(error.location)
    assert message in error.message
    assert remedy in str(error.remedy)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (" \n---\ntitle: A\n---\n", "does not begin on the first line"),
        ("title: A\n---\n", "does not begin on the first line"),
        ("---\ntitle: A\n", "never closed"),
        ("---", "never closed"),
    ],
)
def test_front_matter_without_its_lines_is_refused(text: str, message: str) -> None:
    """It stands between two lines of hyphens at the top of the file."""
    with pytest.raises(SourceError, match=message) as refused:
        split_front_matter(text, path="report.md")

    assert str(refused.value.location) == "report.md:1"


@given(st.text())
def test_arbitrary_front_matter_is_read_or_refused(text: str) -> None:
    """Whatever stands there, the only answer besides fields is an error for the author."""
    _read_or_refused(f"---\n{text}\n---\nText")


YAML = """&a |*a|!!binary |? |\\x00|\\U99999999|%YAML 1.1|...|#|~|2023-07-10|中文|<<|0o7|: |- |  """
YAML_PARTS = st.sampled_from((*KEYS, *YAML.split("|"), *"[]{}'|>\"\n\t"))


@given(st.lists(YAML_PARTS, max_size=40).map("".join))
def test_yaml_of_any_kind_is_read_or_refused(text: str) -> None:
    """Every feature of YAML is read as plain fields or refused."""
    _read_or_refused(f"---\n{text}\n---\nText")


@given(st.integers(0, len(REPORT)), st.integers(0, 9), st.text(max_size=3))
def test_mutated_front_matter_is_read_or_refused(start: int, length: int, text: str) -> None:
    """A slip of the hand never brings the program down."""
    _read_or_refused(REPORT[:start] + text + REPORT[start + length :])


def _read_or_refused(text: str) -> None:
    error = None
    try:
        split_front_matter(text, path="report.md")
    except SourceError as refusal:
        error = refusal

    assert error is None or (error.location and error.remedy)


def test_guests_have_their_fields_in_order_name_first() -> None:
    """A guest begins with a name, whatever the order in the file."""
    front = split(
        "title: A\ndate: 2023-07-10\nguests:\n- {topic: T, name: A}\n- {name: B, title: D}"
    )
    guests = [(field.name, field.value) for field in front.fields if "guests" in field.name]

    assert guests == [
        ("guests.name", "A"),
        ("guests.topic", "T"),
        ("guests.name", "B"),
        ("guests.title", "D"),
    ]


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ("guests:\n- {title: Dean}", 5),
        ("guests:\n- {name: '', title: Dean}", 5),
        ("guests:\n- A name", 5),
        ("guests: A name", 4),
        ("contact:\n- {email: a@b.example}", 5),
        ("guests:\n- {name: A, speech: B}", 5),
    ],
)
def test_guest_or_contact_of_a_list_without_name_is_refused(fields: str, line: int) -> None:
    """Nobody could tell whose title or address it is."""
    error = refusal("title: A\ndate: 2023-07-10\n" + fields)

    assert error.location
    assert line == error.location.line


def test_notes_are_a_list_or_paragraphs() -> None:
    """A blank line begins a new note."""
    for notes in ("notes: [One., Two.]", "notes: |\n  One.\n\n  Two."):
        front = split("title: A\ndate: 2023-07-10\n" + notes)

        assert [f.value for f in front.fields if f.name == "notes"] == ["One.", "Two."]


SIGNS = st.text(st.sampled_from("ab中1-: #'\"[]{},&*!|>%@`?.~=\\“—"), max_size=6)
HEADS = st.sampled_from(
    ("title: ", "date: ", "notes:", "  - ", "  name: ", "  name:", "~:", " a: ")
)
LINES = st.tuples(HEADS, SIGNS | SIGNS.map(lambda text: f'"{text}"') | st.just(""))


@given(st.lists(LINES, min_size=1, max_size=4))
def test_plain_lines_are_read_as_yaml_reads_them(lines: list[tuple[str, str]]) -> None:
    """What is read without YAML's parser is what that makes of it, with its places."""
    text = "\n".join(map("".join, lines))
    plain = _compose_plain(text)

    assert plain is None or _nodes(yaml.compose(text, Loader=yaml.SafeLoader)) == _nodes(plain)


def _nodes(node: yaml.Node) -> tuple[object, ...]:
    """Return what a node is made of, and where."""
    place = type(node), node.start_mark.line, node.start_mark.column
    if isinstance(node, yaml.ScalarNode):
        return (*place, node.value)
    pairs = (item if isinstance(item, tuple) else (item,) for item in node.value)
    return (*place, *(_nodes(part) for pair in pairs for part in pair))


def test_plain_lines_are_known() -> None:
    """The shortcut is taken for the usual, and left for what YAML reads in its own way."""
    assert _compose_plain("title: Deans meet, again\ndate: 2023-07-10")
    assert not _compose_plain("title: Deans meet: again\ndate: 2023-07-10")
    assert _compose_plain("title: 'Deans: meet'\nnotes:\n  - \"One\"\ncontact:\n  name: B")
    assert not _compose_plain("title: 'Dean''s day'")
    assert not _compose_plain('title: "Deans\\tmeet"')
    assert not _compose_plain("notes:\n  - One\n  name: B")
    assert not _compose_plain("title: Deans\n  name: B")
