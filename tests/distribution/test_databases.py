"""Members in databases: read as rosters are, nothing written, no password shown."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from pubkit.config import Config, find_project, read_config
from pubkit.distribution.roster import Roster
from pubkit.errors import DeliveryError
from pubkit.workflow.members import members_digest, members_place, read_members

QUERY = "SELECT mail AS email, name, lang AS language, groups FROM people ORDER BY id"
TABLE = (
    "CREATE TABLE people (id INTEGER, mail TEXT, name TEXT, lang TEXT, groups TEXT)",
    "INSERT INTO people VALUES (1, 'tian@example.org', '田永鸿', 'zh', 'board;Berlin')",
    "INSERT INTO people VALUES (2, 'anna@example,org', 'Anna', 'en', NULL)",
    "INSERT INTO people VALUES (3, 'ben@example.org', NULL, '英文', '100%')",
)


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Config:
    """Return settings that say how to select the members."""
    folder = tmp_path_factory.mktemp("project")
    (folder / "source").mkdir()
    text = f'[project]\nlanguages = ["en", "zh"]\n[members]\nquery = "{QUERY}"\n'
    (folder / "pubkit.toml").write_text(text, "utf-8")
    return read_config(find_project(folder))


@pytest.fixture
def sqlite(tmp_path: Path) -> str:
    """Return the URL of members in SQLite."""
    return filled(f"sqlite:///{tmp_path / 'members.db'}", TABLE)


def filled(url: str, statements: Sequence[str]) -> str:
    """Run statements in a database and return its URL."""
    engine = create_engine(url)
    with engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(
                statement.replace("%", "%%") if "psycopg" in url else statement
            )
    engine.dispose()
    return url


def verify(roster: Roster) -> None:
    """Compare a roster with what is in the table."""
    assert [(m.address, m.name, m.languages, m.groups, m.line) for m in roster.recipients] == [
        ("tian@example.org", "田永鸿", ("zh",), ("board", "Berlin"), 1),
        ("ben@example.org", "", ("en",), ("100%",), 3),
    ]
    assert [(each.line, each.address) for each in roster.refusals] == [(2, "anna@example,org")]


def test_members_are_read_from_sqlite(config: Config, sqlite: str) -> None:
    """Rows are counted from 1, and the digest is that of the rows."""
    roster = read_members(config, sqlite)

    verify(roster)
    assert roster.digest == members_digest(config, sqlite)
    filled(sqlite, ["UPDATE people SET name = 'Tian' WHERE id = 1"])
    assert roster.digest != members_digest(config, sqlite)


def test_members_are_read_from_postgresql(config: Config, postgresql_url: str) -> None:
    """With or without the name of the driver; arrays are lists, dates no names."""
    verify(read_members(config, filled(postgresql_url, TABLE)))
    url = "postgresql://" + postgresql_url.partition("://")[2]
    query = (
        "SELECT mail AS email, ARRAY['fr', 'en'] AS language, ARRAY['a', 'b'] AS groups,"
        " CASE WHEN id < 9 THEN name END AS name FROM people WHERE mail LIKE '%@example.org'"
    )
    roster = read_members(config, url, query=query)

    assert [(m.languages, m.groups) for m in roster.recipients] == [(("fr", "en"), ("a", "b"))] * 2
    dated = "SELECT mail AS email, 'en' AS lang, now() AS name FROM people LIMIT 1"
    (refusal,) = read_members(config, url, query=dated).refusals
    assert "a date" in refusal.reason


@pytest.mark.parametrize(
    "query",
    ["DELETE FROM people", "INSERT INTO people (id) VALUES (9)", "DROP TABLE people"],
)
def test_nothing_is_written(config: Config, sqlite: str, postgresql_url: str, query: str) -> None:
    """Whatever a query says."""
    for url in (sqlite, filled(postgresql_url, TABLE)):
        with pytest.raises(DeliveryError):
            read_members(config, url, query=query)
        verify(read_members(config, url))


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("SELECT nobody FROM people", "nobody"),
        ("SELECT name FROM people", "e-mail"),
        ("SELEKT", "SELEKT"),
        (" ", "Nothing says"),
    ],
)
def test_a_query_that_fails_says_why(config: Config, sqlite: str, query: str, said: str) -> None:
    """With a remedy."""
    with pytest.raises(DeliveryError) as failed:
        read_members(config, sqlite, query=query)

    assert said in failed.value.message
    assert failed.value.remedy


def test_a_database_that_is_missing_is_not_made(config: Config, tmp_path: Path) -> None:
    """SQLite would make an empty one; a text file is none either."""
    with pytest.raises(DeliveryError, match="no such database"):
        read_members(config, f"sqlite:///{tmp_path / 'none.db'}")
    (tmp_path / "text.db").write_text("email\n" * 1000)
    with pytest.raises(DeliveryError, match="not a database"):
        read_members(config, f"sqlite:///{tmp_path / 'text.db'}")

    assert not (tmp_path / "none.db").exists()


@pytest.mark.parametrize(
    "url",
    [
        "postgresql+psycopg://anna:geheim@127.0.0.1:1/members",
        "postgresql+psycopg://anna:geheim@nowhere.invalid/members",
        "postgresql+psycopg://anna@127.0.0.1:1/members?password=geheim",
        "postgresql://anna:ge:heim@geheim@127.0.0.1:geheim/members",
        "oracle+unknown://anna:geheim@127.0.0.1/members",
        "db://anna:geheim@127.0.0.1/members",
        "sqlite://anna:geheim@host/members.db",
    ],
)
def test_no_password_is_shown(config: Config, url: str) -> None:
    """Neither in a message nor in its place nor in its remedy."""
    with pytest.raises(DeliveryError) as failed:
        read_members(config, url)

    error = failed.value
    assert "geheim" not in f"{error} {error.remedy} {error.location} {members_place(url)}"
    assert error.remedy
    assert error.__cause__ is None


def test_a_table_with_many_rows_is_streamed(config: Config, tmp_path: Path) -> None:
    """Progress is told, and ends with the number of all."""
    path = tmp_path / "many.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE people (id, mail, name, lang, groups)")
        rows = ((n, f"m{n}@example.org", "Anna", "en", "") for n in range(2_500))
        connection.executemany("INSERT INTO people VALUES (?, ?, ?, ?, ?)", rows)
    connection.close()
    told: list[int] = []
    roster = read_members(config, f"sqlite:///{path}", progress=told.append)

    assert (len(roster.recipients), told) == (2_500, [1_000, 2_000, 2_500])
