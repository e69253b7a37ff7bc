"""Outlets that carry one wire are one source: in the count, in the corrections and in the estimate."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import command_line
from invented import AT
from recuento.balance import corrections, world_of
from recuento.balance.posterior import Sampling
from recuento.casefile.casefile import Casefile
from recuento.casefile.documents.preserving import preserve
from recuento.casefile.events.balancing import Accounting
from recuento.casefile.events.estimating import estimate_for
from recuento.casefile.events.gathering import documents_of
from recuento.casefile.events.independence import copied_from, independent_sources
from recuento.casefile.reading.families import document_called, join, split
from recuento.model.casting import Event
from recuento.model.claim import Claim, Grounds
from recuento.model.ledger import Constraint, Identity, Ledger, Term
from recuento.values.bilingual import Bilingual
from recuento.values.partial_date import PartialDate
from recuento.values.quantity import Comparison, quantity_from

NAME = Bilingual.same("x")
DAY = PartialDate.of(date(2031, 3, 18))
EVENT = Event("fire", NAME, (), DAY, DAY, headline=("all",))
FEW = Sampling(steps=400, rounds=1)
LEDGER = Ledger(
    tuple(Term(name, Bilingual.same(name), name) for name in ("all", "moved", "rest")),
    (Identity("sum", (("all", 1), ("moved", -1), ("rest", -1)), NAME),),
)


def printed(id: str, number: int, document: str, *, low: int | None = None) -> Claim:
    """What the outlet of that document prints in its own name."""
    outlet = f"outlet {id}"
    said = quantity_from(Comparison.EQ if low is None else Comparison.GE, (low or number,), str(number))
    grounds = (Grounds(document=document, statement=f"s-{id}", outlet=outlet),)
    return Claim(id, "fire", "", outlet, "press", "all", said, stated=DAY, as_of=DAY, grounds=grounds)


def accounting_of(*claims: Claim) -> Accounting:
    """An accounting of these claims on one number."""
    said = tuple(
        Constraint(c.id, "all", int(c.quantity.low or 0), None if c.quantity.high is None else int(c.quantity.high))
        for c in claims
    )
    return Accounting("fire", claims, LEDGER, said, (world_of("all", NAME, [claim.id for claim in claims]),))


WIRE, COPY, OTHER = printed("A", 60, "d1"), printed("B", 60, "d2"), printed("C", 40, "d3")
COPIES = {"d1": "d1", "d2": "d1"}


def test_copies_of_one_wire_count_and_weigh_once() -> None:
    """Two outlets with one wire are one source, and their different figures together weigh as one."""
    vague = printed("B", 60, "d2", low=50)
    both = accounting_of(WIRE, vague, OTHER)
    alone = independent_sources(both, both.worlds[0])
    found = independent_sources(both, both.worlds[0], COPIES)
    assert alone.groups == (("A",), ("B",), ("C",)) and alone.behind("AB") == 2
    assert found.groups == (("A", "B"), ("C",)) and found.behind("AB") == 1 and found.behind("ABC") == 2
    assert found.weights == {"A": 0.5, "B": 0.5, "C": 1.0}


def test_one_voice_is_one_source_whatever_it_speaks_of() -> None:
    """Two figures of one speaker on different things weigh for themselves, and count as one independent source."""
    again = replace(printed("D", 20, "d4"), claimant="outlet A", measure="moved")
    said = (Constraint("A", "all", 60, 60), Constraint("D", "moved", 20, 20))
    accounting = Accounting("fire", (WIRE, again), LEDGER, said, (world_of("all", NAME, ["A", "D"]),))
    found = independent_sources(accounting, accounting.worlds[0])
    assert found.groups == (("A",), ("D",)) and found.voices == (("A", "D"),) and set(found.weights.values()) == {1.0}


def test_a_wire_in_two_outlets_is_as_easily_set_aside_as_the_one_against_it() -> None:
    """With copies apart two outlets outweigh one; as copies they weigh the same, so both corrections are lightest."""
    vague = printed("B", 60, "d2", low=50)
    both = accounting_of(WIRE, vague, OTHER)

    def weights(copies: dict[str, str]) -> list[float]:
        sources = independent_sources(both, both.worlds[0], copies)
        (group,) = corrections(both.ledger, both.constraints, both.worlds[0], weights=sources.weights)
        return [correction.weight for correction in group.best]

    assert weights({}) == [1.0, 2.0]
    assert weights(COPIES) == [1.0, 1.0]


def test_a_copy_does_not_move_the_estimate() -> None:
    """One wire against another source gives the same estimate whether one outlet prints it or three do."""
    third = printed("E", 60, "d5")
    once, thrice = accounting_of(WIRE, OTHER), accounting_of(WIRE, COPY, third, OTHER)
    copies = {**COPIES, "d5": "d1"}

    def first(accounting: Accounting, copies: dict[str, str], place: int = 0) -> tuple[int, int, int]:
        found = estimate_for(accounting, accounting.worlds[0], EVENT, copies=copies, sampling=FEW)
        term = found.weighings[place].posterior.of("all")
        assert term is not None
        return term.median, term.low, term.high

    assert first(thrice, copies)[0] == pytest.approx(first(once, copies)[0], abs=2)
    assert first(thrice, {})[0] > first(thrice, copies)[0] + 2, "told apart, three outlets pull the estimate"
    assert first(thrice, copies, 1)[0] > first(thrice, copies)[0] + 2, "the weighing that counts every claim remains"


NEWS = (
    "Doce internos murieron en el incendio de Valdeoscuro, informó la agencia en un despacho de Lares el martes "
    "por la noche. Las llamas empezaron en el módulo de ingresos y tardaron cuatro horas en apagarse, mientras decenas "
    "de familiares esperaban noticias ante la puerta principal del centro penitenciario.\n"
)


@pytest.fixture
def wired(casefile: Casefile, tmp_path: Path) -> Casefile:
    """The invented casefile with one text in two outlets, and a text of another matter."""
    (tmp_path / "in").mkdir()
    for name, text in (
        ("one.txt", NEWS),
        ("two.txt", "Última hora.\n\n" + NEWS),
        ("far.txt", "Valdeoscuro: hoy llovió."),
    ):
        (tmp_path / "in" / name).write_text(text, encoding="utf-8")
    preserve(casefile, [tmp_path / "in"], by="L. P.", at=AT)
    return casefile


def test_what_people_split_and_join_decides(wired: Casefile) -> None:
    """Copies are told under one document; a split tells them apart, a join brings a third in."""
    one, two, far = (document_called(wired, name).sha256 for name in ("one.txt", "two.txt", "far.txt"))
    found = copied_from(wired, documents_of(wired))
    assert found[one] == found[two] and far not in found
    split(wired, one, two, by="L. P.", at=AT)
    assert copied_from(wired, documents_of(wired)) == {}
    join(wired, one, far, by="L. P.", at=AT)
    found = copied_from(wired, documents_of(wired))
    assert found[one] == found[far] and two not in found


def test_the_command_says_how_many_sources_there_are(casefile: Casefile, tmp_path: Path) -> None:
    """`recuento balance` counts independent sources in both languages and in JSON; conflicts and corrections too."""
    folder = casefile.folder
    casefile.close()

    def recuento(*words: str) -> subprocess.CompletedProcess[str]:
        return command_line.recuento(*words, "-C", str(folder))

    assert recuento("import", "claims", str(tmp_path / "claims.csv"), "--yes").returncode == 0
    assert "fuentes independientes" in recuento("balance", "--world", "all", "--lang", "es").stdout
    assert "independent source" in recuento("balance", "--world", "party:state", "--lang", "en").stdout
    assert json.loads(recuento("balance", "--world", "party:state", "--json").stdout)["sources"]
    conflicts = json.loads(recuento("balance", "--conflicts", "--json").stdout)
    assert conflicts and all(1 <= conflict["sources"] <= len(conflict["claims"]) for conflict in conflicts)
    assert "fuente" in recuento("balance", "--conflicts", "--lang", "es").stdout
    groups = json.loads(recuento("balance", "--corrections", "--json").stdout)
    assert groups and all(len(group["sources"]) == len(group["best"]) for group in groups)
