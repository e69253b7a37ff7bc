"""Back a casefile up into one file while it is in use, and restore it into an empty place, comparing everything.

The tables are copied first, in one state, and the originals after: an original is never removed, so whatever a row of
that state names is there. Tables on a server become an SQLite file in the backup, and what is restored is a casefile in
a folder. The file is a plain tar that any program opens, or the same tar encrypted to the keepers.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from recuento import __version__
from recuento.casefile.casefile import DATABASE, OF_THIS_PLACE, SETTINGS, WORKBENCH, Casefile
from recuento.casefile.custody.custody import head_of
from recuento.casefile.custody.wiping import wipe_folder
from recuento.casefile.documents.preserving import Progress
from recuento.casefile.settings.copying_settings import with_store
from recuento.errors import CasefileUnusable, Fault, FaultsFound
from recuento.seal.envelopes import is_encrypted
from recuento.seal.errors import CannotOpen
from recuento.seal.keys import PrivateKey
from recuento.seal.pipes import decrypting, encrypting
from recuento.store import copying, locks, log, vault
from recuento.store.database import Database
from recuento.store.durable import explained, explanation, make_folder, move, remove, sync_below

FORMAT = 1
MANIFEST = "backup.json"
"""The last file of a backup: what is in it, with hashes, the counts of the tables, and the heads of the log."""
_LEFT_OUT = ("dossier", "people/work", WORKBENCH, *OF_THIS_PLACE)
"""What is built or unfinished; a dossier is built again. Users are saved apart: a casefile can be handed over."""
_KINDS = {"format": int, "files": dict, "tables": dict, "heads": list, "damaged": list}
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds, or what was restored from one; `damaged` was so already when it was made."""

    files: int
    bytes: int
    rows: int
    entries: int
    """Entries of the custody log."""
    damaged: tuple[Fault, ...] = ()


def back_up(casefile: Casefile, file: Path, *, to: Sequence[str] = (), progress: Progress | None = None) -> Backup:
    """Write the casefile into `file`, also while others write to it, and say what it holds.

    With `to`, the public keys of keepers, the file is encrypted to them as it is written; nothing in clear lies beside
    it at any moment.

    Damaged originals are copied as they are and named in the result: a backup of the rest is better than none. Raises
    CasefileUnusable where `file` is there already, or where the disk is full.
    """
    if file.exists():
        raise CasefileUnusable(f"{file} is there already: choose another name", f"{file} ya existe: elija otro nombre")
    unfinished = file.with_name(f"{file.name}.part")
    try:
        with _scratch(_where(casefile, file, is_encrypted=bool(to))) as scratch:
            snapshot = scratch / DATABASE
            copying.snapshot(casefile.database, snapshot)
            with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
                with encrypting(out, to) if to else nullcontext(out) as sink:
                    done = _write(casefile, snapshot, sink, file, progress)
                out.flush()
                os.fsync(out.fileno())
        move(unfinished, file)
    except OSError as error:
        raise explanation(error, file) or CasefileUnusable(
            f"{file} cannot be written: {error.strerror or error}",
            f"no se puede escribir {file}: {error.strerror or error}",
        ) from error
    finally:
        unfinished.unlink(missing_ok=True)
    return done


