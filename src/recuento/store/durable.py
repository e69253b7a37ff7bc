"""Write to the disk so that a reader never sees half of anything, and so that what is said to be saved outlasts a cut.

A file is filled under a name that begins with `.unfinished-`, synced, renamed, and its folder synced: a rename that is
not synced may be gone after a power cut, and with it the file. A failed sync is never tried again: what the system
had to write may be lost already, and a second sync would say that all is well.
"""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from recuento.errors import CasefileUnusable
from recuento.store.stopping import DiskFailed, refuse_where_stopped, stop
from recuento.store.vanishing import refuse_where_vanished, vanished

UNFINISHED = ".unfinished-"
"""How the name of a file begins that is not whole yet; whoever finds one may delete it once it is old."""


def write_file(path: Path, data: bytes, *, mode: int = 0o644) -> bool:
    """Write `data` to `path` for good, making its folder; a file that holds these bytes already is left alone.

    Gives whether it was written. Raises CasefileUnusable where the disk is full, read-only or failing.
    """
    with explained(path):
        changed = _write(path, data, mode)
        # Also where nothing changed: whoever wrote it may have been killed before the folder was synced.
        sync_folder(path.parent)
    return changed


def write_files(folder: Path, files: Mapping[str, bytes]) -> list[str]:
    """Write many files below `folder` for good, each whole; gives the names of those that changed.

    Each folder is synced once, so that a thousand files cost a thousand syncs and not two.
    """
    with explained(folder):
        changed = [name for name, data in sorted(files.items()) if _write(folder / name, data, 0o644)]
        for parent in sorted({(folder / name).parent for name in files}):
            sync_folder(parent)
    return changed


def written_whole(path: Path, fill: Callable[[Path], object], *, mode: int = 0o644) -> None:
    """Let `fill` write a temporary file, sync it, and give it its name for good."""
    with explained(path):
        make_folder(path.parent)
        temporary = path.with_name(f"{UNFINISHED}{path.name}-{os.getpid()}")
        try:
            fill(temporary)
            temporary.chmod(mode)
            sync_file(temporary)
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
        sync_folder(path.parent)


def make_folder(path: Path, mode: int = 0o777) -> None:
    """Make a folder and those above it, each entered for good into the one above."""
    missing = []
    here = path
    while not here.is_dir():
        missing.append(here)
        here = here.parent
    if missing:
        refuse_where_vanished(path)
    for folder in reversed(missing):
        folder.mkdir(mode=mode, exist_ok=True)
        sync_folder(folder.parent)


def move(source: Path, target: Path) -> None:
    """Rename a file or folder for good; a file at `target` is replaced."""
    source.replace(target)
    sync_folder(target.parent)
    if source.parent != target.parent:
        sync_folder(source.parent)


def remove(path: Path) -> None:
    """Delete a file, if it is there, for good."""
    path.unlink(missing_ok=True)
    sync_folder(path.parent)


def sync_file(path: Path) -> None:
    """Have the bytes of a file on the disk when this returns."""
    with naming(path), path.open("rb+" if os.name == "nt" else "rb") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on the disk when this returns."""
    if os.name == "nt":  # Windows cannot open a folder; its rename is journalled.
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with naming(folder):
            os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def naming(place: Path) -> Iterator[None]:
    """Let an error of the disk that names no file name `place`: what is done on an open file names none."""
    try:
        yield
    except OSError as error:
        if error.filename is None:
            error.filename = str(place)
        raise


def sync_below(folder: Path) -> None:
    """Sync every file and folder below `folder`, and its name in the folder above."""
    for here, _, names in os.walk(folder, onerror=_raise):
        for name in sorted(names):
            sync_file(Path(here) / name)
        sync_folder(Path(here))
    sync_folder(folder.parent)


def _raise(error: OSError) -> None:
    # Left to itself, os.walk passes over a folder that it cannot open.
    raise error


@contextmanager
def explained(place: Path) -> Iterator[None]:
    """Turn what a user can put right about writing to `place` into CasefileUnusable; other errors go on.

    Raises Stopped where the disk failed earlier in the casefile in which `place` lies, Vanished where that is gone.
    """
    refuse_where_stopped(place)
    refuse_where_vanished(place)
    try:
        yield
    except OSError as error:
        found = explanation(error, place)
        if found is None:
            raise
        raise found from error


def explanation(error: OSError, place: Path | None = None) -> CasefileUnusable | None:
    """What a user can put right about an error of the disk: where, and the way out; None where it is something else.

    Where the disk failed, the casefile in which that lies is stopped.
    """
    where = error.filename if place is None else place
    if where is not None and (gone := vanished(Path(os.fsdecode(where)))):
        return gone
    kind = next((kind for numbers, kind in _KINDS if error.errno in numbers), None)
    if kind is None:
        return None
    if kind is DiskFailed and where is not None:
        stop(Path(os.fsdecode(where)))
    en, es = _WORDS[kind]
    return kind(en.format(where or "the disk"), es.format(where or "el disco"))


class DiskFull(CasefileUnusable):
    """There is no room left. What was said to be saved is; the rest was not begun."""


class NoWriting(CasefileUnusable):
    """The place cannot be written to."""


class TooManyFiles(CasefileUnusable):
    """The system lets this program open no more files."""


_KINDS: tuple[tuple[tuple[int, ...], type[CasefileUnusable]], ...] = (
    ((errno.ENOSPC, errno.EDQUOT), DiskFull),
    ((errno.EROFS, errno.EACCES, errno.EPERM), NoWriting),
    ((errno.EMFILE, errno.ENFILE), TooManyFiles),
    ((errno.EIO,), DiskFailed),
)
_WORDS: Mapping[type[CasefileUnusable], tuple[str, str]] = {
    DiskFull: (
        "{}: the disk is full; this was not written, what was saved before stays. Free some space and try again",
        "{}: el disco está lleno; esto no se escribió, lo guardado antes sigue ahí. Libere espacio y vuelva a "
        "intentarlo",
    ),
    NoWriting: (
        "{} cannot be written to; check its permissions, and whether the disk is read-only",
        "no se puede escribir en {}; revise sus permisos y si el disco es de solo lectura",
    ),
    TooManyFiles: (
        "{}: this program may open no more files; close other programs, or raise the limit (ulimit -n)",
        "{}: este programa no puede abrir más archivos; cierre otros programas o aumente el límite (ulimit -n)",
    ),
    DiskFailed: (
        "{}: the disk failed while it was written to. Stop, check the disk, then run recuento verify; what was said "
        "to be saved before this is to be compared with a backup",
        "{}: el disco falló al escribir. Deténgase, revise el disco y ejecute recuento verify; compare con una copia "
        "de seguridad lo que se dio por guardado antes",
    ),
}


def _write(path: Path, data: bytes, mode: int) -> bool:
    if path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data:
        return False
    make_folder(path.parent)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f"{UNFINISHED}{path.name}-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            if hasattr(os, "fchmod"):
                os.fchmod(file.fileno(), mode)
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return True
