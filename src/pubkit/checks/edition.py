"""Is the finished edition what it should be?

The files are read back as a reader's programs read them, and compared with the document that
they were made from. Without that document (a file from elsewhere) only the file is looked at.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import unquote

from pubkit.checks.letters import Letters, read_letters
from pubkit.checks.registry import check
from pubkit.formats.markdown import link_targets, read_markup
from pubkit.formats.published import PlacedImage, PublishedFile
from pubkit.localize import html_tag, same_language
from pubkit.messages import gettext as _
from pubkit.model import Document, Problem, Role, Severity
from pubkit.patterns import pattern


@dataclass(frozen=True, kw_only=True)
class FinishedEdition:
    """A finished file beside what it was made from: the subject of the checks of this page."""

    file: PublishedFile
    document: Document | None = None
    """What should stand in it, in its language; None if that is unknown."""
    is_draft: bool = False
    """Whether texts of the document or of the page wait for translation or review."""
    draft_labels: tuple[str, ...] = ("DRAFT",)
    """The words that mark a draft, as a PDF of this language shows them."""
    families: frozenset[str] = frozenset()
    """The families that the edition may be set in; empty if they are unknown."""
    names: tuple[str, ...] = ()
    """The agreed forms that must be found."""
    links: frozenset[str] | None = None
    """Targets that the page may have besides those of the document; None if unknown."""

    page: PublishedFile | None = None
    """The page for the web from which a PDF was made; None if it is unknown."""
    drawn: tuple[str, ...] = ()
    """What pictures say in letters, as SVG can."""
    picture_names: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """The files of the document's pictures, by width and height in pixels."""

    @cached_property
    def letters(self) -> Letters:
        """The text of all pages, letter by letter."""
        return read_letters(self.file.pages)

    def picture_name(self, image: PlacedImage) -> str:
        """Return the file of a picture that was printed, or its size if nobody knows it."""
        size = image.width, image.height
        return self.picture_names.get(size, "{} × {}".format(*size))

    @property
    def is_pdf(self) -> bool:
        """Whether the file is a PDF."""
        return self.file.kind == "pdf"


def _squeezed(text: str) -> str:
    visible = re.sub(r"[\s\u200b\u00ad\ufffe\ufeff]+", "", text)
    return unicodedata.normalize("NFKC", visible)


@check(FinishedEdition, severity=Severity.ERROR)
def font_fallback(edition: FinishedEdition) -> Iterator[Problem]:
    """The PDF is set in a font that nobody chose.

    Why:
        A machine without the right font takes another one; characters change their shapes, and
        Chinese may come out in Japanese forms.

    Bad:
        Chinese text in “DejaVu Sans” → the font was missing where the PDF was made

    Good:
        Chinese text in “Noto Serif CJK SC” → as the settings say

    Source:
        Fontconfig user's guide: a family that is not installed is substituted silently.
    """
    if not edition.is_pdf or not edition.families:
        return
    allowed = tuple(_joined(family) for family in edition.families)
    for family in sorted(edition.file.families):
        if not _joined(family).startswith(allowed):
            yield Problem(message=_("A font nobody chose is used: {family}").format(family=family))


def _joined(family: str) -> str:
    return re.sub(r"[\s-]+", "", family).casefold()


@check(FinishedEdition, severity=Severity.ERROR)
def missing_glyph(edition: FinishedEdition) -> Iterator[Problem]:
    """A character is drawn as an empty box, because the font lacks it.

    Why:
        A name with a box in it is a wrong name, and nothing but an eye sees it.

    Bad:
        于璠 → 于□

    Good:
        于璠 → 于璠

    Source:
        OpenType 1.9, "glyf": glyph 0 (.notdef) stands for a character that the font lacks.
    """
    if edition.file.missing_glyphs:
        yield Problem(
            message=_("{number} characters are drawn as empty boxes").format(
                number=edition.file.missing_glyphs
            )
        )


