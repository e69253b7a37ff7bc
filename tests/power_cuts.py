"""Power cuts played from what a program really wrote: what the disk may hold when the power goes at any moment.

`disk_recorder.c` records every write, sync and change of a name in the order in which they happened. This module plays
the records up to a moment and gives what a disk may hold then: what was synced is there; of the rest nothing, or a
random part, its writes torn at sectors of 512 bytes. A file and its name are apart: syncing a file does not save its
name, syncing the folder does. That is all POSIX promises; most file systems promise more.
"""

from __future__ import annotations

import functools
import os
import random
import shutil
import struct
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path

_HEAD = struct.Struct("<IIIIQq")
SECTOR = 512
SOURCE = Path(__file__).with_name("disk_recorder.c")


class Op(IntEnum):
    """What a record tells."""

    CREATE = 1
    WRITE = 2
    TRUNCATE = 3
    SYNC = 4
    SYNC_FOLDER = 5
    RENAME = 6
    UNLINK = 7
    MKDIR = 8
    RMDIR = 9
    LINK = 10
    EXCHANGE = 11
    SAID = 12


@dataclass(frozen=True, slots=True)
class Record:
    """One thing the program did, by path below the root or by inode."""

    op: Op
    inode: int
    offset: int
    one: str
    two: str
    data: bytes


@functools.cache
def recorder() -> Path | None:
    """The recorder, compiled; None where there is no C compiler or no Linux."""
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None or os.uname().sysname != "Linux":
        return None
    library = Path(tempfile.mkdtemp(prefix="recuento-recorder-")) / "recorder.so"
    made = subprocess.run(
        [compiler, "-O1", "-shared", "-fPIC", "-o", str(library), str(SOURCE), "-ldl", "-lpthread"], capture_output=True
    )
    return library if made.returncode == 0 else None


def records(log: Path) -> Iterator[Record]:
    """The records of a log; a half one at the end, where the program was killed, is left out."""
    data = log.read_bytes()
    at = 0
    while at + _HEAD.size <= len(data):
        op, one, two, size, inode, offset = _HEAD.unpack_from(data, at)
        at += _HEAD.size
        if at + one + two + size > len(data):
            return
        first = data[at : at + one].decode()
        second = data[at + one : at + one + two].decode()
        at += one + two
        yield Record(Op(op), inode, offset, first, second, data[at : at + size])
        at += size


@dataclass(eq=False, slots=True)
class File:
    """What is surely on the disk of a file, and what was done since: (offset, data), or (size, None) for a cut."""

    durable: bytes = b""
    waiting: list[tuple[int, bytes | None]] = field(default_factory=list)

    def sync(self) -> None:
        """Everything so far is on the disk."""
        self.durable = _after(self.durable, self.waiting)
        self.waiting = []


@dataclass(eq=False, slots=True)
class Folder:
    """The names that are surely on the disk, the names as the program sees them, and the changes in between."""

    durable: dict[str, File | Folder] = field(default_factory=dict)
    now: dict[str, File | Folder] = field(default_factory=dict)
    waiting: list[Change] = field(default_factory=list)

    def sync(self) -> None:
        """Every change of a name here is on the disk; of a move away from here the other end as well."""
        for change in self.waiting:
            change.apply(self)
        self.waiting = []


@dataclass(eq=False, slots=True)
class Change:
    """A change of names, which a file system makes whole or not at all: what each folder then has under each name."""

    sets: list[tuple[Folder, str, File | Folder]] = field(default_factory=list)
    drops: list[tuple[Folder, str]] = field(default_factory=list)

    def apply(self, folder: Folder) -> None:
        """Make the part of it durable that `folder` has. Nothing is dropped before what it became is set."""
        drops_here = [name for where, name in self.drops if where is folder]
        for where, name, node in self.sets:
            if where is folder or drops_here:
                where.durable[name] = node
        for name in drops_here:
            folder.durable.pop(name, None)


