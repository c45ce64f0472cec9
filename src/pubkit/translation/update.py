"""A catalog brought up to date with its template: no translation that still fits is lost."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from pubkit.localize import plural_count
from pubkit.model import Catalog, Entry, Key
from pubkit.translation.aids import NO_AIDS, Aids
from pubkit.translation.changes import SPACES_ONLY, IsWord, describe_change
from pubkit.translation.finding import ORIGIN, find_translations
from pubkit.translation.header import dated_header, with_header
from pubkit.translation.respelling import respell_catalog


def update_catalog(
    catalog: Catalog | None, template: Catalog, *, lang: str, aids: Aids = NO_AIDS
) -> Catalog:
    """Return the catalog with the template's messages and all translations that still fit.

    A message that stays keeps everything that translators wrote. One without a translation gets,
    in this order:

    * the one of the same text in another spelling, as fuzzy only if its links do not fit,
    * the one of the same text that the memory is certain of,
    * as fuzzy, the one of a text of this catalog that disappeared and is much like it,
    * as fuzzy, its share of a text that was divided, or those of texts that were joined,
    * as fuzzy, the one of the same or a similar text in the memory.

    A fuzzy one has ``#|`` the text that was translated, and a comment that says what has changed.
    A message that disappeared becomes obsolete, and comes back when its text does.

    Laws: updating twice is updating once; an entry that does not change is returned equal, so
    that it is written with its old bytes; no finished translation leaves the catalog but into
    the fuzzy entry that is made of it.

    Args:
        catalog: The catalog so far; None makes a new one.
        template: The messages of the document today.
        lang: The language of the translations.
        aids: What else may help.

    Source:
        GNU gettext manual, 7.1 "Invoking the msgmerge Program".
    """
    old = with_header(catalog or Catalog(lang=lang), template, lang)
    messages = [_with_plurals(message, lang) for message in template.entries]
    respelt = respell_catalog(old, template)
    known = _known(respelt)
    found = find_translations(messages, known, aids)
    live = (_with_comments(message, found.entries.get(message.key), aids) for message in messages)
    kept = found.entries.keys() | found.spent
    obsolete = _obsolete(entry for entry in respelt.entries if entry.key not in kept)
    updated = replace(old, entries=(*live, *obsolete))
    is_changed = updated.entries != old.entries
    return replace(updated, header=dated_header(old, template)) if is_changed else old


def _known(catalog: Catalog) -> Mapping[Key, Entry]:
    """Return the entries by what identifies them; a live one goes before an obsolete one."""
    known = {entry.key: entry for entry in catalog.entries if entry.is_obsolete}
    return known | {entry.key: entry for entry in catalog.live_entries}


def _with_plurals(message: Entry, lang: str) -> Entry:
    """Return the message with as many empty plural forms as the language has."""
    if message.msgid_plural is None:
        return message
    return replace(message, msgstr_plural=("",) * plural_count(lang))


def _with_comments(message: Entry, found: Entry | None, aids: Aids) -> Entry:
    """Return what was found for a message, with what translators shall know of it today."""
    entry = found or message
    notes = _notes(entry, aids.is_word) if entry.is_fuzzy else ()
    comments = (*message.extracted_comments, *aids.hints(message.msgid), *notes)
    wanted = (comments, message.references, False)
    if (entry.extracted_comments, entry.references, entry.is_obsolete) == wanted:
        return entry
    return replace(
        entry, extracted_comments=comments, references=message.references, is_obsolete=False
    )


def _notes(entry: Entry, is_word: IsWord) -> Iterator[str]:
    """Yield what a translator wants to know of a proposal."""
    origins = [line for line in entry.extracted_comments if line.startswith(ORIGIN)]
    if entry.previous_msgid is not None:
        change = describe_change(entry.previous_msgid, entry.msgid, is_word)
        if change and not (origins and change == SPACES_ONLY):
            yield change
    yield from origins


def _obsolete(unused: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return what no message needs today but may need again; nothing is kept that says nothing."""
    return tuple(
        entry if entry.is_obsolete else replace(entry, is_obsolete=True, references=())
        for entry in unused
        if entry.is_obsolete or entry.has_text
    )
