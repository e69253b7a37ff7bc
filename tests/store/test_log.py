"""The custody log: in one transaction with what it records, only ever added to, and silent about names."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from recuento.model.decision import Act
from recuento.model.document import Description, Document, Origin
from recuento.model.people import ListEntry, NamesList
from recuento.store import decisions, documents, log, migrating, people
from recuento.store.database import Database
from recuento.store.merkle import leaf_hash
from recuento.store.opening import open_database

NOON = datetime(2031, 4, 2, 12, tzinfo=UTC)
MURO = NamesList("muro", "Lista del muro", "muro.csv", "0" * 64, "table")


def document(name: str) -> Document:
    """An invented document whose bytes are its name."""
    sha256 = hashlib.sha256(name.encode()).hexdigest()
    return Document(sha256, len(name), "text/plain", name, Origin("carpeta", "ana", NOON), Description(title=name))


def test_a_decision_and_its_entry_stand_or_fall_together(database: Database) -> None:
    """Where the transaction is undone neither is there; where it is committed both are."""
    with pytest.raises(ZeroDivisionError), database.writing() as connection:
        decisions.append(connection, "claim:A1", Act.CONFIRM, "ana", NOON)
        raise ZeroDivisionError
    with database.reading() as connection:
        assert (log.size(connection, "public"), decisions.all(connection)) == (0, [])
    with database.writing() as connection:
        decisions.append(connection, "claim:A1", Act.CONFIRM, "ana", NOON)
    with database.reading() as connection:
        assert (log.size(connection, "public"), len(decisions.all(connection))) == (1, 1)


def test_every_row_is_named_with_its_hash(database: Database) -> None:
    """The last opening that names a row has the hash of the row as it is read back."""
    with database.writing() as connection:
        documents.add(connection, document("nota"))
        documents.describe(connection, document("nota").sha256, Description(title="otro"))
        decisions.append(connection, "claim:A1", Act.CONFIRM, "ana", NOON, (("measure", "died"),), why="leído")
        log.act_done(connection, log.Act.PUBLISHED, "ana", NOON.isoformat(), {"edition": "2031-04-30"})
    with database.reading() as connection:
        openings = [entry.opening or "" for entry in log.entries(connection, "public")]
        for table in ("documents", "origins", "decisions", "custody_acts"):
            rows = [row for _, row in log.rows_now(connection, table)]
            assert rows
            for row in rows:
                naming = [one for one in openings if log.canonical([row.table, list(row.key)])[:-1] in one]
                assert row.sha256 in naming[-1]


def test_entries_hold_no_name_and_nothing_to_guess_one_from(database: Database) -> None:
    """What a leaf holds is the kind of act and a commitment; the same row twice gives two different commitments."""
    for _ in range(2):
        with database.writing() as connection:
            log.append(connection, log.Act.DECIDED, [log.Recorded("decisions", (1,), "0" * 64)])
    with database.reading() as connection:
        bodies = [entry.body for entry in log.entries(connection, "public")]
    assert len(set(bodies)) == 2
    for body in bodies:
        assert set(json.loads(body)) == {"act", "commitment"}


def test_lists_of_names_move_nothing_public(database: Database) -> None:
    """Importing a list adds to the sealed tree only; the public root stays what it was."""
    with database.writing() as connection:
        documents.add(connection, document("nota"))
        before = log.merkle_tree(connection, "public").root()
        people.keep_list(connection, MURO)
        people.keep_entries(connection, [ListEntry("muro/1", "muro", 1, ())], by="ana", at=NOON)
        assert log.merkle_tree(connection, "public").root() == before
        assert log.size(connection, "sealed") == 2


@pytest.mark.parametrize(
    "act",
    ["UPDATE custody_log SET body = 'x'", "DELETE FROM custody_log", "UPDATE custody_openings SET opening = 'x'",
     "UPDATE custody_acts SET details = 'x'", "DELETE FROM custody_acts"],
)  # fmt: skip
def test_the_log_can_only_grow(database: Database, act: str) -> None:
    """The database itself refuses to change or delete an entry, or to change an opening."""
    with database.writing() as connection:
        log.act_done(connection, log.Act.EXPORTED, "ana", NOON.isoformat(), {})
    with pytest.raises(DatabaseError, match="only ever added"), database.writing() as connection:
        connection.exec_driver_sql(act)


def test_many_entries_at_once_are_the_same_as_one_by_one(database: Database) -> None:
    """Numbers follow each other from whatever was there, and every leaf is the hash of its body."""
    row = log.Recorded("decisions", (1,), "0" * 64)
    with database.writing() as connection:
        assert log.append(connection, log.Act.DECIDED, [row]) == 0
        assert log.append_all(connection, [(log.Act.READ, [row]), (log.Act.READ, [])]) == 1
        assert log.append(connection, log.Act.DECIDED, [row], "sealed") == 0
        entries = log.entries(connection, "public")
    assert [entry.number for entry in entries] == [0, 1, 2]
    assert all(entry.leaf == leaf_hash(entry.body.encode()).hex() for entry in entries)


READ = '{"confidence": 1.0, "content": [{"end": 5, "start": 0}], "figures": [], "speaker": {"inferred": false}}'
"""What a migration looks at of a statement that was read."""


def test_an_older_casefile_starts_its_log_with_all_it_holds(tmp_path: Path) -> None:
    """A casefile of the revision before the log gets one entry in each tree, which names every row there is."""
    path = tmp_path / "casefile.sqlite3"
    with Database(path, create=True) as older, older.writing() as connection:
        migrating.upgrade(connection, revision="0002")
        sha256 = document("nota").sha256
        for words in (
            f"INSERT INTO documents VALUES ('{sha256}', 4, 'text/plain', 'nota', '{{}}', NULL)",
            f"INSERT INTO origins VALUES (1, '{sha256}', 'carpeta', 'ana', '2031')",
            f"INSERT INTO text_layers VALUES (1, '{sha256}', 'plain', '1', 'ñandú', 'x')",
            f"INSERT INTO statements VALUES ('{sha256}', 0, 's1', 'x', '1', NULL, 'ana', 'asserts', '{READ}')",
            f"INSERT INTO statements VALUES ('{sha256}', 1, 's2', 'x', '1', 's1', 'ana', 'asserts', '{READ}')",
            "INSERT INTO decisions VALUES (1, 'claim:A1', 'confirm', 'ana', '2031', '[]', '')",
            "INSERT INTO people_lists VALUES ('muro', '{}')",
            "INSERT INTO entry_versions VALUES ('muro/1', 1, '{}', 'ana', '2031')",
        ):
            connection.execute(text(words.replace(":", "\\:")))
    with open_database(path) as migrated, migrated.reading() as connection:
        trees = {tree: log.entries(connection, tree) for tree in log.TREES}
        assert {tree: len(entries) for tree, entries in trees.items()} == {"public": 1, "sealed": 1}
        for table, tree in log.TREE_OF.items():
            for _, row in log.rows_now(connection, table):
                assert log.canonical([row.table, list(row.key), row.sha256]) in (trees[tree][0].opening or "")


def test_a_new_casefile_starts_with_its_first_act(database: Database) -> None:
    """Where there was nothing before, the log is empty until something is done."""
    with database.reading() as connection:
        assert [log.size(connection, tree) for tree in log.TREES] == [0, 0]
