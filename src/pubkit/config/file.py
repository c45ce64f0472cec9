"""The file of the settings: where it lies, what it says, and where in it a key stands."""

import re
import tomllib
from pathlib import Path
from typing import Any

from pubkit.config.settings import FILE_NAME
from pubkit.errors import ConfigError, Location
from pubkit.messages import gettext as _
from pubkit.patterns import pattern
from pubkit.values import dataclass


def find_project(folder: Path) -> Path:
    """Return the nearest pubkit.toml in the folder or above it.

    Raises:
        ConfigError: There is none.
    """
    for candidate in (folder, *folder.parents):
        if (candidate / FILE_NAME).is_file():
            return candidate / FILE_NAME
    raise ConfigError(
        _("No {file} in {folder} or above it").format(file=FILE_NAME, folder=folder),
        remedy=_("Change into a project's folder, or make a project here: pubkit init"),
    )


def read_file(path: Path) -> "SettingsFile":
    """Read the file of a project's settings.

    Raises:
        ConfigError: It is no text.
    """
    return SettingsFile(path, _read_text(path))


def _read_text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            _("The settings cannot be read: {reason}").format(reason=error),
            location=Location(str(path)),
            remedy=_("Save the file as UTF-8 text"),
        ) from None


@dataclass(frozen=True, slots=True)
class SettingsFile:
    """A pubkit.toml that was read, and that tells where a setting stands in it."""

    path: Path
    text: str

    def tables(self) -> dict[str, Any]:
        """Return what the file says.

        Raises:
            ConfigError: It is not TOML.
        """
        return _parse(self.text, self.path)

    def error(
        self, message: str, table: str, key: str, *, remedy: str | None = None
    ) -> ConfigError:
        """Return an error at the line of a key."""
        return ConfigError(
            message,
            location=Location(str(self.path), self.line_of(table, key)),
            remedy=remedy or _("See “Settings” in the README"),
        )

    def line_of(self, table: str, key: str) -> int | None:
        """Return the line on which a key of a table, or the table itself, begins."""
        wanted, current = _joined(table, key), ""
        for number, line in enumerate(self.text.split("\n"), start=1):
            if header := TABLE_HEADER.match(line):
                current = _joined(header[1])
            name = KEY.match(line)
            if wanted in (current if header else "", _joined(current, name[1]) if name else ""):
                return number
        return None


TABLE_HEADER = pattern(r"\s*\[([^\[\]]+)\]")
KEY = pattern(r"\s*((?:[\w-]+|\"[^\"]*\"|'[^']*')(?:\s*\.\s*(?:[\w-]+|\"[^\"]*\"|'[^']*'))*)\s*=")


def _parse(text: str, path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        found = re.search(r"at line (\d+), column (\d+)", str(error))
        is_cut = str(error).endswith("(at end of document)")
        last_line = text.count("\n") + 1 if is_cut else None
        place = (int(found[1]), int(found[2])) if found else (last_line, None)
        raise ConfigError(
            _("The settings are not TOML: {reason}").format(reason=error),
            location=Location(str(path), *place),
            remedy=_("Texts stand in quotation marks, lists in brackets"),
        ) from None


def _joined(*names: str) -> str:
    """Return the full name of a table or key, without quotation marks and spaces."""
    return ".".join(re.sub(r"[\s\"']", "", name) for name in names if name)
