"""Bring files into a casefile: bytes first, then the text layer, then the row that makes them a document."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from sqlalchemy import Connection

from recuento.casefile.casefile import Casefile
from recuento.casefile.manifest import MANIFEST, Entry, read_manifest
from recuento.errors import Fault, FaultsFound
from recuento.model.document import Description, Document, Origin, TextLayer
from recuento.preserve.extract import extract
from recuento.store import documents, layers
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


@dataclass(frozen=True, slots=True)
class Preserved:
    """One file and what became of it."""

    path: Path
    outcome: Outcome
    sha256: str | None = None
    reason: Bilingual | None = None


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
    try:
        data = path.read_bytes()
    except OSError as error:
        return Preserved(path, Outcome.MISSING, reason=Bilingual.same(str(error)))
    where = (entry.description.url if entry else None) or str(path)
    origin = Origin(
        where=where, by=(entry.obtained_by if entry else None) or by, at=(entry.obtained_at if entry else None) or at
    )
    return preserve_bytes(casefile, data, path, origin, entry.description if entry else Description())


def preserve_bytes(casefile: Casefile, data: bytes, path: Path, origin: Origin, told: Description) -> Preserved:
    """Keep one original. `told` is what its bringer knows of it, and counts before what its bytes say."""
    prepared = prepare(casefile, data, path.name, origin, told)
    if not prepared.is_settled:
        with casefile.database.writing() as connection:
            add_prepared(connection, prepared)
    document = prepared.document
    if prepared.is_known:
        return Preserved(path, Outcome.KNOWN, document.sha256)
    if document.unreadable is not None:
        return Preserved(path, Outcome.UNREADABLE, document.sha256, document.unreadable)
    return Preserved(path, Outcome.ADDED, document.sha256)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document whose bytes are kept and whose text is made, but of which no row tells yet.

    `is_known` says that these bytes are a document already, `is_settled` that this origin is noted with it too.
    """

    document: Document
    layer: TextLayer | None = None
    is_known: bool = False
    is_settled: bool = False


def prepare(casefile: Casefile, data: bytes, name: str, origin: Origin, told: Description) -> Prepared:
    """Keep the bytes of a document and make its text, without a row. Bytes that are known are not read again."""
    sha256 = casefile.originals.keep(data)
    with casefile.database.reading() as connection:
        known = documents.find(connection, sha256)
        origins = documents.origins(connection, sha256) if known else []
    if known is not None:
        settled = (origin.where, origin.by) in {(o.where, o.by) for o in origins}
        return Prepared(replace(known, origin=origin), is_known=True, is_settled=settled)
    found = extract(data, name)
    document = Document(
        sha256=sha256,
        size_bytes=len(data),
        media_type=found.media_type,
        name=name,
        origin=origin,
        description=_merged(told, found.description),
        unreadable=found.unreadable,
    )
    return Prepared(document, found.layer(sha256))


def add_prepared(connection: Connection, prepared: Prepared) -> None:
    """Add the rows of a document that was prepared."""
    documents.add(connection, prepared.document)
    if prepared.layer is not None:
        layers.add(connection, prepared.layer)


def _merged(told: Description, found: Description) -> Description:
    return replace(
        found,
        **{
            name: value
            for name in ("title", "outlet", "author", "published", "language", "url")
            if (value := getattr(told, name)) is not None
        },
    )
