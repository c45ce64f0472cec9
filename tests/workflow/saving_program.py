"""A small program that saves a catalog, for tests that interrupt it."""

import os
import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from pubkit.errors import CatalogError
from pubkit.model import Catalog, Entry
from pubkit.workflow.saving import update_catalog_file


def add_entry(found: Catalog | None) -> Catalog:
    """Return the catalog with one entry more, if it is not there yet."""
    assert found
    new = Entry(msgid="two")
    return found if new in found.entries else replace(found, entries=(*found.entries, new))


def main() -> int:
    """Save the catalog that is named, and say what is wrong."""
    import ctypes  # noqa: F401  # now, so that saving itself opens no other files
    import hashlib  # noqa: F401

    path = Path(sys.argv[1])
    with suppress(FileNotFoundError):
        os.stat("/begin-of-saving")  # noqa: PTH116  # seen by strace
    try:
        update_catalog_file(path, add_entry, backup=path.parents[1] / ".pubkit" / "backup")
    except CatalogError as error:
        sys.stdout.write(f"{error}\n{error.remedy}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
