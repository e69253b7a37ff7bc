"""Bounds: limits, readings, order, and the shared case."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from balance_case import SHARED, read_case
from balance_findings import findings_of

from recuento.balance import balance, bound_words, clashes, world_of
from recuento.balance.bounds import Bounds
from recuento.model.ledger import Constraint, Identity, Ledger, Reading, Relation, Term
from recuento.values.bilingual import Bilingual

_NAME = Bilingual.same("x")
here = pytest.mark.skipif(not SHARED.exists(), reason="the shared case is not beside the repository")


def _ledger(identities: list[Identity], *names: str, readings: tuple[Reading, ...] = ()) -> Ledger:
    return Ledger(tuple(Term(name, Bilingual.same(name)) for name in names), tuple(identities), readings)


def test_a_term_nobody_limits_has_no_limit() -> None:
    """A total is at least its part; without a figure above it nothing says how large it is."""
    ledger = _ledger([Identity("sum", (("all", 1), ("a", -1), ("b", -1)), _NAME)], "all", "a", "b")
    result = balance(ledger, [Constraint("k", "a", 7, 9)], world_of("w", _NAME, ["k"]))
    bound = result.bound("all")
    assert bound is not None and (bound.low, bound.high, bound.high_proof) == (7, None, None)
    assert bound_words(bound, "es") == "al menos 7; no se conoce un límite"


def test_a_cap_is_no_bound() -> None:
    """The stated cap of a ledger never shows up as a limit that somebody's words imply."""
    ledger = Ledger((Term("a", _NAME),), (), upper=20_000)
    bound = balance(ledger, [], world_of("w", _NAME, [])).bound("a")
    assert bound is not None and bound.high is None


def test_an_inconsistent_cycle_stops() -> None:
    """x >= y + 1 and y >= x would crawl for ever; the balance tells at once that nothing obeys both."""
    ledger = _ledger(
        [
            Identity("up", (("x", 1), ("y", -1)), _NAME, Relation.GE, 1),
            Identity("down", (("y", 1), ("x", -1)), _NAME, Relation.GE, 0),
        ],
        "x",
        "y",
    )
    assert not balance(ledger, [Constraint("k", "x", 5, None)], world_of("w", _NAME, ["k"])).consistent


def test_a_reading_switches_an_identity() -> None:
    """An identity that rests on a reading counts only where the reading is on."""
    reading = Reading("none", _NAME)
    ledger = _ledger([Identity("i", (("a", -1),), _NAME, Relation.GE, 0, "none")], "a", readings=(reading,))
    said = [Constraint("k", "a", 3, None)]
    assert balance(ledger, said, world_of("w", _NAME, ["k"])).consistent
    on = balance(ledger, said, world_of("w", _NAME, ["k"], ["none"]))
    assert not on.consistent and on.conflict is not None and on.conflict.readings == ("none",)


def test_only_claims_of_the_world_count() -> None:
    """What is not believed bounds nothing."""
    ledger = _ledger([], "a")
    said = [Constraint("k", "a", 3, 4), Constraint("m", "a", 9, 9)]
    bound = balance(ledger, said, world_of("w", _NAME, ["k"])).bound("a")
    assert bound is not None and (bound.low, bound.high) == (3, 4)


@here
def test_every_finding_of_the_shared_case_holds() -> None:
    """Conflicts, counts, bounds, readings and the first question are those that were checked by hand."""
    findings = findings_of(read_case(SHARED))
    assert len(findings) >= 20
    assert [(finding.what, finding.got) for finding in findings if not finding.ok] == []


@here
def test_the_order_of_the_input_changes_nothing() -> None:
    """Shuffled terms, identities and claims give equal results, proofs and witnesses included."""
    case = read_case(SHARED)
    ledger, said = case.imported.ledger, list(case.constraints())
    world = world_of("mix", _NAME, ["T001", "T041", "T035", "T038", "T069"])
    everything = world_of("all", _NAME, [c.claim for c in said])
    first = balance(ledger, said, world), clashes(ledger, said, everything)
    rng = random.Random(3)
    for _ in range(3):
        terms, identities = list(ledger.terms), list(ledger.identities)
        for rows in (terms, identities, said):
            rng.shuffle(rows)
        mixed = Ledger(tuple(terms), tuple(identities), ledger.readings, ledger.upper)
        again = balance(mixed, said, world), clashes(mixed, said, everything)
        assert (again[0].bounds, again[0].constraints) == (first[0].bounds, first[0].constraints)
        assert again[1] == first[1]


@here
def test_asking_for_one_term_gives_the_same_bound() -> None:
    """A single bound asked of a world is the one in the whole balance."""
    case = read_case(SHARED)
    world = world_of("mix", _NAME, ["T001", "T041", "T035", "T038", "T069"])
    whole = balance(case.imported.ledger, case.constraints(), world)
    asked = Bounds(case.imported.ledger, case.constraints(), world).of("unaccounted_23")
    found = whole.bound("unaccounted_23")
    assert found is not None and (asked.low, asked.high) == (found.low, found.high)


@here
def test_without_the_solver_cyclic_bounds_are_marked_outer() -> None:
    """Pure propagation still answers on the shared case, and says which ends it could not tighten."""
    case = read_case(SHARED)
    world = world_of("mix", _NAME, ["T001", "T041", "T035", "T038", "T069"])
    exact = balance(case.imported.ledger, case.constraints(), world)
    outer = balance(case.imported.ledger, case.constraints(), world, solver=False)
    for sharp, loose in zip(exact.bounds, outer.bounds, strict=True):
        assert loose.low <= sharp.low
        assert loose.high is None or (sharp.high is not None and loose.high >= sharp.high)
        assert loose.low == sharp.low or not loose.low_tight


def test_importing_the_room_is_cheap() -> None:
    """`import recuento.balance` loads no solver and no arrays."""
    import subprocess
    import sys

    code = "import sys, recuento.balance; print(sorted({'highspy', 'numpy'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    assert Path(__file__).exists()
