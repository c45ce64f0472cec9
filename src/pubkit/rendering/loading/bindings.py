"""WeasyPrint's declarations of C functions, read once and kept: reading them takes 50 ms.

cffi reads them with a parser of C in Python at every start, and again for every new length of an
array. Its own compiled form of the same declarations needs no parser. What is kept are the values
that make that form, never code.

Source:
    cffi manual, "Out-of-line, ABI level".
"""

import ast
import marshal
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from io import StringIO
from typing import Any

from pubkit import caches
from pubkit.rendering.loading.changed import ChangedError

KIND = "bindings"
MODULE = "pubkit_declarations"


@contextmanager
def kept_bindings(key: str) -> Iterator[None]:
    """Let ``cffi.FFI()`` return the compiled form, if it is kept; else cffi reads as usual."""
    data = caches.read_kept(KIND, key)
    if data is None:
        yield
        return
    import cffi

    digest, values = marshal.loads(data)  # noqa: S302
    original, cffi.FFI = cffi.FFI, lambda: _compiled(digest, values)
    try:
        yield
    finally:
        cffi.FFI = original


def keep_bindings(key: str, ffi: Any) -> None:
    """Keep the compiled form of the declarations, unless ``ffi`` is that already."""
    import cffi

    if not isinstance(ffi, cffi.FFI):
        return
    from cffi.recompiler import make_py_source

    source = StringIO()
    ffi.set_source(MODULE, None)
    make_py_source(ffi, MODULE, source)
    call = ast.parse(source.getvalue()).body[-1]
    if not isinstance(call, ast.Assign) or not isinstance(call.value, ast.Call):
        raise ChangedError(MODULE)
    values = {item.arg: ast.literal_eval(item.value) for item in call.value.keywords}
    caches.keep(KIND, key, marshal.dumps((_digest("".join(ffi._cdefsources)), values)))


def _compiled(digest: str, values: dict[str, Any]) -> Any:
    """Return what takes the place of an empty ``cffi.FFI()`` that these declarations are read by.

    Its ``cdef`` raises ChangedError if it is to read others.
    """
    from _cffi_backend import FFI

    class Compiled(FFI):  # type: ignore[misc]
        def cdef(self, source: str) -> None:
            if _digest(source) != digest:
                raise ChangedError(MODULE)

    return Compiled(MODULE, **values)


def _digest(declarations: str) -> str:
    return sha256(declarations.encode()).hexdigest()
