"""The p-values of stepwise selection against scipy, few expected and many."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm, poisson

from recuento.estimate.stepwise_kernel import log_tail


@given(st.floats(0.01, 90_000), st.floats(-8, 8))
@settings(max_examples=150, deadline=None)
def test_tail_is_the_smaller_of_both_poisson_tails(expected: float, away: float) -> None:
    """min(P(X <= n), P(X >= n)) in logarithms."""
    people = max(0, round(expected + away * math.sqrt(expected)))
    want = min(poisson.logcdf(people, expected), poisson.logsf(people - 1, expected))
    assert log_tail(float(people), expected) == pytest.approx(want, rel=1e-6, abs=1e-9)


@pytest.mark.parametrize("expected", [1.2e5, 1e7, 1e12])
@pytest.mark.parametrize("away", [-25.0, -6.0, -0.3, 0.2, 4.0, 25.0])
def test_tail_of_many_is_close_to_the_normal_one(expected: float, away: float) -> None:
    """Where the sum would be long, the expansion is within what skewness leaves of the normal tail, and quick."""
    people = round(expected + away * math.sqrt(expected))
    slack = (1 + abs(away) ** 3) / math.sqrt(expected) + 0.003
    assert log_tail(float(people), expected) == pytest.approx(norm.logcdf(-abs(away)), abs=slack)


def test_nobody_expected() -> None:
    """Cells that are left out expect nobody: nobody there is no surprise, somebody is impossible."""
    assert log_tail(0.0, 0.0) == 0.0
    assert log_tail(1.0, 0.0) == -math.inf
