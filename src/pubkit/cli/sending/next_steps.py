"""What is to be done next about a campaign, with the commands that do it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from pubkit.cli.clock import local_time
from pubkit.distribution.campaign import DeliveryState
from pubkit.messages import gettext as _
from pubkit.messages import ngettext

if TYPE_CHECKING:
    from pubkit.distribution.ledger.figures import Overview, Waiting


class Step(NamedTuple):
    """Why something is to be done, and the command that does it."""

    reason: str
    command: str


def next_steps(overview: "Overview") -> Iterator[Step]:
    """Yield what is to be done about a campaign, the most urgent first; nothing if it is done."""
    name, states = overview.campaign.document, overview.states
    doubtful, failed = states[DeliveryState.IN_DOUBT], states[DeliveryState.FAILED]
    if doubtful:
        yield Step(_in_doubt(doubtful), f"pubkit send reconcile {name} --log {_('FILE')}")
    waiting = states[DeliveryState.PENDING] + states[DeliveryState.DEFERRED] - overview.absent
    if waiting > 0:
        is_correction = overview.waiting_corrections == waiting  # it writes to nobody else
        what = "--correction" if is_correction else f"--members {_('FILE')}"
        command = f"pubkit send {name} {what} --send"
        yield Step(_waiting(waiting, overview.waiting), command)
    if overview.without_any:
        command = f"pubkit send {name} --members {_('FILE')} --send"
        yield Step(_without_any(overview.without_any), command)
    if failed:
        yield Step(_failed(failed), f"pubkit send status {name} --state failed")


def _in_doubt(number: int) -> str:
    return ngettext(
        "{number} in doubt: the connection ended in the moment of delivery. The log of the mail "
        "server knows whether it was taken:",
        "{number} in doubt: the connection ended in the moment of delivery. The log of the mail "
        "server knows whether they were taken:",
        number,
    ).format(number=number)


def _waiting(number: int, put_off: "Waiting | None") -> str:
    message = ngettext(
        "{number} waits. The same command goes on:",
        "{number} wait. The same command goes on:",
        number,
    ).format(number=number)
    if put_off is None or put_off.number < number:
        return message
    return ngettext(
        "{number} was put off until {first}. The same command tries again then:",
        "{number} were put off until {first} at the earliest. The same command tries again then:",
        number,
    ).format(number=number, first=local_time(put_off.first))


def _without_any(number: int) -> str:
    return ngettext(
        "{number} waited for the edition that was corrected and has none yet. It gets the new one:",
        "{number} waited for the edition that was corrected and have none yet. They get the new "
        "one:",
        number,
    ).format(number=number)


def _failed(number: int) -> str:
    return ngettext(
        "{number} failed for good. Who it is, and why:",
        "{number} failed for good. Who they are, and why:",
        number,
    ).format(number=number)
