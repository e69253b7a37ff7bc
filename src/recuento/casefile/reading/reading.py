"""Read the text layers into statements; only what is out of date is read again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from recuento import __version__
from recuento.casefile.casefile import Casefile
from recuento.casefile.documents.preserving import Progress
from recuento.casefile.reading.other_readings import kept_readings
from recuento.model.casting import Facility
from recuento.model.document import Document, TextLayer
from recuento.model.dossier import PublishedDocument
from recuento.model.measure import Measure, Vocabulary
from recuento.model.statement import Statement
from recuento.read import read
from recuento.store import documents, layers, runs, statements
from recuento.store.encoding import encode

STEP = "read"


def read_what_changed(casefile: Casefile, *, at: datetime, progress: Progress | None = None) -> tuple[int, int]:
    """Read every layer whose text, date, vocabulary or reader changed; gives how many were read, and how many are.

    What other readers of recuento.toml have read before is kept. Each document is one transaction.
    """
    settings = casefile.settings
    words = _fingerprint_of(settings.vocabulary, settings.cast.facilities)
    with casefile.database.reading() as connection:
        others = kept_readings(connection, settings.readers)
        found = [(document, layers.current(connection, document.sha256)) for document in documents.all(connection)]
        finished = {document.sha256: runs.finished(connection, STEP, document.sha256) for document, _ in found}
    todo = []
    for document, layer in found:
        if layer is not None:
            fingerprint = _fingerprint(document, layer, words + others.fingerprint(layer))
            if finished[document.sha256] != fingerprint:
                todo.append((document, layer, fingerprint))
    for number, (document, layer, fingerprint) in enumerate(todo):
        if progress:
            progress(number, len(todo), document.name)
        own = statements_in(document, layer, settings.vocabulary, settings.cast.facilities)
        with casefile.database.writing() as connection:
            statements.replace(connection, document.sha256, layer.sha256, reader_version(), others.added(own, layer))
            runs.finish(connection, STEP, document.sha256, fingerprint, reader_version(), at)
    if progress and todo:
        progress(len(todo), len(todo), "")
    return len(todo), sum(layer is not None for _, layer in found)


def statements_in(
    document: Document, layer: TextLayer, vocabulary: Vocabulary, facilities: Sequence[Facility]
) -> list[Statement]:
    """The statements of one text layer, read against the date of its document and the places of the casefile."""
    return read(layer.text, published=document.description.published, vocabulary=vocabulary, facilities=facilities)


def read_documents(casefile: Casefile) -> tuple[PublishedDocument, ...]:
    """Every document with its layer and statements, as they stand in the store."""
    with casefile.database.reading() as connection:
        read_already = statements.all(connection)
        return tuple(
            PublishedDocument(
                document=document,
                layer=layers.current(connection, document.sha256),
                statements=tuple(read_already.get(document.sha256, ())),
            )
            for document in documents.all(connection)
        )


@cache
def reader_version() -> str:
    """The version of the reader: that of the package and a hash of the reader's own files, so that no change of a
    rule is forgotten.
    """
    digest = hashlib.sha256()
    for file in sorted(_files_below(files("recuento.read")), key=lambda file: str(file)):
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return f"{__version__}+{digest.hexdigest()[:8]}"


def _files_below(folder: Traversable) -> Iterator[Traversable]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _files_below(entry)
        elif entry.name.endswith((".py", ".toml", ".txt", ".json")):
            yield entry


def _fingerprint(document: Document, layer: TextLayer, vocabulary: str) -> str:
    parts = (layer.sha256, str(document.description.published), reader_version(), vocabulary)
    return hashlib.sha256("|".join(parts).encode()).hexdigest()


def _fingerprint_of(vocabulary: Vocabulary, facilities: Sequence[Facility]) -> str:
    told = encode(vocabulary.measures, tuple[Measure, ...]) + encode(tuple(facilities), tuple[Facility, ...])
    return hashlib.sha256(told.encode()).hexdigest()
