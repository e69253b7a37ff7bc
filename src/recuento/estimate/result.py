"""One type for what every method gives back: what it found, and how that is told."""

from __future__ import annotations

from dataclasses import dataclass

from recuento.estimate.outcome import LEVELS, NotEstimable, Outcome, WeightedModel
from recuento.estimate.report import report
from recuento.values.bilingual import Language

__all__ = ["LEVELS", "Estimate", "NotEstimable", "WeightedModel"]


@dataclass(frozen=True, slots=True, eq=False)
class Estimate(Outcome):
    """How many there are in all, as one method sees it. Never a bare point: `spread` is always there."""

    def report(self, language: Language = "es") -> str:
        """What can be quoted, with what the method cannot know."""
        return report(self, language)

    def plot(self, language: Language = "es") -> str:
        """An SVG picture of the estimate: n, the interval, the posterior where there is one."""
        from recuento.estimate.chart import estimate_chart  # Only who draws needs it.

        return estimate_chart(self, language)
