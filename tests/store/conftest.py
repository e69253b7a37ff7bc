"""A casefile's database and originals, new for every test. What both stores promise is tested on both."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from postgres_server import Server, server_or_skip
from recuento.store.database import Database
from recuento.store.opening import open_database
from recuento.store.originals import Originals


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    """Where an empty database can be made: a file, then an address on a real server."""
    if request.param == "sqlite":
        return tmp_path / "casefile.sqlite3"
    server = server_or_skip()
    return server.address(server.new_database())


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty database, on each store in turn."""
    place: Path | str = tmp_path / "casefile.sqlite3"
    if request.param == "postgresql":
        server = server_or_skip()
        place = server.address(server.new_database(ready=True))
    with open_database(place, create=True) as one:
        yield one


@pytest.fixture
def server() -> Server:
    """The PostgreSQL of this run."""
    return server_or_skip()


@pytest.fixture
def originals(tmp_path: Path) -> Originals:
    """An empty folder of originals."""
    return Originals(tmp_path / "originals")
