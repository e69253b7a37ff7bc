"""Lists of names and their entries, with a history of every entry that may only grow.

Revision ID: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and freeze the history."""
    op.create_table(
        "people_lists",
        _text("id"),
        _text("body"),
        sa.PrimaryKeyConstraint("id", name="pk_people_lists"),
        sqlite_strict=True,
    )
    op.create_table(
        "entries",
        _text("id"),
        _text("list"),
        sa.Column("position", sa.Integer, nullable=False),
        _text("body"),
        sa.ForeignKeyConstraint(["list"], ["people_lists.id"], name="fk_entries_list"),
        sa.PrimaryKeyConstraint("id", name="pk_entries"),
        sqlite_strict=True,
    )
    op.create_index("ix_entries_list", "entries", ["list"])
    op.create_table(
        "entry_versions",
        _text("entry"),
        sa.Column("number", sa.Integer, nullable=False),
        _text("body"),
        _text("changed_by"),
        _text("changed_at"),
        sa.PrimaryKeyConstraint("entry", "number", name="pk_entry_versions"),
        sqlite_strict=True,
    )
    for act in ("UPDATE", "DELETE"):
        _refuse("entry_versions", act)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)


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
