"""What a mail server's log says was accepted: the judge of messages that are in doubt.

::

    cleanup  4B2F9: message-id=<…>          the server reads a message
    qmgr     4B2F9: from=…  (queue active)  it has all of it, and is responsible   -> accepted
    smtpd    lost connection after DATA     the connection broke before the dot    -> refused
    nothing, though 10 minutes before and after the attempt are in the log         -> refused
    nothing, and the log begins or ends within them                                -> undecided

So that nobody gets two copies, what the log does not decide is never taken for refused: the lines
of one message may lie in two logs, before and after they were rotated.
"""

import gzip
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import field
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum
from functools import lru_cache
from itertools import chain
from pathlib import Path
from types import MappingProxyType

from pubkit.errors import DeliveryError, Location
from pubkit.messages import gettext as _
from pubkit.messages import shortened
from pubkit.values import dataclass

LATEST = timedelta(minutes=10)
"""Within this time a server takes a message, or its client gives up (RFC 5321, 4.5.3.2.6)."""
LONGEST_LINE = 16_384
"""Of a log; syslog cuts lines at 2,000 to 8,192 bytes."""
MARKED = b"\x1f\x8b"
"""What a gzip file begins with."""
EXAMPLE = (
    "Nov 30 19:33:43 mail postfix/cleanup[812]: 4B2F91C02: message-id=<20261130.a1@example.org>"
)

LINE = re.compile(
    rb"(?:<\d{1,3}>)?(?P<stamp>[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|\d{4}-\d\d-\d\dT[\d:.,+Z-]+) "
    rb"(?P<host>\S+) (?P<program>[^\s:\[\]]+)(?:\[(?P<process>\d+)\])?: "
    rb"(?:\[ID \d+ \S+\] )?(?P<rest>.*)"
)
QUEUED = re.compile(rb"(?P<queue>[0-9A-Za-z]{6,24}): (?P<said>.*)")
IDENTIFIER = re.compile(rb"<([^<>\s]+)>")
BARE_IDENTIFIER = re.compile(rb"<?([^\s<>@]+@[^\s<>@]+)>?")
BOUNCED = re.compile(rb"dsn=(?P<status>\d\.\d{1,3}\.\d{1,3}), status=bounced \((?P<detail>.*)\)$")
LOST = re.compile(rb"(?:lost connection|timeout) after (?:DATA|BDAT) ")
TURNED_AWAY = re.compile(rb"(?:milter-)?reject: ")
STARTS = (b"client=", b"uid=")
"""How a new use of a queue's name begins."""


