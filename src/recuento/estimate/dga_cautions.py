"""What limits an average over graphs, each said so that it can be printed beside the figure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from recuento.estimate.caution import Caution
from recuento.estimate.spread import Posterior
from recuento.values.bilingual import Bilingual

SATURATED_NOTED = 0.05
SATURATED_RULES = 0.5
BEYOND_NOTED = 0.001
BEYOND_RULES = 0.025
ERROR_NOTED = 1e-6


def cautions_of(
    posterior: Posterior, observed: int, diagnostics: Mapping[str, Any], include_saturated: bool, smooth_prior: bool
) -> tuple[Caution, ...]:
    """The cautions of one result of `dga`, gravest reasons first."""
    found = [
        _saturated(float(diagnostics["saturated_weight"]), include_saturated),
        _grid_end(diagnostics["grid"], smooth_prior),
        _near_ties(diagnostics["models"], observed),
        _delta_decides(diagnostics["delta_compared"] or [], posterior, observed),
        _no_mean(diagnostics["mean"]),
        _imprecise(float(diagnostics["log_mass_error"])),
    ]
    return tuple(caution for caution in found if caution)


def _saturated(weight: float, included: bool) -> Caution | None:
    if weight < SATURATED_NOTED or (not included and weight < SATURATED_RULES):
        return None
    percent = f"{100 * weight:.3g}"
    if included:
        return Caution(
            "prior_dominates",
            "do not report" if weight >= SATURATED_RULES else "warning",
            Bilingual(
                es=f"el {percent} % del peso recae en el modelo saturado, en el que los datos nada dicen de cuántos "
                "faltan: ahí la cifra es la distribución a priori; vea el resultado sin ese modelo",
                en=f"{percent} % of the weight falls on the saturated model, under which the data "
                "say nothing of how many "
                "are missing: there the figure is the prior; see the result without that model",
            ),
            "Madigan & York (1997)",
        )
    return Caution(
        "saturated_preferred",
        "warning",
        Bilingual(
            es=f"los datos prefieren el modelo saturado (tendría el {percent} % del peso), que nada "
            "dice de cuántos faltan; "
            "se dejó fuera, y la cifra depende de que alguna dependencia más simple baste",
            en=f"the data prefer the saturated model (it would have {percent} % of the weight), "
            "which says nothing of how "
            "many are missing; it was left out, and the figure rests on some simpler dependence being enough",
        ),
        "Madigan & York (1997)",
    )


def _grid_end(grid: Mapping[str, Any], smooth_prior: bool) -> Caution | None:
    beyond = float(grid["mass_beyond"]) if smooth_prior else float(grid["end_against_peak"])
    if beyond <= BEYOND_NOTED:
        return None
    if not smooth_prior:
        return Caution(
            "grid_end",
            "warning",
            Bilingual(
                es="la probabilidad no se ha apagado en el último N de su distribución a priori: ese límite decide",
                en="the probability has not died away at the last N of your prior: that limit decides",
            ),
        )
    share = f"{100 * beyond:.3g}"
    last = f"{grid['last_unseen']}"
    return Caution(
        "grid_end",
        "do not report" if beyond > BEYOND_RULES else "warning",
        Bilingual(
            es=f"el {share} % de la probabilidad queda más allá del límite de {last} no vistos; "
            "amplíe max_unseen u omítalo",
            en=f"{share} % of the probability lies beyond the limit of {last} unseen; raise max_unseen or leave it out",
        ),
    )


def _near_ties(models: list[Mapping[str, Any]], observed: int) -> Caution | None:
    """Models with at least a third of the best one's weight whose own N are far apart."""
    rivals = [row for row in models if row["weight"] and row["weight"] >= models[0]["weight"] / 3]
    unseen = [row["mean"] - observed for row in rivals]
    if len(rivals) < 2 or max(unseen) < 1.25 * max(min(unseen), 1.0):
        return None
    low = min(row["median"] for row in rivals)
    high = max(row["median"] for row in rivals)
    return Caution(
        "near_ties",
        "warning",
        Bilingual(
            es=f"{len(rivals)} modelos casi empatan y dan por separado de {low} a {high}: los datos "
            "no deciden entre ellos",
            en=f"{len(rivals)} models nearly tie and give {low} to {high} on their own: the data do "
            "not decide between them",
        ),
        "Silverman (2020)",
    )


def _delta_decides(compared: list[Mapping[str, float]], posterior: Posterior, observed: int) -> Caution | None:
    """Another usual delta puts the median outside the 95 % interval, or the unseen at half as many again."""
    low, high = posterior.interval(0.95)
    unseen = max(posterior.quantile(0.5) - observed, 1.0)
    off = [
        row
        for row in compared
        if not low <= row["median"] <= high or not unseen / 1.5 <= max(row["median"] - observed, 1.0) <= unseen * 1.5
    ]
    if not off:
        return None
    listed = "; ".join(f"delta {row['delta']:.4g}: {row['median']:.0f}" for row in off)
    return Caution(
        "delta_decides",
        "warning",
        Bilingual(
            es=f"la cifra depende de delta, la distribución a priori de las celdas: con otro valor "
            f"usual sería otra ({listed})",
            en=f"the figure depends on delta, the prior of the cells: another usual value gives another one ({listed})",
        ),
        "Madigan & York (1997)",
    )


def _no_mean(mean: float | None) -> Caution | None:
    if mean is not None:
        return None
    return Caution(
        "no_mean",
        "note",
        Bilingual(
            es="la cola es tan larga que N no tiene media finita; use la mediana y el intervalo",
            en="the tail is so long that N has no finite mean; use the median and the interval",
        ),
    )


def _imprecise(error: float) -> Caution | None:
    if error <= ERROR_NOTED:
        return None
    return Caution(
        "numerical_error",
        "note",
        Bilingual(
            es=f"las probabilidades son exactas hasta un error relativo de {error:.1g}",
            en=f"the probabilities are exact up to a relative error of {error:.1g}",
        ),
    )
