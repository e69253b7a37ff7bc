"""The dial of what cannot be tested: it gives back what it was set to, and turns the way it says."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recuento.errors import RecuentoError
from recuento.estimate.identifying import (
    dial,
    highest_order_interaction,
    two_list_margin,
    unseen_from_cells,
    xi_of_cells,
)
from recuento.estimate.result import NotEstimable
from recuento.estimate.table import CaptureTable


def table_of(counts):
    """A table from the counts of codes 1, 2, 3 ..."""
    k = len(counts).bit_length()
    return CaptureTable.from_patterns([[code >> at & 1 for at in range(k)] for code in range(1, 1 << k)], counts)


def test_three_lists_with_all_pairs():
    """For three lists n_0 is n111 n100 n010 n001 / (n110 n101 n011)."""
    counts = [120, 90, 30, 60, 25, 20, 12]
    result = highest_order_interaction(table_of(counts))
    assert result.unseen == pytest.approx(12 * 120 * 90 * 60 / (30 * 25 * 20))
    low, high = result.interval()
    assert result.observed < low < result.point < high


def test_independent_cells_give_back_their_unseen():
    """Cells of independent lists hold no interaction, so their own n_0 comes back, whatever the number of lists."""
    for chances in ([0.3, 0.2], [0.5, 0.1, 0.4], [0.2, 0.3, 0.4, 0.1, 0.6]):
        cells = [
            1000 * np.prod([p if code >> at & 1 else 1 - p for at, p in enumerate(chances)])
            for code in range(1 << len(chances))
        ]
        assert unseen_from_cells(cells) == pytest.approx(cells[0], rel=1e-10)
        assert xi_of_cells(cells) == pytest.approx(1.0, rel=1e-10)
        assert unseen_from_cells(cells, 2.0) == pytest.approx(cells[0] / 2, rel=1e-10)


@given(st.lists(st.integers(1, 10_000), min_size=7, max_size=7), st.floats(0.1, 10), st.permutations([0, 1, 2]))
def test_the_dial_divides_the_unseen_and_ignores_the_order(counts, xi, order):
    """Twice xi is half the unseen; the order of lists is irrelevant."""
    table = table_of(counts)
    plain = highest_order_interaction(table)
    turned = highest_order_interaction(table.only(*(table.lists[at] for at in order)), xi=xi)
    assert turned.unseen == pytest.approx(plain.unseen / xi, rel=1e-6, abs=1e-6)


def test_dial_rows_fall_as_xi_rises():
    """The rows of the dial go down, each inside its interval."""
    rows = dial(table_of([120, 90, 30, 60, 25, 20, 12]))
    assert [row.point for row in rows] == sorted((row.point for row in rows), reverse=True)
    assert all(row.low <= row.point <= row.high for row in rows)


def test_two_lists_alone_are_lincoln_petersen():
    """With xi 1 the margin of two lists is size times size over overlap; others add nothing but a floor."""
    table = table_of([50, 40, 20, 10, 5, 4, 2])
    result = two_list_margin(table, "L1", "L2")
    assert result.point == pytest.approx(77 * 66 / 22)
    assert two_list_margin(table, "L1", "L2", xi=2).point > result.point
    with pytest.raises(NotEstimable, match="contradicts"):
        two_list_margin(table, "L1", "L2", xi=0.01)


@settings(max_examples=60)
@given(st.integers(1, 5), st.data(), st.floats(0.01, 100))
def test_any_table_gives_a_result_or_a_clear_refusal(k, data, xi):
    """A finite figure not below n, or a refusal in both languages."""
    size = (1 << k) - 1
    cell = st.one_of(st.just(0), st.integers(1, 9), st.integers(10**6, 10**12))
    table = table_of(data.draw(st.lists(cell, min_size=size, max_size=size)))
    for method in (highest_order_interaction, lambda t, xi: two_list_margin(t, "L1", "L2", xi=xi)):
        try:
            result = method(table, xi=xi)
        except RecuentoError as refusal:
            assert refusal.en and refusal.es
            continue
        low, high = result.interval()
        assert result.observed <= low <= high and np.isfinite(result.point)
        assert result.to_json()
