"""A page becomes a PDF: tagged, with pinned fonts, and the same bytes on every machine.

Imports WeasyPrint, as ``composition.py`` does: that takes a second and needs Pango, so it happens
inside the functions that use it, and all other commands run fast and without it.

The page is laid out under an invented address. Its pictures are mapped to files below one folder,
its fonts to pubkit's own; nothing else is ever read, and no path of the machine reaches the PDF.
"""

import logging
from base64 import b64decode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from threading import get_ident
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urljoin, urlsplit

from pubkit.errors import Location, RenderingError
from pubkit.formats.pdf.finishing import finish_pdf, verify_pdf
from pubkit.localize import language_name
from pubkit.messages import gettext as _
from pubkit.messages import ngettext
from pubkit.model import Document
from pubkit.patterns import pattern
from pubkit.rendering.marks import POINTS_PER_PIXEL, note_marks
from pubkit.rendering.paper.balance import balance_lines, name_pieces
from pubkit.rendering.paper.foreign import enclose_foreign
from pubkit.rendering.paper.placement import Sheet, fill_page_end, prepare
from pubkit.rendering.paper.rows import shape_rows
from pubkit.rendering.paper.tables import keep_short_cells
from pubkit.rendering.structure import read_structure, reading_order
from pubkit.rendering.typefaces import (
    BUNDLED,
    NO_CHOICE,
    PrintFaces,
    Typeface,
    packages_for,
    print_faces,
    typeface_for,
)
from pubkit.rendering.typefaces import FOLDER as FONT_FOLDER

if TYPE_CHECKING:
    from weasyprint import HTML
    from weasyprint import Document as Layout
    from weasyprint.urls import URLFetcher

PAGE_HOST = "https://project.invalid/"
FONT_HOST = "https://typefaces.invalid/"
INVENTED_ADDRESS = pattern(rf"(?:{PAGE_HOST}|{FONT_HOST})([^\s'\"<>]*)")
ABOUT_ALTERNATIVE = pattern(r"has no required alt description\Z")
"""WeasyPrint complains of pictures that are decoration on purpose, too."""
INLINE_PICTURE = pattern(r"data:image/(?:svg\+xml|png);base64,([A-Za-z0-9+/=]+)")
"""A picture that is part of the page, such as a logo: nothing is read for it."""
MAXIMUM_PICTURE_SIZE = 40_000_000
"""Bytes. Larger files are not pictures for a report, and would fill the memory."""

MAXIMUM_PAGES_LAID_OUT = 80
"""Each takes some 50 ms; a report of ten pictures on four pages needs about 20."""

OPTIONS: Mapping[str, object] = {
    "pdf_variant": "pdf/ua-1",
    # Written anew, a photograph loses where and with what it was taken, and what paper cannot show.
    "jpeg_quality": 88,
    "dpi": 300,
}


def render_pdf(
    html: str,
    *,
    document: Document,
    pictures: Path,
    typefaces: Mapping[str, Typeface] = NO_CHOICE,
) -> bytes:
    """Return the PDF of a page.

    The same page and pictures give the same bytes, wherever the project lies. Its structure is
    judged here as well as in the proof: whoever calls this alone gets no PDF that breaks its rules.

    Args:
        html: The page, from ``render_html``.
        document: The document that it shows.
        pictures: The folder of the source document, to which pictures are relative.
        typefaces: The publisher's choice of families, by language.

    Raises:
        RenderingError: A picture is missing, a character has no glyph, a font was substituted,
            or the layout engine complained of anything else.
    """
    # WeasyPrint takes a second to import and needs Pango.
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    from pubkit.rendering.composition import RAGGED, compose_with

    fetcher = _make_fetcher(pictures)
    with _complaints() as complaints:
        page = HTML(string=html, base_url=f"{PAGE_HOST}{document.name}.html", url_fetcher=fetcher)
        settle_links(page.etree_element)
        langs = find_langs(page.etree_element)
        faces = print_faces(langs, font_url=FONT_HOST, chosen=typefaces)
        fonts = FontConfiguration()
        rules = faces.stylesheet if compose_with(fonts) else faces.stylesheet + RAGGED
        sheet = CSS(string=rules, font_config=fonts, url_fetcher=fetcher)
        order = reading_order(page.etree_element)
        layout = _lay_out(page, font_config=fonts, stylesheets=[sheet], cache={}, **OPTIONS)
        drawn = note_marks(layout)
        pdf = layout.write_pdf(finisher=_mark_text_areas, **OPTIONS)
    _verify_pictures(fetcher)
    _verify_fonts(document, lacking_characters(layout, faces), langs, typefaces)
    _verify_silence(document, complaints)
    structure = read_structure(page.etree_element, drawn, order=order)
    finished = finish_pdf(pdf, structure, colours=_colours())
    private = (str(pictures.resolve()), str(FONT_FOLDER))
    verify_pdf(finished, path=document.path, private=private)
    return finished


