"""``pubkit init``: a new project that renders at once."""

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from pubkit.config import FILE_NAME
from pubkit.errors import ConfigError, Location
from pubkit.formats.files import write_bytes
from pubkit.messages import gettext as _
from pubkit.workflow.extract import extract
from pubkit.workflow.project import open_project

THEMES = files("pubkit") / "themes"
SETTINGS = "theme.toml"
"""What a theme adds to the settings; its other files are the project's own from then on."""


def theme_names() -> tuple[str, ...]:
    """Return the names of the themes with which a project can begin."""
    return tuple(sorted(item.name for item in THEMES.iterdir() if item.is_dir()))


def initialize(folder: Path, *, created: str, theme: str | None = None) -> Iterator[Path]:
    """Write the files of a new project and yield the path of each; none is overwritten.

    Args:
        folder: Made if it is not there.
        created: The time for ``POT-Creation-Date`` of its templates.
        theme: The name of a theme, which the publisher then changes as it likes.

    Raises:
        ConfigError: The folder has a project, or a file that would have to be overwritten.
    """
    starter = dict(_starter_files(files("pubkit") / "starter", ""))
    if theme:
        design = dict(_starter_files(THEMES / theme, ""))
        starter[FILE_NAME] += design.pop(SETTINGS)
        starter |= design
    for name in (FILE_NAME, *starter):
        if (folder / name).exists():
            raise ConfigError(
                _("There is a {name} already").format(name=name),
                location=Location(str(folder / name)),
                remedy=_("Name an empty or new folder: pubkit init my-project"),
            )
    for name, content in starter.items():
        write_bytes(folder / name, content)
        yield folder / name
    extracted = extract(open_project(folder), created=created)
    yield from (written.path for written in extracted if written.is_changed)


def _starter_files(folder: Traversable, prefix: str) -> Iterator[tuple[str, bytes]]:
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        if item.is_dir():
            yield from _starter_files(item, f"{prefix}{item.name}/")
        else:
            yield prefix + item.name, item.read_bytes()
