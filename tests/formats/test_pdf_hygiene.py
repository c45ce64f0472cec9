"""A PDF that holds more than pages is refused: each rule has a file that breaks it alone."""

import io
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from pubkit.errors import RenderingError
from pubkit.formats.pdf.finishing import verify_pdf
from pubkit.formats.pdf.hygiene import hygiene_faults

Plant = Callable[[pikepdf.Pdf], object]


def clean() -> pikepdf.Pdf:
    """Return a file of one page with one link."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page()
    link(page, Dictionary(S=Name.URI, URI=String("https://example.org/a")))
    return pdf


def link(page: Any, action: Dictionary, **more: object) -> None:
    """Put a link on a page."""
    annotation = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=action)
    for key, value in more.items():
        annotation[f"/{key}"] = value
    page.Annots = Array([*page.get("/Annots", []), annotation])


def act(kind: str, **values: object) -> Plant:
    """Return what plants a link that does something."""
    return lambda pdf: link(pdf.pages[0], Dictionary(S=Name(f"/{kind}"), **values))


def address(uri: str) -> Plant:
    """Return what plants a link to an address."""
    return act("URI", URI=String(uri))


def annotate(kind: str) -> Plant:
    """Return what plants an annotation, which no page needs to lead to."""
    return lambda pdf: pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name(f"/{kind}")))


def begin(key: str, value: Any) -> Plant:
    """Return what plants an entry of the catalog."""
    return lambda pdf: pdf.Root.__setitem__(key, value)


def stream(data: bytes = b"", **entries: object) -> Plant:
    """Return what plants a stream."""
    return lambda pdf: pdf.make_stream(data, **entries)


def attach(pdf: pikepdf.Pdf) -> None:
    """Put a program into a file."""
    pdf.attachments["invoice.exe"] = pikepdf.AttachedFileSpec(pdf, b"MZ")


def outline(pdf: pikepdf.Pdf) -> None:
    """Put a script behind a bookmark."""
    action = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    item = pdf.make_indirect(Dictionary(Title=String("a"), A=action))
    pdf.Root.Outlines = Dictionary(First=item, Last=item, Count=1)


SCRIPT = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
UNCLEAN: dict[str, tuple[Plant, str]] = {
    **{
        f"a link that does {kind}": (act(kind), "acting")
        for kind in (
            *("JavaScript", "Launch", "SubmitForm", "ImportData", "ResetForm", "GoToR", "GoToE"),
            *("Thread", "Sound", "Movie", "Named", "Hide", "Rendition", "Trans", "SetOCGState"),
            *("GoTo3DView", "RichMediaExecute", "GoToDp"),
        )
    },
    **{
        f"an address {uri[:30]}": (address(uri), "scheme")
        for uri in (
            *("javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "//host.example/x"),
            *(
                "\\\\host\\share",
                "pictures/a.jpg",
                "ftp://host.example/",
                "vbscript:x",
                " https://x",
            ),
            *("https://host.example/\u202e x", "smb://host/share", "HTTPS:/x", "ms-word:ofe|u|x"),
        )
        if uri != "file:///etc/passwd"
    },
    **{
        f"an annotation {kind}": (annotate(kind), "comment")
        for kind in (
            *("FileAttachment", "RichMedia", "3D", "Screen", "Movie", "Sound", "Widget", "Stamp"),
            *("FreeText", "Text", "Popup", "Redact"),
        )
    },
    "a link that does what nobody knows": (act("Teleport"), "acting"),
    "a link that does nothing that it says": (
        lambda pdf: link(pdf.pages[0], Dictionary(URI=String("https://a.example/"))),
        "acting",
    ),
    "a link that does something else afterwards": (
        act("GoTo", D=Array([0, Name.Fit]), Next=Dictionary(S=Name("/Teleport"))),
        "acting",
    ),
    "a script at opening": (begin("/OpenAction", Dictionary(SCRIPT)), "acting"),
    "a page to open at": (begin("/OpenAction", Array([0, Name.Fit])), "acting"),
    "actions of the document": (begin("/AA", Dictionary(WC=Dictionary(SCRIPT))), "acting"),
    "a form": (begin("/AcroForm", Dictionary(Fields=Array())), "part"),
    "a form of XFA": (begin("/AcroForm", Dictionary(XFA=String("x"))), "acting"),
    "scripts by name": (begin("/Names", Dictionary(JavaScript=Dictionary(Names=Array()))), "part"),
    "a portfolio": (begin("/Collection", Dictionary(View=Name.T)), "part"),
    "a base for addresses": (begin("/URI", Dictionary(Base=String("https://x.example/"))), "part"),
    "layers": (begin("/OCProperties", Dictionary(OCGs=Array())), "part"),
    "permissions": (begin("/Perms", Dictionary()), "part"),
    "articles": (begin("/Threads", Array()), "part"),
    "a script behind a bookmark": (outline, "acting"),
    "a file": (attach, "embedded"),
    "a file that nothing names": (stream(b"MZ", Type=Name.EmbeddedFile), "embedded"),
    "data in another file": (stream(F=String("/etc/passwd")), "outside"),
    "a page of another file": (stream(Subtype=Name.Form, Ref=Dictionary(Page=0)), "outside"),
    "PostScript": (stream(b"showpage", Subtype=Name.PS), "outside"),
    "an invented address": (stream(b"https://project.invalid/report.html"), "machine"),
    "a path of the machine": (stream(b"see /srv/secret/project for more"), "machine"),
    "a path in a string": (begin("/Lang", String("/srv/secret/project")), "machine"),
}


@pytest.mark.parametrize("name", UNCLEAN)
def test_file_that_holds_more_than_pages_is_refused(name: str) -> None:
    """The rule that is broken is named, with what breaks it; the file is refused."""
    plant, rule = UNCLEAN[name]
    pdf = clean()
    kept = plant(pdf)
    pdf.Root.MarkInfo = Dictionary(Kept=kept) if kept is not None else Dictionary()
    data = saved(pdf)

    with pikepdf.open(io.BytesIO(data)) as again:
        rules = {fault.rule for fault in hygiene_faults(again, private=("/srv/secret",))}
    assert rule in rules
    with pytest.raises(RenderingError, match="holds what no edition may hold"):
        verify_pdf(data, path="report.pdf", private=("/srv/secret",))


def saved(pdf: pikepdf.Pdf) -> bytes:
    """Return the bytes of a file."""
    output = io.BytesIO()
    pdf.save(output)
    return output.getvalue()


def test_file_of_pages_and_links_is_clean() -> None:
    """Pages, links to addresses and to other pages are what an edition is made of."""
    pdf = clean()
    for uri in ("http://example.org", "mailto:press@example.org", "tel:+862612345678"):
        address(uri)(pdf)
    act("GoTo", D=Array([pdf.pages[0].obj, Name.Fit]))(pdf)

    assert list(hygiene_faults(pdf, private=("/srv/secret",))) == []


def test_archive_holds_the_files_that_were_put_in_and_no_others() -> None:
    """A file of the right name with another content is none of them."""
    pdf = clean()
    attach(pdf)

    assert list(hygiene_faults(pdf, files={"invoice.exe": b"MZ"})) == []
    assert [f.rule for f in hygiene_faults(pdf, files={"invoice.exe": b"PK"})] == ["embedded"]
    assert [f.rule for f in hygiene_faults(pdf, files={"other.exe": b"MZ"})] == ["embedded"]
    assert [f.rule for f in hygiene_faults(pdf)] == ["embedded"]
