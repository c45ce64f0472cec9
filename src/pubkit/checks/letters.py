"""A text as what is read, letter by letter, and what stands between the letters.

White space and hyphens are the typesetter's: lines and words are broken where the measure ends.
Two texts are the same if their letters are; what may stand between two letters is judged apart.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import repeat

from pubkit.formats.web import SEAM
from pubkit.patterns import pattern
from pubkit.values import dataclass

HYPHENS = frozenset("-\u00ad\u2010\u2011\ufffe\x02")
"""The last two are what PDFium gives for a hyphen at the end of a line."""
SOFT_HYPHEN = "\u00ad"
"""Allows a hyphen at the end of a line, and is none elsewhere: a text that has it loses nothing."""
DASHES = frozenset("—⸺―")
NOTHING = frozenset("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")
"""Signs that steer line breaks and directions, and are neither seen nor searched."""
GAP = pattern(rf"([\s{re.escape(''.join(sorted(HYPHENS | NOTHING)))}]+)")
WITHOUT_SPACES = pattern("[\u2e80-\u30ff\u31c0-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
RIGHT_TO_LEFT = frozenset(("R", "AL"))

TEXTS_REMEMBERED = 4096
SHORTEST_PIECE = 2
"""Letters: at least so many of a text stand on a page before its foot."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text, found in another one."""

    offset: int
    """Where it begins in the text that was looked for."""
    position: int
    """Where it was found."""
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters:
    """The letters of a text in one form each, and what stands before each of them."""

    signs: str
    """Compatibility forms and capitals are folded."""
    gaps: tuple[str, ...]
    pages: tuple[int, ...] = (0,)
    """Where each page begins."""

    def page(self, position: int) -> int:
        """Return the number of the page on which a letter stands, from 1."""
        return bisect_right(self.pages, position)

    def find(self, wanted: "Letters", start: int = 0) -> tuple[Piece, ...]:
        """Return where a text stands: whole, or broken by ends of pages; nothing if it does not."""
        pieces: list[Piece] = []
        offset, length = 0, 0
        while offset < len(wanted.signs):
            position, length = self._longest(wanted.signs, offset, start)
            if length < min(SHORTEST_PIECE, len(wanted.signs)) or not self._may_follow(
                position, pieces
            ):
                return ()
            pieces.append(Piece(offset, position, length))
            offset, start = offset + length, position + length
        return tuple(pieces)

    def _longest(self, signs: str, offset: int, start: int) -> tuple[int, int]:
        """Return where as many signs as possible from an offset on stand together, and how many."""
        whole = self.signs.find(signs[offset:], start)
        if whole >= 0:
            return whole, len(signs) - offset
        length = 0
        # A longer beginning is nowhere before a shorter one: the text is gone through once.
        while (place := self.signs.find(signs[offset : offset + length + 1], start)) >= 0:
            start, length = place, length + 1
            while self.signs.startswith(signs[offset + length], start + length):
                length += 1
        return start, length

    def _may_follow(self, position: int, pieces: Sequence[Piece]) -> bool:
        """Tell whether a piece stands on a page after that of the piece before it."""
        last = pieces[-1] if pieces else None
        return last is None or self.page(position) > self.page(last.position + last.length - 1)

    def excerpt(self, position: int, around: int = 8) -> str:
        """Return the text around the gap before a letter."""
        places = range(max(0, position - around), min(len(self.signs), position + around))
        text = "".join(self.gaps[place] + self.signs[place] for place in places)
        return " ".join(text.split())


def read_letters(pages: str | Iterable[str]) -> Letters:
    """Return the letters of a text, or of the pages of one."""
    return _text_letters(pages) if isinstance(pages, str) else _letters(pages)


@lru_cache(maxsize=TEXTS_REMEMBERED)
def _text_letters(text: str) -> Letters:
    """Return the letters of a text, for which one check asks after the other."""
    return _letters((text,))


def _letters(pages: Iterable[str]) -> Letters:
    words: list[str] = []
    gaps: list[str] = []
    starts: list[int] = []
    for page in pages:
        starts.append(len(gaps))
        gap = "\n"
        # Words and gaps by turns; a gap at the beginning follows an empty word.
        parts = [*GAP.split(unicodedata.normalize("NFKC", page)), ""]
        for word, following in zip(parts[::2], parts[1::2], strict=True):
            if word:
                words.append(folded := word.casefold())
                gaps += (gap, *repeat("", len(folded) - 1))
                gap = ""
            gap += following
    return Letters(signs="".join(words), gaps=tuple(gaps), pages=tuple(starts) or (0,))


# ---------------------------------------------------------------- what stands between letters


@dataclass(frozen=True, slots=True)
class GapFault:
    """A place at which the wrong thing stands between two letters."""

    position: int
    is_space_too_many: bool
    """Otherwise a space or a hyphen is lost."""


def gap_faults(wanted: Letters, found: Letters, pieces: Iterable[Piece]) -> Iterator[GapFault]:
    """Yield the places at which a text, as it was found, is parted otherwise than it should be."""
    for piece in pieces:
        for step in range(1, piece.length):
            position = piece.position + step
            expected, actual = wanted.gaps[piece.offset + step], found.gaps[position]
            if expected != actual:
                pair = found.signs[position - 1 : position + 1]
                if _is_torn(pair, expected, actual):
                    yield GapFault(position, is_space_too_many=True)
                elif _is_joined(pair, expected, actual):
                    yield GapFault(position, is_space_too_many=False)


def _is_torn(pair: str, expected: str, actual: str) -> bool:
    """Tell whether a space stands inside a line that the text does not have.

    Between Han and Latin a gap is drawn, which some programs take for a space; and what is set
    between right-to-left letters depends on the program that reads it.
    """
    may_be_parted = _has_space(expected) or SEAM in expected
    is_gap = _has_space(actual) and not _has_break(actual) and not may_be_parted
    kinds = {_kind(sign) for sign in pair}
    # PDFium takes a dash, which is low, for a part of the line above.
    is_line_end = pair[1] in DASHES
    return is_gap and kinds != {"han", "word"} and "rtl" not in kinds and not is_line_end


def _is_joined(pair: str, expected: str, actual: str) -> bool:
    """Tell whether a space or a hyphen is lost: a line that ends may stand for a space."""
    kinds = {_kind(sign) for sign in pair}
    if kinds & {"han", "rtl"}:
        return False
    has_hyphen = not HYPHENS.isdisjoint(expected.replace(SOFT_HYPHEN, ""))
    is_hyphen_lost = has_hyphen and HYPHENS.isdisjoint(actual)
    return is_hyphen_lost or (_has_space(expected) and not _has_space(actual))


def _has_space(gap: str) -> bool:
    return any(sign.isspace() for sign in gap)


def _has_break(gap: str) -> bool:
    return bool(re.search(r"[\r\n]", gap))


def _kind(sign: str) -> str:
    if WITHOUT_SPACES.match(sign):
        return "han"
    if unicodedata.bidirectional(sign) in RIGHT_TO_LEFT:
        return "rtl"
    belongs_to_figures = unicodedata.category(sign)[0] == "S" or sign in "%‰#&@"
    return "word" if sign.isalnum() or belongs_to_figures else "mark"
