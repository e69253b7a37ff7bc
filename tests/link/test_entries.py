"""Entries: valid tables come out whole and ordered; every fault of the others is named."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recuento.errors import FaultsFound
from recuento.link.entries import COLUMNS, LONGEST_CELL, MOST_STRATA, Entries


def _table(**columns: list[object]) -> pa.Table:
    return pa.table(columns)


@given(st.permutations([f"r{k}" for k in range(8)]))
def test_the_order_of_rows_is_irrelevant(order):
    """The same rows in any order are the same entries."""
    entries = Entries.of(_table(entry_id=order, list=["a"] * 8, name=[f"Ana {name}" for name in order]))
    assert entries.table["entry_id"].to_pylist() == sorted(order)
    assert entries.table["name"].to_pylist() == [f"Ana {name}" for name in sorted(order)]


def test_columns_that_were_not_given_are_null_and_others_are_strata():
    """All our columns are there; what is not ours is kept and named."""
    entries = Entries.of(_table(nr=[1, 2], lista=["a", "a"], nombre=["Ana", " "], ola=["x", "y"]), columns={
        "nr": "entry_id", "lista": "list", "nombre": "name",
    })  # fmt: skip
    assert entries.table.column_names == [*COLUMNS, "ola"]
    assert entries.strata == ("ola",)
    assert entries.table["entry_id"].to_pylist() == ["1", "2"]
    assert entries.table["name"].to_pylist() == ["Ana", None]
    assert entries.table["age"].null_count == 2


def test_every_fault_is_named_at_once_and_no_cell_is_repeated():
    """Empty lists, double ids, a broken cell: each with its row and column, none with its content."""
    broken = "secreto " * LONGEST_CELL
    with pytest.raises(FaultsFound) as found:
        Entries.of(_table(entry_id=["1", "1", None], list=["a", "", "b"], name=["x", broken, None]))
    places = {fault.place for fault in found.value.faults}
    assert places == {"row 1, entry_id", "row 2, entry_id", "row 3, entry_id", "row 2, list", "row 2, name"}
    assert "secreto" not in found.value.en + found.value.es


def test_a_ten_megabyte_cell_and_too_many_columns_are_refused():
    """A file that is plainly broken is refused with the way out, not read."""
    many = {f"c{k}": ["x"] for k in range(MOST_STRATA + 1)}
    with pytest.raises(FaultsFound) as found:
        Entries.of(_table(entry_id=["1"], list=["a"], name=["x" * 10_000_000], **many))
    assert {fault.place for fault in found.value.faults} == {"row 1, name", "columns"}
    assert len(found.value.en) < 1_000


def test_a_missing_column_and_a_wrong_mapping_are_named():
    """A table without names, and a mapping that names what is not there."""
    with pytest.raises(FaultsFound) as found:
        Entries.of(_table(entry_id=["1"], list=["a"]), columns={"nombre": "name"})
    assert {fault.place for fault in found.value.faults} == {"nombre", "name"}


def test_numbers_in_cells_become_text_without_a_fraction():
    """An age column that pandas made 31.0 is 31 again; an empty one stays empty."""
    entries = Entries.of(_table(entry_id=[1, 2], list=["a", "a"], name=["x", "y"], age=[31.0, None]))
    assert entries.table["age"].to_pylist() == ["31", None]


def test_no_rows_are_entries_too():
    """An empty list is no fault."""
    assert len(Entries.of_rows([])) == 0
