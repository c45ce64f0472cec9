"""Presses: processes that make editions while this one reads, translates and writes.

::

    order --socket--> press --fork--> jailed child lays it out, another one judges it
    answer <--socket-- press <--------------------+

A press loads the engine while the documents are still being read, and makes one edition after the
other; the presses after the first are forked from it, so they share what it has loaded. Whatever
an edition costs in memory is gone with its child, so a press stays as small after thousands of
editions as it was before the first.

This module imports nothing that takes time: presses are opened first, and load by themselves.
"""

import os
import pickle
import signal
import socket
from collections.abc import Iterable, Iterator
from contextlib import suppress
from select import poll
from typing import TYPE_CHECKING, NoReturn, Protocol, Self, TypeVar

from pubkit.errors import PubkitError, RenderingError
from pubkit.messages import gettext as _

if TYPE_CHECKING:
    from pubkit.workflow.orders import Order, Proven

Key = TypeVar("Key")
AHEAD = 4
"""So many orders a press are open at most: what is made early waits for its turn in memory."""


class Makers(Protocol):
    """Who makes editions: this process, its presses, or a cluster."""

    def make_all(
        self, orders: "Iterable[tuple[Key, Order | PubkitError]]"
    ) -> "Iterator[tuple[Key, Proven | PubkitError]]":
        """Yield what has become of each order, in their order; an error is its own answer."""


class Here:
    """Makes editions in children of this process, one after the other."""

    def make_all(
        self, orders: "Iterable[tuple[Key, Order | PubkitError]]"
    ) -> "Iterator[tuple[Key, Proven | PubkitError]]":
        """Yield what has become of each order."""
        for key, order in orders:
            yield key, carry_out(order)


def carry_out(order: "Order | PubkitError") -> "Proven | PubkitError":
    """Make an edition, or return why it cannot be made."""
    if isinstance(order, PubkitError):
        return order
    from pubkit.workflow.jailed import fill_order

    try:
        return fill_order(order)
    except RenderingError as error:
        return error


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0))


