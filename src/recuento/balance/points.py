"""Points: worlds in whole numbers that satisfy every identity and every end of one part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from recuento.balance.system import Ends, Part, System

Values = dict[int, int]


def satisfies(system: System, part: Part, ends: Ends, values: Mapping[int, int]) -> bool:
    """Whether the values obey every identity of the part and lie within the ends."""
    for column in part.columns:
        if not ends.low[column] <= values[column] <= ends.high[column]:
            return False
    for row in (system.rows[number] for number in part.rows):
        total = sum(coefficient * values[column] for column, coefficient in row.cells)
        if total < row.constant or (row.equal and total != row.constant):
            return False
    return True


def walked_point(system: System, low: Sequence[int], high: Sequence[int], column: int, value: int) -> Values:
    """A point with `x[column] = value`, found by walking from there along the identities.

    `low` and `high` are propagated ends. Without cycles every step has a way on, so the point is right; with
    cycles it is a guess that the caller has to check.
    """
    values = {column: value}
    done: set[int] = set()
    waiting = [column]
    for known in waiting:
        for number in system.rows_of[known]:
            if number in done:
                continue
            done.add(number)
            new = [(c, a) for c, a in system.rows[number].cells if c not in values]
            for other, _ in new:
                values[other] = low[other]
            _raise_to_fit(system, number, new, high, values)
            waiting += [other for other, _ in new]
    return values


def _raise_to_fit(
    system: System, number: int, new: Sequence[tuple[int, int]], high: Sequence[int], values: Values
) -> None:
    """Raise the new values, in order, until the row holds."""
    row = system.rows[number]
    missing = row.constant - sum(coefficient * values[column] for column, coefficient in row.cells)
    if missing <= 0 and not row.equal:
        return
    for column, coefficient in new:
        if missing == 0:
            return
        if (missing > 0) == (coefficient > 0):
            step = min(high[column] - values[column], missing // coefficient)
            values[column] += step
            missing -= coefficient * step
