"""The mail system of the tests."""

import smtplib
import ssl

import pytest

from tests.servers.mail import PASSWORD, mail_system, missing


@pytest.mark.skipif(bool(missing()), reason=missing())
def test_mail_arrives_or_comes_back() -> None:
    """A member's mailbox has what was sent; what nobody takes is returned to the sender."""
    with mail_system(["li@members.test", "office@press.test"]) as system:
        context = ssl.create_default_context(cafile=system.authority)
        with smtplib.SMTP("localhost", system.smtp_port) as client:
            client.starttls(context=context)
            client.login("office@press.test", PASSWORD)
            recipients = ["li+news@members.test", "nobody@members.test"]
            client.sendmail("office+token@press.test", recipients, "Subject: Hello\r\n\r\nHi\r\n")
        (arrived,) = system.wait_for("li@members.test", 1)
        (returned,) = system.wait_for("office@press.test", 1)
        log = system.log.read_text("utf-8")

    assert arrived["Subject"] == "Hello"
    assert returned["To"] == "office+token@press.test"
    assert "to=<nobody@members.test>" in log
    assert "status=bounced" in log
