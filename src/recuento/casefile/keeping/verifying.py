"""Check that every original is unchanged, every anchor stands on its words, and the custody log tells of all of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from recuento.casefile.casefile import Casefile
from recuento.casefile.custody.custody import (
    CHECKPOINTS,
    check_tree,
    checkpoint_faults,
    checkpoints_in,
    row_faults,
)
from recuento.casefile.custody.edition_records import check_editions
from recuento.casefile.custody.opentimestamps import ProofCheck, check_proofs
from recuento.casefile.custody.timestamps import StampCheck, check_stamps, pending
from recuento.casefile.documents.preserving import Progress
from recuento.casefile.keeping.unfinished import strays
from recuento.casefile.people.lists import originals_of_lists
from recuento.casefile.reading.reading import read_documents
from recuento.casefile.review.correcting import statements_standing
from recuento.casefile.review.orphans import WHAT_TO_DO, orphans
from recuento.casefile.review.reviewing import reviews
from recuento.casefile.sealing.document_names import names_in_clear
from recuento.casefile.sealing.locking import is_locked, lock_faults, locked_originals
from recuento.casefile.sealing.vault import vault_faults
from recuento.errors import Fault, RecuentoError
from recuento.model.dossier import PublishedDocument
from recuento.model.statement_key import statement_key
from recuento.store import claims as stored_claims
from recuento.store import integrity, layer_moves, layers, log, people, statement_outlines
from recuento.store.layer_moves import is_orphan


@dataclass(frozen=True, slots=True)
class Verification:
    """What was checked, and every fault with its place. No fault: all stands."""

    originals: int
    layers: int
    anchors: int
    decisions: int
    faults: tuple[Fault, ...]
    log: int = 0
    """Entries of the custody log, both trees."""
    checkpoints: int = 0
    stamps: tuple[StampCheck, ...] = ()
    editions: int = 0
    """Published editions that are kept, each file of which was held against the log."""
    pending: int = 0
    """Time stamps that were asked for and have not come."""
    proofs: tuple[ProofCheck, ...] = ()
    """Proofs of OpenTimestamps, pending or anchored."""
    locked: int = 0
    """Originals that are locked away, which nobody can check without a key."""
    unfinished: tuple[Fault, ...] = ()
    """Originals that no row names, and editions that never came out: an interrupted run left them, and nobody was told
    that they are kept. Editions of which the log does not tell the hash, confidential documents whose name is in clear.
    """


def verify(casefile: Casefile, *, progress: Progress | None = None, kept: Iterable[Path] = ()) -> Verification:
    """Re-hash every original and text layer, hold every anchor against its text, and the custody log against it all.

    `kept` are checkpoints that others kept. Nothing is changed.
    """
    log_faults, found = _custody(casefile, kept)
    try:
        return _documents(casefile, progress, log_faults, found)
    except (RecuentoError, ValueError, TypeError, KeyError, AttributeError, SQLAlchemyError) as error:
        if not log_faults:
            raise
        # Rows that were altered may be no nouns any more. The log has told which; what builds on them is not checked.
        shown = Fault("documents", f"cannot be read as they are: {error}", f"no se pueden leer como están: {error}")
        return replace(found, faults=(*log_faults, shown))


def custody_faults(casefile: Casefile) -> tuple[Fault, ...]:
    """What is wrong with the tables, the custody log, its checkpoints and their time stamps, the originals apart."""
    return _custody(casefile, ())[0]


def _documents(
    casefile: Casefile, progress: Progress | None, log_faults: tuple[Fault, ...], custody: Verification
) -> Verification:
    found = read_documents(casefile)
    faults = list(log_faults)
    anchors = 0
    away = locked_originals(casefile)
    for number, read in enumerate(found):
        if progress:
            progress(number, len(found), read.document.name)
        if read.document.sha256 not in away:
            faults += _original_faults(casefile, read)
        faults += _layer_faults(read)
        anchors += sum(len(statement.anchors()) for statement in read.statements)
    faults += _outline_faults(casefile, found)
    faults += _list_faults(casefile)
    faults += vault_faults(casefile)
    faults += lock_faults(casefile)
    decided, lost = _decisions(casefile, found)
    faults += lost
    faults += _orphan_faults(casefile)
    faults += _move_faults(casefile)
    faults += _claim_faults(casefile, found)
    editions = check_editions(casefile)
    faults += editions.faults
    return replace(
        custody,
        originals=sum(read.document.sha256 not in away for read in found),
        locked=sum(read.document.sha256 in away for read in found),
        layers=sum(read.layer is not None for read in found),
        anchors=anchors,
        decisions=decided,
        editions=editions.kept,
        faults=tuple(faults),
        unfinished=(*strays(casefile), *editions.notes, *names_in_clear(casefile)),
    )


def _custody(casefile: Casefile, kept: Iterable[Path]) -> tuple[tuple[Fault, ...], Verification]:
    """The faults of the database, its log, its checkpoints and their time stamps; and how many there are of each."""
    folder = casefile.folder / CHECKPOINTS
    with casefile.database.reading() as connection:
        faults = list(_database_faults(connection))
        checks = [check_tree(connection, tree) for tree in log.TREES]
        faults += [fault for check in checks for fault in check.faults]
        faults += row_faults(connection, checks)
    faults += checkpoint_faults(folder, {check.tree: check.merkle for check in checks}, kept)
    stamps = check_stamps(folder)
    faults += [fault for stamp in stamps for fault in stamp.faults]
    proofs = check_proofs(folder)
    faults += [fault for proof in proofs for fault in proof.faults]
    counted = Verification(
        0,
        0,
        0,
        0,
        (),
        log=sum(check.entries for check in checks),
        checkpoints=len(checkpoints_in(folder)),
        stamps=tuple(stamps),
        pending=len(pending(folder)),
        proofs=tuple(proofs),
    )
    return tuple(faults), counted


def _database_faults(connection: Connection) -> Iterator[Fault]:
    """What the database itself finds wrong: pages, indexes, keys."""
    for said in integrity.damage(connection):
        yield Fault("casefile.sqlite3", f"is damaged: {said}", f"está dañado: {said}")
    for table in integrity.loose_rows(connection):
        yield Fault("casefile.sqlite3", f"a row of {table} points nowhere", f"una fila de {table} no apunta a nada")


def _list_faults(casefile: Casefile) -> Iterator[Fault]:
    """The files of the lists of names, which lie apart: each still what it was, and none missing.

    While the casefile is locked they are in the lock's file; what an interrupted lock left of them `lock_faults` tells.
    """
    if is_locked(casefile):
        return
    originals = originals_of_lists(casefile)
    with casefile.database.reading() as connection:
        lists = people.lists(connection)
    there = set(originals.all())
    for sha256 in sorted(there):
        if not originals.is_whole(sha256):
            yield Fault(
                f"people/originals/{sha256[:12]}",
                "has been altered; restore it from a backup",
                "fue alterado; recupérelo de una copia de seguridad",
            )
    for names in lists:
        if names.sha256 not in there:
            yield Fault(f"list {names.id}", "its file is missing", "falta su archivo")


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


def _outline_faults(casefile: Casefile, found: Iterable[PublishedDocument]) -> Iterator[Fault]:
    every = {read.document.sha256: read.statements for read in found}
    with casefile.database.reading() as connection:
        wrong = statement_outlines.disagreeing(connection, every)
    for sha256 in wrong:
        yield Fault(
            f"document {sha256[:16]}",
            "the list of its statements by which the review goes is not that of its statements, so that some may be "
            "passed over: restore the last backup",
            "la lista de sus declaraciones por la que se guía la revisión no es la de sus declaraciones, y alguna "
            "podría quedar fuera: restaure la última copia de seguridad",
        )


def _decisions(casefile: Casefile, found: Iterable[PublishedDocument]) -> tuple[int, list[Fault]]:
    decided = reviews(casefile)
    keys = {statement_key(read.document, statement) for read in found for statement in read.statements}
    stand = {
        one.key
        for read in found
        for one in statements_standing(read.document, read.layer.text if read.layer else "", read.statements, decided)
        if one.reviewed or one.rejected
    }
    lost = (decided.confirmed | decided.rejected) - stand - (keys - decided.corrected.keys())
    subjects = sorted(subject for subject in lost if not is_orphan(subject))
    faults = [
        Fault(
            subject,
            "was decided, but the reader no longer finds it: review it again",
            "fue decidida, pero el lector ya no la encuentra: revísela de nuevo",
        )
        for subject in subjects
    ]
    return len(decided.decisions), faults


def _orphan_faults(casefile: Casefile) -> Iterator[Fault]:
    for orphan in orphans(casefile):
        words = " … ".join(" ".join(part.split()) for part in orphan.words)[:80]
        why = WHAT_TO_DO[orphan.kind]
        number = orphan.decision.id if orphan.decision else ""
        place = f"{orphan.document.name} ({orphan.document.sha256[:12]}) {number}"
        yield Fault(place, f"{words!r} {why.en} (recuento layers)", f"«{words}» {why.es} (recuento layers)")


def _move_faults(casefile: Casefile) -> Iterator[Fault]:
    """What was carried over to a later layer stands there, word for word."""
    with casefile.database.reading() as connection:
        for move in layer_moves.all(connection):
            later = layers.starting(connection, move.document, move.later)
            text = later.text if later is not None else ""
            if any(span.to is not None and not span.to.stands_on(text) for span in move.spans):
                place = f"{move.document[:12]} {move.later[:8]}"
                yield Fault(place, "words carried over are not there", "palabras que pasaron no están ahí")


def _claim_faults(casefile: Casefile, found: Iterable[PublishedDocument]) -> Iterator[Fault]:
    texts = {read.document.sha256: read.layer.text for read in found if read.layer}
    with casefile.database.reading() as connection:
        entered = stored_claims.all(connection)
    for claim in entered:
        for grounds in claim.grounds:
            if grounds.anchor and not grounds.anchor.stands_on(texts.get(grounds.document or "", "")):
                yield Fault(f"claim {claim.id}", "its words are not there", "sus palabras no están ahí")
