"""Draws of clusterings measured on simulated lists: do their intervals hold the truth, how far is the overlap table?

    python benchmarks/link_draws.py [--different] [--sets N] [--persons N] [--seed S] [--large PERSONS]

Lists are simulated from every preset in turn (`recuento.link.simulate`) or, with --different, made differently each
time (`link_different.py`), linked with default settings and no look at
the truth. Bars: the true number of persons inside the 90 % interval of the draws in 85 % of the sets; total variation
of the best clustering's overlap table against the truth at most .05 on average; expected calibration error at most
.03; pairwise F1 and B-cubed F1 at least .90 and .955 in the worst set; 200,000 entries drawn 100 times in a minute.
"""

from __future__ import annotations

import argparse
import tempfile
import time
import warnings
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
from link_different import different

from link import Longs, b_cubed, codes_of, pairwise
from recuento.link.calibration import reliability_against_truth
from recuento.link.draws import Draws, draw_clusterings
from recuento.link.entries import Entries
from recuento.link.link import link
from recuento.link.linkage import Linkage
from recuento.link.overlap import overlap_draws, overlap_of, total_variation
from recuento.link.simulate import Simulation, simulate
from recuento.link.simulate_presets import PRESETS, preset

INTERVAL = (5, 95)
INSIDE_LEAST, VARIATION_MAX, ECE_MAX, SECONDS_MAX = 0.85, 0.05, 0.03, 60.0
F1_LEAST, B_CUBED_LEAST = 0.90, 0.955


@dataclass(frozen=True, slots=True)
class Measured:
    """One set: persons in truth, at the best clustering and in the draws' interval; distances and times."""

    name: str
    entries: int
    truth: int
    best: int
    low: float
    middle: float
    high: float
    variation_best: float
    variation_draws: float
    calibration_error: float
    pairwise: float
    b_cubed: float
    link_seconds: float
    draw_seconds: float

    @property
    def inside(self) -> bool:
        """Whether the truth lies in the interval."""
        return self.low <= self.truth <= self.high


def main() -> int:
    """Measure and print; 1 where a bar is missed."""
    asked = _arguments()
    warnings.filterwarnings("ignore", category=UserWarning)
    print(
        f"{'set':<14}{'entries':>8}{'truth':>7}{'best':>7}   90 % of draws   in  TV best  TV draws"
        "    ECE  pairs  B-cubed  link s  draw s"
    )
    names = sorted(PRESETS)
    measured = []
    for place in range(asked.sets):
        name, seed = "different" if asked.different else names[place % len(names)], asked.seed + place
        # Sizes differ, so that no figure rests on one size.
        persons = asked.persons + asked.persons * (place % 5) // 8
        settings = different(persons, seed) if asked.different else preset(name, persons)
        measured.append(_measure(f"{name} {seed}", simulate(settings, seed), seed))
        _print(measured[-1])
    missed = _summary(measured)
    if asked.large:
        large = _measure("large plain", simulate(preset("plain", asked.large), asked.seed), asked.seed)
        _print(large)
        missed |= large.draw_seconds > SECONDS_MAX
    return int(missed)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--different", action="store_true", help="settings drawn at random instead of the presets")
    parser.add_argument("--sets", type=int, default=42)
    parser.add_argument("--persons", type=int, default=1_200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--large", type=int, default=0, help="also time a plain set of so many persons")
    return parser.parse_args()


def _measure(name: str, made: Simulation, seed: int) -> Measured:
    entries = Entries.of(made.entries)
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        linkage = link(entries, workspace=Path(folder))
    linked = time.perf_counter()
    draws = draw_clusterings(linkage, entries, seed=seed)
    drawn = time.perf_counter()
    return _compared(name, made, entries, linkage, draws, (linked - start, drawn - linked))


def _compared(
    name: str, made: Simulation, entries: Entries, linkage: Linkage, draws: Draws, seconds: tuple[float, float]
) -> Measured:
    low, middle, high = np.percentile(draws.persons(), [INTERVAL[0], 50, INTERVAL[1]]).tolist()
    best = overlap_of(linkage, entries)
    found, true = _both(linkage, made.truth)
    lists = list(best.lists)
    distances = [total_variation(one.table, made.captures, lists) for one in overlap_draws(draws, entries)]
    return Measured(
        name=name,
        entries=len(entries),
        truth=_persons(made.truth),
        best=best.persons,
        low=low,
        middle=middle,
        high=high,
        variation_best=total_variation(best.table, made.captures, lists),
        variation_draws=float(np.mean(distances)),
        calibration_error=reliability_against_truth(linkage, made.truth).error,
        pairwise=_f1(pairwise(found, true)),
        b_cubed=_f1(b_cubed(found, true)),
        link_seconds=seconds[0],
        draw_seconds=seconds[1],
    )


def _both(linkage: Linkage, truth: pa.Table) -> tuple[Longs, Longs]:
    """The person of each entry as found and in truth, as numbers."""
    person = dict(zip(truth["entry_id"].to_pylist(), truth["person_id"].to_pylist(), strict=True))
    true = codes_of([person[one] for one in linkage.clusters["entry_id"].to_pylist()])
    return codes_of(linkage.clusters["person"].to_pylist()), true


def _f1(scores: tuple[float, float]) -> float:
    return 2 * scores[0] * scores[1] / max(sum(scores), 1e-12)


def _persons(truth: pa.Table) -> int:
    return len(np.unique(truth["person_id"].to_numpy()))


def _print(one: Measured) -> None:
    print(
        f"{one.name:<14}{one.entries:>8}{one.truth:>7}{one.best:>7}   {one.low:>6.0f}-{one.high:<6.0f}"
        f"{'  yes' if one.inside else '   NO'}{one.variation_best:>9.3f}{one.variation_draws:>10.3f}"
        f"{one.calibration_error:>8.3f}{one.pairwise:>7.3f}{one.b_cubed:>9.3f}{one.link_seconds:>7.1f}{one.draw_seconds:>8.1f}",
        flush=True,
    )


def _summary(measured: list[Measured]) -> bool:
    if not measured:
        return False
    inside = float(np.mean([one.inside for one in measured]))
    variation = float(np.mean([one.variation_best for one in measured]))
    worst = max(measured, key=lambda one: one.variation_best)
    off = [(one.middle - one.truth) / one.truth for one in measured]
    print(f"truth inside the interval: {inside:.0%} of {len(measured)} sets (bar {INSIDE_LEAST:.0%})")
    print(f"middle of the draws against the truth: {np.mean(off):+.2%} on average, {np.abs(off).max():.2%} at worst")
    print(f"total variation, best clustering: {variation:.3f} (bar {VARIATION_MAX}), worst {worst.variation_best:.3f}")
    print(f"total variation, mean of draws: {np.mean([one.variation_draws for one in measured]):.3f}")
    error = [one.calibration_error for one in measured]
    print(f"expected calibration error: {np.mean(error):.4f} on average (bar {ECE_MAX}), {max(error):.4f} at worst")
    f1, cubed = min(one.pairwise for one in measured), min(one.b_cubed for one in measured)
    print(f"worst F1: pairwise {f1:.3f} (bar {F1_LEAST}), B-cubed {cubed:.3f} (bar {B_CUBED_LEAST})")
    met = (inside >= INSIDE_LEAST, variation <= VARIATION_MAX, float(np.mean(error)) <= ECE_MAX)
    return not (all(met) and f1 >= F1_LEAST and cubed >= B_CUBED_LEAST)


if __name__ == "__main__":
    raise SystemExit(main())
