"""A caption is no sentence of the text: it has no full stop, whoever wrote it."""

from pubkit.model import Role, Segment
from pubkit.patterns import pattern

FINAL_STOP = pattern(r"(?<=\S)([。．.।۔])([*_~`]*)\s*\Z")
SENTENCE_END = pattern(r"[.!?…][”’\"')\]]*\s+[“‘\"'(\[*_]*[^\W\d_a-zß-ÿ]")
ABBREVIATION = pattern(r"(?:\b\w\.)+\w\Z|(?:^|[\s(])\w\Z|\.\Z")
"""U.S., a single letter, and the points of omission."""
SHORTENED = frozenset(
    {
        *("al", "approx", "assoc", "ave", "bros", "bzw", "ca", "capt", "cf", "co", "col", "corp"),
        *("dept", "dr", "ed", "eds", "esq", "etc", "fig", "gen", "hon", "inc", "jr", "lt", "ltd"),
        *("messrs", "mio", "mr", "mrd", "mrs", "ms", "mt", "prof", "rev", "sgt", "sr", "st"),
        *("univ", "usw", "vol", "vs"),
    }
)
"""Words that end in a point, in lower case."""


def printed_text(segment: Segment) -> str:
    """Return what is printed of a segment: its text, of a caption without its full stop.

    An abbreviation keeps its point, and so does a caption of several sentences where words are
    spaced. In Chinese and Japanese a caption never ends in a stop.

    Source:
        GB/T 15834-2011, annex A.1; The Chicago Manual of Style, 3.21.
    """
    stop = FINAL_STOP.search(segment.text) if segment.role is Role.CAPTION else None
    if not stop:
        return segment.text
    before = segment.text[: stop.start()]
    is_kept = stop[1] != "。" and (_is_abbreviated(before) or _has_sentences(before))
    return segment.text if is_kept else before + stop[2]


def _is_abbreviated(text: str) -> bool:
    words = text.split()
    last = words[-1].strip("(*_~`“‘\"'").lower() if words else ""
    return last in SHORTENED or ABBREVIATION.search(text) is not None


def _has_sentences(text: str) -> bool:
    """Tell whether another sentence ends within a text."""
    return any(
        not _is_abbreviated(text[: match.start()]) or match[0][0] != "."
        for match in SENTENCE_END.finditer(text)
    )
