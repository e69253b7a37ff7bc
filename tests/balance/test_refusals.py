"""Malformed ledgers and claims are refused with the row named."""

from __future__ import annotations

import pytest

from recuento.balance import balance, import_ledger, world_of
from recuento.errors import FaultsFound
from recuento.model.ledger import Constraint, Identity, Ledger, Relation, Term
from recuento.values.bilingual import Bilingual

_NAME = Bilingual.same("x")
_TERMS = tuple(Term(id, _NAME) for id in "abc")
_SUM = Identity("sum", (("a", 1), ("b", -1), ("c", -1)), _NAME)


def _refused(ledger: Ledger, *said: Constraint) -> str:
    with pytest.raises(FaultsFound) as found:
        balance(ledger, said, world_of("w", _NAME, [s.claim for s in said]))
    assert found.value.es != found.value.en
    return found.value.en


@pytest.mark.parametrize(
    ("said", "names"),
    [
        (Constraint("K7", "z", 1, 2), ["K7", "row 2", "'z'"]),
        (Constraint("K7", "a", 9, 2), ["K7", "row 2", "9", "2"]),
        (Constraint("K7", "a", -1, 2), ["K7", "row 2", "below zero"]),
        (Constraint("K7", "a", 0, 10**18), ["K7", "row 2", str(10**18)]),
        (Constraint("K7", "a", 2**80, None), ["K7", "row 2", "out of range"]),
        (Constraint("K7", "a", 1.5, None), ["K7", "row 2", "1.5"]),  # type: ignore[arg-type]
    ],
)
def test_a_claim_that_cannot_be_is_refused(said: Constraint, names: list[str]) -> None:
    """Unknown terms, ranges the wrong way round and figures out of range are told by claim and row."""
    message = _refused(Ledger(_TERMS, (_SUM,)), Constraint("K1", "a", 1, 2), said)
    assert all(name in message for name in names), message


@pytest.mark.parametrize(
    ("identity", "names"),
    [
        (Identity("bad", (("a", 1), ("z", -1)), _NAME), ["bad", "row 2", "'z'"]),
        (Identity("bad", (("a", 0), ("b", -1)), _NAME), ["bad", "row 2", "coefficient of a"]),
        (Identity("bad", (("a", 1), ("a", -1)), _NAME), ["bad", "row 2", "twice"]),
        (Identity("bad", (), _NAME), ["bad", "row 2", "no terms"]),
        (Identity("bad", (("a", 1),), _NAME, constant=10**18), ["bad", "row 2", str(10**18)]),
        (Identity("bad", (("a", 1),), _NAME, reading="r"), ["bad", "row 2", "'r'"]),
        (Identity("bad", (("b", 1), ("a", -1)), _NAME, Relation.GE), ["bad", "contain one another"]),
    ],
)
def test_an_identity_that_cannot_be_is_refused(identity: Identity, names: list[str]) -> None:
    """Unknown terms, empty or repeated coefficients, overflow and cyclic sub-totals are told by identity and row."""
    message = _refused(Ledger(_TERMS, (_SUM, identity)))
    assert all(name in message for name in names), message


def test_all_faults_are_told_at_once() -> None:
    """Three bad rows make three faults."""
    said = [Constraint("K1", "z", 1, 2), Constraint("K2", "a", 9, 2), Constraint("K3", "b", 0, 10**18)]
    with pytest.raises(FaultsFound) as found:
        balance(Ledger(_TERMS, (_SUM,)), said, world_of("w", _NAME, []))
    assert len(found.value.faults) == 3


def test_a_deep_chain_of_totals_is_no_cycle() -> None:
    """Ten thousand totals of totals are fine, and do not exhaust the stack."""
    terms = tuple(Term(f"t{n}", _NAME) for n in range(10_001))
    rows = tuple(Identity(f"i{n}", ((f"t{n}", 1), (f"t{n + 1}", -1)), _NAME, Relation.GE) for n in range(10_000))
    result = balance(Ledger(terms, rows), [Constraint("k", "t10000", 5, 5)], world_of("w", _NAME, ["k"]), terms=["t0"])
    assert result.bounds[0].low == 5


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"terms": {}},
        {"terms": {"a": "a"}, "identities": [{"id": "x", "sum": {"a": 1}}]},
        {"terms": {"a": "a"}, "identities": [{"id": "x", "sum": {"z": 1}, "eq": 0}]},
        {"terms": {"a": "a"}, "identities": [{"id": "x", "sum": {"a": 1}, "eq": "0"}]},
        {"terms": {"a": "a"}, "identities": [], "measure_to_term": {"m": {"*": "z"}}},
    ],
)
def test_a_ledger_file_that_cannot_be_is_refused(data: dict) -> None:
    """Missing keys, unknown terms and text for numbers are told as faults of the file."""
    with pytest.raises(FaultsFound):
        import_ledger(data)
