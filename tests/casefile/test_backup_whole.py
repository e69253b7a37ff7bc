"""A backup brings everything back: editions, attachments, layers, what came in, what is sealed; from a server too."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from custody_case import AT, filled
from postgres_server import server_or_skip
from recuento.casefile.casefile import DATABASE, OF_THIS_PLACE, SETTINGS, Casefile
from recuento.casefile.keeping.backing_up import back_up, restore
from recuento.casefile.keeping.copying import copy_casefile
from recuento.casefile.keeping.verifying import verify
from recuento.casefile.publishing.publishing import publish
from recuento.casefile.reading.incoming import arrivals, receive
from recuento.casefile.sealing.keepers import add_keeper, keepers_of
from recuento.casefile.sealing.sealed_search import SealedSearch
from recuento.casefile.sealing.vault import sources_of
from recuento.casefile.sealing.vault_opening import open_source
from recuento.model.document import Description
from recuento.seal.keys import PrivateKey
from recuento.seal.sealed import opened
from recuento.store import copying, stopping
from vault_case import SECRETS, source_in

KEY = PrivateKey.new()


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def case(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Casefile]:
    """A casefile in a folder or on a server, with two editions and one thing of every kind."""
    folder = tmp_path_factory.mktemp("whole")
    with filled(folder) as one:
        add_keeper(one, "eva", KEY.public, by="ana", at=AT)
        source_in(one, folder)
        without = SealedSearch(without_keeper=True)
        publish(one, one.folder / "dossier", date(2031, 5, 30), by="ana", at=AT, search=without)
        receive(one, b"Una nota.", name="n.txt", where="n", told=Description(), by="ana", at=AT)
    where = one.folder
    if request.param == "postgresql":
        server = server_or_skip()
        where = folder / "on a server"
        copy_casefile(one.folder, where, server=server.address(server.new_database(ready=True)))
    with Casefile.open(where) as found:
        assert found.database.path is None or request.param == "sqlite"
        yield found


def files_in(folder: Path) -> dict[str, str]:
    """The hash of every file that a backup has to bring back as it is."""
    left_out = (DATABASE, SETTINGS, "dossier", *OF_THIS_PLACE)
    names = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {
        name: hashlib.sha256(path.read_bytes()).hexdigest()
        for name, path in names.items()
        if not name.startswith(left_out) and not path.name.startswith(".")
    }


def assert_whole(case: Casefile, folder: Path) -> None:
    """Every row and every file is there and the same, and what is sealed opens."""
    with Casefile.open(folder) as again:
        with case.database.reading() as before, again.database.reading() as after:
            assert copying.contents(before) == copying.contents(after)
        files = files_in(case.folder)
        assert files == files_in(again.folder)
        kinds = {name.split("/")[0] for name in files}
        assert {"editions", "originals", "incoming", "sealed", "people", "checkpoints"} <= kinds
        assert {"editions/v1.zip", "editions/v2.zip", "editions/v2.json"} <= files.keys()
        found = verify(again)
        assert (found.faults, found.editions) == ((), 2)
        assert len(arrivals(again)) == 1
        living = next(one.source.id for one in sources_of(again) if "eva" in one.keepers)
        parts = open_source(again, living, KEY, purpose="preparar la visita", by="eva", at=AT).parts
        with opened(next(part for part in parts if part.kind == "name").value) as name:
            assert name.text == SECRETS["name"]


@pytest.mark.parametrize("encrypted", [False, True])
@pytest.mark.parametrize("stopped", [False, True])
def test_everything_comes_back(case: Casefile, tmp_path: Path, encrypted: bool, stopped: bool) -> None:
    """In clear and encrypted; also after a sync had failed, when nothing may be written to the casefile any more."""
    to = [keeper.public_key for keeper in keepers_of(case)] if encrypted else []
    before = files_in(case.folder)
    if stopped:
        stopping.stop(case.folder)
        assert case.is_stopped
    try:
        back_up(case, tmp_path / "case.backup", to=to)
        assert case.is_stopped == stopped
    finally:
        stopping.lift(case.folder.absolute())
    assert files_in(case.folder) == before
    assert [path.name for path in tmp_path.iterdir()] == ["case.backup"]
    restore(tmp_path / "case.backup", tmp_path / "again", key=KEY if encrypted else None)
    assert_whole(case, tmp_path / "again")
