"""Where the mail server and its password come from."""

from pathlib import Path

import pytest

from pubkit.cli.mail_access import read_mail_access
from pubkit.config import read_config
from pubkit.config.settings import Config
from pubkit.errors import ConfigError


def read_settings(folder: Path, mail: str) -> Config:
    """Return the settings of a project with these lines below ``[mail]``."""
    path = folder / "pubkit.toml"
    path.write_text(f'[project]\nlanguages = ["en"]\n\n[mail]\n{mail}\n', "utf-8")
    return read_config(path)


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PUBKIT_MAIL_SERVER", "PUBKIT_MAIL_PASSWORD"):
        monkeypatch.delenv(name, raising=False)


def test_the_environment_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program can be tried with another server without touching the settings."""
    config = read_settings(tmp_path, 'server = "smtps://me@mail.example.org"')
    from_settings = read_mail_access(config)
    monkeypatch.setenv("PUBKIT_MAIL_SERVER", "smtp+plain://localhost:2525")
    monkeypatch.setenv("PUBKIT_MAIL_PASSWORD", "hunter2")
    from_environment = read_mail_access(config)

    assert str(from_settings.server) == "smtps://me@mail.example.org:465"
    assert not from_settings.password
    assert str(from_environment.server) == "smtp+plain://localhost:2525"
    assert from_environment.password == "hunter2"  # noqa: S105
    assert "hunter2" not in repr(from_environment)


def test_a_wrong_server_is_told_with_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The line of the settings, or the variable."""
    config = read_settings(tmp_path, 'server = "smtp://mail.example.org"')
    with pytest.raises(ConfigError) as raised:
        read_mail_access(config)
    monkeypatch.setenv("PUBKIT_MAIL_SERVER", "smtps://me:hunter2@mail.example.org")
    with pytest.raises(ConfigError) as overridden:
        read_mail_access(config)

    assert str(raised.value.location) == f"{tmp_path / 'pubkit.toml'}:5"
    assert str(overridden.value.location) == "PUBKIT_MAIL_SERVER"
    assert "hunter2" not in str(overridden.value)


def test_no_server_is_told_with_the_way_to_name_one(tmp_path: Path) -> None:
    """Both ways."""
    with pytest.raises(ConfigError) as raised:
        read_mail_access(read_settings(tmp_path, ""))

    assert "PUBKIT_MAIL_SERVER" in (raised.value.remedy or "")
    assert "[mail]" in (raised.value.remedy or "")


def test_open_ways_are_a_setting(tmp_path: Path) -> None:
    """Plain to another machine is refused unless the settings allow it."""
    server = 'server = "smtp+plain://relay.example.org"'
    with pytest.raises(ConfigError):
        read_mail_access(read_settings(tmp_path, server))
    allowed = read_settings(tmp_path, f"{server}\nallow_plain = true")

    assert read_mail_access(allowed).server.port == 25
