"""Pages of the web: in which encoding they are, and how long it takes to read them."""

import re
from collections.abc import Iterator

import pytest

from pubkit.errors import SourceError
from pubkit.formats.manuscripts import Manuscript, web_page
from pubkit.formats.manuscripts.encodings import decode
from pubkit.formats.manuscripts.model import contents, plain_text


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