class Verdict(StrEnum):
    """What a log says of one message."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    """The server does not have it, and never will."""
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounced:
    """What became of an accepted message later."""

    status: str
    """The enhanced status code, as in ``5.1.1``."""
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """What a mail server accepted, as far as its log tells."""

    message_ids: frozenset[str]
    """With their angle brackets."""
    undecided: frozenset[str] = frozenset()
    """The server began to read them, and the log does not tell how it ended."""
    refused: Mapping[str, datetime] = field(default_factory=lambda: MappingProxyType({}))
    """When the log last tells that the server does not have a message, by Message-ID."""
    bounced: Mapping[str, Bounced] = field(default_factory=lambda: MappingProxyType({}))
    """Accepted messages that the next server refused for good, by Message-ID."""
    begins: datetime | None = None
    ends: datetime | None = None
    """The time that the log covers; None for a list of Message-IDs, which covers everything."""
    lines: int = 0
    is_empty: bool = False
    """Whether it says nothing at all, as a log does that was just rotated."""

    def covers(self, moment: datetime) -> bool:
        """Tell whether the log has every line of a message of this moment."""
        if self.begins is None or self.ends is None:
            return not self.is_empty
        return self.begins + LATEST <= moment <= self.ends - LATEST

    def verdict(self, message_id: str, attempted: datetime) -> Verdict:
        """Say whether a message was accepted that was last attempted at this moment."""
        if message_id in self.message_ids:
            return Verdict.ACCEPTED
        if message_id in self.undecided:
            return Verdict.UNDECIDED
        if self._has_seen_refused(message_id, attempted) or self.covers(attempted):
            return Verdict.REFUSED
        return Verdict.UNDECIDED

    def _has_seen_refused(self, message_id: str, attempted: datetime) -> bool:
        """Tell whether it was the last attempt that was refused; logs may know no fractions."""
        refused = self.refused.get(message_id)
        return refused is not None and attempted - timedelta(seconds=1) <= refused


def read_accepted_file(path: Path, *, now: datetime, zone: tzinfo | None = None) -> Accepted:
    """Read a log, or a list of Message-IDs, from a file that may be compressed with gzip.

    Args:
        path: The file.
        now: Tells the year of time stamps that have none.
        zone: That of time stamps without one; None for this machine's.

    Raises:
        DeliveryError: It cannot be read, or it is neither a list nor a log of Postfix.
    """
    try:
        with path.open("rb") as plain:
            is_packed = plain.read(2) == MARKED
            plain.seek(0)
            stream = gzip.GzipFile(fileobj=plain) if is_packed else plain
            lines = iter(lambda: stream.readline(LONGEST_LINE), b"")
            return read_accepted(lines, path=str(path), now=now, zone=zone)
    except (OSError, EOFError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise DeliveryError(
            _("The log cannot be read: {reason}").format(reason=reason),
            location=Location(str(path)),
        ) from error


def read_accepted(
    lines: Iterable[bytes], *, now: datetime, path: str = "", zone: tzinfo | None = None
) -> Accepted:
    """Read what a mail server accepted: a Message-ID on each line, or a log of Postfix.

    Raises:
        DeliveryError: It is neither.
    """
    lines = iter(lines)
    begin: list[bytes] = []
    for line in lines:
        begin.append(line)
        if LINE.match(line):
            return _LogReader(now=now, zone=zone).read(chain(begin, lines), path)
        if _is_entry(line) and BARE_IDENTIFIER.fullmatch(line.strip()):
            break
        if len(begin) >= 1_000:
            break
    return _read_list(chain(begin, lines), path)


def _is_entry(line: bytes) -> bool:
    text = line.strip()
    return bool(text) and not text.startswith(b"#")


def _read_list(lines: Iterable[bytes], path: str) -> Accepted:
    found: set[str] = set()
    number = 0
    is_empty = True
    for number, line in enumerate(lines, 1):
        text = line.removeprefix(b"\xef\xbb\xbf").strip()
        is_empty = is_empty and not text
        if not _is_entry(text):
            continue
        entry = BARE_IDENTIFIER.fullmatch(text)
        if not entry:
            raise _foreign_line(text, path, number)
        found.add(_bracketed(entry[1]))
    return Accepted(message_ids=frozenset(found), lines=number, is_empty=is_empty)


def _foreign_line(text: bytes, path: str, number: int) -> DeliveryError:
    shown = shortened(text.decode("utf-8", "replace"))
    return DeliveryError(
        _("This is neither a Message-ID nor a line of a Postfix log: {line}").format(line=shown),
        location=Location(path, number),
        remedy=_("One Message-ID per line, or a log with lines such as\n{example}").format(
            example=EXAMPLE
        ),
    )


def _bracketed(identifier: bytes) -> str:
    return f"<{identifier.decode('utf-8', 'replace')}>"


Queue = tuple[bytes, bytes, bytes]
"""Machine, instance of Postfix, name in the queue: names are used again, and by each instance."""


@dataclass(slots=True, kw_only=True, eq=False)
class _Message:
    """A message while its server reads it and passes it on."""

    identifier: str
    read: bytes
    """When, as its line has it."""
    is_accepted: bool = False
    is_held: bool = False


class _LogReader:
    """Follows messages through a log of Postfix, line by line."""

    def __init__(self, *, now: datetime, zone: tzinfo | None) -> None:
        self.time = lru_cache(4096)(lambda stamp: _moment(stamp, now, zone))
        self.messages: dict[Queue, _Message] = {}
        self.served: dict[Queue, Queue] = {}
        self.accepted: set[str] = set()
        self.open: set[_Message] = set()
        self.refused: dict[str, bytes] = {}
        self.bounced: dict[str, Bounced] = {}
        self.longest_wait = timedelta()

    def read(self, lines: Iterable[bytes], path: str) -> Accepted:
        """Read all lines.

        Raises:
            DeliveryError: None of them tells that a message was read.
        """
        first = last = b""
        number = seen = 0
        for line in lines:
            number += 1
            found = LINE.match(line)
            if not found:
                continue
            last = found["stamp"]
            first = first or last
            instance, slash, daemon = found["program"].rpartition(b"/")
            if slash:
                seen += daemon == b"cleanup"
                key = (found["host"], instance.partition(b"/")[0])
                self._take(*key, daemon, found["process"] or b"", found["rest"], last)
        if not seen:
            raise _silent_log(path)
        return self._result(self.time(first), self.time(last), number)

    def _take(
        self, host: bytes, instance: bytes, daemon: bytes, process: bytes, rest: bytes, stamp: bytes
    ) -> None:
        """Take a line of one of Postfix's daemons."""
        queued = QUEUED.match(rest)
        if not queued:
            if daemon == b"smtpd" and LOST.match(rest):
                self._refuse(self.served.pop((host, instance, process), None), stamp)
            return
        queue, said = (host, instance, queued["queue"]), queued["said"]
        if said.startswith(STARTS):
            self._begin(queue)
            self.served[host, instance, process] = queue
        elif daemon == b"cleanup":
            self._clean_up(queue, said, stamp)
        elif TURNED_AWAY.match(said):
            self._refuse(queue, stamp)
        elif queue in self.messages:
            self._pass_on(queue, said, stamp)

    def _clean_up(self, queue: Queue, said: bytes, stamp: bytes) -> None:
        if said.startswith(b"message-id="):
            self._begin(queue)
            identifier = _identifier(said.removeprefix(b"message-id="))
            if identifier:
                message = _Message(identifier=identifier, read=stamp)
                self.messages[queue] = message
                self.open.add(message)
        elif TURNED_AWAY.match(said) or said.startswith(b"discard: "):
            self._refuse(queue, stamp)
        elif said.startswith(b"hold: ") and queue in self.messages:
            self.messages[queue].is_held = True

    def _begin(self, queue: Queue) -> None:
        """Take a queue's name for a new message: it is free only when the old one is gone."""
        message = self.messages.pop(queue, None)
        if message:
            self.open.discard(message)

    def _refuse(self, queue: Queue | None, stamp: bytes) -> None:
        """Note that a server does not have a message."""
        message = self.messages.get(queue) if queue else None
        if queue and message and not message.is_accepted:
            del self.messages[queue]
            self.open.discard(message)
            self.refused[message.identifier] = stamp

    def _pass_on(self, queue: Queue, said: bytes, stamp: bytes) -> None:
        message = self.messages[queue]
        if said.endswith(b"(queue active)"):
            self._accept(message, stamp)
        elif said == b"removed":
            del self.messages[queue]
        elif found := BOUNCED.search(said):
            self._bounce(message, found["status"], found["detail"])
        elif said.endswith(b"status=expired, returned to sender"):
            self._bounce(message, b"4.4.7", b"expired")

    def _accept(self, message: _Message, stamp: bytes) -> None:
        if message.is_accepted:
            return
        message.is_accepted = True
        self.accepted.add(message.identifier)
        self.open.discard(message)
        read, active = self.time(message.read), self.time(stamp)
        if read and active:
            self.longest_wait = max(self.longest_wait, active - read)

    def _bounce(self, message: _Message, status: bytes, detail: bytes) -> None:
        text = shortened(detail.decode("utf-8", "replace"), 500)
        self.bounced[message.identifier] = Bounced(status=status.decode(), detail=text)

    def _result(self, begins: datetime | None, ends: datetime | None, lines: int) -> Accepted:
        refused = {identifier: self.time(stamp) for identifier, stamp in self.refused.items()}
        return Accepted(
            message_ids=frozenset(self.accepted),
            undecided=frozenset(self._undecided(ends)) - self.accepted,
            refused=MappingProxyType({key: time for key, time in refused.items() if time}),
            bounced=MappingProxyType(self.bounced),
            begins=begins,
            ends=ends,
            lines=lines,
        )

    def _undecided(self, ends: datetime | None) -> Iterator[str]:
        """Yield what may still be accepted when the log ends.

        Postfix lets messages wait when it has 20,000 in work, so the longest wait counts, too.
        """
        patience = max(LATEST, 2 * self.longest_wait)
        for message in self.open:
            read = self.time(message.read)
            if message.is_held or not read or not ends or ends - read < patience:
                yield message.identifier


