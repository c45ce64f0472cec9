"""A ledger lies on a disk of the machine that writes it."""

from pathlib import Path

import pytest

from pubkit.distribution.ledger.file_systems import remote_file_system

MOUNTS = r"""overlay / overlay rw 0 0
server:/home /home nfs4 rw 0 0
/dev/sdb1 /home/local ext4 rw 0 0
//office/press /mnt/press\040office cifs rw 0 0
malformed
"""


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("/srv/news/.pubkit/ledger.sqlite", None),
        ("/home/li/news/.pubkit/ledger.sqlite", "nfs4"),
        ("/home/local/news/.pubkit/ledger.sqlite", None),
        ("/homework/ledger.sqlite", None),
        ("/mnt/press office/ledger.sqlite", "cifs"),
    ],
)
def test_the_nearest_mount_decides(place: str, kind: str | None, tmp_path: Path) -> None:
    """A disk within a share is a disk."""
    mounts = tmp_path / "mounts"
    mounts.write_text(MOUNTS, "utf-8")

    assert remote_file_system(Path(place), mounts) == kind


def test_where_nothing_is_known_nothing_is_refused(tmp_path: Path) -> None:
    """Other systems have no such list."""
    assert remote_file_system(tmp_path, tmp_path / "nothing") is None
