"""GNU gettext as the authority: what msgfmt compiles and msgcat copies."""

import os
import shutil
import struct
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from pubkit.errors import CatalogError
from pubkit.formats.po import parse_catalog
from pubkit.model import Catalog

Compiled = Mapping[str, str]
"""From the msgids in a compiled catalog to its texts; a NUL stands between plural forms."""


class Command(Protocol):
    """A program that reads ``in.po`` of a folder and writes ``out`` there."""

    def __call__(self) -> int:
        """Run it, and return its exit status."""

    def close(self) -> None:
        """End it."""


def command_line(program: str, options: Sequence[str], folder: Path) -> list[str]:
    """Return the command that reads the folder's file."""
    return [program, *options, "-o", str(folder / "out"), str(folder / "in.po")]


class Process:
    """Runs a program anew for each file."""

    def __init__(self, command: Sequence[str]) -> None:
        self._command = command

    def __call__(self) -> int:
        """Run it, and return its exit status."""
        done = subprocess.run(self._command, capture_output=True, check=False)  # noqa: S603
        return done.returncode

    def close(self) -> None:
        """Nothing is left of it."""


class Server:
    """Keeps a program loaded and lets it start from there for each file: the same, much faster."""

    def __init__(self, command: Sequence[str], library: Path) -> None:
        environment = {**os.environ, "LD_PRELOAD": str(library), "LD_BIND_NOW": "1", "LC_ALL": "C"}
        self._process = subprocess.Popen(  # noqa: S603
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            bufsize=0,
        )

    def __call__(self) -> int:
        """Run it, and return its exit status."""
        stdin, stdout = self._process.stdin, self._process.stdout
        if not stdin or not stdout:
            raise RuntimeError("The server has no pipes.")
        stdin.write(b"x")
        return stdout.read(1)[0]

    def close(self) -> None:
        """Let it end, now that nothing more will come."""
        self._process.communicate()


def make_library(folder: Path) -> Path | None:
    """Compile the library that servers need; nothing if there is no C compiler."""
    if not (compiler := shutil.which("cc")):
        return None
    library = folder / "forkserver.so"
    source = Path(__file__).with_name("forkserver.c")
    command = [compiler, "-shared", "-fPIC", "-O2", "-o", str(library), str(source), "-ldl"]
    subprocess.run(command, check=True)  # noqa: S603
    return library


class Gettext:
    """Asks GNU gettext about one file after the other."""

    def __init__(self, folder: Path, library: Path | None = None) -> None:
        """Work in a folder, best one in memory; with a library, by servers."""
        self._in = folder / "in.po"
        self._out = folder / "out"
        self._library = library
        self._msgfmt = self._command("msgfmt")
        self._strict = self._command("msgfmt", "--check-header")
        self._msgcat = self._command("msgcat", "--no-wrap", "--force-po")

    def _command(self, program: str, *options: str) -> Command:
        command = command_line(program, options, self._in.parent)
        return Server(command, self._library) if self._library else Process(command)

    def close(self) -> None:
        """End the programs."""
        for command in (self._msgfmt, self._strict, self._msgcat):
            command.close()

    def compile(self, data: bytes) -> Compiled | None:
        """Return what msgfmt compiles, or None if it refuses the file."""
        return self._run(self._msgfmt, data)

    def check_header(self, data: bytes) -> bool:
        """Whether msgfmt has no fault to find with header and plural forms."""
        return self._run(self._strict, data) is not None

    def _run(self, command: Command, data: bytes) -> Compiled | None:
        self._in.write_bytes(data)
        self._out.unlink(missing_ok=True)
        if command():
            return None
        # msgfmt makes no file for an empty catalog.
        return read_compiled(self._out.read_bytes()) if self._out.exists() else {}

    def copy(self, data: bytes) -> Catalog | None:
        """Return what msgcat makes of the file, in its own plain shape."""
        self._in.write_bytes(data)
        if self._msgcat():
            return None
        try:
            return parse_catalog(self._out.read_bytes())
        except CatalogError:  # msgcat writes control characters as they are
            return None


def read_compiled(data: bytes) -> Compiled:
    """Return the texts of a compiled catalog."""
    count, msgids, msgstrs = struct.unpack_from("3I", data, 8)
    places = (struct.unpack_from(f"{2 * count}I", data, table) for table in (msgids, msgstrs))
    keys, texts = (_strings(data, place) for place in places)
    return dict(zip(keys, texts, strict=True))


def _strings(data: bytes, numbers: Sequence[int]) -> Iterator[str]:
    for size, start in zip(numbers[::2], numbers[1::2], strict=True):
        yield data[start : start + size].decode(errors="replace")
