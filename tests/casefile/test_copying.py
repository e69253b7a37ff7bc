"""Copying a casefile: whole, in every direction, compared afterwards, and never taken for finished when it is not."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invented import AT
from postgres_server import server_or_skip
from recuento.casefile.casefile import DATABASE, SETTINGS, UNFINISHED, Casefile
from recuento.casefile.documents.preserving import preserve
from recuento.casefile.keeping import copying
from recuento.casefile.keeping.backing_up import back_up, restore
from recuento.casefile.keeping.copying import copy_casefile
from recuento.casefile.keeping.verifying import verify
from recuento.casefile.reading.reading import read_what_changed
from recuento.casefile.review.reviewing import decide, reviews
from recuento.casefile.settings.copying_settings import with_store
from recuento.errors import CasefileUnusable, CheckFailed, FaultsFound
from recuento.model.decision import Act
from recuento.model.document import Description, Document, Origin, TextLayer
from recuento.model.people import ListEntry, NamesList
from recuento.store import copying as tables
from recuento.store import derived, documents, layers, people
from recuento.store.copying import Contents
from recuento.store.opening import open_database

Server = str | None
ODD = "una línea\0con \uf8f0 signos 𝔲 raros\\N \\. \\\\t\t\r\n\\.\n"


def new_server(kind: str) -> Server:
    """An empty database of the kind: None stands for a file in the folder."""
    if kind == "sqlite":
        return None
    server = server_or_skip()
    return server.address(server.new_database(ready=True))


@pytest.fixture
def source(folder: Path) -> Path:
    """A casefile with something in every kind of table, and other files beside."""
    with Casefile.open(folder) as casefile:
        preserve(casefile, [folder.parent / "notes"], by="ana", at=AT)
        read_what_changed(casefile, at=AT)
        decide(casefile, ["statement:a", "statement:b"], Act.CONFIRM, by="ana", at=AT, why="leído")
        sha256 = casefile.originals.keep(ODD.encode())
        names = NamesList(id="l", name="Lista", source="l.csv", sha256=sha256, columns=(("nombre", "name"),))
        with casefile.database.writing() as connection:
            odd = Document(sha256, len(ODD.encode()), "text/plain", "raro", Origin("aquí", "ana", AT), Description())
            documents.add(connection, odd)
            layers.add(connection, TextLayer(sha256, "plain", "1", ODD, hashlib.sha256(ODD.encode()).hexdigest()))
            people.keep_list(connection, names)
            entries = [ListEntry(f"l/{n}", "l", n, (("nombre", f"ANA {n} INVENTADA"),)) for n in range(1100)]
            people.keep_entries(connection, entries, by="ana", at=AT)
            derived.keep(connection, "estimate", "ñ", derived.Result("f", "{}"))
    (folder / "people" / "originals").mkdir(parents=True)
    (folder / "people" / "note.txt").write_text("una nota")
    return folder


def contents(folder: Path) -> dict[str, Contents]:
    """What the tables of a casefile hold."""
    with Casefile.open(folder) as casefile, casefile.database.reading() as connection:
        return tables.contents(connection)


@pytest.mark.parametrize("there", ["sqlite", "postgresql"])
@pytest.mark.parametrize("back", ["sqlite", "postgresql"])
def test_what_was_copied_is_the_same_and_goes_on(source: Path, tmp_path: Path, there: str, back: str) -> None:
    """Copied and copied once more, on any stores: the same tables and files, and the numbers of decisions go on."""
    one, two = tmp_path / "one", tmp_path / "two"
    before = contents(source)
    first = copy_casefile(source, one, server=new_server(there))
    second = copy_casefile(one, two, server=new_server(back))
    assert before == first.tables == second.tables == contents(one) == contents(two)
    assert first.files == second.files and first.originals == 3
    assert all(before[name].rows for name in ("entries", "decisions", "text_layers", "origins", "derived"))
    assert (two / DATABASE).exists() == (back == "sqlite")
    with Casefile.open(source) as here, Casefile.open(two) as copy:
        assert reviews(here) == reviews(copy)
        # The decisions on statements that do not exist are told by both alike.
        assert verify(here) == verify(copy)
        with copy.database.reading() as connection:
            layer = layers.current(connection, hashlib.sha256(ODD.encode()).hexdigest())
        assert layer is not None and layer.text == ODD
        (made,) = decide(copy, ["statement:a"], Act.REJECT, by="luis", at=AT)
        assert made.id == 3


def test_the_settings_name_the_server_and_nothing_else_changes(source: Path, tmp_path: Path) -> None:
    """The copy's recuento.toml says where its tables are, without a password; copied back, it is as it was."""
    server = new_server("postgresql")
    copy_casefile(source, tmp_path / "one", server=server)
    text = (tmp_path / "one" / SETTINGS).read_text(encoding="utf-8")
    assert text.startswith((source / SETTINGS).read_text(encoding="utf-8").rstrip()) and str(server) in text
    assert os.environ["PGPASSWORD"] not in text
    copy_casefile(tmp_path / "one", tmp_path / "two")
    assert (tmp_path / "two" / SETTINGS).read_text().split() == (source / SETTINGS).read_text().split()


