"""A casefile of any earlier revision, with data, opens in this version: nothing lost, a copy kept first and told."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import text

import endurance_work as work
from postgres_server import server_or_skip
from recuento.casefile.casefile import DATABASE, Casefile
from recuento.casefile.keeping.verifying import verify
from recuento.casefile.settings.copying_settings import with_store
from recuento.cli.main import cli
from recuento.errors import CasefileUnusable
from recuento.store import copying, migrating, schema
from recuento.store.database import Database

EARLIER = migrating.revisions()[:-1]


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, tuple[Path, Mapping[str, int]]]:
    """A casefile of every earlier revision, and how many rows each of its tables has."""
    made = {}
    for revision in EARLIER:
        folder = tmp_path_factory.mktemp("old") / revision
        made[revision] = (folder, work.old_casefile(folder, revision, 1))
    return made


def rows(casefile: Casefile) -> Mapping[str, int]:
    """How many rows each table has."""
    with casefile.database.reading() as connection:
        return copying.counts(connection)


@pytest.mark.parametrize("revision", EARLIER)
def test_every_earlier_revision_opens_with_all_its_rows(
    old: Mapping[str, tuple[Path, Mapping[str, int]]], revision: str
) -> None:
    """All rows are there, everything verifies, and beside it lies a whole copy of the revision it was."""
    folder, before = old[revision]
    (folder / DATABASE).with_name("kept-aside").write_bytes((folder / DATABASE).read_bytes())
    said = CliRunner().invoke(cli, ["verify", "-C", str(folder)], obj="en")
    assert said.exit_code == 0, said.output
    kept = folder / f"{DATABASE}.before-{migrating.revisions()[-1]}-from-{revision}"
    assert kept.name in said.output
    with Casefile.open(folder) as casefile:
        after = rows(casefile)
        assert {name: after[name] for name in before if not name.startswith("custody")} == {
            name: count for name, count in before.items() if not name.startswith("custody")
        }
        assert casefile.database.kept is None, "it is brought up to date once"
    with Database(kept) as copy, copy.reading() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == revision
        assert copying.counts(connection) == before
    os.replace((folder / DATABASE).with_name("kept-aside"), folder / DATABASE)  # noqa: PTH105


@pytest.mark.parametrize("revision", EARLIER)
def test_every_earlier_revision_opens_on_a_server(
    old: Mapping[str, tuple[Path, Mapping[str, int]]], revision: str, tmp_path: Path
) -> None:
    """The same on PostgreSQL; the copy of what was there lies in the folder as an SQLite file."""
    server = server_or_skip()
    address = server.address(server.new_database())
    folder, before = old[revision]
    team = tmp_path / "team"
    team.mkdir()
    (team / "recuento.toml").write_text(with_store(folder / "recuento.toml", address), encoding="utf-8")
    for name in ("originals", "people", "editions"):
        (team / name).symlink_to(folder / name)
    with Database(address) as there, Database(folder / DATABASE) as here:
        with there.preparing() as connection:
            migrating.upgrade(connection, revision=revision)
        with here.reading() as reading, there.writing() as writing:
            copying.copy_tables(reading, writing)
    with Casefile.open(team) as casefile:
        assert verify(casefile).faults == ()
        after = rows(casefile)
        assert all(after[name] == count for name, count in before.items() if not name.startswith("custody"))
        assert casefile.database.kept is not None
        with closing(Database(casefile.database.kept)) as copy, copy.reading() as connection:
            assert copying.counts(connection) == before


def test_an_older_program_refuses_a_newer_file_with_a_clear_word(
    old: Mapping[str, tuple[Path, Mapping[str, int]]], tmp_path: Path
) -> None:
    """A program that knows fewer revisions changes nothing and says which version to install."""
    folder, _ = old[EARLIER[0]]
    path = tmp_path / DATABASE
    path.write_bytes((folder / DATABASE).read_bytes())
    with Database(path) as database, database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    before = path.read_bytes()
    with Database(path) as database, pytest.raises(CasefileUnusable, match="newer version") as refused:
        schema.bring_up_to_date(database)
    assert "9999" in refused.value.es and migrating.revisions()[-1] in refused.value.es
    assert path.read_bytes() == before
