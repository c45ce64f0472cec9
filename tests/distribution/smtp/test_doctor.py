"""``pubkit doctor --mail``: what stands between an office and its members."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme

from pubkit.distribution.examination import Probe, examine_server
from pubkit.distribution.smtp.server import Security
from pubkit.model import Condition
from tests.conftest import Run
from tests.distribution.name_server import serve_names
from tests.distribution.smtp.conftest import (
    HOST,
    PASSWORD,
    USER,
    Conversation,
    PlayServer,
    StartServer,
    check_password,
    server_context,
)
from tests.distribution.test_domain_examination import SOUND

NOW = datetime.now(UTC)
PROBE = Probe(sender="office@example.org", recipient="member@example.net", largest=1_000_000)


def unmet(conditions: list[Condition]) -> str:
    """Return what is not met."""
    return "\n".join(f"{item.name}: {item.reason}" for item in conditions if not item.is_met)


@pytest.mark.filterwarnings("ignore:Requiring AUTH")
def test_a_good_server_is_described_and_takes_nothing(
    start_server: StartServer, authority: trustme.CA, trust: Callable[[], None]
) -> None:
    """TLS, certificate, user, size, scripts, sender and recipient; no message goes out."""
    trust()
    until = NOW + timedelta(days=31, hours=1)
    real = start_server(
        security=Security.TLS,
        context=server_context(authority.issue_cert(HOST, not_after=until)),
        user=USER,
        authenticator=check_password,
        auth_required=True,
        auth_require_tls=False,
        enable_SMTPUTF8=True,
    )
    soon = NOW + timedelta(days=20)

    found = list(examine_server(real.server, password=PASSWORD, probe=PROBE, now=NOW))
    later = list(examine_server(real.server, password=PASSWORD, probe=PROBE, now=soon))

    shown = "\n".join(item.name for item in found)
    assert unmet(found) == ""
    assert "TLSv1.3" in shown
    assert HOST in shown
    assert f"{until.date()}: 31 more days" in shown
    assert "KB" in shown
    assert real.sink.messages == []
    assert "renewed" in unmet(later)


def test_a_server_that_cannot_be_used_is_told_with_the_remedy(
    start_server: StartServer, authority: trustme.CA
) -> None:
    """As sending would tell it."""
    context = server_context(authority.issue_cert(HOST))
    real = start_server(security=Security.TLS, context=context)

    found = list(examine_server(real.server, password="", probe=PROBE, now=NOW))

    assert len(found) == 1
    assert not found[0].is_met
    assert "SSL_CERT_FILE" in found[0].remedy


def test_what_a_server_would_refuse_is_told(play_server: PlayServer) -> None:
    """Size, scripts, a sender that it does not relay for."""

    def play(conversation: Conversation) -> None:
        conversation.begin(b"SIZE 1000000")
        conversation.hear()
        conversation.say(b"250 ok\r\n")
        conversation.hear()
        conversation.say(b"250 ok\r\n")
        conversation.hear()
        conversation.say(b"250 ok\r\n")
        conversation.hear()
        conversation.say(b"554 5.7.1 Relay access denied\r\n")
        conversation.hear()

    bad = play_server(play)
    found = list(examine_server(bad.server, password="", probe=PROBE, now=NOW))

    assert "takes messages of 1000 KB" in unmet(found)
    assert "SMTPUTF8" in unmet(found)
    assert "member@example.net: 554 5.7.1 Relay access denied" in unmet(found)
    remedies = [item.remedy for item in found if "1000 KB" in item.name]
    assert "largest_kilobytes = 950" in remedies[0]


def test_the_command_examines_everything(
    start_server: StartServer, run: Run, project: Path
) -> None:
    """One line for each condition, the record to publish, and exit code 2 for a fault."""
    settings = '\n[mail]\nsender = "office@example.org"\ndkim_selector = "s1"\n'
    path = project / "pubkit.toml"
    path.write_text(path.read_text("utf-8") + settings, "utf-8")
    real = start_server(enable_SMTPUTF8=True)
    arguments = ("doctor", "--mail", "--to", "member@example.net")
    with serve_names(SOUND) as records:
        name_server = f"127.0.0.1:{records.port}"
        good = run(
            *arguments, "--dns", name_server, cwd=project, PUBKIT_MAIL_SERVER=str(real.server)
        )
        path.write_text(path.read_text("utf-8").replace('"s1"', '"s2"'), "utf-8")
        bad = run(
            *arguments, "--dns", name_server, cwd=project, PUBKIT_MAIL_SERVER=str(real.server)
        )

    assert (good.code, good.err) == (0, "")
    assert "faulty" not in good.out
    assert "It takes mail to member@example.net" in good.out
    assert bad.code == 2
    assert 's2._domainkey.example.org. TXT "v=DKIM1' in bad.out
    assert real.sink.messages == []


def test_the_command_says_that_no_server_is_named(run: Run, project: Path) -> None:
    """And goes on with what can be examined."""
    with serve_names({}) as records:
        outcome = run(
            "doctor",
            "--mail",
            "--dns",
            f"127.0.0.1:{records.port}",
            cwd=project,
            PUBKIT_MAIL_SERVER="",
        )

    assert outcome.code == 2
    assert "No mail server is named" in outcome.out
    assert "(SPF)" in outcome.out


def test_addresses_are_read_as_sending_reads_them(
    start_server: StartServer, run: Run, project: Path
) -> None:
    """Names of other scripts become those that DNS knows; what is no address is refused."""
    path = project / "pubkit.toml"
    path.write_text(path.read_text("utf-8") + '\n[mail]\nsender = "office@例子.example"\n', "utf-8")
    server = str(start_server().server)
    with serve_names({("xn--fsqu00a.example", "MX"): ("10 mx.example.org.",)}) as records:
        options = ("doctor", "--mail", "--dns", f"127.0.0.1:{records.port}", "--to")
        good = run(*options, "me@example.org", cwd=project, PUBKIT_MAIL_SERVER=server)
        bad = run(*options, "me，example.org", cwd=project, PUBKIT_MAIL_SERVER=server)

    assert "xn--fsqu00a.example takes mail (MX): mx.example.org" in good.out
    assert bad.code == 2
    assert "is no address" in bad.err


@pytest.mark.parametrize(
    "arguments",
    [("--dns", "192.0.2.1"), ("--to", "me@example.org"), ("--mail", "--dns", "ns.example")],
)
def test_options_that_make_no_sense_are_refused(
    arguments: tuple[str, ...], run: Run, project: Path
) -> None:
    """They belong to the examination of mail; a name server has an IP address."""
    assert run("doctor", *arguments, cwd=project).code == 2
