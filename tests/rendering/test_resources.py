"""Nothing is read for a page but pictures of the project and pubkit's fonts."""

import os
import socket
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest
from PIL import Image

from pubkit.config import DEFAULT_LIMITS
from pubkit.errors import RenderingError
from pubkit.formats.below import NotBelowError, TooLargeError, read_below
from pubkit.rendering.drawings import drawing_fault
from pubkit.rendering.pdf import render_pdf
from pubkit.rendering.resources import Resources, read_resource

from .conftest import Sample, Texts

MakeSample = Callable[..., Sample]

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink" {}>{}</svg>'


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[str, list[object]]]:
    """Listen on the loopback; give the address, and whoever connects."""
    callers: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(20)
        Thread(target=_listen, args=(listener, callers), daemon=True).start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/x", callers


def _listen(listener: socket.socket, callers: list[object]) -> None:
    while True:
        try:
            callers.append(listener.accept())
        except OSError:
            return


@pytest.fixture
def render(make_sample: MakeSample, tmp_path: Path) -> Callable[[str], bytes]:
    """Make the PDF of a page with something added to it; its pictures lie in ``source/``."""
    folder = tmp_path / "source"
    folder.mkdir()
    (tmp_path / "secret.txt").write_text("secret")
    sample = make_sample(Texts(body="Text.\n"))

    def render_with(addition: str, *, head: str = "") -> bytes:
        page = f'<html lang="en"><head>{head}</head><body>{addition}</body></html>'
        return render_pdf(page, document=sample.document, pictures=folder)

    return render_with


HEADS = (
    '<link rel="stylesheet" href="{address}">',
    "<style>@import url({address});</style>",
    '<link rel="attachment" href="{address}">',
    "<style>@font-face {{ font-family: X; src: url({address}) }} p {{ font-family: X }}</style>",
    '<base href="{address}">',
)
BODIES = (
    '<img src="{address}" alt="x">',
    '<a rel="attachment" href="{address}">x</a>',
    '<object data="{address}"></object>',
    '<embed src="{address}">',
    '<p style="background: url({address})">x</p>',
    '<p style="list-style-image: url({address}); display: list-item">x</p>',
    '<svg width="9" height="9"><image href="{address}" width="9" height="9"/></svg>',
)


@pytest.mark.parametrize("template", [*HEADS, *BODIES])
def test_page_reads_nothing_from_elsewhere(
    render: Callable[..., bytes], server: tuple[str, list[object]], tmp_path: Path, template: str
) -> None:
    """Whatever wants it, style sheets and attachments included; the error names it."""
    addresses = (server[0], (tmp_path / "secret.txt").as_uri())
    addition = "".join(template.format(address=address) for address in addresses)
    parts = {"addition": "", "head": addition} if template in HEADS else {"addition": addition}

    with pytest.raises(RenderingError, match=r"of the project \(wanted by|has an element <"):
        render(**parts)
    assert server[1] == []


@pytest.mark.parametrize(
    ("addition", "wanted"),
    [
        ('<img src="no.png" alt="x">', "<img>"),
        ('<p style="background: url(no.png)">x</p>', "<p style>"),
        ("<p>x</p><style>p { background: url(no.png) }</style>", "a style sheet"),
    ],
)
def test_refusal_names_what_wanted_the_picture(
    render: Callable[..., bytes], addition: str, wanted: str
) -> None:
    """A publisher looks for it in the template."""
    with pytest.raises(RenderingError, match=rf"no picture no\.png \(wanted by {wanted}"):
        render(addition)


@pytest.mark.parametrize("data", ["data:text/html,x", "data:application/x-exe;base64,TVo="])
def test_attachment_of_data_is_refused(render: Callable[..., bytes], data: str) -> None:
    """No protocol is allowed that could carry a program."""
    with pytest.raises(RenderingError, match="rel=attachment"):
        render(f'<a rel="nofollow attachment" href="{data}">x</a>')


def test_style_sheet_reads_nothing_from_elsewhere(tmp_path: Path) -> None:
    """A style sheet of pubkit's own goes the same way as the page."""
    from weasyprint.text.fonts import FontConfiguration

    (tmp_path / "secret.css").write_text("p { color: red }")
    resources = Resources(tmp_path / "source")
    resources.style_sheet(
        f"@import url({(tmp_path / 'secret.css').as_uri()});", fonts=FontConfiguration()
    )

    assert [address for address, _error in resources.refused] == [
        (tmp_path / "secret.css").as_uri()
    ]


# ---------------------------------------------------------------- pictures


def test_picture_is_an_ordinary_file_below_the_folder(tmp_path: Path) -> None:
    """Links within the folder are followed; nothing else is."""
    (tmp_path / "in" / "deep").mkdir(parents=True)
    (tmp_path / "in" / "deep" / "a.png").write_bytes(b"a")
    (tmp_path / "out.png").write_bytes(b"out")
    (tmp_path / "in" / "inner.png").symlink_to("deep/a.png")
    (tmp_path / "in" / "outer.png").symlink_to("../out.png")
    (tmp_path / "in" / "self.png").symlink_to("self.png")
    os.mkfifo(tmp_path / "in" / "pipe.png")
    (tmp_path / "in" / "device.png").symlink_to("/dev/zero")

    assert read_below(tmp_path / "in", "inner.png", most=9) == b"a"
    assert read_below(tmp_path / "in", "deep/../deep/a.png", most=1) == b"a"
    for name in ("outer.png", "self.png", "pipe.png", "device.png", "deep", "", ".", "../out.png"):
        with pytest.raises(NotBelowError):
            read_below(tmp_path / "in", name, most=9)
    with pytest.raises(NotBelowError):
        read_below(tmp_path / "in", "a\0.png", most=9)