def everything(folder: Path) -> dict[str, bytes]:
    """Every file of a folder but the lock."""
    return {str(p): p.read_bytes() for p in folder.rglob("*") if p.is_file() and not p.name.endswith(".lock")}


def test_a_target_that_holds_something_is_refused_untouched(source: Path, tmp_path: Path) -> None:
    """A folder with a file, a casefile, the source itself or a full database: refused in words, nothing changed."""
    full = new_server("postgresql")
    copy_casefile(source, tmp_path / "full", server=full)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "letter.txt").write_text("hola")
    before = everything(tmp_path)
    for target, server, words in (
        (tmp_path / "other", None, "not empty"),
        (tmp_path / "full", None, "not empty"),
        (source, None, "in one another"),
        (source / "inside", None, "in one another"),
        (tmp_path / "new", full, "already holds"),
        (tmp_path / "claims.csv", None, "is a file"),
    ):
        with pytest.raises(CasefileUnusable, match=words):
            copy_casefile(source, target, server=server)
    with pytest.raises(CasefileUnusable, match="is now"):
        copy_casefile(tmp_path / "full", tmp_path / "new", server=full)
    assert everything(tmp_path) == before
    assert contents(tmp_path / "full") == contents(source)


def dying(number: int) -> Callable[[int, int, str], None]:
    """A progress that kills its own process at its `number`-th call."""
    calls = iter(range(1, number + 1))

    def show(done: int, total: int, name: str) -> None:
        if next(calls) == number:
            os.kill(os.getpid(), signal.SIGKILL)

    return show


@pytest.mark.skipif(not hasattr(os, "fork"), reason="starts its other processes by fork")
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_killed_copy_says_so_and_can_be_finished(source: Path, tmp_path: Path, kind: str) -> None:
    """Killed among the files or among the rows: no rows are there, nobody can open it, and the same copy finishes."""
    for number in (1, 6, 14):
        target, server = tmp_path / str(number), new_server(kind)
        fork = multiprocessing.get_context("fork")
        process = fork.Process(
            target=copy_casefile, args=(source, target), kwargs={"server": server, "progress": dying(number)}
        )
        process.start()
        process.join()
        assert process.exitcode == -signal.SIGKILL
        with pytest.raises(CasefileUnusable, match="not finished"):
            Casefile.open(target)
        with open_database(server or target / DATABASE) as database, database.reading() as connection:
            assert not any(tables.counts(connection).values())
        copy_casefile(source, target, server=server)
        assert contents(target) == contents(source)


