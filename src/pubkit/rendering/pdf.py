"""A page becomes a PDF: tagged, with pinned fonts, and the same bytes on every machine.

Imports WeasyPrint, as ``composition.py`` does: that takes a second and needs Pango, so it happens
inside the functions that use it, and all other commands run fast and without it.

``resources.py`` says what the page may read.
"""

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from importlib.resources import files
from pathlib import Path
from threading import get_ident
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urljoin, urlsplit

from pubkit.config.limits import DEFAULT_LIMITS, Limits, raised
from pubkit.errors import Location, RenderingError
from pubkit.formats.pdf.finishing import finish_pdf, verify_pdf
from pubkit.localize import language_name
from pubkit.messages import gettext as _
from pubkit.messages import ngettext
from pubkit.model import Document
from pubkit.patterns import pattern
from pubkit.rendering.engine import load_engine
from pubkit.rendering.faces.fontset import FontSet, ready_fonts, whole_fonts
from pubkit.rendering.marks import POINTS_PER_PIXEL, Drawn, note_marks, text_boxes
from pubkit.rendering.paper.balance import mark_pieces
from pubkit.rendering.paper.contacts import keep_words
from pubkit.rendering.paper.foreign import enclose_foreign
from pubkit.rendering.paper.placement import PageEnds, Sheet, prepare
from pubkit.rendering.paper.rows import shape_rows
from pubkit.rendering.paper.tables import keep_short_cells
from pubkit.rendering.printed_pictures import Ready
from pubkit.rendering.resources import INVENTED_ADDRESS, NOTHING_READY, Resources
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
from pubkit.values import dataclass

if TYPE_CHECKING:
    from weasyprint import HTML
    from weasyprint import Document as Layout

ABOUT_ALTERNATIVE = pattern(r"has no required alt description\Z")
"""WeasyPrint complains of pictures that are decoration on purpose, too."""

Note = Callable[[str], None]
OPTIONS: Mapping[str, object] = {
    "pdf_variant": "pdf/ua-1",
    # What is left too fine for its place, though ``printed_pictures.py`` has seen to it.
    "dpi": 300,
}


def render_pdf(
    html: str,
    *,
    document: Document,
    pictures: Path,
    typefaces: Mapping[str, Typeface] = NO_CHOICE,
    fonts: FontSet | None = None,
    limits: Limits = DEFAULT_LIMITS,
    ready: Ready = NOTHING_READY,
    note: Note = lambda _text: None,
) -> bytes:
    """Return the PDF of a page.

    The same page and pictures give the same bytes, wherever the project lies. Its structure is
    judged here as well as in the proof: whoever calls this alone gets no PDF that breaks its rules.

    Args:
        html: The page, from ``render_html``.
        document: The document that it shows.
        pictures: The folder of the source document, to which pictures are relative.
        typefaces: The publisher's choice of families, by language.
        fonts: What was made ready for the page; it is made here if it was not.
        limits: How much is refused.
        ready: What was made of its pictures before; it would be made the same now.
        note: Is told what is about to be done.

    Raises:
        RenderingError: A picture is missing, a character has no glyph, a font was substituted,
            or the layout engine complained of anything else.
    """
    load_engine()
    printed = _Printer(html, document, pictures, typefaces, limits, ready, note).print(fonts)
    printed.verify(document, typefaces)
    note(_("finishing the PDF"))
    structure = read_structure(printed.tree, printed.drawn, order=printed.order)
    finished = finish_pdf(printed.pdf, structure, colours=_colours())
    private = (str(pictures.resolve()), str(FONT_FOLDER))
    verify_pdf(finished, path=document.path, private=private)
    _verify_size(finished, document, limits.pdf_bytes)
    return finished


