"""Lists of names in the tables: every version of a row stays, nothing is overwritten."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy.exc import SQLAlchemyError

from recuento.model.people import ListEntry, NamesList
from recuento.store import people
from recuento.store.database import Database

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)
WALL = NamesList(id="wall", name="Wall", source="wall.csv", sha256="0" * 64, columns=(("nombre", "name"),))


def test_a_changed_row_keeps_its_earlier_version(database: Database) -> None:
    """The entry is what it is now; its history has both, the first first."""
    first = ListEntry("wall/1", "wall", 1, (("nombre", "ANA INVENTADA"),))
    second = ListEntry("wall/1", "wall", 1, (("nombre", "ANA MARIA INVENTADA"),))
    with database.writing() as connection:
        people.keep_list(connection, WALL)
        people.keep_entries(connection, [first], by="ana", at=NOON)
        people.keep_entries(connection, [second], by="luis", at=NOON)
    with database.reading() as connection:
        assert list(people.entries(connection)) == [second]
        assert [(entry, by) for entry, by, _ in people.versions(connection, "wall/1")] == [
            (first, "ana"),
            (second, "luis"),
        ]
        assert people.count(connection) == {"wall": 1}


def test_the_history_of_a_row_cannot_be_rewritten(database: Database) -> None:
    """The database itself refuses to change or delete a version."""
    with database.writing() as connection:
        people.keep_list(connection, WALL)
        people.keep_entries(connection, [ListEntry("wall/1", "wall", 1, ())], by="ana", at=NOON)
    for words in ("UPDATE entry_versions SET body = ''", "DELETE FROM entry_versions"):
        with pytest.raises(SQLAlchemyError, match="only ever added"), database.writing() as connection:
            connection.exec_driver_sql(words)


def test_a_row_does_not_show_its_name_by_itself() -> None:
    """What is printed of an entry in a log or a traceback is its id alone."""
    assert "INVENTADA" not in repr(ListEntry("wall/1", "wall", 1, (("nombre", "ANA INVENTADA"),)))
