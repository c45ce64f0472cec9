"""The PostgreSQL of the tests."""

import psycopg

from tests.servers.postgresql import PostgreSQL


def test_each_test_has_its_own_database(postgresql: PostgreSQL, postgresql_url: str) -> None:
    """What one test leaves behind, no other one sees."""
    other = postgresql.new_database()
    with psycopg.connect(postgresql_url.replace("+psycopg", "")) as connection:
        connection.execute("CREATE TABLE members (name text)")
    with psycopg.connect(other.replace("+psycopg", "")) as connection:
        found = connection.execute("SELECT to_regclass('members')").fetchone()

    assert other != postgresql_url
    assert found == (None,)
