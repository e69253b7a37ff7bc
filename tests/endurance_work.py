"""What people do with a casefile, step by step, saying of each thing that it is saved; and what may never be lost.

The acts run in a process that is killed, loses its power or gets no room on the disk. Whatever was said before has to
be there afterwards, and nothing may be there by half.
"""

from __future__ import annotations

import atexit
import functools
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from invented import CLAIMS, NOTE, SETTINGS
from recuento.casefile.casefile import DATABASE, UNFINISHED, Casefile
from recuento.casefile.claims.importing import apply_import, plan_import
from recuento.casefile.custody.custody import write_checkpoint
from recuento.casefile.documents.preserving import preserve
from recuento.casefile.keeping import bag_verifier
from recuento.casefile.keeping.backing_up import back_up, restore
from recuento.casefile.keeping.bagging import export_bag
from recuento.casefile.keeping.copying import copy_casefile
from recuento.casefile.keeping.verifying import verify
from recuento.casefile.people.linking import link_what_changed, linkage_of
from recuento.casefile.people.lists import apply_list, plan_list
from recuento.casefile.publishing.publishing import publish
from recuento.casefile.reading.reading import read_what_changed
from recuento.casefile.review.reviewing import decide
from recuento.casefile.sealing.keepers import add_keeper
from recuento.casefile.sealing.locking import is_locked, lock, unlock
from recuento.casefile.sealing.sealed_search import SealedSearch
from recuento.casefile.sealing.vault import add_file, add_text, new_source
from recuento.errors import RecuentoError
from recuento.model.decision import Act
from recuento.publish.freezing import SUMS
from recuento.seal.keys import PrivateKey, key_of, secret_of
from recuento.seal.sealed import Sealed
from recuento.store import claims, decisions, documents, migrating, people, vault
from recuento.store.opening import open_database
from recuento.values.bilingual import Bilingual

AT = datetime(2031, 4, 2, 10, 0, tzinfo=UTC)
Say = Callable[[str, str], None]
"""Called with a kind and a name once it is saved."""


def fresh(place: Path, *, keepers: bool = True) -> Path:
    """A place of work: `case`, a casefile with something of everything; `out` for what leaves, `in` for what comes.

    Without `keepers` it holds nothing that the oldest tables could not.
    """
    shutil.copytree(_made(keepers), place)
    return place


@functools.cache
def _made(keepers: bool) -> Path:
    """The place that the others are copies of: it takes a second of work."""
    place = Path(tempfile.mkdtemp(prefix="recuento-place-"))
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    for name in ("case", "out", "in"):
        (place / name).mkdir(parents=True)
    (place / "case" / "recuento.toml").write_text(SETTINGS, encoding="utf-8")
    (place / "in" / "claims.csv").write_text(CLAIMS, encoding="utf-8")
    (place / "in" / "list.csv").write_text(_names(40), encoding="utf-8")
    with Casefile.open(place / "case") as casefile:
        preserve(casefile, [_note(place, "first")], by="ana", at=AT)
        apply_import(casefile, plan_import(casefile, place / "in" / "claims.csv"), by="ana", at=AT)
        apply_list(casefile, plan_list(casefile, place / "in" / "list.csv", "muro"), by="ana", at=AT)
        read_what_changed(casefile, at=AT)
        decide(casefile, ["claim:A1"], Act.CONFIRM, by="luis", at=AT)
        for name in ("ana", "luis") if keepers else ():
            key = PrivateKey.new()
            add_keeper(casefile, name, key.public, by="ana", at=AT)
            (place / "in" / f"{name}.key").write_bytes(secret_of(key))
        publish(casefile, casefile.folder / "dossier", date(2031, 4, 1), by="ana", at=AT)
        (place / "in" / "first.sums").write_text(_sums(casefile.folder / "dossier"), encoding="utf-8")
        write_checkpoint(casefile, "public")
        back_up(casefile, place / "in" / "backup.tar")
    return place


def old_casefile(folder: Path, revision: str, documents_kept: int = 3) -> Mapping[str, int]:
    """A casefile of an earlier revision with data in every table it had; gives how many rows each table holds.

    The data is what this version writes, moved into tables that the earlier migrations made.
    """
    folder.mkdir(parents=True)
    (folder / "recuento.toml").write_text(SETTINGS, encoding="utf-8")
    with tempfile.TemporaryDirectory() as scratch:
        place = fresh(Path(scratch) / "place", keepers=False)
        with Casefile.open(place / "case") as casefile:
            preserve(casefile, [_note(place, f"old-{n}") for n in range(documents_kept)], by="ana", at=AT)
            read_what_changed(casefile, at=AT)
        for kept in ("originals", "people", "editions"):
            shutil.copytree(place / "case" / kept, folder / kept)
        return _into_revision(place / "case" / DATABASE, folder / DATABASE, revision)


