"""Laws of the capture table: it is the same people however it is written, cut or joined."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recuento.errors import FaultsFound, InvalidValue
from recuento.estimate.table import CaptureTable


@st.composite
def tables(draw: st.DrawFn, *, lists_min: int = 1, lists_max: int = 5, strata: bool = False) -> CaptureTable:
    """A table of up to five lists with up to twelve rows."""
    lists = draw(st.integers(lists_min, lists_max))
    rows = draw(
        st.lists(
            st.tuples(st.integers(1, (1 << lists) - 1), st.integers(0, 40), st.sampled_from(["a", "b", "c"])),
            max_size=12,
        )
    )
    patterns = np.asarray([[code >> at & 1 for at in range(lists)] for code, _, _ in rows], dtype=int).reshape(
        -1, lists
    )
    return CaptureTable.from_patterns(
        patterns, [count for _, count, _ in rows], strata={"place": [label for _, _, label in rows]} if strata else None
    )


@given(tables(), st.randoms())
def test_rows_in_any_order_or_split_give_the_same_table(table: CaptureTable, chance: Random) -> None:
    """A table does not know how its rows were written down."""
    people = np.repeat(table.patterns, table.counts, axis=0).tolist()
    chance.shuffle(people)
    marks = np.asarray(people, dtype=int).reshape(-1, table.list_count)
    assert CaptureTable.from_people(marks, lists=table.lists) == table


@given(tables())
def test_margins_agree_with_counting_people_one_by_one(table: CaptureTable) -> None:
    """Sizes, overlaps and frequencies are what a person with a pencil would count."""
    people = [
        row for row, count in zip(table.patterns.tolist(), table.counts.tolist(), strict=True) for _ in range(count)
    ]
    k = table.list_count
    assert table.people == len(people)
    assert table.list_sizes.tolist() == [sum(row[a] for row in people) for a in range(k)]
    assert table.overlaps.tolist() == [[sum(row[a] * row[b] for row in people) for b in range(k)] for a in range(k)]
    assert table.capture_frequencies.tolist() == [sum(sum(row) == f for row in people) for f in range(1, k + 1)]
    assert table.dense().sum() == len(people)


@given(tables(strata=True))
def test_strata_together_are_the_whole(table: CaptureTable) -> None:
    """No person is lost or doubled when a table is divided."""
    parts = table.by("place")
    assert sum(part.people for part in parts.values()) == table.people
    assert np.array_equal(
        sum((part.dense() for part in parts.values()), np.zeros(1 << table.list_count, int)), table.pooled().dense()
    )


@given(tables(lists_min=3), st.data())
def test_merging_two_lists_keeps_everybody(table: CaptureTable, data: st.DataObject) -> None:
    """A merged list has everybody who was on one of its parts, and nobody leaves the table."""
    a, b = data.draw(st.lists(st.sampled_from(table.lists), min_size=2, max_size=2, unique=True))
    merged = table.merged("both", a, b)
    assert merged.people == table.people
    at, bt = table.lists.index(a), table.lists.index(b)
    either = int((table.counts * (table.patterns[:, at] | table.patterns[:, bt])).sum())
    assert merged.list_sizes[merged.lists.index("both")] == either


@given(tables(lists_min=2))
def test_leaving_out_a_list_leaves_the_overlaps_of_the_others(table: CaptureTable) -> None:
    """Who is on two of the remaining lists does not depend on the one that went."""
    rest = table.without(table.lists[0])
    assert np.array_equal(rest.overlaps, table.overlaps[1:, 1:])


def test_all_wrong_rows_are_named_at_once() -> None:
    """Every fault of a table has its row; none hides another."""
    with pytest.raises(FaultsFound) as caught:
        CaptureTable.from_patterns([[1, 0], [2, 0], [0, 0], [1, 1]], [3, 1, 4, -1])
    assert [fault.place for fault in caught.value.faults] == ["row 2", "row 3", "row 4"]


def test_people_in_a_structural_zero_are_a_fault() -> None:
    """Nobody can be on two lists that never met."""
    with pytest.raises(FaultsFound, match="nobody can be"):
        CaptureTable.from_patterns([[1, 1, 0]], [2], never_met=[("L1", "L2")])


def test_structural_zeros_leave_the_possible_cells() -> None:
    """Two of three lists that never met leave five cells of seven; a table without them has all seven."""
    marks = [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    assert CaptureTable.from_patterns(marks, [1, 1, 1]).possible_codes.tolist() == [1, 2, 3, 4, 5, 6, 7]
    apart = CaptureTable.from_patterns(marks, [1, 1, 1], never_met=[("L1", "L3")])
    assert apart.possible_codes.tolist() == [1, 2, 3, 4, 6]
    assert apart.only("L3", "L1").possible_codes.tolist() == [1, 2]
    assert apart.merged("m", "L1", "L2").possible_codes.tolist() == [1, 2, 3]


@given(
    st.lists(
        st.lists(st.one_of(st.integers(-2, 3), st.floats(), st.none(), st.text(max_size=2)), min_size=2, max_size=2),
        max_size=4,
    )
)
def test_any_rows_give_a_table_or_a_clear_refusal(rows: list[list[object]]) -> None:
    """Whatever is handed in, the answer is a table or an error a person can act on."""
    try:
        table = CaptureTable.from_patterns(rows, [1] * len(rows))  # type: ignore[arg-type]
    except (InvalidValue, FaultsFound):
        return
    assert table.people == len(rows)
