"""The translation memory: what was translated anywhere in the project, or by anybody before."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property

from pubkit.formats.markdown import fit_translation, normal_form
from pubkit.model import Catalog, Entry, Key, Role
from pubkit.translation.similarity import TextIndex
from pubkit.translation.words import words
from pubkit.values import dataclass

TELLING = 4
"""A text of fewer words may mean something else elsewhere: “Chair”, “Open”."""

ROLES = frozenset(map(str, Role))

LEAST_OF_SHORT = 85
"""In percent: “cell one” is much like “cell two”, and its translation no help."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """A translation that a memory has for a text."""

    entry: Entry
    origin: str
    """The file that has it."""
    is_certain: bool = False
    """Whether it may be taken as it is, without anybody looking at it."""


@dataclass(frozen=True, slots=True)
class Source:
    """A catalog or translation memory, and how far it is trusted."""

    catalog: Catalog
    name: str
    is_trusted: bool = True
    """Whether somebody of the project has reviewed what is finished in it."""


class Memory:
    """Finished translations of many files; what a file says is read when it is first asked for.

    Args:
        sources: The catalogs and memories; of equals, the earlier is preferred.
    """

    def __init__(self, sources: Iterable[Source] = ()) -> None:
        self._sources = sources

    def __bool__(self) -> bool:
        """Whether anything is remembered at all."""
        return bool(self._remembered)

    def exact(self, message: Entry) -> Remembered | None:
        """Return a translation of the same text in the same context.

        It is certain if trusted files have it, all of them the same, and the text is long enough
        or stands in the same role to mean the same here.
        """
        found = self._by_key.get(message.key) or list(self._respelt(message))
        if not found:
            return None
        first = max(found, key=lambda item: _is_of_same_role(item.entry, message))
        certain = [item for item in found if item.is_certain]
        agree = len({item.entry.msgstr for item in certain}) == 1
        is_certain = agree and first in certain and _means_the_same(first.entry, message)
        return replace(first, is_certain=is_certain)

    def _respelt(self, message: Entry) -> Iterator[Remembered]:
        """Yield translations of other spellings of the text, made to fit it."""
        for item in self._by_form.get((message.msgctxt, normal_form(message.msgid)), ()):
            old = item.entry
            msgstr, is_sure = fit_translation(old.msgstr, old=old.msgid, new=message.msgid)
            entry = replace(old, msgid=message.msgid, msgstr=msgstr)
            yield replace(item, entry=entry, is_certain=item.is_certain and is_sure)

    def similar(self, message: Entry, *, least: int) -> Remembered | None:
        """Return the translation of the text most like the message, if any is like it."""
        is_short = len(words(message.msgid)) < TELLING
        least = max(least, LEAST_OF_SHORT) if is_short else least
        nearest = self._index.nearest(message.msgid, least=least, limit=1)
        return self._remembered[nearest[0][1]] if nearest else None

    def sharing(self, message: Entry) -> list[Entry]:
        """Return the entries whose texts share the rarest words of a message."""
        return [self._remembered[number].entry for number in self._index.sharing(message.msgid)]

    @cached_property
    def _remembered(self) -> list[Remembered]:
        return [
            Remembered(entry, source.name, is_certain=source.is_trusted)
            for source in self._sources
            for entry in source.catalog.entries
            if entry.is_translated and entry.msgid_plural is None
        ]

    @cached_property
    def _by_key(self) -> Mapping[Key, list[Remembered]]:
        by_key: dict[Key, list[Remembered]] = {}
        for item in self._remembered:
            by_key.setdefault(item.entry.key, []).append(item)
        return by_key

    @cached_property
    def _by_form(self) -> Mapping[Key, list[Remembered]]:
        by_form: dict[Key, list[Remembered]] = {}
        for item in self._remembered:
            form = normal_form(item.entry.msgid)
            by_form.setdefault((item.entry.msgctxt, form), []).append(item)
        return by_form

    @cached_property
    def _index(self) -> TextIndex:
        return TextIndex([item.entry.msgid for item in self._remembered])


NO_MEMORY = Memory()


def _means_the_same(entry: Entry, message: Entry) -> bool:
    return len(words(message.msgid)) >= TELLING or bool(_roles(entry) & _roles(message))


def _is_of_same_role(entry: Entry, message: Entry) -> bool:
    """Tell whether two texts play the same part; what another tool wrote says nothing of it."""
    roles, wanted = _roles(entry), _roles(message)
    return not roles or bool(roles & wanted)


def _roles(entry: Entry) -> frozenset[str]:
    first = next(iter(entry.extracted_comments), "")
    return ROLES & set(first.split(", "))
