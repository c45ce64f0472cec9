"""``python -m pubkit.cli.bench``: a process that a worker of a cluster starts, and talks to.

It answers on its standard output; nobody else calls it.
"""

import os
import sys
from pathlib import Path

from pubkit.workflow.cluster.bench import serve


def main() -> None:
    """Answer the messages of the standard input until it ends."""
    store, folder, *font_settings = sys.argv[1:]
    for path in font_settings:
        os.putenv("FONTCONFIG_FILE", path)  # for fontconfig, which is no part of Python
    reading, writing = os.fdopen(0, "rb", buffering=0), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # Whatever a library prints is no answer.
    serve(Path(store), Path(folder), reading, writing)


if __name__ == "__main__":
    main()
