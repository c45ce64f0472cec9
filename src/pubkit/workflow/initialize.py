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


def initialize(folder: Path, *, created: str) -> Iterator[Path]:
    """Write the files of a new project and yield the path of each; none is overwritten.

    Args:
        folder: Made if it is not there.
        created: The time for ``POT-Creation-Date`` of its templates.

    Raises:
        ConfigError: The folder has a project, or a file that would have to be overwritten.
    """
    starter = dict(_starter_files(files("pubkit") / "starter", ""))
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
