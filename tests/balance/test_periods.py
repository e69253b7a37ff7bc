"""Stocks and flows over time, and chains of transfers."""

from __future__ import annotations

from datetime import date

import pytest

from recuento.balance import (
    balance,
    constraints_from,
    days_of,
    default_readings,
    ledger_over_time,
    months_of,
    verify,
    world_of,
)
from recuento.errors import FaultsFound
from recuento.model.casting import Facility
from recuento.model.claim import Claim
from recuento.model.measure import standard_vocabulary
from recuento.values.bilingual import Bilingual
from recuento.values.partial_date import PartialDate
from recuento.values.quantity import Comparison, quantity_from

VOCABULARY = standard_vocabulary()
_NAME = Bilingual.same("x")
NORTH, SOUTH, EAST = (Facility(id, id.title()) for id in ("north", "south", "east"))
_FLOWS = ("admitted", "released", "transferred_in", "transferred_out", "escaped", "recaptured", "died_inmates")


def _claim(measure: str, place: str, day: str, value: int, how: Comparison = Comparison.EQ) -> Claim:
    on = PartialDate.parse(day)
    said = quantity_from(how, (value,), str(value))
    return Claim(f"{measure}/{place}/{day}/{value}", "e", place, "x", "p", measure, said, stated=on, as_of=on)


def _range(ledger, claims: list[Claim], term: str) -> tuple[int, int | None]:
    said = constraints_from(claims, ledger, vocabulary=VOCABULARY)
    assert len({c.claim for c in said}) == len(claims)
    world = world_of("w", _NAME, [c.id for c in claims], default_readings(ledger))
    found = balance(ledger, said, world, terms=[term]).bounds[0]
    verify(found.low_proof, ledger, said)
    return found.low, found.high


def _quiet(place: str, day: str, *but: str) -> list[Claim]:
    """Nothing happened there then, but for some flows."""
    return [_claim(measure, place, day, 0) for measure in _FLOWS if measure not in but]


def test_days_join_into_a_month_of_daily_counts() -> None:
    """What is held on Monday and Wednesday and what happened between give what was held on Tuesday."""
    ledger = ledger_over_time([NORTH], days_of(date(2024, 3, 4), date(2024, 3, 6)), VOCABULARY)
    claims = [
        _claim("population", "north", "2024-03-04", 500),
        *_quiet("north", "2024-03-05", "admitted"),
        _claim("admitted", "north", "2024-03-05", 12),
    ]
    assert _range(ledger, claims, "population@2024-03-05/north") == (512, 512)


def test_a_yearly_report_bears_on_its_months() -> None:
    """The year's deaths and eleven months of them give the twelfth."""
    ledger = ledger_over_time([NORTH], months_of(2023), VOCABULARY)
    claims = [_claim("died_inmates", "north", "2023", 40)]
    claims += [_claim("died_inmates", "north", f"2023-{month:02d}", 3) for month in range(1, 12)]
    assert _range(ledger, claims, "died_inmates@2023-12/north") == (7, 7)


def test_months_that_exceed_their_year_cannot_all_be_true() -> None:
    """Four deaths a month and forty in the year do not add up."""
    ledger = ledger_over_time([NORTH], months_of(2023), VOCABULARY)
    claims = [_claim("died_inmates", "north", "2023", 40)]
    claims += [_claim("died_inmates", "north", f"2023-{month:02d}", 4) for month in range(1, 13)]
    said = constraints_from(claims, ledger, vocabulary=VOCABULARY)
    result = balance(ledger, said, world_of("w", _NAME, [c.id for c in claims], default_readings(ledger)))
    assert not result.consistent and result.conflict is not None and len(result.conflict.claims) == 12


def test_what_leaves_one_facility_arrives_at_another() -> None:
    """North moves out 300, south took in 180 and east is the only other: east took in 120."""
    day = PartialDate(2024, 3, 4)
    routes = [("north", "south"), ("north", "east")]
    ledger = ledger_over_time([NORTH, SOUTH, EAST], [day], VOCABULARY, routes=routes, closed=True)
    claims = [
        _claim("transferred_out", "north", str(day), 300),
        _claim("transferred_in", "south", str(day), 180),
    ]
    assert _range(ledger, claims, "transferred_in@2024-03-04/east") == (120, 120)


def test_a_chain_of_transfers_is_followed_to_its_end() -> None:
    """From north to south to east: who left north and is not in south must have gone on to east."""
    days = days_of(date(2024, 3, 4), date(2024, 3, 5))
    routes = [("north", "south"), ("south", "east")]
    ledger = ledger_over_time([NORTH, SOUTH, EAST], days, VOCABULARY, routes=routes, closed=True)
    claims = [
        _claim("population", "south", "2024-03-03", 100),
        _claim("population", "south", "2024-03-05", 60),
        _claim("transferred_out", "north", "2024-03-04", 300),
        *_quiet("south", "2024-03-04", "transferred_in", "transferred_out"),
        *_quiet("south", "2024-03-05", "transferred_in", "transferred_out"),
        _claim("transferred_out", "north", "2024-03-05", 0),
        _claim("transferred_out", "south", "2024-03-04", 0),
    ]
    assert _range(ledger, claims, "transferred_in@2024-03-05/east") == (340, 340)


def test_a_closed_system_without_routes_balances_over_all() -> None:
    """As many arrive as leave, wherever they went."""
    day = PartialDate(2024, 3, 4)
    ledger = ledger_over_time([NORTH, SOUTH], [day], VOCABULARY, closed=True)
    claims = [
        _claim("transferred_out", "north", str(day), 30),
        _claim("transferred_out", "south", str(day), 5),
        _claim("transferred_in", "south", str(day), 28),
    ]
    assert _range(ledger, claims, "transferred_in@2024-03-04/north") == (7, 7)


def test_totals_over_facilities() -> None:
    """A national count bounds each facility."""
    day = PartialDate(2024, 3, 4)
    ledger = ledger_over_time([NORTH, SOUTH], [day], VOCABULARY)
    claims = [_claim("population", "", str(day), 900), _claim("population", "north", str(day), 700, Comparison.GE)]
    assert _range(ledger, claims, "population@2024-03-04/south") == (0, 200)


def test_days_fill_months_and_months_fill_years() -> None:
    """A year of days has terms for each month and for the year, tied by sums."""
    ledger = ledger_over_time([NORTH], days_of(date(2023, 1, 1), date(2023, 12, 31)), VOCABULARY)
    assert ledger.term("died_inmates@2023-02/north") and ledger.term("died_inmates@2023/north")
    claims = [_claim("died_inmates", "north", "2023", 1), _claim("died_inmates", "north", "2023-06-07", 1)]
    assert _range(ledger, claims, "died_inmates@2023-02/north") == (0, 0)


@pytest.mark.parametrize(
    "periods", [(), (PartialDate(2024, 1), PartialDate(2024, 3)), (PartialDate(2024, 2), PartialDate(2024, 1))]
)
def test_periods_that_do_not_follow_are_refused(periods) -> None:
    """A gap in the months is told with its row."""
    with pytest.raises(FaultsFound):
        ledger_over_time([NORTH], periods, VOCABULARY)


def test_routes_to_nowhere_are_refused() -> None:
    """A route joins two of the facilities."""
    with pytest.raises(FaultsFound):
        ledger_over_time([NORTH], months_of(2024), VOCABULARY, routes=[("north", "moon")])
