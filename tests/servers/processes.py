"""Servers as child processes: started when a test needs them, and ended by their own number.

Each dies with the process that started it, even if that one is killed (``setpriv --pdeathsig``).
"""

import os
import pwd
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PATIENCE = 30.0
"""Seconds until a server has to answer, and to be gone: a busy machine is slow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How a server is asked to end, and what ends it for certain."""

    ask: signal.Signals = signal.SIGTERM
    force: signal.Signals = signal.SIGKILL


@contextmanager
def running(
    command: Sequence[str | Path],
    *,
    is_ready: Callable[[], bool],
    log: Path,
    user: str | None = None,
    ending: Ending = Ending(),
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server until the block ends.

    Args:
        command: Has to stay in the foreground.
        is_ready: Asked again and again, until the server answers.
        log: Takes all that it prints, which a failure shows.
        user: Runs it, where root starts it.
        ending: The signals that end it.
    """
    mortal = ["setpriv", "--pdeathsig", ending.ask.name.removeprefix("SIG"), "--", *command]
    with log.open("ab") as output:
        server = subprocess.Popen(
            mortal,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            **_privileges(user),
        )
    try:
        _wait_until(is_ready, server, log)
        yield server
    finally:
        stop(server, ending)


def _privileges(user: str | None) -> dict[str, int | list[int]]:
    if user is None or os.geteuid() != 0:
        return {}
    account = pwd.getpwnam(user)
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _wait_until(is_ready: Callable[[], bool], server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while not is_ready():
        if server.poll() is not None or time.monotonic() > deadline:
            said = log.read_text("utf-8", "replace")
            raise RuntimeError(f"{server.args!r} does not answer ({server.poll()}):\n{said}")
        time.sleep(0.02)


def stop(server: subprocess.Popen[bytes], ending: Ending = Ending()) -> None:
    """End a server, and wait until it is gone."""
    if server.poll() is None:
        server.send_signal(ending.ask)
    try:
        server.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        server.send_signal(ending.force)
        server.wait(PATIENCE)


def free_port() -> int:
    """Return a port of the loopback address that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def answers(port: int) -> bool:
    """Tell whether somebody listens there."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def has_user(name: str) -> bool:
    """Tell whether the machine knows an account."""
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True
