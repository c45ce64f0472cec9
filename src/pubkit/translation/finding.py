"""Old translations for the messages of a catalog that have none: from near to far."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from functools import partial

from pubkit.model import Entry, Key
from pubkit.translation.aids import Aids
from pubkit.translation.division import Share, divided, joined
from pubkit.translation.similarity import TextIndex, threshold
from pubkit.values import dataclass

ORIGIN = "Origin: "
"""Begins the comment that says where the proposal of a fuzzy entry comes from."""


TAKEN_BACK = "a change that the author took back"


@dataclass(slots=True)
class Found:
    """What was found so far."""

    entries: dict[Key, Entry]
    """The entry of each message, by the key of the message."""
    spent: set[Key] = field(default_factory=set)
    """Old entries that live on in a fuzzy one."""
    shared: set[Key] = field(default_factory=set)
    """Old entries of which others have got their share; they themselves become obsolete."""


def find_translations(messages: Sequence[Entry], known: Mapping[Key, Entry], aids: Aids) -> Found:
    """Find an entry for each message, if there is any.

    Args:
        messages: The messages of the template.
        known: The entries of the catalog so far.
        aids: What else may help.
    """
    wanted = {message.key for message in messages}
    found = Found({key: known[key] for key in wanted & known.keys()})
    lost = [
        entry
        for entry in known.values()
        if not entry.is_obsolete and entry.key not in wanted and entry.has_text
    ]
    waiting = list(_waiting(messages, found))
    for find in (_certain, _divided, _joined, _edited, _cut, _remembered):
        has_source = aids.memory if find in (_certain, _remembered) else lost
        entries = find(waiting, lost, found, aids) if waiting and has_source else {}
        found.entries |= entries
        waiting = [message for message in waiting if message.key not in entries]
    return found


def _waiting(messages: Iterable[Entry], found: Found) -> Iterator[Entry]:
    """Yield the messages without a translation; each has what translators wrote beside it."""
    for message in messages:
        entry = found.entries.get(message.key)
        if message.msgid_plural is not None or (entry and entry.has_text):
            continue
        comments = message.extracted_comments
        if entry and entry.extracted_comments != comments:
            entry = replace(entry, extracted_comments=comments)
        yield entry or message


# ---------------------------------------------------------------- from this catalog

Entries = dict[Key, Entry]
"""New entries, by the keys of their messages."""


def _edited(waiting: Sequence[Entry], lost: Sequence[Entry], found: Found, aids: Aids) -> Entries:
    """Give each lost translation to the message most like its text, the most alike first."""
    pool = [entry for entry in lost if entry.key not in found.shared]
    index = TextIndex([entry.msgid for entry in pool])
    least = threshold(aids.source_lang)
    pairs = [
        (-score, number, place)
        for number, message in enumerate(waiting)
        for score, place in index.nearest(message.msgid, least=least)
    ]
    entries: Entries = {}
    for _score, number, place in sorted(pairs):
        message, old = waiting[number], pool[place]
        if message.key not in entries and old.key not in found.spent:
            found.spent.add(old.key)
            entries[message.key] = _as_fuzzy(old, message)
    return entries


def _as_fuzzy(old: Entry, message: Entry) -> Entry:
    """Return a translation of another text as a proposal for this one.

    What was fuzzy before was translated from the text before that.
    """
    keeps_previous = old.is_fuzzy and old.previous_msgid is not None
    previous = (old.previous_msgctxt, old.previous_msgid) if keeps_previous else old.key
    is_same = previous == message.key  # the author took an edit back
    return replace(
        old,
        msgctxt=message.msgctxt,
        msgid=message.msgid,
        msgstr=_ended_as(message.msgid, old.msgstr),
        translator_comments=tuple(
            dict.fromkeys((*message.translator_comments, *old.translator_comments))
        ),
        flags=old.fuzzy_flags,
        previous_msgctxt=None if is_same else previous[0],
        previous_msgid=None if is_same else previous[1],
        extracted_comments=(ORIGIN + TAKEN_BACK,) if is_same else old.extracted_comments,
    )


def _ended_as(msgid: str, msgstr: str) -> str:
    """Return a translation with the line ends around it that its text has: GNU tools insist."""
    bare = msgstr.strip("\n")
    return "\n" * msgid.startswith("\n") + bare + "\n" * msgid.endswith("\n")


def _divided(waiting: Sequence[Entry], lost: Sequence[Entry], found: Found, _aids: Aids) -> Entries:
    return _shares(divided, waiting, lost, found)


def _joined(waiting: Sequence[Entry], lost: Sequence[Entry], found: Found, _aids: Aids) -> Entries:
    return _shares(joined, waiting, lost, found)


def _cut(waiting: Sequence[Entry], lost: Sequence[Entry], found: Found, _aids: Aids) -> Entries:
    """Find texts of which a good part was cut off, and those to which much was added."""
    cut = _shares(partial(divided, least=1), waiting, lost, found)
    others = [message for message in waiting if message.key not in cut]
    return cut | _shares(partial(joined, least=1), others, lost, found)


def _shares(
    find: Callable[[Sequence[str], Sequence[Entry]], Iterable[tuple[int, Share]]],
    waiting: Sequence[Entry],
    lost: Sequence[Entry],
    found: Found,
) -> Entries:
    """Give messages their shares of finished translations, which stay as obsolete."""
    finished = [entry for entry in lost if entry.is_translated and entry.key not in found.spent]
    entries = {}
    for number, share in find([message.msgid for message in waiting], finished):
        message = waiting[number]
        found.shared.update(share.keys)
        entries[message.key] = _proposal(
            message, share.msgstr, previous=share.previous_msgid, origin=share.origin
        )
    return entries


def _proposal(
    message: Entry, msgstr: str, *, previous: str, context: str | None = None, origin: str
) -> Entry:
    """Return a message with a translation that a translator has to look at."""
    is_same = (context, previous) == message.key
    return replace(
        message,
        msgstr=_ended_as(message.msgid, msgstr),
        flags=message.fuzzy_flags,
        previous_msgctxt=None if is_same else context,
        previous_msgid=None if is_same else previous,
        extracted_comments=(*message.extracted_comments, ORIGIN + origin),
    )


# ---------------------------------------------------------------- from the memory


def _certain(
    waiting: Sequence[Entry], _lost: Sequence[Entry], _found: Found, aids: Aids
) -> Entries:
    """Take what the memory is certain of as it is: a text that moved here is translated."""
    remembered = ((message, aids.memory.exact(message)) for message in waiting)
    return {
        message.key: replace(message, msgstr=item.entry.msgstr)
        for message, item in remembered
        if item and item.is_certain
    }


def _remembered(
    waiting: Sequence[Entry], _lost: Sequence[Entry], _found: Found, aids: Aids
) -> Entries:
    least = threshold(aids.source_lang)
    entries = {}
    for message in waiting:
        item = aids.memory.exact(message) or aids.memory.similar(message, least=least)
        if item:
            old = item.entry
            entries[message.key] = _proposal(
                message, old.msgstr, previous=old.msgid, context=old.msgctxt, origin=item.origin
            )
        elif share := _share_of_memory(message, aids):
            entries[message.key] = _proposal(
                message, share.msgstr, previous=share.previous_msgid, origin=share.origin
            )
    return entries


def _share_of_memory(message: Entry, aids: Aids) -> Share | None:
    """Return what a text inherits from one elsewhere that it was a part of, or from its parts."""
    near = aids.memory.sharing(message)
    for find in (divided, joined):
        for _number, share in find([message.msgid], near, least=1):
            return share
    return None
