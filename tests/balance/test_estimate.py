"""The reconciled estimate: least adjustment and posterior."""

from __future__ import annotations

import random

import numpy as np
import pytest
from balance_trials import Tried, random_trial

from recuento.balance import world_of
from recuento.balance.adjustment import least_adjustment
from recuento.balance.convergence import effective_sample_size, split_r_hat
from recuento.balance.expressions import log_chance
from recuento.balance.posterior import Sampling, posterior
from recuento.balance.system import system_of
from recuento.balance.weights import log_weights
from recuento.errors import InvalidValue
from recuento.model.claim import Claim
from recuento.model.ledger import Constraint, Identity, Ledger, Term
from recuento.values.bilingual import Bilingual
from recuento.values.partial_date import PartialDate
from recuento.values.quantity import Comparison, quantity_from

_NAME = Bilingual.same("x")
LEDGER = Ledger(
    tuple(Term(m, _NAME, m) for m in ("all", "moved", "rest")),
    (Identity("sum", (("all", 1), ("moved", -1), ("rest", -1)), _NAME),),
    upper=60,
)


def _claim(id: str, measure: str, how: Comparison, *numbers: int, party: str = "p") -> Claim:
    day = PartialDate(2024, 1, 1)
    return Claim(id, "e", "", id, party, measure, quantity_from(how, numbers, ""), stated=day, as_of=day)


CLAIMS = {
    "A": _claim("A", "all", Comparison.APPROX, 40),
    "B": _claim("B", "all", Comparison.EQ, 30, party="q"),
    "C": _claim("C", "moved", Comparison.EQ, 22),
    "D": _claim("D", "rest", Comparison.GE, 9),
}
SAID = tuple(
    Constraint(c.id, c.measure, int(c.quantity.low or 0), None if c.quantity.high is None else int(c.quantity.high))
    for c in CLAIMS.values()
)
WORLD = world_of("w", _NAME, CLAIMS)


def test_what_adds_up_is_not_adjusted() -> None:
    """Where all can be true nothing moves, and the ranges are those of the balance."""
    found = least_adjustment(LEDGER, SAID, world_of("w", _NAME, ["B", "C"]))
    assert (found.total, found.moved) == (0, ())
    assert found.ranges == (("all", 30, 30), ("moved", 22, 22), ("rest", 8, 8))


def test_ties_are_shown_as_a_range() -> None:
    """22 moved and at least 9 left make 31, one more than 30 held: any of the three may give way by one."""
    found = least_adjustment(LEDGER, SAID, world_of("w", _NAME, ["B", "C", "D"]))
    assert found.total == pytest.approx(1) and len(found.moved) == 1
    assert {term: (low, high) for term, low, high in found.ranges} == {
        "all": (30, 31),
        "moved": (21, 22),
        "rest": (8, 9),
    }


def test_weights_decide_who_gives_way() -> None:
    """A claim that weighs less moves first."""
    found = least_adjustment(LEDGER, SAID, world_of("w", _NAME, ["B", "C", "D"]), weights={"B": 5, "D": 5})
    assert [(moved.claim, moved.by) for moved in found.moved] == [("C", -1)]


def test_the_least_adjustment_is_that_of_trying_every_point() -> None:
    """On small trees no world is nearer to what was said than the one found."""
    rng = random.Random(11)
    seen = 0
    while seen < 25:
        trial = random_trial(rng)
        if trial.kind != "tree":
            continue
        tried = Tried(trial)
        if not len(tried.points):
            continue
        seen += 1
        unlike = {(c.term, c.low, c.high): c for c in trial.constraints if c.low or c.high is not None}.values()
        world = world_of("w", _NAME, [c.claim for c in trial.constraints])
        found = least_adjustment(trial.ledger, trial.constraints, world)
        far = np.zeros(len(tried.points))
        for said in {(c.term, c.low or 0, c.high): c for c in unlike}.values():
            values = tried.points[:, tried.names.index(said.term)]
            far += np.maximum(0, (said.low or 0) - values)
            if said.high is not None:
                far += np.maximum(0, values - said.high)
        assert found.total == pytest.approx(far.min())


