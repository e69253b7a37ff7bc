from math import comb, inf, isfinite, isnan

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mse_reference import dense_table
from recuento.errors import InvalidValue, RecuentoError
from recuento.estimate.loglinear_models import loglinear
from recuento.estimate.result import NotEstimable
from recuento.estimate.two_lists import chapman, lincoln_petersen, two_list_lower_bound

METHODS = (lincoln_petersen, chapman, two_list_lower_bound)
INTERVALS = ("log", "normal", "poisson", "exact")
cells = st.tuples(*[st.one_of(st.integers(0, 30), st.sampled_from([0, 1, 100_000, 10**15]))] * 3)


def two(first_only, second_only, both):
    """A table of two lists."""
    return dense_table([first_only, second_only, both], 2)


def test_the_example_worked_by_hand():
    """200 and 170 people on the lists, 50 on both: 680 by Lincoln-Petersen, 201 x 171 / 51 - 1 by Chapman."""
    table = two(150, 120, 50)
    assert lincoln_petersen(table).point == pytest.approx(680)
    assert chapman(table).point == pytest.approx(201 * 171 / 51 - 1)
    assert chapman(table).diagnostics["se"] ** 2 == pytest.approx(201 * 171 * 150 * 120 / (51**2 * 52))
    assert lincoln_petersen(table).diagnostics["se"] ** 2 == pytest.approx(200 * 170 * 150 * 120 / 50**3)


@given(st.integers(1, 500), st.integers(1, 500), st.integers(1, 500))
def test_lincoln_petersen_is_the_log_linear_model_of_two_independent_lists(first, second, both):
    """Two ways to the same maximum of the likelihood."""
    table = two(first, second, both)
    assert lincoln_petersen(table).point == pytest.approx(loglinear(table).point, rel=1e-8)


@pytest.mark.parametrize("seen_both", [3, 20])
def test_chapman_has_no_bias_where_the_lists_are_large(seen_both):
    """With n1 + n2 >= N the mean over all overlaps, by the hypergeometric law, is N itself."""
    people, first, second = 40, 25, 15 + seen_both
    total = comb(people, second)
    mean = 0.0
    for both in range(max(0, first + second - people), min(first, second) + 1):
        share = comb(first, both) * comb(people - first, second - both) / total
        mean += share * chapman(two(first - both, second - both, both)).point
    assert mean == pytest.approx(people)


def test_exact_limits_are_those_of_trying_every_total():
    """A slow search over N with whole numbers finds the same ends."""
    first, second, both = 30, 24, 9

    def so_many(people):
        ways = [comb(first, m) * comb(people - first, second - m) for m in range(25)]
        return sum(ways[both:]) / sum(ways), sum(ways[: both + 1]) / sum(ways)

    fitting = [n for n in range(first + second - both, 1000) if min(so_many(n)) > 0.025]
    found = chapman(two(first - both, second - both, both), interval="exact").interval()
    assert found == (fitting[0], fitting[-1])


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("interval", INTERVALS)
@settings(max_examples=40)
@given(counts=cells, level=st.sampled_from([0.5, 0.9, 0.99]))
def test_any_table_gives_a_result_or_a_refusal(method, interval, counts, level):
    """Nothing but our own errors, no NaN, the point inside its interval, never fewer than were seen."""
    try:
        estimate = method(two(*counts), interval=interval)
        low, high = estimate.interval(level)
    except RecuentoError:
        return
    assert isfinite(estimate.point) and estimate.point >= estimate.observed * (1 - 1e-9)
    assert not isnan(low) and not isnan(high)
    assert estimate.observed <= low <= estimate.point * (1 + 1e-9) <= high * (1 + 2e-9)
    assert estimate.to_json()


@given(cells)
def test_which_list_is_first_does_not_matter(counts):
    """Exchanging the lists gives the same answer."""
    first, second, both = counts
    if first + second + both:
        one, other = chapman(two(first, second, both)), chapman(two(second, first, both))
        assert one.point == pytest.approx(other.point)
        assert one.interval() == pytest.approx(other.interval())


def test_nobody_on_both_lists_is_refused_or_flagged():
    """Without overlap there is no maximum; Chapman's value must not be reported."""
    table = two(20, 30, 0)
    with pytest.raises(NotEstimable, match="nobody is on both"):
        lincoln_petersen(table)
    estimate = chapman(table, interval="poisson")
    assert estimate.gravity == "do not report"
    assert estimate.interval()[1] == inf


def test_few_on_both_lists_are_flagged_and_a_bound_is_called_one():
    """Three people on both lists make a caution; the bound says that it is one."""
    assert {each.code for each in chapman(two(20, 30, 3)).cautions} == {"few_on_both", "few_lists", "nearly_disjoint"}
    assert two_list_lower_bound(two(20, 30, 30)).only_a_bound


def test_three_lists_structural_zeros_and_unknown_intervals_are_refused():
    """The way out is named in each."""
    with pytest.raises(NotEstimable, match="exactly two lists"):
        chapman(dense_table([1] * 7, 3))
    with pytest.raises(NotEstimable, match="could not have met"):
        chapman(dense_table([5, 5, 0], 2, never_met=[("L1", "L2")]))
    with pytest.raises(InvalidValue, match="one of log"):
        chapman(two(1, 1, 1), interval="bayes")
