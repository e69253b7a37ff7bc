"""No hidden cell of a published table can be computed: laws on random tables, and attacks that must fail."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from recuento.disclosure import CountSystem, Release, Unprotectable, attacker_intervals, faults_in, naive, protect
from recuento.errors import InvalidValue

counts = st.integers(0, 9) | st.integers(0, 60)
tables = st.tuples(st.integers(2, 4), st.integers(2, 4)).flatmap(lambda shape: arrays(np.int64, shape, elements=counts))
cubes = arrays(np.int64, (2, 2, 3), elements=counts)
few = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@few
@given(tables | cubes)
def test_every_hidden_cell_keeps_its_range_and_the_proof_holds(table: np.ndarray) -> None:
    """An attacker with every margin cannot narrow a hidden cell below 5 values; arithmetic alone agrees."""
    found = protect(CountSystem.with_totals(table))
    low, high = attacker_intervals(found.system, found.hidden)
    assert not faults_in(found)
    assert (high - low)[found.hidden].min(initial=99) >= 4 - 1e-6
    assert (high[found.primary] >= 5 - 1e-6).all()
    assert (low <= found.system.values + 1e-6).all() and (found.system.values <= high + 1e-6).all()


@few
@given(tables)
def test_zero_is_shown_and_small_cells_are_not(table: np.ndarray) -> None:
    """Zero is a count like any other; one to four are never told; nothing is told wrongly."""
    found = protect(CountSystem.with_totals(table))
    for value, shown in zip(found.system.values, found.shown(), strict=True):
        assert shown in (None, value)
        if 0 < value < 5:
            assert shown is None
        if value == 0:
            assert shown == 0


def test_the_naive_way_is_computed_at_once() -> None:
    """Hiding the one small cell alone gives it back by subtraction: the check of these tests can fail."""
    system = CountSystem.with_totals([[20, 3], [30, 40]])
    hidden = naive(system)
    low, high = attacker_intervals(system, hidden)
    assert hidden.sum() == 1 and (low[hidden] == high[hidden]).all() and low[hidden][0] == 3
    found = protect(system)
    assert "too narrow" in str(faults_in(replace(found, smallest=60)))
    assert faults_in(replace(found, hidden=hidden)) and faults_in(replace(found, witnesses=()))


def test_a_new_person_cannot_be_located_between_two_releases() -> None:
    """One person more: the cell and its totals are not told again, or the table waits."""
    first = protect(CountSystem.with_totals([[20, 31], [30, 40]]))
    later = CountSystem.with_totals([[21, 31], [30, 40]])
    assert not first.hidden.any()
    found = protect(later, 5, [first.release()])
    assert not faults_in(found, [first.release()])
    assert found.hidden[0]
    low, high = attacker_intervals(later, found.hidden, [first.release()])
    assert high[0] - low[0] >= 4
    assert not protect(later).hidden.any(), "without the earlier release nothing would be hidden"


def test_what_was_hidden_stays_so_when_more_is_known() -> None:
    """A cell that was hidden and has grown may not be told where that gives its earlier count away."""
    first = protect(CountSystem.with_totals([[3, 31], [30, 40]]))
    later = CountSystem.with_totals([[9, 31], [30, 40]])
    found = protect(later, 5, [first.release()])
    assert not faults_in(found, [first.release()])


def test_a_release_that_told_too_much_is_said_to_have() -> None:
    """Where an earlier release showed a small cell's surroundings whole, no pattern can hide it now."""
    told = CountSystem.with_totals([[20, 31], [30, 40]])
    before = Release(told.values, np.eye(1, 9, 0, dtype=bool)[0])
    with pytest.raises(Unprotectable):
        protect(told, 5, [before])


def test_lists_and_their_overlap_are_one_system() -> None:
    """Two lists with three persons in common: the sizes of the lists and the total would tell the three."""
    system = CountSystem.of_overlap([(1, 0), (0, 1), (1, 1)], [40, 50, 3])
    found = protect(system)
    assert list(system.values) == [50, 40, 3, 43, 53, 93, 3]
    assert not faults_in(found)
    shown = found.shown()
    assert shown[2] is None and shown[6] is None and None in (shown[3], shown[4], shown[5], shown[0], shown[1])


@pytest.mark.parametrize("bad", [([1, -1], [[1, -1]]), ([1, 2, 4], [[1, 1, -1]]), ([1, 2], [[1, 1, -1]])])
def test_counts_that_cannot_be_are_refused(bad: tuple) -> None:
    """Negative counts, sums that do not hold and sums of other tables raise InvalidValue."""
    with pytest.raises(InvalidValue):
        CountSystem(np.array(bad[0]), np.array(bad[1]))


def test_the_same_table_gives_the_same_pattern() -> None:
    """The search stops after a number of steps, never after a time."""
    table = np.random.default_rng(4).integers(0, 20, (4, 4))
    one, other = (protect(CountSystem.with_totals(table)).hidden for _ in range(2))
    assert (one == other).all()
