"""OpenDocument texts: how their lists are counted."""

import pytest

from pubkit.formats.manuscripts import LossKind, Manuscript, read_manuscript
from pubkit.formats.markdown.writing import write_body
from tests.manuscripts.builders import zipped

KIND = "application/vnd.oasis.opendocument.text"
OASIS = "urn:oasis:names:tc:opendocument:xmlns"
NAMESPACES = " ".join(
    f'xmlns:{name}="{OASIS}:{name}:1.0"' for name in ("office", "text", "style", "table")
)


def read(level: str, items: str) -> Manuscript:
    """Return what is read of a text with one list, of which the first level is as given."""
    content = (
        f"<office:document-content {NAMESPACES}><office:automatic-styles>"
        f'<text:list-style style:name="L1"><text:list-level-style-number text:level="1" {level}/>'
        "</text:list-style></office:automatic-styles><office:body><office:text>"
        f'<text:list text:style-name="L1">{items}</text:list>'
        "</office:text></office:body></office:document-content>"
    )
    data = zipped({"mimetype": KIND, "content.xml": content})
    return read_manuscript(data, path="report.odt", nearby=lambda _path: None)


def item(text: str, attributes: str = "") -> str:
    """Return an item of a list."""
    return f"<text:list-item {attributes}><text:p>{text}</text:p></text:list-item>"


@pytest.mark.parametrize(
    ("level", "first", "expected"),
    [
        ("", "", "1. a\n2. b\n"),
        ('text:start-value="3"', "", "3. a\n4. b\n"),
        ("", 'text:start-value="4"', "4. a\n5. b\n"),
        ('text:start-value="3"', 'text:start-value="4"', "4. a\n5. b\n"),
    ],
)
def test_list_begins_where_its_style_or_its_first_item_says(
    level: str, first: str, expected: str
) -> None:
    """LibreOffice writes the one of a web page, and the other when a user sets it."""
    assert write_body(read(level, item("a", first) + item("b"))).text == expected


@pytest.mark.parametrize(
    ("form", "told"),
    [("1", []), ("a", ["LowerAlpha"]), ("I", ["UpperRoman"])],
)
def test_numbers_that_are_letters_are_told(form: str, told: list[str]) -> None:
    """With the words of the first item."""
    losses = read(f'style:num-format="{form}"', item("alpha") + item("beta")).losses

    assert [(loss.kind, loss.text, loss.place) for loss in losses] == [
        (LossKind.NUMBERING, text, "“alpha”") for text in told
    ]


def test_number_that_leaps_is_told() -> None:
    """Markdown counts on from the first."""
    losses = read("", item("one") + item("seven", 'text:start-value="7"')).losses

    assert [(loss.text, loss.place) for loss in losses] == [("7", "“seven”")]
