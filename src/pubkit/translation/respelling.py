"""Translations whose texts are spelt otherwise in the source of today, by another program say.

Emphasis, escapes, links and line breaks may be written in many ways; po4a also leaves the marks of
quotations and lists in its texts, and whole tables.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from pubkit.config.limits import DEFAULT_LIMITS
from pubkit.model import Catalog, Entry, Key
from pubkit.patterns import pattern
from pubkit.translation.finding import ORIGIN, TAKEN_BACK
from pubkit.values import dataclass

ORIGIN_OF_PART = f"{ORIGIN}a table, list or quotation that was one text"

Form = tuple[str | None, str]
"""A context, and the one spelling of a text."""


@dataclass(frozen=True, slots=True)
class _Old:
    """A translation that a message may take over."""

    entry: Entry
    """With the text alone that is like the message."""
    whole: Entry
    """The entry of the catalog that has it."""
    is_part: bool = False
    """Whether the entry has other texts besides."""


def respell_catalog(catalog: Catalog, template: Catalog) -> Catalog:
    """Return the catalog with the texts that the template spells otherwise as it spells them.

    A translation that certainly fits the new spelling stays as finished as it was; any other one
    becomes fuzzy. Whatever the template has in the same spelling is left as it is, and an entry
    of several texts stays beside what was made of it.

    Law: doing it twice is doing it once.

    Args:
        catalog: The catalog so far.
        template: The messages of the document today.
    """
    known = {entry.key: entry for entry in catalog.entries if _is_simple(entry)}
    waiting = {message.key: message for message in template.entries if message.key not in known}
    if not waiting or not known:
        return catalog
    wanted = {message.key for message in template.entries}
    lost = [entry for key, entry in known.items() if key not in wanted]
    found = dict(_pairs(waiting, lost, known))
    spent = {old.whole.key for old in found.values() if not old.is_part} - wanted
    replaced = spent | found.keys()
    kept = (entry for entry in catalog.entries if entry.key not in replaced)
    respelt = (_respelt(old, waiting[key]) for key, old in found.items())
    return replace(catalog, entries=(*kept, *respelt)) if found else catalog


def _is_simple(entry: Entry) -> bool:
    return entry.has_text and entry.msgid_plural is None


def _pairs(
    waiting: Mapping[Key, Entry], lost: Iterable[Entry], known: Mapping[Key, Entry]
) -> Iterator[tuple[Key, _Old]]:
    """Yield the key of each message of which there is another spelling, with that."""
    from pubkit.formats.markdown import link_words, normal_form  # only a changed source needs it

    forms: dict[Form, _Old] = {}
    for old in _candidates(lost):
        forms.setdefault((old.entry.msgctxt, normal_form(old.entry.msgid)), old)
    for key, message in waiting.items():
        words = link_words(message.msgid)
        linked = known.get((message.msgctxt, words)) if words else None
        if linked:
            yield key, _Old(linked, linked)
        elif forms and (found := forms.get((message.msgctxt, normal_form(message.msgid)))):
            yield key, found


# ---------------------------------------------------------------- entries of several blocks

LONGEST = 5 * DEFAULT_LIMITS.segment
"""Characters of a table or list that is divided."""
BLOCK_MARK = pattern(r"(?m)^[ \t]*(?:>|[-*+][ \t]|\d{1,9}[.)][ \t]|\|)|\n[ \t]*\n")
"""What begins a quotation, a list or a row of a table, or parts two blocks."""


def _candidates(lost: Iterable[Entry]) -> Iterator[_Old]:
    """Yield the lost entries, then their parts: an entry as it stands goes first."""
    entries = list(lost)
    yield from (_Old(entry, entry) for entry in entries)
    for entry in entries:
        if len(entry.msgid) <= LONGEST and BLOCK_MARK.search(entry.msgid):
            yield from _parts(entry)


def _parts(entry: Entry) -> Iterator[_Old]:
    """Yield each text of an entry with its translation, if there is one for each."""
    from pubkit.formats.markdown import block_texts

    texts, translations = block_texts(entry.msgid), block_texts(entry.msgstr)
    if len(texts) == len(translations):
        for text, translation in zip(texts, translations, strict=True):
            part = replace(entry, msgid=text, msgstr=translation)
            yield _Old(part, entry, is_part=len(texts) > 1)


# ---------------------------------------------------------------- what is made of them


def _respelt(old: _Old, message: Entry) -> Entry:
    """Return an old entry as that of a message."""
    from pubkit.formats.markdown import fit_translation

    entry = old.entry
    msgstr, fits = fit_translation(entry.msgstr, old=entry.msgid, new=message.msgid)
    respelt = replace(entry, msgid=message.msgid, msgstr=msgstr, is_obsolete=False)
    if fits and not old.is_part:
        return respelt
    fuzzy = replace(respelt, flags=entry.fuzzy_flags)
    if fits:
        return replace(fuzzy, extracted_comments=(ORIGIN_OF_PART,), previous_msgid=None)
    keeps_previous = entry.is_fuzzy and entry.previous_msgid is not None
    if keeps_previous and entry.previous_msgid == message.msgid:
        origin = (ORIGIN + TAKEN_BACK,)
        return replace(fuzzy, extracted_comments=origin, previous_msgid=None)
    return fuzzy if keeps_previous else replace(fuzzy, previous_msgid=entry.msgid)
