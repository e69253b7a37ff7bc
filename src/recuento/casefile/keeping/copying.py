"""Copy a casefile whole: its settings, originals and other files, and its tables, from file to server and back.

Files go first, rows second and in one transaction, as everywhere. A note lies in the target's folder until everything
has been read back and compared, so that an interrupted copy is never taken for a casefile; the same copy, run again,
goes on from there.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from recuento.casefile.casefile import DATABASE, OF_THIS_PLACE, SETTINGS, UNFINISHED, WORKBENCH, Casefile, open_tables
from recuento.casefile.documents.preserving import Progress
from recuento.casefile.keeping.copying_files import FileCopy, compare_files, copy_files
from recuento.casefile.settings.copying_settings import with_store
from recuento.errors import CasefileUnusable, CheckFailed
from recuento.store import copying as tables
from recuento.store.copying import Contents
from recuento.store.database import Database
from recuento.store.durable import make_folder, remove, write_file
from recuento.store.server_address import server_address


@dataclass(frozen=True, slots=True)
class Copied:
    """What was copied and found the same: rows and hash of every table, and every file but the settings."""

    tables: dict[str, Contents]
    files: tuple[FileCopy, ...]

    @property
    def rows(self) -> int:
        """Rows of all tables together."""
        return sum(found.rows for found in self.tables.values())

    @property
    def originals(self) -> int:
        """How many of the files are originals."""
        return sum(file.is_original for file in self.files)

    @property
    def size_bytes(self) -> int:
        """Bytes of all files together."""
        return sum(file.size_bytes for file in self.files)


def copy_casefile(source: Path, target: Path, *, server: str | None = None, progress: Progress | None = None) -> Copied:
    """Copy the casefile in the folder `source` into the folder `target`, and compare everything afterwards.

    The tables go into a file of `target`, or into the empty database at the address `server`. The source stays as it
    is. Raises CasefileUnusable where the target holds something that is no unfinished copy of this source, FaultsFound
    with every original that is not whole, CheckFailed where what was written is not what was read.
    """
    with Casefile.open(source) as casefile:
        _refuse_same_place(casefile, target, server)
        is_again = _is_unfinished_copy(source, target)
        is_written = _holds_rows(target, server, is_again)
        settings = with_store(source / SETTINGS, server)
        _note(source, target)
        with open_tables(target, server) as into, casefile.database.reading() as reading:
            # The count fixes what is read. Any row it sees has its original in the folder by now.
            total = sum(tables.counts(reading).values())
            files = copy_files(source, target, leave=_left_behind, progress=progress)
            if is_written:
                expected = tables.contents(reading)
            else:
                with into.writing() as writing:
                    expected = tables.copy_tables(reading, writing, total=total, progress=progress)
            _compare_tables(expected, into)
    compare_files(files, target, leave=_left_behind)
    write_file(target / SETTINGS, settings.encode())
    remove(target / UNFINISHED)
    return Copied(expected, files)


def _left_behind(name: str) -> bool:
    """Whether a file at the top of a casefile is not copied as it is: settings, tables, users, our own note."""
    return name in (SETTINGS, UNFINISHED, WORKBENCH, *OF_THIS_PLACE) or name.startswith(DATABASE)


def _refuse_same_place(casefile: Casefile, target: Path, server: str | None) -> None:
    here, there = casefile.folder.resolve(), target.resolve()
    if here.is_relative_to(there) or there.is_relative_to(here):
        raise CasefileUnusable(
            f"{target} and {casefile.folder} lie in one another; choose a folder outside",
            f"{target} y {casefile.folder} están una dentro de la otra; elija una carpeta aparte",
        )
    if server is not None and server_address(server) == casefile.database.address:
        raise CasefileUnusable(
            f"{casefile.database.name} is where the casefile is now; make another database for the copy",
            f"{casefile.database.name} es donde el caso está ahora; cree otra base para la copia",
        )


def _is_unfinished_copy(source: Path, target: Path) -> bool:
    """Whether `target` is what an interrupted copy of `source` left; raises CasefileUnusable where it is not empty."""
    if target.is_file():
        raise CasefileUnusable(f"{target} is a file; name a folder", f"{target} es un archivo; indique una carpeta")
    if not target.exists() or not any(target.iterdir()):
        return False
    note = target / UNFINISHED
    if not note.is_file():
        raise CasefileUnusable(
            f"{target} is not empty; choose a new folder. Nothing was copied",
            f"{target} no está vacía; elija una carpeta nueva. No se copió nada",
        )
    of = note.read_text(encoding="utf-8").strip()
    if of != str(source.resolve()):
        raise CasefileUnusable(
            f"{target} is an unfinished copy of {of}, not of {source}; finish that one, or delete the folder",
            f"{target} es una copia sin terminar de {of}, no de {source}; termine esa o borre la carpeta",
        )
    return True


def _note(source: Path, target: Path) -> None:
    make_folder(target)
    write_file(target / UNFINISHED, f"{source.resolve()}\n".encode())


def _holds_rows(target: Path, server: str | None, is_again: bool) -> bool:
    """Whether an interrupted copy has written the rows; raises CasefileUnusable where somebody else has.

    Nothing is changed by looking: a server that holds another casefile is not even brought up to date.
    """
    if server is None and not (target / DATABASE).exists():
        return False
    with Database(server or target / DATABASE) as there, there.reading() as connection:
        rows = sum(tables.counts(connection).values())
    if rows and not is_again:
        raise CasefileUnusable(
            f"{there.name} already holds {rows} rows; make an empty database for the copy. Nothing was copied",
            f"{there.name} ya contiene {rows} filas; cree una base vacía para la copia. No se copió nada",
        )
    return rows > 0


def _compare_tables(expected: dict[str, Contents], into: Database) -> None:
    with into.reading() as connection:
        written = tables.contents(connection)
    different = sorted(name for name in expected | written if expected.get(name) != written.get(name))
    if different:
        names = ", ".join(different)
        raise CheckFailed(
            f"{into.name} is not the same as the source in {names}; delete this copy and its database, and copy again",
            f"{into.name} no es igual al origen en {names}; borre esta copia y su base, y copie de nuevo",
        )
