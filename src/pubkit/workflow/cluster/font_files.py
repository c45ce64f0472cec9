"""The font files of a machine: which families are in which file, and where a bench finds its own.

A worker whose files are others gets those of the client, and its benches see no other fonts.
"""

from collections.abc import Iterable
from hashlib import file_digest
from pathlib import Path
from xml.sax.saxutils import escape

from pubkit.rendering.faces.installed import faces_of


def find_font_files(families: Iterable[str]) -> tuple[Path, ...]:
    """Return the files that have faces of these families; none where there is no fontconfig."""
    return tuple(dict.fromkeys(face.path for face in faces_of(families)))


def font_digests(files: Iterable[Path]) -> dict[str, str]:
    """Return the digests of font files by their names."""
    return {path.name: _digest(path) for path in files}


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def write_font_settings(fonts: Path, folder: Path) -> Path:
    """Write settings of fontconfig that know the fonts of one folder alone.

    The rules of the machine stay: stock WeasyPrint obeys them.
    """
    path = folder / "fonts.conf"
    path.write_text(
        '<?xml version="1.0"?>\n<fontconfig>\n'
        f"<dir>{escape(str(fonts))}</dir>\n"
        f"<cachedir>{escape(str(folder / 'fontconfig'))}</cachedir>\n"
        '<include ignore_missing="yes">/etc/fonts/conf.d</include>\n</fontconfig>\n'
    )
    return path
