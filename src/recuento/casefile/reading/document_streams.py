"""Documents one after the other out of folders, WARC and JSONL files, in an order that depends on their names alone.

Nothing is parsed here but the frames: a folder, a WARC record, a line. What stands in them is for whoever reads them.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO

from recuento.errors import Fault, FaultsFound
from recuento.preserve.web.warc_reading import Damage, records
from recuento.values.bilingual import Bilingual

DOCUMENT_BYTES_MAX = 64 << 20
"""A file, record or line beyond this is named as too big."""


class Frame(StrEnum):
    """What a document was found in."""

    FILE = "file"
    WARC = "warc"
    LINE = "line"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Found:
    """A document as it was found: in which file and at which place of it, and its bytes or the path to them.

    `why` is set where there is nothing to be read. `mark` changes when the document does, as far as the frame shows.
    """

    id: str
    file: str
    place: str
    frame: Frame
    mark: str
    size_bytes: int
    path: str | None = None
    data: bytes = b""
    url: str | None = None
    why: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """So many documents in a row, to be read in one go; `digest` tells them from any others."""

    number: int
    documents: tuple[Found, ...]
    digest: str


def documents_in(sources: Sequence[Path]) -> Iterator[Found]:
    """The documents of these folders and files, one by one; raises FaultsFound, at once, for sources not there."""
    missing = [source for source in sources if not source.exists()]
    if missing:
        raise FaultsFound("--documents", [Fault(str(path), "is not there", "no existe") for path in missing])
    return _documents_in(sources)


def shares_of(documents: Iterable[Found], documents_max: int, bytes_max: int) -> Iterator[Share]:
    """Cut a stream into shares; where it is cut depends on the documents alone."""
    number, held, size, digest = 0, [], 0, hashlib.sha256()
    for document in documents:
        held.append(document)
        size += len(document.data)
        digest.update(f"{document.id}\0{document.place}\0{document.mark}\n".encode())
        if len(held) == documents_max or size >= bytes_max:
            yield Share(number, tuple(held), digest.hexdigest())
            number, held, size, digest = number + 1, [], 0, hashlib.sha256()
    if held:
        yield Share(number, tuple(held), digest.hexdigest())


def _documents_in(sources: Sequence[Path]) -> Iterator[Found]:
    for source in sources:
        before = f"{_written(source.name)}/" if len(sources) > 1 else ""
        for path, name in _files_in(source):
            shown = before + name if source.is_dir() else _written(source.name)
            if path.name.lower().endswith((".warc", ".warc.gz")):
                yield from _warc(path, shown)
            elif path.name.lower().endswith((".jsonl", ".jsonl.gz", ".ndjson")):
                yield from _lines(path, shown)
            else:
                yield _file(path, shown)


def _files_in(source: Path) -> Iterator[tuple[Path, str]]:
    """Every file with its name below the source; folders are listed one at a time, hidden ones left out."""
    if not source.is_dir():
        yield source, source.name
        return
    waiting = [(source, "")]
    while waiting:
        folder, name = waiting.pop()
        with os.scandir(folder) as listed:
            entries = sorted((entry for entry in listed if not entry.name.startswith(".")), key=lambda e: e.name)
        folders = [entry for entry in entries if entry.is_dir(follow_symlinks=False)]
        for entry in entries:
            if entry.is_file():
                yield Path(entry.path), name + _written(entry.name)
        waiting += [(Path(entry.path), f"{name}{_written(entry.name)}/") for entry in reversed(folders)]


def _file(path: Path, name: str) -> Found:
    try:
        size = path.stat().st_size
    except OSError as error:
        return _fault(name, name, "", Bilingual.same(str(error.strerror)))
    if size > DOCUMENT_BYTES_MAX:
        return _fault(name, name, "", _TOO_BIG)
    return Found(name, name, "", Frame.FILE, str(size), size, path=str(path))


def _warc(path: Path, name: str) -> Iterator[Found]:
    with _opened(path) as file:
        for one in records(file, DOCUMENT_BYTES_MAX):
            place = str(one.start)
            if isinstance(one, Damage):
                yield _fault(f"{name}@{place}", name, f"{one.start}-{one.end}", one.why)
                continue
            if one.fields.get("warc-type") not in ("response", "resource"):
                continue
            id = one.fields.get("warc-record-id", "").strip("<>") or f"{name}@{place}"
            url = one.fields.get("warc-target-uri", "").strip("<>") or None
            if one.block is None:
                yield _fault(id, name, place, _TOO_BIG)
            elif one.fields["warc-type"] == "response" and not (url or "").startswith(("http:", "https:")):
                continue
            else:
                kind = one.fields["warc-type"]
                mark = f"{kind} {one.fields.get('content-type', '')}"
                yield Found(id, name, place, Frame.WARC, mark, len(one.block), data=one.block, url=url)


def _lines(path: Path, name: str) -> Iterator[Found]:
    with _opened(path) as raw:
        file = gzip.GzipFile(fileobj=raw) if path.name.lower().endswith(".gz") else raw
        number = 0
        try:
            while line := file.readline(DOCUMENT_BYTES_MAX + 1):
                number += 1
                if len(line) > DOCUMENT_BYTES_MAX:
                    while line and not line.endswith(b"\n"):
                        line = file.readline(1 << 20)
                    yield _fault(f"{name}:{number}", name, str(number), _TOO_BIG)
                elif line.strip():
                    mark = hashlib.sha256(line).hexdigest()
                    yield Found(f"{name}:{number}", name, str(number), Frame.LINE, mark, len(line), data=line)
        except (OSError, EOFError, zlib.error) as error:
            yield _fault(f"{name}:{number + 1}", name, str(number + 1), Bilingual.same(str(error)))


def _opened(path: Path) -> IO[bytes]:
    try:
        return path.open("rb")
    except OSError as error:
        reason = error.strerror or str(error)
        fault = Fault(str(path), f"cannot be opened: {reason}", f"no se puede abrir: {reason}")
        raise FaultsFound("--documents", [fault]) from None


def _fault(id: str, file: str, place: str, why: Bilingual) -> Found:
    return Found(id, file, place, Frame.FAULT, why.en, 0, why=why)


def _written(name: str) -> str:
    """A file name as it can be written down, also where its bytes are no UTF-8."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


_TOO_BIG = Bilingual(
    es=f"es más grande que {DOCUMENT_BYTES_MAX >> 20} MB", en=f"it is larger than {DOCUMENT_BYTES_MAX >> 20} MB"
)
