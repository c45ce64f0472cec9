"""The project's settings: pubkit.toml, every key checked."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pubkit.config.file import find_project
    from pubkit.config.limits import DEFAULT_LIMITS, Limits
    from pubkit.config.reading import read_config
    from pubkit.config.settings import (
        COLOURS,
        FILE_NAME,
        FORMATS,
        LOGOS,
        PAPERS,
        Config,
        MailSettings,
        MemberSettings,
        ThemeSettings,
        TypefaceSettings,
        backup_folder,
        logo_file,
    )

__all__ = [
    "COLOURS",
    "DEFAULT_LIMITS",
    "FILE_NAME",
    "FORMATS",
    "LOGOS",
    "PAPERS",
    "Config",
    "Limits",
    "MailSettings",
    "MemberSettings",
    "ThemeSettings",
    "TypefaceSettings",
    "backup_folder",
    "find_project",
    "logo_file",
    "read_config",
]

# Imported when first asked for: who reads a catalog needs the limits alone.
_HOMES = {
    "find_project": "file",
    "read_config": "reading",
    **dict.fromkeys(("DEFAULT_LIMITS", "Limits"), "limits"),
}


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES.get(name, 'settings')}"), name)
