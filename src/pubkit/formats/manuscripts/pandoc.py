"""Run pandoc: a document in, its syntax tree out; no file, no network, no more than it needs."""

import json
import subprocess
import tempfile
from typing import Any

from pubkit.errors import Location, SourceError
from pubkit.messages import gettext as _

SECONDS = 60
HEAP = "-M600m"
"""What pandoc may take of the memory: forty times what a book needs."""

Tree = dict[str, Any]


def read_tree(data: bytes, kind: str, *, path: str) -> Tree:
    """Return the syntax tree of a document.

    The document is given and the tree is taken by pipes, and ``--sandbox`` keeps pandoc from
    opening anything that the document names.

    Args:
        data: The document.
        kind: What pandoc calls its format.
        path: How errors name it.

    Raises:
        SourceError: It is damaged, or takes too long or too much memory.
    """
    program = [_program(), "--sandbox", "--from", kind, "--to", "json", "+RTS", HEAP, "-RTS"]
    with tempfile.TemporaryDirectory() as folder:
        try:
            found = subprocess.run(  # noqa: S603
                program,
                input=data,
                capture_output=True,
                timeout=SECONDS,
                cwd=folder,
                env={"LANG": "C.UTF-8"},
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise _failed(path, _("it takes longer than a minute")) from None
    if found.returncode:
        lines = found.stderr.decode(errors="replace").strip().splitlines()
        raise _failed(path, lines[-1] if lines else _("pandoc cannot read it"))
    tree: Tree = json.loads(found.stdout)
    return tree


def _program() -> str:
    from pypandoc import get_pandoc_path  # which looks around on the disk

    return str(get_pandoc_path())


def _failed(path: str, reason: str) -> SourceError:
    return SourceError(
        _("The document cannot be read: {reason}").format(reason=reason),
        location=Location(path),
        remedy=_("Open it in the program that made it, save it anew, and import that"),
    )