class Disk:
    """The disk of a program, at the moment up to which its records were played."""

    def __init__(self, start: Path | None = None) -> None:
        self.root = Folder()
        self.by_inode: dict[int, File | Folder] = {}
        if start is not None:
            self._take(start, self.root)

    def _take(self, here: Path, folder: Folder) -> None:
        self.by_inode[here.stat().st_ino] = folder
        for path in sorted(here.iterdir()):
            node: File | Folder
            if path.is_dir():
                node = Folder()
                self._take(path, node)
            else:
                node = File(path.read_bytes())
                self.by_inode[path.stat().st_ino] = node
            folder.durable[path.name] = folder.now[path.name] = node

    def play(self, record: Record) -> None:
        """Do what the record tells."""
        match record.op:
            case Op.CREATE | Op.MKDIR:
                node: File | Folder = File() if record.op is Op.CREATE else Folder()
                self.by_inode[record.inode] = node
                self._set(record.one, node)
            case Op.WRITE:
                self._file(record.inode).waiting.append((record.offset, record.data))
            case Op.TRUNCATE:
                self._file(record.inode).waiting.append((record.offset, None))
            case Op.SYNC | Op.SYNC_FOLDER:
                self.by_inode[record.inode].sync()
            case Op.UNLINK | Op.RMDIR:
                folder, name = self._place(record.one)
                folder.now.pop(name, None)
                folder.waiting.append(Change(drops=[(folder, name)]))
            case Op.LINK:
                self._set(record.two, self._node(record.one))
            case Op.RENAME | Op.EXCHANGE:
                self._rename(record)
            case Op.SAID:
                pass

    def _rename(self, record: Record) -> None:
        (here, name), (there, new) = self._place(record.one), self._place(record.two)
        node = here.now[name]
        change = Change(sets=[(there, new, node)])
        if record.op is Op.EXCHANGE:
            change.sets.append((here, name, there.now[new]))
            here.now[name] = there.now[new]
        else:
            change.drops.append((here, name))
            here.now.pop(name)
        there.now[new] = node
        for folder in {id(here): here, id(there): there}.values():
            folder.waiting.append(change)

    def _set(self, path: str, node: File | Folder) -> None:
        folder, name = self._place(path)
        folder.now[name] = node
        folder.waiting.append(Change(sets=[(folder, name, node)]))

    def _node(self, path: str) -> File | Folder:
        folder, name = self._place(path)
        return folder.now[name]

    def _place(self, path: str) -> tuple[Folder, str]:
        folder = self.root
        *above, name = path.strip("/").split("/")
        for part in above:
            inner = folder.now[part]
            assert isinstance(inner, Folder)
            folder = inner
        return folder, name

    def _file(self, inode: int) -> File:
        node = self.by_inode[inode]
        assert isinstance(node, File)
        return node

    def after_a_cut(self, target: Path, chance: random.Random, kind: str) -> None:
        """Write to `target` what the disk may hold: "synced" and nothing else; "names", all of them, but only synced
        bytes; or "some" of the changes since, by chance.
        """
        target.mkdir(parents=True)
        kept: dict[int, Folder] = {}
        self._write(self.root, target, chance, kind, kept)

    def _write(self, folder: Folder, target: Path, chance: random.Random, kind: str, seen: dict[int, Folder]) -> None:
        if id(folder) in seen:  # Moved between folders, and by chance at both ends.
            return
        seen[id(folder)] = folder
        for name, node in sorted(_names(folder, chance, kind).items()):
            path = target / name
            if isinstance(node, Folder):
                path.mkdir()
                self._write(node, path, chance, kind, seen)
            elif not name.endswith("-shm"):  # Memory of SQLite, made anew by whoever opens first.
                path.write_bytes(_bytes(node, chance, kind))


def _names(folder: Folder, chance: random.Random, kind: str) -> dict[str, File | Folder]:
    if kind == "synced":
        return folder.durable
    if kind == "names":
        return folder.now
    # A journal keeps the order of what happens in one folder: some first changes are there, the later are not.
    names = dict(folder.durable)
    for change in folder.waiting[: chance.randint(0, len(folder.waiting))]:
        for where, name, node in change.sets:
            if where is folder:
                names[name] = node
        for where, name in change.drops:
            if where is folder and (names.get(name) is None or _is_elsewhere(change, folder)):
                names.pop(name, None)
    return names


def _is_elsewhere(change: Change, folder: Folder) -> bool:
    """Whether what is dropped here need not be kept: it is deleted, or has its new name in this same folder."""
    return not change.sets or any(where is folder for where, _, _ in change.sets)


def _bytes(file: File, chance: random.Random, kind: str) -> bytes:
    if kind != "some":
        return file.durable
    waiting = []
    for offset, data in file.waiting:
        if data is None:
            if chance.random() < 0.5:
                waiting.append((offset, data))
            continue
        # The system writes sectors in any order; each is whole.
        for start in range(0, len(data), SECTOR):
            if chance.random() < 0.7:
                waiting.append((offset + start, data[start : start + SECTOR]))
    return _after(file.durable, waiting)


def _after(data: bytes, waiting: list[tuple[int, bytes | None]]) -> bytes:
    if not waiting:
        return data
    held = bytearray(data)
    for offset, piece in waiting:
        if piece is None:
            if offset < len(held):
                del held[offset:]
            else:
                held.extend(bytes(offset - len(held)))
            continue
        if offset > len(held):
            held.extend(bytes(offset - len(held)))
        held[offset : offset + len(piece)] = piece
    return bytes(held)
