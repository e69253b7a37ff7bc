"""The editions of a dossier as a casefile keeps them: each frozen in one file, with what is remembered of it.

`editions/v7.zip` holds the frozen files of edition 7, `v7.json` what it told and where, `v7-told.json` what the next
is held against. The files are written before the dossier changes, and an edition counts once it came out: a run killed
in between leaves one that does not, and its number is given again. None of this is published from here but the files.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType

from recuento.casefile.casefile import Casefile
from recuento.casefile.custody.edition_records import EDITIONS
from recuento.errors import CasefileUnusable
from recuento.model.edition import Edition, ToldEvent
from recuento.publish.build import Built
from recuento.publish.freezing import SUMS, folder_of, kept, tells_its_edition, without_edition
from recuento.store.durable import remove, write_file, written_whole
from recuento.store.encoding import decode, encode, to_plain
from recuento.store.log import canonical
from recuento.values.partial_date import PartialDate

_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_QUICK = 1
"""How hard the files are packed: pages become a fifth at 100 MB a second."""


@dataclass(frozen=True, slots=True)
class KeptEdition:
    """An edition as it is remembered. `digest` is that of all it told, whichever number it had."""

    edition: Edition
    digest: str
    sums: str
    """The SHA-256 of the list of its frozen files as they were published."""
    out: bool = False
    """Whether it came out: the dossier held it."""
    blanked: tuple[tuple[str, PartialDate], ...] = ()
    """Files in which something that must not leave was found later, with the month from which they are not shown."""

    @property
    def number(self) -> int:
        """Its number."""
        return self.edition.number


class FilesOf(Mapping[str, bytes], AbstractContextManager["FilesOf"]):
    """The frozen files of an edition, read when they are asked for."""

    def __init__(self, path: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
        except (OSError, zipfile.BadZipFile) as error:
            raise CasefileUnusable(
                f"{path} cannot be read, and an earlier edition is in it: bring it back from a backup, or delete it "
                f"with its .json to publish without that edition ({error})",
                f"{path} no se puede leer y contiene una edición anterior: recupérelo de una copia, o bórrelo con su "
                f".json para publicar sin esa edición ({error})",
            ) from None
        self._names = self._zip.namelist()

    def __getitem__(self, path: str) -> bytes:
        """The bytes of a file."""
        return self._zip.read(path)

    def __iter__(self) -> Iterator[str]:
        """Every path."""
        return iter(self._names)

    def __len__(self) -> int:
        """How many files there are."""
        return len(self._names)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self._zip.close()


def kept_editions(casefile: Casefile) -> tuple[KeptEdition, ...]:
    """Every edition that is kept, the oldest first; the last may not have come out."""
    folder = casefile.folder / EDITIONS
    found = [decode(KeptEdition, path.read_text("utf-8")) for path in folder.glob("v*.json") if path.stem[1:].isdigit()]
    return tuple(sorted(found, key=lambda one: one.number))


def told_in(casefile: Casefile, number: int) -> tuple[ToldEvent, ...] | None:
    """What an edition told; None where it is no longer remembered."""
    path = _told_path(casefile, number)
    return decode(_Told, path.read_text("utf-8")).events if path.is_file() else None


def files_of(casefile: Casefile, number: int) -> FilesOf:
    """The frozen files of an edition. Raises CasefileUnusable where they are gone or damaged."""
    return FilesOf(casefile.folder / EDITIONS / f"{folder_of(number)}.zip")


def digest_of(files: Mapping[str, bytes]) -> str:
    """One hash of all that an edition tells, but for its number and for what is held against the one before."""
    digest = hashlib.sha256()
    for path in sorted(files):
        if not tells_its_edition(path):
            content = without_edition(files[path]) if path.endswith(".html") else files[path]
            digest.update(f"{path}\0{len(content)}\0".encode())
            digest.update(content)
    return digest.hexdigest()


def sums_of(files: Mapping[str, Callable[[], bytes]]) -> bytes:
    """The list of these files with their hashes."""
    lines = (f"{hashlib.sha256(files[path]()).hexdigest()}  {path}\n" for path in sorted(files))
    return "".join(lines).encode()


def listed_in(folder: Path) -> list[str]:
    """The files that the last build wrote into a dossier's folder, as their list tells; none where there is no list."""
    sums = folder / SUMS
    lines = sums.read_text(encoding="utf-8").splitlines() if sums.is_file() else []
    return [line.split("  ", 1)[1] for line in lines if "  " in line]


def frozen_files(built: Built) -> dict[str, Callable[[], bytes]]:
    """The files of an edition as they lie below its number, with the list of them."""
    files = kept(built.files, built.edition.number, built.edition.day)
    listed = sums_of(files)
    return {**files, SUMS: lambda: listed}


def keep_edition(
    casefile: Casefile, built: Built, digest: str, files: Mapping[str, Callable[[], bytes]]
) -> KeptEdition:
    """Keep an edition that is about to come out, its `frozen_files` packed.

    Raises CasefileUnusable where the disk is full or failing.
    """
    number = built.edition.number
    written_whole(casefile.folder / EDITIONS / f"{folder_of(number)}.zip", lambda path: packed(path, files))
    write_file(_told_path(casefile, number), encode(_Told(built.told)).encode())
    found = KeptEdition(built.edition, digest, hashlib.sha256(files[SUMS]()).hexdigest())
    again = next((one for one in kept_editions(casefile) if replace(one, out=False, blanked=()) == found), None)
    if again is None:
        _write(casefile, found)
    return again or found


def came_out(casefile: Casefile, one: KeptEdition) -> KeptEdition:
    """Note that an edition came out; what only an edition long before was held against is forgotten."""
    done = replace(one, out=True)
    _rewrite(casefile, done)
    remove(_told_path(casefile, one.number - 2))
    return done


def blank_for_good(casefile: Casefile, one: KeptEdition, blanked: Mapping[str, PartialDate]) -> KeptEdition:
    """Remember which files of an edition are not shown any more, whoever publishes next."""
    changed = replace(one, blanked=tuple(sorted(blanked.items())))
    if changed != one:
        _rewrite(casefile, changed)
    return changed


@dataclass(frozen=True, slots=True)
class _Told:
    events: tuple[ToldEvent, ...]


def _write(casefile: Casefile, one: KeptEdition) -> None:
    write_file(_memory(casefile, one.number), (encode(one) + "\n").encode())


def _rewrite(casefile: Casefile, one: KeptEdition) -> None:
    """Write what changes of an edition after it was kept; the rest stays as it was, whichever version wrote it."""
    path = _memory(casefile, one.number)
    now = to_plain(one)
    plain = {**json.loads(path.read_bytes()), "out": now["out"], "blanked": now["blanked"]}
    write_file(path, (canonical(plain) + "\n").encode())


def _memory(casefile: Casefile, number: int) -> Path:
    return casefile.folder / EDITIONS / f"{folder_of(number)}.json"


def _told_path(casefile: Casefile, number: int) -> Path:
    return casefile.folder / EDITIONS / f"{folder_of(number)}-told.json"


def packed(path: Path, files: Mapping[str, Callable[[], bytes]]) -> None:
    """Write files into one, the same bytes for the same files."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=_QUICK) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, files[name](), compresslevel=_QUICK)


def edition_in(folder: Path) -> tuple[int, str] | None:
    """Number and date of the edition that a dossier's folder holds; None where it tells none."""
    try:
        plain = json.loads((folder / "edition.json").read_bytes())
        return int(plain["edition"]), str(plain["date"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
