"""Writing for good: whole or not at all, explained where the disk refuses, and in one place only."""

from __future__ import annotations

import ast
import errno
import os
from pathlib import Path

import pytest

import recuento
from recuento.errors import CasefileUnusable
from recuento.store.durable import DiskFailed, explained, make_folder, write_file, write_files, written_whole

SOURCE = Path(recuento.__file__).parent
DIRECT = {"write_text", "write_bytes", "copyfile", "copy2"}
"""Ways to write that leave half of a file, or one that a power cut takes."""
ALLOWED = {
    "casefile/people/linking.py",  # a folder that is synced whole before it gets its name
    "casefile/publishing/edition_folder.py",  # the same
    "casefile/custody/timestamps.py",  # certificates for the openssl command, in a temporary folder
    "store/stopping.py",  # a note on a disk whose syncs have failed
    "cli/bilingual.py",  # words for the help, no file
    "read/languages/conjugate.py",  # a tool that makes files of the package
}


def test_a_file_is_whole_or_not_there(tmp_path: Path) -> None:
    """What fails in the middle leaves the old file and nothing beside it."""

    def fill(path: Path) -> None:
        path.write_bytes(b"half")
        raise ValueError("a bug")

    assert write_file(tmp_path / "a" / "b" / "file", b"old")
    assert not write_file(tmp_path / "a" / "b" / "file", b"old")
    with pytest.raises(ValueError, match="a bug"):
        written_whole(tmp_path / "a" / "b" / "file", fill)
    assert [(path.name, path.read_bytes()) for path in (tmp_path / "a" / "b").iterdir()] == [("file", b"old")]


def test_many_files_at_once_name_those_that_changed(tmp_path: Path) -> None:
    """Only what is new or different is written."""
    write_files(tmp_path, {"one": b"1", "deep/two": b"2"})
    assert write_files(tmp_path, {"one": b"1", "deep/two": b"3", "three": b""}) == ["deep/two", "three"]


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EMFILE, errno.EIO])
def test_what_the_disk_refuses_is_said_with_place_and_way_out(number: int) -> None:
    """In both languages, with the place; a failing disk is told apart, for then one has to stop."""
    place = Path("/casos/uno")
    with pytest.raises(CasefileUnusable) as found, explained(place):
        raise OSError(number, os.strerror(number))
    assert str(place) in found.value.en and str(place) in found.value.es
    assert found.value.en != found.value.es
    assert isinstance(found.value, DiskFailed) == (number == errno.EIO)


def test_other_errors_go_on_as_they_are(tmp_path: Path) -> None:
    """A bug of ours is not dressed as a fault of the disk."""
    with pytest.raises(FileNotFoundError), explained(tmp_path):
        (tmp_path / "nothing").read_bytes()
    make_folder(tmp_path)


def test_nobody_writes_past_the_one_place_that_writes_for_good() -> None:
    """No module but a few, each with its reason, writes a file by itself."""
    found = {
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in DIRECT
    }
    assert found - ALLOWED == set(), "use recuento.store.durable"
