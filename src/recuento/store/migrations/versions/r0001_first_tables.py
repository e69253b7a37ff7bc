"""The first tables of a casefile, and the triggers that keep what people decided.

Revision ID: 0001
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer, "sqlite")
FROZEN = {
    "decisions": ("UPDATE", "DELETE"),
    "claim_versions": ("UPDATE", "DELETE"),
    "text_layers": ("UPDATE",),
}
"""Tables whose rows are only ever added, and the acts that are refused on them."""


def upgrade() -> None:
    """Make the tables, then freeze those that may only grow."""
    _make_documents()
    _make_readings()
    _make_claims()
    _make_decisions()
    _make_results()
    for table, acts in FROZEN.items():
        for act in acts:
            _refuse(table, act)


def _make_documents() -> None:
    _make(
        "documents",
        _text("sha256"),
        sa.Column("size_bytes", WHOLE, nullable=False),
        _text("media_type"),
        _text("name"),
        _text("description"),
        _text("unreadable", nullable=True),
        sa.PrimaryKeyConstraint("sha256", name="pk_documents"),
    )
    _make(
        "origins",
        sa.Column("id", WHOLE, nullable=False),
        _text("document"),
        _text("place"),
        _text("obtained_by"),
        _text("obtained_at"),
        sa.ForeignKeyConstraint(["document"], ["documents.sha256"], name="fk_origins_document"),
        sa.PrimaryKeyConstraint("id", name="pk_origins"),
        sa.UniqueConstraint("document", "place", "obtained_by", name="uq_origins_document"),
    )
    _make(
        "text_layers",
        sa.Column("id", WHOLE, nullable=False),
        _text("document"),
        _text("extractor"),
        _text("version"),
        _text("text"),
        _text("sha256"),
        sa.ForeignKeyConstraint(["document"], ["documents.sha256"], name="fk_text_layers_document"),
        sa.PrimaryKeyConstraint("id", name="pk_text_layers"),
        sa.UniqueConstraint("document", "extractor", "version", name="uq_text_layers_document"),
    )


def _make_readings() -> None:
    _make(
        "statements",
        _text("document"),
        sa.Column("position", sa.Integer, nullable=False),
        _text("id"),
        _text("layer"),
        _text("reader_version"),
        _text("parent", nullable=True),
        _text("speaker"),
        _text("mode"),
        _text("body"),
        sa.ForeignKeyConstraint(["document"], ["documents.sha256"], name="fk_statements_document"),
        sa.PrimaryKeyConstraint("document", "position", name="pk_statements"),
        sa.UniqueConstraint("document", "id", name="uq_statements_document"),
    )
    _make(
        "demands",
        _text("id"),
        _text("event"),
        sa.Column("position", sa.Integer, nullable=False),
        _text("body"),
        sa.PrimaryKeyConstraint("id", name="pk_demands"),
    )
    op.create_index("ix_demands_event", "demands", ["event"])


def _make_claims() -> None:
    _make(
        "claims",
        _text("id"),
        _text("event"),
        _text("measure"),
        _text("party"),
        _text("body"),
        sa.PrimaryKeyConstraint("id", name="pk_claims"),
    )
    op.create_index("ix_claims_event", "claims", ["event"])
    _make(
        "claim_versions",
        _text("claim"),
        sa.Column("number", sa.Integer, nullable=False),
        _text("body"),
        _text("changed_by"),
        _text("changed_at"),
        sa.ForeignKeyConstraint(["claim"], ["claims.id"], name="fk_claim_versions_claim"),
        sa.PrimaryKeyConstraint("claim", "number", name="pk_claim_versions"),
    )


def _make_decisions() -> None:
    _make(
        "decisions",
        sa.Column("id", WHOLE, nullable=False),
        _text("subject"),
        _text("act"),
        _text("decided_by"),
        _text("decided_at"),
        _text("details"),
        _text("why"),
        sa.PrimaryKeyConstraint("id", name="pk_decisions"),
    )
    op.create_index("ix_decisions_subject", "decisions", ["subject"])


def _make_results() -> None:
    _make(
        "runs",
        _text("step"),
        _text("subject"),
        _text("fingerprint"),
        _text("version"),
        _text("finished_at"),
        sa.PrimaryKeyConstraint("step", "subject", name="pk_runs"),
    )
    _make(
        "derived",
        _text("step"),
        _text("key"),
        _text("fingerprint"),
        _text("body"),
        sa.PrimaryKeyConstraint("step", "key", name="pk_derived"),
    )


def _make(name: str, *parts: Any) -> None:
    op.create_table(name, *parts, sqlite_strict=True)


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
