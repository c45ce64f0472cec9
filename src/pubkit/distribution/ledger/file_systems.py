"""Where a ledger that is a file must not lie: on the disk of another machine."""

from pathlib import Path

REMOTE = ("nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "fuse.sshfs", "fuse.davfs2")
"""Their locks and the memory that SQLite shares between processes are not to be relied upon.

Source:
    SQLite, "Write-Ahead Logging": all processes must be on the same computer.
"""
MOUNTS = Path("/proc/self/mounts")


def remote_file_system(path: Path, mounts: Path = MOUNTS) -> str | None:
    """Return the kind of the file system on which a file lies, if it is another machine's.

    Args:
        path: The file, or where it will be.
        mounts: The system's list; where there is none, nothing is known.
    """
    try:
        lines = mounts.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return None
    place = path.resolve()
    fields = [line.split() for line in lines]
    known = [(Path(_plain(entry[1])), entry[2]) for entry in fields if len(entry) > 2]
    around = [(folder, kind) for folder, kind in known if place.is_relative_to(folder)]
    # Of two at the same place the later one covers the other.
    nearest = max(reversed(around), key=lambda found: len(found[0].parts), default=(None, ""))
    kind = nearest[1]
    return kind if kind in REMOTE else None


def _plain(folder: str) -> str:
    r"""Return a name without the escapes of the list: a blank is ``\\040``."""
    for sign in " \t\n\\":
        folder = folder.replace(f"\\{ord(sign):03o}", sign)
    return folder
