"""An encrypted backup is for its keepers alone, comes back whole or not at all, and leaves nothing in clear beside."""

from __future__ import annotations

import random
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from custody_case import AT, filled
from recuento.casefile.casefile import DATABASE, Casefile
from recuento.casefile.keeping.backing_up import back_up, restore
from recuento.casefile.keeping.verifying import verify
from recuento.casefile.sealing.keepers import add_keeper, keepers_of
from recuento.casefile.sealing.locking import lock, unlock
from recuento.casefile.sealing.vault_opening import open_source
from recuento.errors import CasefileUnusable
from recuento.seal.errors import CannotOpen
from recuento.seal.keys import PrivateKey
from recuento.store import copying

KEY = PrivateKey.new()


@pytest.fixture
def casefile(tmp_path: Path) -> Iterator[Casefile]:
    """A casefile with something of every kind, and a keeper whose key the test has."""
    with filled(tmp_path) as one:
        add_keeper(one, "eva", KEY.public, by="ana", at=AT)
        yield one


def made(casefile: Casefile, file: Path) -> bytes:
    """A backup encrypted to the keepers, as bytes."""
    back_up(casefile, file, to=[keeper.public_key for keeper in keepers_of(casefile)])
    return file.read_bytes()


def test_it_comes_back_whole_with_the_key_of_a_keeper(casefile: Casefile, tmp_path: Path) -> None:
    """Every row and file is the same; no name, no table and no sealed value stands in the file or beside it."""
    data = made(casefile, tmp_path / "out" / "case.backup") if (tmp_path / "out").mkdir() is None else b""
    for word in (b"XIMENA", b"SQLite format", b"recuento.toml", b"leido", b"backup.json"):
        assert word not in data
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["case.backup"]
    assert not list(casefile.folder.glob(".recuento-backup-*"))
    restore(tmp_path / "out" / "case.backup", tmp_path / "again", key=KEY)
    with Casefile.open(tmp_path / "again") as again:
        with casefile.database.reading() as before, again.database.reading() as after:
            assert copying.contents(before) == copying.contents(after)
        assert verify(again).faults == ()


def test_nobody_else_restores_it(casefile: Casefile, tmp_path: Path) -> None:
    """Without a key it says that it is encrypted; with another it does not open; nothing is left behind."""
    made(casefile, tmp_path / "case.backup")
    with pytest.raises(CasefileUnusable, match="encrypted"):
        restore(tmp_path / "case.backup", tmp_path / "again")
    with pytest.raises(CannotOpen):
        restore(tmp_path / "case.backup", tmp_path / "again", key=PrivateKey.new())
    assert not list(tmp_path.glob("again*"))


def test_a_flipped_byte_anywhere_is_refused(casefile: Casefile, tmp_path: Path) -> None:
    """Head, middle and last byte, or a missing end: no casefile appears, and no half of one."""
    data = made(casefile, tmp_path / "case.backup")
    chance = random.Random(3)
    places = [0, 30, 200, len(data) - 1, *(chance.randrange(len(data)) for _ in range(25))]
    for number, at in enumerate(places):
        altered = data[:at] + bytes([data[at] ^ chance.randrange(1, 256)]) + data[at + 1 :]
        (tmp_path / "altered").write_bytes(altered)
        with pytest.raises(Exception) as raised:
            restore(tmp_path / "altered", tmp_path / f"again-{number}", key=KEY)
        assert hasattr(raised.value, "en")
        assert not (tmp_path / f"again-{number}").exists()
    for cut in (1, 100, 70_000):
        (tmp_path / "cut").write_bytes(data[:-cut])
        with pytest.raises(CannotOpen):
            restore(tmp_path / "cut", tmp_path / "again-cut", key=KEY)
        assert not list(tmp_path.glob("again-cut*"))


def test_a_locked_casefile_is_backed_up_and_unlocked_elsewhere(casefile: Casefile, tmp_path: Path) -> None:
    """What is locked away travels with the backup, is no damage, and opens where it was restored."""
    lock(casefile, by="ana", at=AT)
    made(casefile, tmp_path / "case.backup")
    assert restore(tmp_path / "case.backup", tmp_path / "again", key=KEY).damaged == ()
    with Casefile.open(tmp_path / "again") as again:
        assert unlock(again, KEY, by="eva", at=AT).entries == 2
        assert verify(again).faults == ()


def test_a_backup_whose_lock_file_is_gone_says_so(casefile: Casefile, tmp_path: Path) -> None:
    """The tables name a file that is not there: it is named as damaged, at backing up and at restoring."""
    lock(casefile, by="ana", at=AT)
    for path in (casefile.folder / "sealed").iterdir():
        path.unlink()
    done = back_up(casefile, tmp_path / "case.backup", to=[KEY.public])
    assert all(fault.place.startswith("sealed/") for fault in done.damaged) and len(done.damaged) == 2


def test_memory_does_not_grow_with_the_casefile(casefile: Casefile, tmp_path: Path) -> None:
    """An original of 60 MB goes in and out again with far less than that in memory."""
    big = random.Random(1).randbytes(1 << 20) * 60
    casefile.originals.keep(big)
    del big
    tracemalloc.start()
    made_size = back_up(casefile, tmp_path / "case.backup", to=[KEY.public]).bytes
    restore(tmp_path / "case.backup", tmp_path / "again", key=KEY)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert made_size > 60_000_000
    assert peak < 20_000_000


def test_a_source_opens_in_a_restored_casefile(casefile: Casefile, tmp_path: Path) -> None:
    """Sealed sources are in the backup as they are in the casefile: wrapped keys and envelopes."""
    from vault_case import SECRETS, source_in

    source = source_in(casefile, tmp_path)
    made(casefile, tmp_path / "case.backup")
    restore(tmp_path / "case.backup", tmp_path / "again", key=KEY)
    assert (tmp_path / "again" / DATABASE).exists()
    with Casefile.open(tmp_path / "again") as again:
        found = open_source(again, source, KEY, purpose="simulacro de copia", by="eva", at=AT)
        assert len(found.parts) == len(SECRETS) + 1
