"""What a table alone warns of."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
import pytest

from mse_reference import needs_reference, table
from recuento.estimate import chao_lower_bound, chapman, dga, loglinear
from recuento.estimate.honesty import table_cautions
from recuento.estimate.independence import independence_fit, unequal_strata
from recuento.estimate.populations import Population, simulate
from recuento.estimate.result import Estimate
from recuento.estimate.table import CaptureTable


def _codes(read: CaptureTable) -> set[str]:
    return {caution.code for caution in table_cautions(read)}


def _warned(population: Population, code: str, tables: int = 60) -> float:
    seeds = np.random.SeedSequence(7).spawn(tables)
    return float(np.mean([code in _codes(simulate(population, np.random.default_rng(own))) for own in seeds]))


@needs_reference
@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("artificial_3", "nearly_disjoint"),
        ("artificial_3", "no_triple_overlap"),
        ("diabetes_4", "one_list_dominates"),
        ("gaza_3_by_sex_age", "pooled_strata"),
        ("sim_hetero_4", "dependent_lists"),
        ("sim_latent2_5", "dependent_lists"),
    ],
)
def test_known_pitfalls_are_flagged(name: str, code: str) -> None:
    """The published tables that mislead are flagged for what misleads."""
    assert code in _codes(table(name))


@needs_reference
def test_independence_is_fitted_as_the_field_does() -> None:
    """Kosovo with independent lists has the published 7,394.6 people."""
    fit = independence_fit(table("kosovo_4"))
    assert fit is not None
    assert fit.people == pytest.approx(7394.58666, abs=1e-4)
    assert fit.deviance == pytest.approx(245.938736, abs=1e-5)


def test_independent_lists_are_seldom_called_dependent() -> None:
    """The test at 5 % raises a false warning in at most about that many tables."""
    assert _warned(Population(1500, (0.2, 0.25, 0.15, 0.2)), "dependent_lists") <= 0.13


def test_strong_heterogeneity_is_seen() -> None:
    """People who differ much in how easily they are found make lists meet too often, and it is said."""
    assert _warned(Population(3000, (0.2, 0.25, 0.15, 0.2), heterogeneity=1.2), "dependent_lists") >= 0.9


def test_strata_that_differ_are_told_and_like_ones_are_not() -> None:
    """Pooling is warned of where the groups get onto the lists differently."""
    rng = np.random.default_rng(5)
    draw = partial(simulate, rng=rng)

    def joined(first: CaptureTable, second: CaptureTable) -> CaptureTable:
        return CaptureTable.from_patterns(
            np.concatenate([first.patterns, second.patterns]).astype(int),
            np.concatenate([first.counts, second.counts]),
            strata={"place": ["n"] * len(first.counts) + ["s"] * len(second.counts)},
        )

    alike = Population(2000, (0.2, 0.3, 0.25))
    other = Population(2000, (0.5, 0.1, 0.25))
    assert unequal_strata(joined(draw(alike), draw(alike)), "place") > 0.001
    assert unequal_strata(joined(draw(alike), draw(other)), "place") < 1e-6


def test_an_empty_table_says_that_nobody_is_there() -> None:
    """Nobody on any list is a caution of the gravest kind, not an error."""
    empty = CaptureTable.from_patterns(np.zeros((0, 3), dtype=int), np.zeros(0, dtype=int))
    assert [caution.gravity for caution in table_cautions(empty)] == ["do not report"]


@pytest.mark.parametrize("method", [chapman, chao_lower_bound, dga, loglinear])
def test_an_estimate_asked_for_by_itself_bears_what_its_table_warns_of(method: Callable[..., Estimate]) -> None:
    """Whoever imports one method alone reads the same warnings as whoever compares them all."""
    lists = 2 if method is chapman else 3
    few = simulate(Population(40, (0.3,) * lists), np.random.default_rng(3))
    wanted = {caution.code for caution in table_cautions(few)}
    assert wanted and wanted <= {caution.code for caution in method(few).cautions}
    assert wanted <= {caution.code for caution in method(table=few).cautions}