def _into_revision(source: Path, target: Path, revision: str) -> Mapping[str, int]:
    from recuento.store import copying
    from recuento.store.database import Database

    with Database(target, create=True) as old, open_database(source) as new:
        with old.writing() as connection:
            migrating.upgrade(connection, revision=revision)
        with new.reading() as reading, old.writing() as writing:
            copying.copy_tables(reading, writing)
        with old.reading() as reading:
            return copying.counts(reading)


def _note(place: Path, name: str) -> Path:
    path = place / "in" / f"{name}.txt"
    path.write_text(NOTE + f"\nNota {name}.\n" + name * 400, encoding="utf-8")
    return path


def _names(count: int) -> str:
    given, family = (
        ("XIMENA", "RAMIRO", "TOMASA", "EUSEBIO", "LUCRECIA"),
        ("ZUTANA", "PRUEBASOLA", "MENGANO", "FULANEZ"),
    )
    rows = (f"{given[n % 5]} {family[n % 4]} {family[n // 4 % 4]};{20 + n % 50}" for n in range(count))
    return "nombre;edad\n" + "\n".join(rows) + "\n"


def do_preserve(place: Path, number: int, say: Say) -> None:
    """Keep some documents; each is saved once the next is begun."""
    paths = [_note(place, f"note-{number}-{n}") for n in range(4)]
    hashes = [hashlib.sha256(path.read_bytes()).hexdigest() for path in paths]
    told = 0

    def done(count: int, total: int, name: str) -> None:
        nonlocal told
        while told < count:
            say("document", hashes[told])
            told += 1

    with Casefile.open(place / "case") as casefile:
        preserve(casefile, paths, by="ana", at=AT, progress=done)


def do_read(place: Path, number: int, say: Say) -> None:
    """Read what is not read yet."""
    with Casefile.open(place / "case") as casefile:
        # A date is part of what a text is read against: everything is read again.
        with casefile.database.writing() as connection:
            connection.exec_driver_sql("DELETE FROM runs WHERE step = 'read'")
        read_what_changed(casefile, at=AT)
        with casefile.database.reading() as connection:
            for row in connection.exec_driver_sql("SELECT DISTINCT document FROM statements").fetchall():
                say("read", row[0])


def do_decide(place: Path, number: int, say: Say) -> None:
    """Decide some things, one after the other, and several at once."""
    with Casefile.open(place / "case") as casefile:
        for n in range(6):
            decide(casefile, [f"claim:{number}-{n}"], Act.CONFIRM, by="ana", at=AT)
            say("decision", f"claim:{number}-{n}")
        together = [f"claim:{number}-all-{n}" for n in range(5)]
        decide(casefile, together, Act.REJECT, by="luis", at=AT, why="a la vez")
        for subject in together:
            say("decision", subject)


def do_import(place: Path, number: int, say: Say) -> None:
    """Change a claim and add one."""
    added = f"Z{number},fire,Valdeoscuro,2031-03-18,2031-03-18,Observatorio de Lares,ngo,escaped,eq,{number},{number},N"
    path = place / "in" / f"claims-{number}.csv"
    path.write_text(
        CLAIMS.replace("371,371", f"{371 + number % 7},{371 + number % 7}") + added + "\n", encoding="utf-8"
    )
    with Casefile.open(place / "case") as casefile:
        apply_import(casefile, plan_import(casefile, path), by="ana", at=AT)
        say("claim", f"Z{number}")


def do_link(place: Path, number: int, say: Say) -> None:
    """Link the lists anew, after one more row."""
    path = place / "in" / f"list-{number}.csv"
    path.write_text(_names(40 + number % 40), encoding="utf-8")
    with Casefile.open(place / "case") as casefile:
        apply_list(casefile, plan_list(casefile, path, "muro"), by="ana", at=AT)
        link_what_changed(casefile, at=AT)
        say("linked", "muro")


def do_publish(place: Path, number: int, say: Say) -> None:
    """Publish an edition of another day."""
    # No two of a place are of the same day: an older edition must be known as such.
    edition = date.fromordinal(date(2031, 5, 1).toordinal() + number % 100_000)
    search = SealedSearch(without_keeper=True)
    with Casefile.open(place / "case") as casefile:
        publish(casefile, casefile.folder / "dossier", edition, by="ana", at=AT, search=search)
        say("dossier", _sums(casefile.folder / "dossier"))


