"""An authority for certificates that only tests trust."""

from collections.abc import Callable
from pathlib import Path

import pytest
import trustme


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    """Make an authority of our own."""
    return trustme.CA()


@pytest.fixture
def trust(
    authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., None]:
    """Let this machine trust the authority, as users do with their own."""

    def trust_authority() -> None:
        path = tmp_path / "authority.pem"
        authority.cert_pem.write_to_path(str(path))
        monkeypatch.setenv("SSL_CERT_FILE", str(path))

    return trust_authority
