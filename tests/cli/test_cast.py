"""The commands on the cast are wired up: what they add is in recuento.toml, and what was there stays."""

from __future__ import annotations

import json
from pathlib import Path

from command_line import said
from recuento.casefile.casefile import Casefile


def test_a_cast_is_made_on_the_command_line(tmp_path: Path) -> None:
    """An actor, another name, a facility and an event are added and listed; a name that is taken ends with 4."""
    case = tmp_path / "case"
    Casefile.create(case, "Nuevo").close()
    before = (case / "recuento.toml").read_text(encoding="utf-8")
    for words in (
        ("actor", "Ana Robles", "--party", "ngo", "--person", "--public", "--role", "portavoz"),
        ("name", "ana_robles", "La Robles"),
        ("facility", "Centro de Lares", "--capacity", "40", "--alias", "El Anexo"),
        ("event", "El motín", "--facility", "centro_de_lares", "--starts", "2031-05", "--ends", "2031-05-20"),
    ):
        code, out = said("cast", *words, "-C", case)
        assert code == 0 and "[" in out, words
    assert said("cast", "actor", "la robles", "--party", "ngo", "-C", case)[0] == 4
    code, out = said("cast", "list", "--json", "-C", case)
    found = json.loads(out)
    assert [one["id"] for one in found["actors"]] == ["ana_robles"] and found["actors"][0]["aliases"] == ["La Robles"]
    assert [one["id"] for one in found["events"]] == ["el_motin"]
    assert (case / "recuento.toml").read_text(encoding="utf-8").startswith(before)
    code, out = said("cast", "list", "-C", case)
    assert code == 0 and "Centro de Lares, El Anexo" in out
