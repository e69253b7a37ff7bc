"""The custody log and its acts. In a casefile that holds something, its first entry commits to all that is there.

Revision ID: 0003
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer, "sqlite")
PUBLIC = {
    "documents": ("sha256",),
    "origins": ("id",),
    "text_layers": ("id",),
    "claim_versions": ("claim", "number"),
    "decisions": ("id",),
}
SEALED = {"people_lists": ("id",), "entry_versions": ("entry", "number")}
FROZEN = {
    "custody_log": ("UPDATE", "DELETE"),
    "custody_acts": ("UPDATE", "DELETE"),
    "custody_openings": ("UPDATE",),
}
"""An opening may be deleted, where what it opens must be forgotten; `recuento verify` says which are gone."""


def upgrade() -> None:
    """Make the tables, start the log with what is there, then freeze them."""
    op.create_table(
        "custody_acts",
        sa.Column("id", WHOLE, nullable=False),
        _text("act"),
        _text("done_by"),
        _text("done_at"),
        _text("details"),
        sa.PrimaryKeyConstraint("id", name="pk_custody_acts"),
        sqlite_strict=True,
    )
    _make_log("custody_log", _text("body"), _text("leaf"))
    _make_log("custody_openings", _text("opening"))
    if not op.get_context().as_sql:  # Where the migration is only written down there are no rows to look at.
        _start("public", [*_rows(PUBLIC), *_statements()])
        _start("sealed", list(_rows(SEALED)))
    for table, acts in FROZEN.items():
        for act in acts:
            _refuse(table, act)


def _make_log(name: str, *columns: sa.Column[str]) -> None:
    op.create_table(
        name,
        _text("tree"),
        sa.Column("number", WHOLE, nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("tree", "number", name=f"pk_{name}"),
        sqlite_strict=True,
    )


def _start(tree: str, rows: list[list[Any]]) -> None:
    """Commit to these rows with entry 0. A casefile that holds nothing starts with its first act instead."""
    if not rows:
        return
    opening = _canonical({"rows": rows, "salt": secrets.token_hex(32)})
    body = _canonical({"act": "started", "commitment": hashlib.sha256(opening.encode()).hexdigest()})
    leaf = hashlib.sha256(b"\0" + body.encode()).hexdigest()
    connection = op.get_bind()
    connection.execute(
        sa.text("INSERT INTO custody_log (tree, number, body, leaf) VALUES (:tree, 0, :body, :leaf)"),
        {"tree": tree, "body": body, "leaf": leaf},
    )
    connection.execute(
        sa.text("INSERT INTO custody_openings (tree, number, opening) VALUES (:tree, 0, :opening)"),
        {"tree": tree, "opening": opening},
    )


def _rows(known_by: Mapping[str, tuple[str, ...]]) -> Iterator[list[Any]]:
    for table, columns in known_by.items():
        for row in _all(table, ", ".join(columns)):
            yield [table, [row[column] for column in columns], _hash(row)]


def _statements() -> Iterator[list[Any]]:
    by_document: dict[str, list[dict[str, Any]]] = {}
    for row in _all("statements", "document, position"):
        by_document.setdefault(row["document"], []).append(row)
    for document, rows in by_document.items():
        yield ["statements", [document], _hash(rows)]


def _all(table: str, order: str) -> Iterator[dict[str, Any]]:
    for row in op.get_bind().execute(sa.text(f"SELECT * FROM {table} ORDER BY {order}")):
        yield dict(row._mapping)


def _hash(values: Any) -> str:
    return hashlib.sha256(_canonical(values).encode("utf-8", "surrogatepass")).hexdigest()


def _canonical(plain: Any) -> str:
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


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
