from math import isfinite

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mse_reference import dense_table, needs_reference, pooled_table, r_outputs
from recuento.errors import InvalidValue, RecuentoError
from recuento.estimate.chao_tsay import sample_coverage
from recuento.estimate.result import NotEstimable

FORMS = {"high": "HSC", "low": "LSC", "independence": "independence"}
any_count = st.one_of(st.integers(0, 15), st.sampled_from([0, 10**6, 10**13]))


@needs_reference
@pytest.mark.parametrize("form", FORMS)
def test_estimates_are_those_of_care1(form):
    """Every table with stored CARE1 output: equal to all printed digits, limits within the bootstrap's chance."""
    compared = 0
    for name, peers in r_outputs().items():
        if "care1" in peers:
            theirs, ours = peers["care1"][FORMS[form]], sample_coverage(pooled_table(name), form=form)
            assert ours.point == pytest.approx(theirs["estimate"], rel=1e-6)
            half = (theirs["interval"][1] - theirs["interval"][0]) / 2
            assert ours.interval() == pytest.approx(theirs["interval"], abs=0.35 * half)
            compared += 1
    assert compared == 5


def written_out(z):
    """The three forms for three lists as Chao and Tsay write them, z by history "100" ... "111"."""
    n = [sum(v for x, v in z.items() if x[at] == "1") for at in range(3)]
    both = {"12": z["110"] + z["111"], "13": z["101"] + z["111"], "23": z["011"] + z["111"]}
    coverage = 1 - (z["100"] / n[0] + z["010"] / n[1] + z["001"] / n[2]) / 3
    covered = sum(z.values()) - (z["100"] + z["010"] + z["001"]) / 3
    apart = {
        "12": z["100"] + z["110"] + z["010"] + z["110"],
        "13": z["100"] + z["101"] + z["001"] + z["101"],
        "23": z["010"] + z["011"] + z["001"] + z["011"],
    }
    product = {"12": n[0] * n[1], "13": n[0] * n[2], "23": n[1] * n[2]}
    shared = sum(apart[pair] * both[pair] / product[pair] for pair in both) / (3 * coverage)
    high = sum(both.values()) / (3 * coverage) / (1 - shared)
    plain = covered / coverage

    def corrected(people):
        return plain + sum(apart[p] * (people * both[p] / product[p] - 1) for p in both) / (3 * coverage)

    return high, corrected(corrected(plain)), plain


@given(st.lists(st.integers(5, 60), min_size=7, max_size=7))
def test_three_lists_agree_with_the_formulas_written_out(counts):
    """A second, plain way to the three forms."""
    histories = ["100", "010", "110", "001", "101", "011", "111"]
    expected = dict(
        zip(("high", "low", "independence"), written_out(dict(zip(histories, counts, strict=True))), strict=True)
    )
    for form, value in expected.items():
        try:
            estimate = sample_coverage(dense_table(counts, 3), form=form, replicates=2)
        except NotEstimable:
            assert value < sum(counts) or value > 1e15
            continue
        assert estimate.diagnostics["forms"][form] == pytest.approx(value)


def test_the_same_seed_gives_the_same_limits():
    """Chance enters by the seed alone."""
    table = dense_table([40, 30, 12, 20, 9, 8, 5], 3)
    one, again, other = (sample_coverage(table, seed=seed) for seed in (1, 1, 2))
    assert one.to_json() == again.to_json()
    assert one.point == other.point and one.interval() != other.interval()


def test_low_coverage_takes_the_low_form_and_says_so():
    """Below 55 % the high form is unsteady."""
    estimate = sample_coverage(dense_table([90, 80, 9, 70, 8, 7, 1], 3))
    assert estimate.diagnostics["form"] == "low"
    assert "low_coverage" in {each.code for each in estimate.cautions}


@settings(max_examples=60)
@given(
    st.integers(1, 4).flatmap(
        lambda k: st.tuples(st.just(k), st.lists(any_count, min_size=2**k - 1, max_size=2**k - 1))
    )
)
def test_any_table_gives_a_result_or_a_refusal(drawn):
    """Nothing but our own errors, nothing that is not a number."""
    lists, counts = drawn
    for form in ("auto", *FORMS):
        try:
            estimate = sample_coverage(dense_table(counts, lists), form=form, replicates=20)
        except RecuentoError:
            continue
        low, high = estimate.interval()
        assert isfinite(estimate.point) and isfinite(low) and isfinite(high)
        assert estimate.observed <= low <= estimate.point * (1 + 1e-9) <= high * (1 + 2e-9)
        assert estimate.to_json()


def test_what_has_no_coverage_is_refused():
    """Two lists, an empty list, no overlap, structural zeros, options that do not exist."""
    for counts, lists in (([1, 1, 1], 2), ([5, 5, 2, 0, 0, 0, 0], 3), ([5, 5, 0, 5, 0, 0, 0], 3)):
        with pytest.raises(NotEstimable):
            sample_coverage(dense_table(counts, lists))
    with pytest.raises(NotEstimable, match="could not have met"):
        sample_coverage(dense_table([5, 5, 0, 5, 1, 1, 0], 3, never_met=[("L1", "L2")]))
    with pytest.raises(InvalidValue, match="form"):
        sample_coverage(dense_table([1] * 7, 3), form="middle")
    with pytest.raises(InvalidValue, match="replicates"):
        sample_coverage(dense_table([1] * 7, 3), replicates=1)
