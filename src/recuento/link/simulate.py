"""Lists of invented persons with the truth kept: to test linking, to train reviewers, to see what errors do.

A population is drawn, lists catch part of it, each list writes its entries in its own way. Nothing is taken from a
real list: names come from tables of common names, places do not exist, document numbers were never issued.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from recuento.link.simulate_names import name_tables
from recuento.link.simulate_people import People, draw_people
from recuento.link.simulate_settings import COUNTRIES, ListSettings, SimulationSettings
from recuento.link.simulate_values import Cells, written_ages, written_arrests, written_births, written_numbers
from recuento.link.simulate_writing import written_names

_SEX_WORDS = (("M", "F"), ("Masculino", "Femenino"), ("hombre", "mujer"))
_NATIONALITY = (
    ("V", "venezolano", "Venezuela"),
    ("COL", "colombiano", "Colombia"),
    ("MEX", "mexicano", "México"),
    ("CHL", "chileno", "Chile"),
)


@dataclass(frozen=True, slots=True, eq=False)
class Simulation:
    """Lists and their truth.

    `entries` has the columns of `Entries`; `truth` entry_id and person_id; `captures` a 0/1 column per list and
    `count`, the row of zeros included, so that its counts add up to the population.
    """

    entries: pa.Table
    truth: pa.Table
    captures: pa.Table
    settings: SimulationSettings
    seed: int


def simulate(settings: SimulationSettings, seed: int) -> Simulation:
    """Draw a population and its lists. The same settings and seed give the same tables."""
    rng = np.random.default_rng(seed)
    people = draw_people(settings, rng)
    places = _places(settings, rng)
    caught: dict[str, NDArray[Any]] = {}
    parts: list[pa.Table] = []
    for one in settings.lists:
        caught[one.name] = _caught(settings, one, people, caught, rng)
        parts.append(_list_entries(settings, one, people, np.flatnonzero(caught[one.name]), places, rng))
    entries, truth = _numbered(parts, rng)
    return Simulation(entries, truth, _captures(caught, len(people)), settings, seed)


@dataclass(frozen=True, slots=True, eq=False)
class _Places:
    """How each facility may be written, a row for each, and the state it is in."""

    spellings: list[list[str]]
    hospitals: list[str]
    states: list[str]


def _places(settings: SimulationSettings, rng: np.random.Generator) -> _Places:
    tables = name_tables().places
    stems, kinds = tables["facilities"], tables["kinds"]
    rounds = [divmod(i, len(stems)) for i in range(settings.facilities)]
    names = [stems[i] if not again else f"{stems[i]} {again + 1}" for again, i in rounds]
    full = [f"{kinds[int(rng.integers(len(kinds)))]} {name}" for name in names]
    spellings = [[long, name, long.upper(), name.upper()] for long, name in zip(full, names, strict=True)]
    main = COUNTRIES[int(np.argmax(settings.names_from))]
    all_states = tables[f"states.{main}"]
    states = [all_states[int(rng.integers(len(all_states)))] for _ in names]
    hospitals = [f"{tables['hospitals'][i % len(tables['hospitals'])]} {state}" for i, state in enumerate(states)]
    return _Places(spellings, hospitals, states)


def _caught(settings: SimulationSettings, one: ListSettings, people: People, before: dict[str, NDArray[Any]],
            rng: np.random.Generator) -> NDArray[Any]:  # fmt: skip
    """Who is on the list. Its chance is met on average over the persons in its reach, whatever depends on what."""
    spread = rng.normal(0, one.facility_spread, settings.facilities)
    seen = rng.permutation(settings.facilities) < max(1, round(one.reach * settings.facilities))
    odds = one.visibility * people.visibility + spread[people.facility]
    for other, gain in one.follows:
        odds = odds + gain * before[other]
    reach = seen[people.facility]
    base = _base_odds(odds[reach], one.chance)
    return np.asarray(reach & (rng.random(len(people)) < 1 / (1 + np.exp(-(base + odds)))))


def _base_odds(odds: NDArray[Any], chance: float) -> float:
    low, high = -40.0, 40.0
    for _ in range(60):
        middle = (low + high) / 2
        mean = float(np.mean(1 / (1 + np.exp(-(middle + odds))))) if len(odds) else chance
        low, high = (middle, high) if mean < chance else (low, middle)
    return (low + high) / 2


def _list_entries(settings: SimulationSettings, one: ListSettings, people: People, who: NDArray[Any], places: _Places,
                  rng: np.random.Generator) -> pa.Table:  # fmt: skip
    """The entries of one list with the person of each."""
    further = rng.geometric(1 - one.repeats, len(who)) - 1
    first = np.arange(len(who))
    again = np.repeat(first, further)
    rows = np.concatenate([who, who[again]])
    lag = rng.exponential(max(1, one.lag_days), len(rows)).astype(np.int64)
    day = people.arrest[rows] + lag
    held = np.where(day >= people.moved[rows], people.next_facility[rows], people.facility[rows])
    wrong_place = rng.random(len(rows)) < one.columns.facility_wrong
    held[wrong_place] = rng.integers(0, settings.facilities, int(wrong_place.sum()))
    names = written_names(people, rows, one.names, rng)
    copied = np.flatnonzero(rng.random(len(again)) < one.repeats_copied)
    names[len(who) + copied] = names[again[copied]]
    slipped = _slipped(rows, held, day, one.numbers.next_row, rng)
    dates = np.datetime64(settings.start, "D") + day
    columns: dict[str, Cells] = {
        "list": np.full(len(rows), one.name, dtype=object),
        "name": names,
        "document_number": written_numbers(people, rows, slipped, one.numbers, rng),
        "age": written_ages(people, slipped, dates, one.dates, rng),
        "birth_date": written_births(people, rows, one.dates, rng),
        "sex": _sexes(people.female[rows], one, rng),
        **_whereabouts(held, one, places, rng),
        "nationality": _nationalities(settings, people, rows, one, rng),
        "nickname": _where(people.byname[rows], rng.random(len(rows)) < one.columns.nickname),
        "date": dates.astype(str).astype(object),
        "arrest_date": written_arrests(settings.start, people.arrest[rows], one.dates, rng),
    }
    cells = {name: pa.array(values, pa.string()) for name, values in columns.items()}
    return pa.table({"person_id": pa.array(rows, pa.int64()), **cells})


def _slipped(rows: NDArray[Any], held: NDArray[Any], day: NDArray[Any], rate: float,
             rng: np.random.Generator) -> NDArray[Any]:  # fmt: skip
    """Whose number and age each row bears: its own person's, or that of the next row of its sheet."""
    order = np.lexsort((day, held))
    bearer = rows.copy()
    slips = np.flatnonzero(rng.random(len(rows)) < rate)
    at = np.argsort(order)[slips]
    inside = at + 1 < len(rows)
    bearer[slips[inside]] = rows[order[at[inside] + 1]]
    return bearer


