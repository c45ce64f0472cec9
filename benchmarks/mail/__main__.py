"""Send to ten thousand members, kill the sender two hundred times, and count.

::

    python -m benchmarks.mail [NAME…]

All mail goes to a server on the loopback address that writes down what it took.
"""

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.mail.campaigns import EXPERIMENTS, HEAD
from benchmarks.mail.distance import distance
from benchmarks.mail.headers import headers
from benchmarks.mail.speed import start_up, throughput

MEASUREMENTS = {
    "throughput": throughput,
    "start-up": start_up,
    "distance": distance,
    "headers": headers,
}


def main() -> int:
    """Run, and print what was found as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    everything = [*EXPERIMENTS, *MEASUREMENTS]
    parser.add_argument("experiments", nargs="*", choices=everything, default=everything)
    chosen = parser.parse_args().experiments
    if set(chosen) & set(EXPERIMENTS):
        print(HEAD)  # noqa: T201
    for name in chosen:
        with TemporaryDirectory(prefix="pubkit-mail-", ignore_cleanup_errors=True) as place:
            run = EXPERIMENTS.get(name) or MEASUREMENTS[name]
            print(run(Path(place)), flush=True)  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