@check(FinishedEdition, severity=Severity.ERROR)
def draft(edition: FinishedEdition) -> Iterator[Problem]:
    """The edition is a draft: it has texts that wait for translation or review.

    Why:
        It must not reach the members.

    Bad:
        A PDF with DRAFT on every page → sent

    Good:
        All texts translated and reviewed → rendered again, then sent

    Source:
        House rule: an unfinished text is never published silently.
    """
    says_so = edition.is_pdf and any(
        all(_is_in_margin(mark, page) for page in edition.file.pages)
        for mark in map(_squeezed, edition.draft_labels)
    )
    if edition.is_draft or edition.file.is_marked_as_draft or says_so:
        yield Problem(message=_("This edition is a draft; translate and review, then render again"))


def _is_in_margin(mark: str, page: str) -> bool:
    """Tell whether a word stands in the margin of a page: on lines of its own."""
    lines = (_squeezed(line) for line in page.splitlines())
    return any(line and not line.replace(mark, "") for line in lines)


@check(FinishedEdition, severity=Severity.ERROR)
def missing_alt(edition: FinishedEdition) -> Iterator[Problem]:
    """A picture has no alternative text.

    Why:
        Those who cannot see the picture learn nothing of it.

    Bad:
        <img src="hall.jpg"> → nothing is read aloud

    Good:
        <img src="hall.jpg" alt="The hall"> → “The hall” is read aloud

    Source:
        WCAG 2.2, 1.1.1 "Non-text Content"; ISO 14289-1, 7.3.
    """
    for picture in edition.file.pictures:
        if picture.alternative is None:
            yield Problem(
                message=_("Picture {name} has no alternative text").format(name=picture.name)
            )


@check(FinishedEdition, severity=Severity.ERROR)
def missing_picture(edition: FinishedEdition) -> Iterator[Problem]:
    """A picture of the document is not in the edition.

    Why:
        Readers see an empty frame, or a caption without its picture.

    Bad:
        ten pictures in the report → nine in the PDF

    Good:
        ten pictures in the report → ten in the PDF

    Source:
        House rule.
    """
    for picture in edition.file.pictures:
        if not picture.is_there:
            yield Problem(message=_("The picture {name} is not there").format(name=picture.name))
    wanted = _number_of_pictures(edition.document) if edition.document else 0
    found = len(edition.file.pictures)
    if found < wanted:
        yield Problem(
            message=_("The document has {wanted} pictures, the file {found}").format(
                wanted=wanted, found=found
            )
        )


def _number_of_pictures(document: Document) -> int:
    return sum(segment.role is Role.ALTERNATIVE_TEXT for segment in document.segments)


@check(FinishedEdition, severity=Severity.ERROR)
def pdf_structure(edition: FinishedEdition) -> Iterator[Problem]:
    """The structure of the PDF is not what screen readers, or archives, need.

    Why:
        Without a structure, or with the wrong language, it is read aloud in the wrong order or
        voice.

    Bad:
        a Chinese PDF that says /Lang en → read aloud as English

    Good:
        a Chinese PDF that says /Lang zh-CN → read aloud as Chinese

    Source:
        ISO 14289-1 (PDF/UA-1), 7.1, 7.2 and 7.4; of a web page, WCAG 2.2, 3.1.1.
    """
    for fault in edition.file.structure_faults:
        if fault.rule != "alternative":  # missing_alt names the picture
            yield Problem(message=str(fault))
    wanted = edition.document.lang if edition.document else None
    found = edition.file.lang
    if wanted and found and not same_language(found, wanted):
        yield Problem(
            message=_("The file says that its language is {found}, not {wanted}").format(
                found=found, wanted=html_tag(wanted)
            )
        )


@check(FinishedEdition, severity=Severity.ERROR)
def pdf_hygiene(edition: FinishedEdition) -> Iterator[Problem]:
    """The PDF holds something that pubkit does not write, or that acts by itself.

    Why:
        A program, a file or a form in it reaches every member under the publisher's name.

    Bad:
        a PDF that runs a script when it is opened → viewers warn, filters of mail refuse it

    Good:
        a PDF of pages, words, pictures and links → opened and read

    Source:
        ISO 32000-2, 12.6 "Actions", 7.11.4 "Embedded file streams"; ISO 19005-3, 6.5 and 6.8.
    """
    for fault in edition.file.hygiene_faults:
        yield Problem(message=str(fault))


