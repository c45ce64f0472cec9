"""TLS and passwords: whom messages are given to, and what is said to anybody else."""

import ssl
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import trustme

from pubkit.distribution.smtp.connection import Connection
from pubkit.distribution.smtp.failures import Disconnected, Refused, Stage
from pubkit.distribution.smtp.server import DEFAULT_PORTS, Security, Server
from pubkit.errors import DeliveryError
from tests.distribution.smtp.conftest import (
    HOST,
    IMPATIENT,
    PASSWORD,
    USER,
    Conversation,
    PlayServer,
    StartServer,
    server_context,
)

Reach = Callable[..., Connection]
Trust = Callable[[], None]
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
ENCRYPTED = pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])


def forge(kind: str, authority: trustme.CA) -> ssl.SSLContext:
    """Return what a server needs that shall not be trusted."""
    if kind == "expired":
        return server_context(authority.issue_cert(HOST, not_after=LONG_AGO))
    if kind == "not yet":
        tomorrow = datetime.now(UTC) + timedelta(days=1)
        return server_context(authority.issue_cert(HOST, not_before=tomorrow))
    if kind == "other name":
        return server_context(authority.issue_cert("mail.example.org"))
    return server_context(trustme.CA().issue_cert(HOST))


@ENCRYPTED
@pytest.mark.parametrize(
    ("kind", "reason", "remedy"),
    [
        ("expired", "expired", "clock"),
        ("not yet", "not yet valid", "clock"),
        ("other name", "mismatch", "name that its certificate has"),
        ("stranger", "issuer", "SSL_CERT_FILE="),
    ],
)
def test_a_certificate_that_is_not_good_ends_everything(
    kind: str,
    reason: str,
    remedy: str,
    security: Security,
    play_server: PlayServer,
    reach: Reach,
    authority: trustme.CA,
    trust: Trust,
) -> None:
    """Nothing is said to such a server: no password, no message."""
    trust()
    context = forge(kind, authority)

    def play(conversation: Conversation) -> None:
        if security is Security.STARTTLS:
            conversation.begin(b"STARTTLS")
            conversation.hear()
            conversation.say(b"220 go on\r\n")
        conversation.socket = context.wrap_socket(conversation.socket, server_side=True)
        conversation.begin(b"AUTH PLAIN")
        conversation.wait()

    bad = play_server(play, security=security, user=USER)
    with pytest.raises(DeliveryError) as raised:
        reach(bad.server, password=PASSWORD)

    assert reason in raised.value.message
    assert remedy in (raised.value.remedy or "")
    assert b"AUTH" not in bad.heard
    assert bad.heard.count(b"EHLO") == (security is Security.STARTTLS)


@ENCRYPTED
def test_a_private_authority_is_trusted_when_it_is_named(
    security: Security,
    start_server: StartServer,
    reach: Reach,
    authority: trustme.CA,
    trust: Trust,
) -> None:
    """SSL_CERT_FILE is the way; without it the same server is refused."""
    context = server_context(authority.issue_cert(HOST))
    real = start_server(security=security, context=context)

    with pytest.raises(DeliveryError):
        reach(real.server)
    trust()

    assert reach(real.server).protection


@pytest.mark.parametrize(
    ("extensions", "answer"),
    [
        ((), b""),
        ((b"XXXXXXXA", b"AUTH PLAIN"), b""),
        ((b"STARTTLS", b"AUTH PLAIN"), b"502 5.5.1 not implemented\r\n"),
    ],
)
def test_a_server_that_does_not_encrypt_is_left(
    extensions: tuple[bytes, ...], answer: bytes, play_server: PlayServer, reach: Reach
) -> None:
    """Whether it cannot, or somebody on the way has taken the offer away."""

    def play(conversation: Conversation) -> None:
        conversation.begin(b"PIPELINING", *extensions)
        conversation.hear()
        conversation.say(answer)
        conversation.wait()

    bad = play_server(play, security=Security.STARTTLS, user=USER)
    with pytest.raises(DeliveryError, match="does not offer to encrypt"):
        reach(bad.server, password=PASSWORD)

    assert b"AUTH" not in bad.heard


