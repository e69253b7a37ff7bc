"""A ledger and its constraints as numbered rows and columns, in an order that does not depend on their input.

Everything that computes works on a `System` (the identities in force) and on `Ends` (for each term the strongest
low and high end that a claim gives it). Only the public functions of the room turn numbers back into ids.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from recuento.model.ledger import Constraint, Identity, Ledger, Relation

NO_LIMIT = 1 << 62
"""Stands for "no high end". Larger than any sum of admitted figures (see refusals.LIMIT)."""
_UNLIMITED = 1 << 61


def is_unlimited(value: int) -> bool:
    """Whether a high end, or a sum with high ends in it, is without limit."""
    return value >= _UNLIMITED


@dataclass(frozen=True, slots=True)
class Row:
    """One identity: `sum(coefficient * x[column]) = constant`, or `>=` where it is not `equal`."""

    id: str
    cells: tuple[tuple[int, int], ...]
    equal: bool
    constant: int


@dataclass(frozen=True, slots=True)
class System:
    """Terms and identities in force, sorted by id, with the rows that touch each column."""

    terms: tuple[str, ...]
    rows: tuple[Row, ...]
    rows_of: tuple[tuple[int, ...], ...]
    number: Mapping[str, int]
    unit: bool
    """Whether every coefficient is +1 or -1."""


def system_of(ledger: Ledger, readings: Iterable[str]) -> System:
    """The system of a ledger with those readings on."""
    terms = tuple(sorted(term.id for term in ledger.terms))
    number = {term: place for place, term in enumerate(terms)}
    on = frozenset(readings)
    active = sorted((i for i in ledger.identities if i.reading is None or i.reading in on), key=lambda i: i.id)
    rows = tuple(_row(identity, number) for identity in active)
    touching: list[list[int]] = [[] for _ in terms]
    for place, row in enumerate(rows):
        for column, _ in row.cells:
            touching[column].append(place)
    unit = all(c in (1, -1) for row in rows for _, c in row.cells)
    return System(terms, rows, tuple(tuple(touched) for touched in touching), number, unit)


def _row(identity: Identity, number: Mapping[str, int]) -> Row:
    cells = tuple(sorted((number[term], coefficient) for term, coefficient in identity.coefficients))
    return Row(identity.id, cells, identity.relation is Relation.EQ, identity.constant)


@dataclass(slots=True)
class Ends:
    """For each column the strongest ends and whose they are: a claim id, "" where nobody says it.

    `low_case` and `high_case` mark ends that are an assumption of a proof by cases, not a claim.
    """

    low: list[int]
    high: list[int]
    low_by: list[str]
    high_by: list[str]
    cases: frozenset[tuple[int, str]] = field(default=frozenset())

    def copy(self) -> Ends:
        """A copy that can be changed."""
        return Ends(self.low[:], self.high[:], self.low_by[:], self.high_by[:], self.cases)

    def assuming(self, column: int, side: str, value: int) -> Ends:
        """These ends with one more assumption: the column is at least ("low") or at most ("high") `value`."""
        other = self.copy()
        if side == "low":
            other.low[column], other.low_by[column] = value, ""
        else:
            other.high[column], other.high_by[column] = value, ""
        other.cases = self.cases | {(column, side)}
        return other


def open_ends(size: int) -> Ends:
    """Ends when nobody has said anything: zero upward."""
    return Ends([0] * size, [NO_LIMIT] * size, [""] * size, [""] * size)


def ends_of(system: System, constraints: Iterable[Constraint]) -> Ends:
    """The strongest ends among the constraints; of equally strong claims the one whose id sorts first."""
    ends = open_ends(len(system.terms))
    low, high, low_by, high_by = ends.low, ends.high, ends.low_by, ends.high_by
    number = system.number
    for said in constraints:
        column = number[said.term]
        if said.low is not None and said.low > 0:
            mine = low[column]
            if said.low > mine or (said.low == mine and said.claim < low_by[column]):
                low[column], low_by[column] = said.low, said.claim
        if said.high is not None:
            mine = high[column]
            if said.high < mine or (said.high == mine and said.claim < high_by[column]):
                high[column], high_by[column] = said.high, said.claim
    return ends


@dataclass(frozen=True, slots=True)
class Part:
    """Terms that hang together through identities. `simple`: no cycle, so that propagation alone is exact."""

    columns: tuple[int, ...]
    rows: tuple[int, ...]
    simple: bool


def parts_of(system: System) -> tuple[Part, ...]:
    """The connected parts of a system, in the order of their first column."""
    seen = [False] * len(system.terms)
    row_seen = [False] * len(system.rows)
    parts = []
    for start in range(len(system.terms)):
        if seen[start]:
            continue
        seen[start] = True
        columns, rows, edges = [start], [], 0
        for column in columns:
            for row in system.rows_of[column]:
                if row_seen[row]:
                    continue
                row_seen[row] = True
                rows.append(row)
                for other, _ in system.rows[row].cells:
                    edges += 1
                    if not seen[other]:
                        seen[other] = True
                        columns.append(other)
        acyclic = edges == len(columns) + len(rows) - 1
        unit = all(c in (1, -1) for row in rows for _, c in system.rows[row].cells)
        parts.append(Part(tuple(sorted(columns)), tuple(sorted(rows)), acyclic and unit))
    return tuple(parts)


def in_force(constraints: Sequence[Constraint], claims: Iterable[str], readings: Iterable[str]) -> list[Constraint]:
    """The constraints of those claims that hold with those readings on, in a fixed order."""
    chosen, on = frozenset(claims), frozenset(readings)
    held = [c for c in constraints if c.claim in chosen and (c.reading is None or c.reading in on)]
    return sorted(held, key=constraint_order)


def constraint_order(constraint: Constraint) -> tuple[str, str, int, int, str]:
    """A total order of constraints."""
    low = -1 if constraint.low is None else constraint.low
    high = NO_LIMIT if constraint.high is None else constraint.high
    return (constraint.claim, constraint.term, low, high, constraint.reading or "")
