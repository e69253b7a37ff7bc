"""No planted value reaches a published byte, and changing private values alone changes none."""

import dataclasses
import importlib
from dataclasses import replace

import pytest
from invented_dossier import valdeoscuro

from planted_dossiers import Tally, one_case
from recuento.publish.build import build as built
from recuento.publish.gate import Gate


def test_nothing_planted_leaves_and_private_changes_move_no_byte() -> None:
    """Random dossiers through publish, edit, publish, retract, publish: 0 leaks, every pair of builds equal."""
    tally = Tally()
    for seed in range(25):
        one_case(seed, tally)
    assert tally.leaked == 0 and tally.unequal == 0
    assert tally.clean > 10, "most are published, with what slipped in left out"


def test_without_the_gate_planted_values_leave(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sabotage: with a gate that looks for nothing the same cases leak, so the test above can fail."""
    monkeypatch.setattr(importlib.import_module("recuento.publish.build"), "gate_of", lambda dossier: Gate())
    tally = Tally()
    for seed in range(8):
        one_case(seed, tally)
    assert tally.leaked > 0


def test_fields_that_nobody_named_change_no_byte() -> None:
    """Every field of every noun that the allow-list does not read may hold anything: the dossier stays the same."""
    dossier = valdeoscuro()
    account = dossier.events[0]
    claims = tuple(
        replace(
            c,
            note=f"otra nota {c.id}",
            claimant_role="otro",
            grounds=tuple(replace(g, file="otra.csv", row=99) for g in c.grounds),
        )
        for c in account.claims
    )
    by_id = {claim.id: claim for claim in claims}
    rows = tuple(
        replace(
            row,
            cells=tuple(replace(c, said=tuple(replace(s, claim=by_id[s.claim.id]) for s in c.said)) for c in row.cells),
        )
        for row in account.table.rows
    )
    documents = tuple(
        replace(
            d,
            document=replace(
                d.document,
                name="otro.txt",
                origin=replace(d.document.origin, where="otro/lugar", by="otra persona"),
                description=replace(d.document.description, author="Otra Persona Distinta"),
            ),
        )
        for d in dossier.documents
    )
    actors = tuple(
        replace(a, name=f"Xuquazul {a.id}", aliases=("Vytjuxkef",)) if a.party == "kin" else a
        for a in dossier.cast.actors
    )
    changed = replace(
        dossier,
        cast=replace(dossier.cast, actors=actors),
        documents=documents,
        events=(replace(account, claims=claims, table=replace(account.table, rows=rows)),),
    )
    before, after = built(dossier), built(changed)
    different = [path for path in before if before[path] != after.get(path)]
    assert before.keys() == after.keys() and not different


def test_a_new_field_of_any_noun_is_private() -> None:
    """Nouns that gain a field (here by a subclass with a secret) give the same bytes: nothing walks over fields."""
    dossier = valdeoscuro()
    secret = "Ximqualhob Zulvytjux"

    def grown(noun: object) -> object:
        """The noun as an object of a class with one field more."""
        if isinstance(noun, tuple) and not hasattr(noun, "_fields"):
            return tuple(grown(one) for one in noun)
        if (
            not dataclasses.is_dataclass(noun)
            or isinstance(noun, type)
            or not type(noun).__module__.startswith("recuento.model")
        ):
            return noun
        kind = _with_secret(type(noun), secret)
        values = {f.name: grown(getattr(noun, f.name)) for f in dataclasses.fields(noun) if f.init}
        return kind(**values)

    assert built(grown(dossier)) == built(dossier)  # type: ignore[arg-type]


_GROWN: dict[type, type] = {}


def _with_secret(kind: type, secret: str) -> type:
    if kind not in _GROWN:
        field = ("secret", str, dataclasses.field(default=secret))
        _GROWN[kind] = dataclasses.make_dataclass(kind.__name__, [field], bases=(kind,), frozen=True, kw_only=True)
    return _GROWN[kind]
