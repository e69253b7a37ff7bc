"""From files of names to persons inside a casefile: nothing lost, nothing half-written, no name outside."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from recuento.casefile.casefile import Casefile
from recuento.casefile.people.linking import NotLinked, entries_of, is_up_to_date, link_what_changed, linkage_of
from recuento.casefile.people.lists import apply_list, lists_of, plan_list
from recuento.casefile.people.overlaps import linked_tables, over_draws
from recuento.casefile.people.pair_decisions import answer, standing_answers, undo_answer
from recuento.casefile.publishing.publishing import publish
from recuento.casefile.running import run
from recuento.errors import FaultsFound, InvalidValue
from recuento.estimate.chao import chao_lower_bound
from recuento.link.simulate import simulate
from recuento.link.simulate_presets import PRESETS, preset

pytest.importorskip("splink", reason="the extra that links is not installed")

NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)
WALL = "nombre;cédula;edad\nXIMENA PRUEBASOLA ZUTANA;V-65.111.222;30\nRAMIRO PRUEBASOLA DIAZ;;41\n"
COURT = (
    "Nombre y apellido,CI,Fecha de nacimiento\nXimena Pruebasola Zutana,65111222,1994-02-03\nOtilia Mengana,66777888,\n"
)


@pytest.fixture
def casefile(tmp_path: Path) -> Iterator[Casefile]:
    """An empty casefile."""
    with Casefile.create(tmp_path / "case", "Observatorio de prueba") as made:
        yield made


def _import(casefile: Casefile, name: str, text: str, **more: object) -> None:
    path = casefile.folder.parent / f"{name}.csv"
    path.write_text(text, encoding="utf-8")
    apply_list(casefile, plan_list(casefile, path, name, **more), by="ana", at=NOW)  # type: ignore[arg-type]


def _simulated(casefile: Casefile, persons: int = 300) -> None:
    """Invented lists in the casefile, each from a CSV of its own."""
    made = simulate(preset(next(iter(PRESETS)), persons), 5)
    for each in sorted(set(made.entries["list"].to_pylist())):
        rows = [row for row in made.entries.to_pylist() if row["list"] == each]
        columns = [name for name in rows[0] if name != "list"]
        lines = ["\t".join(columns), *("\t".join(row[name] or "" for name in columns) for row in rows)]
        _import(casefile, each, "\n".join(lines), key="entry_id")


def test_columns_are_guessed_and_rows_stay_as_written(casefile: Casefile) -> None:
    """Two lists with other headers give entries under the same columns, their cells untouched."""
    _import(casefile, "wall", WALL)
    _import(casefile, "court", COURT)
    table = entries_of(casefile).table
    assert table["name"].to_pylist() == [
        "Ximena Pruebasola Zutana",
        "Otilia Mengana",
        "XIMENA PRUEBASOLA ZUTANA",
        "RAMIRO PRUEBASOLA DIAZ",
    ]
    assert table["document_number"].to_pylist() == ["65111222", "66777888", "V-65.111.222", None]
    assert [(names.id, count) for names, count in lists_of(casefile)] == [("court", 2), ("wall", 2)]


def test_importing_again_changes_only_what_changed(casefile: Casefile) -> None:
    """The same file is the same; a corrected cell is one change; a row that went is told and kept."""
    _import(casefile, "wall", WALL)
    path = casefile.folder.parent / "wall.csv"
    assert [change for _, change in plan_list(casefile, path, "wall").entries] == ["same", "same"]
    path.write_text(WALL.replace(";30", ";31").rsplit("RAMIRO", 1)[0], encoding="utf-8")
    plan = plan_list(casefile, path, "wall")
    assert ([change for _, change in plan.entries], plan.gone) == (["changed"], ("wall/2",))


@pytest.mark.parametrize(
    ("text", "more", "word"),
    [
        ("", {}, "empty"),
        ("a,b\n1,2\n", {}, "which column holds the names"),
        ("nombre\nANA INVENTADA\n", {"columns": {"otra": "name"}}, "no column of the file"),
        ("nombre\nANA INVENTADA\n", {"columns": {"nombre": "shoe"}}, "no column of ours"),
        ("nombre,k\nANA INVENTADA,1\nLUZ INVENTADA,1\n", {"key": "k"}, "has the key of"),
        ("nombre,k\nANA INVENTADA,1,9\n", {}, "more cells than the header"),
        ("nombre\n" + "A" * 10_000_000 + "\n", {}, "cell|field"),
        ("nombre," + ",".join(f"c{n}" for n in range(120)) + "\nANA\n", {}, "columns"),
        ("nombre,nombre\nANA,LUZ\n", {}, "two columns"),
    ],
)
def test_a_wrong_list_is_refused_and_nothing_is_kept(
    casefile: Casefile, text: str, more: dict[str, object], word: str
) -> None:
    """The fault is named, without the name of anybody, and the casefile has no list."""
    with pytest.raises(FaultsFound, match=word) as caught:
        _import(casefile, "wall", text, **more)
    assert "INVENTADA" not in caught.value.en
    assert lists_of(casefile) == ()


@pytest.mark.parametrize("text", ["nombre\n", "nombre\nANA INVENTADA\n", "nombre\nANA INVENTADA\nLUZ INVENTADA\n"])
def test_lists_of_nobody_one_and_two_are_linked(casefile: Casefile, text: str) -> None:
    """The smallest lists give as many persons as they have rows."""
    _import(casefile, "wall", text)
    assert link_what_changed(casefile, at=NOW).persons == text.count("INVENTADA")


def test_linking_is_kept_until_something_changes(casefile: Casefile) -> None:
    """A second run does nothing; an answer makes the linkage out of date; a person's answer wins."""
    _import(casefile, "wall", WALL)
    _import(casefile, "court", COURT)
    with pytest.raises(NotLinked):
        linkage_of(casefile)
    done = link_what_changed(casefile, at=NOW)
    assert (done.fresh, done.entries, done.persons) == (True, 4, 3)
    assert link_what_changed(casefile, at=NOW).fresh is False
    answer(casefile, "wall/1", "court/1", "no", by="ana", at=NOW)
    assert not is_up_to_date(casefile)
    assert link_what_changed(casefile, at=NOW).persons == 4


