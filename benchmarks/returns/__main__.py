"""Read what comes back: large logs, many notices, and damaged ones.

::

    python -m benchmarks.returns [--notices N] [--megabytes N]
"""

import argparse
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from pubkit.distribution.returns import notices
from pubkit.distribution.returns.accepted import read_accepted_file

CASES = Path(__file__).parents[2] / "tests" / "distribution" / "returns" / "cases"
NOISE = (
    *(b"\n", b"\n\n", b";", b"\x00", b"\xff\xfe", b"=?gbk?b?zfl", b"--b1\n", b"boundary=b1\n"),
    *(b"Content-Transfer-Encoding: base64\n", b"charset*=", b"Content-Type: message/rfc822\n\n"),
)
NOW = datetime(2026, 12, 1, tzinfo=UTC)


def main() -> int:
    """Measure, and print the results as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--notices", type=int, default=100_000)
    parser.add_argument("--megabytes", type=int, default=100)
    chosen = parser.parse_args()
    print("| | |\n| --- | --- |")  # noqa: T201
    with TemporaryDirectory(prefix="pubkit-returns-") as place:
        print(_log(Path(place) / "mail.log", chosen.megabytes), flush=True)  # noqa: T201
    print(_notices(chosen.notices // 10), flush=True)  # noqa: T201
    print(_damage(chosen.notices), flush=True)  # noqa: T201
    return 0


def _log(path: Path, megabytes: int) -> str:
    with path.open("w") as file:
        for lines in map(_lines, count()):
            if file.write(lines) and file.tell() > megabytes * 1_000_000:
                break
    began = time.process_time()
    found = read_accepted_file(path, now=NOW)
    seconds = time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return (
        f"| a log of Postfix, {megabytes} MB, {found.lines:,} lines, "
        f"{len(found.message_ids):,} messages | {seconds:.1f} s, {peak} MiB |"
    )


def _lines(number: int) -> str:
    """Return what Postfix writes of one message."""
    queue = f"{number:010X}"
    day, hour = 1 + number // 500_000 % 28, number // 20_000 % 24
    time_of_day = f"{hour:02}:{number // 350 % 60:02}:{number // 6 % 60:02}"
    begin = f"2026-11-{day:02}T{time_of_day}.{number % 1_000_000:06}+00:00 mail postfix"
    to = f"to=<m{number}@example.net>, relay=mx.example.net[192.0.2.1]:25, delay=1.2"
    said = (
        ("smtpd[81]", "client=localhost[127.0.0.1]"),
        ("cleanup[82]", f"message-id=<20261130.{number}@example.org>"),
        ("qmgr[8]", "from=<bounces@example.org>, size=500000, nrcpt=1 (queue active)"),
        ("smtp[99]", f"{to}, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as ABC)"),
        ("qmgr[8]", "removed"),
    )
    return "".join(f"{begin}/{daemon}: {queue}: {text}\n" for daemon, text in said)


def _notices(number: int) -> str:
    cases = [path.read_bytes() for path in sorted(CASES.glob("*.eml"))]
    began = time.process_time()
    for index in range(number):
        notices.read_notice(cases[index % len(cases)])
    seconds = time.process_time() - began
    return f"| {number:,} notices | {1_000 * seconds / number:.2f} ms each |"


def _damage(number: int) -> str:
    """Read damaged notices, without the net that would catch what goes wrong."""
    slowest, found = 0.0, Counter[str]()
    for data in _damaged(number):
        began = time.process_time()
        try:
            notices._read(data, "")
        except Exception as error:
            found[type(error).__name__] += 1
        slowest = max(slowest, time.process_time() - began)
    wrong = ", ".join(f"{name} {times}" for name, times in found.items()) or "no exception"
    return f"| {number:,} damaged notices | {wrong}; the slowest {1_000 * slowest:.0f} ms |"


def _damaged(number: int) -> Iterator[bytes]:
    randomly = random.Random(1)  # noqa: S311
    cases = [path.read_bytes() for path in sorted(CASES.glob("*.eml"))]
    for _index in range(number):
        data = randomly.choice(cases)
        for _change in range(randomly.randrange(1, 8)):
            start = randomly.randrange(len(data) + 1)
            end = start + randomly.randrange(40)
            other = randomly.choice(
                (randomly.choice(NOISE), randomly.choice(cases)[start:end], b"")
            )
            data = data[:start] + other + data[end if randomly.random() < 0.5 else start :]
        yield data


if __name__ == "__main__":
    sys.exit(main())
