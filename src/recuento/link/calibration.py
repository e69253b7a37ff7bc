"""Whether a probability of 0.9 is right nine times in ten: measured against the truth or against reviewed pairs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import ArrayLike, NDArray

from recuento.errors import InvalidValue
from recuento.link.decisions import PairDecision
from recuento.link.linkage import Linkage
from recuento.values.bilingual import Bilingual

EDGES: tuple[float, ...] = (0.0, 0.001, 0.01, 0.05, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.95, 0.99, 0.999, 1.0)
"""Bins narrow at both ends, where most pairs lie and where errors hurt."""

ERROR_MAX = 0.03
"""The expected calibration error beyond which a warning is given."""

_FEWEST = 30
"""Answers below which nothing is said about calibration."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """Pairs with a probability from `low` to below `high`: how many, what was expected of them, what was found."""

    low: float
    high: float
    pairs: float
    """How many pairs the bin stands for."""
    judged: int
    """How many of them were judged."""
    expected: float
    observed: float
    standard_error: float


@dataclass(frozen=True, slots=True)
class Reliability:
    """How far probabilities are from what was found, over all bins that have a judged pair.

    `error` is the expected calibration error (mean distance, weighted by pairs), `brier` and `log_loss` the usual
    scores in nats; `expected` and `observed` the share of pairs that are one person; `reached` the share of all
    pairs that lie in bins with a judged pair.
    """

    bins: tuple[ReliabilityBin, ...]
    error: float
    brier: float
    log_loss: float
    expected: float
    observed: float
    judged: int
    reached: float

    @property
    def noise(self) -> float:
        """The error to be expected by chance alone from so few judged pairs, were all probabilities right."""
        total = sum(one.pairs for one in self.bins if one.judged)
        # The mean distance of a normal quantity from its mean is sqrt(2 / pi) standard deviations.
        return sum(one.pairs * one.standard_error for one in self.bins if one.judged) * 0.798 / total if total else 0.0

    def table(self) -> pa.Table:
        """The bins as a table."""
        names = ("low", "high", "pairs", "judged", "expected", "observed", "standard_error")
        return pa.table({name: [getattr(one, name) for one in self.bins] for name in names})


def reliability(probabilities: ArrayLike, same: ArrayLike, *, edges: Sequence[float] = EDGES) -> Reliability:
    """Reliability where every pair is judged: `same` is 1 where the two entries are one person."""
    chances, answers = _checked(probabilities, same)
    return _reliability(chances, chances, answers, edges)


def reliability_against_truth(linkage: Linkage, truth: pa.Table, *, edges: Sequence[float] = EDGES) -> Reliability:
    """Reliability of all compared pairs against a table of entry_id and person_id."""
    person = {}
    for side in ("left", "right"):
        places = pc.index_in(linkage.pairs[side], truth["entry_id"].combine_chunks())
        person[side] = pc.take(truth["person_id"], places)
    same = pc.fill_null(pc.equal(person["left"], person["right"]), False)
    return reliability(linkage.pairs["probability"].to_numpy(), same.to_numpy(), edges=edges)


def reliability_of_reviewed(
    linkage: Linkage, decisions: Iterable[PairDecision], *, edges: Sequence[float] = EDGES
) -> Reliability:
    """Reliability in a casefile, from pairs that persons answered yes or no.

    Reviewed pairs are no random sample: uncertain ones come first. Within a bin they are taken to stand for its
    pairs, and every bin weighs as many pairs as it has, reviewed or not. "unsure" says nothing either way.
    """
    chances = linkage.pairs["probability"].to_numpy()
    places, answers = _answered(linkage, decisions)
    return _reliability(chances, chances[places], answers, edges)


def calibration_warning(found: Reliability, *, most: float = ERROR_MAX) -> Bilingual | None:
    """What to tell the user where the probabilities are off by more than `most` and more than chance explains."""
    if found.judged < _FEWEST or found.error <= max(most, 2 * found.noise):
        return None
    worst = max((b for b in found.bins if b.judged), key=lambda b: b.pairs * abs(b.expected - b.observed))
    high = found.expected > found.observed
    return Bilingual(
        es=f"Las probabilidades de vínculo no son fiables aquí: se apartan {_es(found.error)} en promedio de lo que "
        f"resultó en {found.judged} pares revisados (se tolera {_es(most)}). Dicen que son la misma persona el "
        f"{_es(found.expected * 100, 1)} % de los pares y lo es el {_es(found.observed * 100, 1)} %: son "
        f"{'demasiado altas' if high else 'demasiado bajas'}. Donde más pesa, entre {_es(worst.low, 3)} y "
        f"{_es(worst.high, 3)}, se esperaba {_es(worst.expected)} y resultó {_es(worst.observed)}. Revise más pares "
        "o recalibre antes de citar una estimación.",
        en=f"The probabilities of links are off here: on average {found.error:.3f} from what {found.judged} judged "
        f"pairs showed ({most:.3f} is tolerated). They say that {found.expected * 100:.1f} % of pairs are one "
        f"person, and {found.observed * 100:.1f} % are: they are too {'high' if high else 'low'}. Where it weighs "
        f"most, from {worst.low:.3f} to {worst.high:.3f}, {worst.expected:.3f} was expected and "
        f"{worst.observed:.3f} found. Review more pairs or recalibrate before quoting an estimate.",
    )


@dataclass(frozen=True, slots=True)
class Recalibration:
    """New log2 odds = `shift` + `slope` x old log2 odds (Platt's scaling of the weight)."""

    shift: float
    slope: float

    def apply(self, probabilities: ArrayLike) -> Floats:
        """The probabilities put right."""
        odds = self.shift + self.slope * _log_odds(np.asarray(probabilities, dtype=float))
        return np.asarray(1 / (1 + np.exp2(-odds)))


def recalibration(probabilities: ArrayLike, same: ArrayLike, weights: ArrayLike | None = None) -> Recalibration:
    """The shift and slope that fit judged pairs best, held towards no change where there are few of them.

    Raises InvalidValue where nothing was judged.
    """
    chances, answers = _checked(probabilities, same)
    if not len(chances):
        raise InvalidValue("no pair was judged; review some first", "no se juzgó ningún par; revise algunos primero")
    odds = _log_odds(chances) * np.log(2)
    shares = np.ones(len(odds)) if weights is None else np.asarray(weights, dtype=float)
    found = np.array([0.0, 1.0])
    design = np.column_stack([np.ones(len(odds)), odds])
    for _ in range(100):
        expected = 1 / (1 + np.exp(-np.clip(design @ found, -700, 700)))
        pull = design.T @ (shares * (answers - expected)) - _HOLD * (found - _NO_CHANGE)
        curve = (design * (shares * expected * (1 - expected))[:, None]).T @ design + np.diag(_HOLD)
        step = np.linalg.solve(curve, pull)
        step *= min(1.0, 2.0 / max(1e-12, float(np.abs(step).max())))
        found = found + step
        if float(np.abs(step).max()) < 1e-10:
            break
    return Recalibration(float(found[0] / np.log(2)), float(found[1]))


_HOLD = np.array([2.0, 25.0])
_NO_CHANGE = np.array([0.0, 1.0])


def _es(number: float, places: int = 3) -> str:
    return f"{number:.{places}f}".replace(".", ",")


def _log_odds(probabilities: Floats) -> Floats:
    clipped = np.clip(probabilities, 1e-12, 1 - 1e-12)
    return np.asarray(np.log2(clipped / (1 - clipped)))


def _checked(probabilities: ArrayLike, same: ArrayLike) -> tuple[Floats, Floats]:
    chances, answers = np.asarray(probabilities, dtype=float), np.asarray(same, dtype=float)
    if chances.shape != answers.shape or not ((chances >= 0) & (chances <= 1)).all():
        raise InvalidValue(
            "there must be as many answers as probabilities, each probability from 0 to 1",
            "debe haber tantas respuestas como probabilidades, cada probabilidad de 0 a 1",
        )
    return chances, answers


def _answered(linkage: Linkage, decisions: Iterable[PairDecision]) -> tuple[NDArray[Any], Floats]:
    answers = {d.pair: float(d.answer == "yes") for d in decisions if d.answer != "unsure"}
    if not answers:
        return np.zeros(0, dtype=np.int64), np.zeros(0)
    wanted = pa.array([f"{left}\x1f{right}" for left, right in answers], pa.string())
    keys = pc.binary_join_element_wise(linkage.pairs["left"], linkage.pairs["right"], "\x1f")
    places = pc.index_in(wanted, keys.combine_chunks()).to_numpy(zero_copy_only=False)
    given = np.array(list(answers.values()))
    known = ~np.isnan(places.astype(float))
    return places[known].astype(np.int64), given[known]


def _reliability(all_pairs: Floats, judged: Floats, same: Floats, edges: Sequence[float]) -> Reliability:
    inner = np.asarray(edges[1:-1], dtype=float)
    bin_of_all, bin_of_judged = np.digitize(all_pairs, inner), np.digitize(judged, inner)
    sizes = np.bincount(bin_of_all, minlength=len(inner) + 1).astype(float)
    counts = np.bincount(bin_of_judged, minlength=len(inner) + 1)
    bins = []
    weights = np.zeros(len(judged))
    for place, (low, high) in enumerate(pairwise(edges)):
        here = bin_of_judged == place
        if not counts[place]:
            bins.append(ReliabilityBin(low, high, float(sizes[place]), 0, 0.0, 0.0, 0.0))
            continue
        weights[here] = sizes[place] / counts[place]
        expected, observed = float(judged[here].mean()), float(same[here].mean())
        error = float(np.sqrt((judged[here] * (1 - judged[here])).sum()) / counts[place])
        bins.append(ReliabilityBin(low, high, float(sizes[place]), int(counts[place]), expected, observed, error))
    return _summary(tuple(bins), judged, same, weights, float(sizes.sum()))


def _summary(bins: tuple[ReliabilityBin, ...], judged: Floats, same: Floats, weights: Floats,
             pairs: float) -> Reliability:  # fmt: skip
    total = float(weights.sum())
    if not total:
        return Reliability(bins, 0.0, 0.0, 0.0, 0.0, 0.0, 0, 0.0)
    share = weights / total
    clipped = np.clip(judged, 1e-12, 1 - 1e-12)
    losses = -(same * np.log(clipped) + (1 - same) * np.log(1 - clipped))
    return Reliability(
        bins=bins,
        error=sum(b.pairs * abs(b.expected - b.observed) for b in bins if b.judged) / total,
        brier=float((share * (judged - same) ** 2).sum()),
        log_loss=float((share * losses).sum()),
        expected=float((share * judged).sum()),
        observed=float((share * same).sum()),
        judged=len(judged),
        reached=total / pairs if pairs else 0.0,
    )
