"""Editions are made and proved behind walls: what goes wrong there costs one of them.

::

    page --child lays it out--> PDF --another child reads it back--> findings

Who makes an edition does not judge it: had a picture or a font taken the first child over, the
second one would see what it made. Both are told by ``[limits]`` how much they may use.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path

from pubkit.config.limits import DEFAULT_LIMITS, Limits, raised
from pubkit.errors import Location, PubkitError, RenderingError
from pubkit.formats.markdown import document_pictures
from pubkit.jail import Bounds, Cause, Cell, Ended, run_jailed
from pubkit.localize import language_name
from pubkit.messages import gettext as _
from pubkit.model import Document, Edition, Finding, Severity
from pubkit.rendering.engine import is_stock, load_engine
from pubkit.rendering.faces.fontset import FontSet, ready_fonts
from pubkit.rendering.pdf import render_pdf
from pubkit.rendering.places import places_to_read
from pubkit.rendering.printed_pictures import Ready
from pubkit.values import dataclass
from pubkit.workflow.exhaustion import explain_exhaustion
from pubkit.workflow.orders import EditionEndedError, Order, Proven, order_edition
from pubkit.workflow.original import Original
from pubkit.workflow.ready_pictures import ready_pictures


def make_edition(
    original: Original, *, formats: Iterable[str], limits: Limits = DEFAULT_LIMITS
) -> Proven:
    """Make the edition of a translated document and read it back; nothing is written.

    Raises:
        RenderingError: It cannot be made, or not within the limits.
    """
    return fill_order(order_edition(original, formats=formats, limits=limits))


def fill_order(order: Order) -> Proven:
    """Make an edition and read it back; nothing is written.

    Raises:
        RenderingError: It cannot be made, or not within the limits.
    """
    original, document = order.original, order.original.document
    pictures = tuple(picture.path for picture in document_pictures(document))
    edition = Edition(document=document, html=order.html, pictures=pictures)
    workshop = Workshop.of(document, pictures=original.source, limits=order.limits)
    if "pdf" in order.formats:
        load_engine()
        # Here and not in the child, whose work no other edition may take over.
        fonts = None if is_stock() else ready_fonts(order.html, original.setting.typefaces)
        ready = ready_pictures(document, original.source, order.limits)
        (pdf,) = workshop.do(partial(_lay_out, order, fonts, ready), meanwhile=load_proof)
        edition = replace(edition, pdf=pdf)
    load_proof()
    findings = workshop.do(partial(_prove, edition, original))
    return Proven(edition, tuple(_read_finding(data, document) for data in findings))


def load_proof() -> None:
    """Import what reads editions back, and all checks: the making needs neither."""
    import_module("pubkit.workflow.proof")
    import_module("pubkit.formats.pdf.reader").load_readers()


def _lay_out(order: Order, fonts: FontSet | None, ready: Ready, cell: Cell) -> Iterator[bytes]:
    yield render_pdf(
        order.html,
        document=order.original.document,
        pictures=order.original.source,
        typefaces=order.original.setting.typefaces,
        fonts=fonts,
        limits=order.limits,
        ready=ready,
        note=cell.note,
    )


def _prove(edition: Edition, original: Original, cell: Cell) -> Iterator[bytes]:
    from pubkit.workflow.proof import find_faults  # by load_proof

    cell.note(_("reading the edition back"))
    for finding in find_faults(edition, original):
        yield json.dumps([finding.check, finding.message, finding.path]).encode()


def _read_finding(data: bytes, document: Document) -> Finding:
    """Return a finding that a child has sent; nothing that it can say makes an edition better."""
    try:
        check, message, path = json.loads(data)
    except (ValueError, TypeError):
        check, message, path = "unreadable-finding", "", None
    return Finding(
        check=str(check),
        severity=Severity.ERROR,
        message=str(message),
        path=str(path) if path else None,
        lang=document.lang,
    )


# ---------------------------------------------------------------- what surrounds the children


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
