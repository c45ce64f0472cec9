"""The project's settings: pubkit.toml, every key checked."""

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
