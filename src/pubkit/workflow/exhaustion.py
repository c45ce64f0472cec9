"""A child that came to a limit: which one, and how it is raised."""

from tempfile import gettempdir

from pubkit.config.limits import Limits, raised
from pubkit.jail import PATIENCE, Cause, Ended
from pubkit.messages import gettext as _


def explain_exhaustion(end: Ended, limits: Limits, *, remedy: str) -> tuple[str, str] | None:
    """Return in words which limit has ended a child, and what can be done, or nothing.

    Args:
        end: How the child ended.
        limits: What it was allowed.
        remedy: What needs less.
    """
    match end.cause:
        case Cause.TIME:
            reason = _("it takes more than {number} s of the processor")
            return reason.format(number=limits.seconds), raised(remedy, "seconds")
        case Cause.CLOCK:
            reason = _("it takes more than {number} s by the clock")
            return reason.format(number=PATIENCE * limits.seconds), raised(remedy, "seconds")
        case Cause.MEMORY:
            reason = _("it needs more than {number} MB of memory")
            number = limits.memory_bytes // 1_000_000
            return reason.format(number=number), raised(remedy, "memory_bytes")
        case Cause.DISK:
            reason = _("there is no room for temporary files in {folder}")
            return reason.format(folder=gettempdir()), _("Make room there, or set TMPDIR")
        case _:
            return None
