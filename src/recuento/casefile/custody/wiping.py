"""Remove what is to be gone: files overwritten before they are unlinked, and the traces a database keeps.

What a journalling file system, a snapshot, or the spare blocks of a solid-state disk still hold is out of our reach;
an encrypted disk is the answer to that.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path

from recuento.casefile.casefile import DATABASE
from recuento.store.database import Database
from recuento.store.durable import naming

_CHUNK = 1 << 20


def wipe_file(path: Path) -> None:
    """Overwrite a file with zeros, sync it, and unlink it; a file that is not there is no fault."""
    try:
        path.chmod(0o600)
        with naming(path), path.open("r+b") as file:
            left = os.fstat(file.fileno()).st_size
            while left > 0:
                left -= file.write(bytes(min(_CHUNK, left)))
            file.flush()
            os.fsync(file.fileno())
    except FileNotFoundError:
        return
    path.unlink(missing_ok=True)


def wipe_folder(folder: Path) -> None:
    """Wipe every file below a folder, then the folder. Links are removed and not followed."""
    if not folder.is_dir() or folder.is_symlink():
        return
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_symlink() or path.is_file():
            path.unlink() if path.is_symlink() else wipe_file(path)
        else:
            with suppress(OSError):
                path.rmdir()
    folder.rmdir()


def wipe_traces(database: Database, tables: Iterable[str]) -> None:
    """Let the database forget the rows that were deleted: its log is emptied, on a server the tables are rewritten."""
    database.forget_deleted(tuple(tables))


def forget_in_kept_copies(folder: Path, rows: Iterable[tuple[str, Mapping[str, str]]]) -> int:
    """Delete rows, given by table and by what some columns hold, from the copies kept before migrations.

    Gives how many copies held any. A key that was destroyed would else be there still.
    """
    return _in_kept_copies(folder, [(table, "DELETE FROM {table}", {}, held) for table, held in rows])


def change_in_kept_copies(folder: Path, rows: Iterable[tuple[str, Mapping[str, str], Mapping[str, str]]]) -> int:
    """Give rows other values, each by table, new values, and what some columns hold, in the copies kept before
    migrations; gives how many copies held any. Triggers that refuse it are left out there: nobody adds to a copy.
    """
    changes = ((table, values, "UPDATE {table} SET " + ", ".join(f"{name} = ?" for name in values), held)
               for table, values, held in rows)  # fmt: skip
    return _in_kept_copies(folder, [(table, change, values, held) for table, values, change, held in changes])


def _in_kept_copies(folder: Path, wanted: Sequence[tuple[str, str, Mapping[str, str], Mapping[str, str]]]) -> int:
    changed = 0
    for path in sorted(folder.glob(f"{DATABASE}.before-*")):
        with closing(sqlite3.connect(path, isolation_level=None)) as copy:
            copy.execute("PRAGMA secure_delete=ON")
            names = {row[0] for row in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            done = 0
            for table, change, values, held in wanted:
                if table not in names:
                    continue
                if values:
                    copy.execute(f"DROP TRIGGER IF EXISTS {table}_refuse_update")
                where = " AND ".join(f"{column} = ?" for column in held)
                command = f"{change.format(table=table)} WHERE {where}"
                done += copy.execute(command, (*values.values(), *held.values())).rowcount
            if done:
                changed += 1
                copy.execute("VACUUM")
    return changed
