"""One query for what a page shows of a document: what is told of it, its current text, and how sure its words are."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, bindparam, func, select

from recuento.model.document import Document, Sureness, TextLayer
from recuento.store import tables
from recuento.store.documents import document_of, origin_of
from recuento.store.layers import sureness_of


class OpenedDocument(NamedTuple):
    """A document that has a text, with its first origin and the layer that was added last."""

    document: Document
    layer: TextLayer
    sureness: tuple[Sureness, ...]
    """How sure each word of the layer is; empty where it was not read from pictures."""


def find(connection: Connection, sha256: str) -> OpenedDocument | None:
    """The document of that SHA-256; None where there is none or it has no text."""
    row = connection.execute(_OPENED, {"sha256": sha256}).first()
    if row is None:
        return None
    layer = TextLayer(sha256, row.extractor, row.version, row.text, row.layer)
    return OpenedDocument(document_of(row, origin_of(row)), layer, sureness_of(row.words))


def _opened() -> Select[Any]:
    document, origin, layer, words = tables.documents, tables.origins, tables.text_layers, tables.layer_words
    origins, layers = origin.alias(), layer.alias()
    first = select(func.min(origins.c.id)).where(origins.c.document == document.c.sha256).scalar_subquery()
    last = select(func.max(layers.c.id)).where(layers.c.document == document.c.sha256).scalar_subquery()
    # Another extractor may have made the very same text: what the words were taken for holds for it too.
    same = layer.alias()
    sure = (
        select(words.c.body)
        .join(same, same.c.id == words.c.id)
        .where(same.c.document == layer.c.document, same.c.sha256 == layer.c.sha256)
        .order_by(same.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    told = (origin.c.place, origin.c.obtained_by, origin.c.obtained_at)
    made = (layer.c.extractor, layer.c.version, layer.c.text, layer.c.sha256.label("layer"))
    found = document.join(origin, origin.c.id == first).join(layer, layer.c.id == last)
    query = select(*document.c, *told, *made, sure.label("words")).select_from(found)
    return query.where(document.c.sha256 == bindparam("sha256"))


_OPENED = _opened()
