"""Queries on decisions in brief: for whoever must know of many what was decided, and need not read it all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, bindparam, case, false, func, or_, select

from recuento.model.decision import Act, Decision
from recuento.store import layer_moves, tables
from recuento.store.decisions import decision_of, on_statements
from recuento.store.encoding import decode

_TOLD = (Act.ADD, Act.UNDO)
"""Of these the details are told: what was added, and what is taken back."""


class Brief(NamedTuple):
    """A decision in brief. `details` are empty but for what is added and what takes back."""

    id: int
    subject: str
    act: Act
    details: tuple[tuple[str, str], ...] = ()


class News(NamedTuple):
    """What is new since a decision: the last reading and number of texts that came after another, as
    `statement_outlines.last_reading` tells them, and the decisions made since, the first first.
    """

    reading: tuple[int, int]
    made: list[Brief]


def news(connection: Connection, number: int) -> News:
    """What is new since the decision of that number; one question, for it is asked before everything else."""
    rows = connection.execute(_NEWS, {"number": number}).all()
    reading, moves = rows[0].reading, rows[0].moves
    made = [] if rows[0].id is None else since(connection, number) if moves else [_brief(*told) for _, _, *told in rows]
    return News((-1 if reading is None else reading, moves), made)


def brief_of(made: Decision) -> Brief:
    """A decision in brief."""
    return Brief(made.id, made.subject, made.act, made.details if made.act in _TOLD else ())


def on(connection: Connection, documents: Iterable[str]) -> list[Brief]:
    """The decisions on statements of these documents, the first first."""
    return _briefs(connection, or_(false(), *(on_statements(sha256, sha256) for sha256 in documents)))


def between(connection: Connection, first: str, last: str) -> list[Brief]:
    """The decisions on statements of the documents from the first SHA-256 to the last, the first decision first."""
    return _briefs(connection, on_statements(first, last))


def since(connection: Connection, number: int) -> list[Brief]:
    """The decisions after the one of that number, the first first."""
    return _briefs(connection, tables.decisions.c.id > number)


def of(connection: Connection, act: Act) -> list[Brief]:
    """The decisions of one act, the first first."""
    return _briefs(connection, tables.decisions.c.act == act.value)


def _briefs(connection: Connection, wanted: ColumnElement[bool]) -> list[Brief]:
    table = tables.decisions
    if layer_moves.count(connection):
        rows = connection.execute(select(table).where(wanted).order_by(table.c.id))
        made = layer_moves.carried(connection, [decision_of(row) for row in rows])
        return list(map(brief_of, made))
    query = select(table.c.id, table.c.subject, table.c.act, _DETAILS).where(wanted).order_by(table.c.id)
    return [_brief(*row) for row in connection.execute(query)]


def _brief(id: int, subject: str, act: str, details: str | None) -> Brief:
    return Brief(id, subject, Act(act), decode(tuple[tuple[str, str], ...], details) if details else ())


# A correction holds two whole statements, which nobody needs here.
_DETAILS = case((tables.decisions.c.act.in_([act.value for act in _TOLD]), tables.decisions.c.details), else_=None)
_STATE = select(
    select(func.max(tables.statement_outlines.c.reading)).scalar_subquery().label("reading"),
    select(func.count()).select_from(tables.layer_moves).scalar_subquery().label("moves"),
).subquery()
_NEWS = (
    select(*_STATE.c, tables.decisions.c.id, tables.decisions.c.subject, tables.decisions.c.act, _DETAILS)
    .select_from(_STATE.outerjoin(tables.decisions, tables.decisions.c.id > bindparam("number")))
    .order_by(tables.decisions.c.id)
)
