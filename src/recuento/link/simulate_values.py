"""How numbers, ages, dates and the other columns come to be written on a list."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recuento.link.simulate_people import UNISSUED, UNISSUED_FOREIGN, People
from recuento.link.simulate_settings import DateRates, NumberRates

Cells = NDArray[Any]
"""An array of str or None."""

_MONTHS = ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"]
_NO_NUMBER = ("S/C", "no tiene", "-", "s/n", "indocumentado", "por verificar")


def written_numbers(
    people: People, who: NDArray[Any], slipped: NDArray[Any], rates: NumberRates, rng: np.random.Generator
) -> Cells:
    """The document number of each as written, None for none. Those in `slipped` (persons) lend theirs."""
    dice = random.Random(int(rng.integers(2**63)))
    count = len(who)
    numbers = people.number[slipped].copy()
    borrowed = rng.random(count) < rates.someone_elses
    if borrowed.any():
        numbers[borrowed] = people.number[rng.integers(0, len(people), int(borrowed.sum()))]
    foreign = numbers >= UNISSUED_FOREIGN[0]
    present = rng.random(count) < rates.present
    kind = rng.random(count)
    steps = np.cumsum([rates.wrong_digit, rates.digits_swapped, rates.extra_digit, rates.illegible])
    punctuated = rng.random(count) < rates.punctuated
    style = rng.integers(0, 6, count)
    cells: Cells = np.full(count, None, dtype=object)
    for place in np.flatnonzero(present):
        number = int(numbers[place])
        if number == 0:
            cells[place] = dice.choice(_NO_NUMBER)
            continue
        digits = _with_error(str(number), kind[place], steps, dice)
        cells[place] = _formatted(digits, bool(punctuated[place]), bool(foreign[place]), int(style[place]))
    return cells


def _with_error(digits: str, kind: float, steps: NDArray[Any], dice: random.Random) -> str:
    if kind >= steps[3]:
        return digits
    if kind >= steps[2]:
        place = dice.randrange(2, 8)
        return digits[:place] + dice.choice("?_x*") + digits[place + 1 :]
    if kind >= steps[1]:
        place = dice.randrange(2, 8)
        return digits[:place] + digits[place] + digits[place:]
    wrong = _one_digit_changed if kind < steps[0] else _two_digits_swapped
    # An error must not turn the number into one that was issued to somebody.
    for _ in range(20):
        changed = wrong(digits, dice)
        if any(low <= int(changed) <= high for low, high in (UNISSUED, UNISSUED_FOREIGN)):
            return changed
    return digits


def _one_digit_changed(digits: str, dice: random.Random) -> str:
    place = dice.randrange(len(digits))
    return digits[:place] + dice.choice([d for d in "0123456789" if d != digits[place]]) + digits[place + 1 :]


def _two_digits_swapped(digits: str, dice: random.Random) -> str:
    place = dice.randrange(len(digits) - 1)
    return digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]


def _formatted(digits: str, punctuated: bool, foreign: bool, style: int) -> str:
    body = f"{digits[:-6]}.{digits[-6:-3]}.{digits[-3:]}" if punctuated else digits
    letter = "E" if foreign else "V"
    return (f"{letter}-{body}", body, f"{letter}{body}", f"C.I. {body}", f"{letter} {body}", f"CI: {letter}-{body}")[
        style
    ]


def written_ages(people: People, who: NDArray[Any], day: NDArray[Any], rates: DateRates,
                 rng: np.random.Generator) -> Cells:  # fmt: skip
    """The age of each on the day of the list, with its errors; None where it is not given."""
    count = len(who)
    age = ((day - people.born[who]).astype(np.int64) / 365.25).astype(np.int64)
    kind = rng.random(count)
    one, more, turned, rounded = np.cumsum(
        [rates.age_off_by_one, rates.age_off_by_more, rates.age_digits_swapped, rates.age_rounded]
    )
    sign = rng.choice([-1, 1], count)
    wrong = np.where(kind < one, age + sign, age)
    wrong = np.where((kind >= one) & (kind < more), age + sign * rng.integers(2, 5, count), wrong)
    wrong = np.where((kind >= more) & (kind < turned), age % 10 * 10 + age // 10, wrong)
    wrong = np.where((kind >= turned) & (kind < rounded), (age + 2) // 5 * 5, wrong)
    words = wrong.clip(1, 99).astype(str).astype(object)
    words[rng.random(count) >= rates.age_present] = None
    return np.asarray(words)


def written_births(people: People, who: NDArray[Any], rates: DateRates, rng: np.random.Generator) -> Cells:
    """The date of birth of each as written."""
    dice = random.Random(int(rng.integers(2**63)))
    count = len(who)
    kind, style = rng.random(count), rng.random(count)
    day_first = rng.random(count) < rates.day_first
    cells: Cells = np.full(count, None, dtype=object)
    wrong, year_only = rates.birth_wrong, rates.birth_wrong + rates.birth_year_only
    for place in np.flatnonzero(rng.random(count) < rates.birth_present):
        day = people.born[who[place]].astype(object)
        if kind[place] < wrong:
            day = _wrong_day(day, dice)
        elif kind[place] < year_only:
            cells[place] = str(day.year)
            continue
        elif kind[place] < year_only + rates.birth_day_month_swapped and day.day <= 12:
            day = date(day.year, day.day, day.month)
        cells[place] = _written_day(day, bool(day_first[place]), float(style[place]), rates)
    return cells


def _wrong_day(day: date, dice: random.Random) -> date:
    """Another year or month, or a few days off."""
    kind = dice.random()
    if kind < 0.4:
        return date(day.year + dice.choice((-10, -1, 1, 10)), day.month, min(day.day, 28))
    if kind < 0.7:
        return date(day.year, dice.randrange(1, 13), min(day.day, 28))
    return day + timedelta(days=dice.choice((-10, -2, -1, 1, 2, 10)))


def _written_day(day: date, day_first: bool, style: float, rates: DateRates) -> str:
    if style < rates.birth_two_digit_year:
        return f"{day.day:02d}/{day.month:02d}/{day.year % 100:02d}"
    if style < rates.birth_two_digit_year + rates.birth_in_words:
        return f"{day.day}-{_MONTHS[day.month - 1]}-{day.year}"
    return f"{day.day:02d}/{day.month:02d}/{day.year}" if day_first else day.isoformat()


def written_arrests(start: date, day: NDArray[Any], rates: DateRates, rng: np.random.Generator) -> Cells:
    """The date of arrest of each as written; `day` is counted from `start`."""
    count = len(day)
    off = np.where(rng.random(count) < rates.arrest_off, rng.integers(-4, 5, count), 0)
    day_first = rng.random(count) < rates.day_first
    cells: Cells = np.full(count, None, dtype=object)
    for place in np.flatnonzero(rng.random(count) < rates.arrest_present):
        taken = start + timedelta(days=int(day[place] + off[place]))
        cells[place] = f"{taken.day:02d}/{taken.month:02d}/{taken.year}" if day_first[place] else taken.isoformat()
    return cells
