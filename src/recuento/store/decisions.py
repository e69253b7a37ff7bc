"""Queries on decisions: appended and read. The database itself refuses to change or delete one.

What is read stands on the current text layers (`layer_moves`); the rows stay as they were written.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    Table,
    Text,
    bindparam,
    cast,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
)

from recuento.model.decision import Act, Decision
from recuento.store import layer_moves, log, tables
from recuento.store.encoding import decode, encode, instant
from recuento.store.locks import refuse_where_locked

PAIR = "pair:"
"""How the subject of a decision on two entries of lists begins."""
STATEMENT = "statement:"
"""How the subject of a decision on a statement begins."""
_ADD = insert(tables.decisions)
_DETAILS = tuple[tuple[str, str], ...]


def append(
    connection: Connection,
    subject: str,
    act: Act,
    by: str,
    at: datetime,
    details: Sequence[tuple[str, str]] = (),
    why: str = "",
) -> Decision:
    """Append a decision, with its entry in the custody log, and return it with its number.

    It stands once the transaction is committed. Raises Locked for a pair of entries while the lists are locked.
    """
    table = _table_of(subject)
    values = {
        "subject": subject,
        "act": act.value,
        "decided_by": by,
        "decided_at": instant(at),
        "details": encode(tuple(details), _DETAILS),
        "why": why,
    }
    if table is tables.pair_answers:
        refuse_where_locked(connection)
        number = max((decision.id for decision in on_pairs(connection)), default=0) + 1
        connection.execute(insert(table).values(id=number, **values))
    else:
        added = connection.execute(_ADD, values)
        number = added.inserted_primary_key[0] if added.inserted_primary_key else 0
    log.append(
        connection, log.Act.DECIDED, [log.recorded(table.name, {"id": number, **values})], log.TREE_OF[table.name]
    )
    return Decision(id=number, subject=subject, act=act, by=by, at=at.astimezone(UTC), details=tuple(details), why=why)


def on_pairs(connection: Connection) -> list[Decision]:
    """Every decision on pairs of entries, the first first; those made before they had a table of their own too."""
    old, new = tables.decisions, tables.pair_answers
    rows = [
        *connection.execute(select(old).where(old.c.subject.startswith(PAIR)).order_by(old.c.id)),
        *connection.execute(select(new).order_by(new.c.id)),
    ]
    return [decision_of(row) for row in rows]


def all(connection: Connection) -> list[Decision]:
    """Every decision but those on pairs of entries, the first first."""
    query = select(tables.decisions).order_by(tables.decisions.c.id)
    return layer_moves.carried(connection, [decision_of(row) for row in connection.execute(query)])


def as_written(connection: Connection) -> list[Decision]:
    """Every decision but those on pairs of entries as it was written, in the places of the texts of that time."""
    return [decision_of(row) for row in connection.execute(select(tables.decisions).order_by(tables.decisions.c.id))]


def since(connection: Connection, number: int) -> list[Decision]:
    """Every decision after the one of that number, the first first."""
    table = tables.decisions
    query = select(table).where(table.c.id > number).order_by(table.c.id)
    return layer_moves.carried(connection, [decision_of(row) for row in connection.execute(query)])


def in_document(connection: Connection, sha256: str) -> list[Decision]:
    """Every decision on a statement of a document, the first first."""
    first, behind = _subjects(sha256, sha256)
    moved, made = _found(connection, _BETWEEN, first=first, behind=behind)
    return layer_moves.carried_in(connection, sha256, made) if moved else made


def on_statements(first: str, last: str) -> ColumnElement[bool]:
    """That a decision is on a statement of a document from the first SHA-256 to the last; an index tells."""
    subject = tables.decisions.c.subject
    low, behind = _subjects(first, last)
    return (subject >= low) & (subject < behind)


def numbered(connection: Connection, number: int) -> Decision | None:
    """The decision of that number; None where there is none."""
    moved, made = _found(connection, _NUMBERED, number=number)
    return next(iter(layer_moves.carried(connection, made) if moved else made), None)


def is_taken_back(connection: Connection, number: int) -> bool:
    """Whether the decision of that number was taken back."""
    table = tables.decisions
    named = encode((("decision", str(number)),), _DETAILS)
    query = select(table.c.id).where(table.c.id > number, table.c.act == Act.UNDO.value, table.c.details == named)
    return connection.execute(query.limit(1)).first() is not None


def last_standing(connection: Connection, by: str, acts: Sequence[Act]) -> Decision | None:
    """The last decision on a statement by that person, of one of these acts, that was not taken back.

    Of what stayed with an earlier text layer none counts: it is taken back where it is told of.
    """
    table, taking = tables.decisions, tables.decisions.alias()
    named = literal('[["decision","').concat(cast(table.c.id, Text)).concat('"]]')
    taken_back = exists().where(taking.c.id > table.c.id, taking.c.act == Act.UNDO.value, taking.c.details == named)
    query = select(table).where(
        table.c.decided_by == by,
        table.c.act.in_([act.value for act in acts]),
        table.c.subject.startswith(STATEMENT),
        ~taken_back,
    )
    before = query.order_by(table.c.id.desc())
    while (row := connection.execute(before.limit(1)).first()) is not None:
        (found,) = layer_moves.carried(connection, [decision_of(row)])
        if not layer_moves.is_orphan(found.subject):
            return found
        before = query.where(table.c.id < found.id).order_by(table.c.id.desc())
    return None


def latest(connection: Connection, kinds: Sequence[str], before: int | None, most: int) -> list[Decision]:
    """The last decisions on subjects of these kinds ("statement", "claim" ...), the last first, before that number."""
    table = tables.decisions
    query = select(table).where(or_(*(table.c.subject.startswith(f"{kind}:", autoescape=True) for kind in kinds)))
    if before is not None:
        query = query.where(table.c.id < before)
    rows = connection.execute(query.order_by(table.c.id.desc()).limit(most))
    return layer_moves.carried(connection, [decision_of(row) for row in rows])


def made_since(connection: Connection, kinds: Sequence[str], moment: str) -> int:
    """How many decisions on subjects of these kinds were made after that moment (ISO text in UTC)."""
    table = tables.decisions
    kept = or_(*(table.c.subject.startswith(f"{kind}:", autoescape=True) for kind in kinds))
    query = select(func.count()).select_from(table).where(kept, table.c.decided_at > moment)
    return connection.scalar(query) or 0


def last_made(connection: Connection) -> datetime | None:
    """When the last decision was made, those on pairs of entries apart; None without any."""
    at = connection.scalar(select(func.max(tables.decisions.c.decided_at)))
    return None if at is None else datetime.fromisoformat(at)


def last_number(connection: Connection) -> int:
    """The number of the last decision, 0 without any; those on pairs of entries are not counted."""
    return connection.scalar(select(func.max(tables.decisions.c.id))) or 0


def on(connection: Connection, subject: str) -> list[Decision]:
    """Every decision about one subject, the first first; those too that were carried to it from an earlier layer."""
    if _table_of(subject) is tables.pair_answers:
        table = tables.pair_answers
        rows = connection.execute(select(table).where(table.c.subject == subject).order_by(table.c.id))
        return [decision_of(row) for row in rows]
    moved, made = _found(connection, _ON, subject=subject)
    if not moved:
        return made
    near = in_document(connection, subject.split(":")[1]) if subject.startswith(STATEMENT) else all(connection)
    return [one for one in near if one.subject == subject]


def tally(connection: Connection, by: str, acts: Sequence[Act]) -> dict[Act, int]:
    """How often somebody decided each of these acts."""
    table = tables.decisions
    wanted = table.c.act.in_([act.value for act in acts])
    query = select(table.c.act, func.count()).where(wanted, table.c.decided_by == by).group_by(table.c.act)
    return {Act(act): number for act, number in connection.execute(query)}


def _beside_moves(wanted: ColumnElement[bool]) -> Select[Any]:
    """Whether any layer came after another, and the decisions wanted: one row without a decision where there is none.

    Together, for a page that asks of each decision whether it was carried would ask everything twice.
    """
    table = tables.decisions
    moved = select(exists(select(tables.layer_moves.c.id)).label("moved")).subquery()
    return select(moved.c.moved, *table.c).select_from(moved.outerjoin(table, wanted)).order_by(table.c.id)


# Made once: to put a query together takes three times as long as to have it answered.
_NUMBERED = _beside_moves(tables.decisions.c.id == bindparam("number"))
_ON = _beside_moves(tables.decisions.c.subject == bindparam("subject"))
_BETWEEN = _beside_moves(
    (tables.decisions.c.subject >= bindparam("first")) & (tables.decisions.c.subject < bindparam("behind"))
)


def _found(connection: Connection, query: Select[Any], **bound: Any) -> tuple[bool, list[Decision]]:
    rows = connection.execute(query, bound).all()
    return bool(rows[0].moved), [decision_of(row) for row in rows if row.id is not None]


def _subjects(first: str, last: str) -> tuple[str, str]:
    """The first subject that a decision on a statement of these documents can have, and one behind them all."""
    # The sign behind a colon comes next: whatever begins with the last document still lies before it.
    return f"{STATEMENT}{first[:16]}:", f"{STATEMENT}{last[:16]};"


def _table_of(subject: str) -> Table:
    """What is decided on pairs names entries of lists by their ids, so it lies apart, in the sealed tree."""
    return tables.pair_answers if subject.startswith(PAIR) else tables.decisions


def decision_of(row: Row[tuple[object, ...]]) -> Decision:
    """The decision of a row, as it was written."""
    details: tuple[tuple[str, str], ...] = decode(_DETAILS, row.details)
    return Decision(
        id=row.id,
        subject=row.subject,
        act=Act(row.act),
        by=row.decided_by,
        at=datetime.fromisoformat(row.decided_at),
        details=details,
        why=row.why,
    )
