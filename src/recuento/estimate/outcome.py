"""What every method finds: N with its uncertainty, what was assumed, what limits it. `result` adds how it is told."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from recuento.errors import RecuentoError
from recuento.estimate.caution import Caution, Gravity, gravest
from recuento.estimate.spread import Draws, IntervalKind, Posterior, Spread
from recuento.values.bilingual import Bilingual

LEVELS = (0.5, 0.8, 0.9, 0.95)
"""The levels written out in JSON and in tables."""


class NotEstimable(RecuentoError):
    """The method cannot say anything of this table; the message says why and what can be done instead."""

    exit_code = 3

    def __init__(self, en: str, es: str, cautions: Sequence[Caution] = ()) -> None:
        super().__init__(en, es)
        self.cautions = tuple(cautions)


@dataclass(frozen=True, slots=True)
class WeightedModel:
    """One model among those that were looked at: its name, its share or criterion, and the N it gives alone.

    `weight` is a posterior probability or an Akaike/BIC weight (0 to 1); `criterion` the AIC or BIC itself.
    """

    name: str
    weight: float | None
    estimate: float | None
    criterion: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """What a method found: how many there are in all, never a bare point. `Estimate` is this with its words.

    `method` is the stable name ("dga", "lcmcr" ...), `title` its words. `observed` is n, the people on some
    list; `point` is N, seen and unseen, by the method's own convention (posterior median, maximum likelihood), named
    in `point_kind`. Where `only_a_bound`, N is a lower bound and the truth may lie far above it. `settings` holds
    what can be set (priors too), `diagnostics` what the computation says of itself; both hold plain values that
    JSON can carry. `table` is the digest of the table that was used, `references` the papers.
    """

    method: str
    title: Bilingual
    lists: tuple[str, ...]
    observed: int
    point: float
    point_kind: Bilingual
    spread: Spread
    assumptions: tuple[Bilingual, ...]
    cautions: tuple[Caution, ...] = ()
    models: tuple[WeightedModel, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)
    diagnostics: Mapping[str, Any] = field(default_factory=dict)
    seed: int | None = None
    table: str = ""
    only_a_bound: bool = False
    references: tuple[str, ...] = ()

    @property
    def unseen(self) -> float:
        """n_0: the point less the people on some list."""
        return self.point - self.observed

    @property
    def gravity(self) -> Gravity | None:
        """The gravest of the cautions."""
        return gravest(self.cautions)

    def interval(self, level: float = 0.95, kind: IntervalKind = "equal") -> tuple[float, float]:
        """The interval of N at a level; what kind of interval it is, `spread.kind` says."""
        low, high = self.spread.interval(level, kind)
        return max(low, float(self.observed)), high

    def unseen_interval(self, level: float = 0.95, kind: IntervalKind = "equal") -> tuple[float, float]:
        """The interval of the people on no list."""
        low, high = self.interval(level, kind)
        return low - self.observed, high - self.observed

    def draws(self, size: int = 10_000, seed: int = 0) -> NDArray[np.float64]:
        """`size` draws of N: of the posterior, or of the confidence distribution. The same for the same seed."""
        return np.maximum(self.spread.draws(size, np.random.default_rng(seed)), self.observed)

    def with_cautions(self, *more: Caution) -> Self:
        """The same estimate with further cautions, none twice."""
        known = {caution.code for caution in self.cautions}
        return replace(self, cautions=self.cautions + tuple(each for each in more if each.code not in known))

    def to_dict(self) -> dict[str, Any]:
        """Everything as plain values, for JSON. Infinite ends are None."""
        return {
            "method": self.method,
            "title": {"es": self.title.es, "en": self.title.en},
            "lists": list(self.lists),
            "observed": self.observed,
            "point": _finite(self.point),
            "point_kind": {"es": self.point_kind.es, "en": self.point_kind.en},
            "only_a_bound": self.only_a_bound,
            "interval_kind": self.spread.kind,
            "intervals": [
                {"level": level, "low": _finite(low), "high": _finite(high)}
                for level in LEVELS
                for low, high in [self.interval(level)]
            ],
            "assumptions": [{"es": words.es, "en": words.en} for words in self.assumptions],
            "cautions": [
                {
                    "code": each.code,
                    "gravity": each.gravity,
                    "es": each.words.es,
                    "en": each.words.en,
                    "source": each.source,
                }
                for each in self.cautions
            ],
            "models": [
                {
                    "name": each.name,
                    "weight": _finite(each.weight),
                    "estimate": _finite(each.estimate),
                    "criterion": _finite(each.criterion),
                }
                for each in self.models
            ],
            "settings": dict(self.settings),
            "diagnostics": dict(self.diagnostics),
            "seed": self.seed,
            "table": self.table,
            "references": list(self.references),
        }

    def to_json(self) -> str:
        """`to_dict` as JSON text, keys in a fixed order."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=2, allow_nan=False)

    def to_frame(self, levels: Sequence[float] = LEVELS) -> Any:
        """A pandas DataFrame with a row per level: method, observed, point, level, low, high, interval kind.

        Raises NeedsExtra where pandas is not installed.
        """
        from recuento.estimate.extras import imported

        rows = [
            {
                "method": self.method,
                "observed": self.observed,
                "point": self.point,
                "level": level,
                "low": low,
                "high": high,
                "interval_kind": self.spread.kind,
                "only_a_bound": self.only_a_bound,
            }
            for level in levels
            for low, high in [self.interval(level)]
        ]
        return imported("pandas").DataFrame(rows)

    def to_inference_data(self) -> Any:
        """What ArviZ reads: the posterior of `N` and `n0`, chains by draws. Raises NeedsExtra without ArviZ.

        A posterior kept as probabilities is given as 4,000 independent draws in four chains.
        """
        from recuento.estimate.extras import imported

        if isinstance(self.spread, Draws):
            values = np.atleast_2d(self.spread.values)
        else:
            values = self.draws(4000).reshape(4, 1000)
        return imported("arviz").from_dict(posterior={"N": values, "n0": values - self.observed})

    @property
    def posterior(self) -> Posterior | None:
        """The posterior as probabilities of whole numbers, where the method gives one."""
        return self.spread if isinstance(self.spread, Posterior) else None


def _finite(value: float | None) -> float | None:
    return float(value) if value is not None and np.isfinite(value) else None
