"""Whose fault it is that a message failed."""

import pytest

from pubkit.distribution.suppression import Fault, judge


@pytest.mark.parametrize(
    ("status", "said", "fault"),
    [
        ("5.1.1", "550 5.1.1 User unknown", Fault.ADDRESS),
        ("5.1.2", "Host or domain name not found", Fault.ADDRESS),
        ("5.1.3", "bad address syntax", Fault.ADDRESS),
        ("5.1.6", "moved", Fault.ADDRESS),
        ("5.1.10", "Domain does not accept mail (nullMX)", Fault.ADDRESS),
        ("5.2.1", "The email account that you tried to reach is disabled", Fault.ADDRESS),
        ("5.1.8", "Sender address rejected: Domain not found", Fault.MESSAGE),
        ("5.2.2", "mailbox full", Fault.TIME),
        ("5.2.3", "Message too large for this mailbox", Fault.MESSAGE),
        ("5.3.4", "Message size exceeds limit", Fault.MESSAGE),
        ("5.4.4", "Name service error", Fault.TIME),
        ("5.4.7", "Delivery expired", Fault.TIME),
        ("5.6.1", "Media not supported", Fault.MESSAGE),
        ("5.7.1", "Mail is rejected by recipients", Fault.MESSAGE),
        ("5.7.26", "unauthenticated; DMARC", Fault.MESSAGE),
        ("4.4.1", "Connection timed out", Fault.TIME),
        ("4.1.1", "try again", Fault.TIME),
        ("4.7.1", "Greylisted", Fault.MESSAGE),
        ("5.1.1", "mailbox full", Fault.TIME),
        ("5.4.1", "Recipient address rejected: Access denied. AS(201806281)", Fault.ADDRESS),
        ("5.4.1", "no answer from host", Fault.TIME),
        ("5.0.0", "550 No such user here", Fault.ADDRESS),
        ("5.0.0", "552 mailbox is over its quota", Fault.TIME),
        ("5.0.0", "554 Rejected as spam", Fault.MESSAGE),
        ("", "550 User not found: li@163.com", Fault.ADDRESS),
        ("", "550 Mailbox not found. http://service.mail.qq.com", Fault.ADDRESS),
        ("", "收件人邮箱不存在", Fault.ADDRESS),
        ("", "收件人邮箱已满", Fault.TIME),
        ("", "邮件内容被识别为垃圾邮件", Fault.MESSAGE),
        ("", "something went wrong", Fault.TIME),
        ("9.9.9", "", Fault.TIME),
    ],
)
def test_only_what_is_the_addresss_own_fault_suppresses_it(
    status: str, said: str, fault: Fault
) -> None:
    """Members who can be reached must stay; those who cannot must go."""
    assert judge(status, said) is fault


@pytest.mark.parametrize("said", ["user " * 400, "no such " * 300, "a" * 10**6, "邮箱" * 900])
def test_no_reply_keeps_the_machine_busy(said: str) -> None:
    """What servers say comes from strangers."""
    assert judge("5.0.0", said) is Fault.TIME
