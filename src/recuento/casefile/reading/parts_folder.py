"""The folder that a long reading writes into: parts, a note of each that is finished, and what made them.

A part is a file that appears whole; its line in `_parts.jsonl` is written after it. Whatever dies in between, a part
without its line is written again, the same, and a line without its part is not believed.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from recuento.errors import CasefileUnusable, CheckFailed, Fault, FaultsFound
from recuento.store.durable import UNFINISHED, make_folder, remove, sync_folder, write_file, written_whole
from recuento.store.lock import WriteLock

_MADE_BY = "_made_by.json"
_PARTS = "_parts.jsonl"
_FAULTS = "_faults"
_LOCK = "_lock"
_LOCK_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Part:
    """A finished part: which documents it is about, and what came of them."""

    number: int
    digest: str
    documents: int
    statements: int
    faults: int
    passed_over: int


class PartsFolder:
    """One folder of parts, held by one run at a time."""

    def __init__(self, folder: Path, made_by: Mapping[str, str]) -> None:
        self.folder = folder
        self.made_by = dict(made_by)
        self.finished: dict[int, Part] = {}

    @contextmanager
    def opened(self) -> Iterator[None]:
        """Take the folder, with what an earlier run finished in it.

        Raises CheckFailed where it holds other files, FaultsFound where its parts were made otherwise than these would
        be, and CasefileUnusable where another run has it.
        """
        self._check_that_it_is_ours()
        make_folder(self.folder / _FAULTS)
        with WriteLock(self.folder / _LOCK, _LOCK_SECONDS).held():
            self._check_what_made_it()
            self.finished = self._noted()
            # What a killed run was in the middle of writing.
            for left in (*self.folder.glob(f"{UNFINISHED}*"), *(self.folder / _FAULTS).glob(f"{UNFINISHED}*")):
                left.unlink(missing_ok=True)
            yield

    def part(self, number: int) -> Path:
        """The file of a part."""
        return self.folder / f"part-{number:06}.parquet"

    def faults(self, number: int) -> Path:
        """The file of what could not be read for a part."""
        return self.folder / _FAULTS / f"part-{number:06}.jsonl"

    def note(self, part: Part) -> None:
        """Write down, for good, that a part is finished."""
        path = self.folder / _PARTS
        is_new = not path.exists()
        with path.open("ab") as file:
            file.write(json.dumps(asdict(part)).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        if is_new:
            sync_folder(self.folder)
        self.finished[part.number] = part

    def check_same(self, number: int, digest: str) -> None:
        """Raise FaultsFound where a finished part is about other documents than its number stands for now."""
        if self.finished[number].digest != digest:
            fault = Fault(
                f"part {number}",
                "its documents are not those that were read before: some were added, removed or changed. "
                "Choose another --out, or delete this one to read everything again",
                "sus documentos no son los que se leyeron antes: alguno se agregó, se quitó o cambió. "
                "Elija otro --out, o borre este para leerlo todo de nuevo",
            )
            raise FaultsFound(str(self.folder), [fault])

    def close_with(self, parts: int) -> None:
        """Check that nothing is finished beyond the last part; raises FaultsFound as `check_same` does."""
        for number in sorted(self.finished):
            if number >= parts:
                self.check_same(number, "")

    def gathered_faults(self, path: Path) -> int:
        """Write every fault, in the order of the documents, into one file; gives how many. No file where none is."""
        count = sum(part.faults for part in self.finished.values())
        if not count:
            remove(path)
            return 0

        def write(temporary: Path) -> None:
            with temporary.open("wb") as file:
                for number in sorted(self.finished):
                    if self.finished[number].faults:
                        file.write(self.faults(number).read_bytes())

        written_whole(path, write)
        return count

    def _check_that_it_is_ours(self) -> None:
        if self.folder.is_dir() and not (self.folder / _MADE_BY).is_file() and any(self._foreign()):
            raise CheckFailed(
                f"{self.folder} holds files that no reading wrote: choose an empty folder",
                f"{self.folder} contiene archivos que ninguna lectura escribió: elija una carpeta vacía",
            )
        if self.folder.exists() and not self.folder.is_dir():
            raise CasefileUnusable(f"{self.folder} is a file", f"{self.folder} es un archivo")

    def _foreign(self) -> Iterator[Path]:
        return (path for path in self.folder.iterdir() if path.name not in (_FAULTS, _LOCK))

    def _check_what_made_it(self) -> None:
        path = self.folder / _MADE_BY
        if not path.is_file():
            plain = json.dumps(self.made_by, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
            write_file(path, plain.encode())
            return
        before: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        faults = [
            Fault(
                key,
                f"was {before.get(key)!r}, is {self.made_by.get(key)!r} now: parts made otherwise are not mixed. "
                "Choose another --out, delete this one to read everything again, or go back to what it was",
                f"era {before.get(key)!r}, ahora es {self.made_by.get(key)!r}: no se mezclan partes distintas. "
                "Elija otro --out, borre este para leerlo todo de nuevo, o vuelva a lo que era",
            )
            for key in sorted(before.keys() | self.made_by.keys())
            if before.get(key) != self.made_by.get(key)
        ]
        if faults:
            raise FaultsFound(str(self.folder), faults)

    def _noted(self) -> dict[int, Part]:
        """The parts whose line and file are there; half a line at the end is cut off."""
        path = self.folder / _PARTS
        if not path.is_file():
            return {}
        data = path.read_bytes()
        whole = data[: data.rfind(b"\n") + 1]
        if whole != data:
            with path.open("rb+") as file:
                file.truncate(len(whole))
                os.fsync(file.fileno())
            sync_folder(self.folder)
        parts = (Part(**json.loads(line)) for line in whole.splitlines())
        return {part.number: part for part in parts if self._is_there(part)}

    def _is_there(self, part: Part) -> bool:
        return self.part(part.number).is_file() and (not part.faults or self.faults(part.number).is_file())
