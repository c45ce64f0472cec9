"""What holds for every message, every reply and every address."""

import socket
import unicodedata
from typing import cast

from hypothesis import example, given
from hypothesis import strategies as st

from pubkit.distribution.smtp.connection import has_bare_ends, stuffed
from pubkit.distribution.smtp.replies import HARMFUL, MOST_CHARACTERS
from pubkit.distribution.smtp.server import Security, Server, parse_server
from pubkit.distribution.smtp.wire import BrokenWire, Wire
from pubkit.errors import ConfigError

LINES = st.lists(st.sampled_from([b"", b".", b"..", b".a", b"a.", b"abc", b"=2E"]), max_size=8)


@given(LINES, st.booleans())
def test_every_message_comes_out_as_it_went_in(lines: list[bytes], is_ended: bool) -> None:
    """Servers take one dot away from each line that begins with one; none is the last dot."""
    data = b"\r\n".join(lines) + b"\r\n" * is_ended
    sent = stuffed(data).split(b"\r\n")
    received = b"\r\n".join(line.removeprefix(b".") for line in sent)

    assert b"." not in sent
    assert received == (data if data.endswith(b"\r\n") else data + b"\r\n")


@given(st.text("\r\n.a", max_size=12))
@example("a\n.\r\n")
@example("\r.\n")
def test_no_message_is_two(text: str) -> None:
    """Whatever a server takes for the end of a line: before a dot it is CRLF, or it is refused."""
    data = text.encode()
    readings = [stuffed(data).replace(end, b"\n") for end in (b"\r\n", b"\r", b"\n")]

    assert has_bare_ends(data) or not any(b"\n.\n" in b"\n" + reading for reading in readings)


class Tape:
    """A connection on which a server has said something, and then left."""

    def __init__(self, said: bytes) -> None:
        self.said = said

    def setsockopt(self, *_options: int) -> None:
        """Take any option."""

    def settimeout(self, _seconds: float) -> None:
        """Never wait."""

    def recv(self, size: int) -> bytes:
        """Return what comes next, in small pieces."""
        piece, self.said = self.said[: min(size, 7)], self.said[min(size, 7) :]
        return piece


REPLY_LINES = st.tuples(
    st.sampled_from([b"250", b"550", b"421", b"2", b"999", b"", b"abc"]),
    st.sampled_from([b" ", b"-", b"", b"x"]),
    st.binary(max_size=20) | st.text(max_size=20).map(str.encode),
    st.sampled_from([b"\r\n", b"\n", b"\r", b""]),
).map(b"".join)


@given(st.lists(REPLY_LINES, max_size=4).map(b"".join) | st.binary(max_size=60))
def test_every_stream_is_a_reply_or_the_end(said: bytes) -> None:
    """Nothing else comes of what a server says, and no control character."""
    wire = Wire(cast("socket.socket", Tape(said)))
    try:
        reply = wire.receive(seconds=5)
    except BrokenWire:
        return

    shown = str(reply)
    assert 200 <= reply.code <= 599
    assert len(shown) <= MOST_CHARACTERS
    assert not {unicodedata.category(sign) for sign in shown} & HARMFUL


SERVERS = st.builds(
    Server,
    security=st.sampled_from([Security.TLS, Security.STARTTLS]),
    host=st.sampled_from(["mail.example.org", "192.0.2.1", "2001:db8::1", "localhost"]),
    port=st.integers(1, 65_535),
    user=st.text(max_size=10).filter(str.isprintable),
)


@given(SERVERS)
def test_every_server_is_read_as_it_is_written(server: Server) -> None:
    """The address in messages can be copied into the settings."""
    assert parse_server(str(server)) == server


@given(
    st.sampled_from(["smtps://", "smtp://", "smtps:", "", "SMTP+PLAIN://", "ftp://"]),
    st.text("ab:@/#?%[]. \n", max_size=8),
    st.text("ab:@/#?%[]. \n", max_size=8),
    st.sampled_from(["@mail.example.org", "@", "", ":465", "@[::1]:x"]),
)
def test_no_mistake_shows_a_password(scheme: str, before: str, behind: str, end: str) -> None:
    """Wherever it stands behind a colon."""
    shown = ""
    try:
        parse_server(f"{scheme}me:{before}s3cr3t{behind}{end}")
    except ConfigError as error:
        shown = f"{error.message}{error.remedy}"

    assert "s3cr3t" not in shown
