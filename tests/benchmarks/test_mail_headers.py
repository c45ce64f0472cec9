"""The benchmark of headers counts what it says it counts."""

from pathlib import Path

from benchmarks.mail.headers import headers


def test_few_random_headers_are_read_alike(tmp_path: Path) -> None:
    """Nothing of ours comes out otherwise; the standard library's words are too long."""
    ours, standard = headers(tmp_path, number=300).splitlines()[2:]

    assert ours.startswith("| pubkit | 300 | 0 | 0 | 0 | 0 | 0 | 0 |")
    assert int(standard.split(" | ")[3]) > 0
