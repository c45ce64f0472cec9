"""Send to ten thousand members, kill the sender two hundred times, and count.

::

    python -m benchmarks.mail [EXPERIMENT…]

All mail goes to a server on the loopback address that writes down what it took.
"""

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.mail.campaigns import EXPERIMENTS, HEAD


def main() -> int:
    """Run, and print what was found as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("experiments", nargs="*", default=list(EXPERIMENTS))
    options = parser.parse_args()
    print(HEAD)  # noqa: T201
    for name in options.experiments:
        with TemporaryDirectory(prefix="pubkit-mail-") as place:
            print(EXPERIMENTS[name](Path(place)).row(), flush=True)  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
