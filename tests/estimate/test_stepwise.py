"""Stepwise selection against SparseMSE's stored outputs, a slow second opinion, and degenerate tables."""

from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import poisson

from mse_reference import FOLDER, needs_reference, r_outputs, table
from recuento.errors import InvalidValue
from recuento.estimate.existence import existence
from recuento.estimate.result import NotEstimable
from recuento.estimate.sparse import fit_sparse
from recuento.estimate.stepwise_selection import stepwise
from recuento.estimate.table import CaptureTable

STORED = [name for name, peers in r_outputs().items() if "sparsemse" in peers] if FOLDER.is_dir() else []
BOOTED = [name for name in STORED if r_outputs()[name]["sparsemse"].get("bootstrap", {}).get("nboot", 0) >= 50]


@st.composite
def overlaps(draw: st.DrawFn) -> CaptureTable:
    """Tables of 1 to 4 lists, mostly empty, sometimes huge."""
    lists = draw(st.integers(1, 4))
    cell = st.one_of(st.just(0), st.integers(0, 4), st.integers(0, 10**7))
    counts = draw(st.lists(cell, min_size=(1 << lists) - 1, max_size=(1 << lists) - 1))
    marks = [[code >> j & 1 for j in range(lists)] for code in range(1, 1 << lists)]
    return CaptureTable.from_patterns(marks, counts)


def slow_stepwise(people: CaptureTable, threshold: float) -> tuple[list[int], float]:
    """The selection written out: p-values by scipy, the check by `existence`, each model fitted from the start."""
    singles = [1 << at for at in range(people.list_count)]
    waiting = [1 << a | 1 << b for a, b in combinations(range(people.list_count), 2)]
    chosen: list[int] = []
    while True:
        fitted = _fitted_cells(people, [*singles, *chosen])
        tails = []
        for pair in waiting:
            both = people.counts[(people.codes & pair) == pair].sum()
            mean = sum(value for code, value in fitted.items() if code & pair == pair)
            p_value = min(poisson.cdf(both, mean), poisson.sf(both - 1, mean))
            tails.append((round(p_value, 12), waiting.index(pair), pair))  # ties go to the first pair
        passing = [pair for p, _, pair in sorted(tails) if p < threshold and _passes(people, [*singles, *chosen, pair])]
        if not passing:
            return chosen, people.people + fitted[0]
        chosen.append(passing[0])
        waiting.remove(passing[0])


def _passes(people: CaptureTable, terms: list[int]) -> bool:
    return existence(people, terms).passes


def _fitted_cells(people: CaptureTable, terms: list[int]) -> dict[int, float]:
    from recuento.estimate.generators import from_terms

    coefficients = fit_sparse(people, from_terms(terms)).coefficients
    return {
        code: float(np.exp(sum(value for term, value in coefficients.items() if code & term == term)))
        for code in range(1 << people.list_count)
    }


@needs_reference
@pytest.mark.parametrize("name", STORED)
@pytest.mark.parametrize("threshold", ["0", "0.001", "0.02", "0.05"])
def test_estimate_and_pairs_are_those_of_sparsemse(name: str, threshold: str) -> None:
    """The same pairs in the same order, the same N within 1e-6."""
    peer = r_outputs()[name]["sparsemse"][f"stepwise_p{threshold}"]
    found = stepwise(table(name), threshold=float(threshold), replicates=20)
    pairs = [term.replace(":", " + ") for term in peer["coef"] if ":" in term]
    assert [pair for pair in found.diagnostics["pairs"] if pair in pairs] == pairs
    assert found.point == pytest.approx(peer["estimate"], rel=1e-6)


@needs_reference
@pytest.mark.parametrize("name", BOOTED)
def test_resamples_are_those_of_sparsemse(name: str) -> None:
    """The acceleration within 1e-6; the stored quantiles within three Monte Carlo errors of our distribution."""
    peer = r_outputs()[name]["sparsemse"]["bootstrap"]
    found = stepwise(table(name), replicates=10_000, seed=5)
    assert found.diagnostics["acceleration"] == pytest.approx(peer["ahat"], abs=1e-6)
    ours = found.spread.limits_at.__self__.estimates  # type: ignore[attr-defined]
    for percent, value in peer["boot_quantiles"].items():
        share = float(percent.rstrip("%")) / 100
        error = np.sqrt(share * (1 - share) * (1 / peer["nboot"] + 1 / len(ours)))
        below, up_to = np.mean(ours < value * (1 - 1e-9)), np.mean(ours <= value * (1 + 1e-9))
        assert below - 3 * error <= share + 0.5 / peer["nboot"] and up_to + 3 * error >= share - 0.5 / peer["nboot"]


