"""SECURITY.md names walls and tests that are there."""

import re

from tests.conftest import REPOSITORY


def test_security_page_names_what_is_there() -> None:
    """A threat model that points to nothing misleads those who rely on it."""
    page = (REPOSITORY / "SECURITY.md").read_text("utf-8")
    named = re.findall(r"`([\w./*-]+(?:\.py|/))`", page)
    roots = (REPOSITORY, REPOSITORY / "src/pubkit")

    assert len(named) > 20
    assert [n for n in named if not any(list(root.glob(n.rstrip("/"))) for root in roots)] == []
