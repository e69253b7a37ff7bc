"""BCa limits against formulas written out, and their guards."""

from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recuento.estimate.bca import Replicates, acceleration, quantile_type_8

VALUES = st.lists(st.floats(1, 1e9), min_size=2, max_size=60)


@given(VALUES, st.floats(0, 1))
def test_quantiles_are_type_8(values, share):
    """The quantile is numpy's median-unbiased one."""
    ordered = np.sort(values)
    assert quantile_type_8(ordered, share) == pytest.approx(np.quantile(ordered, share, method="median_unbiased"))


def test_acceleration_is_the_jackknife_over_single_people():
    """Weighting histories by their people is the same as listing every person."""
    left_out, people = np.array([10.0, 12, 19]), np.array([3, 2, 1])
    each = np.repeat(left_out, people)
    apart = each.mean() - each
    assert acceleration(left_out, people) == pytest.approx((apart**3).sum() / (6 * (apart**2).sum() ** 1.5))


def test_limits_are_the_formula_of_efron():
    """z0 from the share below, the level moved by z0 and a."""
    estimates = np.sort(np.random.default_rng(3).gamma(4, 100, 999))
    kept = Replicates(390.0, estimates, 0.03)
    normal = NormalDist()
    z0 = normal.inv_cdf(float(np.mean(estimates < 390)))
    z = normal.inv_cdf(0.975)
    moved = normal.cdf(z0 + (z0 + z) / (1 - 0.03 * (z0 + z)))
    assert kept.limits(0.95)[1] == pytest.approx(np.quantile(estimates, moved, method="median_unbiased"))


@given(VALUES, st.floats(1, 1e9), st.floats(-0.3, 0.3), st.floats(0.01, 0.99))
def test_limits_always_have_a_value(values, point, bend, level):
    """All resamples on one side, or a sharp acceleration, still give limits in order of the resamples."""
    ordered = np.sort(values)
    low, high = Replicates(point, ordered, bend).limits(level)
    assert ordered[0] <= low and high <= ordered[-1]
    assert not np.isnan([low, high]).any()


def test_infinite_resamples_make_an_infinite_limit():
    """Where the upper resamples have no finite estimate, the upper limit is infinite, not a number."""
    kept = Replicates(50.0, np.array([40.0, 45, 50, 60, np.inf, np.inf]), 0.0)
    assert kept.limits(0.9)[1] == np.inf
    assert np.isfinite(kept.limits(0.9)[0])
