"""What returned messages say: real formats, in files that anyone can add to."""

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubkit.distribution.returns.notices import NoticeKind, identify, read_notice
from pubkit.distribution.returns.parsing import header, parse
from pubkit.distribution.suppression import judge

CASES = sorted((Path(__file__).parent / "cases").glob("*.eml"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_notice_is_understood(path: Path) -> None:
    """Each file begins with what is expected of it."""
    data = path.read_bytes()
    expected = parse(data)
    notice = read_notice(data)
    failure = notice.failure

    assert notice.kind == header(expected, "X-Expect-Kind")
    assert failure.status == header(expected, "X-Expect-Status")
    assert header(expected, "X-Expect-Address") in ("", *failure.addresses)
    if fault := header(expected, "X-Expect-Fault"):
        assert judge(failure.status, failure.detail) == fault
    if returned := header(expected, "X-Expect-Returned"):
        assert notice.message_ids == (returned,)
    assert header(expected, "X-Expect-Own") in ("", *notice.own_addresses)


def test_the_letters_of_a_notice_are_read_whatever_their_charset() -> None:
    """GBK that says so, and GB18030 that does not."""
    sender = read_notice((CASES[0].parent / "163.eml").read_bytes())
    raw = read_notice((CASES[0].parent / "qq.eml").read_bytes())

    assert sender.subject == "系统退信"
    assert "不存在" in sender.failure.detail
    assert raw.subject == "系统退信/Systems bounce"


def test_all_copies_of_a_message_are_one() -> None:
    """An mbox quotes lines, IMAP ends them otherwise, and both add headers."""
    plain = b"Message-ID: <a@x>\nDate: x\n\nText\nFrom here\n"
    mbox = b"Status: RO\nMessage-ID: <a@x>\nDate: x\n\nText\n>From here\n\n"

    assert identify(plain) == identify(mbox) == identify(plain.replace(b"\n", b"\r\n"))
    assert identify(plain) != identify(plain.replace(b"here", b"there"))


NESTED = b"".join(
    b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(1_000)
)
HOSTILE = {
    "empty": b"",
    "nothing but lines": b"\n" * 2_000_000,
    "nested": NESTED,
    "nested with lines": NESTED[:1_400] + b"\n" * 900_000,
    "messages in messages": b"Content-Type: message/rfc822\n\n" * 5_000,
    "parameters": b"Content-Type: text/plain" + b";" * 900_000 + b"\n\n",
    "folded parameters": b"Content-Type: text/plain" + b";;;;;;;;;;\n " * 90_000 + b"\n\n",
    "one line": b"From: mailer-daemon@x\n\n" + b"a@" * 500_000,
    "encoded words": b"Subject: " + b"=?utf-8?q?=" * 90_000 + b"\nFrom: postmaster@x\n\n",
    "addresses": b"To: " + b"<a@b.c>, " * 100_000 + b"\n\n",
    "half a report": b"Content-Type: multipart/report; boundary=b\n\n--b\n"
    b"Content-Type: message/delivery-status\n\nFinal-Recipient",
    "wrong base64": b"Content-Type: message/delivery-status\n"
    b"Content-Transfer-Encoding: base64\n\n=",
    "a charset that unpacks": b"From: postmaster@x\n"
    b"Content-Type: text/plain; charset=zip_codec\n\nx",
    "a strange charset": b"Subject: =?idna?b?eG4tLQ==?=\n"
    b"Content-Type: text/plain; charset*=''%ff\n\nx",
    "words of all bounces": b"From: mailer-daemon@x\n\n" + b"The following addresses had permanent "
    b"fatal errors -----\n<a@b.example>\n  550 user unknown\n" * 8_000,
    "tags": b"From: postmaster@x\nContent-Type: text/html\n\n"
    + b"<style>" * 100_000
    + b"<" * 90_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_message_costs_little(name: str) -> None:
    """Whatever a stranger sends to the address of bounces, the others are read.

    Without the bounds of the parser some of these would take hours.
    """
    assert read_notice(HOSTILE[name]).kind in NoticeKind


@given(st.binary(max_size=2_000), st.sampled_from(CASES), st.randoms())
def test_no_damage_is_a_traceback(noise: bytes, path: Path, randomly: random.Random) -> None:
    """Notices are cut, mixed up and full of noise."""
    data = path.read_bytes()
    start, end = sorted(randomly.randrange(len(data)) for _ in range(2))

    assert read_notice(data[:start] + noise + data[end:]).kind in NoticeKind