def _silent_log(path: str) -> DeliveryError:
    return DeliveryError(
        _("The log has no line of Postfix that tells of a message"),
        location=Location(path),
        remedy=_("Name the log that has lines such as\n{example}").format(example=EXAMPLE),
    )


def _identifier(value: bytes) -> str:
    """Return a Message-ID as headers have it, whatever a folded line has become in the log."""
    found = IDENTIFIER.search(value)
    if found:
        return _bracketed(found[1])
    bare = BARE_IDENTIFIER.fullmatch(value.strip())
    return _bracketed(bare[1]) if bare else ""


MONTHS = tuple(b"Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split())


def _moment(stamp: bytes, now: datetime, zone: tzinfo | None) -> datetime | None:
    """Return the time of a stamp; one without a year is the latest that is not to come."""
    with suppress(ValueError):
        if stamp[:1].isdigit():
            moment = datetime.fromisoformat(stamp.decode().replace(",", "."))
            return moment if moment.tzinfo else _in_zone(moment, zone)
        return _recent(stamp, now, zone)
    return None


def _recent(stamp: bytes, now: datetime, zone: tzinfo | None) -> datetime | None:
    month = MONTHS.index(stamp[:3]) + 1
    hour, minute, second = map(int, stamp[7:].split(b":"))
    for year in (now.year + 1, now.year, now.year - 1, now.year - 2, now.year - 3, now.year - 4):
        with suppress(ValueError):  # the 29th of February
            moment = datetime(year, month, int(stamp[4:6]), hour, minute, min(second, 59))
            moment = _in_zone(moment, zone)
            if moment <= now + timedelta(days=1):
                return moment
    return None


def _in_zone(moment: datetime, zone: tzinfo | None) -> datetime:
    return moment.replace(tzinfo=zone) if zone else moment.astimezone()
