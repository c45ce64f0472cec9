"""``python -m benchmarks.checks``."""

import sys

from benchmarks.checks.measure import main

if __name__ == "__main__":
    sys.exit(main())
