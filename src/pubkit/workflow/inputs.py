"""What results depend on, besides their question: files of the project, of pubkit, of the machine.

All are written as ``states.look_at`` takes them. Rather too much is named than too little: what is
found changed without need is only looked at again.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from pubkit.config import FILE_NAME, Config
from pubkit.states import EXCEPT, FOLDER

PACKAGE = Path(__file__).parents[1]


def project_files(config: Config, folder: Path) -> Iterator[str]:
    """Yield the settings of a project, its documents, catalogs and templates.

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
    yield from (f"{path}{FOLDER}" for path in (config.source, config.locales, config.templates))
    yield f"{EXCEPT}{config.build}"


def program_files() -> Iterator[str]:
    """Yield the files of pubkit, and where libraries of Python are installed.

    A folder of libraries changes with each one that is installed or removed.
    """
    yield f"{PACKAGE}{FOLDER}"
    yield from (path for path in sys.path if Path(path).name in ("site-packages", "dist-packages"))
