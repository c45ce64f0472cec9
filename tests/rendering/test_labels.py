"""Labels fill their places with values and with nothing else."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from pubkit.errors import RenderingError
from pubkit.formats.po import read_catalog
from pubkit.localize import html_tag
from pubkit.messages import LOCALES
from pubkit.model import Role, Segment, State
from pubkit.rendering.labels import (
    PLACE,
    Counter,
    Label,
    Labels,
    css_string,
    custom_property,
    margin_content,
)
from pubkit.rendering.templating.labels import find_labels

PACKAGED = sorted(LOCALES.glob("*/LC_MESSAGES/templates.po"))


def make_label(text: str, *, state: State = State.TRANSLATED, **values: object) -> Label:
    """Return a label with this translation."""
    segment = Segment(msgid="Photo {number}", text=text, role=Role.LABEL, state=state)
    return Label(segment=segment, values=values)


@pytest.mark.parametrize("path", PACKAGED, ids=lambda path: path.parts[-3])
def test_labels_are_translated_in_every_language_that_pubkit_brings(path: Path) -> None:
    """A page in one of them has no English word that nobody has put there."""
    known = {entry.msgid: entry.msgstr for entry in read_catalog(path).live_entries}
    wanted = {label.msgid for label in find_labels()}

    assert wanted == set(known)
    for msgid in wanted:
        assert known[msgid]
        assert sorted(PLACE.findall(msgid)) == sorted(PLACE.findall(known[msgid]))


def test_label_with_value_fills_its_place() -> None:
    """A value stands where the translator put its place."""
    assert Markup("{}").format(make_label("图{number}", number=3)) == "图3"


def test_label_with_markup_escapes_it() -> None:
    """Neither the translation nor a value can bring HTML."""
    label = make_label("<b>{number}", number="<i>")

    assert label.__html__() == "&lt;b&gt;&lt;i&gt;"


@pytest.mark.parametrize("text", ["{number.__class__}", "{number!r}", "{0}{", "{}"])
def test_label_with_format_syntax_leaves_it_alone(text: str) -> None:
    """A text cannot walk through the program's objects."""
    assert text.replace("{0}", "") in make_label(text, **{"number": 1, "0": ""}).plain


def test_label_with_unknown_place_is_refused() -> None:
    """A misspelt place is an error that shows the original."""
    with pytest.raises(RenderingError, match="numbre") as caught:
        str(make_label("图{numbre}", number=3).plain)

    assert "Photo {number}" in str(caught.value.remedy)


@pytest.mark.parametrize(
    ("state", "html"),
    [
        (State.TRANSLATED, "Photo"),
        (State.SOURCE, "Photo"),
        (State.UNTRANSLATED, '<span class="untranslated" lang="en">Photo</span>'),
        (State.FUZZY, '<span class="fuzzy">Photo</span>'),
    ],
)
def test_label_shows_whether_it_is_finished(state: State, html: str) -> None:
    """Only unfinished labels are marked."""
    assert html == make_label("Photo", state=state).__html__()


@pytest.mark.parametrize("source_lang", ["en", "zh"])
def test_name_of_the_publisher_is_marked_in_the_language_of_the_settings(source_lang: str) -> None:
    """It is read aloud in that language; a label beside it is English."""
    label = Labels("ja", {})
    tag = html_tag(source_lang)

    name = label.name("河畔馆", source_lang=source_lang)
    assert name
    assert name.__html__() == f'<span class="untranslated" lang="{tag}">河畔馆</span>'
    assert ' lang="en">' in label("Photo").__html__()
    assert label.name("", source_lang=source_lang) is None


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Page {page} of {pages}", '"Page " counter(page) " of " counter(pages)'),
        ("共 {pages} 页，第 {page} 页", '"共 " counter(pages) " 页，第 " counter(page) " 页"'),
        ("{page}", "counter(page)"),
        ("", '""'),
    ],
)
def test_margin_content_follows_the_order_of_the_language(text: str, content: str) -> None:
    """A language may name the number of pages before the page."""
    label = make_label(text, page=Counter("page"), pages=Counter("pages"))

    assert content == margin_content(label)


@given(st.text())
def test_css_string_ends_only_at_its_end(text: str) -> None:
    """No text can leave its string, its line or its element."""
    inner = css_string(text)[1:-1]

    assert not set(inner) & set('"<>&\n\r\f')
    assert inner.count("\\") == sum(text.count(sign) for sign in '"\\<>&') + sum(
        sign < " " or sign == "\x7f" for sign in text
    )


def test_last_value_of_a_custom_property_wins() -> None:
    """As in the page; a longer name is another property."""
    css = ":root { --paper: #fff; --paper-edge: red } :root { --paper: ivory }"

    assert custom_property(css, "--paper") == "ivory"
    assert custom_property(css, "--ink") == ""
