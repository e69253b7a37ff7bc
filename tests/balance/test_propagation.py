"""Propagation: sound, finite, and able to say why."""

from __future__ import annotations

import random

from balance_trials import Tried, random_trial
from hypothesis import given, settings
from hypothesis import strategies as st

from recuento.balance.check import basis_of, verify_on
from recuento.balance.propagation import propagate
from recuento.balance.sums import proof_of_bound, proof_of_conflict
from recuento.balance.system import ends_of, in_force, is_unlimited, system_of
from recuento.model.ledger import Constraint, Identity, Ledger, Relation, Term
from recuento.values.bilingual import Bilingual

_NAME = Bilingual.same("x")


@settings(deadline=None, max_examples=80)
@given(seed=st.integers(0, 10**6))
def test_every_end_reached_is_sound_and_proved(seed: int) -> None:
    """No end cuts off a point, and each comes with a sum that passes the checker and is at least as sharp."""
    trial = random_trial(random.Random(seed))
    claims = frozenset(c.claim for c in trial.constraints)
    system = system_of(trial.ledger, ())
    held = in_force(trial.constraints, claims, ())
    ends = ends_of(system, held)
    reached = propagate(system, ends)
    basis = basis_of(trial.ledger, held)
    expected = Tried(trial).bounds(claims)
    if reached.failed is not None:
        proof = proof_of_conflict(system, ends, reached.contradiction())
        assert expected is None and proof is not None
        verify_on(basis, proof)
        return
    for column, name in enumerate(system.terms):
        for side, value in (("low", reached.low[column]), ("high", reached.high[column])):
            if is_unlimited(value):
                continue
            proof = proof_of_bound(system, ends, column, side, reached.proof_of(column, side))
            assert proof is not None and (proof.value >= value if side == "low" else proof.value <= value)
            verify_on(basis, proof)
            if expected is not None:
                assert value <= expected[name][0] if side == "low" else value >= expected[name][1]


def test_a_crawl_is_stopped() -> None:
    """An inconsistent cycle would climb by one for ever; the visits allowed end it, marked as not finished."""
    ledger = Ledger(
        (Term("x", _NAME), Term("y", _NAME)),
        (
            Identity("up", (("x", 1), ("y", -1)), _NAME, Relation.GE, 1),
            Identity("down", (("y", 1), ("x", -1)), _NAME, Relation.GE, 0),
        ),
    )
    system = system_of(ledger, ())
    reached = propagate(system, ends_of(system, [Constraint("k", "x", 1, None)]))
    assert not reached.finished and reached.failed is None
