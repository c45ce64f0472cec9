"""A sender that is killed at a named moment, without a chance to write anything down."""

import os
import signal
import sys
from collections.abc import Callable, Sequence
from multiprocessing import get_context
from multiprocessing.context import ForkServerContext
from pathlib import Path
from typing import Any

from tests.mail.office import Office

MOMENTS = (
    *("taken", "connected", "before-data", "in-data", "offered"),
    *("doubted", "dot-sent", "answered", "settled"),
)
"""From the beginning of a message to its end, and that of the run."""
IN_DOUBT = ("doubted", "dot-sent", "answered")
"""Those at which the member may have the message, and the ledger does not know."""


def kill_at(moment: str, office: Office, *, message: int = 1) -> int:
    """Send until the moment of the so-manieth message; return how the sender ended.

    A server that forks is asked for the process: all modules are imported in it already.
    """
    process = _context().Process(target=_send, args=(moment, message, office_arguments(office)))
    process.start()
    process.join(60)
    code = process.exitcode
    process.close()
    return code if code is not None else 0


def office_arguments(office: Office) -> tuple[Path, Sequence[str], dict[str, str]]:
    """Return what another process needs to know."""
    return office.folder, office.sending(), office.environment


def _context() -> ForkServerContext:
    context = get_context("forkserver")
    context.set_forkserver_preload(["pubkit.cli.program", "pubkit.cli.sending.deliver", __name__])
    return context


def _send(moment: str, message: int, arguments: tuple[Path, list[str], dict[str, str]]) -> None:
    """Be ``pubkit send``, with the end set."""
    folder, command, environment = arguments
    os.chdir(folder)
    os.environ.update(environment)
    output = os.open(folder / "sender.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(output, 1)
    os.dup2(output, 2)
    _set_end(moment, Countdown(message))
    sys.argv = ["pubkit", *command]
    from pubkit.cli import main

    main()


class Countdown:
    """Kills the process that calls it for the so-manieth time."""

    def __init__(self, number: int) -> None:
        self.left = number

    def __call__(self, *, first: Callable[[], object] = lambda: None) -> None:
        """Count, and at the end do something before all ends."""
        self.left -= 1
        if self.left == 0:
            first()
            os.kill(os.getpid(), signal.SIGKILL)


def _set_end(moment: str, end: Countdown) -> None:
    """Have the moment end the process."""
    from pubkit.distribution import sending
    from pubkit.distribution.smtp.wire import Wire

    say, work = Wire.send, sending.Sender.run

    def send(self: Wire, data: bytes, **limits: float) -> None:
        if moment == "before-data" and data.startswith(b"DATA"):
            end()
        if moment == "in-data" and len(data) > 1000:
            end(first=lambda: say(self, data[: len(data) // 2], **limits))
        say(self, data, **limits)
        if moment == "dot-sent" and data == b".\r\n":
            end()

    def run(self: Any) -> Any:
        self.watcher = _Watching(self.watcher, moment, end)
        return work(self)

    Wire.send = send  # type: ignore[method-assign]
    sending.Sender.run = run  # type: ignore[method-assign]


class _Watching:
    """Passes on what a watcher is told, and waits for its moment."""

    def __init__(self, watcher: Any, moment: str, end: Countdown) -> None:
        self._watcher, self._moment, self._end = watcher, moment, end

    def step(self, step: str, delivery: object) -> None:
        """Something has happened to a message."""
        if step == self._moment:
            self._end()
        self._watcher.step(step, delivery)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._watcher, name)