class Presses:
    """Processes that make editions; they end with the block that opens them.

    Args:
        number: How many work at the same time.
        is_printed: Whether they load the engine, which PDFs need.
    """

    def __init__(self, number: int, *, is_printed: bool = True) -> None:
        pairs = [socket.socketpair() for _number in range(max(1, number))]
        self.group = os.fork()
        """The process group of all presses: that of the first."""
        if self.group == 0:
            _press([theirs for _ours, theirs in pairs], is_printed)
        with suppress(ProcessLookupError, PermissionError):
            os.setpgid(self.group, self.group)
        for _ours, theirs in pairs:
            theirs.close()
        self._idle = [_Line(ours) for ours, _theirs in pairs]
        self._busy: dict[int, tuple[int, _Line]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        """End all presses, at once, and whatever they are making."""
        for line in (*self._idle, *(line for _number, line in self._busy.values())):
            line.close()
        with suppress(ProcessLookupError):
            os.killpg(self.group, signal.SIGTERM)
        with suppress(ChildProcessError):
            os.waitpid(self.group, 0)

    def make_all(
        self, orders: "Iterable[tuple[Key, Order | PubkitError]]"
    ) -> "Iterator[tuple[Key, Proven | PubkitError]]":
        """Yield what has become of each order, in their order; an error is its own answer.

        The orders are taken one by one, as presses have room for them.
        """
        keys: dict[int, Key] = {}
        answers: dict[int, Proven | PubkitError] = {}
        due = 0
        for number, (key, order) in enumerate(orders):
            keys[number] = key
            if isinstance(order, PubkitError):
                answers[number] = order
            else:
                self._hand_over(number, order, answers)
            most = AHEAD * (len(self._idle) + len(self._busy))
            while due in answers or number - due >= max(1, most):
                self._wait_for(due, answers)
                yield keys.pop(due), answers.pop(due)
                due += 1
        while keys:
            self._wait_for(due, answers)
            yield keys.pop(due), answers.pop(due)
            due += 1

    def _hand_over(
        self, number: int, order: "Order", answers: "dict[int, Proven | PubkitError]"
    ) -> None:
        from pubkit.workflow.orders import to_bytes

        data = to_bytes(order)
        while self._busy and not self._idle:
            self._receive(answers)
        while self._idle:
            line = self._idle.pop()
            try:
                line.send(data)
            except OSError:
                line.close()
                continue
            self._busy[line.descriptor] = number, line
            return
        answers[number] = _lost()

    def _wait_for(self, number: int, answers: "dict[int, Proven | PubkitError]") -> None:
        while number not in answers:
            self._receive(answers)

    def _receive(self, answers: "dict[int, Proven | PubkitError]") -> None:
        """Wait until a press is done, and take what it has made; one that is gone is let go."""
        ready = poll()
        for descriptor in self._busy:
            ready.register(descriptor)
        for descriptor, _event in ready.poll():
            number, line = self._busy.pop(descriptor)
            try:
                answer = line.receive()
            except (EOFError, OSError, pickle.UnpicklingError):
                line.close()
                answers[number] = _lost()
                continue
            self._idle.append(line)
            if isinstance(answer, _Bug):
                raise RuntimeError(answer.story)
            answers[number] = answer  # type: ignore[assignment]  # what a press returns


def _lost() -> PubkitError:
    return RenderingError(
        _("The process that makes editions has ended"),
        remedy=_("Perhaps the memory did not suffice: try again with --jobs 1"),
    )


# ---------------------------------------------------------------- between the processes


class _Bug:
    """What nobody expected, as a press tells of it."""

    def __init__(self, story: str) -> None:
        self.story = story


class _Line:
    """One end of a socket between this process and a press, which trust each other."""

    def __init__(self, end: socket.socket) -> None:
        self._end = end
        self._file = end.makefile("rb")
        self.descriptor = end.fileno()

    def send(self, data: bytes) -> None:
        """Send one pickled value."""
        self._end.sendall(data)

    def receive(self) -> object:
        """Return the next value.

        Raises:
            EOFError: The other end is closed.
        """
        return pickle.load(self._file)  # noqa: S301  # from a process of this program

    def close(self) -> None:
        """Close this end."""
        self._file.close()
        self._end.close()


# ---------------------------------------------------------------- a press


class _Over(BaseException):  # it is no error that the work is over
    """Nobody wants what a press makes."""


def _end(*_arguments: object) -> NoReturn:
    raise _Over


def _press(ends: list[socket.socket], is_printed: bool) -> NoReturn:
    """Load the engine, fork the other presses, and work until nobody is at the other end."""
    try:
        # The terminal's Ctrl-C is for the one that tells the others.
        os.setpgid(0, 0)
        signal.signal(signal.SIGTERM, _end)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        _keep_only(ends)
        _load(is_printed)
        own, others = _divided(ends)
        _work(_Line(own))
        for press in others:
            os.waitpid(press, 0)
    except _Over:
        pass
    finally:
        os._exit(0)


def _keep_only(ends: list[socket.socket]) -> None:
    """Close whatever else is open: the parent's ends above all, or nobody would see it go."""
    silence = os.open(os.devnull, os.O_RDWR)
    for standard in range(2):
        os.dup2(silence, standard)
    kept = sorted(end.fileno() for end in ends)
    for before, after in zip([2, *kept], [*kept, 1 << 16], strict=True):
        os.closerange(before + 1, after)


def _load(is_printed: bool) -> None:
    import gc

    # Nothing of what is imported is garbage, and nobody shall look through it.
    gc.disable()
    from pubkit.workflow.jailed import load_proof

    if is_printed:
        from pubkit.rendering.engine import load_engine

        # Each order is told what is missing, by the one who makes it.
        with suppress(PubkitError):
            load_engine()
    else:
        load_proof(is_printed=False)
    gc.freeze()
    gc.enable()


def _divided(ends: list[socket.socket]) -> tuple[socket.socket, list[int]]:
    """Fork a press for each end but the first; return the own one, and who was forked."""
    presses = []
    for end in ends[1:]:
        press = os.fork()
        if press == 0:
            for other in ends:
                if other is not end:
                    other.close()
            return end, []
        presses.append(press)
        end.close()
    return ends[0], presses


def _work(line: _Line) -> None:
    import traceback

    from pubkit.workflow.orders import to_bytes

    while True:
        try:
            order = line.receive()
        except (EOFError, OSError):
            return
        try:
            answer: object = carry_out(order)  # type: ignore[arg-type]
        except Exception:  # it is told where the program ends with it
            answer = _Bug(traceback.format_exc())
        with suppress(BrokenPipeError):
            line.send(to_bytes(answer))
