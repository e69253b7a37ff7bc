"""What must be told with a log-linear estimate: ties, models that determine nothing, guesses that cannot be tested."""

from __future__ import annotations

from collections.abc import Callable
from math import isfinite

from recuento.estimate.caution import Caution
from recuento.estimate.heterogeneity import HETEROGENEITIES
from recuento.estimate.loglinear_fit import LogLinearFit, Specification, fitted
from recuento.estimate.model_choice import Ranking
from recuento.estimate.report import number
from recuento.estimate.result import WeightedModel
from recuento.estimate.table import CaptureTable
from recuento.values.bilingual import Bilingual, Language

POOR_FIT = 0.001
PEOPLE_PER_CELL = 5
"""The deviance is compared with chi-square only where so many people come on a cell, on average."""

FORMS_DIFFER = 0.1
"""Forms of heterogeneity whose N differ by less than this share say the same."""

TIES_SHOWN = 4


def choice_cautions(ranking: Ranking, average: bool) -> tuple[Caution, ...]:
    """What the search itself calls for."""
    found = (
        None if average else _near_tie(ranking.near_ties(), ranking.criterion),
        None if average or len(ranking.models) == 1 else _choice_not_counted(),
        _better_not_identified(ranking),
        _left_out(ranking),
    )
    return tuple(caution for caution in found if caution is not None)


def fit_cautions(fit: LogLinearFit) -> tuple[Caution, ...]:
    """What one fitted model calls for."""
    found = (_nothing_left_to_test(fit), _poor_fit(fit), _at_infinity(fit))
    return tuple(caution for caution in found if caution is not None)


def form_cautions(table: CaptureTable, fit: LogLinearFit) -> tuple[Caution, ...]:
    """What a guess of how people differ calls for: the N that the other guesses give."""
    chosen = fit.specification
    if chosen.heterogeneity is None or chosen.heterogeneity == "chao":
        return ()
    others = [
        fitted(table, Specification(chosen.model, form, chosen.equal_lists))
        for form in HETEROGENEITIES
        if form not in ("chao", chosen.heterogeneity)
    ]
    usable = [other for other in others if other.outcome == "ok"]
    moved = max((abs(other.point - fit.point) / fit.point for other in usable), default=0.0)
    if usable and moved < FORMS_DIFFER:
        return ()
    listed = _in_both(
        lambda language: (
            "; ".join(f"{each.specification.name} N = {number(each.point, language)}" for each in usable) or "-"
        )
    )
    return (
        Caution(
            "heterogeneity_form_decides",
            "warning",
            Bilingual(
                es="cómo difieren las personas entre sí es un supuesto que los datos no pueden comprobar y que cambia "
                f"el resultado; otros supuestos dan: {listed.es}",
                en="how people differ is an assumption that the data cannot test and that changes the result; other "
                f"assumptions give: {listed.en}",
            ),
            "Link (2003)",
        ),
    )


def ceiling_caution(high: float) -> Caution | None:
    """Where the upper limit is infinite."""
    if isfinite(high):
        return None
    return Caution(
        "no_ceiling",
        "do not report",
        Bilingual(
            es="los datos no ponen ningún techo al total: el extremo superior del intervalo no existe",
            en="the data put no ceiling on the total: the interval has no upper end",
        ),
        "Fienberg and Rinaldo (2012)",
    )


def _near_tie(tied: tuple[WeightedModel, ...], criterion: str) -> Caution | None:
    if not tied:
        return None
    listed = _in_both(lambda language: "; ".join(_tied(model, criterion, language) for model in tied[:TIES_SHOWN]))
    return Caution(
        "near_tie",
        "warning",
        Bilingual(
            es=f"varios modelos explican casi igual de bien las listas y dan totales distintos: {listed.es}",
            en=f"several models explain the lists almost equally well and give different totals: {listed.en}",
        ),
        "Regal and Hook (1991)",
    )


def _tied(model: WeightedModel, criterion: str, language: Language) -> str:
    reached = f"{model.criterion:.1f}"
    shown = reached.replace(".", ",") if language == "es" else reached
    return f"{model.name} {criterion.upper()} {shown}, N = {number(model.estimate or 0.0, language)}"


