"""Latent classes by maximum likelihood, their number chosen by BIC."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mse_reference import dense_table, needs_reference, pooled_table, r_outputs
from recuento.errors import InvalidValue
from recuento.estimate.result import NotEstimable
from recuento.estimate.second_opinion import latent_class_bic


@needs_reference
@pytest.mark.parametrize("name", ["korea_3", "kosovo_4", "uk_5", "sim_indep_4"])
def test_one_class_is_independence(name):
    """With one class N is that of Rcapture's model Mt."""
    expected = next(
        each["abundance"] for each in r_outputs()[name]["rcapture"]["closedp_t"]["models"] if each["model"] == "Mt"
    )
    alone = latent_class_bic(pooled_table(name), classes_max=1, replicates=20)
    assert alone.point == pytest.approx(expected, rel=1e-5)


@needs_reference
def test_a_known_answer_is_recovered():
    """Two simulated classes are found, and their N of 2,000 lies in the interval."""
    estimate = latent_class_bic(pooled_table("sim_latent2_5"), replicates=100)
    low, high = estimate.interval(0.95)
    assert estimate.diagnostics["classes"] == 2
    assert low < 2000 < high


def test_order_of_lists_is_irrelevant():
    """The same people with the lists in another order give the same N."""
    table = dense_table([90, 60, 20, 70, 15, 12, 9, 40, 8, 7, 5, 9, 4, 3, 2], 4)
    turned = table.only("L3", "L1", "L4", "L2")
    assert latent_class_bic(table, classes_max=2, replicates=20).point == pytest.approx(
        latent_class_bic(turned, classes_max=2, replicates=20).point, rel=1e-4
    )


def test_more_classes_than_can_be_told_are_not_used():
    """Three lists have seven cells, too few for two classes' eight parameters."""
    estimate = latent_class_bic(dense_table([50, 40, 10, 30, 9, 8, 5], 3), replicates=20)
    assert [model.name for model in estimate.models] == ["1"]


def test_settings_out_of_range_are_refused():
    """No classes, or hardly any resamples, make no estimate."""
    with pytest.raises(InvalidValue):
        latent_class_bic(dense_table([5, 4, 3], 2), classes_max=0)


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 4), st.data())
def test_any_table_gives_a_result_or_a_refusal(lists, data):
    """However degenerate the table, there is a finite estimate from n up, or a clear refusal."""
    cells = 2**lists - 1
    counts = data.draw(st.lists(st.sampled_from([0, 0, 1, 2, 7, 10**6]), min_size=cells, max_size=cells))
    table = dense_table(counts, lists)
    try:
        estimate = latent_class_bic(table, classes_max=2, replicates=20)
    except NotEstimable:
        return
    low, high = estimate.interval(0.95)
    assert np.isfinite([low, high, estimate.point]).all()
    assert estimate.point >= estimate.observed * (1 - 1e-9)
    estimate.to_json()
