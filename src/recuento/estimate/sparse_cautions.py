"""What must be told of an estimate from a sparse table: one person that decides, empty overlaps, near ties."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from recuento.estimate.bca import Replicates
from recuento.estimate.caution import Caution
from recuento.estimate.result import WeightedModel
from recuento.estimate.sparse_bootstrap import Bootstrapped
from recuento.estimate.sparse_ground import SparseGround
from recuento.values.bilingual import Bilingual

ONE_PERSON_MAX = 0.2
"""A point that one person moves by more than this share must not be quoted without saying so."""

TIE_WITHIN = 2.0
"""BIC that differ by less are no evidence for one model against the other (Kass and Raftery 1995)."""

TIE_APART = 0.1
"""Tied models whose totals differ by less than this share tell the same story."""

LOST_MAX = 0.05
"""More resamples without a finite estimate than this share make the upper limit a guess."""

_SPARSE = "Chan, Silverman and Vincent (2021)"


def bootstrap_cautions(ground: SparseGround, result: Bootstrapped) -> tuple[Caution, ...]:
    """What the resamples warn of."""
    found = (
        _one_person(ground, result),
        _lost(result),
        _lopsided(result.replicates) or _outermost(result.replicates),
    )
    return tuple(caution for caution in found if caution is not None)


def empty_overlaps(ground: SparseGround, terms: Sequence[int]) -> Caution | None:
    """The combinations of lists in the model on which nobody is."""
    codes = ground.table.codes
    empty = [term for term in terms if term and not bool(((codes & term) == term).any()) and ground.has_cells(term)]
    smallest = [term for term in empty if not any(other != term and other & term == other for other in empty)]
    if not smallest:
        return None
    names = "; ".join(ground.table.pattern_words(term) for term in smallest)
    return Caution(
        "empty_overlaps",
        "note",
        Bilingual(
            es=f"el modelo supone que nadie puede estar a la vez en: {names}, porque nadie lo está entre los vistos",
            en=f"the model takes it that nobody can be on all of: {names}, since nobody seen is",
        ),
        _SPARSE,
    )


def near_tie(models: Sequence[WeightedModel]) -> Caution | None:
    """Models as good as the best whose totals are other; `models` from the best, with criterion and estimate."""
    best = models[0]
    if best.criterion is None or best.estimate is None:
        return None
    tied = [
        each.estimate
        for each in models
        if each.criterion is not None and each.estimate is not None and each.criterion - best.criterion < TIE_WITHIN
    ]
    low, high = min(tied), max(tied)
    if max(high / best.estimate - 1, 1 - low / best.estimate) <= TIE_APART:
        return None
    return Caution(
        "near_tie",
        "warning",
        Bilingual(
            es=f"{len(tied)} modelos describen los datos casi igual de bien (BIC a menos de {TIE_WITHIN:.0f}) y dan "
            f"totales de {_es(low)} a {_es(high)}; dé el intervalo, no el punto",
            en=f"{len(tied)} models describe the data almost equally well (BIC within {TIE_WITHIN:.0f}) and give "
            f"totals from {low:,.0f} to {high:,.0f}; give the interval, not the point",
        ),
        "Silverman, Chan and Vincent (2024)",
    )


def local_minimum(models: Sequence[WeightedModel], chosen: str) -> Caution | None:
    """A model of clearly lower BIC than the one that a search downhill ended with; `models` from the best."""
    criteria = {each.name: each.criterion for each in models}
    best, own = models[0], criteria.get(chosen)
    if own is None or best.criterion is None or best.estimate is None or own - best.criterion < 0.01:
        return None
    return Caution(
        "local_minimum",
        "warning",
        Bilingual(
            es=f"la búsqueda paso a paso no llegó al mejor modelo: {best.name} tiene menor BIC y da "
            f"{_es(best.estimate)}",
            en=f"the downhill search missed the best model: {best.name} has a lower BIC and gives {best.estimate:,.0f}",
        ),
        "Silverman, Chan and Vincent (2024)",
    )


def _one_person(ground: SparseGround, result: Bootstrapped) -> Caution | None:
    one = result.one_person
    if one.share <= ONE_PERSON_MAX:
        return None
    who = ground.table.pattern_words(one.code)
    endless = not np.isfinite(one.share)
    changed_es = "una persona más" if one.added else "una persona menos"
    changed_en = "one more person" if one.added else "one person less"
    return Caution(
        "one_person_decides",
        "warning",
        Bilingual(
            es=f"{changed_es} en {who} deja el total sin estimación finita"
            if endless
            else f"{changed_es} en {who} mueve el total un {one.share:.0%}",
            en=f"{changed_en} on {who} leaves no finite estimate"
            if endless
            else f"{changed_en} on {who} moves the total by {one.share:.0%}",
        ),
        _SPARSE,
    )


def _lost(result: Bootstrapped) -> Caution | None:
    drawn = len(result.replicates.estimates) + result.dropped
    share = (result.dropped + result.infinite) / drawn
    if share <= LOST_MAX:
        return None
    return Caution(
        "resamples_lost",
        "warning",
        Bilingual(
            es=f"el {share:.0%} de las remuestras no tiene ninguna estimación finita: el límite superior es poco "
            "fiable",
            en=f"{share:.0%} of the resamples have no finite estimate: the upper limit is hardly to be relied on",
        ),
        _SPARSE,
    )


def _lopsided(replicates: Replicates) -> Caution | None:
    if not replicates.lopsided:
        return None
    return Caution(
        "bootstrap_lopsided",
        "warning",
        Bilingual(
            es="todas las remuestras quedan del mismo lado de la estimación: los límites BCa no están bien definidos",
            en="all resamples lie on the same side of the estimate: the BCa limits are not well defined",
        ),
        "Efron (1987)",
    )


def _outermost(replicates: Replicates) -> Caution | None:
    if not replicates.rests_on_the_outermost(0.95):
        return None
    return Caution(
        "limit_outermost",
        "note",
        Bilingual(
            es="un límite del 95 % es la remuestra más extrema que salió: con más réplicas quedaría aún más lejos",
            en="a 95% limit is the most extreme resample drawn: with more replicates it would lie further out",
        ),
        "Efron (1987)",
    )


def _es(number: float) -> str:
    return f"{number:,.0f}".replace(",", ".")
