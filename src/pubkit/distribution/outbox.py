"""A dry run's messages as files that mail programs open.

Members' addresses stand in them, so nobody but their owner reads them.
"""

import os
import re
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from pubkit.distribution.campaign import Delivery
from pubkit.distribution.message.composing import Envelope
from pubkit.errors import DeliveryError, Location
from pubkit.formats.files import explained
from pubkit.messages import gettext as _
from pubkit.values import dataclass

LONGEST_NAME = 240
"""Bytes of a file's name, below what file systems take."""
BLOCK = 4_096
"""What a file takes on a disk is a multiple of it."""
SUFFIX = ".eml"


@dataclass(frozen=True, slots=True)
class Outbox:
    """The folder of the messages of one document's dry run."""

    folder: Path
    document: str

    def former(self) -> list[Path]:
        """Return what an earlier dry run of the same document left."""
        if not self.folder.is_dir():
            return []
        name = re.compile(rf"{re.escape(_safe(self.document))}\.[A-Za-z0-9-]+\.\d{{6,}}-.+@.*\.eml")
        return sorted(path for path in self.folder.iterdir() if name.fullmatch(path.name))

    def prepare(self, sizes: Iterable[int]) -> None:
        """Remove what an earlier dry run left, if there is room for these messages.

        Args:
            sizes: Of the messages, in bytes.

        Raises:
            DeliveryError: There is none, or the folder cannot be written; nothing was removed.
        """
        with explained(self.folder, DeliveryError):
            self.folder.mkdir(parents=True, exist_ok=True)
            former = self.former()
            taken = sum(_on_disk(path.lstat().st_size) for path in former)
            free = shutil.disk_usage(self.folder).free + taken
            needed = sum(map(_on_disk, sizes))
            if needed > free:
                raise _no_room(self.folder, needed=needed, free=free)
            for path in former:
                path.unlink()

    def write(self, number: int, delivery: Delivery, envelope: Envelope) -> Path:
        """Write a message, and return its file.

        Args:
            number: Its place in the dry run, from 1.
            delivery: Whose message it is.
            envelope: The message.

        Raises:
            DeliveryError: The file cannot be written.
        """
        start = f"{_safe(self.document)}.{delivery.lang}.{number:06}-"
        address = _safe(delivery.recipient.address)
        path = self.folder / (_shortened(start + address, LONGEST_NAME) + SUFFIX)
        with explained(path, DeliveryError):
            _write_whole(path, envelope.data)
        return path


def _write_whole(path: Path, data: bytes) -> None:
    """Make a file that is not there yet, or none if that is interrupted."""
    try:
        # Not through a link that somebody has put there.
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
    except FileExistsError:
        raise
    except BaseException:
        with suppress(OSError):
            path.unlink()
        raise


def _safe(text: str) -> str:
    """Return a text as a part of a file's name; two texts never become one."""
    return "".join(sign if sign.isalnum() or sign in "@._+-" else _quoted(sign) for sign in text)


def _quoted(sign: str) -> str:
    return "".join(f"%{byte:02X}" for byte in sign.encode("utf-8", "surrogatepass"))


def _shortened(text: str, length: int) -> str:
    return text.encode()[:length].decode(errors="ignore")


def _on_disk(size: int) -> int:
    return -(-size // BLOCK) * BLOCK


def _no_room(folder: Path, *, needed: int, free: int) -> DeliveryError:
    return DeliveryError(
        _("The messages need {needed} MB, and the disk has {free} MB left").format(
            needed=-(-needed // 1_000_000), free=free // 1_000_000
        ),
        location=Location(str(folder)),
        remedy=_("Make room, or look at some of them alone: --limit 10"),
    )
