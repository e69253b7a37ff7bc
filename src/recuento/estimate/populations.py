"""Populations whose size is known, seen by lists: to learn how often a method's interval holds the truth.

A person has a catchability u, and is on list j with probability logistic(base_j + heterogeneity * u + dependence
terms). With `heterogeneity` 0 and no `dependence` the lists are independent and every textbook model holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from recuento.errors import InvalidValue, RecuentoError
from recuento.estimate.caution import Gravity
from recuento.estimate.result import Estimate
from recuento.estimate.table import CaptureTable


@dataclass(frozen=True, slots=True)
class Population:
    """How a population is seen. `people`: N. `coverage`: the share of it on each list (0 to 1), on average.

    `heterogeneity`: standard deviation, in logits, of how easily people are caught (0: all alike; 1 is strong).
    `dependence`: logits added to being on the second list for those on the first, for pairs (first, second), first
    before second. `classes`: where given, catchability is not normal but of two kinds: this share of people have
    +1, the others -1 (times `heterogeneity`).
    """

    people: int
    coverage: tuple[float, ...]
    heterogeneity: float = 0.0
    dependence: Mapping[tuple[int, int], float] = field(default_factory=dict)
    classes: float | None = None

    def __post_init__(self) -> None:
        if self.people < 0 or not self.coverage or not all(0 < share < 1 for share in self.coverage):
            raise InvalidValue(
                en="a population has people from 0 and lists that cover between 0 and 1 of it",
                es="una población tiene personas desde 0 y listas que cubren entre 0 y 1 de ella",
            )
        lists = range(len(self.coverage))
        if self.heterogeneity < 0 or any(a not in lists or b not in lists or a >= b for a, b in self.dependence):
            raise InvalidValue(
                en="heterogeneity is 0 or more; a dependence goes from an earlier list to a later one",
                es="la heterogeneidad es 0 o más; una dependencia va de una lista anterior a una posterior",
            )


def simulate(population: Population, rng: np.random.Generator) -> CaptureTable:
    """What the lists see of one population. Coverage holds on average over people, whatever the heterogeneity."""
    size, lists = population.people, len(population.coverage)
    kind = _catchability(population, rng)
    marks = np.zeros((size, lists), dtype=np.int64)
    for at, share in enumerate(population.coverage):
        logit = population.heterogeneity * kind
        for (first, second), strength in population.dependence.items():
            if second == at:
                logit = logit + strength * marks[:, first]
        chance = 1 / (1 + np.exp(-(logit + _base(logit, share))))
        marks[:, at] = rng.random(size) < chance
    return CaptureTable.from_people(marks[marks.any(axis=1)]) if size else CaptureTable.from_people(marks)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How a method fared over simulated populations.

    `held`: share of the intervals that hold N. `refused`: share of tables without an estimate (not in `held`).
    `bias` and `error`: mean and root mean square of point / N - 1. `width`: median of (high - low) / N. `warned`:
    share of tables with a caution of at least a warning.
    """

    tables: int
    level: float
    held: float
    refused: float
    bias: float
    error: float
    width: float
    warned: float


def coverage(
    method: Callable[[CaptureTable], Estimate],
    population: Population | Sequence[Population],
    *,
    tables: int = 500,
    level: float = 0.95,
    seed: int = 0,
) -> Coverage:
    """The method on `tables` simulated populations: does its interval hold the truth as often as it says?

    A sequence of populations is gone through in turn. The same seed gives the same populations to every method.
    """
    return summed_up(list(trials(method, population, tables=tables, level=level, seed=seed)), level)


@dataclass(frozen=True, slots=True)
class Trial:
    """One simulated table: the truth, and what the method said; point and ends are None where it refused."""

    people: int
    point: float | None
    low: float | None
    high: float | None
    gravity: Gravity | None


def trials(
    method: Callable[[CaptureTable], Estimate],
    population: Population | Sequence[Population],
    *,
    tables: int,
    level: float,
    seed: int,
) -> Iterator[Trial]:
    """The method on one simulated table after another."""
    populations = [population] if isinstance(population, Population) else list(population)
    for at, own in enumerate(np.random.SeedSequence(seed).spawn(tables)):
        truth = populations[at % len(populations)]
        table = simulate(truth, np.random.default_rng(own))
        try:
            answer = method(table)
        except RecuentoError:
            yield Trial(truth.people, None, None, None, "do not report")
            continue
        low, high = answer.interval(level)
        yield Trial(truth.people, answer.point, low, high, answer.gravity)


def summed_up(done: Sequence[Trial], level: float) -> Coverage:
    """Trials as one row of a table."""
    answered = [each for each in done if each.low is not None and each.high is not None and each.point is not None]
    errors = np.asarray([(each.point or 0.0) / each.people - 1 for each in answered])
    held = [(each.low or 0.0) <= each.people <= (each.high or 0.0) for each in answered]
    widths = [((each.high or 0.0) - (each.low or 0.0)) / each.people for each in answered]
    nothing = float("nan")
    return Coverage(
        tables=len(done),
        level=level,
        held=float(np.mean(held)) if answered else nothing,
        refused=1 - len(answered) / len(done) if done else nothing,
        bias=float(errors.mean()) if answered else nothing,
        error=float(np.sqrt((errors**2).mean())) if answered else nothing,
        width=float(np.median(widths)) if answered else nothing,
        warned=float(np.mean([each.gravity in ("warning", "do not report") for each in done])) if done else nothing,
    )


@dataclass(frozen=True, slots=True)
class Power:
    """The median relative width of the interval with so many lists."""

    lists: int
    width: float
    refused: float


def lists_needed(
    method: Callable[[CaptureTable], Estimate],
    population: Population,
    *,
    width: float = 0.2,
    lists_max: int = 8,
    tables: int = 40,
    level: float = 0.95,
    seed: int = 0,
) -> tuple[int | None, list[Power]]:
    """How many lists until the interval is `width` of N wide (median of `tables`); None where `lists_max` do not do.

    Further lists are like those there are, their coverages taken in turn; dependences are kept. The second part shows
    the width with each number of lists tried, from those there are.
    """
    tried: list[Power] = []
    for lists in range(len(population.coverage), lists_max + 1):
        wider = Population(
            population.people,
            tuple(population.coverage[at % len(population.coverage)] for at in range(lists)),
            population.heterogeneity,
            population.dependence,
            population.classes,
        )
        fared = coverage(method, wider, tables=tables, level=level, seed=seed)
        tried.append(Power(lists, fared.width, fared.refused))
        if fared.width <= width and fared.refused < 0.5:
            return lists, tried
    return None, tried


def _catchability(population: Population, rng: np.random.Generator) -> np.ndarray:
    if population.classes is None:
        return rng.standard_normal(population.people)
    return np.where(rng.random(population.people) < population.classes, 1.0, -1.0)


def _base(logit: np.ndarray, share: float) -> float:
    """The number that makes the mean of logistic(logit + base) equal to `share`: by halving, to 1e-9."""
    if not len(logit):
        return 0.0
    low, high = -60.0 - float(logit.max()), 60.0 - float(logit.min())
    while high - low > 1e-9:
        middle = (low + high) / 2
        if float(np.mean(1 / (1 + np.exp(-(logit + middle))))) < share:
            low = middle
        else:
            high = middle
    return (low + high) / 2
