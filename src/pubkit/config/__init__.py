"""The project's settings: pubkit.toml, every key checked."""

from typing import TYPE_CHECKING

from pubkit.exports import late_names

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
__getattr__ = late_names(
    __name__,
    {
        **dict.fromkeys(__all__, "settings"),
        "find_project": "file",
        "read_config": "reading",
        **dict.fromkeys(("DEFAULT_LIMITS", "Limits"), "limits"),
    },
)
