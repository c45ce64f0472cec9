"""Does the finished file say what the document says, as it is copied, searched and read aloud?"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice, pairwise

from pubkit.checks.edition import FinishedEdition
from pubkit.checks.letters import (
    TEXTS_REMEMBERED,
    GapFault,
    Letters,
    gap_faults,
    read_letters,
)
from pubkit.checks.registry import check
from pubkit.formats.markdown import read_markup
from pubkit.formats.markdown.captions import printed_text
from pubkit.formats.web import SEAM
from pubkit.localize import script
from pubkit.messages import gettext as _
from pubkit.model import Problem, Role, Segment, Severity
from pubkit.patterns import pattern

NOT_PRINTED = frozenset({Role.ALTERNATIVE_TEXT, Role.LOCATION, Role.KEYWORD})
"""Texts for programs: nobody reads them on the page."""
IN_ORDER = frozenset(
    {
        *(Role.HEADING, Role.PARAGRAPH, Role.LIST_ITEM, Role.QUOTATION),
        *(Role.TABLE_HEADING, Role.TABLE_CELL),
    }
)
"""What no layout may move; pictures with their captions, and notes, stand where there is room."""


PLAIN = frozenset(
    {
        *(Role.TITLE, Role.SUBTITLE, Role.KICKER, Role.DATELINE, Role.LOCATION, Role.KEYWORD),
        *(Role.CONTACT, Role.GUEST),
    }
)
"""Fields of the front matter without markup: what looks like it is printed as it is."""


@lru_cache(maxsize=TEXTS_REMEMBERED)
def _parts(segment: Segment) -> list[str]:
    """Return the runs of words of a text, without numbers of notes and pictures between them."""
    if segment.role in PLAIN:
        return segment.text.split("\n")
    text = NOT_WORDS.sub("\n", printed_text(segment))
    if segment.role in (Role.BOILERPLATE, Role.NOTE):
        # Only here: the checks of catalogs do without the parser.
        from pubkit.formats.markdown import segment_text

        text = segment_text(segment)
    return re.split(r"[\n\ufffc\[\]]", read_markup(text).words)


NOT_WORDS = pattern(r"\[\^[^\[\]\s]+\]|!\[[^\]]*\]\([^)]*\)|(?<=\])\[[^\]]*\]")
"""Notes referred to, pictures, and labels of links whose targets stand elsewhere."""


def _printed_segments(edition: FinishedEdition) -> Iterator[Segment]:
    for segment in edition.document.segments if edition.document else ():
        if segment.role not in NOT_PRINTED:
            yield segment


# ---------------------------------------------------------------- all of it


@check(FinishedEdition, severity=Severity.ERROR)
def text_extraction(edition: FinishedEdition) -> Iterator[Problem]:
    """A text or name of the document is not found in the finished file.

    Why:
        Search engines and screen readers take the file's text; what they do not find is lost, and
        an edition older than its document still holds what was mended since.

    Bad:
        于璠 in the catalog → 于潘 in the PDF, which was made before the catalog was mended

    Good:
        于璠 in the catalog → 于璠 in the PDF

    Source:
        ISO 14289-1, 7.2: text has its Unicode values, in reading order.
    """
    broken = []
    for segment in _printed_segments(edition):
        places = [
            edition.letters.find(part) for part in map(read_letters, _parts(segment)) if part.signs
        ]
        if not all(places) and not _is_whole(edition, segment):
            yield Problem(
                message=_("This text is not in the file: {text}").format(text=segment.text),
                severity=Severity.WARNING if _is_guessed(edition) else None,
                at=segment,
            )
        elif any(len(pieces) > 1 for pieces in places):
            broken.append(segment.text)
    for name in () if _is_guessed(edition) else edition.names:
        # Where a page ends within a name, no program finds it: nobody can mend that.
        is_broken = any(name in text for text in broken)
        if not is_broken and not _is_found_whole(read_letters(name), edition.letters):
            yield Problem(message=_("The name {name} is not found in the file").format(name=name))


def _is_guessed(edition: FinishedEdition) -> bool:
    """Tell whether what is extracted depends on the program that extracts it.

    A PDF has the glyphs that were drawn, from left to right. Which letters they stand for, and in
    which order, is guessed where lines run from right to left, and where letters are joined, or
    move around one another, as in Devanagari.
    """
    lang = edition.document.lang if edition.document else None
    return edition.is_pdf and lang is not None and script(lang) not in DRAWN_AS_WRITTEN


DRAWN_AS_WRITTEN = frozenset(
    {"Latn", "Grek", "Cyrl", "Armn", "Geor", "Ethi", "Hans", "Hant", "Jpan", "Kore"}
)
"""Scripts with a glyph for a letter, one after the other: ISO 15924."""


def _is_whole(edition: FinishedEdition, segment: Segment) -> bool:
    """Tell whether a text is there all the same: a page may end behind the first sign of a part."""
    text = segment.text
    if segment.role not in PLAIN:
        text = read_markup(printed_text(segment)).words.replace("\n", "")
    return bool(edition.letters.find(read_letters(text))) or _has_words(edition, segment)


def _has_words(edition: FinishedEdition, segment: Segment) -> bool:
    """Tell whether a text in such a script has all its words in the file, in any order."""
    if not _is_guessed(edition):
        return False
    words = {word for part in _parts(segment) for word in _words(part)}
    return words <= {word for page in edition.file.pages for word in _words(page)}


def _words(text: str) -> Iterator[str]:
    for word in re.finditer(r"[^\W_]+", unicodedata.normalize("NFKC", text).casefold()):
        yield "".join(sorted(word[0]))


def _is_found_whole(name: Letters, text: Letters) -> bool:
    """Tell whether a search finds a name somewhere: in a line, or across the end of one."""
    start = 0
    while pieces := text.find(name, start):
        if len(pieces) == 1 and not list(gap_faults(name, text, pieces)):
            return True
        start = pieces[0].position + 1
    return False


@check(FinishedEdition, severity=Severity.ERROR)
def reading_order(edition: FinishedEdition) -> Iterator[Problem]:
    """A text stands at another place of the finished file than in the document.

    Why:
        Readers miss the thread. In a PDF, where lines are drawn in any order and tags say how they
        are read, it is a warning: only what is copied is a puzzle.

    Bad:
        first paragraph, second paragraph → “second paragraph, first paragraph”

    Good:
        first paragraph, second paragraph → “first paragraph, second paragraph”

    Source:
        WCAG 2.2, 1.3.2 "Meaningful Sequence"; ISO 14289-1, 7.1.
    """
    start = 0
    document = None if _is_guessed(edition) else edition.document
    for segment in document.body_segments if document else ():
        for part in map(read_letters, _parts(segment)) if segment.role in IN_ORDER else ():
            pieces = edition.letters.find(part, start)
            if pieces:
                start = pieces[-1].position + pieces[-1].length
            elif edition.letters.find(part):
                yield Problem(
                    message=_("This text stands before what it follows: {text}").format(
                        text=segment.text
                    ),
                    severity=Severity.WARNING if edition.is_pdf else None,
                    at=segment,
                )
                break


@check(FinishedEdition, severity=Severity.ERROR)
def spoilt_bookmark(edition: FinishedEdition) -> Iterator[Problem]:
    """A bookmark of the PDF is not the heading that it leads to.

    Why:
        Bookmarks are the table of contents beside the page; signs that steer line breaks, invisible
        on the page, are boxes there.

    Bad:
        “2023U+2060年的会议” → 2023□年的会议

    Good:
        2023年的会议 → 2023年的会议

    Source:
        ISO 14289-1, 7.17 "Navigation"; ISO 32000-2, 12.3.3 "Document outline".
    """
    if edition.page is None:
        return
    texts = edition.page.pages[0].replace(SEAM, "").split("\n")
    headings = {" ".join(text.split()) for text in texts}
    for title in edition.file.bookmarks:
        if title not in headings:
            yield Problem(message=_("The bookmark “{title}” is spoilt").format(title=title))


# ---------------------------------------------------------------- nothing but it


@check(FinishedEdition, severity=Severity.ERROR)
def torn_text(edition: FinishedEdition) -> Iterator[Problem]:
    """Copied from the PDF, a text has a space too many, or lacks one.

    Why:
        Programs conclude spaces from the distance of letters: where a line was stretched too far,
        a name is no longer found, and a copied text has to be mended by hand.

    Bad:
        于璠 → 于 璠; Zhang Jin → ZhangJin

    Good:
        于璠 → 于璠; Zhang Jin → Zhang Jin

    Source:
        ISO 32000-2, 14.8.2.6 "Extraction of text".
    """
    start = 0
    for block in () if _is_guessed(edition) else _page_texts(edition):
        # A name may stand at several places: the one that is next is meant.
        pieces = edition.letters.find(block, start) or edition.letters.find(block)
        start = pieces[-1].position + pieces[-1].length if pieces else start
        # A line that is torn is torn at many places: the first one shows it.
        for fault in islice(gap_faults(block, edition.letters, pieces), 1):
            yield _torn(fault, edition.letters)


def _torn(fault: GapFault, text: Letters) -> Problem:
    message = (
        _("“{text}” has a space too many on page {number}")
        if fault.is_space_too_many
        else _("“{text}” lacks a space or hyphen on page {number}")
    )
    return Problem(
        message=message.format(text=text.excerpt(fault.position), number=text.page(fault.position))
    )


def _page_texts(edition: FinishedEdition) -> Iterator[Letters]:
    """Yield the texts of the page that a PDF was made from, block by block."""
    blocks = edition.page.pages[0].split("\n") if edition.page and edition.is_pdf else ()
    for block in blocks:
        letters = read_letters(block)
        if letters.signs:
            yield letters


@check(FinishedEdition, severity=Severity.ERROR)
def foreign_text(edition: FinishedEdition) -> Iterator[Problem]:
    """The PDF says something that neither the document nor the page for the web says.

    Why:
        What comes from nowhere was translated and read by nobody.

    Bad:
        “Evaluation copy” on every page, from the program that joined two PDFs

    Good:
        the title and the number of the page at its head and foot

    Source:
        House rule.
    """
    if not edition.page or not edition.is_pdf or _is_guessed(edition):
        return
    added = map(read_letters, (*edition.page.generated, *edition.drawn))
    own = [*_page_texts(edition), *(letters for letters in added if letters.signs)]
    own = list({letters.signs: letters for letters in own}.values())
    known = "\n".join(letters.signs for letters in own)
    for place, text in _left_over(edition.letters, own):
        for word in re.finditer(r"[^\W\d_]+", text):
            if word[0] not in known and not COUNTER.fullmatch(word[0]):
                yield Problem(
                    message=_("“{text}” on page {number} comes from nowhere").format(
                        text=word[0], number=edition.letters.page(place)
                    )
                )


COUNTER = pattern(r"[ivxlcdm]+|.{1,2}")
"""Lists count with letters, too."""
SHORTEST_TEXT = 4
"""Letters: a shorter text may stand within any other by chance."""


def _left_over(text: Letters, own: Iterable[Letters]) -> Iterator[tuple[int, str]]:
    """Yield what none of these texts covers, line by line, with its place."""
    covered = bytearray(len(text.signs))
    for letters in own:
        for start, end in _occurrences(text, letters):
            if len(letters.signs) >= SHORTEST_TEXT or _is_parted(text, start, end):
                covered[start:end] = b"\1" * (end - start)
    starts = [place for place, gap in enumerate(text.gaps) if "\n" in gap]
    for start, end in pairwise([*starts, len(text.signs)]):
        for stretch in re.finditer(rb"\0+", covered[start:end]):
            place = start + stretch.start()
            yield place, text.signs[place : place + len(stretch[0])]


def _is_parted(text: Letters, start: int, end: int) -> bool:
    """Tell whether a stretch of a text has a gap on both sides."""
    return bool(text.gaps[start] and (end == len(text.gaps) or text.gaps[end]))


def _occurrences(text: Letters, letters: Letters) -> Iterator[tuple[int, int]]:
    start = 0
    while pieces := text.find(letters, start):
        yield from ((piece.position, piece.position + piece.length) for piece in pieces)
        start = pieces[-1].position + pieces[-1].length
