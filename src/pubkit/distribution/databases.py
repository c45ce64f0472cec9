"""Members in a database: what a query returns, row by row; nothing is written, no password shown.

SQLite and PostgreSQL are tested; others work as far as SQLAlchemy has a driver for them.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, time
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple
from urllib.parse import quote, quote_plus

from sqlalchemy import Connection, CursorResult, Engine, create_engine
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from pubkit.errors import DeliveryError, Location
from pubkit.messages import gettext as _
from pubkit.values import dataclass

AT_ONCE = 1_000
"""Rows that are fetched together."""
CONNECT_SECONDS = 15
HIDDEN = "***"
_NOTHING: Mapping[int, str] = MappingProxyType({})


class DatabaseRow(NamedTuple):
    """A row of the members."""

    number: int
    cells: Sequence[str]
    kinds: Mapping[int, str]
    """What the cells hold that hold no text, by their places: such as a date."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What a query returns."""

    head: Sequence[str]
    rows: Iterator[DatabaseRow]


def database_place(url: str) -> str:
    """Return how messages name a database: without its password, and without its options."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        return f"{url.partition('://')[0]}://…"
    return parsed.set(query={}).render_as_string(hide_password=True)


@contextmanager
def select_members(url: str, query: str) -> Iterator[Selection]:
    """Run the query that selects the members, and give what it returns.

    Args:
        url: The SQLAlchemy URL of the database.
        query: SQL that returns a row for each member.

    Raises:
        DeliveryError: There is no driver, no database, no query, or the query fails.
    """
    parsed, place = _parse(url), database_place(url)
    if not query.strip():
        raise DeliveryError(
            _("Nothing says which rows of the database are the members"),
            location=Location(place),
            remedy=_("Set query in [members] of pubkit.toml, or use --query: {example}").format(
                example='"SELECT email, name, language FROM members WHERE active"'
            ),
        )
    engine = _engine(parsed, place)
    try:
        with _connected(engine, parsed, place) as connection:
            explain = _Explanation(parsed, place)
            with explain.query():
                result = connection.exec_driver_sql(query)
                head = _head(result, place)
            yield Selection(head, _rows(result, explain))
    finally:
        engine.dispose()


def _parse(url: str) -> URL:
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise DeliveryError(
            _("The URL of the database is malformed"),
            location=Location(database_place(url)),
            remedy=_(
                "Write it as in postgresql+psycopg://user:password@host/database; in the password "
                "@ is written %40, : is %3A, / is %2F"
            ),
        ) from None
    if parsed.drivername in ("postgres", "postgresql"):
        return parsed.set(drivername="postgresql+psycopg")
    return parsed


def _engine(url: URL, place: str) -> Engine:
    backend = url.get_backend_name() if "+" in url.drivername else url.drivername
    if backend == "sqlite":
        _verify_file(url, place)
    arguments = {"connect_timeout": CONNECT_SECONDS} if backend == "postgresql" else {}
    try:
        return create_engine(url, connect_args=arguments, hide_parameters=True)
    except (NoSuchModuleError, ImportError):
        is_known = backend == "postgresql"
        raise DeliveryError(
            _("The driver of this database is not installed: {name}").format(name=url.drivername),
            location=Location(place),
            remedy='pip install "pubkit[postgresql]"'
            if is_known
            else _("Install a driver that SQLAlchemy knows, or use sqlite:// or postgresql://"),
        ) from None
    except (SQLAlchemyError, TypeError, ValueError) as error:
        raise _Explanation(url, place).unreachable(error) from None


def _verify_file(url: URL, place: str) -> None:
    """Make sure that the file is there; SQLite would make an empty one."""
    if not url.database or not Path(url.database).is_file():
        raise DeliveryError(
            _("There is no such database"),
            location=Location(place),
            remedy=_(
                "Write sqlite:///members.db for a file in this folder, "
                "sqlite:////srv/members.db for one elsewhere"
            ),
        )


@contextmanager
def _connected(engine: Engine, url: URL, place: str) -> Iterator[Connection]:
    """Connect in a way in which nothing can be written, as far as the database has one."""
    options: dict[str, Any] = {
        "stream_results": True,
        "yield_per": AT_ONCE,
        "no_parameters": True,  # a % of the query is one
    }
    if engine.dialect.name == "postgresql":
        options["postgresql_readonly"] = True
    try:
        connection = engine.connect().execution_options(**options)
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA query_only=ON")
    except SQLAlchemyError as error:
        raise _Explanation(url, place).unreachable(error) from None
    with connection:
        yield connection


def _head(result: CursorResult[Any], place: str) -> Sequence[str]:
    if not result.returns_rows:
        raise DeliveryError(
            _("The query returns no rows"),
            location=Location(place),
            remedy=_("Write one that begins with SELECT"),
        )
    return tuple(result.keys())


def _rows(result: CursorResult[Any], explain: "_Explanation") -> Iterator[DatabaseRow]:
    with explain.query():
        for number, values in enumerate(result, start=1):
            kinds = {place: kind for place, value in enumerate(values) if (kind := _kind(value))}
            yield DatabaseRow(number, tuple(map(_text, values)), kinds or _NOTHING)


def _text(value: object) -> str:
    """Return a value as a cell of a roster has it; an array is a list of words."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, list | tuple | set):
        return ";".join(map(_text, value))
    return str(value)


def _kind(value: object) -> str:
    """Return what a value is that can be no name, language or group."""
    if value is None or isinstance(value, str):
        return ""
    if isinstance(value, bool):
        return _("a logical value")
    if isinstance(value, int):
        return ""
    if isinstance(value, list | tuple | set):
        return next(filter(None, map(_kind, value)), "")
    kinds: Sequence[tuple[type | tuple[type, ...], str]] = (
        ((date, time), _("a date")),
        ((bytes, memoryview), _("bytes")),
        ((float, complex), _("a number")),
        (dict, _("an object")),
    )
    found = next((name for kind, name in kinds if isinstance(value, kind)), "")
    return found or (_("a number") if hasattr(value, "as_integer_ratio") else "")


# ---------------------------------------------------------------- what a database says


@dataclass(frozen=True, slots=True)
class _Explanation:
    """Words what a database says, without the password."""

    url: URL
    place: str

    @contextmanager
    def query(self) -> Iterator[None]:
        """Turn what is said of a query into an error."""
        try:
            yield
        except SQLAlchemyError as error:
            raise DeliveryError(
                _("The query fails: {reason}").format(reason=self.reason(error)),
                location=Location(self.place),
                remedy=_("Look at query in [members] of pubkit.toml, and at the tables it names"),
            ) from None

    def unreachable(self, error: Exception) -> DeliveryError:
        """Return the error for a database that does not let in."""
        return DeliveryError(
            _("The database cannot be opened: {reason}").format(reason=self.reason(error)),
            location=Location(self.place),
            remedy=_("Look at its address, at user and password, and whether it is running"),
        )

    def reason(self, error: Exception) -> str:
        """Return what the database itself said, on one line."""
        text = " ".join(str(getattr(error, "orig", None) or error).split())
        for secret in self._secrets():
            text = text.replace(secret, HIDDEN)
        return re.sub(r"\s*\(Background on this error at: .*\)", "", text)[:400]

    def _secrets(self) -> list[str]:
        values = [self.url.password, *map(str, self.url.query.values())]
        plain = [str(value) for value in values if value]
        return [form for text in plain for form in (text, quote(text, safe=""), quote_plus(text))]
