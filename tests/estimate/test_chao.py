from itertools import permutations
from math import isfinite

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mse_reference import dense_table, needs_reference, pooled_table, r_outputs
from recuento.errors import InvalidValue, RecuentoError
from recuento.estimate.chao import chao_lower_bound
from recuento.estimate.loglinear_models import loglinear
from recuento.estimate.result import NotEstimable
from recuento.estimate.two_lists import lincoln_petersen

few = st.integers(0, 20)
any_count = st.one_of(few, st.sampled_from([0, 10**6, 10**13]))
three = st.lists(any_count, min_size=7, max_size=7)


@needs_reference
@pytest.mark.parametrize(("name", "bound"), [("spina_3", 789.74), ("kosovo_4", 8802.86)])
def test_the_bounds_of_the_notes(name, bound):
    """Chao's Mh bound of two pooled_table tables."""
    assert chao_lower_bound(pooled_table(name), lists="equal").point == pytest.approx(bound, abs=0.005)


@needs_reference
def test_the_closed_form_for_equal_lists_is_the_regression_with_free_signs():
    """n + (k-1)/k f1^2 / (2 f2) and its standard error are Rivest and Baillargeon's, on every table."""
    for name, peers in r_outputs().items():
        models = peers.get("rcapture", {}).get("closedp_t_neg_false", {}).get("models", [])
        for model in models:
            if model["model"] == "Mh Chao (LB)":
                ours = chao_lower_bound(pooled_table(name), lists="equal")
                assert ours.point == pytest.approx(model["abundance"], rel=1e-9)
                assert ours.diagnostics["se"] == pytest.approx(model["stderr"], rel=1e-4)


def test_the_variance_is_the_one_of_chao():
    """With very many equal lists it is f2 (r^2 / 2 + r^3 + r^4 / 4), r = f1 / f2 (Chao 1987), as k grows."""
    lists, alone, pairs = 60, 40, 25
    marks = [[int(at == which) for at in range(lists)] for which in range(lists)]
    both = [[int(at in (0, 1)) for at in range(lists)]]
    from recuento.estimate.table import CaptureTable

    table = CaptureTable.from_patterns(marks + both, [alone] * lists + [pairs])
    ratio, share = alone * lists / pairs, (lists - 1) / lists
    expected = pairs * (share * ratio**2 / 2 + share**2 * ratio**3 + share**2 * ratio**4 / 4)
    assert chao_lower_bound(table, lists="equal").diagnostics["se"] ** 2 == pytest.approx(expected, rel=1e-9)


@given(three)
def test_unequal_lists_never_raise_the_bound(counts):
    """Less is assumed of the lists, so the bound is no higher."""
    table = dense_table(counts, 3)
    if table.people and table.capture_frequencies[1]:
        unequal, equal = chao_lower_bound(table), chao_lower_bound(table, lists="equal")
        assert unequal.point <= equal.point * (1 + 1e-12)


@given(st.integers(1, 99), st.integers(1, 99), st.integers(1, 99))
def test_two_lists_give_lincoln_petersen(first, second, both):
    """For k = 2 the bound is f10 f01 / m."""
    table = dense_table([first, second, both], 2)
    assert chao_lower_bound(table).point == pytest.approx(lincoln_petersen(table).point)


@given(st.lists(few, min_size=7, max_size=7))
def test_the_order_of_lists_does_not_matter(counts):
    """Any order gives the same bound and limits."""
    table = dense_table(counts, 3)
    if not table.people:
        return
    first = chao_lower_bound(table)
    for order in permutations(table.lists):
        again = chao_lower_bound(table.only(*order))
        assert again.point == pytest.approx(first.point)
        assert again.interval() == pytest.approx(first.interval())


def test_pairs_that_could_not_meet_are_left_out_on_both_sides():
    """With lists 1 and 2 never together, (Z1 Z3 + Z2 Z3) / (z13 + z23); independent lists give their N back."""
    table = dense_table([40, 30, 0, 20, 10, 6, 0], 3, never_met=[("L1", "L2")])
    estimate = chao_lower_bound(table)
    assert estimate.point == pytest.approx(106 + (40 * 20 + 30 * 20) / 16)
    assert estimate.point == pytest.approx(loglinear(table, "[1,2,3]").point, rel=0.02)


@given(
    st.integers(1, 4).flatmap(
        lambda k: st.tuples(st.just(k), st.lists(any_count, min_size=2**k - 1, max_size=2**k - 1))
    )
)
def test_any_table_gives_a_bound_or_a_refusal(drawn):
    """Finite, at least the people seen, inside its interval, and called a bound."""
    lists, counts = drawn
    for kind in ("equal", "unequal"):
        try:
            estimate = chao_lower_bound(dense_table(counts, lists), lists=kind)
        except RecuentoError:
            continue
        low, high = estimate.interval()
        assert isfinite(estimate.point) and isfinite(high) and estimate.only_a_bound
        assert estimate.observed <= low <= estimate.point * (1 + 1e-9) <= high * (1 + 2e-9)


def test_what_cannot_be_bounded_is_refused():
    """One list, nobody, no pair that can meet, equal lists with structural zeros, another word."""
    for table in (dense_table([5], 1), dense_table([0, 0, 0], 2), dense_table([5, 5, 0], 2, never_met=[("L1", "L2")])):
        with pytest.raises(NotEstimable):
            chao_lower_bound(table)
    with pytest.raises(NotEstimable, match="could not have met"):
        chao_lower_bound(dense_table([5, 5, 0, 5, 1, 1, 0], 3, never_met=[("L1", "L2")]), lists="equal")
    with pytest.raises(InvalidValue):
        chao_lower_bound(dense_table([1, 1, 1], 2), lists="alike")


def test_few_people_on_two_lists_are_flagged():
    """A bound that rests on three people says so."""
    codes = {each.code for each in chao_lower_bound(dense_table([40, 30, 2, 20, 1, 0, 0], 3)).cautions}
    assert codes == {"lower_bound_only", "few_on_two_lists", "nearly_disjoint", "no_triple_overlap"}
