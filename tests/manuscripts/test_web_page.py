"""Pages of the web: in which encoding they are, and how long it takes to read them."""

import re
from collections.abc import Iterator

import pytest

from pubkit.errors import SourceError
from pubkit.formats.encodings import decode
from pubkit.formats.manuscripts import Manuscript, web_page
from pubkit.formats.manuscripts.model import contents, plain_text
from pubkit.formats.markdown.writing import write_body


def read(data: bytes) -> Manuscript:
    """Read a page that has nothing beside it."""
    return web_page.read_html(data, path="page.html", nearby=lambda _path: None)


def text_of(data: bytes) -> str:
    """Return the text of a page."""
    return "".join(plain_text(content) for content in contents(read(data).blocks))


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("utf-8", "utf-8"),
        ("GBK", "gb18030"),
        ("big5", "big5hkscs"),
        ("Shift_JIS", "shift_jis"),
        ("windows-1252", "cp1252"),
        ("iso-8859-2", "iso8859_2"),
    ],
)
def test_page_is_read_in_the_encoding_that_it_declares(name: str, encoding: str) -> None:
    """If browsers read it, too."""
    words = "Žižek" if encoding.startswith(("cp", "iso")) else "东京 Tokyo".replace("东", "東")

    assert text_of(f"<meta charset={name}><p>{words}</p>".encode(encoding)) == words


@pytest.mark.parametrize(
    "name", ["undefined", "unicode_escape", "utf-7", "hz-gb-2312", "idna", "nonsense"]
)
def test_page_in_an_encoding_that_no_browser_reads_is_refused(name: str) -> None:
    """What Python would make of it, an editor would not see."""
    page = f"<meta charset={name}><p>+ADw-script+AD4- \\u0041 \\ud800</p>".encode()

    with pytest.raises(SourceError, match=re.escape(name)) as refused:
        read(page)

    assert refused.value.remedy
    assert refused.value.location


@pytest.mark.parametrize("name", ["undefined", "unicode_escape"])
def test_encoding_that_does_not_fit_is_an_error(name: str) -> None:
    """Also if a user names one that has no text at all, or halves of characters."""
    with pytest.raises(SourceError, match=name):
        decode(b"\\ud800", path="page.txt", encoding=name)


def test_paragraph_is_read_once_for_all_its_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """The places of what is lost are the same, and thousands take no longer than their number."""
    looks = list(_looks(monkeypatch, b'<p>The words <img src="x.png"> here</p>'))
    more = list(_looks(monkeypatch, b"<p>The words" + b'<img src="x.png"> more' * 50 + b"</p>"))

    assert looks == ["“The words here”"]
    assert len(more) == 50
    assert len({*more}) == 1


def _looks(monkeypatch: pytest.MonkeyPatch, page: bytes) -> Iterator[str]:
    read_texts: list[object] = []
    text = web_page._text
    monkeypatch.setattr(web_page, "_text", lambda part: read_texts.append(part) or text(part))
    losses = [loss for loss in read(b"<h1>A title</h1>" + page).losses if loss.text == "x.png"]
    monkeypatch.undo()
    assert len([part for part in read_texts if getattr(part, "tag", "") == "p"]) == 1
    return (loss.place for loss in losses)


OFFICE = (
    '<p>Text<a class="sd{kind}anc" name="sd{kind}1anc" href="#sd{kind}1sym"><sup>1</sup></a>'
    ' on.</p><div id="sd{kind}1"><p class="sd{kind}"><a class="sd{kind}sym" name="sd{kind}1sym"'
    ' href="#sd{kind}1anc">1</a>A note.</p></div>'
)
CONVERTED = (
    '<p>Text<sup id="fnref1"><a href="#fn1">1</a></sup> on.</p><section class="footnotes"><hr>'
    '<ol><li id="fn1"><p>A note. <a href="#fnref1">↩</a></p></li></ol></section>'
)


@pytest.mark.parametrize(
    "page",
    [OFFICE.format(kind="footnote"), OFFICE.format(kind="endnote"), CONVERTED],
)
def test_mark_and_note_that_link_to_one_another_are_a_footnote(page: str) -> None:
    """Nothing of the links between them is left in the text, or told."""
    manuscript = read(page.encode())

    assert write_body(manuscript).text == "Text[^1] on.\n\n[^1]: A note.\n"
    assert manuscript.losses == ()


@pytest.mark.parametrize(
    "page",
    [
        '<p>Text<a href="#fn1">1</a> on.</p><ol><li id="fn1">A note.</li></ol>',
        '<p><a id="up" href="#part">To the part</a></p><div id="part">A <a href="#up">↑</a></div>',
    ],
)
def test_link_within_the_page_is_no_footnote(page: str) -> None:
    """If nothing leads back, or words lead there."""
    assert read(page.encode()).notes == {}