def _sexes(female: NDArray[Any], one: ListSettings, rng: np.random.Generator) -> Cells:
    wrong = rng.random(len(female)) < one.columns.sex_wrong
    words = _SEX_WORDS[int(rng.integers(len(_SEX_WORDS)))]
    written = np.where(female ^ wrong, words[1], words[0]).astype(object)
    return _where(written, rng.random(len(female)) < one.columns.sex)


def _whereabouts(held: NDArray[Any], one: ListSettings, places: _Places, rng: np.random.Generator) -> dict[str, Cells]:
    count = len(held)
    spelling = rng.integers(0, 4, count)
    facility = np.array([places.spellings[f][s] for f, s in zip(held, spelling, strict=True)], dtype=object)
    in_hospital = np.full(count, one.name.startswith("hospital"))
    facility[in_hospital] = np.array(places.hospitals, dtype=object)[held[in_hospital]]
    states = np.array(places.states, dtype=object)
    wrong = rng.random(count) < one.columns.state_wrong
    state = states[np.where(wrong, rng.integers(0, len(states), count), held)]
    return {
        "facility": _where(facility, rng.random(count) < one.columns.facility),
        "state": _where(state, rng.random(count) < one.columns.state),
    }


def _nationalities(settings: SimulationSettings, people: People, rows: NDArray[Any], one: ListSettings,
                   rng: np.random.Generator) -> Cells:  # fmt: skip
    style = int(rng.integers(3))
    words = np.array([names[style] for names in _NATIONALITY], dtype=object)
    country = np.where(people.foreign[rows], people.country[rows], int(np.argmax(settings.names_from)))
    return _where(words[country], rng.random(len(rows)) < one.columns.nationality)


def _where(values: Cells, given: NDArray[Any]) -> Cells:
    cells = values.copy()
    cells[~given | (values == "")] = None
    return cells


def _numbered(parts: list[pa.Table], rng: np.random.Generator) -> tuple[pa.Table, pa.Table]:
    """All entries in an order that tells nothing, each with an id, and the person of each."""
    together = pa.concat_tables(parts) if parts else pa.table({"person_id": pa.array([], pa.int64())})
    together = together.take(pa.array(rng.permutation(len(together))))
    ids = pa.array([f"e{place:07d}" for place in range(1, len(together) + 1)], pa.string())
    truth = pa.table({"entry_id": ids, "person_id": together["person_id"]})
    return together.drop_columns(["person_id"]).add_column(0, "entry_id", ids), truth


def _captures(caught: dict[str, NDArray[Any]], persons: int) -> pa.Table:
    names = list(caught)
    code = np.zeros(persons, dtype=np.int64)
    for place, name in enumerate(names):
        code += caught[name].astype(np.int64) << place
    counts = np.bincount(code, minlength=2 ** len(names))
    shown = np.flatnonzero(counts) if persons else np.zeros(0, dtype=np.int64)
    columns = {name: pa.array((shown >> place & 1).astype(np.int8)) for place, name in enumerate(names)}
    return pa.table({**columns, "count": pa.array(counts[shown], pa.int64())})
