"""Put a new edition of a dossier in the place of the old one, all of it at once.

The new edition is built whole in a hidden folder beside the old one, synced, and the two change names in one act of
the system, so that whoever reads the folder sees one edition or the other, never a mixture. Where a folder cannot be
exchanged (it is a mount, or holds files of others, which stay where they are), the files are replaced one by one,
each whole, and the list of them last: until then the list tells that something is missing.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from recuento.store.durable import explained, make_folder, move, remove, sync_below, sync_folder, write_files

STAGED = ".unfinished-"
"""How the name of the hidden folder begins; the name of the dossier follows."""


_AT_ONCE = 500
"""Files that are held in memory at a time while they are written."""


class Made(Mapping[str, bytes]):
    """Files that are made when they are asked for."""

    def __init__(self, makers: Mapping[str, Callable[[], bytes]]) -> None:
        self._makers = makers

    def __getitem__(self, name: str) -> bytes:
        """The bytes of a file."""
        return self._makers[name]()

    def __iter__(self) -> Iterator[str]:
        """Every name."""
        return iter(self._makers)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._makers)


def replace_edition(
    folder: Path, files: Mapping[str, bytes], before: set[str], last: str
) -> tuple[list[str], list[str]]:
    """Make `folder` hold `files`; gives the names of those that changed and of those removed.

    `before` names the files that an earlier edition wrote there; whatever else lies there stays. `last` is the file
    that lists the others. Raises CasefileUnusable where the disk is full, read-only or failing: the old edition stays.
    """
    with explained(folder):
        changed = [name for name in sorted(files) if not _holds(folder / name, files[name])]
        removed = sorted(before - files.keys())
        if not changed and not removed:
            sync_folder(folder)
        elif _strangers(folder, before | {last}) or os.path.ismount(folder):
            _one_by_one(folder, files, removed, last)
        else:
            _exchange(folder, files, set(changed))
    return [name for name in changed if name != last], removed


def _exchange(folder: Path, files: Mapping[str, bytes], changed: set[str]) -> None:
    make_folder(folder.parent)
    staged = folder.with_name(f"{STAGED}{folder.name}")
    shutil.rmtree(staged, ignore_errors=True)
    staged.mkdir()
    try:
        for name in sorted(files.keys() - changed):
            _link(folder / name, staged / name)
        _write_all(staged, files, changed)
        sync_below(staged)
        if not folder.exists():
            move(staged, folder)
        elif _exchanged(staged, folder):
            sync_folder(folder.parent)
        else:
            _in_turn(folder, staged)
    finally:
        shutil.rmtree(staged, ignore_errors=True)
        sync_folder(folder.parent)


def _write_all(folder: Path, files: Mapping[str, bytes], names: Iterable[str]) -> None:
    waiting = sorted(names)
    for at in range(0, len(waiting), _AT_ONCE):
        write_files(folder, {name: files[name] for name in waiting[at : at + _AT_ONCE]})


def _in_turn(folder: Path, staged: Path) -> None:
    """Two renames, where the system knows no exchange. Whoever looks in between finds no dossier, and never half."""
    old = folder.with_name(f"{STAGED}{folder.name}-old")
    shutil.rmtree(old, ignore_errors=True)
    folder.rename(old)
    move(staged, folder)
    shutil.rmtree(old, ignore_errors=True)


def _link(source: Path, target: Path) -> None:
    """The same file under a second name, so that what did not change keeps its time; a copy where that cannot be."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _one_by_one(folder: Path, files: Mapping[str, bytes], removed: list[str], last: str) -> None:
    _write_all(folder, files, files.keys() - {last})
    for name in removed:
        if (folder / name).parent.is_dir():
            remove(folder / name)
            _remove_empty(folder, (folder / name).parent)
    write_files(folder, {last: files[last]})


def _remove_empty(folder: Path, inside: Path) -> None:
    while inside != folder:
        with suppress(OSError):
            inside.rmdir()
        inside = inside.parent


def _holds(path: Path, data: bytes) -> bool:
    return path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data


def _strangers(folder: Path, ours: set[str]) -> bool:
    """Whether something lies in the folder that no edition wrote, or something that is no plain file of ours."""
    return any(
        (Path(here) / name).is_symlink() or (Path(here) / name).relative_to(folder).as_posix() not in ours
        for here, folders, names in os.walk(folder)
        for name in (*names, *(one for one in folders if (Path(here) / one).is_symlink()))
    )


_EXCHANGE = 2
_HERE = -100


def _exchanged(one: Path, other: Path) -> bool:
    """Let two folders change names in one act (renameat2 of Linux); gives whether the system could."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return False
    return bool(rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0)
