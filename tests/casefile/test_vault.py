"""Sealed sources: added without a key, opened with one and a purpose, granted, taken, destroyed; nothing in clear."""

from __future__ import annotations

import base64
import io
import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from custody_case import filled
from recuento.casefile.casefile import DATABASE, Casefile
from recuento.casefile.custody.custody import heads
from recuento.casefile.keeping.bagging import export_bag
from recuento.casefile.keeping.exporting import export
from recuento.casefile.keeping.verifying import verify
from recuento.casefile.publishing.edition_date import edition_of
from recuento.casefile.publishing.publishing import publish
from recuento.casefile.sealing.confidential import mark_confidential
from recuento.casefile.sealing.keepers import (
    add_keeper,
    join_key_file,
    keepers_of,
    new_key_file,
    read_key_file,
    split_key_file,
)
from recuento.casefile.sealing.sealed_search import SealedSearch
from recuento.casefile.sealing.vault import add_text, new_source, sources_of, sweep
from recuento.casefile.sealing.vault_keys import destroy, grant, remove_keeper, revoke
from recuento.casefile.sealing.vault_opening import OpenedSource, open_all, open_source, write_file_of
from recuento.errors import InvalidValue
from recuento.seal.keys import PrivateKey
from recuento.seal.sealed import Sealed, opened
from recuento.store import log, vault
from vault_case import AT, FILE_NAME, FILE_TEXT, RELATIVE, SECRETS, Keys, keepers_in, source_in

WHY = "preparar una entrevista"


@pytest.fixture
def keys(casefile: Casefile) -> Keys:
    """The keys of the keepers of the casefile."""
    return keepers_in(casefile)


@pytest.fixture
def source(casefile: Casefile, keys: Keys, tmp_path: Path) -> str:
    """A source with something of every kind sealed."""
    return source_in(casefile, tmp_path)


def told(found: OpenedSource) -> dict[str, str]:
    """What an opened source holds, by kind; of a file its name."""
    values = {}
    for part in found.parts:
        with opened(part.name or part.value) as plain:
            values[part.kind] = plain.text
    return values


def test_every_keeper_reads_what_was_sealed_without_a_key(
    casefile: Casefile, keys: Keys, source: str, tmp_path: Path
) -> None:
    """Each of the two opens all of it, file and file name too; the values are those that went in."""
    for key in (keys.ana, keys.luis):
        found = open_source(casefile, source, key, purpose=WHY, by="ana", at=AT)
        assert told(found) == {**SECRETS, "file": FILE_NAME}
        (letter,) = [part for part in found.parts if part.kind == "file"]
        out = io.BytesIO()
        write_file_of(casefile, found, letter, out)
        assert out.getvalue().decode() == FILE_TEXT
    assert verify(casefile).faults == ()


def test_nobody_else_reads_it(casefile: Casefile, keys: Keys, source: str) -> None:
    """A stranger's key, that of a keeper who came later, and no purpose open nothing, and leave no entry."""
    with casefile.database.reading() as connection:
        before = log.size(connection, "sealed")
    with pytest.raises(InvalidValue, match="no keeper"):
        open_source(casefile, source, PrivateKey.new(), purpose=WHY, by="ana", at=AT)
    with pytest.raises(InvalidValue, match="what it is opened for"):
        open_source(casefile, source, keys.ana, purpose=" ", by="ana", at=AT)
    add_keeper(casefile, "eva", keys.eva.public, by="ana", at=AT)
    with pytest.raises(InvalidValue, match="another keeper can grant"):
        open_source(casefile, source, keys.eva, purpose=WHY, by="ana", at=AT)
    with casefile.database.reading() as connection:
        assert log.size(connection, "sealed") == before + 1, "the new keeper, and no opening"


def test_every_opening_is_an_entry_with_who_when_and_why(casefile: Casefile, keys: Keys, source: str) -> None:
    """The entry names the source, the keeper, the purpose and the kinds, and no value."""
    open_source(casefile, source, keys.luis, purpose=WHY, by="luis", at=AT)
    with casefile.database.reading() as connection:
        acts = [values for values, _ in log.rows_now(connection, "sealed_acts")]
    (act,) = acts
    assert (act["act"], act["done_by"], act["done_at"][:10]) == ("opened", "luis", "2031-04-02")
    assert json.loads(act["details"]) == {
        "source": source, "keeper": "luis", "purpose": WHY, "kinds": "contact file name notes place",
    }  # fmt: skip


