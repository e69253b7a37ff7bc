"""Persons to be listed: names, births, numbers, kin, mass arrests, and where they are held."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recuento.link.simulate_names import (
    Names,
    draw_given,
    draw_second_given,
    draw_surnames,
    name_tables,
)
from recuento.link.simulate_settings import COUNTRIES, SimulationSettings

Numbers = NDArray[Any]

UNISSUED = (40_300_000, 76_900_000)
UNISSUED_FOREIGN = (88_000_000, 98_999_999)
"""Document numbers that nobody bears, so that no row can point at a living person."""

_FIRST_BIRTH_YEAR, _LAST_BIRTH_YEAR = 1938, 2010


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """One row per person: an array for each thing known of them. Days are counted from the start of the period."""

    given: Names
    second_given: Names
    surname: Names
    second_surname: Names
    married: Names
    """The husband's surname, "" for none."""
    byname: Names
    female: Numbers
    born: Numbers
    """Birth dates as datetime64[D]."""
    number: Numbers
    """Document numbers; 0 for persons without one."""
    foreign: Numbers
    country: Numbers
    arrest: Numbers
    facility: Numbers
    next_facility: Numbers
    moved: Numbers
    """The day of the transfer; beyond the period for those who stay."""
    visibility: Numbers

    def __len__(self) -> int:
        return len(self.given)


def draw_people(settings: SimulationSettings, rng: np.random.Generator) -> People:
    """The population of `settings`."""
    count = settings.persons
    shares = np.array(settings.names_from) / sum(settings.names_from)
    country = rng.choice(len(COUNTRIES), count, p=shares)
    female = rng.random(count) < settings.women
    age_days = 365.25 * (18 + rng.gamma(2.0, 7.0, count).clip(0, 60))
    start = np.datetime64(settings.start, "D")
    born = start - age_days.astype(np.int64)
    foreign = rng.random(count) < settings.foreigners
    arrest, facility = _arrests(settings, rng)
    people = People(
        given=draw_given(rng, female, _year(born), country, settings.built_given),
        second_given=draw_second_given(rng, female, settings.no_second_given, settings.religious_given),
        surname=draw_surnames(rng, country, settings.surname_with_particle, settings.rare_surname),
        second_surname=draw_surnames(rng, country, settings.surname_with_particle, settings.rare_surname),
        married=draw_surnames(rng, country, 0.0, 0.0),
        byname=_bynames(rng, female, settings.bynamed),
        female=female,
        born=born,
        number=_numbers(rng, born, foreign),
        foreign=foreign,
        country=country,
        arrest=arrest,
        facility=facility,
        next_facility=rng.integers(0, settings.facilities, count),
        moved=np.where(
            rng.random(count) < settings.transferred, arrest + rng.exponential(90, count).astype(np.int64), 10**6
        ),
        visibility=rng.normal(0, settings.visibility_spread, count),
    )
    _make_kin(settings, people, rng)
    people.second_surname[rng.random(count) < settings.no_second_surname] = ""
    people.number[rng.random(count) < settings.undocumented] = 0
    return people


def _year(days: Numbers) -> Numbers:
    return np.asarray(days.astype("datetime64[Y]").astype(np.int64) + 1970)


def _arrests(settings: SimulationSettings, rng: np.random.Generator) -> tuple[Numbers, Numbers]:
    """The day of arrest and the first facility; those of one event share both."""
    count = settings.persons
    arrest = rng.integers(0, settings.days, count)
    facility = rng.choice(settings.facilities, count, p=_sizes(settings.facilities))
    events = max(1, round(count * settings.in_events / settings.event_size))
    event = rng.integers(0, events, count)
    taken = rng.random(count) < settings.in_events
    event_day, event_place = rng.integers(0, settings.days, events), rng.integers(0, settings.facilities, events)
    arrest[taken] = event_day[event[taken]]
    # Some of those taken together are held elsewhere.
    together = taken & (rng.random(count) < 0.85)
    facility[together] = event_place[event[together]]
    return arrest, facility


def _sizes(facilities: int) -> Numbers:
    weights = 1.0 / (np.arange(facilities) + 3)
    return np.asarray(weights / weights.sum())


def _bynames(rng: np.random.Generator, female: Numbers, share: float) -> Names:
    names = np.full(len(female), "", dtype=object)
    called = rng.random(len(female)) < share
    for sex, of_sex in (("m", ~female), ("f", female)):
        words = np.array(name_tables().bynames[sex], dtype=object)
        places = np.flatnonzero(of_sex & called)
        names[places] = words[rng.integers(0, len(words), len(places))]
    return names


def _numbers(rng: np.random.Generator, born: Numbers, foreign: Numbers) -> Numbers:
    """Numbers that grow with the year of birth, each once."""
    low, high = UNISSUED
    share = (_year(born) - _FIRST_BIRTH_YEAR) / (_LAST_BIRTH_YEAR - _FIRST_BIRTH_YEAR)
    wanted = low + share * (high - low) + rng.normal(0, 400_000, len(born))
    own = np.clip(wanted, low, high).astype(np.int64)
    first, last = UNISSUED_FOREIGN
    own[foreign] = rng.integers(first, last, int(foreign.sum()))
    return _without_repeats(own, foreign, rng)


def _without_repeats(numbers: Numbers, foreign: Numbers, rng: np.random.Generator) -> Numbers:
    while len(numbers):
        _, first = np.unique(numbers, return_index=True)
        again = np.setdiff1d(np.arange(len(numbers)), first)
        if not len(again):
            break
        for mask, (low, high) in ((foreign[again], UNISSUED_FOREIGN), (~foreign[again], UNISSUED)):
            numbers[again[mask]] = rng.integers(low, high, int(mask.sum()))
    return numbers


def _make_kin(settings: SimulationSettings, people: People, rng: np.random.Generator) -> None:
    """Make some persons the brother, twin, son or cousin of another: shared surnames, often taken together."""
    count = len(people)
    chosen = rng.permutation(count)[: int(count * settings.kin) * 2 if count > 1 else 0][: count - count % 2]
    here, other = chosen[: len(chosen) // 2], chosen[len(chosen) // 2 :][: len(chosen) // 2]
    here = here[: len(other)]
    kind = rng.choice(4, len(here), p=[0.5, 0.08, 0.2, 0.22])
    brother, twin, son, cousin = (kind == k for k in range(4))
    siblings = brother | twin
    people.surname[here[siblings | son]] = people.surname[other[siblings | son]]
    people.second_surname[here[siblings]] = people.second_surname[other[siblings]]
    people.second_surname[here[cousin]] = people.surname[other[cousin]]
    namesake = son & (rng.random(len(here)) < 0.5) & (people.female[here] == people.female[other])
    people.given[here[namesake]] = people.given[other[namesake]]
    people.born[here[brother]] = people.born[other[brother]] + _apart(rng, int(brother.sum()))
    people.born[here[twin]] = people.born[other[twin]]
    people.number[here] = _numbers(rng, people.born[here], people.foreign[here])
    neighbours = siblings & (rng.random(len(here)) < 0.3) & ~people.foreign[here] & ~people.foreign[other]
    people.number[here[neighbours]] = people.number[other[neighbours]] + 1
    together = rng.random(len(here)) < 0.6
    for values in (people.arrest, people.facility, people.moved, people.next_facility):
        values[here[together]] = values[other[together]]
    people.number[:] = _without_repeats(people.number, people.foreign, rng)


def _apart(rng: np.random.Generator, count: int) -> Numbers:
    return np.asarray(rng.integers(330, 3_000, count) * rng.choice([-1, 1], count))