def _in_both(words: Callable[[Language], str]) -> Bilingual:
    return Bilingual(es=words("es"), en=words("en"))


def _choice_not_counted() -> Caution:
    return Caution(
        "model_choice_not_counted",
        "warning",
        Bilingual(
            es="el intervalo toma el modelo elegido como si se conociera de antemano y es demasiado estrecho; el "
            "promedio de modelos o el bootstrap sobre todos los modelos cuentan esa elección",
            en="the interval takes the chosen model as known beforehand and is too narrow; averaging the models or "
            "the bootstrap over all models counts that choice",
        ),
        "Regal and Hook (1991); Silverman, Chan and Vincent (2024)",
    )


def _better_not_identified(ranking: Ranking) -> Caution | None:
    if not ranking.best_left_out < ranking.criteria[0]:
        return None
    return Caution(
        "best_model_not_identified",
        "do not report",
        Bilingual(
            es="el modelo que mejor explica las listas no pone ningún límite a cuántas personas faltan; los que sí lo "
            "hacen las explican peor",
            en="the model that explains the lists best puts no limit on how many are missing; those that do explain "
            "them less well",
        ),
        "Fienberg and Rinaldo (2012); Chan, Silverman and Vincent (2021)",
    )


def _left_out(ranking: Ranking) -> Caution | None:
    if not ranking.left_out:
        return None
    count, names = len(ranking.left_out), ", ".join(ranking.left_out[:TIES_SHOWN])
    more = " ..." if count > TIES_SHOWN else ""
    return Caution(
        "models_left_out",
        "note",
        Bilingual(
            es=f"quedaron fuera {count} modelos que con estas listas no determinan cuántos faltan o cuyo ajuste no "
            f"convergió: {names}{more}",
            en=f"{count} models were left out that with these lists do not determine how many are missing, or whose "
            f"fit did not converge: {names}{more}",
        ),
        "Fienberg and Rinaldo (2012)",
    )


def _nothing_left_to_test(fit: LogLinearFit) -> Caution | None:
    if fit.degrees > 0:
        return None
    return Caution(
        "nothing_left_to_test",
        "warning",
        Bilingual(
            es="el modelo tiene tantos parámetros como combinaciones de listas hay: se ajusta siempre, y nada en los "
            "datos puede contradecirlo",
            en="the model has as many parameters as there are combinations of lists: it always fits, and nothing in "
            "the data can speak against it",
        ),
        "Bishop, Fienberg and Holland (1975)",
    )


def _poor_fit(fit: LogLinearFit) -> Caution | None:
    bound = fit.specification.heterogeneity == "chao"
    if bound or fit.degrees <= 0 or fit.people < PEOPLE_PER_CELL * fit.cells:
        return None
    from scipy.stats import chi2

    if chi2.sf(fit.deviance, fit.degrees) >= POOR_FIT:
        return None
    return Caution(
        "poor_fit",
        "warning",
        Bilingual(
            es=f"el modelo no describe bien las listas (desviación {number(fit.deviance, 'es')} con "
            f"{fit.degrees} grados de libertad): su total y su intervalo no son de fiar",
            en=f"the model does not describe the lists well (deviance {number(fit.deviance, 'en')} on "
            f"{fit.degrees} degrees of freedom): its total and its interval cannot be relied on",
        ),
        "Bishop, Fienberg and Holland (1975)",
    )


def _at_infinity(fit: LogLinearFit) -> Caution | None:
    if not fit.at_infinity:
        return None
    return Caution(
        "parameters_at_infinity",
        "note",
        Bilingual(
            es=f"el modelo trata como imposibles combinaciones de listas que nadie tiene en los datos "
            f"(efectos en menos infinito: {fit.at_infinity})",
            en=f"the model treats as impossible combinations of lists that nobody has in the data "
            f"(effects at minus infinity: {fit.at_infinity})",
        ),
        "Chan, Silverman and Vincent (2021)",
    )
