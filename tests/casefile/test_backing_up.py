"""A backup made while others write is whole; what is restored is what was backed up, or each difference is said."""

from __future__ import annotations

import io
import multiprocessing
import os
import random
import tarfile
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from custody_case import AT, filled, flipped
from recuento.casefile.casefile import DATABASE, Casefile
from recuento.casefile.custody.custody import heads
from recuento.casefile.documents.preserving import preserve
from recuento.casefile.keeping import backing_up
from recuento.casefile.keeping.backing_up import MANIFEST, back_up, restore
from recuento.casefile.keeping.verifying import verify
from recuento.casefile.review.reviewing import decide
from recuento.errors import CasefileUnusable, FaultsFound
from recuento.model.decision import Act
from recuento.store import copying


@pytest.fixture
def casefile(tmp_path: Path) -> Iterator[Casefile]:
    """A casefile with something of every kind in it."""
    with filled(tmp_path) as one:
        yield one


def add_document(casefile: Casefile, number: int) -> None:
    """Preserve one more note."""
    path = casefile.folder.parent / f"more-{number}.txt"
    path.write_text(f"Nota inventada {number}.", encoding="utf-8")
    preserve(casefile, [path], by="ana", at=AT)


def everything(folder: Path) -> dict[str, bytes]:
    """Every file of a casefile but its tables and what is built."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "dossier" not in path.parts and not path.name.startswith(DATABASE)
    }


def test_what_is_restored_is_what_was_backed_up(casefile: Casefile, tmp_path: Path) -> None:
    """Every file, every row of every table and both heads of the log are the same, and the casefile verifies."""
    done = back_up(casefile, tmp_path / "case.backup")
    assert restore(tmp_path / "case.backup", tmp_path / "again") == done
    assert everything(tmp_path / "again") == everything(casefile.folder)
    with Casefile.open(tmp_path / "again") as again:
        with casefile.database.reading() as before, again.database.reading() as after:
            assert copying.contents(before) == copying.contents(after)
        assert heads(again) == heads(casefile)
        assert verify(again).faults == ()
    assert (tmp_path / "case.backup").stat().st_mode & 0o077 == 0


def test_a_backup_made_while_others_write_is_whole(casefile: Casefile, tmp_path: Path) -> None:
    """With decisions and documents coming in all the while, each backup restores without a fault."""
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            decide(casefile, [f"claim:A{number}"], Act.CONFIRM, by="luis", at=AT + timedelta(seconds=number))
            add_document(casefile, number)
            number += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(4):
            time.sleep(0.2)
            back_up(casefile, tmp_path / f"{number}.backup")
    finally:
        stop.set()
        writer.join()
    for number in range(4):
        assert restore(tmp_path / f"{number}.backup", tmp_path / f"again-{number}").damaged == ()
        with Casefile.open(tmp_path / f"again-{number}") as again:
            strangers = [fault for fault in verify(again).faults if not fault.place.startswith("originals/")]
            assert strangers == [], "an original may be there before its row, as after a crash, and nothing else"


def test_originals_copied_before_the_tables_would_be_found_missing(casefile: Casefile, tmp_path: Path) -> None:
    """Sabotage: where the files are listed first and the tables copied later, the same check names what is missing."""
    listed = {name: [0, path.name] for name, path in backing_up._files(casefile.folder, tmp_path / "x")}
    add_document(casefile, 1)
    casefile.database.copy_to(tmp_path / DATABASE)
    assert len([name for name in backing_up._damaged(tmp_path / DATABASE, listed) if name.startswith("orig")]) == 1


def test_every_flipped_byte_is_found(casefile: Casefile, tmp_path: Path) -> None:
    """One byte of what a backup holds another: restoring names a fault, never a casefile that differs."""
    back_up(casefile, tmp_path / "case.backup")
    data = (tmp_path / "case.backup").read_bytes()
    with tarfile.open(tmp_path / "case.backup") as tar:
        spans = [(member.offset_data, member.size) for member in tar if member.size and member.name != MANIFEST]
    chance = random.Random(5)
    for number in range(100):
        start, size = chance.choice(spans)
        altered = data[:start] + flipped(data[start : start + size], chance) + data[start + size :]
        (tmp_path / "altered.backup").write_bytes(altered)
        with pytest.raises(FaultsFound):
            restore(tmp_path / "altered.backup", tmp_path / f"altered-{number}")
        assert not (tmp_path / f"altered-{number}").exists()


@pytest.mark.parametrize("share", [0.0, 0.2, 0.7, 0.95])
def test_a_backup_cut_short_is_not_restored(casefile: Casefile, tmp_path: Path, share: float) -> None:
    """However much is left, it is said to be cut off, and no casefile appears under the name asked for."""
    back_up(casefile, tmp_path / "case.backup")
    data = (tmp_path / "case.backup").read_bytes()
    (tmp_path / "cut.backup").write_bytes(data[: int(len(data) * share)])
    with pytest.raises(FaultsFound, match=r"cut off|missing"):
        restore(tmp_path / "cut.backup", tmp_path / "again")
    assert not (tmp_path / "again").exists()


def test_a_damaged_original_is_backed_up_and_named(casefile: Casefile, tmp_path: Path) -> None:
    """What was rotten before the backup is named then and at restoring, and the rest is kept."""
    path = casefile.originals.path(next(casefile.originals.all()))
    path.chmod(0o644)
    path.write_bytes(b"x" + path.read_bytes()[1:])
    done = back_up(casefile, tmp_path / "case.backup")
    assert [fault.place for fault in done.damaged] == [f"originals/{path.parent.name}/{path.name}"]
    assert restore(tmp_path / "case.backup", tmp_path / "again").damaged == done.damaged


@pytest.mark.parametrize("name", ["../outside", "/tmp/outside", "a/../../outside", "c:\\outside"])
def test_nothing_is_written_outside_the_folder(tmp_path: Path, name: str) -> None:
    """A file whose name leads out of the folder, or a link, is refused by its name."""
    with tarfile.open(tmp_path / "evil.backup", "w") as tar:
        info = tarfile.TarInfo(name)
        info.size = 1
        tar.addfile(info, io.BytesIO(b"x"))
        link = tarfile.TarInfo("link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc"
        tar.addfile(link)
    with pytest.raises(FaultsFound) as raised:
        restore(tmp_path / "evil.backup", tmp_path / "again")
    assert {name, "link"} <= {fault.place for fault in raised.value.faults}
    assert not list(tmp_path.parent.rglob("outside"))


def test_nothing_is_overwritten(casefile: Casefile, tmp_path: Path) -> None:
    """Neither a backup that is there nor a folder that holds something."""
    back_up(casefile, tmp_path / "case.backup")
    with pytest.raises(CasefileUnusable, match="already"):
        back_up(casefile, tmp_path / "case.backup")
    with pytest.raises(CasefileUnusable, match="not empty"):
        restore(tmp_path / "case.backup", casefile.folder)
    with pytest.raises(CasefileUnusable, match="no file"):
        restore(tmp_path / "none.backup", tmp_path / "again")


def back_up_slowly(folder: Path, file: Path, straight: bool) -> None:
    """Back up with a pause before each file; where `straight`, the sabotage, into the name asked for at once."""

    def pause(*rest: object) -> None:
        time.sleep(0.02)

    with Casefile.open(folder) as casefile:
        if not straight:
            back_up(casefile, file, progress=pause)
            return
        snapshot = file.with_suffix(".tables")
        casefile.database.copy_to(snapshot)
        with file.open("wb") as out:
            backing_up._write(casefile, snapshot, out, file, pause)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="starts its other processes by fork")
@pytest.mark.parametrize("straight", [False, True])
def test_a_killed_backup_leaves_none_or_a_whole_one(casefile: Casefile, tmp_path: Path, straight: bool) -> None:
    """After each kill there is no backup under the name, or one that restores; written straight, halves are found."""
    casefile.close()
    chance, halves = random.Random(2), 0
    for number in range(8):
        file = tmp_path / f"{number}.backup"
        process = multiprocessing.get_context("fork").Process(
            target=back_up_slowly, args=(casefile.folder, file, straight)
        )
        process.start()
        time.sleep(chance.uniform(0.15, 0.4))
        process.kill()
        process.join()
        if file.exists():
            try:
                restore(file, tmp_path / f"again-{number}")
            except FaultsFound:
                halves += 1
    assert (halves > 0) == straight
