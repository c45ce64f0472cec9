"""A ledger is opened: made where there is none, and refused where it is not what it should be."""

import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, insert, inspect, select, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, IntegrityError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from pubkit.distribution.ledger.file_systems import remote_file_system
from pubkit.distribution.ledger.schema import FACTS, METADATA, VERSION
from pubkit.errors import DeliveryError, Location
from pubkit.formats.files import real_path
from pubkit.messages import gettext as _
from pubkit.values import dataclass

BUSY_SECONDS = 30
"""How long another command that writes the ledger is waited for."""
SUPPORTED = ("sqlite", "postgresql")


@dataclass(frozen=True, slots=True)
class Ledger:
    """An open ledger."""

    engine: Engine
    place: str
    """How errors name it; it has no password."""
    id: str
    secret: bytes
    """Signs what is sent: identifiers of messages, addresses for unsubscription."""

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Work on the ledger: everything is kept, or nothing.

        Raises:
            DeliveryError: The ledger cannot be read or written.
        """
        with explained(self.place), self.engine.begin() as connection:
            yield connection

    @property
    def is_shared(self) -> bool:
        """Whether several machines can work on it."""
        return self.engine.dialect.name != "sqlite"


def open_ledger(url: str, *, may_make: bool = True) -> Ledger:
    """Open the ledger at an SQLAlchemy URL.

    Args:
        url: Where it is.
        may_make: Whether a new one is made where there is none.

    Raises:
        DeliveryError: It cannot be opened, is damaged, or is of another version of pubkit; or
            there is none.
    """
    parsed = _parse(url)
    place = parsed.render_as_string(hide_password=True)
    if parsed.get_backend_name() == "sqlite":
        place = str(_prepare_file(parsed, may_make=may_make))
    with explained(place):
        engine = _engine(parsed)
        with engine.begin() as connection:
            facts = _facts(connection, place, may_make=may_make)
    return Ledger(engine, place, facts["id"], bytes.fromhex(facts["secret"]))


def read_ledger(url: str) -> Ledger:
    """Open a ledger that is there, to look into it: in a folder that cannot be written, too.

    Raises:
        DeliveryError: It cannot be opened, is damaged, or is of another version of pubkit.
    """
    parsed = _parse(url)
    path = real_path(Path(parsed.database or ""))
    if parsed.get_backend_name() != "sqlite" or _is_writable(path):
        return open_ledger(url)
    with explained(str(path)):
        engine = create_engine("sqlite://", creator=lambda: _read_only(path), poolclass=NullPool)
        with engine.begin() as connection:
            facts = _facts(connection, str(path), may_make=False)
    return Ledger(engine, str(path), facts["id"], bytes.fromhex(facts["secret"]))


def _is_writable(path: Path) -> bool:
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def _read_only(path: Path) -> sqlite3.Connection:
    """Open a file of SQLite beside which none can be made.

    Source:
        SQLite, Write-Ahead Logging, Read-Only Databases: a log that is there is read with the
        index beside it; where there is none, everything is in the file itself, which is read as
        one that nobody changes.
    """
    has_log = path.with_name(f"{path.name}-wal").exists()
    how = "mode=ro" if has_log else "mode=ro&immutable=1"
    return sqlite3.connect(f"{path.as_uri()}?{how}", uri=True, timeout=BUSY_SECONDS)


def _parse(url: str) -> URL:
    try:
        parsed = make_url(url)
        backend = parsed.get_backend_name()
    except (ArgumentError, ValueError):
        backend = None
    if backend not in SUPPORTED:
        raise DeliveryError(
            _("The ledger is no database of which pubkit knows that nothing is lost in it"),
            remedy=_(
                "Set ledger in [mail] of pubkit.toml as in "
                "postgresql+psycopg://user@host/database, or remove it"
            ),
        )
    return parsed


def _prepare_file(url: URL, *, may_make: bool) -> Path:
    """Make the file of the ledger, which others shall not read; SQLite would ask the umask.

    Returns:
        The file itself, to whatever links lead to it: its lock lies beside it.
    """
    if not url.database or url.database == ":memory:":
        raise DeliveryError(
            _("A ledger in memory forgets who has the message"),
            remedy=_("Name a file: sqlite:////var/lib/pubkit/ledger.sqlite"),
        )
    path = real_path(Path(url.database))
    if kind := remote_file_system(path):
        raise DeliveryError(
            _("The ledger lies on another machine ({kind}), where its locks may not hold").format(
                kind=kind
            ),
            location=Location(str(path)),
            remedy=_(
                "Name a place on this machine, or a database of PostgreSQL: "
                "ledger in [mail] of pubkit.toml"
            ),
        )
    if not may_make and not path.exists():
        raise _no_ledger(str(path))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise _unusable(str(path), error.strerror or str(error)) from None
    return path


def _engine(url: URL) -> Engine:
    try:
        is_file = url.get_backend_name() == "sqlite"
        arguments = {"timeout": BUSY_SECONDS} if is_file else {}
        # No connection is kept: few are made, and one that is kept may be dead.
        engine = create_engine(url, connect_args=arguments, poolclass=NullPool)
    except (NoSuchModuleError, ImportError):
        raise DeliveryError(
            _("The driver of this database is not installed: {name}").format(name=url.drivername),
            remedy=_('pip install "pubkit[postgresql]"'),
        ) from None
    if is_file:
        event.listen(engine, "connect", _make_durable)
    return engine


def _make_durable(connection: Any, _record: object) -> None:
    """Let a commit mean that the row is on the disk.

    Source:
        SQLite, PRAGMA synchronous: in WAL mode only FULL survives a loss of power.
    """
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _facts(connection: Connection, place: str, *, may_make: bool) -> dict[str, str]:
    """Return what the ledger says of itself; one that is empty is made."""
    if not inspect(connection).has_table(FACTS.name):
        if not may_make:
            raise _no_ledger(place)
        _make(connection)
    rows = connection.execute(select(FACTS.c.name, FACTS.c.value))
    facts: dict[str, str] = {name: value for name, value in rows}  # noqa: C416
    if facts.get("version") != str(VERSION):
        raise DeliveryError(
            _("The ledger is of version {found}, this pubkit reads version {known}").format(
                found=facts.get("version", "?"), known=VERSION
            ),
            location=Location(place),
            remedy=_("Use the version of pubkit that made it, or finish its campaigns there"),
        )
    return facts


def _make(connection: Connection) -> None:
    """Make the tables; of two that begin at the same moment one makes them."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MAKING})
    else:
        # Python begins no transaction for a table; a kill would leave some of them.
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    METADATA.create_all(connection)
    if connection.execute(select(FACTS.c.name)).first() is None:
        facts = {
            "version": str(VERSION),
            "id": secrets.token_hex(16),
            "secret": secrets.token_hex(32),
            "runs": "0",
        }
        connection.execute(
            insert(FACTS), [{"name": name, "value": value} for name, value in facts.items()]
        )


