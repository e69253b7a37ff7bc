"""Tables: totals that close are silent, and one wrong cell of a table with both totals is named with its value."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from recuento.casefile.checking import check_text
from recuento.model.finding import FindingKind

grids = st.integers(3, 5).flatmap(
    lambda rows: st.integers(2, 4).flatmap(
        lambda columns: st.lists(
            st.lists(st.integers(1, 900), min_size=columns, max_size=columns), min_size=rows, max_size=rows
        )
    )
)


def table(grid: list[list[int]]) -> list[list[str]]:
    """The cells of a table with a total row and a total column."""
    heads = [*["Estado", "Aragua", "Lara", "Zulia", "Bolívar"][: len(grid[0]) + 1], "Total"]
    rows = [[f"Centro {'ABCDE'[k]}", *map(str, row), str(sum(row))] for k, row in enumerate(grid)]
    columns = [sum(row[k] for row in grid) for k in range(len(grid[0]))]
    return [heads, *rows, ["Total", *map(str, columns), str(sum(columns))]]


def written(cells: list[list[str]], mark: str) -> str:
    """The table as text."""
    return "\n".join(mark.join(row) for row in cells)


@given(grids, st.sampled_from(["\t", ";", " | "]))
def test_totals_that_close_are_silent(grid: list[list[int]], mark: str) -> None:
    """Rows and columns summed rightly raise nothing, whatever parts the cells."""
    assert check_text(written(table(grid), mark)).findings == ()


@given(grids, st.integers(0, 4), st.integers(0, 3), st.integers(1, 50))
def test_one_wrong_cell_is_found_with_its_value(grid: list[list[int]], row: int, column: int, off: int) -> None:
    """A cell that breaks its row and its column is one finding, and the value that closes both is proposed."""
    cells = table(grid)
    row, column = 1 + row % len(grid), 1 + column % len(grid[0])
    right = cells[row][column]
    # Where most rows break, no column of totals can be recognised.
    assume(len(grid) >= 3)
    cells[row][column] = str(int(right) + off)
    found = check_text(written(cells, "\t")).findings
    assert [finding.kind for finding in found] == [FindingKind.TABLE]
    assert found[0].correction is not None
    assert found[0].correction.figure.quote == cells[row][column]
    assert found[0].correction.written == right


def test_empty_cells_and_rates_are_left_alone() -> None:
    """A cell without a figure may hold what is missing; columns of rates and averages are not added."""
    rows = [
        "Centro\tInternos\tHacinamiento\tEdad\tMurieron",
        "Norte\t120\t55 %\t31\ts/d",
        "Sur\t210\t100 %\t33\t3",
        "Este\t180\t12 %\t30\t4",
    ]
    assert check_text("\n".join([*rows, "Total\t510\t47 %\t31\t12"])).findings == ()
    assert len(check_text("\n".join([*rows, "Total\t510\t47 %\t31\t6"])).findings) == 1


def test_subtotals_are_not_added_twice() -> None:
    """A grand total may be of the rows or of the subtotals, and each subtotal is of the rows since the last."""
    rows = ["Mes\tIngresos\tEgresos", "Ene\t20\t5", "Feb\t30\t10", "Subtotal\t50\t15", "Mar\t10\t5", "Abr\t10\t5"]
    assert check_text("\n".join([*rows, "Subtotal\t20\t10", "Total\t70\t25"])).findings == ()
    assert len(check_text("\n".join([*rows, "Subtotal\t21\t10", "Total\t70\t25"])).findings) == 1
