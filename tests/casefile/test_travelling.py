"""A casefile that travels is whole and works, holds nothing sealed, and what it added comes back, once."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from custody_case import filled
from recuento.casefile.casefile import Casefile
from recuento.casefile.documents.preserving import preserve
from recuento.casefile.keeping.coming_back import bring_back
from recuento.casefile.keeping.verifying import verify
from recuento.casefile.people.lists import apply_list, lists_of, plan_list
from recuento.casefile.publishing.publishing import publish
from recuento.casefile.reading.reading import read_what_changed
from recuento.casefile.review.reviewing import decide, reviews
from recuento.casefile.sealing.keepers import add_keeper
from recuento.casefile.sealing.sealed_search import SealedSearch
from recuento.casefile.sealing.travelling import travel
from recuento.casefile.sealing.vault import add_text, new_source, sources_of
from recuento.casefile.sealing.vault_opening import open_source
from recuento.errors import CasefileUnusable, CheckFailed
from recuento.model.decision import Act
from recuento.seal.keys import PrivateKey
from recuento.seal.sealed import Sealed, opened
from recuento.store import claims, decisions, vault
from vault_case import AT, RELATIVE, SECRETS, source_in

KEY = PrivateKey.new()
LATER = AT + timedelta(days=3)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Casefile]:
    """A casefile with something of every kind, and a keeper whose key the test has."""
    with filled(tmp_path) as one:
        add_keeper(one, "eva", KEY.public, by="ana", at=AT)
        source_in(one, tmp_path)
        yield one


def everything(folder: Path) -> bytes:
    """Every byte of a folder, names of files too."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return b"\n".join(str(path).encode() + path.read_bytes() for path in paths)


def add_on_the_road(road: Casefile, tmp_path: Path, older: str) -> str:
    """A document, a changed claim, decisions, a list, a source, and a value of an older one; gives the new source."""
    (tmp_path / "road.txt").write_text(
        "El Observatorio de Lares informó de 12 heridos en Valdeoscuro.", encoding="utf-8"
    )
    preserve(road, [tmp_path / "road.txt"], by="luis", at=LATER)
    read_what_changed(road, at=LATER)
    with road.database.writing() as connection:
        claim = claims.all(connection)[0]
        claims.upsert(connection, replace(claim, note="vista en el camino"), "luis", LATER)
    (made,) = decide(road, [f"claim:{claim.id}"], Act.WITHDRAW, by="luis", at=LATER)
    decide(road, [f"claim:{claim.id}"], Act.UNDO, by="luis", at=LATER, details={"decision": str(made.id)})
    decide(road, ["claim:A2"], Act.CONFIRM, by="luis", at=LATER)
    (tmp_path / "court.csv").write_text("nombre\nJACINTA PLANILLERA\n", encoding="utf-8")
    apply_list(road, plan_list(road, tmp_path / "court.csv", "juzgado"), by="luis", at=LATER)
    fresh = new_source(road, "relatives", RELATIVE, by="luis", at=LATER).id
    add_text(road, fresh, "name", Sealed("Wilfrida Zamuray"), by="luis", at=LATER)
    add_text(road, older, "notes", Sealed("Llamó otra vez."), by="luis", at=LATER)
    return fresh


def eva_opens(home: Casefile) -> str:
    """The source whose key eva holds."""
    return next(one.source.id for one in sources_of(home) if "eva" in one.keepers)


def test_it_holds_nothing_sealed_and_works(home: Casefile, tmp_path: Path) -> None:
    """No list, key, envelope, confidential original or sealed log; it verifies, and its dossier is the same."""
    marked = vault_of(home)
    travel(home, tmp_path / "road")
    data = everything(tmp_path / "road")
    for word in ("XIMENA", "PRUEBASOLA", "muro.csv", "preparar una visita", *SECRETS.values()):
        assert word.encode() not in data
    with home.database.reading() as connection:
        wrapped = [one for source in vault.sources(connection) for one in vault.keys(connection, source.id).values()]
        parts = vault.parts(connection)
    for envelope in [*wrapped, *(part.envelope for part in parts)]:
        assert base64.b64encode(envelope)[40:90] not in data
    assert not (tmp_path / "road" / "people").exists() and not (tmp_path / "road" / "sealed").exists()
    with Casefile.open(tmp_path / "road") as road:
        found = verify(road)
        assert (found.faults, found.locked) == ((), len(marked))
        search = SealedSearch(without_keeper=True)
        publish(home, tmp_path / "one", date(2031, 4, 30), search=search)
        publish(road, tmp_path / "two", date(2031, 4, 30), search=search)
        assert lists_of(road) == ()
    one, two = (
        {p.relative_to(tmp_path / name): p.read_bytes() for p in (tmp_path / name).rglob("*") if p.is_file()}
        for name in ("one", "two")
    )
    assert one == two


