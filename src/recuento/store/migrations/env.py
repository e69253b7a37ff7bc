"""What Alembic runs: bring the connection it was handed up to date, inside the caller's transaction."""

from __future__ import annotations

from alembic import context

from recuento.store import tables

if context.is_offline_mode():
    context.configure(dialect_name=context.config.attributes["dialect"], target_metadata=tables.metadata)
else:
    context.configure(connection=context.config.attributes["connection"], target_metadata=tables.metadata)
with context.begin_transaction():
    context.run_migrations()
