"""Addresses of mail servers: what is understood, what is refused, what is never shown."""

import pytest

from pubkit.distribution.smtp.server import Security, Server, parse_server
from pubkit.errors import ConfigError


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtps://me@mail.example.org:4465", (Security.TLS, "mail.example.org", 4465, "me")),
        ("smtps://mail.example.org", (Security.TLS, "mail.example.org", 465, "")),
        ("SMTPS://Mail.Example.org./", (Security.TLS, "mail.example.org", 465, "")),
        ("smtp+starttls://mail.example.org", (Security.STARTTLS, "mail.example.org", 587, "")),
        ("smtp+plain://localhost", (Security.PLAIN, "localhost", 25, "")),
        ("smtp+plain://127.9.9.9:2525", (Security.PLAIN, "127.9.9.9", 2525, "")),
        ("smtp+plain://[::1]:2525", (Security.PLAIN, "::1", 2525, "")),
        ("smtps://[2001:DB8::1]", (Security.TLS, "2001:db8::1", 465, "")),
        (
            "smtps://me%40example.org@mail.example.org",
            (Security.TLS, "mail.example.org", 465, "me@example.org"),
        ),
        (
            "smtps://me@example.org@mail.example.org",
            (Security.TLS, "mail.example.org", 465, "me@example.org"),
        ),
        ("smtps://%E6%8A%A5@邮件.example", (Security.TLS, "xn--5nq051n.example", 465, "报")),
    ],
)
def test_addresses_are_understood(url: str, expected: tuple[Security, str, int, str]) -> None:
    """Scheme, host, port, user; the usual ports, IPv6, names of other scripts."""
    security, host, port, user = expected
    server = parse_server(url)

    assert server == Server(security=security, host=host, port=port, user=user)
    assert parse_server(str(server)) == server


@pytest.mark.parametrize(
    ("url", "message", "remedy"),
    [
        ("smtp://mail.example.org", "does not say how", "smtps://user@"),
        ("https://mail.example.org", "https://", "smtp+starttls://user@"),
        ("mail.example.org:465", "does not begin", "smtps://user@"),
        ("", "does not begin", "smtps://user@"),
        ("smtps://", "no host", "smtps://user@mail"),
        ("smtps://me@", "no host", "smtps://user@mail"),
        ("smtps://[::1", "no host", "[::1]:25"),
        ("smtps://::1", "no host", "[::1]:25"),
        ("smtps://[mail.example.org]", "no host", "[::1]:25"),
        ("smtps://mail..example.org", "no host", "smtps://user@mail"),
        ("smtps://mail.example.org/path", "no host", "smtps://user@mail"),
        ("smtps://mail.example.org?tls=no", "no host", "smtps://user@mail"),
        ("smtps://mail.example.org\r\nRSET", "no host", "smtps://user@mail"),
        ("smtps://mail.example.org:0", "no number", ":465"),
        ("smtps://mail.example.org:65536", "no number", ":465"),
        ("smtps://mail.example.org:４６５", "no number", ":465"),
        ("smtps://me%0D%0A@mail.example.org", "no text", "%40"),
        ("smtps://%FF@mail.example.org", "no text", "%40"),
    ],
)
def test_other_addresses_are_refused(url: str, message: str, remedy: str) -> None:
    """What is wrong is said, and how it is written."""
    with pytest.raises(ConfigError) as raised:
        parse_server(url)

    assert message in raised.value.message
    assert remedy in (raised.value.remedy or "")


@pytest.mark.parametrize(
    "url",
    [
        "smtps://me:hunter2@mail.example.org",
        "smtps://me:hunter2#a/b?c@mail.example.org",
        "smtps://me%40example.org:hunter2@mail.example.org:465",
        "smtp://me:hunter2@mail.example.org",
        "smtps://me:hunter2",
        "smtps:/me:hunter2@mail.example.org",
        "me:hunter2@mail.example.org",
        "smtp+plain://me:hunter2@mail.example.org",
    ],
)
def test_passwords_are_refused_and_never_shown(url: str) -> None:
    """An address stands in files and in lists of processes, and errors in logs."""
    with pytest.raises(ConfigError) as raised:
        parse_server(url)

    assert "hunter2" not in f"{raised.value.message} {raised.value.remedy} {raised.value!r}"


def test_a_password_has_its_own_place() -> None:
    """The remedy names it."""
    with pytest.raises(ConfigError) as raised:
        parse_server("smtps://me:hunter2@mail.example.org")

    assert "PUBKIT_MAIL_PASSWORD" in (raised.value.remedy or "")


@pytest.mark.parametrize("host", ["mail.example.org", "192.0.2.1", "[2001:db8::1]", "128.0.0.1"])
def test_open_ways_are_refused_unless_forced(host: str) -> None:
    """Messages name members and their titles."""
    with pytest.raises(ConfigError) as raised:
        parse_server(f"smtp+plain://{host}")

    assert "allow_plain" in (raised.value.remedy or "")
    assert parse_server(f"smtp+plain://{host}", is_plain_allowed=True).port == 25


def test_no_password_goes_an_open_way() -> None:
    """Who allows open messages does not allow open passwords; on this machine nobody listens."""
    with pytest.raises(ConfigError, match="the password"):
        parse_server("smtp+plain://me@mail.example.org", is_plain_allowed=True)

    assert parse_server("smtp+plain://me@localhost").user == "me"
