"""Lists made differently from every preset: other errors, other names, three to eight lists, one of them tiny."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any, TypeVar

import numpy as np

from recuento.link.simulate_presets import (
    COURT,
    DEFENDERS,
    HOSPITAL,
    HOTLINE,
    REGISTER,
    WALL,
)
from recuento.link.simulate_settings import (
    ColumnRates,
    DateRates,
    ListSettings,
    NameRates,
    NumberRates,
    SimulationSettings,
)

_KINDS = (WALL, COURT, HOSPITAL, HOTLINE, DEFENDERS, REGISTER)
Rates = TypeVar("Rates", NameRates, NumberRates, DateRates, ColumnRates)
_EXCLUDING = ("surname_first", "surname_comma", "upper", "lower")
_TINY = 0.01
"""The chance of being on the tiny list."""


def different(persons: int, seed: int) -> SimulationSettings:
    """Settings drawn at random; the same seed gives the same ones."""
    rng = np.random.default_rng([seed, 77])
    kinds = [_KINDS[int(place)] for place in rng.integers(0, len(_KINDS), int(rng.integers(3, 9)))]
    lists = [_list(one, f"{one.name}_{place}", rng) for place, one in enumerate(kinds)]
    tiny = int(rng.integers(0, len(lists)))
    lists[tiny] = replace(lists[tiny], chance=_TINY)
    return SimulationSettings(
        persons,
        tuple(lists),
        names_from=tuple(rng.dirichlet(np.ones(4)).tolist()),
        women=float(rng.uniform(0.03, 0.6)),
        no_second_given=float(rng.uniform(0.05, 0.6)),
        no_second_surname=float(rng.uniform(0.01, 0.15)),
        rare_surname=float(rng.uniform(0, 0.2)),
        kin=float(rng.uniform(0, 0.15)),
        in_events=float(rng.uniform(0, 0.9)),
        event_size=int(rng.integers(5, 150)),
        facilities=int(rng.integers(4, 80)),
        days=int(rng.integers(60, 1_500)),
        visibility_spread=float(rng.uniform(0, 1.2)),
    )


def _list(one: ListSettings, name: str, rng: np.random.Generator) -> ListSettings:
    # Of these two and two exclude each other: scaled one by one, their sums must still be chances.
    together: dict[str, Any] = {rate: getattr(one.names, rate) / 1.6 for rate in _EXCLUDING}
    return replace(
        one,
        name=name,
        chance=float(np.clip(one.chance * rng.uniform(0.4, 2.0), 0.02, 0.8)),
        follows=(),
        repeats=float(rng.uniform(0, 0.2)),
        names=_scaled(replace(one.names, **together), rng),
        numbers=_scaled(one.numbers, rng),
        dates=_scaled(one.dates, rng),
        columns=_scaled(one.columns, rng),
    )


def _scaled(rates: Rates, rng: np.random.Generator) -> Rates:
    """Every chance from half of what it was to once and a half."""
    held: dict[str, Any] = {one.name: getattr(rates, one.name) for one in fields(rates)}
    scaled: dict[str, Any] = {
        name: min(1.0, value * float(rng.uniform(0.5, 1.5))) for name, value in held.items() if type(value) is float
    }
    return replace(rates, **scaled)