def test_an_answer_is_appended_and_can_be_taken_back(casefile: Casefile) -> None:
    """The last answer stands; taking it back brings the one before; contradictions are refused with the way out."""
    _import(casefile, "wall", WALL)
    _import(casefile, "court", COURT)
    answer(casefile, "wall/1", "court/1", "no", by="ana", at=NOW)
    second = answer(casefile, "court/1", "wall/1", "yes", by="luis", at=NOW)
    assert [pair.answer for _, pair in standing_answers(casefile)] == ["yes"]
    answer(casefile, "wall/2", "court/1", "yes", by="luis", at=NOW)
    with pytest.raises(InvalidValue, match="answers --undo"):
        answer(casefile, "wall/1", "wall/2", "no", by="ana", at=NOW)
    undo_answer(casefile, second.id, by="ana", at=NOW)
    assert {pair.answer for _, pair in standing_answers(casefile)} == {"no", "yes"}
    with pytest.raises(InvalidValue):
        undo_answer(casefile, second.id, by="ana", at=NOW)
    with pytest.raises(InvalidValue, match="no entry"):
        answer(casefile, "wall/1", "wall/99", "yes", by="ana", at=NOW)


def test_the_doubt_of_the_linkage_reaches_the_estimate(casefile: Casefile) -> None:
    """Tables of draws differ from one another, and the combined interval says what part is due to linkage."""
    _simulated(casefile)
    link_what_changed(casefile, at=NOW)
    tables = linked_tables(casefile, draws=12)
    combined = over_draws(chao_lower_bound, tables)
    assert len({table.digest for table in tables.draws}) > 1
    assert 0 < combined.diagnostics["share_between"] < 1
    assert combined.diagnostics["tables"] == 12


def test_no_name_leaves_the_casefile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Planted names are found nowhere but in the casefile's database and people folder: not in the dossier, the
    temporary folder, the home folder, nor in what is printed."""
    home, scratch, work = (tmp_path / name for name in ("home", "tmp", "work"))
    for folder in (home, scratch, work):
        folder.mkdir()
    environment = {**os.environ, "HOME": str(home), "TMPDIR": str(scratch), "LANG": "es_VE.UTF-8"}
    (work / "wall.csv").write_text(WALL, encoding="utf-8")
    (work / "court.csv").write_text(COURT, encoding="utf-8")
    said = ""
    for words in (
        ["init", "case"],
        ["link", "import", "wall.csv", "--list", "wall", "--yes", "-C", "case"],
        ["link", "import", "court.csv", "--list", "court", "--yes", "-C", "case"],
        ["link", "run", "-C", "case"],
        ["link", "lists", "-C", "case"],
        ["link", "overlap", "--draws", "3", "-C", "case"],
        ["run", "-C", "case"],
    ):
        done = subprocess.run(
            [sys.executable, "-m", "recuento.cli.main", *words],
            cwd=work,
            env=environment,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        said += done.stdout + done.stderr
    assert "pruebasola" not in said.lower()
    (work / "wall.csv").unlink()
    (work / "court.csv").unlink()
    holding = {
        str(path.relative_to(tmp_path))
        for path in tmp_path.rglob("*")
        if path.is_file() and any(word in path.read_bytes().lower() for word in (b"pruebasola", b"mengana"))
    }
    inside = {name for name in holding if name.startswith(("work/case/people/", "work/case/casefile.sqlite3"))}
    assert inside
    assert holding == inside
    assert not any((work / "case" / "people" / "work").iterdir())


def test_killed_while_linking_the_casefile_is_as_before(casefile: Casefile) -> None:
    """After kill -9 at any moment the earlier linkage is whole and the next run ends well."""
    _simulated(casefile, 150)
    link_what_changed(casefile, at=NOW)
    before = linkage_of(casefile)
    _import(casefile, "extra", WALL)
    folder = casefile.folder
    casefile.close()
    for wait in (0.7, 1.4, 2.1):
        process = subprocess.Popen(
            [sys.executable, "-m", "recuento.cli.main", "link", "run", "-C", str(folder)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(wait)
        process.send_signal(signal.SIGKILL)
        process.wait()
        with Casefile.open(folder) as again:
            kept = linkage_of(again)
            if not is_up_to_date(again):
                assert kept.pairs.equals(before.pairs)
    with Casefile.open(folder) as again:
        link_what_changed(again, at=NOW)
        assert is_up_to_date(again)
        assert not any((folder / "people" / "work").iterdir())


def test_the_run_links_and_the_dossier_has_no_name(casefile: Casefile) -> None:
    """The main job links what changed; what is published knows nothing of the lists."""
    _import(casefile, "wall", WALL)
    steps = {step.step: step for step in run(casefile, by="ana", at=NOW, edition=date(2024, 6, 1))}
    assert steps["link"].fresh
    done = publish(casefile, casefile.folder / "dossier", date(2024, 6, 1))
    assert done.files
    assert not any(
        b"PRUEBASOLA" in path.read_bytes() for path in (casefile.folder / "dossier").rglob("*") if path.is_file()
    )