@needs_reference
def test_new_orleans_as_published() -> None:
    """1034 (589-1703) from 185 people; the lower limit is the least of a thousand resamples, as the caution says."""
    found = stepwise(table("neworleans_5_185"), replicates=1000, seed=1)
    low, high = found.interval(0.95)
    assert round(found.point) == 1034
    assert low == pytest.approx(589, rel=0.2) and high == pytest.approx(1703, rel=0.15)
    assert "limit_outermost" in [caution.code for caution in found.cautions]


@given(overlaps())
@settings(max_examples=60, deadline=None)
def test_any_table_gives_a_result_or_a_clear_refusal(people: CaptureTable) -> None:
    """Never another exception, never NaN, never fewer than were seen."""
    try:
        found = stepwise(people, replicates=20)
    except NotEstimable as refusal:
        assert refusal.es and refusal.en
        return
    assert found.point >= people.people * (1 - 1e-12) and np.isfinite(found.point)
    assert not np.isnan(found.interval(0.95)).any()
    found.to_json()


@given(st.lists(st.integers(0, 25), min_size=7, max_size=7))
@settings(max_examples=40, deadline=None)
def test_the_fast_selection_is_the_slow_one(counts: list[int]) -> None:
    """Pairs and N agree with the selection written out."""
    marks = [[code >> j & 1 for j in range(3)] for code in range(1, 8)]
    people = CaptureTable.from_patterns(marks, counts)
    try:
        found = stepwise(people, threshold=0.1, replicates=20)
    except NotEstimable:
        return
    pairs, total = slow_stepwise(people, 0.1)
    assert found.diagnostics["pairs"] == [people.pattern_words(pair) for pair in pairs]
    assert found.point == pytest.approx(total, rel=1e-6)


def test_same_seed_same_limits_other_seed_others() -> None:
    """Chance comes from the seed alone."""
    people = CaptureTable.from_patterns([[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [1, 0, 1]], [40, 30, 20, 6, 3])

    def limits(seed: int) -> Any:
        return stepwise(people, replicates=200, seed=seed).interval(0.8)

    assert limits(3) == limits(3) != limits(4)


def test_lists_that_never_met_have_no_pair() -> None:
    """A structural zero is not chosen as an empty overlap."""
    people = CaptureTable.from_patterns(
        [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 0, 1], [0, 1, 1]],
        [400, 300, 200, 60, 30],
        lists=["a", "b", "c"],
        never_met=[("a", "b")],
    )
    found = stepwise(people, replicates=50)
    assert "a + b" not in found.diagnostics["pairs"]
    assert "empty_overlaps" not in [caution.code for caution in found.cautions]


def test_lists_that_never_meet_are_refused_with_a_way_out() -> None:
    """Without any overlap there is no finite estimate."""
    people = CaptureTable.from_patterns([[1, 0, 0], [0, 1, 0], [0, 0, 1]], [40, 30, 20])
    with pytest.raises(NotEstimable, match="lower bound"):
        stepwise(people)


def test_an_empty_overlap_in_the_model_is_named() -> None:
    """A pair chosen because nobody is on both is told to the reader."""
    people = CaptureTable.from_patterns(
        [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 0, 1], [0, 1, 1]], [90, 90, 90, 30, 30], lists=["a", "b", "c"]
    )
    found = stepwise(people, replicates=100)
    said = {caution.code: caution.words.en for caution in found.cautions}
    assert "a + b" in said["empty_overlaps"]


@pytest.mark.parametrize("options", [{"threshold": -0.1}, {"threshold": 0.7}, {"replicates": 5}])
def test_options_out_of_range_are_refused(options: dict[str, Any]) -> None:
    """The message names the option and its range."""
    people = CaptureTable.from_patterns([[1, 0, 0], [0, 1, 0], [1, 1, 1]], [40, 30, 20])
    with pytest.raises(InvalidValue):
        stepwise(people, **options)
