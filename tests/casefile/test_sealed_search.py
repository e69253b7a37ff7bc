"""Sealed values are looked for in a dossier with a keeper's key; without one, publishing is refused or noted."""

from __future__ import annotations

import base64
import gzip
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from custody_case import filled
from recuento.casefile.casefile import Casefile
from recuento.casefile.publishing.publishing import dossier_of, publish
from recuento.casefile.running import run
from recuento.casefile.sealing.keepers import add_keeper
from recuento.casefile.sealing.sealed_search import NotSearched, SealedSearch, sealed_values, search_dossier
from recuento.casefile.sealing.vault import add_text, new_source
from recuento.errors import CheckFailed
from recuento.model.claim import Claim
from recuento.seal.keys import PrivateKey
from recuento.seal.sealed import Sealed
from recuento.store import claims, log
from vault_case import AT, FILE_TEXT, RELATIVE, SECRETS, source_in

KEY = PrivateKey.new()
DAY = date(2031, 4, 30)


@pytest.fixture
def casefile(tmp_path: Path) -> Iterator[Casefile]:
    """A casefile with a source, sealed to a keeper whose key the test has."""
    with filled(tmp_path) as one:
        add_keeper(one, "eva", KEY.public, by="ana", at=AT)
        source_in(one, tmp_path)
        yield one


def searched(casefile: Casefile) -> list[str]:
    """The acts of searching that the sealed tree holds, as they are kept."""
    with casefile.database.reading() as connection:
        acts = [values for values, _ in log.rows_now(connection, "sealed_acts")]
    return [act["details"] for act in acts if act["act"] == "searched"]


def test_without_a_key_it_is_refused_or_noted(casefile: Casefile, tmp_path: Path) -> None:
    """Nothing is written; with the word that says so it is, and the sealed tree has an entry of it."""
    with pytest.raises(NotSearched, match="--without-keeper"):
        publish(casefile, tmp_path / "out", DAY, by="ana", at=AT)
    assert not (tmp_path / "out").exists() and searched(casefile) == []
    publish(casefile, tmp_path / "out", DAY, by="ana", at=AT, search=SealedSearch(without_keeper=True))
    assert '"searched":"no"' in searched(casefile)[0]
    done = run(casefile, by="ana", at=AT)
    assert [step.words.en.split(":")[0] for step in done if step.step == "publish"] == ["not published"]


def test_with_a_key_the_same_bytes_go_out_where_nothing_sealed_stands_in_them(
    casefile: Casefile, tmp_path: Path
) -> None:
    """The dossier is byte for byte that of a build that searched for nothing; each source opened is in the log."""
    publish(casefile, tmp_path / "one", DAY, search=SealedSearch(without_keeper=True))
    publish(casefile, tmp_path / "two", DAY, by="ana", at=AT, search=SealedSearch(KEY))
    files = {path.relative_to(tmp_path / "one"): path.read_bytes() for path in (tmp_path / "one").rglob("*.html")}
    assert files == {p.relative_to(tmp_path / "two"): p.read_bytes() for p in (tmp_path / "two").rglob("*.html")}
    assert '"searched":"yes"' in searched(casefile)[0]


def test_a_sealed_name_in_a_claim_does_not_leave(casefile: Casefile, tmp_path: Path) -> None:
    """A public field that holds the sealed name: either it is left out or nothing is written, never published."""
    with casefile.database.reading() as connection:
        claim: Claim = claims.all(connection)[0]
    source = new_source(casefile, "relatives", RELATIVE, by="ana", at=AT).id
    add_text(casefile, source, "name", Sealed(claim.quantity.words or "al menos 11"), by="ana", at=AT)
    try:
        publish(casefile, tmp_path / "out", DAY, by="ana", at=AT, search=SealedSearch(KEY))
    except CheckFailed as error:
        assert source in error.en and (claim.quantity.words or "") not in error.en
    kept = sealed_values(casefile, SealedSearch(KEY), DAY, by="ana", at=AT)
    if (tmp_path / "out").exists():
        assert search_dossier(tmp_path / "out", dossier_of(casefile, DAY, kept)) == ()


def forms() -> dict[str, bytes]:
    """Ways in which sealed values may stand in a file, each with a name."""
    name, phone, place = SECRETS["name"], "0414-555 01.99", SECRETS["place"]
    return {
        "as it is": name.encode(),
        "other order, no accents": b"TRASMONTE QUINONGO, UBALDINA",
        "one word": "según Trasmonte, todo".encode(),
        "escaped": b"Ubaldina&#32;Trasmonte",
        "utf-16": name.encode("utf-16"),
        "base64": b"<img src='data:;base64," + base64.b64encode(b"xy " + name.encode()) + b"'>",
        "hex": name.encode().hex().encode(),
        "gzip": gzip.compress(f"<p>{name}</p>".encode()),
        "phone": f"llame al {phone}".encode(),
        "mail": b"Zarcillo.Trasmonte@correo.invalid",
        "place": place.upper().encode(),
        "notes": "Allí vio salir dos camiones azules por la puerta trasera la noche.".encode(),
        "hash of the file": __import__("hashlib").sha256(FILE_TEXT.encode()).hexdigest().encode(),
        "file name": b"see carta-de-ubaldina.pdf",
    }


@pytest.mark.parametrize("form", forms())
def test_every_form_is_found_in_a_written_dossier(casefile: Casefile, tmp_path: Path, form: str) -> None:
    """Each planted in a page of its own is named with its file and source; a page with none of them is not."""
    out = tmp_path / "out"
    out.mkdir()
    (out / "planted.html").write_bytes(forms()[form])
    (out / "clean.html").write_text("<p>Nada de nadie.</p>", encoding="utf-8")
    kept = sealed_values(casefile, SealedSearch(KEY), DAY, by="ana", at=AT)
    found = search_dossier(out, dossier_of(casefile, DAY, kept))
    assert {fault.place.split("!")[0].split("/")[0] for fault in found} == {"planted.html"}
    assert not any("Trasmonte" in fault.en or "Ubaldina" in fault.en for fault in found)