@pytest.mark.parametrize("slip", ["llamar a Ubaldina hoy", "ir al callejón Guayacan", "marcar 0414-555-0199 ya"])
def test_a_purpose_that_tells_what_is_sealed_is_refused(casefile: Casefile, keys: Keys, source: str, slip: str) -> None:
    """The purpose is kept in clear, so a name, place or number in it is refused before anything is noted."""
    secrets = {"name": SECRETS["name"], "place": SECRETS["place"], "contact": "0414 5550199"}
    mine = new_source(casefile, "relatives", RELATIVE, by="ana", at=AT).id
    for kind, text in secrets.items():
        add_text(casefile, mine, kind, Sealed(text), by="ana", at=AT)
    with pytest.raises(InvalidValue, match="sealed"):
        open_source(casefile, mine, keys.ana, purpose=slip, by="ana", at=AT)


def test_a_key_is_granted_by_one_who_holds_it_and_taken_again(casefile: Casefile, keys: Keys, source: str) -> None:
    """A granted keeper opens, a revoked one no longer; granting again works; the last one cannot be revoked."""
    add_keeper(casefile, "eva", keys.eva.public, by="ana", at=AT)
    assert grant(casefile, [], "eva", keys.luis, by="luis", at=AT) == (source,)
    assert told(open_source(casefile, source, keys.eva, purpose=WHY, by="eva", at=AT))["name"] == SECRETS["name"]
    assert revoke(casefile, [source], "luis", by="ana", at=AT) == (source,)
    with pytest.raises(InvalidValue):
        open_source(casefile, source, keys.luis, purpose=WHY, by="luis", at=AT)
    assert verify(casefile).faults == ()
    assert grant(casefile, [source], "luis", keys.eva, by="eva", at=AT) == (source,)
    assert verify(casefile).faults == ()
    assert remove_keeper(casefile, "eva", by="ana", at=AT) == (source,)
    revoke(casefile, [source], "luis", by="ana", at=AT)
    assert [fault.place for fault in verify(casefile).faults] == [source], "one keeper alone is told as a fault"
    with pytest.raises(InvalidValue, match="only one who can open"):
        revoke(casefile, [source], "ana", by="ana", at=AT)
    assert [keeper.id for keeper in keepers_of(casefile)] == ["ana", "luis"]


