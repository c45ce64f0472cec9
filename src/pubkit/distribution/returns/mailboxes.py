"""Mailboxes of returns: mbox, Maildir, IMAP; only read, so that nothing in them can be lost."""

import fcntl
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from pubkit.distribution.returns.parsing import LARGEST
from pubkit.errors import DeliveryError, Location
from pubkit.messages import gettext as _
from pubkit.patterns import pattern
from pubkit.values import dataclass

SCHEME = pattern(r"[a-zA-Z][\w+.-]*://")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A message as it lies in a mailbox."""

    place: str
    """Where: a line of an mbox, a file of a Maildir, a number of an IMAP folder."""
    data: bytes
    """Its first million bytes: a notice says what it is about before what it returns."""
    bookmark: str = ""
    """Where to go on after it, in mailboxes that can tell what is new."""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """An open mailbox."""

    pieces: Iterator[Piece]
    total: int
    """How many messages it has, or 0 if that is known only at the end."""


@contextmanager
def open_mailbox(name: str, *, password: str = "", after: str = "") -> Iterator[Mailbox]:
    """Open the mailbox at a path, or at an URL such as ``imaps://user@host/INBOX``.

    Args:
        name: The path or URL.
        password: For an URL.
        after: The bookmark of the last message that was read; empty for all messages.

    Raises:
        DeliveryError: It cannot be read, or is no mailbox.
    """
    if SCHEME.match(name):
        from pubkit.distribution.returns.imap import open_folder

        with open_folder(name, password=password, after=after) as (fetched, total):
            pieces = (
                Piece(place=str(item.uid), data=item.data, bookmark=item.bookmark)
                for item in fetched
            )
            yield Mailbox(pieces, total)
        return
    path = Path(name)
    try:
        if path.is_dir():
            yield _maildir(path)
        else:
            with path.open("rb") as file:
                yield _mbox(path, file)
    except OSError as error:
        raise DeliveryError(
            _("The mailbox cannot be read: {reason}").format(reason=error.strerror or error),
            location=Location(name),
            remedy=_("Name an mbox, a Maildir, or a URL such as imaps://user@host/INBOX"),
        ) from error


# ---------------------------------------------------------------- Maildir


def _maildir(path: Path) -> Mailbox:
    """Open a Maildir.

    Source:
        https://cr.yp.to/proto/maildir.html
    """
    folders = [path / name for name in ("new", "cur")]
    if not all(folder.is_dir() for folder in folders):
        raise _no_mailbox(path)
    names = sorted(
        (file.name.partition(":")[0], file)
        for folder in folders
        for file in folder.iterdir()
        if not file.name.startswith(".")
    )
    return Mailbox(_files(path, dict(names)), len(names))


def _files(path: Path, names: dict[str, Path]) -> Iterator[Piece]:
    for name, file in names.items():
        data = _read(path, name, file)
        if data is not None:
            yield Piece(place=str(file), data=data)


def _read(path: Path, name: str, file: Path) -> bytes | None:
    """Read a file; a mail program may have marked it as seen, which renames it, or removed it."""
    for candidate in (file, *path.glob(f"cur/{_quoted(name)}:*"), path / "cur" / name):
        with suppress(FileNotFoundError), candidate.open("rb") as opened:
            return opened.read(LARGEST)
    return None


def _quoted(name: str) -> str:
    return re.sub(r"([*?[])", r"[\1]", name)


# ---------------------------------------------------------------- mbox

ENVELOPE = re.compile(rb"From \S.*\d{4}\s*$")
FIELD = re.compile(rb"[!-9;-~]+:|[ \t]")
KNOWN_FIELD = re.compile(
    rb"(?:from|received|return-path|delivered-to|subject|message-id|date):", re.IGNORECASE
)
LONGEST_LINE = 100_000
WAIT_TENTHS = 300
"""How long a program that delivers into the mbox is waited for."""


def _mbox(path: Path, file: BinaryIO) -> Mailbox:
    """Open an mbox; nothing is delivered into it before all is read.

    Source:
        RFC 4155; fcntl is the lock that Debian wants of all mail programs (Policy, 11.6).
    """
    _lock(path, file)
    begin = file.read(LONGEST_LINE)
    file.seek(0)
    if not begin:
        return Mailbox(iter(()), 0)
    if ENVELOPE.match(begin.partition(b"\n")[0]):
        return Mailbox(_split(path, file), 0)
    if _is_message(begin):
        return Mailbox(iter([Piece(place=str(path), data=file.read(LARGEST))]), 1)
    raise _no_mailbox(path)


def _is_message(begin: bytes) -> bool:
    """Tell whether a file is a single message, saved from a mail program."""
    lines = begin.replace(b"\r\n", b"\n").partition(b"\n\n")[0].split(b"\n")
    are_fields = all(FIELD.match(line) for line in lines[:-1] or lines)
    return are_fields and any(KNOWN_FIELD.match(line) for line in lines)


def _lock(path: Path, file: BinaryIO) -> None:
    for _attempt in range(WAIT_TENTHS):
        try:
            fcntl.lockf(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(0.1)
        else:
            return
    raise DeliveryError(
        _("Another program keeps the mailbox locked"),
        location=Location(str(path)),
        remedy=_("Run the same command again when it has ended"),
    )


def _split(path: Path, file: BinaryIO) -> Iterator[Piece]:
    """Yield the messages of an mbox: each begins with an envelope after a blank line."""
    lines: list[bytes] = []
    start, size, was_blank = 1, 0, True
    for number, line in enumerate(iter(lambda: file.readline(LONGEST_LINE), b""), 1):
        if was_blank and ENVELOPE.match(line):
            if lines:
                yield Piece(place=f"{path}:{start}", data=b"".join(lines))
            lines, start, size = [], number, 0
        else:
            size += len(line)
            if size <= LARGEST:
                lines.append(line)
        was_blank = not line.strip()
    if lines:
        yield Piece(place=f"{path}:{start}", data=b"".join(lines))


def _no_mailbox(path: Path) -> DeliveryError:
    return DeliveryError(
        _("This is neither an mbox nor a Maildir"),
        location=Location(str(path)),
        remedy=_("Name an mbox, a Maildir, or a URL such as imaps://user@host/INBOX"),
    )
