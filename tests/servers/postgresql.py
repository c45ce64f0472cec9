"""PostgreSQL as Debian packs it, in a temporary folder, for as long as a block lasts."""

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.servers.processes import Ending, free_port, has_user, running

ENDING = Ending(ask=signal.SIGINT, force=signal.SIGQUIT)
"""Without waiting for those who are connected; SIGKILL would leave its children behind."""


def programs() -> Path | None:
    """Return the folder of the newest server that is installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_version)
    return found[-1].parent if found else None


def _version(initdb: Path) -> int:
    return int(initdb.parts[-3])


def missing() -> str:
    """Return why there can be no server, or nothing."""
    if programs() is None:
        return "PostgreSQL is not installed"
    if os.geteuid() == 0 and not has_user("postgres"):
        return "PostgreSQL does not run as root, and there is no user postgres"
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostgreSQL:
    """A server on the loopback address whose only user, postgres, needs no password."""

    port: int
    folder: Path
    """Holds the socket, too."""
    numbers: Iterator[int]

    def url(self, database: str = "postgres") -> str:
        """Return the SQLAlchemy URL of a database."""
        return f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/{database}"

    def new_database(self) -> str:
        """Make an empty database, and return its URL."""
        import psycopg

        name = f"test{next(self.numbers)}"
        plain = self.url().replace("+psycopg", "")
        with psycopg.connect(plain, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"'.encode())
        return self.url(name)


@contextmanager
def postgresql_server(*, keeps_promises: bool = False) -> Iterator[PostgreSQL]:
    """Run a server.

    Args:
        keeps_promises: Whether what is committed survives a failure of power. Tests end the
            processes that use the server, not the machine, and are faster without.
    """
    home = programs()
    if home is None:
        raise RuntimeError(missing())
    with TemporaryDirectory(prefix="pubkit-postgresql-", ignore_cleanup_errors=True) as place:
        folder, port = Path(place), free_port()
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        _make_cluster(home, folder)
        server = PostgreSQL(port=port, folder=folder, numbers=count(1))
        durable = "on" if keeps_promises else "off"
        settings = (
            *(f"fsync={durable}", f"synchronous_commit={durable}", f"port={port}"),
            *("listen_addresses=127.0.0.1", f"unix_socket_directories={folder}"),
            *("shared_buffers=16MB", "max_connections=50", "autovacuum=off"),
        )
        options = [part for setting in settings for part in ("-c", setting)]
        with running(
            [home / "postgres", "-D", folder / "data", *options],
            is_ready=lambda: _answers(home, server),
            log=folder / "log",
            user="postgres",
            ending=ENDING,
        ):
            yield server


def _make_cluster(home: Path, folder: Path) -> None:
    options = ["--no-sync", "--auth=trust", "--encoding=UTF8", "--no-locale", "-U", "postgres"]
    subprocess.run(
        [home / "initdb", "-D", folder / "data", *options],
        check=True,
        capture_output=True,
        cwd=folder,
        user="postgres" if os.geteuid() == 0 else None,
        group="postgres" if os.geteuid() == 0 else None,
    )


def _answers(home: Path, server: PostgreSQL) -> bool:
    command = [home / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(server.port)]
    return subprocess.run(command, check=False).returncode == 0
