"""The ledger of a project, and what its campaigns are called; no document is read for it."""

import re
from pathlib import Path, PurePosixPath

from pubkit.config import Config
from pubkit.distribution.ledger.mark import verify_ledger
from pubkit.distribution.ledger.opening import Ledger, read_ledger
from pubkit.errors import DeliveryError
from pubkit.patterns import pattern

RELATIVE = pattern(r"(sqlite(?:\+\w+)?:///)(?!/|:memory:)(.+)", re.DOTALL)
"""A file that lies below the folder of pubkit.toml, wherever a command is run."""


def ledger_url(config: Config) -> str:
    """Return the SQLAlchemy URL of a project's ledger."""
    if not config.mail.ledger:
        return f"sqlite:///{_own_file(config)}"
    return RELATIVE.sub(rf"\g<1>{_escaped(config.root)}/\g<2>", config.mail.ledger, count=1)


def _escaped(path: Path) -> str:
    return str(path).replace("\\", r"\\")


def _own_file(config: Config) -> Path:
    return config.root / ".pubkit" / "ledger.sqlite"


def existing_ledger(config: Config) -> Ledger | None:
    """Open the ledger of a project, if there is one: who only looks makes none.

    Raises:
        DeliveryError: It cannot be opened, is damaged, or is of another version of pubkit.
    """
    url = ledger_url(config)
    path, _question_mark, _settings = url.partition("?")
    file = path.partition(":///")[2] if path.startswith("sqlite") else ""
    return None if file and not Path(file).exists() else read_ledger(url)


def mark_path(config: Config) -> Path:
    """Return where the last run has left its mark."""
    return config.root / ".pubkit" / "ledger.mark"


def doubt(config: Config) -> DeliveryError | None:
    """Return why the ledger of a project is not to be believed, if the last run knew another."""
    try:
        verify_ledger(existing_ledger(config), mark_path(config))
    except DeliveryError as error:
        return error
    return None


def refuse_doubtful(config: Config) -> None:
    """Refuse to say that there is nothing in a ledger that is not that of the last run.

    Raises:
        DeliveryError: It is lost, another one, or an older copy.
    """
    if error := doubt(config):
        raise error


def document_name(name: str, config: Config) -> str:
    """Return what campaigns call a document that a user names by its name or its path."""
    wanted = PurePosixPath(name.removesuffix(".md"))
    folder = config.source.relative_to(config.root)
    return str(wanted.relative_to(folder) if wanted.is_relative_to(folder) else wanted)
