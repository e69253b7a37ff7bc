"""Read millions of documents into a table of statements: over all cores, in constant memory, and going on after a kill.

It needs no casefile. Documents are cut into shares in the order of their names; each share becomes one part, whole or
not at all. The same documents give the same rows in the same order, however many workers there are and however often
the run was killed.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from recuento.casefile.reading.document_streams import Share, documents_in, shares_of
from recuento.casefile.reading.parts_folder import Part, PartsFolder
from recuento.casefile.reading.reading import reader_version
from recuento.casefile.reading.share_workers import Task, done
from recuento.casefile.reading.statement_table import join_tables, require_parquet
from recuento.errors import CheckFailed
from recuento.preserve.versions import fingerprint
from recuento.read.rules import ReadingMode

SHARE_DOCUMENTS = 500
SHARE_BYTES = 32 << 20


@dataclass(frozen=True, slots=True)
class Tally:
    """How far a reading is. `earlier` counts the documents that an earlier run had finished."""

    documents: int = 0
    statements: int = 0
    faults: int = 0
    passed_over: int = 0
    earlier: int = 0

    def plus(self, part: Part, *, earlier: bool) -> Tally:
        """The tally with one more part."""
        return Tally(
            self.documents + part.documents,
            self.statements + part.statements,
            self.faults + part.faults,
            self.passed_over + part.passed_over,
            self.earlier + part.documents * earlier,
        )


@dataclass(frozen=True, slots=True)
class ReadAtScale:
    """What a reading came to, and where it lies; `faults_file` is None where every document could be read."""

    tally: Tally
    out: Path
    faults_file: Path | None


Watch = Callable[[Tally], None]


def read_at_scale(
    sources: Sequence[Path],
    out: Path,
    *,
    mode: ReadingMode = "balanced",
    workers: int = 1,
    share_documents: int = SHARE_DOCUMENTS,
    share_bytes: int = SHARE_BYTES,
    watch: Watch | None = None,
) -> ReadAtScale:
    """Read folders, WARC and JSONL files into `out`: one Parquet file if it ends in .parquet, else a folder of parts.

    Run again after a kill, it goes on where it was. A document that cannot be read is listed with its reason and stops
    nothing. Raises ParquetMissing; CheckFailed where `out` is there and not ours; FaultsFound where the reader, the
    options or the documents are not those of the run it would go on with; WorkerEnded.
    """
    require_parquet()
    single = out.suffix == ".parquet"
    if single and out.exists():
        raise CheckFailed(
            f"{out} is there already: choose another --out, or delete it to read everything again",
            f"{out} ya existe: elija otro --out, o bórrelo para leerlo todo de nuevo",
        )
    documents = documents_in(sources)
    made_by = {
        "reader_version": reader_version(),
        "extractor": fingerprint(),
        "mode": mode,
        "share_documents": str(share_documents),
        "share_bytes": str(share_bytes),
    }
    parts = PartsFolder(out.with_name(out.name + ".parts") if single else out, made_by)
    with parts.opened():
        tally = _read(shares_of(documents, share_documents, share_bytes), parts, mode, workers, watch)
        faults_file = out.with_suffix(".faults.jsonl") if single else out / "_faults.jsonl"
        faults = parts.gathered_faults(faults_file)
        if single:
            join_tables(out, (parts.part(number) for number in sorted(parts.finished)))
    if single:
        shutil.rmtree(parts.folder)
    return ReadAtScale(tally, out, faults_file if faults else None)


def _read(shares: Iterator[Share], parts: PartsFolder, mode: ReadingMode, workers: int, watch: Watch | None) -> Tally:
    tally = Tally()
    seen = 0

    def tasks() -> Iterator[Task]:
        nonlocal tally, seen
        for share in shares:
            seen += 1
            if share.number in parts.finished:
                parts.check_same(share.number, share.digest)
                tally = tally.plus(parts.finished[share.number], earlier=True)
                if watch:
                    watch(tally)
            else:
                yield Task(
                    share, mode, parts.made_by["reader_version"], parts.part(share.number), parts.faults(share.number)
                )

    for part in done(tasks(), workers):
        parts.note(part)
        tally = tally.plus(part, earlier=False)
        if watch:
            watch(tally)
    parts.close_with(seen)
    return tally
