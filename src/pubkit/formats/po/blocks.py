"""What the entries of a file were read from."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from pubkit.model import Entry


class Blocks(Mapping[Entry, str]):
    """The text of each entry, in the order of the file.

    Nearly all that is asked for is an entry that was read, which is found without reading it.

    Args:
        entries: All that were read; no two are equal.
        texts: What each was read from, with the blanks that follow.
    """

    def __init__(self, entries: Sequence[Entry] = (), texts: Sequence[str] = ()) -> None:
        self._entries = entries
        self.texts = texts

    def place(self, entry: Entry) -> int | None:
        """Return the number of an entry, or of its equal; None if none was read."""
        if not self._entries:
            return None
        place = self._identical.get(id(entry))
        return self._equal.get(entry) if place is None else place

    @cached_property
    def _identical(self) -> Mapping[int, int]:
        return {id(entry): place for place, entry in enumerate(self._entries)}

    @cached_property
    def _equal(self) -> Mapping[Entry, int]:
        return {entry: place for place, entry in enumerate(self._entries)}

    def __getitem__(self, entry: Entry) -> str:
        place = self.place(entry)
        if place is None:
            raise KeyError(entry)
        return self.texts[place]

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)
