"""Chains that agree, chains apart, and how many draws they are worth."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recuento.errors import InvalidValue
from recuento.estimate.convergence import bulk_size, quantile_error, rank_r_hat, tail_size


def _chains(correlation: float, seed: int = 0, draws: int = 4000) -> np.ndarray:
    """Four chains of a first-order autoregression around 0."""
    noise = np.random.default_rng(seed).normal(size=(4, draws))
    values = np.zeros_like(noise)
    for at in range(1, draws):
        values[:, at] = correlation * values[:, at - 1] + noise[:, at]
    return values


@pytest.mark.parametrize("correlation", [0.0, 0.5, 0.9])
def test_effective_size_is_that_of_theory(correlation):
    """Draws of an autoregression are worth (1 - r) / (1 + r) of independent ones."""
    values = _chains(correlation)
    expected = values.size * (1 - correlation) / (1 + correlation)
    assert bulk_size(values) == pytest.approx(expected, rel=0.2)


def test_chains_of_one_distribution_agree():
    """R-hat is next to 1 where every chain draws from the same distribution."""
    assert rank_r_hat(_chains(0.3)) < 1.005


def test_a_chain_elsewhere_or_wider_is_seen():
    """R-hat shows a chain of another place, and one of the same place and another spread."""
    moved, wider = _chains(0.0), _chains(0.0)
    moved[0] += 1
    wider[0] *= 4
    assert rank_r_hat(moved) > 1.05
    assert rank_r_hat(wider) > 1.05


def test_only_ranks_count():
    """Nothing changes when the draws are read on another scale."""
    values = _chains(0.5)
    assert rank_r_hat(np.exp(values)) == pytest.approx(rank_r_hat(values), abs=0.01)
    assert bulk_size(np.exp(values)) == pytest.approx(bulk_size(values))


def test_error_of_a_median_is_that_of_repetition():
    """The Monte Carlo error is the scatter of the median over repeated runs."""
    runs = [_chains(0.5, seed, 800) for seed in range(60)]
    scatter = np.std([np.median(run) for run in runs])
    assert np.mean([quantile_error(run, 0.5) for run in runs]) == pytest.approx(scatter, rel=0.35)


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 4), st.integers(4, 30), st.integers(0, 3), st.integers(0, 1000))
def test_few_or_equal_draws_give_numbers(chains, draws, spread, seed):
    """However few or equal the draws, there is a number, and never NaN."""
    values = np.random.default_rng(seed).integers(0, spread + 1, (chains, draws))
    for number in (rank_r_hat(values), bulk_size(values), tail_size(values), quantile_error(values, 0.5)):
        assert not np.isnan(number)


@pytest.mark.parametrize("values", [[1.0, 2.0], [[1.0, 2.0]], [[np.nan] * 10], np.zeros((0, 10))])
def test_what_is_no_chain_is_refused(values):
    """A flat row, too few draws or values that are not finite are refused."""
    with pytest.raises(InvalidValue):
        rank_r_hat(values)


def test_agrees_with_arviz():
    """ArviZ, where installed, gives the same numbers."""
    arviz = pytest.importorskip("arviz")
    values = np.exp(_chains(0.7, 3, 1000))
    assert rank_r_hat(values) == pytest.approx(float(arviz.rhat(values)), rel=1e-6)
    assert bulk_size(values) == pytest.approx(float(arviz.ess(values)), rel=0.02)
    assert tail_size(values) == pytest.approx(float(arviz.ess(values, method="tail")), rel=0.02)