def vault_of(home: Casefile) -> list[str]:
    """The confidential documents of a casefile."""
    with home.database.reading() as connection:
        return vault.confidential(connection)


def test_what_was_added_on_the_road_comes_back_once(home: Casefile, tmp_path: Path) -> None:
    """Documents, claims, decisions, lists and sealed values are at home; a second time changes nothing."""
    travel(home, tmp_path / "road")
    with Casefile.open(tmp_path / "road") as road:
        older = eva_opens(home)
        fresh = add_on_the_road(road, tmp_path, older)
        assert verify(road).faults == ()
    done = bring_back(home, tmp_path / "road", by="ana", at=LATER)
    assert done.counts == {"documents": 1, "claims": 1, "decisions": 3, "lists": 1, "sealed": 2}
    assert (done.both, done.left) == ((), ())
    assert verify(home).faults == ()
    assert {names.id for names, _ in lists_of(home)} == {"muro", "juzgado"}
    assert "claim:A2" not in reviews(home).withdrawn and not reviews(home).withdrawn
    for source, text in ((fresh, "Wilfrida Zamuray"), (older, "Llamó otra vez.")):
        found = open_source(home, source, KEY, purpose="comprobar el viaje", by="eva", at=LATER)
        told = []
        for part in found.parts:
            with opened(part.value) as plain:
                told.append(plain.text)
        assert text in told
    with home.database.reading() as connection:
        before = len(decisions.all(connection))
    again = bring_back(home, tmp_path / "road", by="ana", at=LATER)
    assert set(again.counts.values()) == {0}
    with home.database.reading() as connection:
        assert len(decisions.all(connection)) == before
    assert verify(home).faults == ()


def test_what_both_sides_changed_is_told(home: Casefile, tmp_path: Path) -> None:
    """Home went on working too: nothing of it is lost, and what both changed is named."""
    travel(home, tmp_path / "road")
    decide(home, ["claim:A2"], Act.REJECT, by="ana", at=LATER)
    with home.database.writing() as connection:
        claim = claims.all(connection)[0]
        claims.upsert(connection, replace(claim, note="vista en casa"), "ana", LATER)
    with Casefile.open(tmp_path / "road") as road:
        add_on_the_road(road, tmp_path, eva_opens(home))
    done = bring_back(home, tmp_path / "road", by="ana", at=LATER)
    assert set(done.both) == {"claim:A2", f"claim:{claim.id}"}
    with home.database.reading() as connection:
        notes = [version.claim.note for version in claims.history(connection, claim.id)]
    assert notes[-2:] == ["vista en casa", "vista en el camino"]
    assert verify(home).faults == ()


def test_another_casefile_and_a_list_of_the_same_name_are_refused(home: Casefile, tmp_path: Path) -> None:
    """Nothing is written where the folder did not set out from here, was altered, or clashes in a list."""
    with pytest.raises(CasefileUnusable, match="does not travel"):
        bring_back(home, home.folder, by="ana", at=LATER)
    travel(home, tmp_path / "road")
    (tmp_path / "again.csv").write_text("nombre\nOTRA PERSONA\n", encoding="utf-8")
    with Casefile.open(tmp_path / "road") as road:
        apply_list(road, plan_list(road, tmp_path / "again.csv", "muro"), by="luis", at=LATER)
    with pytest.raises(CheckFailed, match="muro"):
        bring_back(home, tmp_path / "road", by="ana", at=LATER)
    assert {fault.place.rsplit("/", 1)[0] for fault in verify(home).faults} <= {"people/originals"}
    (tmp_path / "other").mkdir()
    with filled(tmp_path / "other") as other, pytest.raises(CasefileUnusable, match="did not set out"):
        bring_back(other, tmp_path / "road", by="ana", at=LATER)
    with pytest.raises(CasefileUnusable, match="not empty"):
        travel(home, tmp_path / "road")
