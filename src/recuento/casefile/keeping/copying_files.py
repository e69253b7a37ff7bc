"""Copy the files of a casefile's folder, each synced before it has its name, and compare them by hash afterwards."""

from __future__ import annotations

import hashlib
import re
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from recuento.casefile.documents.preserving import Progress
from recuento.errors import CheckFailed, Fault, FaultsFound
from recuento.store.durable import UNFINISHED, sync_folder, written_whole

_ORIGINAL = re.compile(r"(?:.*/)?originals/[0-9a-f]{2}/([0-9a-f]{64})")
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class FileCopy:
    """A file that was copied: its path in the folder, and what it held when it was read."""

    path: PurePosixPath
    size_bytes: int
    sha256: str

    @property
    def is_original(self) -> bool:
        """Whether it is an original, of a document or of a list."""
        return _ORIGINAL.fullmatch(str(self.path)) is not None


def copy_files(
    source: Path, target: Path, *, leave: Callable[[str], bool], progress: Progress | None = None
) -> tuple[FileCopy, ...]:
    """Copy every file below `source` but those at the top that `leave` names; what is there and the same stays.

    Raises FaultsFound with every original whose bytes are no longer those of its name, after the others are copied.
    """
    paths = list(_files(source, leave))
    copied: list[FileCopy] = []
    faults: list[Fault] = []
    for number, path in enumerate(paths):
        if progress:
            progress(number, len(paths), path.name)
        one = _copy(source, target, path)
        copied.append(one)
        match = _ORIGINAL.fullmatch(str(path))
        if match is not None and match[1] != one.sha256:
            faults.append(
                Fault(
                    str(path),
                    "has been altered; restore it from a backup and copy again",
                    "fue alterado; recupérelo de una copia de seguridad y copie de nuevo",
                )
            )
    if faults:
        raise FaultsFound(str(source), faults)
    return tuple(copied)


def compare_files(copied: tuple[FileCopy, ...], target: Path, *, leave: Callable[[str], bool]) -> None:
    """Read every file below `target` back; raises CheckFailed with all that are missing, different or too many."""
    expected = {file.path: file.sha256 for file in copied}
    there = set(_files(target, leave))
    wrong = sorted(str(path) for path in there ^ expected.keys())
    wrong += sorted(str(path) for path in there & expected.keys() if _sha256(target / path) != expected[path])
    if wrong:
        names = "\n  ".join(wrong)
        raise CheckFailed(
            f"these files of {target} are not the same as in the source; delete the copy and copy again:\n  {names}",
            f"estos archivos de {target} no son iguales a los del origen; borre la copia y copie de nuevo:\n  {names}",
        )


def _files(folder: Path, leave: Callable[[str], bool]) -> Iterator[PurePosixPath]:
    """The files below `folder` in a fixed order. Links are followed, each folder once, for originals may lie apart."""
    seen: set[Path] = set()
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        if here.resolve() in seen:
            continue
        seen.add(here.resolve())
        for path in sorted(here.iterdir()):
            if path.is_dir():
                waiting.append(path)
            elif not path.name.startswith(UNFINISHED):
                inside = PurePosixPath(path.relative_to(folder).as_posix())
                if len(inside.parts) > 1 or not leave(path.name):
                    yield inside


def _copy(source: Path, target: Path, path: PurePosixPath) -> FileCopy:
    origin, copy = source / path, target / path
    if copy.is_file() and (known := _sha256(copy)) == _sha256(origin):
        # Whoever copied it may have been killed before the folder was synced.
        sync_folder(copy.parent)
        return FileCopy(path, copy.stat().st_size, known)
    digest = hashlib.sha256()
    size = 0

    def fill(unfinished: Path) -> None:
        nonlocal size
        with origin.open("rb") as reading, unfinished.open("wb") as writing:
            while chunk := reading.read(_CHUNK):
                digest.update(chunk)
                size += len(chunk)
                writing.write(chunk)

    written_whole(copy, fill, mode=stat.S_IMODE(origin.stat().st_mode))
    return FileCopy(path, size, digest.hexdigest())


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
