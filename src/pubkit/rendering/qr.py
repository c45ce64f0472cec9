"""The square code that leads from a printed page to its edition on the web.

The only importer of segno.
"""

from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from markupsafe import Markup

from pubkit import caches

_KIND = "codes"
LONGEST = 300
"""Characters: a longer address makes a code that no telephone reads at this size."""


def qr_code(address: str, *, title: str) -> Markup:
    """Return the code of an address as an SVG image, or nothing if it would be too dense.

    Args:
        address: Where the code leads.
        title: What those are told who cannot see it.

    Source:
        ISO/IEC 18004, 6.3.8: a margin of four modules, here that of the panel included.
    """
    if len(address) > LONGEST:
        return Markup()
    key = sha256(repr((address, title, _version())).encode()).hexdigest()
    kept = caches.read_kept(_KIND, key)
    if kept is None:
        kept = _drawn(address, title).encode()
        caches.keep(_KIND, key, kept)
    return Markup(kept.decode())  # noqa: S704


def _version() -> str:
    """Return a digest of what draws a code, without importing it: that takes 70 ms."""
    spec = find_spec("segno")
    folder = Path((spec and spec.origin) or "").parent
    files = (
        Path(__file__),
        *(folder / name for name in ("__init__.py", "encoder.py", "writers.py")),
    )
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def _drawn(address: str, title: str) -> str:
    from segno import make_qr

    code = make_qr(address, error="m")
    return code.svg_inline(
        border=2,
        title=title,
        svgclass="qr",
        lineclass=None,
        omitsize=True,
        dark="#000",
        light="#fff",
    )
