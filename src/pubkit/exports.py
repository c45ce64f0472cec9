"""Names that a package has from its modules, each imported when it is first asked for."""

from collections.abc import Callable, Mapping
from importlib import import_module


def late_names(package: str, homes: Mapping[str, str]) -> Callable[[str], object]:
    """Return the ``__getattr__`` of a package whose modules take time to import.

    Args:
        package: Its full name.
        homes: For each name the module of the package that has it.

    Source:
        PEP 562, Module ``__getattr__``.
    """

    def find(name: str) -> object:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(import_module(f"{package}.{homes[name]}"), name)

    return find
