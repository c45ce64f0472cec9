"""What an edition is made from and has to agree with: its makers and its proof start from it."""

from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from types import MappingProxyType

from pubkit.model import Document
from pubkit.rendering.page import Setting
from pubkit.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """What an edition is made from, and has to agree with."""

    document: Document
    setting: Setting
    source: Path
    """The folder of the pictures."""
    names: tuple[str, ...] = ()
    """The agreed forms that the document's texts have."""
    ignored: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Checks that the publisher has switched off, each with the reason."""
