"""The outline of each document's statements, made here of those that are there; and decisions by whoever made them.

Revision ID: 0007
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer, "sqlite")
VAGUE = frozenset(["vague", "approx", "nearly", "upto", "unknown"])


def upgrade() -> None:
    """Make the table, fill it, and let the last decision of a person be found at once."""
    op.create_table(
        "statement_outlines",
        _text("document"),
        sa.Column("reading", WHOLE, nullable=False),
        _text("hardness"),
        sa.Column("statements", sa.Integer, nullable=False),
        _text("places"),
        sa.ForeignKeyConstraint(["document"], ["documents.sha256"], name="fk_statement_outlines_document"),
        sa.PrimaryKeyConstraint("document", name="pk_statement_outlines"),
        sqlite_strict=True,
    )
    op.create_index("ix_statement_outlines_reading", "statement_outlines", ["reading"])
    op.create_index("ix_decisions_decided_by", "decisions", ["decided_by"])
    if not op.get_context().as_sql:  # Where the migration is only written down there are no rows to look at.
        _fill(op.get_bind())


def _fill(connection: sa.Connection) -> None:
    documents = (
        connection.execute(sa.text("SELECT DISTINCT document FROM statements ORDER BY document")).scalars().all()
    )
    # One document at a time: a driver may hold all that a query finds in memory.
    of_one = sa.text("SELECT id, parent, body FROM statements WHERE document = :document ORDER BY position")
    put = sa.text(
        "INSERT INTO statement_outlines (document, reading, hardness, statements, places) "
        "VALUES (:document, 0, :hardness, :statements, :places)"
    )
    for document in documents:
        rows = connection.execute(of_one, {"document": document}).all()
        found = [(row.id, row.parent, json.loads(row.body)) for row in rows]
        places = _places(found)
        values = {
            "document": document,
            "hardness": repr(sum(_hardness(body) for _, _, body in found) / len(found)),
            "statements": len(places),
            "places": json.dumps(places, separators=(",", ":")),
        }
        connection.execute(put, values)


def _hardness(body: Mapping[str, Any]) -> float:
    figures = body["figures"]
    unmeasured = any(figure["measure"] is None for figure in figures)
    vague = any(figure["quantity"]["comparison"] in VAGUE for figure in figures)
    marks: float = 0.4 * body["speaker"]["inferred"] + 0.3 * unmeasured + 0.3 * vague
    how_hard: float = 1 - body["confidence"] + marks
    return how_hard


def _places(found: Sequence[tuple[str, str | None, Mapping[str, Any]]]) -> list[tuple[str, str | None]]:
    spans = {id: ",".join(f"{one['start']}-{one['end']}" for one in body["content"]) for id, _, body in found}
    ordered = sorted(found, key=lambda one: (one[2]["content"][0]["start"], -one[2]["content"][-1]["end"]))
    places: dict[str, tuple[str, str | None]] = {}
    for id, parent, _ in ordered:
        places.setdefault(spans[id], (spans[id], spans.get(parent or "")))
    return list(places.values())


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)
