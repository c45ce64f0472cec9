"""A dry run's messages: files that mail programs open, and no others are touched."""

from email import message_from_bytes, policy
from pathlib import Path

import pytest

from pubkit.distribution.outbox import Outbox
from pubkit.errors import DeliveryError
from tests.distribution.message.letters import composer, delivery


@pytest.fixture
def outbox(tmp_path: Path) -> Outbox:
    """Return the outbox of a document."""
    return Outbox(tmp_path / "outbox", "report")


def write(outbox: Outbox, number: int, address: str = "li@example.net") -> Path:
    """Write the message to a member."""
    one = delivery(address=address, number=number)
    return outbox.write(number, one, composer().compose(one))


def test_message_is_a_file_of_its_owner_alone(outbox: Outbox) -> None:
    """It has every byte that would be sent."""
    outbox.prepare([10_000])
    path = write(outbox, 1)
    message = message_from_bytes(path.read_bytes(), policy=policy.default)

    assert path.name == "report.en.000001-li@example.net.eml"
    assert path.stat().st_mode & 0o777 == 0o600
    assert message["To"].addresses[0].addr_spec == "li@example.net"


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("a/../b@x.org", "a%2F..%2Fb@x.org"),
        ("用户@x.org", "用户@x.org"),
        ("o'neil*@x.org", "o%27neil%2A@x.org"),
    ],
)
def test_name_of_the_file_is_safe(outbox: Outbox, address: str, name: str) -> None:
    """Whatever an address holds, the file lies in the outbox."""
    outbox.prepare([])
    path = write(outbox, 1, address)

    assert path.parent == outbox.folder
    assert path.name == f"report.en.000001-{name}.eml"


def test_file_is_whole_or_not_there(outbox: Outbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever interrupts a dry run finds no half of a message."""
    import os
    from typing import Any

    outbox.prepare([])
    whole = write(outbox, 1)
    opened = os.fdopen

    def open_and_interrupt(*arguments: Any) -> Any:
        opened(*arguments).close()
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fdopen", open_and_interrupt)
    with pytest.raises(KeyboardInterrupt):
        write(outbox, 2)

    assert list(outbox.folder.iterdir()) == [whole]


def test_long_address_is_cut_in_the_name_of_its_file(outbox: Outbox) -> None:
    """File systems take 255 bytes; the number keeps names apart."""
    outbox.prepare([])
    domain = ".".join(["x" * 60] * 3)

    assert write(outbox, 1, f"{'用' * 21}@{domain}") != write(outbox, 2, f"{'用' * 21}@{domain}")


def test_former_dry_run_is_removed_and_nothing_else(outbox: Outbox) -> None:
    """Nobody takes the messages of yesterday for those of today."""
    outbox.prepare([])
    old = write(outbox, 1)
    others = [
        outbox.folder / name
        for name in (
            "report.annual.en.000001-li@example.net.eml",
            "report2.en.000001-li@example.net.eml",
            "report.en.pdf",
            "report.eml",
            "notes.txt",
        )
    ]
    for path in others:
        path.write_text("mine")
    outbox.prepare([])

    assert not old.exists()
    assert all(path.exists() for path in others)


def test_documents_in_folders_have_names_of_their_own(tmp_path: Path) -> None:
    """guide/news is not guide-news."""
    outbox = Outbox(tmp_path, "guide/news")
    path = write(outbox, 1)

    assert path.name.startswith("guide%2Fnews.en.")
    assert Outbox(tmp_path, "guide-news").former() == []
    assert outbox.former() == [path]


def test_room_is_looked_for_before_anything_is_removed(outbox: Outbox) -> None:
    """Who has no room for the new messages keeps the old ones."""
    outbox.prepare([])
    old = write(outbox, 1)
    with pytest.raises(DeliveryError, match="MB") as refused:
        outbox.prepare([10**17])

    assert old.exists()
    assert "--limit" in (refused.value.remedy or "")


def test_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    """With its path, and no traceback."""
    (tmp_path / "outbox").write_text("mine")
    with pytest.raises(DeliveryError, match="outbox"):
        Outbox(tmp_path / "outbox", "report").prepare([])
