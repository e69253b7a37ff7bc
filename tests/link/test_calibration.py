"""Reliability of probabilities: right ones are found right, wrong ones wrong, also from a biased review."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from small_linkages import entry_id, linkage_of

from recuento.errors import InvalidValue
from recuento.link.calibration import (
    calibration_warning,
    recalibration,
    reliability,
    reliability_against_truth,
    reliability_of_reviewed,
)
from recuento.link.decisions import PairDecision


def drawn_pairs(count: int, seed: int, *, slope: float = 1.0) -> tuple[np.ndarray, np.ndarray]:
    """Stated probabilities and truths whose true log odds are `slope` times those stated."""
    rng = np.random.default_rng(seed)
    odds = rng.normal(-2, 3, count)
    return 1 / (1 + np.exp(-odds)), rng.random(count) < 1 / (1 + np.exp(-slope * odds))


def test_right_probabilities_have_next_to_no_error():
    """Pairs that are one person exactly as often as stated show an error that chance explains, and no warning."""
    found = reliability(*drawn_pairs(40_000, 1))
    assert found.error < 0.01
    assert calibration_warning(found) is None
    assert sum(one.pairs for one in found.bins) == 40_000
    assert found.expected == pytest.approx(found.observed, abs=0.01)


def test_overconfident_probabilities_are_told():
    """Pairs half as sure as stated give a warning in both languages with the numbers in it."""
    found = reliability(*drawn_pairs(40_000, 2, slope=0.3))
    said = calibration_warning(found)
    assert said is not None
    assert f"{found.error:.3f}" in said.en and f"{found.error:.3f}".replace(".", ",") in said.es


def test_recalibrating_puts_them_right():
    """Fitted on one half, the new probabilities are right on the other; the slope found is the one built in."""
    stated, same = drawn_pairs(40_000, 3, slope=0.5)
    fitted = recalibration(stated[::2], same[::2])
    assert fitted.slope == pytest.approx(0.5, abs=0.04)
    assert reliability(fitted.apply(stated[1::2]), same[1::2]).error < 0.012
    nothing = recalibration(stated[:1], same[:1])
    assert abs(nothing.slope - 1) < 0.3


def test_a_review_of_uncertain_pairs_first_is_weighed_back():
    """Where uncertain pairs were reviewed ten times as often, reliability is that of all pairs, not of the reviewed."""
    rng = np.random.default_rng(5)
    count = 6_000
    weights = rng.normal(-4, 5, count)
    pairs = [(2 * number, 2 * number + 1, float(weight)) for number, weight in enumerate(weights)]
    linkage = linkage_of(2 * count, pairs)
    stated = linkage.pairs["probability"].to_numpy()
    same = rng.random(count) < stated
    uncertain = np.minimum(stated, 1 - stated) > 0.05
    reviewed = np.flatnonzero(rng.random(count) < np.where(uncertain, 0.8, 0.08))
    decided = [
        PairDecision(entry_id(2 * n + 1), entry_id(2 * n), "yes" if same[n] else "no") for n in reviewed.tolist()
    ]
    whole, part = reliability(stated, same), reliability_of_reviewed(linkage, decided)
    assert part.judged == len(reviewed)
    assert part.reached > 0.99
    assert part.expected == pytest.approx(whole.expected, abs=0.02)
    assert part.brier == pytest.approx(whole.brier, abs=0.02)
    assert stated[reviewed].mean() > whole.expected + 0.05


def test_truth_and_answers_give_the_same_reliability():
    """Answering every pair as the truth has it is the same as handing in the truth."""
    pairs = [(0, 1, 3.0), (0, 2, -2.0), (1, 2, 0.5), (3, 4, 1.0)]
    linkage = linkage_of(5, pairs)
    truth = pa.table({"entry_id": [entry_id(n) for n in range(5)], "person_id": [7, 7, 7, 8, 9]})
    persons = [7, 7, 7, 8, 9]
    decided = [PairDecision(entry_id(a), entry_id(b), "yes" if persons[a] == persons[b] else "no") for a, b, _ in pairs]
    assert reliability_against_truth(linkage, truth) == reliability_of_reviewed(linkage, decided)


def test_unsure_says_nothing():
    """Pairs left open are not judged, and no answers at all give an empty result, no warning."""
    linkage = linkage_of(2, [(0, 1, 1.0)])
    found = reliability_of_reviewed(linkage, [PairDecision(entry_id(0), entry_id(1), "unsure")])
    assert found.judged == 0 and calibration_warning(found) is None


def test_what_is_no_probability_is_refused():
    """A probability above 1, or answers that do not match in number, are refused."""
    with pytest.raises(InvalidValue):
        reliability([1.2], [1])
    with pytest.raises(InvalidValue):
        reliability([0.2, 0.3], [1])
    with pytest.raises(InvalidValue):
        recalibration([], [])
