"""What came with a later text layer, how sure its words are, and what came attached to a document.

Revision ID: 0006
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the three tables; their rows never change, and those on layers go only with the layers."""
    op.create_table(
        "layer_moves",
        sa.Column("id", WHOLE, nullable=False, autoincrement=False),
        _text("document"),
        sa.Column("earlier", WHOLE, nullable=False),
        sa.Column("decided", WHOLE, nullable=False),
        _text("body"),
        sa.ForeignKeyConstraint(["id"], ["text_layers.id"], name="fk_layer_moves_id"),
        sa.ForeignKeyConstraint(["document"], ["documents.sha256"], name="fk_layer_moves_document"),
        sa.ForeignKeyConstraint(["earlier"], ["text_layers.id"], name="fk_layer_moves_earlier"),
        sa.PrimaryKeyConstraint("id", name="pk_layer_moves"),
        sqlite_strict=True,
    )
    op.create_index("ix_layer_moves_document", "layer_moves", ["document"])
    op.create_table(
        "layer_words",
        sa.Column("id", WHOLE, nullable=False, autoincrement=False),
        _text("body"),
        sa.ForeignKeyConstraint(["id"], ["text_layers.id"], name="fk_layer_words_id"),
        sa.PrimaryKeyConstraint("id", name="pk_layer_words"),
        sqlite_strict=True,
    )
    op.create_table(
        "attachments",
        sa.Column("id", WHOLE, nullable=False),
        _text("parent"),
        sa.Column("position", sa.Integer, nullable=False),
        _text("document", nullable=True),
        _text("body"),
        sa.ForeignKeyConstraint(["parent"], ["documents.sha256"], name="fk_attachments_parent"),
        sa.ForeignKeyConstraint(["document"], ["documents.sha256"], name="fk_attachments_document"),
        sa.PrimaryKeyConstraint("id", name="pk_attachments"),
        sa.UniqueConstraint("parent", "position", name="uq_attachments_parent"),
        sqlite_strict=True,
    )
    op.create_index("ix_attachments_document", "attachments", ["document"])
    for table, act in (
        ("layer_moves", "UPDATE"),
        ("layer_words", "UPDATE"),
        ("attachments", "UPDATE"),
        ("attachments", "DELETE"),
    ):
        _refuse(table, act)


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=nullable)


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