class Stopped(Exception):
    """The copy is stopped here."""


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_rows_that_are_not_the_same_are_found(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """Stopped after its rows were written, a copy is compared when it is run again; one changed row is told."""

    def stop(*_: object, **__: object) -> None:
        raise Stopped

    for name, words in (("same", ""), ("changed", "UPDATE claims SET body = '{}'"), ("less", "DELETE FROM derived")):
        target, server = tmp_path / name, new_server(kind)
        with Casefile.open(source) as casefile, casefile.database.writing() as connection:
            connection.exec_driver_sql("INSERT INTO claims VALUES ('x', 'e', 'm', 'p', '[]') ON CONFLICT DO NOTHING")
        with monkeypatch.context() as patched, pytest.raises(Stopped):
            patched.setattr(copying, "compare_files", stop)
            copy_casefile(source, target, server=server)
        assert (target / UNFINISHED).is_file()
        if words:
            with open_database(server or target / DATABASE) as database, database.writing() as connection:
                connection.exec_driver_sql(words)
            with pytest.raises(CheckFailed, match="in claims;" if name == "changed" else "in derived;"):
                copy_casefile(source, target, server=server)
        else:
            copy_casefile(source, target, server=server)
            assert contents(target) == contents(source)


def test_files_that_are_not_whole_are_found(source: Path, tmp_path: Path) -> None:
    """Every altered original of the source is named at once, and every file altered or lost on the way."""
    spoiled = sorted(source.glob("originals/*/*"))[:2]
    for path in spoiled:
        path.chmod(0o644)
        path.write_bytes(path.read_bytes() + b"!")
    with pytest.raises(FaultsFound) as found:
        copy_casefile(source, tmp_path / "one")
    assert all(path.name in str(found.value) for path in spoiled) and len(found.value.faults) == 2
    for path in spoiled:
        path.write_bytes(path.read_bytes()[:-1])

    def spoil(done: int, total: int, name: str) -> None:
        if name == "decisions":
            (tmp_path / "two" / "people" / "note.txt").write_text("otra nota")
            next(tmp_path.glob("two/originals/*/*")).unlink()
            (tmp_path / "two" / "stray.txt").write_text("")

    with pytest.raises(CheckFailed) as lost:
        copy_casefile(source, tmp_path / "two", progress=spoil)
    assert "people/note.txt" in str(lost.value) and "originals/" in str(lost.value) and "stray.txt" in str(lost.value)
    with pytest.raises(CasefileUnusable, match="not finished"):
        Casefile.open(tmp_path / "two")


def test_an_unfinished_copy_of_another_casefile_is_left_alone(source: Path, tmp_path: Path) -> None:
    """The note names what is being copied; another casefile is not copied on top of it."""
    target = tmp_path / "one"
    target.mkdir()
    (target / UNFINISHED).write_text("elsewhere\n")
    with pytest.raises(CasefileUnusable, match="unfinished copy of elsewhere"):
        copy_casefile(source, target)


STORE = '[store]\naddress = "postgresql://ana@localhost/casa"\n'
PIECES = st.sampled_from(
    ['[casefile]\nname = "x"\n', "# [store]\n", "[parties.a]\nes = 'a'\n", '[[worlds]]\nid = "w"\n', "\n"]
)


@given(
    before=st.lists(PIECES, max_size=4),
    after=st.lists(PIECES, max_size=4),
    address=st.sampled_from([None, "b", 'a"\\']),
)
def test_store_is_written_and_taken_out_again(
    tmp_path_factory: pytest.TempPathFactory, before: list[str], after: list[str], address: str | None
) -> None:
    """Wherever [store] stands, its lines alone are replaced; every other line stays as it was written."""
    unique = list(dict.fromkeys(before + after))
    place = len(unique) // 2
    path = tmp_path_factory.mktemp("settings") / SETTINGS
    path.write_text("".join([*unique[:place], STORE, *unique[place:]]))
    changed = with_store(path, address)
    assert "postgresql://ana" not in changed
    lines = [line for line in changed.splitlines() if line.strip()]
    # A comment after [store] belongs to it; only comments may be lost.
    assert [line for line in lines if not line.startswith("#")][: len(lines)] == [
        *(line for line in "".join(unique).splitlines() if line.strip() and not line.startswith("#")),
        *(
            []
            if address is None
            else ["[store]", 'address = "' + address.replace("\\", "\\\\").replace('"', '\\"') + '"']
        ),
    ]


def test_store_inside_a_text_is_not_taken_for_the_table(tmp_path: Path) -> None:
    """Where the lines cannot be told apart, nothing is written, and the way out is told."""
    path = tmp_path / SETTINGS
    path.write_text('[casefile]\nname = """\n[store]\nx = 1\n"""\n')
    with pytest.raises(FaultsFound, match="store"):
        with_store(path, None)


def test_a_file_beside_a_server_is_not_passed_over(source: Path) -> None:
    """A folder that has its tables both in a file and on a server is not opened: one of them would be forgotten."""
    address = new_server("postgresql")
    with (source / SETTINGS).open("a") as settings:
        settings.write(f'\n[store]\naddress = "{address}"\n')
    with pytest.raises(CasefileUnusable, match="recuento copy"):
        Casefile.open(source)


def test_a_password_in_the_settings_is_a_fault(source: Path) -> None:
    """The fault names [store] and where a password belongs, and does not repeat it."""
    with (source / SETTINGS).open("a") as settings:
        settings.write('\n[store]\naddress = "postgresql://ana:s3cr3t@localhost/casa"\nport = 1\n')
    with pytest.raises(FaultsFound, match="PGPASSWORD") as found:
        Casefile.open(source)
    assert "s3cr3t" not in str(found.value) and len(found.value.faults) == 2


def test_a_casefile_on_a_server_is_backed_up_in_use_and_restored(source: Path, tmp_path: Path) -> None:
    """While somebody decides: one state of tables and files, restored into a folder, compared, and verified."""
    team = tmp_path / "team"
    copy_casefile(source, team, server=new_server("postgresql"))
    process = multiprocessing.get_context("fork").Process(target=decide_without_end, args=(team,))
    process.start()
    try:
        with Casefile.open(team) as casefile:
            while len(reviews(casefile).decisions) < 6:
                time.sleep(0.02)
            made = back_up(casefile, tmp_path / "backup.tar")
            after = len(reviews(casefile).decisions)
    finally:
        process.terminate()
        process.join()
    assert restore(tmp_path / "backup.tar", tmp_path / "restored") == made
    with Casefile.open(tmp_path / "restored") as casefile:
        assert casefile.database.path is not None and casefile.settings.store_address is None
        assert 6 <= len(reviews(casefile).decisions) <= after
        assert [fault.en for fault in verify(casefile).faults if "row" in fault.en or "log" in fault.place] == []
    with Casefile.open(team) as casefile:
        back_up(casefile, tmp_path / "at-rest.tar")
    restore(tmp_path / "at-rest.tar", tmp_path / "at-rest")
    assert contents(tmp_path / "at-rest") == contents(team)


def decide_without_end(folder: Path) -> None:
    """Decide until ended."""
    with Casefile.open(folder) as casefile:
        for number in range(1_000_000):
            decide(casefile, [f"statement:{number}"], Act.CONFIRM, by="luis", at=AT)
