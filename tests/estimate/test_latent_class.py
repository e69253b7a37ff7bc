"""The latent class sampler: exact on tables small enough to add everything up, and as R on pooled_table ones."""

import itertools
import math
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import gammaln, logsumexp
from scipy.stats import beta

from mse_reference import dense_table, needs_reference, pooled_table, r_outputs
from recuento.errors import InvalidValue
from recuento.estimate.latent_chain import Plan, advance, histories, new_chain
from recuento.estimate.latent_class import latent_classes
from recuento.estimate.latent_jumps import leap, log_given_alpha, log_mixture, snapshots
from recuento.estimate.result import NotEstimable
from recuento.estimate.table import CaptureTable

SHORT = {"draws": 1000, "warm_up": 1000, "thin": 4, "threads": 1}


def _log_beta(a, b):
    return gammaln(a) + gammaln(b) - gammaln(a + b)


def _exact_posterior(counts, lists, shape, rate, unseen_max):
    """p(n_0) for two classes, adding up every division of the people and integrating alpha on a grid."""
    codes = [code for code, count in enumerate(counts, start=1) if count]
    amounts = [count for count in counts if count]
    people = sum(amounts)
    span = np.arange(unseen_max + 1.0)
    first, second = np.meshgrid(span, span, indexing="ij")
    base = gammaln(people + first + second) - gammaln(1 + first) - gammaln(1 + second)
    alphas = np.exp(-12 + 16 * (np.arange(80) + 0.5) / 80)[:, None, None]
    prior = alphas ** (shape + 1) * np.exp(-rate * alphas)
    total = np.zeros_like(base)
    sticks = {
        one: np.log((prior * np.exp(_log_beta(1 + one + first, alphas + people - one + second))).sum(axis=0))
        for one in range(people + 1)
    }
    for split in itertools.product(*(range(amount + 1) for amount in amounts)):
        one = sum(split)
        weight = sum(math.log(math.comb(amount, part)) for amount, part in zip(amounts, split, strict=True))
        logs = base + sticks[one] + weight
        for at in range(lists):
            caught = sum(part for code, part in zip(codes, split, strict=True) if code >> at & 1)
            all_caught = sum(amount for code, amount in zip(codes, amounts, strict=True) if code >> at & 1)
            logs = logs + _log_beta(1.0 + caught, 1 + one + span - caught)[:, None]
            rest = people - one + span - (all_caught - caught)
            logs = logs + _log_beta(1.0 + all_caught - caught, 1 + rest)[None, :]
        total += np.exp(logs)
    by_unseen = np.bincount((first + second).astype(int).ravel(), weights=total.ravel())[: unseen_max + 1]
    return by_unseen / total.sum()


SMALL = [1, 0, 1, 1, 0, 1, 2]


@cache
def _exact_shares():
    """p(n_0 <= level) on the small table, with alpha ~ Gamma(2, 2)."""
    return np.cumsum(_exact_posterior(SMALL, 3, 2.0, 2.0, 80))


def _agrees_with_exact(unseen):
    for level in (0, 1, 3, 6, 12, 25):
        assert (unseen <= level).mean() == pytest.approx(_exact_shares()[level], abs=0.015)


def test_exact_on_a_table_small_enough_to_add_up():
    """With two classes and a handful of people, the draws follow the posterior found by adding everything up."""
    estimate = latent_classes(
        dense_table(SMALL, 3), classes=2, prior_alpha=(2.0, 2.0), draws=4000, thin=4, warm_up=800, threads=1
    )
    assert estimate.diagnostics["jumped"] > 200
    _agrees_with_exact(estimate.spread.values - 6)


@pytest.mark.parametrize("looks", [3, 40])
def test_jumps_leave_the_posterior_as_it_is(looks):
    """Jumping before every sweep gives the exact posterior, whether the snapshots are good or three from elsewhere."""
    table = dense_table(SMALL, 3)
    tree = histories(table.codes, table.counts, 3)
    rng = np.random.default_rng(looks)
    people = rng.integers(0, 9, (looks, 2)).astype(float)
    captures = np.floor(rng.random((looks, 2, 3)) * (people[:, :, None] + 1))
    chains = [new_chain(seed, tree, 3, 2) for seed in np.random.SeedSequence(4).spawn(4)]
    advance(chains, tree, Plan(2.0, 2.0, 0, 0), 1, 500, 1, tune=True)
    kept = advance(chains, tree, Plan(2.0, 2.0, 0, 1), 5000, 2, 1, tune=False, seen=snapshots(people, captures))
    assert sum(chain.tuning[3] for chain in chains) > 500
    _agrees_with_exact(np.asarray([each.unseen for each in kept]))


@pytest.mark.parametrize("classes", [2, 5])
def test_density_of_the_mixture(classes):
    """The mixture's density over the prior's is that of its beta variables, written out one by one."""
    rng = np.random.default_rng(classes)
    table = dense_table([5, 4, 3, 2, 1, 1, 1], 3)
    theta = new_chain(np.random.SeedSequence(1), histories(table.codes, table.counts, 3), 3, classes).theta
    theta.alpha[0] = 0.7
    people = rng.integers(0, 30, (6, classes)).astype(float)
    people[:3, -1] = 0.0
    people[:, 0] += 1
    captures = np.floor(rng.random((6, classes, 3)) * (people[:, :, None] + 1))
    expected = []
    for held, caught in zip(people, captures, strict=True):
        logs = 0.0
        for k in range(classes):
            if k < classes - 1:
                v = math.exp(theta.log_v[k])
                logs += beta.logpdf(v, 1 + held[k], 0.7 + held[k + 1 :].sum()) - beta.logpdf(v, 1, 0.7)
            for j in range(3):
                share = theta.odds[j, k] / (1 + theta.odds[j, k])
                logs += beta.logpdf(share, 1 + caught[k, j], 1 + held[k] - caught[k, j])
        expected.append(logs)
    seen = snapshots(people, captures)
    found = log_mixture(theta, seen, log_given_alpha(0.7, seen, classes), leap(3, classes))
    assert found == pytest.approx(logsumexp(expected) - math.log(6))


