"""Insertions that can say what happens when a row is there already."""

from typing import Any

from sqlalchemy import Connection, Table


def insert_into(connection: Connection, table: Table) -> Any:
    """Return an insertion of the database's own dialect, which knows ``ON CONFLICT``."""
    # Only here: a dialect takes a tenth of a second to import.
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects import postgresql

        return postgresql.insert(table)
    from sqlalchemy.dialects import sqlite

    return sqlite.insert(table)
