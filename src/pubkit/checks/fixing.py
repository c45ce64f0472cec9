"""Mend what may be mended without anyone looking at it.

A finding says itself whether its suggestion is safe. Here it is only put in place, and refused all
the same where letters, digits or markup of the translation would change: what ``--fix`` may do is
decided in two places that know nothing of one another.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace

from pubkit.formats.markdown import read_markup
from pubkit.model import Catalog, Entry, Finding

MOST_ROUNDS = 10
"""A mended mark can bring another fault to light; it never takes this many rounds."""

Edit = tuple[int, int, str]
_Key = tuple[str | None, str, str]


def fix_translation(catalog: Catalog, find: Callable[[Catalog], Iterable[Finding]]) -> Catalog:
    """Return the catalog with all safe suggestions in place, until none is left.

    Args:
        catalog: The translations; fuzzy and waived ones are left as they are.
        find: Tells what is wrong with a catalog, as ``check_catalog`` does.
    """
    for _round in range(MOST_ROUNDS):
        fixed = apply_suggestions(catalog, find(catalog))
        if fixed is catalog:
            return catalog
        catalog = fixed
    return catalog


def apply_suggestions(catalog: Catalog, findings: Iterable[Finding]) -> Catalog:
    """Return the catalog with the safe suggestions of some findings in place, itself if none is.

    Of two suggestions for the same characters, the first is taken. An entry without any is the
    same one as before, so that its text in the file stays as it is.
    """
    edits: defaultdict[_Key, list[Edit]] = defaultdict(list)
    for finding in findings:
        if finding.is_safe and finding.span and finding.suggestion is not None:
            edit = (finding.span.start, finding.span.end, finding.suggestion)
            edits[finding.msgctxt, finding.msgid, finding.msgstr].append(edit)
    if not edits:
        return catalog
    entries = tuple(_fixed(entry, edits) for entry in catalog.entries)
    return catalog if entries == catalog.entries else replace(catalog, entries=entries)


def _fixed(entry: Entry, edits: dict[_Key, list[Edit]]) -> Entry:
    """Return an entry with its last text mended, which is the one that is checked."""
    text = entry.msgstr_plural[-1] if entry.msgstr_plural else entry.msgstr
    found = edits.get((entry.msgctxt, entry.msgid, text))
    if not found or entry.is_obsolete or not entry.is_translated:
        return entry
    mended = mend(text, found)
    if mended == text:
        return entry
    if entry.msgstr_plural:
        return replace(entry, msgstr_plural=(*entry.msgstr_plural[:-1], mended))
    return replace(entry, msgstr=mended)


# ---------------------------------------------------------------- one text


def mend(text: str, edits: Iterable[Edit]) -> str:
    """Return a text with those edits in place that neither overlap nor change what is said."""
    mended = _put(text, _acceptable(text, _without_overlaps(edits)))
    return mended if _says_the_same(text, mended) else text


def _acceptable(text: str, edits: list[Edit]) -> list[Edit]:
    """Return the edits but those that change what is said; halving finds the few quickly."""
    if not edits or _says_the_same(text, _put(text, edits)):
        return edits
    if len(edits) == 1:
        return []
    middle = len(edits) // 2
    return [*_acceptable(text, edits[:middle]), *_acceptable(text, edits[middle:])]


def _without_overlaps(edits: Iterable[Edit]) -> list[Edit]:
    chosen: list[Edit] = []
    for edit in sorted(set(edits)):
        if not chosen or edit[0] >= chosen[-1][1]:
            chosen.append(edit)
    return chosen


def _put(text: str, edits: Iterable[Edit]) -> str:
    pieces = []
    place = 0
    for start, end, replacement in edits:
        pieces += [text[place:start], replacement]
        place = end
    return "".join((*pieces, text[place:]))


def _says_the_same(text: str, other: str) -> bool:
    return letters_of(text) == letters_of(other) and _markup_of(text) == _markup_of(other)


def letters_of(text: str) -> str:
    """Return the letters and digits of a text, whatever their width and case."""
    usual = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in usual if character.isalnum())


def _markup_of(text: str) -> tuple[object, ...]:
    markup = read_markup(text)
    return (markup.links, markup.emphasis, markup.others, markup.footnotes, markup.literal_marks)
