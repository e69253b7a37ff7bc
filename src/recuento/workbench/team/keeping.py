"""Who is in the team, saved into one file and loaded again: a casefile and its backup hold nothing of it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from recuento.casefile.casefile import WORKBENCH
from recuento.errors import CasefileUnusable
from recuento.workbench.site import DATABASE

_COUNTED = ("auth_user", "auth_user_groups", "mfa_authenticator", "team_token", "team_teamchange")


def save_team(casefile: Path, file: Path) -> int:
    """Save users, roles, second factors, tokens and their history into a new file, also while others sign in.

    Gives the number of users. Raises CasefileUnusable where the file is there already or nobody is in the team. The
    file holds password hashes and the keys of second factors: it is made for its owner alone.
    """
    source = casefile / WORKBENCH / DATABASE
    if not source.is_file():
        raise CasefileUnusable(f"{casefile} has no team", f"{casefile} no tiene equipo")
    if file.exists():
        raise CasefileUnusable(f"{file} is there already: choose another name", f"{file} ya existe: elija otro nombre")
    file.touch(mode=0o600)
    with sqlite3.connect(source) as connection, sqlite3.connect(file) as target:
        connection.backup(target)
        # Sessions are no part of a team: everybody signs in again.
        target.execute("DELETE FROM django_session")
    return _same(source, file)


def load_team(file: Path, casefile: Path) -> int:
    """Load a saved team into a casefile that has none, and compare; gives the number of users.

    Raises CasefileUnusable where the casefile has a team, or the file is none of ours.
    """
    target = casefile / WORKBENCH / DATABASE
    if target.exists():
        raise CasefileUnusable(f"{casefile} has a team already", f"{casefile} ya tiene equipo")
    target.parent.mkdir(mode=0o700, exist_ok=True)
    target.touch(mode=0o600)
    try:
        with sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True) as connection:
            connection.execute("SELECT count(*) FROM team_teamchange")
            with sqlite3.connect(target) as made:
                connection.backup(made)
    except sqlite3.Error as error:
        target.unlink()
        raise CasefileUnusable(
            f"{file} is no saved team: {error}", f"{file} no es un equipo guardado: {error}"
        ) from None
    return _same(file, target)


def _same(one: Path, other: Path) -> int:
    """How many users both hold; raises CasefileUnusable where the two are not the same."""
    rows = [[_rows(path, table) for table in _COUNTED] for path in (one, other)]
    if rows[0] != rows[1]:
        raise CasefileUnusable(f"{other} is not the same as {one}", f"{other} no es igual que {one}")
    return len(rows[0][0])


def _rows(path: Path, table: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(path) as connection:
        return connection.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()
