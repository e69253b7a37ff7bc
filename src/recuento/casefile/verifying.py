"""Check that every original is unchanged and every anchor still stands on its words."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from recuento.casefile.casefile import Casefile
from recuento.casefile.preserving import Progress
from recuento.casefile.reading import read_documents
from recuento.casefile.reviewing import reviews
from recuento.compare.demands import statement_key
from recuento.errors import Fault, RecuentoError
from recuento.model.dossier import PublishedDocument
from recuento.store import claims as stored_claims


@dataclass(frozen=True, slots=True)
class Verification:
    """What was checked, and every fault with its place. No fault: all stands."""

    originals: int
    layers: int
    anchors: int
    decisions: int
    faults: tuple[Fault, ...]


def verify(casefile: Casefile, *, progress: Progress | None = None) -> Verification:
    """Re-hash every original and text layer, and hold every anchor against its text; nothing is changed."""
    found = read_documents(casefile)
    faults: list[Fault] = []
    anchors = 0
    for number, read in enumerate(found):
        if progress:
            progress(number, len(found), read.document.name)
        faults += _original_faults(casefile, read)
        faults += _layer_faults(read)
        anchors += sum(len(statement.anchors()) for statement in read.statements)
    faults += _strangers(casefile, found)
    decided, orphans = _decisions(casefile, found)
    faults += orphans
    faults += _claim_faults(casefile, found)
    return Verification(len(found), sum(read.layer is not None for read in found), anchors, decided, tuple(faults))


def _place(read: PublishedDocument) -> str:
    return f"{read.document.name} ({read.document.sha256[:12]})"


def _original_faults(casefile: Casefile, read: PublishedDocument) -> Iterator[Fault]:
    try:
        data = casefile.originals.read(read.document.sha256)
    except RecuentoError as error:
        yield Fault(_place(read), error.en, error.es)
        return
    if len(data) != read.document.size_bytes:
        yield Fault(_place(read), "its size is not the one noted", "su tamaño no es el anotado")


def _layer_faults(read: PublishedDocument) -> Iterator[Fault]:
    layer = read.layer
    if layer is None:
        if read.statements:
            yield Fault(_place(read), "has statements and no text", "tiene declaraciones y no tiene texto")
        return
    if hashlib.sha256(layer.text.encode("utf-8", "surrogatepass")).hexdigest() != layer.sha256:
        yield Fault(_place(read), "its text layer was altered", "su capa de texto fue alterada")
    for statement in read.statements:
        for anchor in statement.anchors():
            if not anchor.stands_on(layer.text):
                yield Fault(
                    f"{_place(read)} {statement.id}",
                    f"the words {anchor.quote[:60]!r} do not stand at {anchor.start}-{anchor.end}",
                    f"las palabras {anchor.quote[:60]!r} no están en {anchor.start}-{anchor.end}",
                )


def _strangers(casefile: Casefile, found: Iterable[PublishedDocument]) -> Iterator[Fault]:
    """Rows without an object are faults already; objects without a row are left of an interrupted run."""
    known = {read.document.sha256 for read in found}
    for sha256 in casefile.originals.all():
        if sha256 not in known:
            yield Fault(
                f"originals/{sha256[:12]}",
                "is kept but is no document: preserve its file again",
                "está guardado pero no es un documento: vuelva a preservar su archivo",
            )


def _decisions(casefile: Casefile, found: Iterable[PublishedDocument]) -> tuple[int, list[Fault]]:
    decided = reviews(casefile)
    keys = {statement_key(read.document, statement) for read in found for statement in read.statements}
    orphans = sorted((decided.confirmed | decided.rejected) - keys)
    faults = [
        Fault(
            subject,
            "was decided, but the reader no longer finds it: review it again",
            "fue decidida, pero el lector ya no la encuentra: revísela de nuevo",
        )
        for subject in orphans
    ]
    return len(decided.decisions), faults


def _claim_faults(casefile: Casefile, found: Iterable[PublishedDocument]) -> Iterator[Fault]:
    texts = {read.document.sha256: read.layer.text for read in found if read.layer}
    with casefile.database.reading() as connection:
        entered = stored_claims.all(connection)
    for claim in entered:
        for grounds in claim.grounds:
            if grounds.anchor and not grounds.anchor.stands_on(texts.get(grounds.document or "", "")):
                yield Fault(f"claim {claim.id}", "its words are not there", "sus palabras no están ahí")
