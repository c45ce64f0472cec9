"""pubkit's update of one catalog, as ``pubkit extract`` does it: ``OLD.po NEW.pot OUT.po``."""

import sys
from pathlib import Path

from pubkit.formats.po import read_catalog
from pubkit.formats.po.saving import proved_bytes
from pubkit.translation import Aids, Memory, update_catalog
from pubkit.translation.memory import Source


def main() -> None:
    """Update with the whole catalog as the memory; read back what is new in it, as saving does."""
    old, template, out = map(Path, sys.argv[1:])
    catalog = read_catalog(old)
    aids = Aids(memory=Memory([Source(catalog, old.name)]))
    updated = update_catalog(catalog, read_catalog(template), lang="zh", aids=aids)
    out.write_bytes(proved_bytes(updated, out))


if __name__ == "__main__":
    main()
