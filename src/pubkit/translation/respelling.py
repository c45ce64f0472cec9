"""Translations whose texts are spelt otherwise in the source of today, by another program say."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from pubkit.model import Catalog, Entry, Key


def respell_catalog(catalog: Catalog, template: Catalog) -> Catalog:
    """Return the catalog with the texts that the template spells otherwise as it spells them.

    A translation that certainly fits the new spelling stays as finished as it was; any other one
    becomes fuzzy. Whatever the template has in the same spelling is left as it is.

    Law: doing it twice is doing it once.

    Args:
        catalog: The catalog so far.
        template: The messages of the document today.
    """
    known = {entry.key: entry for entry in catalog.entries if _has_text(entry)}
    wanted = {message.key for message in template.entries}
    waiting = [message for message in template.entries if message.key not in known]
    lost = [entry for entry in known.values() if entry.key not in wanted]
    if not waiting or not known:
        return catalog
    found = dict(_pairs(waiting, lost, known))
    spent = {old.key for _message, old in found.values()} - wanted
    respelt = [_respelt(old, message) for message, old in found.values()]
    kept = (entry for entry in catalog.entries if entry.key not in spent | found.keys())
    return replace(catalog, entries=(*kept, *respelt)) if found else catalog


def _has_text(entry: Entry) -> bool:
    return bool(entry.msgstr.strip()) and entry.msgid_plural is None


def _pairs(
    waiting: Sequence[Entry], lost: Sequence[Entry], known: Mapping[Key, Entry]
) -> Iterator[tuple[Key, tuple[Entry, Entry]]]:
    """Yield each message of which there is another spelling, with that entry."""
    from pubkit.formats.markdown import link_words, normal_form  # only a changed source needs it

    forms = {(entry.msgctxt, normal_form(entry.msgid)): entry for entry in reversed(lost)}
    for message in waiting:
        words = link_words(message.msgid)
        old = known.get((message.msgctxt, words)) if words else None
        old = old or (forms.get((message.msgctxt, normal_form(message.msgid))) if forms else None)
        if old:
            yield message.key, (message, old)


def _respelt(old: Entry, message: Entry) -> Entry:
    from pubkit.formats.markdown import fit_translation

    msgstr, is_sure = fit_translation(old.msgstr, old=old.msgid, new=message.msgid)
    respelt = replace(old, msgid=message.msgid, msgstr=msgstr, is_obsolete=False)
    if is_sure:
        return respelt
    keeps_previous = old.is_fuzzy and old.previous_msgid is not None
    return replace(
        respelt,
        flags=("fuzzy", *(flag for flag in old.flags if flag != "fuzzy")),
        previous_msgid=old.previous_msgid if keeps_previous else old.msgid,
    )