def _exactly(trust: dict[str, float]) -> dict[str, np.ndarray]:
    """The posterior of each term by adding up the weight of every world."""
    system = system_of(LEDGER, ())
    weights = log_weights(system, SAID, CLAIMS, [(id,) for id in CLAIMS], trust, 60)
    table = {system.terms[column]: np.exp(logs) for column, logs in weights.items()}
    chances = {name: np.zeros(61) for name in ("all", "moved", "rest")}
    for moved in range(61):
        for rest in range(61 - moved):
            weight = table["all"][moved + rest] * table["moved"][moved] * table["rest"][rest]
            for name, value in (("all", moved + rest), ("moved", moved), ("rest", rest)):
                chances[name][value] += weight
    return {name: chance / chance.sum() for name, chance in chances.items()}


@pytest.mark.parametrize("trust", [{"p": 0.5, "q": 0.5}, {"p": 0.9, "q": 0.2}])
def test_sampling_gives_the_posterior_of_adding_up_every_world(trust: dict[str, float]) -> None:
    """Medians and 90 % intervals are those of the exact posterior, to within the sampling."""
    found = posterior(LEDGER, SAID, WORLD, CLAIMS, trust=trust, sampling=Sampling(steps=800, thin=6))
    assert found.r_hat_max <= 1.05
    for name, chance in _exactly(trust).items():
        estimate = found.of(name)
        assert estimate is not None
        sums = np.cumsum(chance)
        for value, share in ((estimate.low, 0.05), (estimate.median, 0.5), (estimate.high, 0.95)):
            below = sums[value - 1] if value else 0.0
            assert below - 0.04 <= share <= sums[value] + 0.04, (name, value, share)


def test_the_same_seed_gives_the_same_estimate_whatever_the_order() -> None:
    """Sampling is repeatable, and shuffled claims change nothing."""
    few = Sampling(steps=50, thin=2)
    first = posterior(LEDGER, SAID, WORLD, CLAIMS, sampling=few)
    assert posterior(LEDGER, SAID[::-1], WORLD, CLAIMS, sampling=few) == first


def test_one_source_weighs_less_than_two() -> None:
    """Two claims taken as one source pull less than as two; the dependence table says which was done."""
    claims = CLAIMS | {"B2": _claim("B2", "all", Comparison.EQ, 30, party="q")}
    said = (*SAID, Constraint("B2", "all", 30, 30))
    world = world_of("w", _NAME, claims)
    two = posterior(LEDGER, said, world, claims, sampling=Sampling(steps=400, thin=4))
    one = posterior(LEDGER, said, world, claims, sources=[("B", "B2")], sampling=Sampling(steps=400, thin=4))
    assert ("B", "B2") in one.sources and ("B2",) in two.sources
    apart, together = two.of("all"), one.of("all")
    assert apart is not None and together is not None
    assert abs(apart.median - 30) <= abs(together.median - 30)


def test_figures_too_large_to_sample_are_refused() -> None:
    """Beyond some hundred thousands the sampler says so."""
    ledger = Ledger(LEDGER.terms, LEDGER.identities, upper=10**7)
    with pytest.raises(InvalidValue):
        posterior(ledger, SAID, WORLD, CLAIMS)


def test_chains_that_disagree_are_noticed() -> None:
    """R-hat is near 1 for one distribution and large for two; the effective size sees repetition."""
    rng = np.random.default_rng(1)
    same = rng.normal(size=(4, 1000))
    assert split_r_hat(same) < 1.02 and effective_sample_size(same) > 2500
    assert split_r_hat(same + np.arange(4)[:, None] * 3) > 2
    assert effective_sample_size(np.repeat(same[:, :100], 10, axis=1)) < 800


@pytest.mark.parametrize("how", [Comparison.EQ, Comparison.APPROX, Comparison.NEARLY, Comparison.GE, Comparison.LT])
def test_soft_meanings_are_chances(how: Comparison) -> None:
    """Each expression spreads a chance of one, and none of it below the hard low end."""
    quantity = quantity_from(how, (40,), "")
    chance = np.exp(log_chance(quantity, np.arange(4000.0)))
    assert chance.sum() == pytest.approx(1)
    if how is not Comparison.EQ and quantity.low is not None:
        assert chance[: int(quantity.low)].sum() == pytest.approx(0)


def test_a_rate_weighs_by_the_count_it_implies() -> None:
    """ "135 %" of 750 places speaks of some 1,012 people, never of 135: the range of the constraint is what counts."""
    rate = _claim("R", "all", Comparison.EQ, 135)
    found = posterior(
        Ledger((Term("all", _NAME, "all"),), ()),
        (Constraint("R", "all", 1009, 1016),),
        world_of("w", _NAME, ["R"]),
        {"R": rate},
        sampling=Sampling(steps=200, rounds=2),
    ).of("all")
    assert found is not None and 900 < found.median < 1100