def copies_of(folder: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_destroyed_source_is_gone_for_good(casefile: Casefile, keys: Keys, source: str) -> None:
    """No wrapped key, no envelope and no salt of its entries is left in any file of the casefile; the log holds."""
    with casefile.database.reading() as connection:
        wrapped = list(vault.keys(connection, source).values())
        parts = vault.parts(connection, source)
        openings = [e.opening or "" for e in log.entries(connection, "sealed") if parts[0].id in (e.opening or "")]
    salts = [json.loads(opening)["salt"] for opening in openings]
    assert salts and len(wrapped) == 2
    older = casefile.folder / f"{DATABASE}.before-0099-from-0004"
    casefile.database.copy_to(older)
    assert destroy(casefile, source, by="ana", at=AT, why="lo pidió") == 5
    files = copies_of(casefile.folder)
    for secret in [
        *(base64.b64encode(one)[20:80] for one in wrapped),
        *(base64.b64encode(p.envelope)[60:160] for p in parts),
    ]:
        assert not [name for name, data in files.items() if secret in data]
    live = {name: data for name, data in files.items() if name != older.name}
    for salt in salts:
        assert not [name for name, data in live.items() if salt.encode() in data]
    assert not list((casefile.folder / "sealed").iterdir())
    with pytest.raises(InvalidValue, match="destroyed"):
        open_source(casefile, source, keys.ana, purpose=WHY, by="ana", at=AT)
    with pytest.raises(InvalidValue, match="destroyed"):
        add_text(casefile, source, "name", Sealed("x"), by="ana", at=AT)
    assert verify(casefile).faults == ()
    assert sources_of(casefile)[0].source.is_destroyed


def test_the_search_for_a_destroyed_key_can_fail(casefile: Casefile, keys: Keys, source: str) -> None:
    """Sabotage: rows deleted without secure_delete are found in the file by the same search."""
    with casefile.database.reading() as connection:
        wrapped = [base64.b64encode(one)[20:80] for one in vault.keys(connection, source).values()]
    with closing(sqlite3.connect(casefile.folder / DATABASE, isolation_level=None)) as connection:
        connection.execute("PRAGMA secure_delete=OFF")
        connection.execute("DELETE FROM sealed_keys")
        connection.execute("DELETE FROM custody_openings")
    files = copies_of(casefile.folder)
    assert [name for name, data in files.items() if any(one in data for one in wrapped)]


def test_an_erased_opening_without_an_erasure_is_a_fault(casefile: Casefile, keys: Keys, source: str) -> None:
    """What is erased on purpose is in the log; what somebody erased behind its back is named."""
    destroy(casefile, source, by="ana", at=AT)
    other = new_source(casefile, "relatives", RELATIVE, by="ana", at=AT).id
    assert verify(casefile).faults == ()
    with casefile.database.writing() as connection:
        number = vault._entries_naming(connection, "sealed_keys", (other, "ana"))[0]
        connection.exec_driver_sql(f"DELETE FROM custody_openings WHERE tree = 'sealed' AND number = {number}")
    assert any("custody log/sealed" in fault.place for fault in verify(casefile).faults)


def test_sealed_acts_move_no_public_byte(tmp_path: Path) -> None:
    """Log head, checkpoint, export, bag and dossier are the same bytes before and after every act on the vault."""
    with filled(tmp_path) as casefile:
        keys = PrivateKey.new()
        edition = edition_of(casefile, None)

        def public(name: str) -> dict[str, bytes]:
            out = tmp_path / name
            (head,) = [one for one in heads(casefile) if one.tree == "public"]
            publish(casefile, out / "dossier", date(2031, 4, 30), search=SealedSearch(without_keeper=True))
            export(casefile, out / "export")
            return {**copies_of(out), "head": head.text().encode(), "edition": str(edition_of(casefile, None)).encode()}

        before = public("before")
        add_keeper(casefile, "eva", keys.public, by="ana", at=AT)
        source = source_in(casefile, tmp_path)
        later = AT + timedelta(days=400)
        open_source(casefile, source, keys, purpose=WHY, by="eva", at=later)
        revoke(casefile, [source], "eva", by="ana", at=later)
        destroy(casefile, source, by="ana", at=later)
        mark_confidential(casefile, list(casefile.originals.all())[1], marked=True, by="ana", at=later)
        assert public("after") == before
        assert edition_of(casefile, None) == edition
        export_bag(casefile, tmp_path / "bag", by="ana", at=AT)
        bag = b"".join(copies_of(tmp_path / "bag").values())
        assert source.encode() not in bag and b"envelope" not in bag


def test_a_claim_is_shown_as_the_class_of_its_source(casefile: Casefile, keys: Keys) -> None:
    """A source is an actor under its id, not public, called by its class; a new opening of the casefile knows it."""
    source = new_source(casefile, "relatives", RELATIVE, by="ana", at=AT).id
    for one in (casefile, Casefile.open(casefile.folder)):
        actor = one.settings.cast.actor(source)
        assert actor is not None and (actor.public, actor.called, actor.name) == (False, RELATIVE, source)


def test_two_keepers_are_asked_for_and_five_are_enough(casefile: Casefile) -> None:
    """Nothing is sealed to one person alone, no party is invented, and a sixth keeper is refused."""
    with pytest.raises(InvalidValue, match="at least 2 keepers"):
        new_source(casefile, "relatives", RELATIVE, by="ana", at=AT)
    for number in range(5):
        add_keeper(casefile, f"k{number}", PrivateKey.new().public, by="ana", at=AT)
    with pytest.raises(InvalidValue, match="5 keepers"):
        add_keeper(casefile, "k5", PrivateKey.new().public, by="ana", at=AT)
    with pytest.raises(InvalidValue, match="nobody"):
        new_source(casefile, "nobody", RELATIVE, by="ana", at=AT)


def test_what_an_interrupted_command_left_is_told_and_swept(casefile: Casefile, keys: Keys, source: str) -> None:
    """An envelope that nothing names is told as unfinished, and sweeping takes it alone; a missing one is a fault."""
    folder = casefile.folder / "sealed"
    (folder / ("0" * 32)).write_bytes(b"left")
    found = verify(casefile)
    assert ([one.place for one in found.unfinished], found.faults) == ([f"sealed/{'0' * 32}"], ())
    assert sweep(casefile) == 1
    assert verify(casefile).faults == ()
    next(iter(folder.iterdir())).unlink()
    assert ["missing" in fault.en for fault in verify(casefile).faults] == [True]


def test_files_of_the_vault_tell_neither_when_nor_what(casefile: Casefile, keys: Keys, source: str) -> None:
    """Random names, one time on all of them, sizes that are steps."""
    (path,) = (casefile.folder / "sealed").iterdir()
    assert path.stat().st_mtime == 0 and len(path.name) == 32
    assert path.stat().st_mode & 0o077 == 0


def test_a_lost_key_comes_back_from_its_parts(casefile: Casefile, tmp_path: Path) -> None:
    """The drill: a keeper loses file and passphrase; two of three parts make the key again, and it opens the source."""
    home = tmp_path / "home"
    public = new_key_file(home / "ana.key", "cinco palabras que nadie adivina")
    paths = split_key_file(home / "ana.key", "cinco palabras que nadie adivina", home / "parts", needed=2, parts=3)
    add_keeper(casefile, "ana", public, by="ana", at=AT)
    add_keeper(casefile, "luis", PrivateKey.new().public, by="ana", at=AT)
    source = source_in(casefile, tmp_path)
    (home / "ana.key").unlink()
    lines = [path.read_text() for path in (paths[2], paths[0])]
    assert join_key_file(lines, home / "again.key", "otras palabras que nadie sabe") == public
    key = read_key_file(home / "again.key", "otras palabras que nadie sabe")
    found = open_source(casefile, source, key, purpose="simulacro de pérdida", by="ana", at=AT)
    assert told(found)["name"] == SECRETS["name"]
    assert (home / "again.key").stat().st_mode & 0o077 == 0


def test_a_key_is_not_kept_in_the_casefile(casefile: Casefile, tmp_path: Path) -> None:
    """Neither a key file nor its parts may lie where the casefile is, and nothing is overwritten."""
    with pytest.raises(InvalidValue, match="inside the casefile"):
        new_key_file(casefile.folder / "keys" / "ana.key", "cinco palabras que nadie adivina")
    new_key_file(tmp_path / "ana.key", "cinco palabras que nadie adivina")
    with pytest.raises(InvalidValue):
        new_key_file(tmp_path / "ana.key", "cinco palabras que nadie adivina")
    with pytest.raises(InvalidValue, match="inside the casefile"):
        split_key_file(
            tmp_path / "ana.key", "cinco palabras que nadie adivina", casefile.folder / "x", needed=2, parts=3
        )


def test_all_that_a_key_opens_is_opened_for_a_search(casefile: Casefile, keys: Keys, tmp_path: Path) -> None:
    """Every living source whose key it holds, each with an entry of its own."""
    ids = {source_in(casefile, tmp_path) for _ in range(3)}
    gone = ids.pop()
    destroy(casefile, gone, by="ana", at=AT)
    assert {one.source.id for one in open_all(casefile, keys.ana, purpose=WHY, by="ana", at=AT)} == ids


@pytest.fixture
def server_casefile(folder: Path) -> Iterator[Casefile]:
    """The invented casefile with its tables on a real PostgreSQL."""
    from postgres_server import server_or_skip

    server = server_or_skip()
    settings = folder / "recuento.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(f'{text}\n[store]\naddress = "{server.address(server.new_database())}"\n', encoding="utf-8")
    with Casefile.open(folder) as casefile:
        yield casefile


def test_a_server_seals_opens_and_forgets_too(server_casefile: Casefile, tmp_path: Path) -> None:
    """On PostgreSQL what was sealed is read back, and a destroyed source leaves no row."""
    keys = keepers_in(server_casefile)
    source = source_in(server_casefile, tmp_path)
    found = open_source(server_casefile, source, keys.ana, purpose=WHY, by="ana", at=AT)
    assert told(found) == {**SECRETS, "file": FILE_NAME}
    destroy(server_casefile, source, by="ana", at=AT)
    with server_casefile.database.reading() as connection:
        assert (vault.keys(connection, source), vault.parts(connection)) == ({}, [])
    assert verify(server_casefile).faults == ()


def test_the_threat_model_names_tests_that_are_there() -> None:
    """Every file and function of the tests that the document names exists, in both languages alike."""
    root = Path(__file__).resolve().parents[2]
    text = (root / "docs" / "threat-model.md").read_text(encoding="utf-8")
    spanish, english = text.split("## English")
    for half in (spanish, english):
        files = re.findall(r"`((?:tests|benchmarks)/[\w/]+\.py)`(?: \(`(\w+)`\))?", half)
        assert len(files) >= 15
        for name, function in files:
            assert f"def {function}" in (root / name).read_text(encoding="utf-8"), name
    found = [sorted(re.findall(r"`(?:tests|benchmarks)/[\w/]+\.py`", half)) for half in (spanish, english)]
    assert found[0] == found[1]
