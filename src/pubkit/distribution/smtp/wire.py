"""Bytes to a mail server and replies from it, within bounds of time and memory.

``smtplib`` reads a reply of any number of lines, waits for each byte anew, and takes what lies
there already for the answer to the next command. So a server that answers twice to the recipient
would have answered the last dot before it went out, and a message would count as sent that nobody
has. This module reads no more than a reply may have, and says when there is something to be read
that nobody has asked for.
"""

import math
import socket
from time import monotonic
from typing import TYPE_CHECKING

from pubkit.distribution.smtp.replies import Reply, join_lines, parse_line
from pubkit.messages import gettext as _

if TYPE_CHECKING:
    import ssl

LONGEST_LINE = 4_096
"""Bytes; RFC 5321, 4.5.3.1.5 allows 512."""
MOST_LINES = 128
PIECE = 64 * 1024
"""Bytes that are written within one limit of time."""


class BrokenWire(Exception):  # noqa: N818  # as a failure it gets its stage elsewhere
    """The connection cannot be used any more."""


class Wire:
    """A connection whose replies are bounded.

    Args:
        connected: A socket that is connected.
    """

    def __init__(self, connected: "socket.socket | ssl.SSLSocket") -> None:
        self.socket = connected
        self._received = bytearray()
        # Without it, the last dot waits 40 ms for the acknowledgement of what went before.
        connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(self, data: bytes, *, seconds: float, whole: float = math.inf) -> None:
        """Write everything, each piece within the time, and all of it within another."""
        view = memoryview(data)
        deadline = monotonic() + whole
        try:
            for start in range(0, len(view), PIECE):
                # A limit of 0 would mean: do not wait at all.
                self.socket.settimeout(max(min(seconds, deadline - monotonic()), 0.001))
                self.socket.sendall(view[start : start + PIECE])
        except TimeoutError:
            if monotonic() >= deadline:
                raise BrokenWire(_("the server takes the message too slowly")) from None
            raise BrokenWire(_("the server takes no more data")) from None
        except OSError as error:
            raise BrokenWire(_reason(error)) from None

    def receive(self, *, seconds: float) -> Reply:
        """Return the next reply, if it is whole within the time.

        Raises:
            BrokenWire: It is not, or it is none.
        """
        deadline = monotonic() + seconds
        texts: list[str] = []
        first = 0
        for _number in range(MOST_LINES):
            parsed = parse_line(self._receive_line(deadline))
            code, has_more, text = parsed or (0, False, "")
            first = first or code
            if not parsed or code != first:
                raise BrokenWire(_("the server said something that is no reply"))
            texts.append(text)
            if not has_more:
                return join_lines(code, texts)
        raise BrokenWire(_("the server does not stop talking"))

    def _receive_line(self, deadline: float) -> bytes:
        while (end := self._received.find(b"\n", 0, LONGEST_LINE)) < 0:
            if len(self._received) >= LONGEST_LINE:
                raise BrokenWire(_("the server does not stop talking"))
            self._received += self._receive_some(deadline)
        line = bytes(self._received[:end])
        del self._received[: end + 1]
        return line.removesuffix(b"\r")

    def _receive_some(self, deadline: float) -> bytes:
        left = deadline - monotonic()
        try:
            # A limit of 0 would mean: do not wait at all.
            self.socket.settimeout(max(left, 0.001))
            data = self.socket.recv(LONGEST_LINE)
        except TimeoutError:
            raise BrokenWire(_("the server does not answer")) from None
        except OSError as error:
            raise BrokenWire(_reason(error)) from None
        if not data:
            raise BrokenWire(_("the server ended the connection"))
        return data

    def has_unasked(self) -> bool:
        """Tell, without waiting, whether the server said something that is not read yet.

        Raises:
            BrokenWire: It ended the connection.
        """
        if self._received:
            return True
        try:
            self.socket.settimeout(0)
            data = self.socket.recv(LONGEST_LINE)
        except OSError as error:
            if _is_empty(error):
                return False
            raise BrokenWire(_reason(error)) from None
        if not data:
            raise BrokenWire(_("the server ended the connection"))
        self._received += data
        return True

    def close(self) -> None:
        """End the connection at once; what is under way is lost."""
        self.socket.close()


def _is_empty(error: OSError) -> bool:
    """Tell whether there was merely nothing to read."""
    # By name: a connection without TLS does not need the module ssl.
    return isinstance(error, BlockingIOError) or type(error).__name__ == "SSLWantReadError"


def _reason(error: OSError) -> str:
    if isinstance(error, ConnectionError):
        return _("the server ended the connection")
    return error.strerror or str(error) or type(error).__name__