def restore(file: Path, folder: Path, *, key: PrivateKey | None = None, progress: Progress | None = None) -> Backup:
    """Restore a backup into `folder`, which is empty or not there, and compare all of it with what was backed up.

    An encrypted one needs the `key` of a keeper it was made for; where it was altered nothing of it stays. Raises
    CannotOpen where the key is another or the file was altered.

    Raises FaultsFound, naming everything that differs, where the backup was altered or cut off; what could be read
    then stays beside the folder under a name that ends in `.unfinished`. Raises CasefileUnusable where the folder is
    not empty, or the file no backup or one of a newer version.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CasefileUnusable(
            f"{folder} is not empty: restore into a new folder",
            f"{folder} no está vacía: restaure en una carpeta nueva",
        )
    encrypted = _is_encrypted(file)
    if encrypted and key is None:
        raise CasefileUnusable(
            f"{file} is encrypted: restore it with --keeper FILE",
            f"{file} va cifrado: restáurelo con --keeper ARCHIVO",
        )
    unfinished = folder.with_name(f"{folder.name}.unfinished")
    try:
        make_folder(unfinished.parent)
        unfinished.mkdir()
    except FileExistsError:
        raise CasefileUnusable(
            f"{unfinished} is left of an earlier try: remove it first",
            f"{unfinished} quedó de un intento anterior: quítela primero",
        ) from None
    with explained(unfinished):
        try:
            found, faults = _unpacked(file, unfinished, key if encrypted else None, progress)
        except CannotOpen:
            wipe_folder(unfinished)
            raise
        manifest, wrong = _manifest(found.pop(MANIFEST, None), unfinished)
        faults += wrong or _differences(manifest, found, unfinished)
        if faults:
            raise FaultsFound(str(file), faults)
        remove(unfinished / MANIFEST)
        sync_below(unfinished)
        if folder.exists():
            folder.rmdir()
        move(unfinished, folder)
    return _summary(manifest)


def _write(casefile: Casefile, snapshot: Path, out: BinaryIO, file: Path, progress: Progress | None) -> Backup:
    listed: dict[str, list[Any]] = {}
    # What is restored lies in a folder, so its settings name no server.
    settings = with_store(casefile.folder / SETTINGS, None).encode()
    sources: list[tuple[str, Path | bytes]] = [(DATABASE, snapshot), (SETTINGS, settings)]
    sources += _files(casefile.folder, file)
    with tarfile.open(fileobj=out, mode="w|", format=tarfile.PAX_FORMAT) as tar:
        for number, (name, source) in enumerate(sources):
            if progress:
                progress(number, len(sources), name)
            listed[name] = _add(tar, name, source)
        manifest = {
            "format": FORMAT,
            "version": __version__,
            "files": listed,
            "damaged": sorted(_damaged(snapshot, listed)),
            **_contents(snapshot),
        }
        data = json.dumps(manifest, sort_keys=True, indent=1).encode()
        info = tarfile.TarInfo(MANIFEST)
        info.size, info.mode = len(data), 0o600
        tar.addfile(info, io.BytesIO(data))
    return _summary(manifest)


def _files(folder: Path, backup: Path) -> Iterator[tuple[str, Path]]:
    """Every file of the casefile but its tables, what is built from them, and what is unfinished."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        hidden = any(part.startswith(".") for part in PurePosixPath(name).parts)
        apart = name == SETTINGS
        built = any(name == one or name.startswith(f"{one}/") for one in _LEFT_OUT)
        ours = name.startswith(DATABASE) or path.absolute() in (
            backup.absolute(),
            backup.absolute().with_name(f"{backup.name}.part"),
        )
        if path.is_file() and not path.is_symlink() and not (hidden or built or ours or apart):
            yield name, path


def _add(tar: tarfile.TarFile, name: str, source: Path | bytes) -> list[Any]:
    """Add a file to the tar, without its times and owner; gives its size and the hash of the bytes that went in."""
    with io.BytesIO(source) if isinstance(source, bytes) else source.open("rb") as file:
        info = tarfile.TarInfo(name)
        info.size, info.mode = file.seek(0, os.SEEK_END), 0o600
        file.seek(0)
        reading = _Hashed(file)
        tar.addfile(info, reading)
    return [info.size, reading.digest.hexdigest()]


