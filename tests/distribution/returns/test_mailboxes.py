"""Mailboxes are read as they lie, and stay as they are."""

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from pubkit.distribution.returns.imap import modified_utf7, parse_url
from pubkit.distribution.returns.mailboxes import Piece, open_mailbox
from pubkit.errors import DeliveryError
from tests.servers import mail
from tests.servers.certificates import Certificate, make_certificate
from tests.servers.dovecot import dovecot
from tests.servers.processes import free_port

MESSAGE = b"Subject: x\n\nText\n"
PASSWORD = "päss wörd"  # noqa: S105
MBOX = b"From a@b Mon Nov 30 10:00:00 2026\n" + MESSAGE + b"\n"


def read(name: object, password: str = "", after: str = "") -> list[Piece]:
    """Return the messages of a mailbox."""
    with open_mailbox(str(name), password=password, after=after) as opened:
        return list(opened.pieces)


def test_an_mbox_is_split_at_its_envelopes(tmp_path: Path) -> None:
    """A line of text that begins with “From” is none."""
    path = tmp_path / "mbox"
    path.write_bytes(MBOX + MBOX.replace(b"Text", b"Text\nFrom here to there\n\nFrom me"))

    first, second = read(path)

    assert first.data == MESSAGE + b"\n"
    assert b"From me" in second.data
    assert (first.place, second.place) == (f"{path}:1", f"{path}:6")


def test_a_single_message_and_an_empty_mailbox_are_read(tmp_path: Path) -> None:
    """As mail programs save one; as a server leaves the other."""
    path = tmp_path / "notice.eml"
    path.write_bytes(MESSAGE)
    (tmp_path / "empty").touch()

    assert [piece.data for piece in read(path)] == [MESSAGE]
    assert read(tmp_path / "empty") == []


def test_only_the_beginning_of_a_huge_message_is_read(tmp_path: Path) -> None:
    """The others are read all the same."""
    path = tmp_path / "mbox"
    path.write_bytes(MBOX + b"a" * 70 + (b"b" * 70 + b"\n") * 40_000 + b"\n" + MBOX)

    first, second = read(path)

    assert len(first.data) <= 1_000_000
    assert second.data == MESSAGE + b"\n"


def test_an_mbox_that_is_being_written_is_waited_for(tmp_path: Path) -> None:
    """Else the last message would be read by half."""
    path = tmp_path / "mbox"
    path.write_bytes(MBOX)
    with _writing(path) as finish:
        threading.Timer(0.2, finish).start()
        assert len(read(path)) == 2


@contextmanager
def _writing(path: Path) -> Iterator[object]:
    """Deliver a second message in another process, slowly: locks are those of processes."""
    ready, go = os.pipe(), os.pipe()
    child = os.fork()
    if not child:
        with path.open("ab", buffering=0) as file:
            fcntl.lockf(file, fcntl.LOCK_EX)
            os.write(ready[1], b"x")
            file.write(MBOX[:40])
            os.read(go[0], 1)
            file.write(MBOX[40:])
            os._exit(0)
    os.read(ready[0], 1)
    yield lambda: os.write(go[1], b"x")
    os.waitpid(child, 0)
    for end in (*ready, *go):
        os.close(end)


def test_a_maildir_is_read_new_and_old(tmp_path: Path) -> None:
    """What is only just arriving lies in tmp."""
    for name in ("new/2.host", "cur/1.host:2,S", "tmp/3.host"):
        path = tmp_path / name
        path.parent.mkdir()
        path.write_bytes(MESSAGE)

    assert [Path(piece.place).name for piece in read(tmp_path)] == ["1.host:2,S", "2.host"]


def test_a_message_that_is_marked_or_removed_meanwhile_does_no_harm(tmp_path: Path) -> None:
    """Mail programs look at the same mailbox."""
    for name in ("new", "cur"):
        (tmp_path / name).mkdir()
    for name in ("1.a", "2.b"):
        (tmp_path / "new" / name).write_bytes(MESSAGE)

    with open_mailbox(str(tmp_path)) as opened:
        (tmp_path / "new" / "1.a").rename(tmp_path / "cur" / "1.a:2,S")
        (tmp_path / "new" / "2.b").unlink()

        assert [piece.data for piece in opened.pieces] == [MESSAGE]


