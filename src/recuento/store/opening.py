"""Open a database as it has to be used: made where it is missing, and brought up to date."""

from __future__ import annotations

from pathlib import Path

from recuento.store.database import BUSY_SECONDS, Database
from recuento.store.schema import bring_up_to_date


def open_database(
    place: Path | str, *, create: bool = False, busy_seconds: float = BUSY_SECONDS, keep_in: Path | None = None
) -> Database:
    """The database at `place`: the path of an SQLite file, or the address of one on a server (`server_address`).

    With `create` its file is made where it is missing; a database on a server is made there, and empty it is enough.
    An older one is brought up to date, after a copy of it is kept: beside an SQLite file, and of a server's tables as
    an SQLite file in the folder `keep_in`. Raises CasefileUnusable where it is not there, is no casefile, is made by a
    newer version, or stays busy; InvalidValue where the address is none.
    """
    database = Database(place, create=create, busy_seconds=busy_seconds, beside=keep_in)
    try:
        bring_up_to_date(database, keep_in=keep_in)
    except BaseException:
        database.close()
        raise
    return database
