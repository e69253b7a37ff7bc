"""Keepers of names, sealed sources, confidential documents, the acts on them; answers on pairs of entries apart.

Revision ID: 0004
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer, "sqlite")
FROZEN = ("pair_answers", "sealed_acts", "sealed_erasures")
"""Keys and parts may be deleted: that is how what a source told is forgotten. Acts and erasures stay."""


def upgrade() -> None:
    """Make the tables and freeze the acts."""
    _make("keepers", _text("id"), _text("public_key"), _text("added_by"), _text("month"), _flag("removed"), key="id")
    _make(
        "sealed_sources",
        _text("id"),
        _text("party"),
        _text("called_es"),
        _text("called_en"),
        _text("public_key"),
        _text("month"),
        key="id",
    )
    _make("sealed_keys", _text("source"), _text("keeper"), _text("envelope"), key="source keeper")
    _make(
        "sealed_parts",
        _text("id"),
        _text("source"),
        _text("envelope"),
        sa.Column("file", sa.Text, nullable=True),
        _text("added_by"),
        _text("month"),
        key="id",
    )
    op.create_index("ix_sealed_parts_source", "sealed_parts", ["source"])
    _make("confidential", _text("document"), _flag("marked"), _text("marked_by"), _text("month"), key="document")
    _make("sealed_acts", _number("id"), _text("act"), _text("done_by"), _text("done_at"), _text("details"), key="id")
    _make("sealed_erasures", _number("number"), _text("why"), key="number")
    _make("sealed_locks", _text("file"), _text("counts"), key="file")
    _make(
        "pair_answers",
        _number("id"),
        _text("subject"),
        _text("act"),
        _text("decided_by"),
        _text("decided_at"),
        _text("details"),
        _text("why"),
        key="id",
    )
    for table in FROZEN:
        for act in ("UPDATE", "DELETE"):
            _refuse(table, act)


def _make(name: str, *columns: sa.Column[Any], key: str) -> None:
    op.create_table(name, *columns, sa.PrimaryKeyConstraint(*key.split(), name=f"pk_{name}"), sqlite_strict=True)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)


def _flag(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, WHOLE, nullable=False)


def _refuse(table: str, act: str) -> None:
    trigger = f"{table}_refuse_{act.lower()}"
    message = f"rows of {table} are only ever added"
    if op.get_context().dialect.name == "sqlite":
        op.execute(f"CREATE TRIGGER {trigger} BEFORE {act} ON {table} BEGIN SELECT RAISE(ABORT, '{message}'); END")
        return
    op.execute(
        f"CREATE FUNCTION {trigger}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{message}'; END $$"
    )
    op.execute(f"CREATE TRIGGER {trigger} BEFORE {act} ON {table} FOR EACH ROW EXECUTE FUNCTION {trigger}()")
