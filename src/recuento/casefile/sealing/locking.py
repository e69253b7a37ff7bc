"""Lock a casefile: lists of names and confidential originals go into one file that only keepers open; and back.

Which of the two holds is one row of the tables, written in the transaction that takes the rows out or puts them back.
The file is whole on the disk and was read back before that row is written; plain copies are removed after it; so at no
moment are both lost. A command that was interrupted is given again, and goes on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from shutil import copyfileobj
from typing import BinaryIO

from sqlalchemy import Connection

from recuento.casefile.casefile import DATABASE, Casefile
from recuento.casefile.custody.wiping import wipe_file, wipe_folder
from recuento.casefile.people.lists import PEOPLE
from recuento.casefile.sealing.keepers import enough, keeper_of, keepers_of
from recuento.casefile.sealing.lock_file import Held, check_held, rows_held, write_held
from recuento.casefile.sealing.travelling import departure_of
from recuento.casefile.sealing.vault import sweep
from recuento.casefile.sealing.vault_files import envelope_path, folder_of, keep_envelope
from recuento.errors import CasefileUnusable, CheckFailed, Fault
from recuento.seal.keys import PrivateKey
from recuento.store import locks, log, vault
from recuento.store.durable import UNFINISHED, make_folder, move, naming, sync_below, sync_folder
from recuento.store.encoding import instant
from recuento.store.log import Act

_UNLOCKING = f"{UNFINISHED}unlock"
_TABLES = ("people_lists", "entries", "entry_versions", "pair_answers", "custody_openings")


@dataclass(frozen=True, slots=True)
class LockDone:
    """What is locked away, or was brought back: lists, their entries, originals of confidential documents."""

    lists: int
    entries: int
    originals: int
    fresh: bool
    """False where it was so already, and at most something left over was finished."""


def lock(casefile: Casefile, *, by: str, at: datetime) -> LockDone:
    """Lock the casefile away from everybody without a keeper's key. No key is needed for it.

    Raises InvalidValue where there are fewer than two keepers, CasefileUnusable where it cannot be written, or where
    another program still reads the tables: then it is locked, and traces may be in the log of the database.
    """
    with casefile.database.alone():
        keepers = [keeper.public_key for keeper in enough(keepers_of(casefile))]
        fresh = False
        with casefile.database.writing() as connection:
            if not locks.is_locked(connection):
                fresh = True
                _shut_away(casefile, connection, keepers, by, at)
        done = _done(casefile, fresh)
        _remove_plain(casefile)
        sweep(casefile)
    return done


def unlock(casefile: Casefile, key: PrivateKey, *, by: str, at: datetime) -> LockDone:
    """Bring back what was locked away, with the key of a keeper.

    Raises CasefileUnusable where nothing is locked, CannotOpen where the key does not fit or the file was altered.
    """
    with casefile.database.alone():
        with casefile.database.reading() as connection:
            name = locks.locked_in(connection)
        if name is None:
            raise CasefileUnusable("nothing is locked", "no hay nada cerrado")
        keeper = keeper_of(keepers_of(casefile), key)
        done = _done(casefile, True)
        _bring_files(casefile, name, key)
        with casefile.database.writing() as connection, _held_in(casefile, name) as source:
            locks.put_back(connection, rows_held(source, key))
            log.act_done(connection, Act.UNLOCKED, by, instant(at), {"file": name, "keeper": keeper.id}, "sealed")
        sweep(casefile)
    return done


def lock_faults(casefile: Casefile) -> Iterator[Fault]:
    """What is wrong with the lock: its file missing, something left in clear, or no act that says it was locked."""
    with casefile.database.reading() as connection:
        name = locks.locked_in(connection)
        acts = [values for values, _ in log.rows_now(connection, "sealed_acts")]
        marked = vault.confidential(connection)
    said = [act for act in acts if act["act"] in (Act.LOCKED.value, Act.UNLOCKED.value)][-1:]
    is_said = bool(said) and said[0]["act"] == Act.LOCKED.value
    if is_said != (name is not None) or (name is not None and f'"file":"{name}"' not in said[0]["details"]):
        yield Fault("sealed_locks", "is not what the log says of it", "no es lo que el registro dice de ello")
    if name is None:
        return
    if not envelope_path(casefile, name).is_file():
        yield Fault(
            f"sealed/{name}",
            "holds the lists of names and is missing; restore it from a backup",
            "contiene las listas de nombres y falta; recupérelo de una copia de seguridad",
        )
    waiting = folder_of(casefile) / _UNLOCKING
    left = [name for name, _ in _plain_files(casefile, marked)] + (["sealed"] if waiting.exists() else [])
    if left:
        yield Fault(
            left[0].split("/")[0],
            "the casefile is locked and something lies in clear: give recuento lock again",
            "el caso está cerrado y algo está en claro: repita recuento lock",
        )


def is_locked(casefile: Casefile) -> bool:
    """Whether the casefile is locked."""
    with casefile.database.reading() as connection:
        return locks.is_locked(connection)


def locked_originals(casefile: Casefile) -> frozenset[str]:
    """The SHA-256 of the originals that are not here: locked away, or left at home by a casefile that travels."""
    departure = departure_of(casefile.folder)
    at_home = frozenset(departure.absent) if departure is not None else frozenset()
    with casefile.database.reading() as connection:
        return at_home | (frozenset(vault.confidential(connection)) if locks.is_locked(connection) else frozenset())


def _shut_away(casefile: Casefile, connection: Connection, keepers: list[str], by: str, at: datetime) -> None:
    marked = vault.confidential(connection)
    # Nobody here can open what is for the keepers, so a key of this moment reads it back, and is forgotten.
    check = PrivateKey.new()
    written: list[Held] = []

    def write(out: BinaryIO) -> None:
        files = _plain_files(casefile, marked)
        written.append(write_held(out, [*keepers, check.public], files, locks.rows_to_take(connection)))

    name = keep_envelope(casefile, write)
    with _held_in(casefile, name) as source:
        again = check_held(source, check)
    if again != written[0]:
        raise CheckFailed("what was locked away is not what was read", "lo que se cerró no es lo que se leyó")
    counts = {
        "lists": again.rows.get("people_lists", 0),
        "entries": again.rows.get("entries", 0),
        "originals": sum(file.startswith("originals/") for file in again.files),
    }
    locks.take_out(connection, name, counts)
    log.act_done(connection, Act.LOCKED, by, instant(at), {"file": name}, "sealed")


def _plain_files(casefile: Casefile, marked: list[str]) -> Iterator[tuple[str, Path]]:
    """Every file in clear that is locked away: those about lists, confidential originals, old copies of the tables."""
    folder = casefile.folder
    for path in sorted((folder / PEOPLE).rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield path.relative_to(folder).as_posix(), path
    for sha256 in marked:
        path = casefile.originals.path(sha256)
        if path.is_file():
            yield f"originals/{sha256[:2]}/{sha256}", path
    for path in sorted(folder.glob(f"{DATABASE}.before-*")):
        yield path.name, path


def _remove_plain(casefile: Casefile) -> None:
    with casefile.database.reading() as connection:
        marked = vault.confidential(connection)
    for name, path in list(_plain_files(casefile, marked)):
        if not name.startswith(f"{PEOPLE}/"):
            wipe_file(path)
            sync_folder(path.parent)
    wipe_folder(casefile.folder / PEOPLE)
    sync_folder(casefile.folder)
    casefile.database.forget_deleted(_TABLES, rewrite=True)


def _bring_files(casefile: Casefile, name: str, key: PrivateKey) -> None:
    """Unpack every file beside, check all of it, then move each into its place."""
    waiting = folder_of(casefile) / _UNLOCKING
    wipe_folder(waiting)
    make_folder(waiting, 0o700)

    def keep(member: str, data: BinaryIO) -> None:
        if ".." in member.split("/") or member.startswith("/"):
            raise CheckFailed(f"{member} has no place here", f"{member} no debería estar aquí")
        path = waiting / member
        path.parent.mkdir(parents=True, exist_ok=True)
        with naming(path), path.open("xb") as out:
            copyfileobj(data, out)
        path.chmod(0o444 if "originals" in path.parts[-3:-1] else 0o600)

    try:
        with _held_in(casefile, name) as source:
            held = check_held(source, key, keep)
    except BaseException:
        # Nothing of a file that is not whole stays, and nothing in clear.
        wipe_folder(waiting)
        raise
    sync_below(waiting)
    for member in held.files:
        target = casefile.folder / member
        make_folder(target.parent, 0o700 if member.startswith(PEOPLE) else 0o777)
        move(waiting / member, target)
    wipe_folder(waiting)


def _held_in(casefile: Casefile, name: str) -> BinaryIO:
    try:
        return envelope_path(casefile, name).open("rb")
    except FileNotFoundError:
        raise CasefileUnusable(
            f"the file sealed/{name} is missing; restore it from a backup",
            f"falta el archivo sealed/{name}; recupérelo de una copia de seguridad",
        ) from None


def _done(casefile: Casefile, fresh: bool) -> LockDone:
    with casefile.database.reading() as connection:
        counts = locks.counts(connection)
    return LockDone(counts.get("lists", 0), counts.get("entries", 0), counts.get("originals", 0), fresh)