class _Hashed:
    """A file that is hashed as it is read."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        data = self.file.read(size)
        self.digest.update(data)
        return data


def _damaged(snapshot: Path, listed: dict[str, list[Any]]) -> Iterator[str]:
    """The originals that are not what their name says, and those that a row names and that are not there."""
    for name, (_, sha256) in listed.items():
        path = PurePosixPath(name)
        if (path.parts[0] == "originals" or path.parts[:2] == ("people", "originals")) and path.name != sha256:
            yield name
    with Database(snapshot) as database, database.reading() as connection:
        away = vault.confidential(connection) if locks.is_locked(connection) else ()
        for values, _ in log.rows_now(connection, "documents"):
            name = f"originals/{values['sha256'][:2]}/{values['sha256']}"
            if name not in listed and values["sha256"] not in away:
                yield name
        envelopes = {part.file for part in vault.parts(connection) if part.file} | {locks.locked_in(connection)}
        yield from (f"sealed/{name}" for name in envelopes if name is not None and f"sealed/{name}" not in listed)


def _contents(tables: Path) -> dict[str, Any]:
    """Counts and hashes of every table of an SQLite file, and the heads of its log."""
    with Database(tables) as database, database.reading() as connection:
        counted = {name: [table.rows, table.sha256] for name, table in copying.contents(connection).items()}
        trees = log.TREES if "custody_log" in counted else ()
        heads = [head.text() for tree in trees if (head := head_of(connection, tree)) is not None]
    _remove_traces(tables)
    return {"tables": counted, "heads": heads}


def _remove_traces(tables: Path) -> None:
    for end in ("-wal", "-shm", ".lock"):
        tables.with_name(tables.name + end).unlink(missing_ok=True)


def _where(casefile: Casefile, file: Path, *, is_encrypted: bool) -> Path:
    """The folder in which the tables are copied: where they lie in clear anyway, or beside a backup that is in clear.

    To a disk that has failed nothing is written: then it is the system's folder for temporary files.
    """
    if not is_encrypted:
        return file.absolute().parent
    return Path(tempfile.gettempdir()) if casefile.is_stopped else casefile.folder


@contextmanager
def _scratch(where: Path) -> Iterator[Path]:
    """A folder for the snapshot of the tables, which is wiped afterwards."""
    folder = Path(tempfile.mkdtemp(dir=where, prefix=".recuento-backup-"))
    try:
        yield folder
    finally:
        wipe_folder(folder)


def _is_encrypted(file: Path) -> bool:
    try:
        with file.open("rb") as source:
            return is_encrypted(source.read(40))
    except OSError:
        return False


def _unpacked(
    file: Path, folder: Path, key: PrivateKey | None, progress: Progress | None
) -> tuple[dict[str, list[Any]], list[Fault]]:
    """Unpack every file that lies safely inside the folder; gives sizes and hashes, and what could not be read."""
    found: dict[str, list[Any]] = {}
    faults: list[Fault] = []
    try:
        with (
            file.open("rb") as source,
            decrypting(source, key) if key is not None else nullcontext(source) as plain,
            tarfile.open(fileobj=plain, mode="r|") as tar,
        ):
            for member in tar:
                if progress:
                    progress(len(found), len(found) + 1, member.name)
                inner = tar.extractfile(member) if member.isreg() else None
                if inner is None or not _is_safe(member.name) or member.name in found:
                    faults.append(Fault(member.name, "has no place in a backup", "no debería estar en una copia"))
                    continue
                found[member.name] = _unpack(inner, folder / member.name)
    except FileNotFoundError:
        folder.rmdir()
        raise CasefileUnusable(f"there is no file {file}", f"no existe el archivo {file}") from None
    except (tarfile.TarError, EOFError) as error:
        faults.append(Fault(file.name, f"is cut off or damaged: {error}", f"está cortado o dañado: {error}"))
    return found, faults


def _unpack(inner: Any, target: Path) -> list[Any]:
    make_folder(target.parent)
    reading = _Hashed(inner)
    size = 0
    with target.open("xb") as out:
        while chunk := reading.read(_CHUNK):
            size += len(chunk)
            out.write(chunk)
    target.chmod(0o444 if "originals" in target.parts[-4:-1] else 0o644)
    return [size, reading.digest.hexdigest()]


def _is_safe(name: str) -> bool:
    path = PurePosixPath(name)
    return bool(name) and not path.is_absolute() and ".." not in path.parts and "\\" not in name and ":" not in name


def _manifest(noted: list[Any] | None, folder: Path) -> tuple[dict[str, Any], list[Fault]]:
    """What the backup says of itself; raises CasefileUnusable where a newer version made it."""
    if noted is None:
        return {}, [Fault(MANIFEST, "is missing: the backup is cut off", "falta: la copia está cortada")]
    try:
        plain = json.loads((folder / MANIFEST).read_bytes())
        well_formed = all(isinstance(plain[name], kind) for name, kind in _KINDS.items())
    except (ValueError, KeyError, TypeError):
        well_formed = False
    if not well_formed:
        return {}, [Fault(MANIFEST, "cannot be read: it was altered", "no se puede leer: fue alterado")]
    if plain["format"] > FORMAT:
        raise CasefileUnusable(
            "the backup was made by a newer version of Recuento; install that one",
            "la copia fue hecha por una versión más nueva de Recuento; instálela",
        )
    return plain, []


def _differences(manifest: dict[str, Any], found: dict[str, list[Any]], folder: Path) -> list[Fault]:
    """Everything that is not as it was when the backup was made."""
    said = manifest["files"]
    faults = [Fault(name, "is missing from the backup", "falta en la copia") for name in sorted(said.keys() - found)]
    faults += [Fault(name, "is not of this backup", "no es de esta copia") for name in sorted(found.keys() - said)]
    faults += [
        Fault(name, "was altered in the backup", "fue alterado en la copia")
        for name in sorted(said.keys() & found)
        if said[name] != found[name]
    ]
    faults += [
        Fault(name, "is missing from the backup", "falta en la copia")
        for name in (SETTINGS, DATABASE)
        if name not in found and name not in said
    ]
    if DATABASE in found and not faults:
        now = _contents(folder / DATABASE)
        faults += [
            Fault(name, "is not what was backed up", "no es lo que se guardó")
            for name in ("tables", "heads")
            if now[name] != manifest[name]
        ]
    return faults


def _summary(manifest: dict[str, Any]) -> Backup:
    damaged = [
        Fault(
            name,
            "is missing or was altered already when the backup was made",
            "faltaba o ya estaba alterado cuando se hizo la copia",
        )
        for name in manifest["damaged"]
    ]
    return Backup(
        files=len(manifest["files"]),
        bytes=sum(size for size, _ in manifest["files"].values()),
        rows=sum(rows for rows, _ in manifest["tables"].values()),
        entries=manifest["tables"].get("custody_log", [0])[0],
        damaged=tuple(damaged),
    )
