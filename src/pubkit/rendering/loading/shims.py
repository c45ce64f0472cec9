"""What WeasyPrint looks for and imports at its start, and nearly no edition needs.

Source:
    Kozea/WeasyPrint#1125 and #2073: the look-ups start a compiler for each name of a library.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import util
from importlib import import_module
from types import ModuleType
from typing import Any

from pubkit.rendering.loading.changed import ChangedError

FONT_TOOLS = {
    "fontTools": ("subset",),
    "fontTools.subset": (),
    "fontTools.ttLib": ("TTFont", "TTLibError", "ttFont", "woff2"),
    "fontTools.varLib": (),
    "fontTools.varLib.instancer": ("instantiateVariableFont",),
}
"""The modules of fontTools that WeasyPrint imports, and what it wants of each."""
USERS = ("weasyprint.text.fonts", "weasyprint.pdf.fonts")


@contextmanager
def no_library_lookup() -> Iterator[None]:
    """Let nobody search for libraries by half their name; the loader finds them by the whole one.

    WeasyPrint tries four names of each library. For each that fails, ctypes runs the C compiler,
    the linker and ldconfig: 10 ms, sixteen times.
    """
    original, util.find_library = util.find_library, _find_nothing
    try:
        yield
    finally:
        util.find_library = original


def _find_nothing(name: str) -> str | None:
    """Take the place of ``ctypes.util.find_library``."""


class Deferred:
    """A name of fontTools in WeasyPrint; when it is first used, all of them get what they mean."""

    def __init__(self, module: str, name: str) -> None:
        self._module = module
        self._name = name

    def __call__(self, *args: Any, **options: Any) -> Any:
        """Call what the name means."""
        load_font_tools()
        return self._meaning()(*args, **options)

    def __getattr__(self, name: str) -> Any:
        """Return an attribute of what the name means."""
        load_font_tools()
        return getattr(self._meaning(), name)

    def _meaning(self) -> Any:
        module = import_module(self._module)
        if hasattr(module, self._name):
            return getattr(module, self._name)
        return import_module(f"{self._module}.{self._name}")


def load_font_tools() -> None:
    """Give every deferred name what it means: an ``except`` clause needs the class itself."""
    for user in map(sys.modules.get, USERS):
        names = {} if user is None else vars(user)
        for name, value in list(names.items()):
            if isinstance(value, Deferred):
                names[name] = value._meaning()


@contextmanager
def no_font_tools() -> Iterator[None]:
    """Put names into the place of fontTools, which only rare fonts need, and takes 100 ms.

    Raises:
        ChangedError: WeasyPrint kept a name in another place than is looked at later.
    """
    if any(name in sys.modules for name in FONT_TOOLS):
        yield
        return
    stubs = {module: _stub(module, names) for module, names in FONT_TOOLS.items()}
    sys.modules.update(stubs)
    try:
        yield
    finally:
        for name in stubs:
            del sys.modules[name]
    _verify_users()


def _stub(module: str, names: tuple[str, ...]) -> ModuleType:
    stub = ModuleType(module)
    vars(stub).update({name: Deferred(module, name) for name in names})
    stub.__path__ = []
    return stub


def _verify_users() -> None:
    users = {
        name
        for name, module in sys.modules.items()
        if name.startswith("weasyprint")
        and any(isinstance(value, Deferred) for value in vars(module).values())
    }
    if users - {*USERS}:
        raise ChangedError(", ".join(sorted(users)))