def test_a_server_that_cannot_encrypt_now_is_asked_later(
    play_server: PlayServer, reach: Reach
) -> None:
    """RFC 3207, 4: 454 is for the time being."""

    def play(conversation: Conversation) -> None:
        conversation.begin(b"STARTTLS")
        conversation.hear()
        conversation.say(b"454 4.7.0 TLS not available\r\n")
        conversation.wait()

    bad = play_server(play, security=Security.STARTTLS)
    with pytest.raises(Refused) as raised:
        reach(bad.server)

    assert (raised.value.stage, raised.value.is_permanent) == (Stage.STARTTLS, False)


def test_what_was_slipped_in_before_tls_is_not_believed(
    play_server: PlayServer, reach: Reach, authority: trustme.CA, trust: Trust
) -> None:
    """Somebody on the way can add replies to the unencrypted part, but not be believed."""
    trust()
    context = server_context(authority.issue_cert(HOST))

    def play(conversation: Conversation) -> None:
        conversation.begin(b"STARTTLS")
        conversation.hear()
        conversation.say(b"220 go on\r\n250-evil.example\r\n250 AUTH PLAIN\r\n")
        conversation.socket = context.wrap_socket(conversation.socket, server_side=True)
        conversation.wait()

    bad = play_server(play, security=Security.STARTTLS, user=USER)
    with pytest.raises(Disconnected) as raised:
        reach(bad.server, password=PASSWORD)

    assert raised.value.stage is Stage.STARTTLS
    assert b"AUTH" not in bad.heard


def test_what_was_offered_before_tls_is_forgotten(
    play_server: PlayServer, reach: Reach, authority: trustme.CA, trust: Trust
) -> None:
    """RFC 3207, 4.2."""
    trust()
    context = server_context(authority.issue_cert(HOST))

    def play(conversation: Conversation) -> None:
        conversation.begin(b"STARTTLS", b"SIZE 1", b"AUTH LOGIN")
        conversation.hear()
        conversation.say(b"220 go on\r\n")
        conversation.socket = context.wrap_socket(conversation.socket, server_side=True)
        conversation.hear()
        conversation.say(b"250-mail.example.org\r\n250 SIZE 2000\r\n")
        conversation.wait()

    bad = play_server(play, security=Security.STARTTLS)
    connection = reach(bad.server)

    assert dict(connection.capabilities.parameters) == {"SIZE": "2000"}


def test_a_server_without_tls_is_told_from_one_with_a_bad_certificate(
    play_server: PlayServer, reach: Reach
) -> None:
    """The usual mistake: the scheme of the other port."""
    bad = play_server(lambda conversation: conversation.begin(), security=Security.TLS)

    with pytest.raises(DeliveryError, match="does not agree on TLS") as raised:
        reach(bad.server)

    assert "smtp+starttls://" in (raised.value.remedy or "")


