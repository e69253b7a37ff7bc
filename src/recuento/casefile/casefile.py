"""A casefile on disk: recuento.toml, originals/, casefile.sqlite3, and dossier/ when it is built.

A team's casefile is the same folder without casefile.sqlite3: its tables are on the server that recuento.toml names.
"""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

from recuento.casefile.settings.sealed_cast import with_sources
from recuento.casefile.settings.settings import Settings, read_settings
from recuento.casefile.settings.template import SETTINGS_TEMPLATE
from recuento.errors import CasefileUnusable
from recuento.store.database import Database
from recuento.store.durable import write_file
from recuento.store.opening import open_database
from recuento.store.originals import Originals
from recuento.store.stopping import NOTE, is_stopped
from recuento.store.vanishing import Vanished, Watch, watched

SETTINGS = "recuento.toml"
DATABASE = "casefile.sqlite3"
WORKBENCH = "workbench"
"""The folder with the workbench's own small database: users, never part of what is copied or handed over."""
UNFINISHED = "copy.unfinished"
"""Lies in a folder that a copy is being made into, and names what is copied."""
VERIFIED = "verified.json"
"""Tells when this casefile was last verified; true of this one alone, so it stays when it is copied."""
OF_THIS_PLACE = (VERIFIED, NOTE)
"""Files at the top of a casefile that speak of this copy and this disk, and go into no other."""


class Casefile:
    """An open casefile. Use it as a context manager, so that the database is closed in any case."""

    def __init__(self, folder: Path, settings: Settings, database: Database) -> None:
        self.folder = folder
        self.settings = settings
        self.database = database
        self._watch = Watch(folder / SETTINGS)
        self.originals = Originals(folder / "originals")

    @classmethod
    def open(cls, folder: Path) -> Casefile:
        """Open the casefile in `folder`, making its database if there is none yet.

        Raises CasefileUnusable where the folder is no casefile, and what `read_settings` raises. While it is open, its
        folder may vanish: what fails then is told as Vanished where the casefile is left.
        """
        if (folder / UNFINISHED).exists():
            raise CasefileUnusable(
                f"{folder} is a copy that was not finished. Finish it with the same recuento copy, or delete it",
                f"{folder} es una copia sin terminar. Termínela con el mismo recuento copy, o bórrela",
            )
        if not (folder / SETTINGS).is_file():
            raise CasefileUnusable(
                f"{folder} is no casefile: it has no {SETTINGS}. Make one with: recuento init {folder}",
                f"{folder} no es un caso: no tiene {SETTINGS}. Cree uno con: recuento init {folder}",
            )
        with watched(folder / SETTINGS):
            settings = read_settings(folder / SETTINGS)
            database = open_tables(folder, settings.store_address)
            try:
                return cls(folder, with_sources(settings, database), database)
            except BaseException:
                database.close()
                raise

    @classmethod
    def create(cls, folder: Path, name: str) -> Casefile:
        """Make an empty casefile in `folder`; raises CasefileUnusable where there is one already."""
        path = folder / SETTINGS
        if path.exists():
            raise CasefileUnusable(f"{folder} is a casefile already", f"{folder} ya es un caso")
        escaped = name.replace("\\", "\\\\").replace('"', '\\"')
        write_file(path, SETTINGS_TEMPLATE.replace("NAME", escaped).encode())
        return cls.open(folder)

    @property
    def is_stopped(self) -> bool:
        """Whether nothing can be written to it because its disk failed."""
        return is_stopped(self.folder.absolute())

    @property
    def vanished(self) -> Vanished | None:
        """What is to be said where its folder is gone; None where it is there."""
        return self._watch.vanished

    def use(self, settings: Settings) -> None:
        """Go on with what recuento.toml says by now, and the sealed sources; the tables stay where they are."""
        self.settings = with_sources(settings, self.database)

    def __enter__(self) -> Casefile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
        self._watch.tell(error)

    def close(self) -> None:
        """Close the database."""
        self.database.close()
        self._watch.end()


def open_tables(folder: Path, address: str | None) -> Database:
    """The tables of the casefile in `folder`: on the server at `address`, or without one in a file of the folder.

    Raises CasefileUnusable where there are both, since only one of them can be the casefile.
    """
    if address is None:
        return open_database(folder / DATABASE, create=True)
    if (folder / DATABASE).exists():
        raise CasefileUnusable(
            f"{folder} holds a {DATABASE}, and its {SETTINGS} names a server. To move the casefile to the server, take "
            "[store] out again and use recuento copy; if it has been moved, put the file away",
            f"{folder} contiene un {DATABASE} y su {SETTINGS} indica un servidor. Para llevar el caso al servidor, "
            "quite [store] y use recuento copy; si ya se llevó, guarde el archivo en otro lugar",
        )
    return open_database(address, keep_in=folder)


def find_casefile(start: Path) -> Path:
    """The nearest folder, from `start` upward, that is a casefile; `start` itself where none is."""
    for folder in (start, *start.parents):
        if (folder / SETTINGS).is_file():
            return folder
    return start
