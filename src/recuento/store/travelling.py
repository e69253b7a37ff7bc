"""Copy the tables of a casefile without what is sealed, and number what a travelling one added since."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, MetaData, Table, func, insert, select

from recuento.store import tables

SEALED = frozenset(
    {
        "people_lists", "entries", "entry_versions", "pair_answers", "keepers", "sealed_sources", "sealed_keys",
        "sealed_parts", "sealed_acts", "sealed_erasures", "sealed_locks", "confidential",
    }
)  # fmt: skip
"""Tables that stay at home. Keepers and sources go along all the same, but without keys and as new rows."""
_LOG = ("custody_log", "custody_openings")
_MIGRATIONS = "alembic_version"
_AT_ONCE = 1_000


def copy_public(source: Connection, target: Connection) -> dict[str, int]:
    """Add the rows of every table that is not sealed to the empty tables of `target`; gives how many of each."""
    copied: dict[str, int] = {}
    for table in _public(target):
        query = select(table).order_by(*table.primary_key)
        if table.name in _LOG:
            query = query.where(table.c.tree == "public")
        copied[table.name] = 0
        for rows in source.execute(query.execution_options(yield_per=_AT_ONCE)).mappings().partitions():
            target.execute(insert(table), [dict(row) for row in rows])
            copied[table.name] += len(rows)
    return copied


def counts(connection: Connection) -> dict[str, int]:
    """How many rows every table has that is not sealed, the public log counted alone."""
    found = {}
    for table in _public(connection):
        query = select(func.count()).select_from(table)
        if table.name in _LOG:
            query = query.where(table.c.tree == "public")
        found[table.name] = connection.scalar(query) or 0
    return found


def last_decision(connection: Connection) -> int:
    """The number of the last decision, 0 where there is none."""
    return connection.scalar(select(func.max(tables.decisions.c.id))) or 0


def _public(connection: Connection) -> Iterator[Table]:
    metadata = MetaData()
    metadata.reflect(connection)
    yield from (one for one in metadata.sorted_tables if one.name not in SEALED and one.name != _MIGRATIONS)