def test_a_server_that_waits_for_tls_is_told_from_one_that_is_silent(
    play_server: PlayServer, reach: Reach, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other usual mistake: port 465 with the scheme of 587, where both sides wait."""
    quick = replace(IMPATIENT, greeting=0.2)
    waiting = play_server(Conversation.wait, security=Security.STARTTLS).server
    silent = play_server(Conversation.wait, security=Security.STARTTLS).server
    monkeypatch.setitem(DEFAULT_PORTS, Security.TLS, waiting.port)

    with pytest.raises(DeliveryError) as raised:
        reach(waiting, timeouts=quick)
    with pytest.raises(Disconnected):
        reach(silent, timeouts=quick)

    assert "try smtps://" in (raised.value.remedy or "")


@ENCRYPTED
def test_an_end_of_the_connection_before_tls_can_be_tried_again(
    security: Security, play_server: PlayServer, reach: Reach
) -> None:
    """It may have been the network."""

    def play(conversation: Conversation) -> None:
        if security is Security.STARTTLS:
            conversation.begin(b"STARTTLS")
            conversation.hear()
            conversation.say(b"220 go on\r\n")
        conversation.socket.recv(10_000)

    with pytest.raises(Disconnected):
        reach(play_server(play, security=security).server)


def test_localhost_that_is_elsewhere_is_refused(
    play_server: PlayServer, reach: Reach, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who says localhost means this machine; names are resolved by whoever runs it."""
    bad = play_server(Conversation.begin)
    local = Server(security=Security.PLAIN, host="localhost", port=bad.server.port)
    monkeypatch.setattr(
        "pubkit.distribution.smtp.connection.is_loopback", lambda host: host != HOST
    )

    with pytest.raises(DeliveryError, match="another machine"):
        reach(local)


# ---------------------------------------------------------------- passwords


def answer_login(mechanisms: bytes, *answers: bytes) -> Callable[[Conversation], None]:
    """Return a part that offers ways to log in, and answers so."""

    def play(conversation: Conversation) -> None:
        conversation.begin(b"AUTH " + mechanisms)
        for answer in answers:
            conversation.hear()
            conversation.say(answer)
        conversation.wait()

    return play


DENIED = b"535 5.7.8 Bad credentials\r\n"
ASKED = b"334 VXNlcm5hbWU6\r\n"


@pytest.mark.parametrize(
    ("mechanisms", "answers", "message"),
    [
        (b"PLAIN LOGIN", (DENIED,), "does not let me in: 535 5.7.8 Bad"),
        (b"LOGIN", (ASKED, ASKED, DENIED), "does not let me in: 535 5.7.8 Bad"),
        (b"LOGIN", (ASKED, DENIED), "does not let me in"),
        (b"LOGIN", (ASKED, ASKED, ASKED), "does not let me in"),
        (b"PLAIN", (ASKED,), "does not let me in"),
        (b"XOAUTH2 GSSAPI", (), "XOAUTH2, GSSAPI"),
        (b"", (), "lets nobody log in"),
    ],
)
def test_a_wrong_password_ends_everything(
    mechanisms: bytes,
    answers: tuple[bytes, ...],
    message: str,
    play_server: PlayServer,
    reach: Reach,
) -> None:
    """Asking for every member again would lock the office out."""
    bad = play_server(answer_login(mechanisms, *answers), user="me")

    with pytest.raises(DeliveryError) as raised:
        reach(bad.server, password=PASSWORD)

    assert message in raised.value.message
    assert raised.value.remedy


@pytest.mark.parametrize(
    ("extensions", "remedy"), [((b"STARTTLS",), "smtp+starttls://"), ((), "another port")]
)
def test_a_server_that_wants_encryption_first_is_told_from_one_without_users(
    extensions: tuple[bytes, ...], remedy: str, play_server: PlayServer, reach: Reach
) -> None:
    """Postfix offers to log in to those who encrypt, also on this machine."""

    def play(conversation: Conversation) -> None:
        conversation.begin(*extensions)
        conversation.wait()

    bad = play_server(play, user="me")
    with pytest.raises(DeliveryError, match="lets nobody log in") as raised:
        reach(bad.server, password=PASSWORD)

    assert remedy in (raised.value.remedy or "")


def test_a_server_that_cannot_look_at_passwords_now_is_asked_later(
    play_server: PlayServer, reach: Reach
) -> None:
    """RFC 4954, 4.7.6: 454 is for the time being."""
    bad = play_server(answer_login(b"PLAIN", b"454 4.7.0 Later\r\n"), user="me")

    with pytest.raises(Refused) as raised:
        reach(bad.server, password=PASSWORD)

    assert (raised.value.stage, raised.value.is_permanent) == (Stage.AUTH, False)


@pytest.mark.parametrize("mechanism", [b"PLAIN", b"LOGIN"])
def test_a_password_that_the_server_repeats_is_not_shown(
    mechanism: bytes, play_server: PlayServer, reach: Reach
) -> None:
    """Errors come to logs and to screens that are shared."""

    def play(conversation: Conversation) -> None:
        conversation.begin(b"AUTH " + mechanism)
        line = conversation.hear()
        if mechanism == b"LOGIN":
            conversation.say(ASKED)
            conversation.hear()
            conversation.say(ASKED)
            line = conversation.hear()
        conversation.say(b"535 hunter2? " + line)
        conversation.wait()

    bad = play_server(play, user="me")
    with pytest.raises(DeliveryError) as raised:
        reach(bad.server, password="hunter2")  # noqa: S106

    shown = f"{raised.value.message} {raised.value.remedy}"
    assert "535" in shown
    assert not {"hunter2", "aHVudGVyMg==", "AG1lAGh1bnRlcjI="} & set(shown.split())
    assert "hunter2" not in shown


def test_a_user_without_a_password_is_told_before_anything_is_said(reach: Reach) -> None:
    """Not even a connection is made; the remedy is the variable."""
    nowhere = Server(security=Security.TLS, host="no-such-host.invalid", port=465, user="me")

    with pytest.raises(DeliveryError) as raised:
        reach(nowhere)

    assert "PUBKIT_MAIL_PASSWORD" in (raised.value.remedy or "")
