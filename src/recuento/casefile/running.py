"""The main job: do what is out of date, step by step, each of which can be interrupted and goes on where it was."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from recuento import __version__
from recuento.casefile.casefile import SETTINGS, Casefile
from recuento.casefile.documents.extracting_again import Again, extract_again
from recuento.casefile.documents.preserving import Outcome, Progress, preserve
from recuento.casefile.documents.unpacking import unpack_what_is_not
from recuento.casefile.events.gathering import documents_of, gather
from recuento.casefile.publishing.edition_date import edition_of
from recuento.casefile.publishing.publishing import publish
from recuento.casefile.reading.reading import read_what_changed
from recuento.casefile.sealing.document_metadata import seal_metadata
from recuento.casefile.sealing.document_names import seal_names
from recuento.casefile.sealing.vault import holds_sealed_values
from recuento.publish.freezing import SUMS
from recuento.store import claims as stored_claims
from recuento.store import decisions, demands, derived, documents, people, runs, statements
from recuento.store.encoding import encode
from recuento.values.bilingual import Bilingual

INBOX = "inbox"
"""A folder in the casefile whose files `recuento run` preserves; they stay where they are."""
DOSSIER = "dossier"


@dataclass(frozen=True, slots=True)
class StepDone:
    """What a step did, in a few words; `fresh` is false where there was nothing to do."""

    step: str
    fresh: bool
    words: Bilingual


Watch = Callable[[str], Progress | None]
"""Gives the progress to report on for a step, by its name."""


def run(
    casefile: Casefile, *, by: str, at: datetime, edition: date | None = None, watch: Watch | None = None
) -> tuple[StepDone, ...]:
    """Preserve, read, compare, link, estimate and publish, each only where its inputs changed.

    `edition` is the date the dossier bears; without it that of recuento.toml, else the day of the last change.
    """
    progress = watch or (lambda step: None)
    return (
        _preserve(casefile, by, at, progress("preserve")),
        _read(casefile, at, progress("read")),
        _compare(casefile, at, edition_of(casefile, edition)),
        *_link(casefile, at),
        *_estimate(casefile, progress("estimate")),
        _publish(casefile, by, at, edition_of(casefile, edition)),
    )


def _preserve(casefile: Casefile, by: str, at: datetime, progress: Progress | None) -> StepDone:
    inbox = casefile.folder / INBOX
    done = preserve(casefile, [inbox], by=by, at=at, progress=progress) if inbox.is_dir() else ()
    added = sum(one.outcome in (Outcome.ADDED, Outcome.UNREADABLE) for one in done)
    unpack_what_is_not(casefile, at=at)
    # What waits for keepers is told by `recuento preserve`; here it is done as soon as there are some.
    seal_metadata(casefile, by=by, at=at)
    seal_names(casefile, by=by, at=at)
    again = extract_again(casefile, at=at, progress=progress)
    layers = sum(one.outcome in (Again.NEW_LAYER, Again.NOW_READ) for one in again)
    with casefile.database.reading() as connection:
        total = len(documents.all(connection))
    words = Bilingual(
        es=f"{total} documentos, {added} nuevos" + (f", {layers} con texto nuevo" if layers else ""),
        en=f"{total} documents, {added} new" + (f", {layers} with a new text" if layers else ""),
    )
    return StepDone("preserve", added + layers > 0, words)


def _read(casefile: Casefile, at: datetime, progress: Progress | None) -> StepDone:
    fresh, total = read_what_changed(casefile, at=at, progress=progress)
    return StepDone(
        "read", fresh > 0, Bilingual(es=f"{fresh} de {total} textos leídos", en=f"{fresh} of {total} texts read")
    )


def _compare(casefile: Casefile, at: datetime, on: date) -> StepDone:
    """Keep the demands of every event; the tables themselves are made when they are asked for."""
    fingerprint = _fingerprint(casefile, str(on))
    with casefile.database.reading() as connection:
        known = runs.finished(connection, "compare", "all") == fingerprint
    read = documents_of(casefile)
    found = [gather(casefile, event, on, documents=read) for event in casefile.settings.cast.events]
    if not known:
        with casefile.database.writing() as connection:
            for one in found:
                demands.replace(connection, one.event.id, one.demands)
            runs.finish(connection, "compare", "all", fingerprint, __version__, at)
    claims, asked = sum(len(one.claims) for one in found), sum(len(one.demands) for one in found)
    words = Bilingual(es=f"{claims} afirmaciones, {asked} exigencias", en=f"{claims} claims, {asked} demands")
    return StepDone("compare", not known, words)


def _link(casefile: Casefile, at: datetime) -> tuple[StepDone, ...]:
    """The lists of names into persons; no step at all where there is no list."""
    with casefile.database.reading() as connection:
        if not people.lists(connection):
            return ()
    from recuento.casefile.people.linking import link_what_changed

    done = link_what_changed(casefile, at=at)
    words = Bilingual(
        es=f"{done.entries} registros, {done.persons} personas", en=f"{done.entries} entries, {done.persons} persons"
    )
    return (StepDone("link", done.fresh, words),)


def _estimate(casefile: Casefile, progress: Progress | None) -> tuple[StepDone, ...]:
    """The estimates of recuento.toml; no step at all where it asks for none."""
    if not casefile.settings.estimates:
        return ()
    from recuento.casefile.people.uncounted import estimate_what_changed

    made, total = estimate_what_changed(casefile, progress=progress)
    words = Bilingual(es=f"{made} de {total} estimaciones hechas", en=f"{made} of {total} estimates made")
    return (StepDone("estimate", made > 0, words),)


def _publish(casefile: Casefile, by: str, at: datetime, edition: date) -> StepDone:
    folder = casefile.folder / DOSSIER
    fingerprint = _fingerprint(casefile, str(edition))
    with casefile.database.reading() as connection:
        known = runs.finished(connection, "publish", DOSSIER) == fingerprint
    if known and (folder / SUMS).is_file():
        return StepDone("publish", False, Bilingual(es="el dosier está al día", en="the dossier is up to date"))
    if holds_sealed_values(casefile):
        return StepDone("publish", False, _NOT_SEARCHED)
    done = publish(casefile, folder, edition, by=by, at=at)
    with casefile.database.writing() as connection:
        runs.finish(connection, "publish", DOSSIER, fingerprint, __version__, at)
    words = Bilingual(
        es=f"{done.files} archivos, {len(done.changed)} cambiados",
        en=f"{done.files} files, {len(done.changed)} changed",
    )
    return StepDone("publish", True, words)


_NOT_SEARCHED = Bilingual(
    es="sin publicar: hay datos sellados que nadie ha buscado; recuento publish --keeper ARCHIVO",
    en="not published: there are sealed values that nobody looked for; recuento publish --keeper FILE",
)


def _fingerprint(casefile: Casefile, *more: str) -> str:
    """One hash of everything that the comparison and the dossier are made of."""
    digest = hashlib.sha256()
    with casefile.database.reading() as connection:
        parts = [
            __version__,
            (casefile.folder / SETTINGS).read_text(encoding="utf-8"),
            *(encode(document) for document in documents.all(connection)),
            *(encode(claim) for claim in stored_claims.all(connection)),
            *(encode(decision) for decision in decisions.all(connection)),
            *(encode(s) for _, found in sorted(statements.all(connection).items()) for s in found),
            *(kept.fingerprint for _, kept in sorted(derived.all(connection, "estimate").items())),
            *more,
        ]
    for part in parts:
        digest.update(part.encode("utf-8", "surrogatepass") + b"\0")
    return digest.hexdigest()


def default_dossier(casefile: Casefile) -> Path:
    """Where `recuento run` writes the dossier."""
    return casefile.folder / DOSSIER
