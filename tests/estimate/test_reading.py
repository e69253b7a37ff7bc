"""Tables as people have them, read whole: every fault with its line."""

from __future__ import annotations

import pytest

from mse_reference import FOLDER, names, needs_reference, published, table
from recuento.errors import FaultsFound, InvalidValue
from recuento.estimate.reading import table_from_columns, table_from_csv


def test_separator_marks_and_strata_are_understood() -> None:
    """A spreadsheet saved with semicolons, sí/no and a column of words is a table with a stratum."""
    read = table_from_csv("lugar;ong;corte;count\nnorte;sí;no;3\nnorte;1;1;2\nsur;0;1;5\n")
    assert (read.lists, read.strata, read.people) == (("ong", "corte"), ("lugar",), 10)


def test_a_row_is_a_person_where_nothing_counts() -> None:
    """Without a column of counts every row is one person."""
    assert table_from_csv("a,b\n1,0\n1,0\n1,1\n").counts.tolist() == [2, 1]


def test_all_faults_of_a_file_are_told_with_their_lines() -> None:
    """The file is read whole: three lines are wrong, three lines are named, and the file with them."""
    with pytest.raises(FaultsFound) as caught:
        table_from_csv("a,b,count\n1,0,3\n0,0,2\n1,2,1\n1,1,-4\n", file="lists.csv")
    assert [fault.place for fault in caught.value.faults] == ["line 3", "line 4", "line 5"]
    assert "lists.csv" in caught.value.en and "lists.csv" in caught.value.es


@pytest.mark.parametrize("text", ["", "\n\n", "count\n3\n", "a,a\n1,0\n", "a,b\n1\n", "name\nx\n"])
def test_what_is_no_table_is_refused(text: str) -> None:
    """An empty file, one without lists, with doubled names or ragged rows says what to do."""
    with pytest.raises((FaultsFound, InvalidValue)):
        table_from_csv(text)


def test_columns_and_csv_give_the_same_table() -> None:
    """A data frame's columns are read as the CSV of it."""
    assert table_from_columns({"a": [1, 0, 1], "b": [0, 1, True], "count": [3, 4, 5.0]}) == table_from_csv(
        "a,b,count\n1,0,3\n0,1,4\n1,1,5\n"
    )


@needs_reference
@pytest.mark.parametrize("name", names())
def test_published_tables_have_their_people(name: str) -> None:
    """Every published table is read with the number of people, lists and strata it is known to have."""
    known = published()[name]
    read = table(name)
    assert (read.people, list(read.lists), list(read.strata)) == (known["n_observed"], known["lists"], known["strata"])
    assert (FOLDER / known["file"]).is_file()