def _colours() -> bytes:
    """Return the profile of sRGB, in which style sheets and pictures give their colours."""
    return files("weasyprint.pdf").joinpath("sRGB2014.icc").read_bytes()


def _lay_out(page: "HTML", **options: Any) -> "Layout":
    """Lay a page out until no picture leaves a white page end, or nothing more can be done."""
    prepare(page.etree_element)
    shape_rows(page.etree_element)
    keep_short_cells(page.etree_element)
    name_pieces(page.etree_element)
    sheets = _sheets(page.render(**options))
    balance_lines(page.etree_element, sheets)
    enclose_foreign(page.etree_element)
    for _attempt in range(MAXIMUM_PAGES_LAID_OUT // len(sheets)):
        layout = page.render(**options)
        if not fill_page_end(page.etree_element, _sheets(layout)):
            return layout
    return page.render(**options)


def _sheets(layout: "Layout") -> list[Sheet]:
    """Return the pages of a layout; the foot of a page is no part of WeasyPrint's public API."""
    return [
        Sheet(page.anchors, page._page_box.content_box_y() + page._page_box.height)
        for page in layout.pages
    ]


def _mark_text_areas(layout: "Layout", pdf: Any) -> None:
    """Say where the text of each page stands, so that the proof sees what leaves its measure.

    Source:
        ISO 32000-2, 14.11.2 "Page boundaries": the art box holds a page's meaningful content.
    """
    pages = (item for item in pdf.objects if isinstance(item, dict) and item.get("Type") == "/Page")
    for page, entry in zip(layout.pages, pages, strict=True):
        box = page._page_box
        left, top = box.content_box_x(), page.height - box.content_box_y()
        area = (left, top - box.height, left + box.width, top)
        entry["ArtBox"] = f"[{' '.join(f'{POINTS_PER_PIXEL * edge:.2f}' for edge in area)}]"


# ---------------------------------------------------------------- what a page may read


def _make_fetcher(pictures: Path) -> "URLFetcher":
    """Return the only reader of a page: its pictures and pubkit's fonts, nothing else."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class ProjectFetcher(URLFetcher):  # type: ignore[misc]
        """Maps invented addresses to files, and keeps what it had to refuse."""

        def __init__(self) -> None:
            super().__init__(allowed_protocols=[])
            self.refused: list[RenderingError] = []

        def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
            try:
                return URLFetcherResponse(url, read_resource(url, pictures))
            except RenderingError as error:
                self.refused.append(error)
                raise

    return ProjectFetcher()


def read_resource(url: str, pictures: Path) -> bytes:
    """Return the file behind an address of the page.

    Raises:
        RenderingError: The address is not one of the page's own, or there is no such file.
    """
    if found := INLINE_PICTURE.fullmatch(url):
        return b64decode(found[1])
    if url.startswith(FONT_HOST):
        return (FONT_FOLDER / Path(url).name).read_bytes()
    if not url.startswith(PAGE_HOST):
        raise RenderingError(
            _("The page wants {address}, which is not a file of the project").format(address=url),
            remedy=_("Copy the picture into the folder of the document and name it from there"),
        )
    return _read_picture(unquote(urlsplit(url).path).lstrip("/"), pictures)


def _read_picture(name: str, folder: Path) -> bytes:
    root = folder.resolve()
    file = (root / name).resolve() if "\0" not in name else root
    if not file.is_relative_to(root) or not file.is_file():
        raise RenderingError(
            _("There is no picture {name}").format(name=name),
            remedy=_("Put it into {folder}, or mend its name in the document").format(
                folder=folder
            ),
        )
    if file.stat().st_size > MAXIMUM_PICTURE_SIZE:
        raise RenderingError(
            _("The picture {name} has more than {size} MB").format(
                name=name, size=MAXIMUM_PICTURE_SIZE // 1_000_000
            ),
            remedy=_("Save it with 3000 pixels in width or less"),
        )
    return file.read_bytes()


def find_langs(tree: Any) -> set[str]:
    """Return the languages of a page's texts, and those in which the document exists."""
    attributes = (element.get(name) for element in tree.iter() for name in ("lang", "hreflang"))
    return {lang for lang in attributes if lang and lang != "x-default"}


def settle_links(tree: Any) -> None:
    """Give every link of the page a full address, or none.

    A PDF travels without its page: relative links are resolved against the page's canonical
    address, and dropped if it has none.
    """
    canonical = next(
        (link.get("href") for link in tree.iter("link") if link.get("rel") == "canonical"), None
    )
    for element in tree.iter("a"):
        href = element.get("href", "")
        if href.startswith("#") or urlsplit(href).scheme:
            continue
        if canonical and href:
            element.set("href", urljoin(canonical, href))
        else:
            element.attrib.pop("href", None)


# ---------------------------------------------------------------- what is a fault


def _verify_pictures(fetcher: Any) -> None:
    for refused in fetcher.refused:
        raise refused


def lacking_characters(layout: "Layout", faces: PrintFaces) -> set[str]:
    """Return characters without a glyph, or with one of a family that nobody asked for."""
    fonts = list(layout.fonts.values())
    lacking = {chr(codepoint) for font in fonts for codepoint in font.missing}
    for font in fonts:
        if font.family not in faces.families:
            lacking |= {sign for text in font.to_unicode.values() for sign in text}
    return {sign for sign in lacking if not sign.isspace()}


def _verify_fonts(
    document: Document, lacking: set[str], langs: set[str], typefaces: Mapping[str, Typeface]
) -> None:
    if not lacking:
        return
    message = ngettext(
        "The fonts of the edition in {language} lack {count} character: {characters}",
        "The fonts of the edition in {language} lack {count} characters: {characters}",
        len(lacking),
    )
    raise RenderingError(
        message.format(
            language=language_name(document.lang),
            count=len(lacking),
            characters=_named(lacking),
        ),
        location=Location(document.path),
        remedy=_remedy_for_fonts(langs, typefaces),
    )


def _named(characters: set[str]) -> str:
    """Return the first characters with their code points."""
    names = [f"{sign} (U+{ord(sign):04X})" for sign in sorted(characters)]
    return ", ".join(names[:10]) + (" …" if len(names) > 10 else "")


def _remedy_for_fonts(langs: set[str], typefaces: Mapping[str, Typeface]) -> str:
    packages = missing_packages(langs, typefaces)
    if packages:
        return _("Install the fonts: {command}").format(command=install_command(packages))
    return _("Write the text without them, or name families that have them in pubkit.toml")


def install_command(packages: list[str]) -> str:
    """Return the command that installs Debian packages."""
    return f"sudo apt-get install -y --no-install-recommends {' '.join(packages)}"


def missing_packages(
    langs: set[str] | frozenset[str], typefaces: Mapping[str, Typeface] = NO_CHOICE
) -> list[str]:
    """Return the Debian packages of families that these languages need and the machine lacks."""
    installed = installed_families() | {BUNDLED.serif, BUNDLED.sans}
    wanted = {lang: typeface_for(lang, typefaces) for lang in langs}
    lacking = (lang for lang, face in wanted.items() if not {face.serif, face.sans} <= installed)
    return packages_for(lacking, typefaces)


def installed_families() -> frozenset[str]:
    """Return the families that fontconfig finds on this machine."""
    from weasyprint.text.ffi import ffi, fontconfig

    config = ffi.gc(fontconfig.FcInitLoadConfigAndFonts(), fontconfig.FcConfigDestroy)
    found = fontconfig.FcConfigGetFonts(config, fontconfig.FcSetSystem)
    name = ffi.new("FcChar8 **")
    families = set()
    for index in range(found.nfont):
        number = 0
        while not fontconfig.FcPatternGetString(found.fonts[index], b"family", number, name):
            families.add(ffi.string(name[0]).decode("utf-8", "replace"))
            number += 1
    return frozenset(families)


class _Complaints(logging.Handler):
    """Collects what WeasyPrint logs in this thread."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []
        self._thread = get_ident()

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a message, but for one that the check of the finished PDF judges better."""
        message = record.getMessage()
        if record.thread == self._thread and not ABOUT_ALTERNATIVE.search(message):
            self.messages.append(message)


@contextmanager
def _complaints() -> Iterator[list[str]]:
    """Collect warnings and errors of WeasyPrint, which it logs and then goes on."""
    handler = _Complaints()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(handler)
    try:
        yield handler.messages
    finally:
        logger.removeHandler(handler)


def _verify_silence(document: Document, complaints: list[str]) -> None:
    if complaints:
        raise RenderingError(
            _("The page in {language} cannot be set faithfully: {reason}").format(
                language=language_name(document.lang),
                reason="; ".join(dict.fromkeys(map(_with_paths, complaints))),
            ),
            location=Location(document.path),
            remedy=_("Mend the template, style sheet or picture that it names"),
        )


def _with_paths(complaint: str) -> str:
    """Name files by their paths in the source folder instead of invented addresses."""
    return INVENTED_ADDRESS.sub(lambda found: unquote(found[1]), complaint)
