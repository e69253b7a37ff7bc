"""Bring files into a casefile: bytes first, then the text layer, then the row that makes them a document."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from recuento.casefile.casefile import Casefile
from recuento.casefile.documents.importing_archives import ArchiveImport, import_archive, is_archive
from recuento.casefile.documents.manifest import MANIFEST, Entry, read_manifest
from recuento.casefile.documents.preparing import TOLD, add_prepared, prepare
from recuento.casefile.documents.unpacking import unpack_document
from recuento.errors import Fault, FaultsFound
from recuento.model.attachment import Attachment
from recuento.model.document import Description, Origin
from recuento.preserve.budget import one_budget
from recuento.store import documents
from recuento.store.document_names import TELLING
from recuento.values.bilingual import Bilingual

Progress = Callable[[int, int, str], None]
"""Called with how many are done, how many there are, and the name of the one at hand."""


class Outcome(StrEnum):
    """What became of a file."""

    ADDED = "added"
    KNOWN = "known"
    """The same bytes are there already; the new origin is noted."""
    UNREADABLE = "unreadable"
    """Kept, but without a text layer: `reason` says why."""
    MISSING = "missing"
    """The file could not be opened."""
    ARCHIVE = "archive"
    """A web archive, kept whole, whose pages became documents."""


@dataclass(frozen=True, slots=True)
class Preserved:
    """One file and what became of it."""

    path: Path
    outcome: Outcome
    sha256: str | None = None
    reason: Bilingual | None = None
    archive: ArchiveImport | None = None
    inside: tuple[Attachment, ...] = ()
    """What came inside it, where that was taken out now."""
    is_put_off: bool = False
    """The time did not suffice for all of it: the next run takes up the rest."""


def preserve(
    casefile: Casefile,
    paths: Iterable[Path],
    *,
    by: str,
    at: datetime,
    progress: Progress | None = None,
) -> tuple[Preserved, ...]:
    """Keep these files and the files in these folders; a file that cannot be read is kept and reported.

    A documents.csv in a folder, or beside it, describes its files and is not preserved itself. Each document is
    one transaction, so that an interrupted run keeps what it has reported. Raises FaultsFound for a path that is
    not there and for a manifest with faults, before anything is kept.
    """
    files, entries = _files_and_entries([path.resolve() for path in paths])
    done = []
    for number, path in enumerate(files):
        if progress:
            progress(number, len(files), path.name)
        done.append(_preserve_file(casefile, path, entries.get(path), by=by, at=at))
    if progress and files:
        progress(len(files), len(files), "")
    return tuple(done)


def _files_and_entries(paths: Iterable[Path]) -> tuple[list[Path], dict[Path, Entry]]:
    missing = [path for path in paths if not path.exists()]
    if missing:
        faults = [Fault(str(path), "is not there", "no existe") for path in missing]
        raise FaultsFound("preserve", faults)
    files: dict[Path, None] = {}
    entries: dict[Path, Entry] = {}
    for path in paths:
        folder = path if path.is_dir() else path.parent
        for manifest in (folder.parent / MANIFEST, folder / MANIFEST):
            if manifest.is_file():
                entries.update(read_manifest(manifest))
        found = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
        files.update((p, None) for p in found if p.name != MANIFEST and not p.name.startswith("."))
    return list(files), entries


def _preserve_file(casefile: Casefile, path: Path, entry: Entry | None, *, by: str, at: datetime) -> Preserved:
    if is_archive(path):
        return _import(casefile, path, entry, by=by, at=at)
    try:
        data = path.read_bytes()
    except OSError as error:
        return Preserved(path, Outcome.MISSING, reason=Bilingual.same(str(error)))
    where = (entry.description.url if entry else None) or str(path)
    origin = Origin(
        where=where, by=(entry.obtained_by if entry else None) or by, at=(entry.obtained_at if entry else None) or at
    )
    return preserve_bytes(casefile, data, path, origin, entry.description if entry else Description())


def _import(casefile: Casefile, path: Path, entry: Entry | None, *, by: str, at: datetime) -> Preserved:
    told = (entry.description.url if entry else None) or str(path)
    obtained = (entry.obtained_by if entry else None) or by, (entry.obtained_at if entry else None) or at
    try:
        found = import_archive(casefile, path, Origin(told, *obtained), at=at)
    except OSError as error:
        return Preserved(path, Outcome.MISSING, reason=Bilingual.same(str(error)))
    return Preserved(path, Outcome.ARCHIVE, found.sha256, archive=found)


def preserve_bytes(casefile: Casefile, data: bytes, path: Path, origin: Origin, told: Description) -> Preserved:
    """Keep one original. `told` is what its bringer knows of it, and counts before what its bytes say.

    It and everything that came in it have one budget of processor time.
    """
    with one_budget() as budget:
        done = _preserve_bytes(casefile, data, path, origin, told)
    return replace(done, is_put_off=budget.put_off > 0)


def _preserve_bytes(casefile: Casefile, data: bytes, path: Path, origin: Origin, told: Description) -> Preserved:
    prepared = prepare(casefile, data, path.name, origin, told)
    if not prepared.is_settled:
        with casefile.database.writing() as connection:
            add_prepared(connection, prepared)
    document = prepared.document
    closed = TELLING if prepared.is_confidential else ()
    given = {name: value for name in TOLD if name not in closed and (value := getattr(told, name)) is not None}
    if prepared.is_known and (now := document.description.vouched_for(given)) != document.description:
        # What the bringer knows of it (documents.csv) counts, also where the bytes were here before.
        with casefile.database.writing() as connection:
            documents.describe(connection, document.sha256, now)
    inside = unpack_document(casefile, document, at=origin.at)
    if prepared.is_known:
        return Preserved(path, Outcome.KNOWN, document.sha256, inside=inside)
    if document.unreadable is not None:
        return Preserved(path, Outcome.UNREADABLE, document.sha256, document.unreadable, inside=inside)
    return Preserved(path, Outcome.ADDED, document.sha256, inside=inside)