def _no_ledger(place: str) -> DeliveryError:
    return DeliveryError(
        _("There is no ledger here"),
        location=Location(place),
        remedy=_("Name the ledger of the project that sends; its first campaign makes it"),
    )


_MAKING = 0x70756B
"""The advisory lock under which the tables are made."""


@contextmanager
def explained(place: str) -> Iterator[None]:
    """Turn what a database says into an error that names the ledger.

    Raises:
        DeliveryError: The database cannot be used; nothing was changed.
    """
    try:
        yield
    except IntegrityError:
        raise
    except SQLAlchemyError as error:
        cause = getattr(error, "orig", None) or error
        raise _unusable(place, " ".join(str(cause).split())) from error


def _unusable(place: str, reason: str) -> DeliveryError:
    return DeliveryError(
        _("The ledger cannot be used: {reason}").format(reason=reason),
        location=Location(place),
        remedy=_remedy(reason),
    )


def _remedy(reason: str) -> str:
    if "full" in reason:
        return _("Make room on the disk and run the same command again; nobody gets it twice")
    if "disk I/O" in reason:
        return _(
            "The disk may be full, or broken: make room and run the same command again; nobody "
            "gets it twice"
        )
    if "malformed" in reason or "not a database" in reason:
        return _("Put back the last copy of it; a ledger that is made anew would repeat messages")
    if "locked" in reason:
        return _("Another command is writing it: run the same command again")
    return _("Look at its address, its permissions and its server, and run the same command again")
