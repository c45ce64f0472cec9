"""What results depend on, besides their question: files of the project, of pubkit, of the machine.

All are written as ``states.look_at`` takes them. Rather too much is named than too little: what is
found changed without need is only looked at again.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from pubkit.config import FILE_NAME, Config
from pubkit.states import EXCEPT, FOLDER, Look, look_at
from pubkit.values import dataclass
from pubkit.workflow.book import FOLDER as BOOKS
from pubkit.workflow.project import Project, open_project

PACKAGE = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Watched:
    """A project, and a look at its files from before any of them was read."""

    project: Project
    files: tuple[str, ...]
    look: Look

    def of(self, project: Project) -> "Watched":
        """Return what was seen of a project; nothing, if its settings were others when read."""
        look = self.look if project.config == self.project.config else Look(0, {}, 0)
        return Watched(project, self.files, look)


def open_watched(folder: Path) -> Watched:
    """Open the project in which a folder lies, and look at its files before they are read.

    Raises:
        ConfigError: There is none, or its settings are wrong.
    """
    while True:
        first = open_project(folder)
        files = tuple(project_files(first.config, folder))
        look = look_at(files)
        # The settings say what to look at, and have to be those of after the look.
        project = open_project(folder)
        if project.config == first.config:
            return Watched(project, files, look)


def project_files(config: Config, folder: Path) -> Iterator[str]:
    """Yield the settings of a project, its documents, catalogs, memories and templates.

    Args:
        config: The settings as they were read.
        folder: From where the project was looked for: a nearer one may come to be.
    """
    yield os.path.abspath(folder / FILE_NAME)  # noqa: PTH100 -- a link may lead elsewhere tomorrow
    place = folder.resolve()
    for nearer in (place, *place.parents):
        yield str(nearer / FILE_NAME)
        if nearer == config.root:
            break
    folders = (config.source, config.locales, config.templates, config.root / BOOKS)
    yield from (f"{path}{FOLDER}" for path in folders)
    yield from (str(config.root / name) for name in config.memory.files)
    yield f"{EXCEPT}{config.build}"


def program_files() -> Iterator[str]:
    """Yield the files of pubkit, and where libraries of Python are installed.

    A folder of libraries changes with each one that is installed or removed.
    """
    yield f"{PACKAGE}{FOLDER}"
    yield from (path for path in sys.path if Path(path).name in ("site-packages", "dist-packages"))
