"""The balance against trying every point."""

from __future__ import annotations

import random

import pytest
from balance_trials import Tried, random_trial

from recuento.balance import balance, clashes, verify, world_of
from recuento.balance.corrections import corrections
from recuento.values.bilingual import Bilingual

_NAME = Bilingual.same("trial")
TRIALS = 300


@pytest.mark.parametrize("block", range(3))
def test_bounds_and_conflicts_are_those_of_trying_every_point(block: int) -> None:
    """Consistency, every bound, every smallest conflict and every correction agree with brute force."""
    rng = random.Random(1000 + block)
    for _ in range(TRIALS // 3):
        trial = random_trial(rng)
        tried = Tried(trial)
        if not len(tried.points):
            continue
        claims = frozenset(said.claim for said in trial.constraints)
        world = world_of("w", _NAME, claims)
        result = balance(trial.ledger, trial.constraints, world)
        expected = tried.bounds(claims)
        assert result.consistent == (expected is not None), trial
        if expected is not None:
            assert {b.term: (b.low, b.high) for b in result.bounds} == expected, trial
            assert all(b.low_tight and b.high_tight for b in result.bounds), trial
        if len(claims) <= 6:
            _same_conflicts(trial, tried, world)


def _same_conflicts(trial, tried, world) -> None:
    found = clashes(trial.ledger, trial.constraints, world)
    smallest = tried.smallest_conflicts()
    assert {frozenset(c.claims) for c in found.conflicts} == smallest, trial
    for conflict in found.conflicts:
        verify(conflict.proof, trial.ledger, trial.constraints)
    everything = frozenset(tried.held)
    for group in found.groups:
        for correction in group.corrections:
            assert not any(
                conflict.isdisjoint(correction.claims) for conflict in smallest if conflict & group.contested
            )
    lightest = corrections(trial.ledger, trial.constraints, world, most=1)
    gone = {claim for group in lightest for claim in group.best[0].claims}
    assert len(tried.possible(everything - gone)), trial


@pytest.mark.parametrize("block", range(2))
def test_without_the_solver_bounds_are_sound(block: int) -> None:
    """Without HiGHS no bound cuts off a point, and those called tight are those of brute force."""
    rng = random.Random(2000 + block)
    for _ in range(60):
        trial = random_trial(rng)
        tried = Tried(trial)
        claims = frozenset(said.claim for said in trial.constraints)
        expected = tried.bounds(claims)
        if expected is None:
            continue
        for bound in balance(trial.ledger, trial.constraints, world_of("w", _NAME, claims), solver=False).bounds:
            low, high = expected[bound.term]
            assert bound.low <= low and (bound.high is None or bound.high >= high), trial
            assert not bound.low_tight or bound.low == low, trial
            assert not bound.high_tight or bound.high == high, trial