def _sums(dossier: Path) -> str:
    return hashlib.sha256((dossier / SUMS).read_bytes()).hexdigest()


def do_checkpoint(place: Path, number: int, say: Say) -> None:
    """Decide something, then write the head of the log."""
    with Casefile.open(place / "case") as casefile:
        decide(casefile, [f"claim:{number}-c"], Act.CONFIRM, by="ana", at=AT)
        say("file", str(write_checkpoint(casefile, "public").relative_to(place)))


def do_seal(place: Path, number: int, say: Say) -> None:
    """Seal a name and a letter of a new source."""
    letter = place / "in" / f"letter-{number}.txt"
    letter.write_text(f"Carta {number}. " * 200, encoding="utf-8")
    with Casefile.open(place / "case") as casefile:
        source = new_source(casefile, "relatives", Bilingual(es="un familiar", en="a relative"), by="ana", at=AT)
        say("sealed", add_text(casefile, source.id, "name", Sealed("Ubaldina Trasmonte"), by="ana", at=AT))
        say("sealed", add_file(casefile, source.id, letter, by="ana", at=AT))


def do_lock(place: Path, number: int, say: Say) -> None:
    """Lock the lists away, and bring them back."""
    with Casefile.open(place / "case") as casefile:
        lock(casefile, by="ana", at=AT)
        unlock(casefile, _key(place), by="ana", at=AT)


def _key(place: Path) -> PrivateKey:
    return key_of((place / "in" / "ana.key").read_bytes())


def do_backup(place: Path, number: int, say: Say) -> None:
    """Back up, and restore an earlier backup."""
    with Casefile.open(place / "case") as casefile:
        back_up(casefile, place / "out" / f"backup-{number}.tar")
    say("backup", f"backup-{number}.tar")
    restore(place / "in" / "backup.tar", place / "out" / f"restored-{number}")
    say("casefile", f"restored-{number}")


def do_copy(place: Path, number: int, say: Say) -> None:
    """Copy the casefile into another folder."""
    copy_casefile(place / "case", place / "out" / f"copy-{number}")
    say("casefile", f"copy-{number}")


def do_bag(place: Path, number: int, say: Say) -> None:
    """Export a bag."""
    with Casefile.open(place / "case") as casefile:
        export_bag(casefile, place / "out" / f"bag-{number}", by="ana", at=AT)
    say("bag", f"bag-{number}")


def do_migrate(place: Path, number: int, say: Say) -> None:
    """Open a casefile of an earlier revision, which brings it up to date."""
    folder = place / "out" / f"old-{number}"
    with Casefile.open(folder):
        say("casefile", folder.name)


ACTS: Mapping[str, Callable[[Path, int, Say], None]] = {
    "preserve": do_preserve,
    "read": do_read,
    "decide": do_decide,
    "import": do_import,
    "link": do_link,
    "publish": do_publish,
    "checkpoint": do_checkpoint,
    "seal": do_seal,
    "lock": do_lock,
    "backup": do_backup,
    "copy": do_copy,
    "bag": do_bag,
    "migrate": do_migrate,
}


@dataclass(slots=True)
class Losses:
    """What was lost of what was said, what is there by half, and what verify finds wrong."""

    said: int = 0
    lost: list[str] = field(default_factory=list)
    half: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        """All of them."""
        return len(self.lost) + len(self.half) + len(self.faults)

    def add(self, other: Losses) -> None:
        """Take the losses of another look into these."""
        self.said += other.said
        self.lost += other.lost
        self.half += other.half
        self.faults += other.faults


def losses(place: Path, said: Iterable[tuple[str, str]]) -> Losses:
    """Look at a place after whatever befell it: open, verify, and hold it against what was said."""
    heard = list(said)
    found = Losses(said=len(heard))
    try:
        with Casefile.open(place / "case") as casefile:
            if is_locked(casefile):
                # What lies in clear after a lock that was interrupted is to be told; anything else is a fault.
                told = (fault.text("en") for fault in verify(casefile).faults)
                found.faults += [f"locked: {one}" for one in told if "lies in clear" not in one]
                unlock(casefile, _key(place), by="ana", at=AT)
            _look_at_casefile(casefile, heard, found)
    except Exception as error:
        found.faults.append(f"the casefile does not open: {type(error).__name__}: {str(error)[:200]}")
    editions = [
        (place / "in" / "first.sums").read_text(encoding="utf-8"),
        *(n for kind, n in heard if kind == "dossier"),
    ]
    _look_at_dossier(place / "case" / "dossier", editions, found)
    _look_outside(place, heard, found)
    return found


