"""Where the children of one edition work, one after the other, and why one has ended without it."""

from collections.abc import Callable, Iterable
from pathlib import Path

from pubkit.config.limits import Limits, raised
from pubkit.errors import Location, PubkitError, RenderingError
from pubkit.jail import Bounds, Cause, Cell, Ended, run_jailed
from pubkit.localize import language_name
from pubkit.messages import gettext as _
from pubkit.model import Document
from pubkit.rendering.places import places_to_read
from pubkit.values import dataclass
from pubkit.workflow.exhaustion import explain_exhaustion
from pubkit.workflow.orders import EditionEndedError


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """Where the children of one edition work, one after the other."""

    document: Document
    limits: Limits
    bounds: Bounds

    @classmethod
    def of(cls, document: Document, *, pictures: Path, limits: Limits) -> "Workshop":
        """Open one for an edition."""
        bounds = Bounds(
            seconds=limits.seconds,
            memory_bytes=limits.memory_bytes,
            # A file that is too large is refused for its size, not for its silence.
            result_bytes=2 * limits.pdf_bytes + 10_000_000,
            readable=(pictures, *places_to_read()),
        )
        return cls(document=document, limits=limits, bounds=bounds)

    def do(
        self,
        work: Callable[[Cell], Iterable[bytes]],
        *,
        meanwhile: Callable[[], None] = lambda: None,
    ) -> tuple[bytes, ...]:
        """Do work in a child, and return what it yields.

        Args:
            work: Runs in the child.
            meanwhile: Runs in this process, while the child works.

        Raises:
            RenderingError: The work cannot be done; the error names the edition.
        """
        try:
            return run_jailed(work, self.bounds, meanwhile=meanwhile)
        except Ended as end:
            raise self._error(end) from None
        except RenderingError:
            raise
        except PubkitError as error:
            # Whatever a child says, it speaks of this edition alone.
            place, remedy = error.location, error.remedy
            raise RenderingError(error.message, location=place, remedy=remedy) from None

    def _error(self, end: Ended) -> EditionEndedError:
        reason, remedy = _explain(end, self.limits)
        stage = _("; the last it did was: {stage}").format(stage=end.stage) if end.stage else ""
        error = EditionEndedError(
            _("The edition of {name} in {language} cannot be made: {reason}{stage}").format(
                name=self.document.name,
                language=language_name(self.document.lang),
                reason=reason,
                stage=stage,
            ),
            location=Location(self.document.path),
            remedy=remedy,
        )
        error.story = end.story if end.cause is Cause.BUG else ""
        return error


def _explain(end: Ended, limits: Limits) -> tuple[str, str]:
    """Return in words why a child ended, and what can be done."""
    shorter = _("Split the report or that text, and look whether a picture is very large")
    report = _("Look at that place of the document; if it is as it should be, report the fault")
    if exhausted := explain_exhaustion(end, limits, remedy=shorter):
        return exhausted
    match end.cause:
        case Cause.DEPTH:
            fewer = _("Use fewer levels of quotations, lists or elements")
            return _("it is nested too deep"), fewer
        case Cause.CRASH:
            reason = _("a library has failed, perhaps for want of memory ({signal})")
            return reason.format(signal=end.story), raised(report, "memory_bytes")
        case Cause.BUG:
            last = end.story.strip().rpartition("\n")[2]
            return _("pubkit has a fault ({exception})").format(exception=last), report
        case _:
            return _("what came back is no edition"), report