@needs_reference
def test_every_chain_visits_every_mode_of_twenty_lists():
    """On 20 lists, where plain chains stay in the mode they met first, every chain goes to and fro."""
    estimate = latent_classes(pooled_table("colombia_20_R1"), classes=15, draws=300, warm_up=1200, thin=10, threads=1)
    low = estimate.spread.values < 1480
    assert (np.abs(np.diff(low.astype(int), axis=1)).sum(axis=1) >= 2).all()
    assert estimate.diagnostics["jumped"] > 20


def test_moves_leave_the_posterior_as_it_is():
    """With and without trajectories and jumps, the same posterior comes out."""
    table = dense_table([40, 25, 9, 30, 8, 7, 12], 3)
    with_moves = latent_classes(table, draws=1200, warm_up=800, thin=8)
    without = latent_classes(table, draws=1500, warm_up=800, thin=16, moves=False, seed=9)
    assert with_moves.diagnostics["trajectories"] > 0
    for share in (0.25, 0.5, 0.75):
        assert with_moves.spread.quantile(share) == pytest.approx(without.spread.quantile(share), rel=0.04)


@needs_reference
@pytest.mark.parametrize("name", ["korea_3", "spina_3", "kosovo_4", "sim_latent2_5"])
def test_agrees_with_long_runs_of_r(name):
    """Medians agree within 1 % or 3 Monte Carlo errors with R's long runs."""
    expected = r_outputs()[name]["lcmcr_long"]["pooled"]["q"]
    estimate = latent_classes(pooled_table(name), draws=1200, thin=8, warm_up=1200)
    error = 3 * math.hypot(
        estimate.diagnostics["error_of_median"], r_outputs()[name]["lcmcr_long"]["mc_sd_of_median"] or 0
    )
    assert abs(estimate.point - expected["50%"]) <= max(0.01 * expected["50%"], error, 1)


@needs_reference
@pytest.mark.parametrize("name", ["uk_5", "scotpwid_4", "gaza_3"])
def test_chains_that_have_not_met_are_told(name):
    """Short plain chains on the tables where R's disagree carry a caution, and may not be reported."""
    estimate = latent_classes(pooled_table(name), draws=200, thin=5, warm_up=50, moves=False)
    assert any(caution.code == "chains_apart" for caution in estimate.cautions)
    assert estimate.gravity == "do not report"


def test_threads_do_not_change_the_draws():
    """The same seed gives the same draws on one thread and on three; another seed gives others."""
    table = dense_table([40, 25, 9, 30, 8, 7, 12], 3)
    options = {"draws": 50, "warm_up": 100, "thin": 2}
    one = latent_classes(table, threads=1, **options)
    three = latent_classes(table, threads=3, **options)
    other = latent_classes(table, threads=1, seed=1, **options)
    assert (one.spread.values == three.spread.values).all()
    assert (one.spread.values != other.spread.values).any()


def test_chains_go_on_until_they_agree():
    """With a wanted R-hat the chains run longer, and end below it."""
    table = dense_table([40, 25, 9, 30, 8, 7, 12], 3)
    estimate = latent_classes(table, draws=200, warm_up=100, thin=1, until_r_hat=1.01)
    assert estimate.diagnostics["r_hat"] < 1.01
    assert estimate.diagnostics["sweeps_by_chain"] > 300


def test_no_cap_on_n():
    """Where the data set no upper limit, draws beyond 20 n are kept, and said."""
    estimate = latent_classes(dense_table([40, 40, 0, 40, 0, 0, 0], 3), **SHORT)
    assert estimate.diagnostics["share_beyond_20_n"] > 0.1
    assert any(caution.code == "draws_run_away" for caution in estimate.cautions)


def test_faults_are_refused_at_once():
    """Every setting out of range is named in one message; structural zeros and one list are refused."""
    table = dense_table([5, 4, 3, 2, 1, 1, 1], 3)
    with pytest.raises(InvalidValue, match=r"classes = 1.*draws = 0.*threads = 0"):
        latent_classes(table, classes=1, draws=0, threads=0)
    with pytest.raises(NotEstimable):
        latent_classes(table.only("L1"))
    with pytest.raises(NotEstimable):
        latent_classes(dense_table([5, 4, 0, 2, 1, 1, 0], 3, never_met=[("L1", "L2")]))


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 4), st.data())
def test_any_table_gives_a_result_or_a_refusal(lists, data):
    """However degenerate the table, draws are finite and from n up, or there is a clear refusal."""
    cells = 2**lists - 1
    counts = data.draw(st.lists(st.sampled_from([0, 0, 1, 2, 7, 10**7]), min_size=cells, max_size=cells))
    try:
        estimate = latent_classes(
            dense_table(counts, lists), classes=4, chains=2, draws=10, warm_up=40, thin=10, threads=1
        )
    except NotEstimable:
        return
    assert np.isfinite(estimate.spread.values).all()
    assert (estimate.spread.values >= estimate.observed).all()
    estimate.to_json()


def test_many_lists_do_not_leave_the_range_of_numbers():
    """With 60 lists that each catch nearly everybody, products of odds overflow and the result is still right."""
    rng = np.random.default_rng(0)
    marks = (rng.random((400, 60)) < 0.999999).astype(int)
    estimate = latent_classes(CaptureTable.from_people(marks), draws=50, warm_up=50, thin=1, threads=1)
    assert estimate.point == 400
