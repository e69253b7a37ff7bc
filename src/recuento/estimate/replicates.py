"""Several tables of the same people (draws of the linkage, imputations) made one result.

After Rubin (1987) on the logarithm of the unseen, as the human-rights field does (HRDAG's verdata):
with m tables, W the mean variance within a table, B the variance between tables, T = W + (m + 1)/m B, and
(m - 1)(1 + W / ((m + 1) B))^2 degrees of freedom.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t as student

from recuento.errors import InvalidValue
from recuento.estimate.caution import Caution
from recuento.estimate.result import Estimate
from recuento.estimate.spread import Limits
from recuento.values.bilingual import Bilingual

NOBODY = 0.1
"""Nobody unseen counts as this many, so that there is a logarithm."""

LINKAGE_SHARE_MAX = 0.5


@dataclass(frozen=True, slots=True)
class Replicate:
    """What a table contributes: n and the mean of N - n, and the mean and variance of log(N - n)."""

    observed: float
    mean_unseen: float
    mean_log_unseen: float
    var_log_unseen: float

    @classmethod
    def of(cls, estimate: Estimate, draws: int = 10_000) -> Replicate:
        """The replicate of an estimate, from `draws` of it."""
        unseen = np.maximum(estimate.draws(draws) - estimate.observed, 0.0)
        logs = np.log(np.where(unseen == 0, NOBODY, unseen))
        return cls(estimate.observed, float(unseen.mean()), float(logs.mean()), float(logs.var(ddof=1)))


@dataclass(frozen=True, slots=True)
class Combined:
    """Replicates combined: the point, limits for any level, and the share of the variance that lies between them."""

    observed: float
    point: float
    centre: float
    scale: float
    degrees: float
    share_between: float

    def limits_at(self, level: float) -> tuple[float, float]:
        """Both limits of N at a level: n plus the exponential of the limits of log n_0."""
        quantile = student.ppf((1 + level) / 2, self.degrees) if np.isfinite(self.degrees) else _normal((1 + level) / 2)
        low, high = self.centre - quantile * self.scale, self.centre + quantile * self.scale
        return self.observed + float(np.exp(low)), self.observed + float(np.exp(min(high, 700.0)))


def combined(replicates: Sequence[Replicate]) -> Combined:
    """The replicates by Rubin's rules on log n_0. Raises InvalidValue without any."""
    if not replicates:
        raise InvalidValue(en="no replicates to combine", es="no hay réplicas que combinar")
    means: NDArray[np.float64] = np.asarray([each.mean_log_unseen for each in replicates])
    within = float(np.mean([each.var_log_unseen for each in replicates]))
    count = len(replicates)
    between = float(means.var(ddof=1)) if count > 1 else 0.0
    total = within + (count + 1) / count * between
    degrees = (count - 1) * (1 + within / ((count + 1) * between)) ** 2 if between > 0 else float("inf")
    observed = float(np.mean([each.observed for each in replicates]))
    return Combined(
        observed=observed,
        point=observed + float(np.mean([each.mean_unseen for each in replicates])),
        centre=float(means.mean()),
        scale=float(np.sqrt(total)),
        degrees=degrees,
        share_between=(count + 1) / count * between / total if total > 0 else 0.0,
    )


def combine(estimates: Sequence[Estimate]) -> Estimate:
    """One estimate out of the same method on several tables of the same people, e.g. draws of the linkage.

    `diagnostics["share_between"]` is the part of the variance of log n_0 that is due to the tables differing
    (to linkage, where they are draws of it). Raises InvalidValue without
    estimates or where they differ in method or lists.
    """
    if not estimates or len({(each.method, each.lists) for each in estimates}) != 1:
        raise InvalidValue(
            en="combine estimates of one method on the same lists, at least one",
            es="combine estimaciones de un mismo método sobre las mismas listas, al menos una",
        )
    result = combined([Replicate.of(each) for each in estimates])
    first = estimates[0]
    observed = round(result.observed)
    return Estimate(
        method=first.method,
        title=first.title,
        lists=first.lists,
        observed=observed,
        point=result.point,
        point_kind=Bilingual(es="media de las tablas", en="mean over the tables"),
        spread=Limits(result.limits_at, result.observed + float(np.exp(result.centre)), "combined replicates"),
        assumptions=(
            *first.assumptions,
            Bilingual(
                es=f"{len(estimates)} tablas de las mismas personas, cada una tan buena como las otras",
                en=f"{len(estimates)} tables of the same people, each as good as the others",
            ),
        ),
        cautions=(*_most_common(estimates), *_linkage_caution(result.share_between)),
        settings={**first.settings, "tables": len(estimates)},
        diagnostics={
            "tables": len(estimates),
            "share_between": result.share_between,
            "observed_low": min(each.observed for each in estimates),
            "observed_high": max(each.observed for each in estimates),
        },
        seed=first.seed,
        table=first.table,
        only_a_bound=first.only_a_bound,
        references=(*first.references, "Rubin (1987)"),
    )


def _most_common(estimates: Sequence[Estimate]) -> list[Caution]:
    """Cautions that at least a tenth of the tables call for."""
    found: dict[str, list[Caution]] = {}
    for each in estimates:
        for caution in each.cautions:
            found.setdefault(caution.code, []).append(caution)
    return [cautions[0] for cautions in found.values() if len(cautions) * 10 >= len(estimates)]


def _linkage_caution(share: float) -> list[Caution]:
    if share < LINKAGE_SHARE_MAX:
        return []
    return [
        Caution(
            "linkage_decides",
            "warning",
            Bilingual(
                es=f"el {share:.0%} de la incertidumbre viene de no saber qué registros son la misma persona: "
                "revise más pares",
                en=f"{share:.0%} of the uncertainty comes from not knowing which records are the same person: "
                "review more pairs",
            ),
            "Sadinle (2018)",
        )
    ]


def _normal(share: float) -> float:
    from scipy.stats import norm

    return float(norm.ppf(share))
