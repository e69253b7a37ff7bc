"""Lists and populations ready to be simulated: a wall, a court, a hospital ... and sets of them from plain to hard."""

from __future__ import annotations

from dataclasses import replace

from recuento.errors import InvalidValue
from recuento.link.simulate_settings import (
    ColumnRates,
    DateRates,
    ListSettings,
    NameRates,
    NumberRates,
    SimulationSettings,
)


def preset(name: str, persons: int) -> SimulationSettings:
    """The settings called `name`, for a population of `persons`. Raises InvalidValue for a name that is not there."""
    found = PRESETS.get(name)
    if found is None:
        known = ", ".join(PRESETS)
        raise InvalidValue(f"there is no preset {name!r}; take one of {known}", f"no existe {name!r}; use {known}")
    return replace(found, persons=persons)


WALL = ListSettings(
    name="wall",
    chance=0.30,
    reach=0.7,
    facility_spread=0.9,
    visibility=0.4,
    repeats=0.08,
    repeats_copied=0.6,
    lag_days=40,
    names=NameRates(
        surname_first=0.35,
        surname_comma=0.05,
        second_given_missing=0.40,
        second_given_initial=0.12,
        second_surname_missing=0.35,
        second_surname_initial=0.08,
        spelling=0.2,
        phonetic=0.04,
        keyboard=0.01,
        scanned=0.04,
        particle_lost=0.3,
        words_glued=0.015,
        remark=0.02,
        accents_lost=0.9,
        upper=0.7,
        lower=0.05,
    ),
    numbers=NumberRates(present=0.4, wrong_digit=0.05, digits_swapped=0.02, illegible=0.05, next_row=0.02),
    dates=DateRates(age_present=0.5, age_off_by_one=0.12, birth_present=0.0, arrest_present=0.1),
    columns=ColumnRates(sex=0.1, facility=1.0, state=0.1, nationality=0.1, nickname=0.05),
)
"""Lists posted at the gate: whole facilities or nothing, by hand, photographed."""

COURT = ListSettings(
    name="court",
    chance=0.35,
    visibility=0.6,
    facility_spread=0.3,
    repeats=0.07,
    repeats_copied=0.2,
    lag_days=15,
    names=NameRates(
        surname_first=0.30,
        surname_comma=0.30,
        second_given_missing=0.06,
        second_surname_missing=0.06,
        spelling=0.06,
        phonetic=0.01,
        keyboard=0.015,
        particle_lost=0.1,
        accents_lost=0.7,
        upper=0.8,
        lower=0.0,
    ),
    numbers=NumberRates(present=0.85, wrong_digit=0.02, digits_swapped=0.01, someone_elses=0.003),
    dates=DateRates(age_present=0.25, birth_present=0.25, birth_day_month_swapped=0.01, arrest_present=0.6),
    columns=ColumnRates(sex=0.3, facility=0.3, state=0.7, nationality=0.4, nickname=0.0),
)
"""The docket: full names, good numbers."""

HOSPITAL = ListSettings(
    name="hospital",
    chance=0.12,
    reach=0.6,
    visibility=0.5,
    facility_spread=0.7,
    repeats=0.15,
    repeats_copied=0.1,
    lag_days=120,
    names=NameRates(
        surname_comma=0.5,
        surname_first=0.2,
        second_given_missing=0.45,
        second_given_initial=0.1,
        second_surname_missing=0.30,
        second_surname_initial=0.1,
        abbreviation=0.06,
        phonetic=0.03,
        keyboard=0.03,
        accents_lost=0.95,
        upper=0.9,
        lower=0.0,
        garbled=0.03,
        longest=26,
    ),
    numbers=NumberRates(present=0.55, wrong_digit=0.04, digits_swapped=0.02, extra_digit=0.01, next_row=0.004),
    dates=DateRates(age_present=0.8, age_rounded=0.08, birth_present=0.35, birth_two_digit_year=0.3, birth_wrong=0.05),
    columns=ColumnRates(sex=0.98, facility=0.5, state=0.2, nationality=0.1, nickname=0.0),
)
"""Admissions typed into a narrow column."""

