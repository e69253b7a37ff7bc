"""Queries on demands: derived from statements and decisions, so replaced as a whole for each event."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select

from recuento.model.demand import Demand
from recuento.store import tables
from recuento.store.encoding import decode, encode


def replace(connection: Connection, event: str, found: Sequence[Demand]) -> None:
    """Put `found`, in this order, in the place of every demand of the event."""
    connection.execute(delete(tables.demands).where(tables.demands.c.event == event))
    rows = [
        {"id": demand.id, "event": event, "position": position, "body": encode(demand)}
        for position, demand in enumerate(found)
    ]
    if rows:
        connection.execute(insert(tables.demands), rows)


def of(connection: Connection, event: str) -> list[Demand]:
    """The demands of an event, in the order they were given."""
    table = tables.demands
    query = select(table.c.body).where(table.c.event == event).order_by(table.c.position)
    return [decode(Demand, body) for body in connection.scalars(query)]


def all(connection: Connection) -> dict[str, list[Demand]]:
    """The demands of every event that has some."""
    table = tables.demands
    found: dict[str, list[Demand]] = {}
    for event, body in connection.execute(
        select(table.c.event, table.c.body).order_by(table.c.event, table.c.position)
    ):
        found.setdefault(event, []).append(decode(Demand, body))
    return found