@dataclass(frozen=True, slots=True)
class _Printer:
    """A page, and what its layout needs besides fonts."""

    html: str
    document: Document
    pictures: Path
    typefaces: Mapping[str, Typeface]
    limits: Limits
    ready: Ready
    note: Note

    def print(self, fonts: FontSet | None) -> "_Printed":
        """Lay the page out and draw it; again with whole faces, if it needs what others lack."""
        from pubkit.rendering.faces.configuration import can_be_private

        if not can_be_private():
            return self._print_with(None)
        fonts = fonts or ready_fonts(self.html, self.typefaces)
        printed = self._print_with(fonts)
        if fonts.serves(printed.faces.families, printed.characters()):
            return printed
        return self._print_with(whole_fonts(printed.faces.families))

    def _print_with(self, fonts: FontSet | None) -> "_Printed":
        from pubkit.rendering.composition import RAGGED, compose_with
        from pubkit.rendering.faces.configuration import configured_fonts
        from pubkit.rendering.repetition import remember_for
        from pubkit.rendering.style_sheets import keep_style_sheets

        resources = Resources(self.pictures, self.limits, ready=self.ready)
        with _complaints() as complaints, configured_fonts(fonts) as (config, rules):
            page = resources.page(self.html, name=self.document.name)
            settle_links(page.etree_element)
            faces = print_faces(find_langs(page.etree_element), self.typefaces)
            is_composed = compose_with(config, _noted(self.note, _("laying out “{text}”")))
            keep_style_sheets(config)
            remember_for(config)
            rules += faces.stylesheet if is_composed else faces.stylesheet + RAGGED
            sheet = resources.style_sheet(rules, fonts=config)
            order = reading_order(page.etree_element)
            verify = partial(_verify_pages, document=self.document, most=self.limits.pages)
            _arrange(page.etree_element)
            resources.learn_widths(page.etree_element)
            layout = _lay_out(
                page, verify, font_config=config, stylesheets=[sheet], cache={}, **OPTIONS
            )
            self.note(_("drawing the pages"))
            drawn = note_marks(layout)
            pdf = layout.write_pdf(finisher=_complete, **OPTIONS)
        return _Printed(
            resources=resources,
            tree=page.etree_element,
            faces=faces,
            layout=layout,
            drawn=drawn,
            order=order,
            complaints=complaints,
            pdf=pdf,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Printed:
    """A page that was laid out and drawn, before anybody has looked whether it is right."""

    resources: Resources
    tree: Any
    faces: PrintFaces
    layout: "Layout"
    drawn: list[Drawn]
    order: Mapping[Any, int]
    complaints: list[str]
    pdf: bytes

    def characters(self) -> set[str]:
        """Return every character that was laid out, on the page and in its drawings."""
        texts = (box.text for page in self.layout.pages for box in text_boxes(page))
        shown = (text for font in self.layout.fonts.values() for text in font.to_unicode.values())
        return set().union(*texts, *shown, *self.resources.drawn_texts)

    def verify(self, document: Document, typefaces: Mapping[str, Typeface]) -> None:
        """Make sure that nothing is missing and nobody has complained.

        Raises:
            RenderingError: It is not so.
        """
        self.resources.verify(self.tree)
        lacking = lacking_characters(self.layout, self.faces)
        _verify_fonts(document, lacking, find_langs(self.tree), typefaces)
        _verify_silence(document, self.complaints)


def _noted(note: Note, message: str) -> Note:
    """Return a function that notes a text within a message."""
    return lambda text: note(message.format(text=text))


def _verify_size(pdf: bytes, document: Document, most: int) -> None:
    if len(pdf) > most:
        raise RenderingError(
            _("The PDF in {language} has {size:.1f} MB; {most:g} MB are allowed").format(
                language=language_name(document.lang), size=len(pdf) / 1e6, most=most / 1e6
            ),
            location=Location(document.path),
            remedy=raised(
                _("Save the pictures with 3000 pixels in width or less, as JPEG"), "pdf_bytes"
            ),
        )


def _verify_pages(number: int, document: Document, most: int) -> None:
    if number > most:
        raise RenderingError(
            _("The edition in {language} has {number} pages; {most} are allowed").format(
                language=language_name(document.lang), number=number, most=most
            ),
            location=Location(document.path),
            remedy=raised(_("Split the report into several documents"), "pages"),
        )


def _colours() -> bytes:
    """Return the profile of sRGB, in which style sheets and pictures give their colours."""
    return files("weasyprint.pdf").joinpath("sRGB2014.icc").read_bytes()


def _arrange(root: Any) -> None:
    """Put everything where it stands on paper, as far as that is known before a layout."""
    prepare(root)
    shape_rows(root)
    keep_short_cells(root)
    keep_words(root)
    mark_pieces(root)
    enclose_foreign(root)


def _lay_out(page: "HTML", verify: Callable[[int], None], **options: Any) -> "Layout":
    """Lay a page out until no picture leaves a white page end, or nothing more can be done."""
    from pubkit.rendering.pagination import InterruptedLayoutError, observed_pages

    ends = PageEnds(page.etree_element)
    look = partial(ends.mend, is_whole=False)
    with observed_pages(options["font_config"], look) as observation:
        while True:
            try:
                layout = page.render(**options)
            except InterruptedLayoutError:
                continue
            verify(len(layout.pages))
            staying = ends.mend(_sheets(layout))
            if staying is None:
                return layout
            if observation:
                observation.go_on_from(staying)


def _sheets(layout: "Layout") -> list[Sheet]:
    from pubkit.rendering.pagination import sheet_of

    return [sheet_of(page) for page in layout.pages]


def _complete(layout: "Layout", pdf: Any) -> None:
    """Put right what WeasyPrint is about to write."""
    _mark_text_areas(layout, pdf)
    for item in pdf.objects:
        if hasattr(item, "stream"):
            item.stream = list(map(_without_idle_moves, item.stream))


def _without_idle_moves(operator: Any) -> Any:
    """Return an operator that shows text without the moves by nothing between its glyphs.

    Where a font has fractions, WeasyPrint writes one behind nearly each glyph: half of what
    everybody has to read who opens the file.
    """
    is_shown = isinstance(operator, bytes) and operator.endswith(b"] TJ")
    return operator.replace(b">0<", b"") if is_shown and b"(" not in operator else operator


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


# ---------------------------------------------------------------- the page itself


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
