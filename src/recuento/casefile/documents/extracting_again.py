"""Make the texts of documents again that an older extractor made, or that could not be read when they came.

The new text is a layer beside the old one, which stays as it is. Each document is one transaction: whoever is killed
in the middle finds the old layer whole, and goes on with the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection

from recuento import __version__
from recuento.casefile.casefile import Casefile
from recuento.casefile.documents.laying import lay_beside
from recuento.casefile.documents.preparing import EXTRACT, TOLD
from recuento.casefile.documents.preserving import Progress
from recuento.errors import RecuentoError
from recuento.model.document import Description, Document, TextLayer
from recuento.model.moving import Move
from recuento.preserve.extract import Extraction
from recuento.preserve.scans import read_document
from recuento.preserve.versions import fingerprint, is_current, own_number
from recuento.store import documents, layers, runs, vault
from recuento.store.document_names import TELLING
from recuento.values.bilingual import Bilingual

Reads = Callable[[bytes, str], Extraction]
"""What makes a text of bytes and a name."""


class Again(StrEnum):
    """What came of making a text again."""

    NEW_LAYER = "new_layer"
    SAME = "same"
    """The text is what it was: no layer was added."""
    NOW_READ = "now_read"
    """It had no text, and has one now."""
    STILL_UNREADABLE = "still_unreadable"
    KEPT = "kept"
    """It could not be made again; `reason` says why. What was there stays."""


@dataclass(frozen=True, slots=True)
class ExtractedAgain:
    """One document and what came of it. `move` tells what was carried over to its new layer and what was not."""

    document: Document
    outcome: Again
    move: Move | None = None
    reason: Bilingual | None = None


def out_of_date(casefile: Casefile) -> tuple[Document, ...]:
    """The documents whose text an extractor of another version made, and those without text not tried with these."""
    with casefile.database.reading() as connection:
        tried = runs.all_finished(connection, EXTRACT)
        versions = layers.current_versions(connection)
        found = documents.all(connection)
    return tuple(
        document
        for document in found
        if tried.get(document.sha256) != fingerprint() and _is_old(document, versions.get(document.sha256))
    )


def extract_again(
    casefile: Casefile,
    *,
    at: datetime,
    wanted: Iterable[Document] | None = None,
    read: Reads = read_document,
    progress: Progress | None = None,
) -> tuple[ExtractedAgain, ...]:
    """Make the texts of these documents again, of those out of date where none are named; gives what came of each."""
    todo = out_of_date(casefile) if wanted is None else tuple(wanted)
    done = []
    for number, document in enumerate(todo):
        if progress:
            progress(number, len(todo), document.name)
        done.append(_again(casefile, document, read, at))
    if progress and todo:
        progress(len(todo), len(todo), "")
    return tuple(done)


def _is_old(document: Document, made_by: tuple[str, str] | None) -> bool:
    if made_by is None:
        return document.unreadable is not None
    return not is_current(*made_by)


def _again(casefile: Casefile, document: Document, read: Reads, at: datetime) -> ExtractedAgain:
    try:
        # Locked away, lost or altered: then it stays as it is, and is tried again the next time.
        data = casefile.originals.read(document.sha256)
    except RecuentoError as error:
        return ExtractedAgain(document, Again.KEPT, reason=Bilingual(es=error.es, en=error.en))
    found = read(data, document.name)
    try:
        with casefile.database.writing() as connection:
            done = _taken(connection, document, found, at)
            runs.finish(connection, EXTRACT, document.sha256, fingerprint(), __version__, at)
    except RecuentoError as error:
        return ExtractedAgain(document, Again.KEPT, reason=Bilingual(es=error.es, en=error.en))
    return done


def _taken(connection: Connection, document: Document, found: Extraction, at: datetime) -> ExtractedAgain:
    layer = found.layer(document.sha256)
    earlier = layers.current(connection, document.sha256)
    if layer is None:
        if earlier is None and found.unreadable != document.unreadable:
            documents.mark(connection, document.sha256, found.media_type, found.unreadable)
        outcome = Again.STILL_UNREADABLE if earlier is None else Again.KEPT
        return ExtractedAgain(document, outcome, reason=found.unreadable)
    if earlier is not None and _is_same(earlier, layer):
        return ExtractedAgain(document, Again.SAME)
    had = {one.sha256 for one in layers.of(connection, document.sha256)}
    move = lay_beside(connection, layer, at)
    if found.sureness and layer.sha256 not in had:
        layers.add_sureness(connection, layer, found.sureness)
    if earlier is None:
        documents.mark(connection, document.sha256, found.media_type, None)
    _complete(connection, document, found.description)
    outcome = Again.NOW_READ if earlier is None else Again.SAME if move is None else Again.NEW_LAYER
    return ExtractedAgain(document, outcome, move)


def _is_same(earlier: TextLayer, layer: TextLayer) -> bool:
    """Whether a layer would only say again what is there: that another version of a library gives the same text."""
    return (earlier.extractor, own_number(earlier.version), earlier.sha256) == (
        layer.extractor,
        own_number(layer.version),
        layer.sha256,
    )


def _complete(connection: Connection, document: Document, found: Description) -> None:
    """Take in what is told only now; what was told before stays as it is."""
    known = document.description
    closed = TELLING if document.sha256 in vault.confidential(connection) else ()
    fresh = {
        name: value
        for name in TOLD
        if name not in closed and getattr(known, name) is None and (value := getattr(found, name)) is not None
    }
    if fresh:
        documents.describe(
            connection, document.sha256, replace(known, **fresh, extracted=known.extracted | frozenset(fresh))
        )
