"""The file that holds what is locked away: files and rows in a tar, encrypted to the keepers.

Files stand first, rows after them in pieces, and at the end a list of everything with its hash. Nothing is held whole
in memory, and no row lies on the disk outside of the tables and of this file.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from recuento.seal.errors import CannotOpen
from recuento.seal.keys import PrivateKey
from recuento.seal.pipes import decrypting, encrypting
from recuento.store.locks import TakenRow

_ROWS = "rows/"
_LIST = "list.json"
_ROWS_AT_ONCE = 2_000


@dataclass(slots=True)
class Held:
    """What such a file holds: the hash of every member by its name, and how many rows of each table."""

    hashes: dict[str, str] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)

    @property
    def files(self) -> list[str]:
        """The names of the files, relative to the casefile."""
        return [name for name in self.hashes if not name.startswith(_ROWS)]


def write_held(
    out: BinaryIO, public: Iterable[str], files: Iterable[tuple[str, Path]], rows: Iterable[TakenRow]
) -> Held:
    """Write files and rows, encrypted to these public keys, into `out`; gives what went in."""
    held = Held()
    with encrypting(out, public) as sink, tarfile.open(fileobj=sink, mode="w|", format=tarfile.PAX_FORMAT) as tar:
        for name, path in files:
            with path.open("rb") as file:
                held.hashes[name] = _add(tar, name, file, os.fstat(file.fileno()).st_size)
        for number, piece in enumerate(_pieces(rows, held)):
            held.hashes[f"{_ROWS}{number:06}"] = _add(tar, f"{_ROWS}{number:06}", io.BytesIO(piece), len(piece))
        last = json.dumps(held.hashes).encode()
        _add(tar, _LIST, io.BytesIO(last), len(last))
    return held


def check_held(source: BinaryIO, key: PrivateKey, keep: Callable[[str, BinaryIO], None] | None = None) -> Held:
    """Read all of it, and hold every member against the list at the end; `keep` is given each file as it passes.

    Raises CannotOpen where anything differs: what `keep` was given is then to be thrown away.
    """
    try:
        return _checked(source, key, keep)
    except (tarfile.TarError, EOFError, ValueError):
        raise CannotOpen("it was altered or cut off", "fue alterado o está cortado") from None


def rows_held(source: BinaryIO, key: PrivateKey) -> Iterator[TakenRow]:
    """The rows, in the order in which they were taken."""
    for name, member in _members(source, key):
        if name.startswith(_ROWS):
            yield from _rows_in(member.read())


def _checked(source: BinaryIO, key: PrivateKey, keep: Callable[[str, BinaryIO], None] | None) -> Held:
    held = Held()
    said: dict[str, str] | None = None
    for name, member in _members(source, key):
        if name == _LIST:
            said = json.loads(member.read())
            continue
        reading = _Hashed(member)
        if name.startswith(_ROWS):
            for table, _ in _rows_in(reading.read()):
                held.rows[table] = held.rows.get(table, 0) + 1
        elif keep is not None:
            keep(name, reading)  # type: ignore[arg-type]
        else:
            while reading.read(1 << 20):
                pass
        held.hashes[name] = reading.digest.hexdigest()
    if said != held.hashes:
        raise CannotOpen("what was locked away is not whole", "lo que se cerró no está entero")
    return held


def _members(source: BinaryIO, key: PrivateKey) -> Iterator[tuple[str, BinaryIO]]:
    with decrypting(source, key) as plain, tarfile.open(fileobj=plain, mode="r|") as tar:
        for member in tar:
            inner = tar.extractfile(member)
            if inner is not None:
                yield member.name, inner  # type: ignore[misc]


def _pieces(rows: Iterable[TakenRow], held: Held) -> Iterator[bytes]:
    lines: list[str] = []
    for table, values in rows:
        held.rows[table] = held.rows.get(table, 0) + 1
        lines.append(json.dumps([table, dict(values)], ensure_ascii=False, separators=(",", ":")))
        if len(lines) == _ROWS_AT_ONCE:
            yield "\n".join(lines).encode("utf-8", "surrogatepass")
            lines = []
    if lines:
        yield "\n".join(lines).encode("utf-8", "surrogatepass")


def _rows_in(piece: bytes) -> Iterator[TakenRow]:
    for line in piece.decode("utf-8", "surrogatepass").split("\n"):
        plain: list[Any] = json.loads(line)
        yield plain[0], plain[1]


def _add(tar: tarfile.TarFile, name: str, file: Any, size: int) -> str:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    reading = _Hashed(file)
    tar.addfile(info, reading)
    return reading.digest.hexdigest()


class _Hashed:
    """A file that is hashed as it is read."""

    def __init__(self, file: Any) -> None:
        self.file = file
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        data: bytes = self.file.read(size)
        self.digest.update(data)
        return data
