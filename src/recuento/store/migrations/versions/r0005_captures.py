"""Captures from the web and from archives, and the list of addresses still to be captured.

Revision ID: 0005
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the two tables; captures are only ever added."""
    op.create_table(
        "captures",
        _text("id"),
        _text("url"),
        _text("outcome"),
        _text("captured_at"),
        _text("document", nullable=True),
        _text("warc", nullable=True),
        _text("body"),
        sa.ForeignKeyConstraint(["document"], ["documents.sha256"], name="fk_captures_document"),
        sa.ForeignKeyConstraint(["warc"], ["documents.sha256"], name="fk_captures_warc"),
        sa.PrimaryKeyConstraint("id", name="pk_captures"),
        sqlite_strict=True,
    )
    op.create_index("ix_captures_url", "captures", ["url"])
    op.create_index("ix_captures_document", "captures", ["document"])
    op.create_table(
        "capture_jobs",
        sa.Column("id", WHOLE, nullable=False),
        _text("batch"),
        _text("url"),
        _text("source"),
        _text("asked_by"),
        _text("asked_at"),
        _text("state"),
        _text("holder", nullable=True),
        _text("held_until", nullable=True),
        sa.Column("fence", sa.Integer, nullable=False),
        _text("not_before", nullable=True),
        _text("capture", nullable=True),
        _text("body", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_capture_jobs"),
        sqlite_strict=True,
    )
    op.create_index("ix_capture_jobs_batch", "capture_jobs", ["batch"])
    for act in ("UPDATE", "DELETE"):
        _refuse("captures", act)


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