def _look_at_casefile(casefile: Casefile, heard: list[tuple[str, str]], found: Losses) -> None:
    found.faults += [fault.text("en") for fault in verify(casefile).faults]
    with casefile.database.reading() as connection:
        there = {
            "document": {document.sha256 for document in documents.all(connection)},
            "decision": {decision.subject for decision in decisions.all(connection)},
            "claim": {claim.id for claim in claims.all(connection)},
            "sealed": {part.id for part in vault.parts(connection)},
            "read": {row[0] for row in connection.exec_driver_sql("SELECT DISTINCT document FROM statements")},
        }
        if not list(people.entries(connection, "muro")):
            found.lost.append("the list muro")
    for kind, name in heard:
        if kind in there and name not in there[kind]:
            found.lost.append(f"{kind} {name}")
        if kind == "file" and not (casefile.folder.parent / name).is_file():
            found.lost.append(f"{kind} {name}")
        if kind == "linked":
            try:
                linkage_of(casefile)
            except Exception as error:
                found.lost.append(f"linkage: {type(error).__name__}")
    for path in casefile.folder.glob("people/linkage-*"):
        if not path.name.endswith(".unfinished") and not (path / "linkage.json").is_file():
            found.half.append(str(path.name))
    for path in casefile.folder.glob("originals/??/*"):
        if not casefile.originals.is_whole(path.name):
            found.half.append(f"original {path.name}")


def _look_at_dossier(dossier: Path, editions: list[str], found: Losses) -> None:
    """Every file as the list says it, none besides; and none of the editions before the last one that was said."""
    try:
        if _sums(dossier) in editions[:-1]:
            found.lost.append("the dossier is an older edition than the last that was said to be published")
        lines = (dossier / SUMS).read_text(encoding="utf-8").splitlines()
        listed = {name: sha256 for sha256, name in (line.split("  ", 1) for line in lines)}
    except (OSError, ValueError):
        found.lost.append("the dossier has no list of files")
        return
    there = {path.relative_to(dossier).as_posix(): path for path in dossier.rglob("*") if path.is_file()}
    there.pop(SUMS)
    for name in sorted(listed.keys() | there.keys()):
        if name not in there or hashlib.sha256(there[name].read_bytes()).hexdigest() != listed.get(name):
            found.half.append(f"dossier/{name}")


def _look_outside(place: Path, heard: list[tuple[str, str]], found: Losses) -> None:
    out = place / "out"
    names = {name for kind, name in heard if kind in ("casefile", "backup", "bag")}
    for name in names:
        if not (out / name).exists():
            found.lost.append(name)
    for path in sorted(out.iterdir()):
        if path.name.startswith("backup-") and path.suffix == ".tar":
            _look_at_backup(path, found)
        elif path.name.startswith(("restored-", "copy-", "old-")) and not path.name.endswith(".unfinished"):
            _look_at_other(path, path.name in names, found)
        elif path.name.startswith("bag-") and path.name in names:
            with suppress(SystemExit), open(os.devnull, "w") as nowhere:  # noqa: PTH123
                import contextlib

                with contextlib.redirect_stdout(nowhere), contextlib.redirect_stderr(nowhere):
                    if bag_verifier.main([str(path)]):
                        found.half.append(path.name)


def _look_at_backup(path: Path, found: Losses) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        try:
            restore(path, Path(scratch) / "restored")
        except RecuentoError as error:
            found.half.append(f"{path.name}: {str(error)[:200]}")


def _look_at_other(folder: Path, was_said: bool, found: Losses) -> None:
    if (folder / UNFINISHED).exists() or not any(folder.iterdir()):
        if was_said:
            found.lost.append(folder.name)
        return
    if folder.name.startswith("copy-") and not (folder / "recuento.toml").exists() and not was_said:
        return
    try:
        with Casefile.open(folder) as casefile:
            found.faults += [f"{folder.name}: {fault.text('en')}" for fault in verify(casefile).faults]
    except Exception as error:
        found.half.append(f"{folder.name}: {type(error).__name__}: {str(error)[:150]}")


def said_in(lines: bytes) -> list[tuple[str, str]]:
    """What was said, from its lines; half a line at the end was not said."""
    whole = lines[: lines.rfind(b"\n") + 1]
    return [(kind, name) for kind, name in (json.loads(line) for line in whole.splitlines())]


def saying(handle: int) -> Say:
    """Say things on an open file, one line each."""
    return lambda kind, name: (os.write(handle, (json.dumps([kind, name]) + "\n").encode()), None)[1]