@pytest.mark.parametrize("name", ["none", "folder", "file", "passwd"])
def test_what_is_no_mailbox_is_refused(tmp_path: Path, name: str) -> None:
    """With the kinds that there are."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_bytes(b"\x00\x01 nothing\n")
    (tmp_path / "passwd").write_bytes(b"root:x:0:0:root:/root:/bin/sh\n")

    with pytest.raises(DeliveryError) as refused:
        read(tmp_path / name)

    assert "Maildir" in (refused.value.remedy or "")


# ---------------------------------------------------------------- IMAP


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("imap://a@mail.example.org/INBOX", "imaps://"),
        ("imap+plain://a@mail.example.org/INBOX", "imaps://"),
        ("imaps://a:secret@mail.example.org/INBOX", "PUBKIT_IMAP_PASSWORD"),
        ("imaps://mail.example.org/INBOX", "imaps://user@"),
        ("imaps://a@mail.example.org:port/INBOX", "imaps://user@"),
        ("imaps://a%0d%0aLOGOUT@mail.example.org/INBOX", "imaps://user@"),
    ],
)
def test_a_wrong_or_unsafe_url_is_refused(url: str, said: str) -> None:
    """Before anything is sent; no message repeats a password."""
    with pytest.raises(DeliveryError) as refused:
        parse_url(url)

    assert said in (refused.value.remedy or "")
    assert "secret" not in f"{refused.value} {refused.value.remedy}"


def test_a_url_names_user_and_folder() -> None:
    """Both may need escapes."""
    url = parse_url("imaps://li%40example.org@mail.example.org/%E9%80%80%E4%BF%A1")

    assert (url.user, url.port, url.folder) == ("li@example.org", 993, "退信")
    assert parse_url("imap+plain://a@127.0.0.1").folder == "INBOX"
    assert modified_utf7("退信 & Co") == "kABP4Q- &- Co".replace("kABP4Q", "&kABP4Q")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    """Make a certificate for this machine."""
    return make_certificate(tmp_path_factory.mktemp("certificate"), "localhost")


@pytest.fixture(scope="module")
def imap_port(certificate: Certificate) -> Iterator[tuple[int, Path]]:
    """Run Dovecot with two messages in Li's mailbox."""
    if missing := mail.missing():
        pytest.skip(missing)
    port = free_port()
    # Not below pytest's folder, into which Dovecot's own users cannot look.
    with TemporaryDirectory(prefix="pubkit-imap-", ignore_cleanup_errors=True) as place:
        Path(place).chmod(0o755)
        with dovecot(Path(place), port, certificate, ["li@example.org"], PASSWORD):
            yield port, _fill(Path(place) / "homes" / "li@example.org" / "Maildir")


def _fill(maildir: Path) -> Path:
    for part in ("new", "cur", "tmp"):
        (maildir / part).mkdir(parents=True)
    (maildir / "new" / "1.a").write_bytes(MESSAGE)
    (maildir / "new" / "2.b").write_bytes(MESSAGE.replace(b"Text", b"y" * 1_100_000))
    for path in (maildir.parent, *maildir.parent.rglob("*")):
        path.chmod(0o777)
    return maildir


def test_a_folder_is_read_and_nothing_marked(
    imap_port: tuple[int, Path], certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A person still sees which notices are new; a huge message costs its beginning."""
    port, maildir = imap_port
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.authority))

    found = read(f"imaps://li%40example.org@localhost:{port}/INBOX", password=PASSWORD)

    assert [piece.place for piece in found] == ["1", "2"]
    assert found[0].data.replace(b"\r\n", b"\n") == MESSAGE
    assert len(found[1].data) == 1_000_000
    assert not [
        path.name for path in (maildir / "cur").iterdir() if "S" in path.name.partition(",")[2]
    ]


def test_a_server_that_nobody_vouches_for_gets_no_password(imap_port: tuple[int, Path]) -> None:
    """The certificate is looked at before anything is said."""
    with pytest.raises(DeliveryError, match="certificate"):
        read(f"imaps://li%40example.org@localhost:{imap_port[0]}/INBOX", password=PASSWORD)


def test_only_what_is_new_is_fetched_again(
    imap_port: tuple[int, Path], certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mailbox of years may be read every night; a folder that was made anew is read whole."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.authority))
    url = f"imaps://li%40example.org@localhost:{imap_port[0]}/INBOX"
    first, last = read(url, password=PASSWORD)

    assert [piece.place for piece in read(url, PASSWORD, first.bookmark)] == [last.place]
    assert read(url, PASSWORD, last.bookmark) == []
    assert len(read(url, PASSWORD, "1:99999")) == 2


@pytest.mark.parametrize(
    ("folder", "password"), [("None", PASSWORD), ("INBOX", ""), ("INBOX", "wrong")]
)
def test_what_the_server_refuses_is_told(
    imap_port: tuple[int, Path],
    certificate: Certificate,
    monkeypatch: pytest.MonkeyPatch,
    folder: str,
    password: str,
) -> None:
    """In one sentence, with the place, without the password."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.authority))

    with pytest.raises(DeliveryError) as refused:
        read(f"imaps://li%40example.org@localhost:{imap_port[0]}/{folder}", password=password)

    assert "PUBKIT_IMAP_PASSWORD" in (refused.value.remedy or "")
    assert "wrong" not in str(refused.value)
