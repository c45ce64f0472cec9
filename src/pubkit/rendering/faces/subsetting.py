"""A large face becomes a small one with the characters of an edition, and all their forms.

The small face draws what the large one draws, whatever features of layout a style sheet asks for.
It depends on the large face and the characters alone, so it can be kept.
"""

from collections.abc import Iterable

import uharfbuzz
from uharfbuzz import Blob, SubsetFlags, SubsetInput, SubsetInputSets

from pubkit.rendering.faces.cff import CffError, has_identity_charset
from pubkit.rendering.faces.installed import Face

KNOWN_TABLES = frozenset(
    (
        *("BASE", "CFF", "DSIG", "GDEF", "GPOS", "GSUB", "OS/2", "VORG", "cmap", "cvt", "fpgm"),
        *("gasp", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "meta", "name", "post", "prep"),
        *("vhea", "vmtx"),
    )
)
"""Of faces with others, such as colours, variations or Apple's layout, not all would be kept."""
_ALL = (
    SubsetInputSets.LAYOUT_FEATURE_TAG,
    SubsetInputSets.LAYOUT_SCRIPT_TAG,
    SubsetInputSets.NAME_ID,
    SubsetInputSets.NAME_LANG_ID,
)

_FLAGS = (
    SubsetFlags.CFF_IDENTITY_CHARSET
    | SubsetFlags.NOTDEF_OUTLINE
    | SubsetFlags.NO_PRUNE_UNICODE_RANGES
    | SubsetFlags.DESUBROUTINIZE  # Faster, here and when the PDF is written.
)


def make_small(face: Face, characters: Iterable[str]) -> bytes | None:
    """Return a face with these characters only; None if nothing may be taken from it."""
    try:
        large = uharfbuzz.Face(Blob.from_file_path(str(face.path)), face.index)
        if not {tag.strip() for tag in large.table_tags} <= KNOWN_TABLES:
            return None
        small = uharfbuzz.subset(large, _wanted(characters)).blob.data
        return small if has_identity_charset(small) else None
    except (uharfbuzz.HarfBuzzError, RuntimeError, CffError):
        return None


def _wanted(characters: Iterable[str]) -> SubsetInput:
    wanted = SubsetInput()
    wanted.unicode_set.update(map(ord, characters))
    wanted.flags = _FLAGS
    for kind in _ALL:
        chosen = wanted.sets(kind)
        chosen.clear()
        chosen.invert()
    return wanted
