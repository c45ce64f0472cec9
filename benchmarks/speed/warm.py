"""Renders the report again and again in one process: ``python -m benchmarks.speed.warm DIR N``.

The public function, with walls and proof: what a preview costs where pubkit is loaded already.
Prints wall and processor seconds of each round in JSON, by language.
"""

import json
import resource
import sys
import time
from pathlib import Path

from pubkit import read_catalog, render_document

UNCOUNTED = 2
"""Rounds in which the engine is loaded and its tables are made."""


def main() -> None:
    """Measure."""
    folder, rounds = Path(sys.argv[1]), int(sys.argv[2])
    catalogs = {
        lang: read_catalog(folder / "locales" / lang / "LC_MESSAGES" / "report.po")
        for lang in ("en", "zh")
    }
    found: dict[str, list[tuple[float, float]]] = {lang: [] for lang in catalogs}
    for number in range(rounds + UNCOUNTED):
        for lang, catalog in catalogs.items():
            wall, cpu = time.perf_counter(), _used()
            edition = render_document(folder / "source" / "report.md", lang=lang, catalog=catalog)
            if not edition.pdf:
                raise SystemExit("no PDF was made")
            if number >= UNCOUNTED:
                found[lang].append((time.perf_counter() - wall, _used() - cpu))
    print(json.dumps(found))  # noqa: T201


def _used() -> float:
    usages = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


if __name__ == "__main__":
    main()
