"""The square code, drawn and kept."""

from pathlib import Path

import pytest

from pubkit import caches
from pubkit.rendering import qr

ADDRESS = "https://example.org/zh/report.html"


def test_code_is_the_same_when_it_was_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Drawn without a cache, for the cache, and read from it; another title is another code."""
    drawn = qr.qr_code(ADDRESS, title="Read it on the web")
    monkeypatch.setattr(caches, "_folder", tmp_path / "kept")
    first = qr.qr_code(ADDRESS, title="Read it on the web")
    monkeypatch.setattr(qr, "_drawn", lambda address, title: f"{address} {title}")

    assert drawn.startswith("<svg")
    assert first == drawn
    assert qr.qr_code(ADDRESS, title="Read it on the web") == drawn
    assert qr.qr_code(ADDRESS, title="Another") != drawn
