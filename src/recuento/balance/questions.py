"""The next question: the figures whose disclosure would narrow an unknown most."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from itertools import combinations

from recuento.balance.bounds import balance
from recuento.balance.duties import Duties, standard_duties
from recuento.balance.linear import Point, Program
from recuento.balance.propagation import propagate
from recuento.balance.refusals import refuse_malformed
from recuento.balance.solve import solver_wanted
from recuento.balance.system import Ends, Part, System, ends_of, in_force, is_unlimited, parts_of, system_of
from recuento.model.balance import Question, World
from recuento.model.demand import Demand, DemandState
from recuento.model.ledger import Constraint, Ledger

Width = Callable[[int], int]
_EVERY_MAX = 200


def questions(
    ledger: Ledger,
    constraints: Sequence[Constraint],
    world: World,
    target: str,
    *,
    accounts: Sequence[World] = (),
    demands: Iterable[Demand] = (),
    duties: Duties | None = None,
    solver: bool | None = None,
) -> tuple[Question, ...]:
    """Rank the figures that would help to know `target`: guaranteed cut, pairs of accounts decided, mean cut.

    Figures that would change nothing are left out; an inconsistent world has no questions. Where no limit is
    known, the ledger's cap stands in, or twice the largest figure said.
    """
    refuse_malformed(ledger, constraints)
    held = in_force(constraints, world.claims, world.readings)
    system = system_of(ledger, world.readings)
    ends = _limited(system, ends_of(system, held), ledger)
    column = system.number[target]
    part = next(part for part in parts_of(system) if column in part.columns)
    ranges = _Ranges(system, part, solver)
    whole = ranges.of(column, ends)
    if whole is None:
        return ()
    width = whole[1] - whole[0]
    told = _ranges_by_account(ledger, constraints, accounts, solver)
    asked = _demands_by_measure(demands)
    known = standard_duties() if duties is None else duties
    found = []
    for other in part.columns:
        id = system.terms[other]
        answers = ranges.of(other, ends) if other != column else None
        if answers is None or answers[0] == answers[1]:
            continue
        width_given = _width_given(ranges, column, other, ends)
        worst, mean = _profile(width_given, *answers)
        if ranges.fractional and answers[1] - answers[0] <= _EVERY_MAX:
            worst, mean = _by_every_answer(width_given, *answers)
        decides = _decided(told.get(id, ()))
        if width - worst > 0 or decides:
            term = ledger.term(id)
            measure = term.measure or "" if term else ""
            found.append(
                Question(
                    term=id,
                    guaranteed_cut=width - worst,
                    decides=decides,
                    mean_cut=round(float(width - mean), 3),
                    rule=known.get(measure),
                    target=target,
                    width=width,
                    demands=asked.get(measure, ()),
                )
            )
    return tuple(sorted(found, key=lambda q: (-q.guaranteed_cut, -q.decides, -q.mean_cut, q.term)))


class _Ranges:
    """The range of a column under changing ends: propagation where that is exact, else linear programs."""

    def __init__(self, system: System, part: Part, solver: bool | None) -> None:
        self._system = system
        self._part = part
        self._program: Program | None = None
        self.fractional = False
        if solver_wanted(solver) and not part.simple:
            self._program = Program(system, part)

    def of(self, column: int, ends: Ends) -> tuple[int, int] | None:
        """The least and the greatest whole value, None where there is none."""
        if self._program is None:
            reached = propagate(self._system, ends)
            if reached.failed is not None:
                return None
            return reached.low[column], reached.high[column]
        self._program.take(ends)
        least = self._program.least({column: 1})
        most = self._program.least({column: -1})
        if not isinstance(least, Point) or not isinstance(most, Point):
            return None
        if least.is_whole() and most.is_whole():
            return round(least.values[column]), round(most.values[column])
        self.fractional = True
        return self._end(column, "low", ends, least), self._end(column, "high", ends, most)

    def _end(self, column: int, side: str, ends: Ends, point: Point) -> int:
        """The exact end where the linear program stops between whole numbers; its own where the search is too long."""
        from recuento.balance.search import SearchGaveUp, searched_bound

        try:
            return searched_bound(self._system, self._part, ends, column, side)[0].value
        except SearchGaveUp:
            value = point.values[column]
            return _ceiling(value) if side == "low" else -_ceiling(-value)


def _ceiling(value: float) -> int:
    nearest = round(value)
    if abs(value - nearest) < 1e-6:
        return nearest
    return int(value // 1) + 1


def _limited(system: System, ends: Ends, ledger: Ledger) -> Ends:
    """The ends with a stand-in for the terms that nothing limits; never below what is implied of another."""
    reached = propagate(system, ends)
    known = [end for end in (*reached.high, *reached.low) if not is_unlimited(end)]
    cap = max([ledger.upper if ledger.upper is not None else 2 * max([*known, 250]), *known])
    limited = ends.copy()
    limited.high = [cap if is_unlimited(high) else ends.high[c] for c, high in enumerate(reached.high)]
    return limited


def _width_given(ranges: _Ranges, target: int, other: int, ends: Ends) -> Width:
    """The width of the target if the other term were known to be `value`; 0 where that cannot be."""

    def width(value: int) -> int:
        fixed = ends.assuming(other, "low", value).assuming(other, "high", value)
        reached = ranges.of(target, fixed)
        return 0 if reached is None else max(0, reached[1] - reached[0])

    return width


def _by_every_answer(width: Width, low: int, high: int) -> tuple[int, Fraction]:
    """The same by trying all: for the few ledgers where whole numbers make the width neither concave nor smooth."""
    widths = [width(value) for value in range(low, high + 1)]
    return max(widths), Fraction(sum(widths), len(widths))


def _profile(width: Width, low: int, high: int) -> tuple[int, Fraction]:
    """The greatest and the mean of a concave function over the whole numbers from `low` to `high`.

    Concave: the greatest end is concave in the answer and the least convex. So where the middle of a stretch lies
    on its chord the whole stretch does, and a few dozen values do for all.
    """
    known: dict[int, int] = {}

    def at(value: int) -> int:
        if value not in known:
            known[value] = width(value)
        return known[value]

    total = Fraction(at(low))
    best = at(low)
    stretches = [(low, high)]
    while stretches:
        start, end = stretches.pop()
        if start == end:
            continue
        middle = (start + end) // 2
        straight = (at(end) - at(start)) * (middle - start) == (at(middle) - at(start)) * (end - start)
        if end - start == 1 or straight:
            steps = end - start
            total += Fraction(steps * (at(start) + at(end)) + at(end) - at(start), 2)
            best = max(best, at(end))
        else:
            stretches += [(middle, end), (start, middle)]
    return best, total / (high - low + 1)


def _ranges_by_account(
    ledger: Ledger, constraints: Sequence[Constraint], accounts: Sequence[World], solver: bool | None
) -> dict[str, list[tuple[int, int | None]]]:
    """For each term its range in every account that holds together."""
    told: dict[str, list[tuple[int, int | None]]] = {}
    for account in accounts:
        for bound in balance(ledger, constraints, account, solver=solver).bounds:
            told.setdefault(bound.term, []).append((bound.low, bound.high))
    return told


def _decided(ranges: Iterable[tuple[int, int | None]]) -> int:
    """How many pairs of accounts have no value in common: any answer refutes one of the two."""
    return sum(_apart(one, other) or _apart(other, one) for one, other in combinations(ranges, 2))


def _apart(one: tuple[int, int | None], other: tuple[int, int | None]) -> bool:
    return one[1] is not None and one[1] < other[0]


def _demands_by_measure(demands: Iterable[Demand]) -> dict[str, tuple[str, ...]]:
    by_measure: dict[str, list[Demand]] = {}
    for demand in demands:
        if demand.measure is not None:
            by_measure.setdefault(demand.measure, []).append(demand)
    return {
        measure: tuple(
            d.id for d in sorted(found, key=lambda d: (d.state is not DemandState.OPEN, d.asked.first, d.id))
        )
        for measure, found in by_measure.items()
    }
