"""The tables of a casefile. Migrations make them; the modules of this room query them.

Only types that SQLite's STRICT tables and PostgreSQL share: text, whole numbers. Times are ISO text in UTC, bodies
are the canonical JSON of `encoding`.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, MetaData, Table, Text, UniqueConstraint

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)
Whole = BigInteger().with_variant(Integer, "sqlite")


def _table(name: str, *parts: Any) -> Table:
    return Table(name, metadata, *parts, sqlite_strict=True)


def _text(name: str, **options: Any) -> Column[str]:
    return Column(name, Text, **{"nullable": False, **options})


def _document(**options: Any) -> Column[str]:
    return Column("document", Text, ForeignKey("documents.sha256"), **{"nullable": False, **options})


documents = _table(
    "documents",
    _text("sha256", primary_key=True),
    Column("size_bytes", Whole, nullable=False),
    _text("media_type"),
    _text("name"),
    _text("description"),
    _text("unreadable", nullable=True),
)
origins = _table(
    "origins",
    Column("id", Whole, primary_key=True),
    _document(),
    _text("place"),
    _text("obtained_by"),
    _text("obtained_at"),
    UniqueConstraint("document", "place", "obtained_by"),
)
text_layers = _table(
    "text_layers",
    Column("id", Whole, primary_key=True),
    _document(),
    _text("extractor"),
    _text("version"),
    _text("text"),
    _text("sha256"),
    UniqueConstraint("document", "extractor", "version"),
)
layer_moves = _table(
    "layer_moves",
    Column("id", Whole, ForeignKey("text_layers.id"), primary_key=True, autoincrement=False),
    _document(),
    Column("earlier", Whole, ForeignKey("text_layers.id"), nullable=False),
    Column("decided", Whole, nullable=False),
    _text("body"),
    Index("ix_layer_moves_document", "document"),
)
layer_words = _table(
    "layer_words",
    Column("id", Whole, ForeignKey("text_layers.id"), primary_key=True, autoincrement=False),
    _text("body"),
)
attachments = _table(
    "attachments",
    Column("id", Whole, primary_key=True),
    Column("parent", Text, ForeignKey("documents.sha256"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("document", Text, ForeignKey("documents.sha256"), nullable=True),
    _text("body"),
    UniqueConstraint("parent", "position"),
    Index("ix_attachments_document", "document"),
)
captures = _table(
    "captures",
    _text("id", primary_key=True),
    _text("url"),
    _text("outcome"),
    _text("captured_at"),
    _document(nullable=True),
    Column("warc", Text, ForeignKey("documents.sha256"), nullable=True),
    _text("body"),
    Index("ix_captures_url", "url"),
    Index("ix_captures_document", "document"),
)
capture_jobs = _table(
    "capture_jobs",
    Column("id", Whole, primary_key=True),
    _text("batch"),
    _text("url"),
    _text("source"),
    _text("asked_by"),
    _text("asked_at"),
    _text("state"),
    _text("holder", nullable=True),
    _text("held_until", nullable=True),
    Column("fence", Integer, nullable=False),
    _text("not_before", nullable=True),
    _text("capture", nullable=True),
    _text("body", nullable=True),
    Index("ix_capture_jobs_batch", "batch"),
)
statements = _table(
    "statements",
    _document(primary_key=True),
    Column("position", Integer, primary_key=True),
    _text("id"),
    _text("layer"),
    _text("reader_version"),
    _text("parent", nullable=True),
    _text("speaker"),
    _text("mode"),
    _text("body"),
    UniqueConstraint("document", "id"),
)
statement_outlines = _table(
    "statement_outlines",
    _document(primary_key=True),
    Column("reading", Whole, nullable=False),
    _text("hardness"),
    Column("statements", Integer, nullable=False),
    _text("places"),
    Index("ix_statement_outlines_reading", "reading"),
)
claims = _table(
    "claims",
    _text("id", primary_key=True),
    _text("event"),
    _text("measure"),
    _text("party"),
    _text("body"),
    Index("ix_claims_event", "event"),
)
claim_versions = _table(
    "claim_versions",
    Column("claim", Text, ForeignKey("claims.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    _text("body"),
    _text("changed_by"),
    _text("changed_at"),
)
demands = _table(
    "demands",
    _text("id", primary_key=True),
    _text("event"),
    Column("position", Integer, nullable=False),
    _text("body"),
    Index("ix_demands_event", "event"),
)
decisions = _table(
    "decisions",
    Column("id", Whole, primary_key=True),
    _text("subject"),
    _text("act"),
    _text("decided_by"),
    _text("decided_at"),
    _text("details"),
    _text("why"),
    Index("ix_decisions_subject", "subject"),
    Index("ix_decisions_decided_by", "decided_by"),
)
runs = _table(
    "runs",
    _text("step", primary_key=True),
    _text("subject", primary_key=True),
    _text("fingerprint"),
    _text("version"),
    _text("finished_at"),
)
derived = _table(
    "derived",
    _text("step", primary_key=True),
    _text("key", primary_key=True),
    _text("fingerprint"),
    _text("body"),
)
people_lists = _table("people_lists", _text("id", primary_key=True), _text("body"))
entries = _table(
    "entries",
    _text("id", primary_key=True),
    Column("list", Text, ForeignKey("people_lists.id"), nullable=False),
    Column("position", Integer, nullable=False),
    _text("body"),
    Index("ix_entries_list", "list"),
)
entry_versions = _table(
    "entry_versions",
    _text("entry", primary_key=True),
    Column("number", Integer, primary_key=True),
    _text("body"),
    _text("changed_by"),
    _text("changed_at"),
)
pair_answers = _table(
    "pair_answers",
    Column("id", Whole, primary_key=True),
    _text("subject"),
    _text("act"),
    _text("decided_by"),
    _text("decided_at"),
    _text("details"),
    _text("why"),
)
custody_acts = _table(
    "custody_acts",
    Column("id", Whole, primary_key=True),
    _text("act"),
    _text("done_by"),
    _text("done_at"),
    _text("details"),
)
custody_log = _table(
    "custody_log",
    _text("tree", primary_key=True),
    Column("number", Whole, primary_key=True),
    _text("body"),
    _text("leaf"),
)
custody_openings = _table(
    "custody_openings",
    _text("tree", primary_key=True),
    Column("number", Whole, primary_key=True),
    _text("opening"),
)
keepers = _table(
    "keepers",
    _text("id", primary_key=True),
    _text("public_key"),
    _text("added_by"),
    _text("month"),
    Column("removed", Integer, nullable=False),
)
sealed_sources = _table(
    "sealed_sources",
    _text("id", primary_key=True),
    _text("party"),
    _text("called_es"),
    _text("called_en"),
    _text("public_key"),
    _text("month"),
)
sealed_keys = _table(
    "sealed_keys",
    _text("source", primary_key=True),
    _text("keeper", primary_key=True),
    _text("envelope"),
)
sealed_parts = _table(
    "sealed_parts",
    _text("id", primary_key=True),
    _text("source"),
    _text("envelope"),
    _text("file", nullable=True),
    _text("added_by"),
    _text("month"),
    Index("ix_sealed_parts_source", "source"),
)
confidential = _table(
    "confidential",
    _text("document", primary_key=True),
    Column("marked", Integer, nullable=False),
    _text("marked_by"),
    _text("month"),
)
sealed_acts = _table(
    "sealed_acts",
    Column("id", Whole, primary_key=True),
    _text("act"),
    _text("done_by"),
    _text("done_at"),
    _text("details"),
)
sealed_erasures = _table(
    "sealed_erasures",
    Column("number", Whole, primary_key=True),
    _text("why"),
)
sealed_locks = _table(
    "sealed_locks",
    _text("file", primary_key=True),
    _text("counts"),
)
