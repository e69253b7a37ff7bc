"""Queries on text layers: frozen, one for each document, extractor and version of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from sqlalchemy import Connection, Row, bindparam, insert, select

from recuento.errors import InvalidValue
from recuento.model.document import Sureness, TextLayer
from recuento.store import log, tables

_CURRENT = (
    select(tables.text_layers)
    .where(tables.text_layers.c.document == bindparam("document"))
    .order_by(tables.text_layers.c.id.desc())
    .limit(1)
)


def add(connection: Connection, layer: TextLayer) -> bool:
    """Add a text layer, which becomes the current one of its document; return whether it is new.

    Raises InvalidValue where its SHA-256 is not that of its text, or where the same extractor version has made
    another text of the document: a layer never changes, a change needs a new version.
    """
    if hashlib.sha256(layer.text.encode("utf-8")).hexdigest() != layer.sha256:
        raise InvalidValue(
            f"the text layer of {layer.document} does not have the SHA-256 {layer.sha256}",
            f"la capa de texto de {layer.document} no tiene el SHA-256 {layer.sha256}",
        )
    known = _layer_of_version(connection, layer)
    if known is None:
        values = {
            "document": layer.document,
            "extractor": layer.extractor,
            "version": layer.version,
            "text": layer.text,
            "sha256": layer.sha256,
        }
        added = connection.execute(insert(tables.text_layers).values(**values))
        number = added.inserted_primary_key[0] if added.inserted_primary_key else 0
        log.append(connection, log.Act.EXTRACTED, [log.recorded("text_layers", {"id": number, **values})])
        return True
    if known != layer.sha256:
        raise InvalidValue(
            f"{layer.extractor} {layer.version} has already made another text of {layer.document}; "
            "an extractor that reads differently needs a new version",
            f"{layer.extractor} {layer.version} ya hizo otro texto de {layer.document}; "
            "un extractor que lee distinto necesita una versión nueva",
        )
    return False


def current(connection: Connection, sha256: str) -> TextLayer | None:
    """The layer of a document that was added last, or None where it has none."""
    row = connection.execute(_CURRENT, {"document": sha256}).first()
    return None if row is None else _layer(row)


def of(connection: Connection, sha256: str) -> list[TextLayer]:
    """Every layer of a document, the oldest first."""
    table = tables.text_layers
    return [
        _layer(row) for row in connection.execute(select(table).where(table.c.document == sha256).order_by(table.c.id))
    ]


def add_sureness(connection: Connection, layer: TextLayer, words: Sequence[Sureness]) -> None:
    """Keep how sure each word of a layer is, as part of the layer, which was added just before."""
    table = tables.text_layers
    number = connection.scalar(
        select(table.c.id).where(
            table.c.document == layer.document,
            table.c.extractor == layer.extractor,
            table.c.version == layer.version,
        )
    )
    body = json.dumps([[one.start, one.end, one.percent] for one in words], separators=(",", ":"))
    values = {"id": number, "body": body}
    connection.execute(insert(tables.layer_words).values(**values))
    log.append(connection, log.Act.EXTRACTED, [log.recorded("layer_words", values)])


def sureness(connection: Connection, layer: TextLayer) -> tuple[Sureness, ...]:
    """How sure each word of a layer is, in order; empty for a layer that was not read from pictures."""
    table, words = tables.text_layers, tables.layer_words
    query = (
        select(words.c.body)
        .join(table, table.c.id == words.c.id)
        .where(table.c.document == layer.document, table.c.sha256 == layer.sha256)
        .order_by(table.c.id.desc())
        .limit(1)
    )
    return sureness_of(connection.scalar(query))


def sureness_of(body: str | None) -> tuple[Sureness, ...]:
    """How sure each word is, as it is kept; None where nothing is."""
    return () if body is None else tuple(Sureness(*one) for one in json.loads(body))


def current_versions(connection: Connection) -> dict[str, tuple[str, str]]:
    """The extractor and its version that made the current layer of each document that has one."""
    table = tables.text_layers
    rows = connection.execute(select(table.c.document, table.c.extractor, table.c.version).order_by(table.c.id))
    return {row.document: (row.extractor, row.version) for row in rows}


def starting(connection: Connection, sha256: str, beginning: str) -> TextLayer | None:
    """The layer of a document whose SHA-256 begins so, the last of them; None where there is none."""
    table = tables.text_layers
    query = select(table).where(table.c.document == sha256, table.c.sha256.startswith(beginning, autoescape=True))
    row = connection.execute(query.order_by(table.c.id.desc()).limit(1)).first()
    return None if row is None else _layer(row)


def _layer_of_version(connection: Connection, layer: TextLayer) -> str | None:
    table = tables.text_layers
    return connection.scalar(
        select(table.c.sha256).where(
            table.c.document == layer.document,
            table.c.extractor == layer.extractor,
            table.c.version == layer.version,
        )
    )


def _layer(row: Row[tuple[object, ...]]) -> TextLayer:
    return TextLayer(
        document=row.document, extractor=row.extractor, version=row.version, text=row.text, sha256=row.sha256
    )