@check(FinishedEdition, severity=Severity.ERROR)
def pdf_metadata(edition: FinishedEdition) -> Iterator[Problem]:
    """Title or date of the file are not those of the document.

    Why:
        The title stands in the window, in search results and in archives.

    Bad:
        深圳先进材料创新联盟成立 → Microsoft Word - Document1

    Good:
        深圳先进材料创新联盟成立 → 深圳先进材料创新联盟成立

    Source:
        ISO 14289-1, 7.1; ISO 32000-2, 14.3 "Metadata".
    """
    file, document = edition.file, edition.document
    if not file.title.strip():
        yield Problem(message=_("The file has no title"))
    if document is None:
        return
    title = document.field("title")
    # Only here: the checks of catalogs do without the parser.
    from pubkit.formats.markdown import segment_text

    if title and file.title.strip() and _squeezed(file.title) != _squeezed(segment_text(title)):
        yield Problem(
            message=_("The file's title is “{found}”, not “{wanted}”").format(
                found=file.title, wanted=segment_text(title)
            )
        )
    if file.created and file.created != document.publication_date.isoformat():
        yield Problem(
            message=_("The file's date is {found}, not {wanted}").format(
                found=file.created, wanted=document.publication_date.isoformat()
            )
        )


@check(FinishedEdition, severity=Severity.ERROR)
def foreign_link(edition: FinishedEdition) -> Iterator[Problem]:
    """The edition leads to an address that the document does not have.

    Why:
        Readers would be led there under the publisher's name.

    Bad:
        https://example.org in the document → https://example.com in the PDF

    Good:
        https://example.org in the document → https://example.org in the PDF

    Source:
        House rule.
    """
    if edition.document is None or edition.links is None:
        return
    known = {*_own_targets(edition.document), *map(_plain_target, edition.links)}
    for target in sorted(edition.file.links):
        if _is_outside(target) and not _is_known(_plain_target(target), known):
            yield Problem(
                message=_("The link to {target} is not in the document").format(target=target)
            )


@check(FinishedEdition, severity=Severity.ERROR)
def missing_link(edition: FinishedEdition) -> Iterator[Problem]:
    """A link of the document leads nowhere in the finished file.

    Why:
        Readers click on words that look like a link, and nothing happens.

    Bad:
        [the programme](https://example.org) in the document → words without a link in the PDF

    Good:
        [the programme](https://example.org) in the document → a link in the PDF

    Source:
        House rule.
    """
    found = set(map(_plain_target, edition.file.links))
    for segment in edition.document.segments if edition.document else ():
        for target in link_targets(segment.text):
            if _is_outside(target) and _plain_target(target) not in found:
                yield Problem(message=_("The link to {target} is lost").format(target=target))


DEFINITION = pattern(r"(?m)^ {0,3}\[[^\]\n]+\]:\s*<?([^\s>]+)")
"""A target that stands apart from the words that lead to it: ``[label]: target``."""


def _own_targets(document: Document) -> set[str]:
    """Return the targets of a document and of its source, which may be left in a draft."""
    texts = (text for segment in document.segments for text in (segment.text, segment.msgid))
    targets = {target for text in texts for target in read_markup(text).links}
    return set(map(_plain_target, targets.union(DEFINITION.findall(document.body))))


def _is_known(target: str, known: set[str]) -> bool:
    """Tell whether a target is one of these, or a page below one of them."""
    return target in known or any(target.startswith(f"{address}/") for address in known if address)


def _plain_target(target: str) -> str:
    address = re.sub(r"\A(mailto|tel):|\s", "", unquote(target))
    return address.rstrip("/").partition("#")[0].casefold()


def _is_outside(target: str) -> bool:
    return bool(re.match(r"(?!data:)[A-Za-z][A-Za-z0-9+.-]*:", target))
