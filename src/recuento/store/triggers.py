"""Let rows be changed or deleted in tables that refuse it, in one transaction: what they held is sealed instead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, text


@contextmanager
def unfrozen(connection: Connection, frozen: Iterable[tuple[str, str]]) -> Iterator[None]:
    """Within this, tables take the acts that they refuse; `frozen` has the table and "update" or "delete"."""
    wanted = list(frozen)
    postgres = connection.dialect.name == "postgresql"
    made = {}
    for table, act in wanted:
        name = f"{table}_refuse_{act}"
        if postgres:
            connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER {name}"))
            continue
        made[name] = connection.scalar(
            text("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = :name"), {"name": name}
        )
        connection.execute(text(f"DROP TRIGGER {name}"))
    yield
    for table, act in wanted:
        name = f"{table}_refuse_{act}"
        connection.execute(text(f"ALTER TABLE {table} ENABLE TRIGGER {name}" if postgres else made[name]))
