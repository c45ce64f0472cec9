"""The last look: good messages pass, and every fault that a message can have is named."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pubkit.distribution.message.composing import Envelope
from pubkit.distribution.message.headers import CONTROLS, HeaderError
from pubkit.distribution.message.lint import lint
from tests.distribution.message.letters import ENGLISH, composer, delivery, parcel

COMPOSER = composer()
GOOD = COMPOSER.compose(delivery(name="李明"))
Change = Callable[[bytes], bytes]


def changed(change: Change) -> Envelope:
    """Return a message of which something is not as it should be."""
    own = GOOD.data.removesuffix(GOOD.shared)
    return replace(GOOD, data=change(own) + GOOD.shared)


def swap(old: bytes, new: bytes) -> Change:
    """Return a change that surely changes something."""

    def change(data: bytes) -> bytes:
        assert old in data
        return data.replace(old, new, 1)

    return change


@pytest.mark.parametrize(
    "envelope",
    [
        GOOD,
        composer().compose(delivery(lang="zh", name="欧阳" * 20)),
        composer().compose(delivery(name="")),
        composer().compose(delivery(address="用户@example.org")),
        composer().compose(delivery(name='Li "Tom", Ming')),
        composer(unsubscribe="").compose(delivery()),
        composer(parcel(ENGLISH, attachment="")).compose(delivery()),
        composer(parcel(ENGLISH, attachment="报告.pdf")).compose(delivery()),
    ],
    ids=["good", "long", "unnamed", "smtputf8", "quoted", "by mail", "link", "name of file"],
)
def test_good_message_has_no_faults(envelope: Envelope) -> None:
    """Whatever pubkit composes may go."""
    assert lint(envelope) == ()


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (swap(b"\r\n", b"\n"), "CRLF"),
        (swap(b"MIME", b"\rMIME"), "CRLF"),
        (swap(b"Alliance", b"A" * 999), "998"),
        (swap(b"Alliance", b"All\0iance"), "NUL"),
        (swap(b"Alliance", "Allianz für".encode()), "Subject is not ASCII"),
        (swap(b"Subject: ", b"Subject: x\r\nBcc: a@b.c\r\nX-"), "“Bcc” is none of ours"),
        (swap(b"Subject: ", b"Subject: =?utf-8?B?YQ==?==?utf-8?B?YQ==?= "), "stand together"),
        (swap(b"Subject: ", b"Subject: =?utf-8?Q?" + b"a" * 64 + b"?= "), "too long"),
        (swap(b"Subject: ", b"Subject: =?utf-8?B?5p2?= "), "malformed"),
        (swap(b"Subject: ", b"Subject: =?utf-8?Q?=E6=9D?= "), "malformed"),
        (swap(b"Subject: ", b"Subject: =?gbk?Q?a?= "), "malformed"),
        (swap(b"Subject: ", b"Subject: =?utf-8?Q?a b?= "), "malformed"),
        (swap(b"Subject: ", b"Subject "), "“” is none of ours"),
        (swap(b"Date: ", b"Date: Mo "), "Date is malformed"),
        (swap(b"From: ", b"From: <x> "), "From is malformed"),
        (swap(b"Message-ID: <", b"Message-ID: "), "Message-ID is malformed"),
        (swap(b"<https:", b"<http:"), "List-Unsubscribe is malformed"),
        (swap(b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n", b""), "One-click"),
        (swap(b"MIME-Version: 1.0\r\n", b"MIME-Version: 1.0\r\nMIME-Version: 1.0\r\n"), "twice"),
        (swap(b"MIME-Version: 1.0\r\n", b""), "MIME-Version is missing"),
        (swap(b"<li@example.net>", b"<liu@example.net>"), "somebody else"),
        (lambda data: data[: data.rindex(b"--=_")], "not closed"),
        (swap(b'boundary="=_', b'boundary="=_0'), "not closed"),
        (lambda data: data[: data.index(b"\r\n\r\n") + 2], "no body"),
    ],
)
def test_fault_is_named(change: Change, fault: str) -> None:
    """One for each promise of a message."""
    assert fault in "; ".join(lint(changed(change)))


def test_envelope_has_to_fit_its_message() -> None:
    """Whom the servers carry it to is whom it names."""
    assert "somebody else" in lint(replace(GOOD, recipient="liu@example.net"))[0]
    assert lint(replace(GOOD, sender="no address"))
    assert "attachment" in lint(replace(GOOD, data=GOOD.data[:-1]))[0]
    abroad = composer().compose(delivery(address="用户@example.org"))
    assert "SMTPUTF8" in "; ".join(lint(replace(abroad, needs_smtputf8=False)))


def test_attachment_is_looked_at() -> None:
    """Once, for all messages that share it."""
    broken = GOOD.shared.replace(b"\r\n", b"\n", 3)
    data = GOOD.data.removesuffix(GOOD.shared) + broken

    assert "CRLF" in "; ".join(lint(replace(GOOD, data=data, shared=broken)))


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"]),
    min_size=1,
    max_size=60,
).map(lambda text: " ".join(text.split()) or "a")


@given(subject=TEXTS, name=TEXTS)
@example(subject="新闻", name="王")  # the end of base64 looks like the beginning of a word
@settings(max_examples=60)
def test_whatever_is_composed_has_no_faults(subject: str, name: str) -> None:
    """No subject and no name may keep a message from its reader."""
    edition = parcel(replace(ENGLISH, subject=subject, sender_name=name))

    assert lint(composer(edition).compose(delivery(name=name))) == ()


@given(
    name=st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
    title=st.text(max_size=20),
)
@example(name='=?utf-8?Q?x?= "<a@b.c>', title="")
@example(name="Li\r\n\r\n<script>", title="\r\nBcc: x")
def test_whatever_a_roster_holds_is_a_good_message_or_none(name: str, title: str) -> None:
    """Control characters cost their member the message, and nobody else."""
    try:
        envelope = COMPOSER.compose(delivery(name=name, title=title))
    except HeaderError:
        assert CONTROLS.search(name)
        return
    assert lint(envelope) == ()
