"""An edition that is to be made: all that its makers need besides pictures and fonts.

An order is plain data, so that another process can carry it out.
"""

import copyreg
import pickle
from collections.abc import Iterable
from io import BytesIO
from types import MappingProxyType
from typing import Any

from pubkit.config.limits import Limits
from pubkit.errors import RenderingError
from pubkit.model import Edition, Finding
from pubkit.rendering.html import render_html
from pubkit.values import dataclass
from pubkit.workflow.original import Original


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """An edition that is to be made."""

    original: Original
    html: str
    formats: tuple[str, ...]
    limits: Limits


@dataclass(frozen=True, slots=True)
class Proven:
    """An edition, and what is wrong with it."""

    edition: Edition
    faults: tuple[Finding, ...]


class EditionEndedError(RenderingError):
    """The child that made an edition has ended without one; ``story`` is for those who mend it."""

    story: str = ""


def order_edition(original: Original, *, formats: Iterable[str], limits: Limits) -> Order:
    """Fill the templates with a translated document; what is left is work for others.

    Raises:
        RenderingError: A template is wrong.
    """
    html = render_html(original.document, setting=original.setting)
    return Order(original=original, html=html, formats=tuple(formats), limits=limits)


def to_bytes(value: object) -> bytes:
    """Return a value of the workflow as another process of the same program reads it."""
    stream = BytesIO()
    pickler = pickle.Pickler(stream, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = copyreg.dispatch_table | {MappingProxyType: _reduced}
    pickler.dump(value)
    return stream.getvalue()


def _reduced(mapping: MappingProxyType[Any, Any]) -> tuple[Any, ...]:
    """Say how a mapping that nobody changes is made: Python does not copy it by itself."""
    return _unchangeable, (dict(mapping),)


def _unchangeable(mapping: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(mapping)
