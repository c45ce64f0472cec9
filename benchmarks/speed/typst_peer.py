"""Typst, from PyPI, with the fonts that it finds: ``python typst_peer.py SOURCE...``."""

import sys
from pathlib import Path

import typst


def main() -> None:
    """Compile each source to a PDF beside it."""
    for name in sys.argv[1:]:
        typst.compile(name, output=str(Path(name).with_suffix(".pdf")))


if __name__ == "__main__":
    main()
