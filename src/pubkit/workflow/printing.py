"""An order is printed: made ready in this process, and laid out in a child.

All that prints is imported here; an edition without a PDF needs none of it.
"""

from collections.abc import Callable, Iterator
from functools import partial

from pubkit.jail import Cell
from pubkit.rendering.engine import is_stock, load_engine
from pubkit.rendering.faces.fontset import FontSet, ready_fonts
from pubkit.rendering.pdf import render_pdf
from pubkit.rendering.printed_pictures import Ready
from pubkit.workflow.orders import Order
from pubkit.workflow.ready_pictures import ready_pictures
from pubkit.workflow.workshop import Workshop


def print_order(order: Order, workshop: Workshop, *, meanwhile: Callable[[], None]) -> bytes:
    """Return the PDF of an edition.

    Args:
        order: The edition.
        workshop: Where its children work.
        meanwhile: Runs in this process, while the child works.

    Raises:
        RenderingError: It cannot be made, or not within the limits.
    """
    original = order.original
    load_engine()
    # Here and not in the child, whose work no other edition may take over.
    fonts = None if is_stock() else ready_fonts(order.html, original.setting.typefaces)
    ready = ready_pictures(original.document, original.source, order.limits)
    (pdf,) = workshop.do(partial(_lay_out, order, fonts, ready), meanwhile=meanwhile)
    return pdf


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
