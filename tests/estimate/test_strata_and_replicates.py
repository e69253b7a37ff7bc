"""Totals are made of draws; replicates are combined as published."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mse_reference import FOLDER, needs_reference
from recuento.estimate.replicates import Replicate, combine, combined
from recuento.estimate.result import Estimate, NotEstimable
from recuento.estimate.spread import Draws, Limits, Posterior
from recuento.estimate.strata import estimate_by
from recuento.estimate.table import CaptureTable
from recuento.values.bilingual import Bilingual


def poisson_like(table: CaptureTable) -> Estimate:
    """A stand-in method: N normal around twice the people seen, refused below five people."""
    if table.people < 5:
        raise NotEstimable(en="too few", es="muy pocas")
    draws = np.random.default_rng(table.people).normal(2.0 * table.people, 10.0, 20_000)
    word = Bilingual.same("test")
    return Estimate(
        "test", word, table.lists, table.people, 2.0 * table.people, word, Draws(draws), (), table=table.digest
    )


def _table(counts: list[int]) -> CaptureTable:
    return CaptureTable.from_patterns(
        [[1, 0]] * len(counts), counts, strata={"place": [f"p{at}" for at in range(len(counts))]}
    )


def test_the_total_is_narrower_than_the_ends_added_up() -> None:
    """Errors of strata partly cancel: 25 strata of ±19.6 give a total of ±98, not ±490."""
    answer = estimate_by(_table([100 + at for at in range(25)]), poisson_like)
    assert answer.total is not None
    low, high = answer.total.interval(0.95)
    assert high - low == pytest.approx(2 * 1.96 * 10 * 5, rel=0.05)
    assert answer.total.point == pytest.approx(sum(each.point for each in answer.estimates.values()), rel=0.01)


def test_refused_strata_are_named_and_their_people_stay_in_the_total() -> None:
    """Who was seen is counted, whatever the method says; and the share without an estimate is told."""
    answer = estimate_by(_table([100, 3]), poisson_like)
    assert answer.total is not None
    assert (answer.people_refused, answer.total.observed) == (3, 103)
    assert "strata_refused" in {caution.code for caution in answer.total.cautions}


def test_the_same_seed_gives_the_same_total() -> None:
    """A total can be computed again to the last digit."""
    first, second = (estimate_by(_table([50, 60, 70]), poisson_like, seed=4).total for _ in range(2))
    assert first is not None and second is not None
    assert first.to_json() == second.to_json()


@needs_reference
def test_the_colombian_replicates_give_the_published_total() -> None:
    """Twenty replicates are combined to 1,593 (1,266 to 2,148), as published."""
    held = json.loads((FOLDER / "combine_replicates_colombia.json").read_text(encoding="utf-8"))
    replicates = [
        Replicate(each["n_obs"], each["mean_n0"], each["mean_log_n0"], each["var_log_n0"])
        for each in held["replicates"].values()
    ]
    result = combined(replicates)
    low, high = result.limits_at(0.95)
    assert (round(low), round(result.point), round(high)) == tuple(
        held["expected"][key] for key in ("N_025", "N_mean", "N_975")
    )


def test_tables_that_agree_have_no_variance_of_linkage() -> None:
    """The same table twice is no less sure than once."""
    one = poisson_like(_table([100]).pooled())
    both = combine([one, one])
    assert both.diagnostics["share_between"] == 0.0
    assert both.interval(0.9)[0] == pytest.approx(one.interval(0.9)[0], rel=0.01)


def test_tables_that_differ_widen_the_interval_and_say_so() -> None:
    """Where draws of the linkage disagree more than each is unsure, the result says that linkage decides."""
    tables = [poisson_like(_table([count]).pooled()) for count in (80, 100, 125, 160)]
    both = combine(tables)
    assert both.diagnostics["share_between"] > 0.5
    assert "linkage_decides" in {caution.code for caution in both.cautions}
    assert both.interval(0.95)[1] > max(each.interval(0.95)[1] for each in tables[:2])


@given(st.lists(st.floats(0.001, 1.0), min_size=1, max_size=40), st.floats(0.05, 0.99))
def test_an_interval_of_a_posterior_holds_its_level(weights: list[float], level: float) -> None:
    """Equal tails and shortest intervals hold at least their level; the shortest is no longer."""
    mass = np.asarray(weights) / sum(weights)
    posterior = Posterior(np.arange(10, 10 + len(mass)), mass)
    for kind in ("equal", "hpd"):
        low, high = posterior.interval(level, kind)  # type: ignore[arg-type]
        inside = mass[(posterior.support >= low) & (posterior.support <= high)].sum()
        assert inside >= level - 1e-9
    hpd, equal = posterior.interval(level, "hpd"), posterior.interval(level)
    assert hpd[1] - hpd[0] <= equal[1] - equal[0]


def test_draws_of_confidence_limits_have_the_limits_as_quantiles() -> None:
    """Limits of a normal give back a normal when drawn from."""
    from scipy.stats import norm

    limits = Limits(lambda level: tuple(100 + 10 * norm.ppf([(1 - level) / 2, (1 + level) / 2])), 100.0, "normal")
    draws = limits.draws(40_000, np.random.default_rng(1))
    assert np.quantile(draws, [0.05, 0.5, 0.95]) == pytest.approx(norm.ppf([0.05, 0.5, 0.95], 100, 10), abs=0.4)
