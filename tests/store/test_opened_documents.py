"""One query tells of a document what the queries for each part of it tell."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from recuento.model.document import Description, Document, Origin, Sureness, TextLayer
from recuento.store import documents, layers, opened_documents
from recuento.store.database import Database

AT = datetime(2031, 4, 2, 10, tzinfo=UTC)


def test_it_tells_what_its_parts_tell_one_by_one(database: Database) -> None:
    """The first origin of several, the last layer of several, the sureness of the words of that very text; and nothing
    of a document without a text, nor of one that is not there.
    """
    sha256, textless = "a" * 64, "b" * 64
    first = Origin("here", "ana", AT)
    with database.writing() as connection:
        for name in (sha256, textless):
            documents.add(connection, Document(name, 3, "text/plain", "x", first, Description(title=name[:3])))
            documents.add_origin(connection, name, Origin("another place", "ana", AT))
        for version, text in (("1", "mil"), ("2", "dos mil"), ("3", "mil")):
            layer = TextLayer(sha256, "ocr", version, text, hashlib.sha256(text.encode()).hexdigest())
            layers.add(connection, layer)
            if version != "3":
                layers.add_sureness(connection, layer, [Sureness(0, 3, 41 + len(text))])
            with_words = opened_documents.find(connection, sha256)
            assert with_words is not None
            assert with_words.document == documents.find(connection, sha256)
            assert with_words.document.origin == first
            assert with_words.layer == layer == layers.current(connection, sha256)
            assert with_words.sureness == layers.sureness(connection, layer) == (Sureness(0, 3, 41 + len(text)),)
        assert opened_documents.find(connection, textless) is None
        assert opened_documents.find(connection, "c" * 64) is None
