"""Which WeasyPrint is installed, and whether it is the one that this room was written for."""

import sys
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from pubkit.rendering.loading.changed import ChangedError

MAJOR_VERSION = "70"
_READ = ("__init__.py", "html.py", "text/ffi.py", "css/html5_ua.css", "css/__init__.py")
"""Files of WeasyPrint that what is kept of it is made from."""


def known_version() -> str:
    """Return a digest of all that what is kept of WeasyPrint depends on, before it is imported.

    Raises:
        ChangedError: It is another version, or another system.
    """
    # Elsewhere the loader may not know a library by its name, and a search would find it.
    if sys.platform != "linux":
        raise ChangedError(sys.platform)
    import cffi
    import cssselect2
    import tinycss2

    spec = find_spec("weasyprint")
    folder = Path((spec and spec.origin) or "").parent
    files = [(folder / name).read_bytes() for name in _READ]
    if f"VERSION = __version__ = '{MAJOR_VERSION}.".encode() not in files[0]:
        raise ChangedError("weasyprint")
    versions = (sys.version, cffi.__version__, cssselect2.VERSION, tinycss2.VERSION)
    digest = sha256(repr(versions).encode())
    for content in files:
        digest.update(sha256(content).digest())
    return digest.hexdigest()
