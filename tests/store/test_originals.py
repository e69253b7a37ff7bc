"""Originals: what is kept comes back, and what the disk has changed is never taken for it."""

from __future__ import annotations

import hashlib
import os
import stat
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recuento.errors import InvalidValue
from recuento.store.originals import OriginalLost, Originals


@settings(max_examples=30, deadline=None)
@given(st.lists(st.binary(max_size=200), max_size=6))
def test_what_is_kept_comes_back(tmp_path_factory: pytest.TempPathFactory, pieces: list[bytes]) -> None:
    """Every original is read back by its SHA-256, the same bytes twice are one, and nothing unfinished stays."""
    originals = Originals(tmp_path_factory.mktemp("case") / "originals")
    for data in pieces:
        assert originals.keep(data) == originals.keep(BytesIO(data)) == hashlib.sha256(data).hexdigest()
    assert list(originals.all()) == sorted({hashlib.sha256(data).hexdigest() for data in pieces})
    assert {originals.read(sha256) for sha256 in originals.all()} == set(pieces)
    assert not list(originals.folder.glob(".unfinished-*"))


def spoil(originals: Originals, sha256: str, data: bytes) -> None:
    """Change the bytes on the disk behind the back of `originals`."""
    originals.path(sha256).chmod(0o644)
    originals.path(sha256).write_bytes(data)


@pytest.mark.parametrize("place", [0, 500, 999])
def test_one_altered_byte_is_refused(originals: Originals, place: int) -> None:
    """An original with a single byte changed is not handed out; the message names it."""
    data = bytes(1000)
    sha256 = originals.keep(data)
    spoil(originals, sha256, data[:place] + b"\1" + data[place + 1 :])
    assert not originals.is_whole(sha256)
    with pytest.raises(OriginalLost, match=sha256):
        originals.read(sha256)


def test_an_original_that_is_gone_is_named(originals: Originals) -> None:
    """A missing original is another thing than an altered one."""
    sha256 = originals.keep(b"hola")
    originals.path(sha256).unlink()
    assert not originals.is_whole(sha256)
    with pytest.raises(OriginalLost, match="missing"):
        originals.read(sha256)


def test_keeping_again_puts_altered_bytes_back(originals: Originals) -> None:
    """Being there is not trusted: the bytes are hashed again, and the good ones take the place of the bad."""
    sha256 = originals.keep(b"hola")
    spoil(originals, sha256, b"")
    assert originals.keep(b"hola") == sha256
    assert originals.read(sha256) == b"hola"


def test_a_stream_that_breaks_leaves_nothing(originals: Originals) -> None:
    """When the source fails in the middle, nothing is kept and nothing is left behind."""

    class Breaking(BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            if self.tell():
                raise ConnectionError("the line went dead")
            return super().read(3)

    with pytest.raises(ConnectionError):
        originals.keep(Breaking(b"abcdef"))
    assert list(originals.all()) == []
    assert list(originals.folder.iterdir()) == []


def test_bytes_are_synced_before_they_have_a_name(originals: Originals, monkeypatch: pytest.MonkeyPatch) -> None:
    """The order that survives a power cut: the file is synced, then renamed, then its folder is synced."""
    seen: list[str] = []
    sync, rename = os.fsync, Path.replace

    def synced(handle: int) -> None:
        status = os.fstat(handle)
        if not stat.S_ISDIR(status.st_mode):
            seen.append("file synced")
        elif os.path.samestat(status, originals.path(sha256).parent.stat()):
            seen.append("folder synced")
        sync(handle)

    def renamed(path: Path, target: Path) -> Path:
        seen.append("renamed")
        return rename(path, target)

    sha256 = hashlib.sha256(b"hola").hexdigest()
    originals.path(sha256).parent.mkdir(parents=True)
    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(Path, "replace", renamed)
    originals.keep(b"hola")
    assert seen == ["file synced", "renamed", "folder synced"]
    seen.clear()
    originals.keep(b"hola")
    assert seen[-1] == "folder synced", "whoever kept it first may have been killed before the folder was synced"


def test_the_sweep_takes_only_what_is_old_and_unfinished(originals: Originals) -> None:
    """What an interrupted import left is deleted once it is old; originals stay."""
    sha256 = originals.keep(b"hola")
    (originals.folder / ".unfinished-x").write_bytes(b"ho")
    assert originals.sweep() == 0
    assert originals.sweep(age_seconds_min=0) == 1
    assert list(originals.all()) == [sha256]


@pytest.mark.parametrize("name", ["", "../../secret", "A" * 64, "a" * 63, "a" * 64 + "\n"])
def test_only_a_hash_names_an_original(originals: Originals, name: str) -> None:
    """No path leads out of the folder."""
    with pytest.raises(InvalidValue):
        originals.path(name)


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    """Reading from a folder that is not there finds nothing, without an error of its own."""
    assert list(Originals(tmp_path / "nowhere").all()) == []
    assert Originals(tmp_path / "nowhere").sweep() == 0
