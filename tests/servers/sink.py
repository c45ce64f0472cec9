"""The SMTP server that fails as it is told, as a process of its own, and what it took."""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests.servers import smtp_sink
from tests.servers.processes import running
from tests.servers.smtp_sink import Fault, Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A message that the sink took: a line of its log."""

    message_id: str
    recipient: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sink:
    """A running sink."""

    folder: Path
    port: int

    @property
    def server(self) -> str:
        """Its address as ``PUBKIT_MAIL_SERVER`` wants it."""
        return f"smtp+plain://127.0.0.1:{self.port}"

    @property
    def taken(self) -> list[Taken]:
        """What it took so far, in its order."""
        lines = (self.folder / "truth.tsv").read_text("utf-8").splitlines()
        fields = [line.split("\t") for line in lines]
        return [Taken(message_id=name, recipient=to, size=int(size)) for name, to, size in fields]

    @property
    def copies(self) -> Counter[str]:
        """How many messages each recipient has got."""
        return Counter(taken.recipient for taken in self.taken)

    @property
    def commands(self) -> list[str]:
        """The commands that it was sent, of all connections."""
        return (self.folder / "commands").read_text("utf-8").splitlines()

    @property
    def messages(self) -> list[bytes]:
        """The messages that it took, where it keeps them."""
        return [path.read_bytes() for path in sorted(self.folder.glob("*.eml"))]

    def write_log(self, path: Path) -> Path:
        """Write the Message-IDs of what it took, one in a line, as a server's log."""
        path.write_text("".join(f"{taken.message_id}\n" for taken in self.taken), "utf-8")
        return path


@contextmanager
def sink(folder: Path, *faults: Fault, **settings: Any) -> Iterator[Sink]:
    """Run a sink until the block ends.

    Args:
        folder: Is made, and keeps the log; one that was used before is continued.
        faults: What goes wrong.
        settings: Further fields of its plan.
    """
    folder.mkdir(parents=True, exist_ok=True)
    port = folder / "port"
    port.unlink(missing_ok=True)
    plan = Plan(folder=str(folder), faults=faults, **settings)
    (folder / "plan.json").write_text(json.dumps(asdict(plan)), "utf-8")
    with running(
        [sys.executable, "-I", smtp_sink.__file__, folder / "plan.json"],
        is_ready=port.exists,
        log=folder / "said",
    ):
        yield Sink(folder=folder, port=int(port.read_text("ascii")))
