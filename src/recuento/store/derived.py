"""Queries on results that machines derived: kept by step and key, deleted and rebuilt at will."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select

from recuento.store import tables


@dataclass(frozen=True, slots=True)
class Result:
    """The JSON body of a result, and the fingerprint of the inputs it was made from."""

    fingerprint: str
    body: str


def keep(connection: Connection, step: str, key: str, result: Result) -> None:
    """Keep a result in the place of the one there."""
    table = tables.derived
    connection.execute(delete(table).where(table.c.step == step, table.c.key == key))
    connection.execute(insert(table).values(step=step, key=key, fingerprint=result.fingerprint, body=result.body))


def find(connection: Connection, step: str, key: str) -> Result | None:
    """The result of that step and key, or None."""
    table = tables.derived
    row = connection.execute(
        select(table.c.fingerprint, table.c.body).where(table.c.step == step, table.c.key == key)
    ).first()
    return None if row is None else Result(row.fingerprint, row.body)


def all(connection: Connection, step: str) -> dict[str, Result]:
    """Every result of a step, by key."""
    table = tables.derived
    rows = connection.execute(select(table).where(table.c.step == step).order_by(table.c.key))
    return {row.key: Result(row.fingerprint, row.body) for row in rows}


def of_key(connection: Connection, key: str) -> dict[str, Result]:
    """Every result of that key, by step."""
    table = tables.derived
    rows = connection.execute(select(table).where(table.c.key == key).order_by(table.c.step))
    return {row.step: Result(row.fingerprint, row.body) for row in rows}


def delete_derived(connection: Connection, *, layers: bool = False) -> None:
    """Delete everything that machines derived and all runs; documents, claims and decisions stay.

    Text layers stay too unless `layers`: anchors in decisions and claims point into them.
    """
    for table in (tables.statements, tables.statement_outlines, tables.demands, tables.derived, tables.runs):
        connection.execute(delete(table))
    for table in (tables.layer_moves, tables.layer_words, tables.text_layers) if layers else ():
        connection.execute(delete(table))
