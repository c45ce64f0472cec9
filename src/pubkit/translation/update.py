"""A catalog brought up to date with its template: no translation that still fits is lost."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from pubkit.localize import plural_count
from pubkit.model import Catalog, Entry, Key
from pubkit.translation.header import dated_header, with_header

Hints = Callable[[str], tuple[str, ...]]

SIMILARITY = 70
"""In percent of the characters: below it, an old translation hinders more than it helps."""


def no_hints(_text: str) -> tuple[str, ...]:
    """Tell a translator nothing about a segment."""
    return ()


def update_catalog(
    catalog: Catalog | None, template: Catalog, *, lang: str, hints: Hints = no_hints
) -> Catalog:
    """Return the catalog with the template's messages and all translations that still fit.

    * A message that stays keeps everything that translators wrote.
    * A message that changed a little keeps its translation as fuzzy, with ``#|`` its old text.
    * A message that disappeared becomes obsolete, and comes back when its text does.

    Laws: updating twice is updating once; an entry that does not change is returned equal, so
    that it is written with its old bytes.

    Args:
        catalog: The catalog so far; None makes a new one.
        template: The messages of the document today.
        lang: The language of the translations.
        hints: What translators shall know of a text: the names in it.

    Source:
        GNU gettext manual, 7.1 "Invoking the msgmerge Program".
    """
    old = with_header(catalog or Catalog(lang=lang), template, lang)
    known = {entry.key: entry for entry in old.entries if entry.is_obsolete}
    known |= {entry.key: entry for entry in old.live_entries}
    wanted = {entry.key for entry in template.entries}
    lost = {
        entry.key: entry.msgid
        for entry in old.live_entries
        if entry.key not in wanted and entry.msgstr.strip()
    }
    live, used = [], set()
    for message in template.entries:
        key = message.key if message.key in known else _take_similar(message, lost)
        used.add(key)
        found = known[key] if key else None
        live.append(_merge(_with_plurals(message, lang), found, hints))
    obsolete = _obsolete(entry for entry in old.entries if entry.key not in used)
    updated = replace(old, entries=(*live, *obsolete))
    is_changed = updated.entries != old.entries
    return replace(updated, header=dated_header(old, template)) if is_changed else old


def _with_plurals(message: Entry, lang: str) -> Entry:
    """Return the message with as many empty plural forms as the language has."""
    forms = ("",) * plural_count(lang) if message.msgid_plural else ()
    return replace(message, msgstr_plural=forms)


def _merge(message: Entry, found: Entry | None, hints: Hints) -> Entry:
    """Return the message with the translation that was found for it."""
    comments = (*message.extracted_comments, *hints(message.msgid))
    if found is None:
        return replace(message, extracted_comments=comments)
    merged = replace(
        found,
        extracted_comments=comments,
        references=message.references,
        is_obsolete=False,
    )
    return merged if found.key == message.key else _as_fuzzy(merged, message)


def _as_fuzzy(found: Entry, message: Entry) -> Entry:
    """Return a translation of another text as a proposal for this one.

    What was fuzzy before was translated from the text before that.
    """
    keeps_previous = found.is_fuzzy and found.previous_msgid is not None
    return replace(
        found,
        msgctxt=message.msgctxt,
        msgid=message.msgid,
        flags=("fuzzy", *(flag for flag in found.flags if flag != "fuzzy")),
        previous_msgctxt=found.previous_msgctxt if keeps_previous else found.msgctxt,
        previous_msgid=found.previous_msgid if keeps_previous else found.msgid,
    )


def _take_similar(message: Entry, lost: dict[Key, str]) -> Key | None:
    """Take the lost text that is most like the message, if any is like it."""
    if not lost or message.msgid_plural:
        return None
    from rapidfuzz import fuzz, process  # only a changed source needs it; `check` shall be fast

    match = process.extractOne(message.msgid, lost, scorer=fuzz.ratio, score_cutoff=SIMILARITY)
    if match is None:
        return None
    del lost[match[2]]
    return match[2]


def _obsolete(unused: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return what no message needs today but may need again; nothing is kept that says nothing."""
    return tuple(
        entry if entry.is_obsolete else replace(entry, is_obsolete=True, references=())
        for entry in unused
        if entry.is_obsolete or _has_text(entry)
    )


def _has_text(entry: Entry) -> bool:
    return any(text.strip() for text in (entry.msgstr, *entry.msgstr_plural))