def test_link_that_is_put_there_after_the_look_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The path is opened step by step, each of them as it was when it was judged."""
    (tmp_path / "in" / "deep").mkdir(parents=True)
    (tmp_path / "in" / "deep" / "a.png").write_bytes(b"a")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "a.png").write_bytes(b"secret")
    look = Path.relative_to

    def exchange(path: Path, *others: Path) -> Path:
        (tmp_path / "in" / "deep").rename(tmp_path / "gone")
        (tmp_path / "in" / "deep").symlink_to(tmp_path / "elsewhere")
        return look(path, *others)

    monkeypatch.setattr(Path, "relative_to", exchange)

    with pytest.raises(NotBelowError):
        read_below(tmp_path / "in", "deep/a.png", most=9)


@pytest.mark.parametrize("has_one_more", [True, False])
def test_picture_has_a_limit_of_pixels_and_bytes(tmp_path: Path, has_one_more: bool) -> None:
    """A small file may be a large picture; inline pictures are measured, too."""
    Image.new("L", (30, 20)).save(tmp_path / "a.png")
    data = (tmp_path / "a.png").read_bytes()
    inline = f"data:image/png;base64,{b64encode(data).decode()}"
    few = replace(
        DEFAULT_LIMITS,
        picture_pixels=600 - has_one_more,
        picture_bytes=len(data),
    )

    for address in ("https://project.invalid/a.png", inline):
        if has_one_more:
            with pytest.raises(RenderingError, match="too many pixels"):
                read_resource(address, tmp_path, few)
        else:
            assert read_resource(address, tmp_path, few) == data
    with pytest.raises(TooLargeError):
        read_below(tmp_path, "a.png", most=len(data) - 1)


def test_file_that_is_no_picture_is_refused(tmp_path: Path) -> None:
    """A style sheet or a document beside the pictures is not read."""
    (tmp_path / "a.css").write_text("p { color: red }")

    with pytest.raises(RenderingError, match="it is not a picture"):
        read_resource("https://project.invalid/a.css", tmp_path)


# ---------------------------------------------------------------- drawings


@pytest.mark.parametrize(
    ("attributes", "content"),
    [
        ("", '<path id="a" d="M0 0"/><use x:href="#a"/>'),
        ("", '<image href="data:image/png;base64,iVBORw0KGgo="/>'),
        ("", '<path fill="url(#a)"/><style>.a { fill: url("#a") }</style>'),
        ('xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"', '<g r:about="http://a.org"/>'),
        ("", "<title>See https://example.org (it is @import ant)</title>"),
        ("", "<style>.a { fill: red }</style><g/><style>.b { fill: red }</style>"),
        ("", "<title>This image (a map) has its src (source) here</title>"),
    ],
)
def test_drawing_that_needs_nothing_but_itself_is_shown(attributes: str, content: str) -> None:
    """Its own parts, pictures within it, and words about anything."""
    assert drawing_fault(SVG.format(attributes, content).encode()) is None


@pytest.mark.parametrize(
    ("attributes", "content", "fault"),
    [
        ("", '<image href="file:///etc/passwd"/>', "file:///etc/passwd"),
        ("", '<image x:href="http://example.org/a.png"/>', "http://example.org"),
        ("", '<image href="other.png"/>', "other.png"),
        ("", '<use href="other.svg#a"/>', "other.svg"),
        ("", '<image href="data:image/svg+xml;base64,PHN2Zy8+"/>', "data:image/svg"),
        ("", '<a href="javascript:alert(1)"><path/></a>', "javascript"),
        ('xml:base="file:///"', "<path/>", "file:"),
        ("", "<style>@import 'a.css';</style>", "a.css"),
        ("", "<style>@\\69mport 'a.css';</style>", "outside"),
        ("", "<style>@import url(http://a.org/a.css);<g/></style>", "“g”"),
        ("", "<style><style/>@IMPORT 'a.css';</style>", "“style”"),
        ("", "<style>@IMPORT 'a.css';</style>", "a.css"),
        ("", "<style>.a { fill: URL(http://a.org/a.svg) }</style>", "a.org"),
        ("", "<style>.a { background: image-set('http://a.org/a' 1x) }</style>", "outside"),
        ("", "<path style=\"background: -webkit-image-set('a.png' 2x)\"/>", "outside"),
        ("", "<style>.a { background: image('a.png') }</style>", "outside"),
        ("", '<path fill="url(a.svg#x)"/>', "a.svg"),
        ("", "<path style=\"fill: url( 'http://a.org/' )\"/>", "http://a.org"),
        ("", "<style><![CDATA[@font-face { src: url(http://a.org/f) }]]></style>", "a.org"),
        ("", "<script>alert(1)</script>", "script"),
        ('onload="alert(1)"', "", "a script"),
        ("", '<set attributeName="x:href" to="http://a.org"/>', "outside"),
        ("", "<g>" * 101 + "</g>" * 101, "nested too deep"),
        ("", "<g>", "damaged"),
    ],
)
def test_drawing_that_wants_more_is_refused(attributes: str, content: str, fault: str) -> None:
    """The fault names what it wants."""
    assert fault in str(drawing_fault(SVG.format(attributes, content).encode()))


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg>&a;</svg>', "entities"),
        (b'<?xml-stylesheet href="http://a.org/a.css"?><svg/>', "http://a.org"),
        (b"<html/>", "not a picture"),
        (b"", "damaged"),
        (b"\x89PNG", "damaged"),
        (b'<?xml version="1.0" encoding="utf-7"?><svg/>', "damaged"),
    ],
)
def test_drawing_that_is_something_else_is_refused(data: bytes, fault: str) -> None:
    """Definitions, style sheets beside it, other documents, other bytes."""
    assert fault in str(drawing_fault(data))
