"""A row of values that waits on the disk: thousands of pages take no memory there."""

import pickle
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import Generic, TypeVar

from pubkit.workflow.orders import to_bytes

Item = TypeVar("Item")
IN_MEMORY = 4_000_000
"""Bytes; what is more lies in a file that has no name and ends with the process."""


class Spool(Generic[Item]):
    """Values in the order in which they were added."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
        self._length = 0

    def __del__(self) -> None:
        self._file.close()

    def __len__(self) -> int:
        return self._length

    def add(self, item: Item) -> None:
        """Add a value at the end."""
        self._file.write(to_bytes(item))
        self._length += 1

    def __iter__(self) -> Iterator[Item]:
        self._file.seek(0)
        for _number in range(self._length):
            yield pickle.load(self._file)  # noqa: S301  # written by this process
