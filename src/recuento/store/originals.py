"""Originals: bytes kept under their SHA-256, never changed, never trusted for merely being there.

An original is written to a temporary file, synced, renamed, its folder synced; only then may a row name it. After a
crash there may be bytes without a row, never a row without bytes.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from recuento.errors import CheckFailed, InvalidValue
from recuento.store.durable import UNFINISHED, explained, make_folder, sync_folder

_CHUNK = 1 << 20
_SHA256 = re.compile(r"[0-9a-f]{64}")


class OriginalLost(CheckFailed):
    """An original is gone, or its bytes are no longer those that were kept."""


class Originals:
    """The folder of originals of one casefile."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._is_entered = False

    def keep(self, data: bytes | BinaryIO) -> str:
        """Keep the bytes of `data` and return their SHA-256; when it returns they are on the disk.

        Bytes that are kept already are hashed again, and put back if the disk has changed them. Raises
        CasefileUnusable where the disk is full or cannot be written to.
        """
        with explained(self.folder):
            self._enter()
            unfinished, sha256 = self._write(BytesIO(data) if isinstance(data, bytes) else data)
            try:
                self._settle(unfinished, sha256)
            finally:
                unfinished.unlink(missing_ok=True)
        return sha256

    def read(self, sha256: str) -> bytes:
        """The bytes kept under `sha256`, checked; raise OriginalLost where they are missing or altered."""
        try:
            data = self.path(sha256).read_bytes()
        except FileNotFoundError:
            raise OriginalLost(
                f"the original {sha256} is missing from {self.folder}; restore it from a backup",
                f"falta el original {sha256} en {self.folder}; recupérelo de una copia de seguridad",
            ) from None
        if hashlib.sha256(data).hexdigest() != sha256:
            raise OriginalLost(
                f"the original {sha256} in {self.folder} has been altered; restore it from a backup",
                f"el original {sha256} en {self.folder} fue alterado; recupérelo de una copia de seguridad",
            )
        return data

    def path(self, sha256: str) -> Path:
        """Where the bytes of `sha256` lie, or would lie; raise InvalidValue where it is no SHA-256."""
        if _SHA256.fullmatch(sha256) is None:
            raise InvalidValue(f"{sha256!r} is not a SHA-256", f"{sha256!r} no es un SHA-256")
        return self.folder / sha256[:2] / sha256

    def is_whole(self, sha256: str) -> bool:
        """Whether the bytes of `sha256` are there and unchanged, read piece by piece."""
        try:
            with self.path(sha256).open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == sha256
        except FileNotFoundError:
            return False

    def all(self) -> Iterator[str]:
        """The SHA-256 of every original kept, in order."""
        for path in sorted(self.folder.glob("[0-9a-f][0-9a-f]/*")):
            if _SHA256.fullmatch(path.name):
                yield path.name

    def sweep(self, *, age_seconds_min: float = 86400) -> int:
        """Delete what interrupted imports left unfinished at least that long ago; return how many files."""
        swept = 0
        for path in self.folder.glob(f"{UNFINISHED}*"):
            with suppress(FileNotFoundError):
                if time.time() - path.stat().st_mtime >= age_seconds_min:
                    path.unlink()
                    swept += 1
        return swept

    def _enter(self) -> None:
        """Make the folder; once, have its name on the disk, also where somebody was killed after making it."""
        if not self._is_entered:
            make_folder(self.folder)
            sync_folder(self.folder.parent)
            self._is_entered = True

    def _write(self, data: BinaryIO) -> tuple[Path, str]:
        digest = hashlib.sha256()
        handle, name = tempfile.mkstemp(prefix=UNFINISHED, dir=self.folder)
        try:
            with open(handle, "wb") as file:  # noqa: PTH123 - a file handle, not a path
                while chunk := data.read(_CHUNK):
                    digest.update(chunk)
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        return Path(name), digest.hexdigest()

    def _settle(self, unfinished: Path, sha256: str) -> None:
        target = self.path(sha256)
        # Whoever kept it may have been killed before the folders were synced, so they are in any case.
        if not self.is_whole(sha256):
            unfinished.chmod(0o444)
            target.parent.mkdir(exist_ok=True)
            unfinished.replace(target)
        sync_folder(target.parent)
        sync_folder(self.folder)