HOTLINE = ListSettings(
    name="hotline",
    chance=0.22,
    visibility=1.4,
    repeats=0.14,
    repeats_copied=0.1,
    lag_days=4,
    names=NameRates(
        surname_first=0.03,
        surname_comma=0.01,
        second_given_missing=0.3,
        second_given_alone=0.05,
        second_surname_missing=0.28,
        second_surname_alone=0.01,
        surnames_swapped=0.02,
        spelling=0.22,
        nickname_for_name=0.07,
        phonetic=0.05,
        keyboard=0.035,
        particle_lost=0.3,
        married=0.08,
        remark=0.03,
        accents_lost=0.5,
        upper=0.1,
        lower=0.4,
    ),
    numbers=NumberRates(present=0.45, wrong_digit=0.06, digits_swapped=0.03, someone_elses=0.04),
    dates=DateRates(age_present=0.75, age_off_by_one=0.1, age_off_by_more=0.06, birth_present=0.3, arrest_present=0.8),
    columns=ColumnRates(sex=0.8, facility=0.7, state=0.85, nationality=0.5, nickname=0.5),
)
"""What relatives report by telephone and message."""

DEFENDERS = ListSettings(
    name="defenders",
    chance=0.15,
    visibility=1.3,
    follows=(("hotline", 1.6),),
    repeats=0.02,
    lag_days=30,
    names=NameRates(
        surname_first=0.04,
        second_given_missing=0.12,
        second_surname_missing=0.1,
        spelling=0.08,
        phonetic=0.015,
        keyboard=0.015,
        particle_lost=0.1,
        accents_lost=0.1,
        upper=0.03,
        lower=0.0,
        garbled=0.02,
    ),
    numbers=NumberRates(present=0.75, wrong_digit=0.02, digits_swapped=0.01, someone_elses=0.005),
    dates=DateRates(age_present=0.6, birth_present=0.55, birth_day_month_swapped=0.03, arrest_present=0.85),
    columns=ColumnRates(sex=0.95, facility=0.85, state=0.9, nationality=0.8, nickname=0.3),
)
"""Casework of lawyers, who hear of many through the hotline."""

REGISTER = replace(
    COURT,
    name="register",
    chance=0.28,
    repeats=0.03,
    names=replace(COURT.names, surname_first=0.9, surname_comma=0.05, longest=30),
    numbers=NumberRates(present=0.9, wrong_digit=0.02, next_row=0.012),
    dates=DateRates(age_present=0.6, birth_present=0.1, arrest_present=0.2),
    columns=ColumnRates(sex=0.6, facility=1.0, state=0.0, nationality=0.3, nickname=0.0),
)
"""An administration's own register, surname first."""

_HARD_NAMES = replace(
    HOTLINE.names, second_given_missing=0.5, second_surname_missing=0.5, phonetic=0.08, spelling=0.35, keyboard=0.05
)

PRESETS: dict[str, SimulationSettings] = {
    "plain": SimulationSettings(0, (WALL, COURT, HOTLINE, DEFENDERS)),
    "wall": SimulationSettings(0, (WALL, replace(WALL, name="wall_later", lag_days=150), REGISTER), facilities=15),
    "court": SimulationSettings(0, (COURT, REGISTER, replace(DEFENDERS, follows=())), in_events=0.1),
    "hospital": SimulationSettings(
        0, (HOSPITAL, replace(REGISTER, chance=0.4), HOTLINE), names_from=(0.1, 0.2, 0.5, 0.2), women=0.25
    ),
    "protest": SimulationSettings(
        0, (HOTLINE, replace(COURT, chance=0.25), WALL), in_events=0.85, event_size=90, days=60, facilities=12
    ),
    "hard": SimulationSettings(
        0,
        (
            replace(WALL, numbers=replace(WALL.numbers, present=0.2)),
            replace(HOTLINE, names=_HARD_NAMES, numbers=replace(HOTLINE.numbers, present=0.3), repeats=0.2),
            replace(HOSPITAL, names=replace(HOSPITAL.names, phonetic=0.05, keyboard=0.05)),
            replace(COURT, chance=0.2, numbers=replace(COURT.numbers, present=0.6)),
        ),
        names_from=(0.35, 0.35, 0.2, 0.1),
        kin=0.12,
        in_events=0.6,
        event_size=60,
    ),
}
"""Sets of lists by name, from `plain` to `hard`."""
