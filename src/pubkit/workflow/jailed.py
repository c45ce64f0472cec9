"""Editions are made and proved behind walls: what goes wrong there costs one of them.

::

    page --child lays it out--> PDF --another child reads it back--> findings

Who makes an edition does not judge it: had a picture or a font taken the first child over, the
second one would see what it made. Both are told by ``[limits]`` how much they may use.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from importlib import import_module
from itertools import count

from pubkit.config.limits import DEFAULT_LIMITS, Limits
from pubkit.formats.markdown import document_pictures
from pubkit.jail import Cell
from pubkit.messages import gettext as _
from pubkit.model import Document, Edition, Finding, Severity
from pubkit.patterns import finish_pattern
from pubkit.values import finish_class
from pubkit.workflow.orders import Order, Proven, order_edition
from pubkit.workflow.original import Original
from pubkit.workflow.workshop import Workshop

SEVERAL = 2
"""After so many orders it is worth doing once what each child has done for itself."""
_orders = count()


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
    if next(_orders) == SEVERAL:
        _finish_what_waits()
    original, document = order.original, order.original.document
    pictures = tuple(picture.path for picture in document_pictures(document))
    edition = Edition(document=document, html=order.html, pictures=pictures)
    workshop = Workshop.of(document, pictures=original.source, limits=order.limits)
    if "pdf" in order.formats:
        from pubkit.workflow.printing import print_order  # who makes a page only needs no engine

        edition = replace(edition, pdf=print_order(order, workshop, meanwhile=load_proof))
    load_proof(is_printed=edition.pdf is not None)
    findings = workshop.do(partial(_prove, edition, original))
    return Proven(edition, tuple(_read_finding(data, document) for data in findings))


def _finish_what_waits() -> None:
    """Do what waits for its first use, which would be in each child anew."""
    for name, module in tuple(sys.modules.items()):
        if name.startswith("pubkit."):
            for thing in tuple(vars(module).values()):
                finish_pattern(thing)
                finish_class(thing)


def load_proof(*, is_printed: bool = True) -> None:
    """Import what reads editions back, and their checks: the making needs neither."""
    import_module("pubkit.workflow.proof")
    if is_printed:
        import_module("pubkit.formats.pdf.reader").load_readers()


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
