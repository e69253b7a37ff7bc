"""Log-linear models of the overlap of lists: one that is named, the best of all, or the average of all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from recuento.errors import InvalidValue
from recuento.estimate.averaging import averaged
from recuento.estimate.caution import Caution
from recuento.estimate.chao import lower_bound_caution
from recuento.estimate.generators import Model
from recuento.estimate.heterogeneity import HETEROGENEITIES, Heterogeneity
from recuento.estimate.honesty import with_table_cautions
from recuento.estimate.loglinear_cautions import ceiling_caution, choice_cautions, fit_cautions, form_cautions
from recuento.estimate.loglinear_fit import LogLinearFit, NegativeEffects, Specification, fitted
from recuento.estimate.model_choice import Criterion, Ranking, ranked_models
from recuento.estimate.profile import Profile
from recuento.estimate.requirements import refuse_few_lists, refuse_many_lists, refuse_nobody
from recuento.estimate.result import Estimate, NotEstimable, WeightedModel
from recuento.estimate.spread import Limits
from recuento.estimate.table import CaptureTable
from recuento.values.bilingual import Bilingual

LISTS_MAX = 12
"""Beyond this many lists a design of all histories is too large to fit at once."""

MODELS_SHOWN = 20
AVERAGED_WEIGHT = 0.9999
"""The average is of the best models that together have this weight."""

TITLE = Bilingual(es="modelo log-lineal", en="log-linear model")
_AVERAGE_TITLE = Bilingual(es="promedio de modelos log-lineales", en="average of log-linear models")
_LIKELIHOOD = Bilingual(es="máxima verosimilitud de Poisson", en="Poisson maximum likelihood")
_MEAN = Bilingual(es="media de los modelos según su peso", en="mean of the models by their weight")
_BOUND = Bilingual(es="cota inferior, máxima verosimilitud", en="lower bound, maximum likelihood")
_CLOSED = Bilingual(
    es="nadie entra en la población ni sale de ella, y se sabe sin error quién está en cada lista",
    en="nobody enters or leaves the population, and who is on each list is known without error",
)
_NO_MORE = Bilingual(
    es="entre las listas no hay más dependencias que las del modelo; en particular, ninguna de todas las listas a la "
    "vez, cosa que no se puede comprobar",
    en="the lists depend on one another only as the model says; above all there is no dependence of all lists at "
    "once, which cannot be tested",
)
_ALIKE = Bilingual(
    es="dentro de lo que el modelo describe, todas las personas entran en las listas con la misma facilidad",
    en="apart from what the model describes, all people get onto the lists equally easily",
)
_DIFFER = {
    "chao": Bilingual(
        es="las personas difieren en la facilidad con que entran en las listas, de cualquier manera",
        en="people differ in how easily they get onto the lists, in any way",
    ),
    "poisson": Bilingual(
        es="las personas difieren poco en la facilidad con que entran en las listas (ley de Poisson)",
        en="people differ little in how easily they get onto the lists (Poisson law)",
    ),
    "darroch": Bilingual(
        es="las personas difieren en la facilidad con que entran en las listas según una ley normal",
        en="people differ in how easily they get onto the lists by a normal law",
    ),
    "gamma": Bilingual(
        es="las personas difieren mucho en la facilidad con que entran en las listas (ley gamma)",
        en="people differ much in how easily they get onto the lists (gamma law)",
    ),
}
_EQUAL = Bilingual(es="todas las listas alcanzan por igual", en="all lists reach equally far")


@with_table_cautions
def loglinear(
    table: CaptureTable,
    model: str | Model | None = None,
    *,
    criterion: Criterion = "bic",
    max_order: int | None = None,
    average: bool = False,
    heterogeneity: Heterogeneity | None = None,
    equal_lists: bool = False,
    negative_effects: NegativeEffects = "zero",
) -> Estimate:
    """N by a Poisson log-linear model of the histories that can occur: log mu_x = sum of the terms inside x.

    N = n + exp(beta_0), standard error sqrt(n_0 + n_0^2 var(beta_0)), limits by the profile likelihood of N
    (Cormack 1992), whose own maximum is in `diagnostics`. Structural zeros are no cells.

    - `model`, such as "[12,13,4]", is fitted as it is. Without it all hierarchical models of interactions of up to
      `max_order` lists are tried (any order for five lists or fewer, else 2) and the best by `criterion`, "bic" or
      "aic", is taken, or with `average` their mean by exp(-criterion / 2), with limits of the mixture (Turek &
      Fletcher 2012). AIC = -2 l + 2 p, BIC = -2 l + p log n, n the people seen.
    - `heterogeneity` adds the columns of `heterogeneity_columns` to the model, or to independent lists where none is
      named (Mth); "chao" makes N a lower bound, with effects below 0 set to 0 unless `negative_effects` is "keep".
    - `equal_lists` gives all lists one effect (M0, Mh).

    Assumes a closed population, perfect linkage, and that what the model leaves out is zero. Raises NotEstimable for
    fewer than two or more than `LISTS_MAX` lists, for nobody, and where the model does not determine N (Fienberg &
    Rinaldo 2012); InvalidValue for options that do not go together, a model of other lists, or too many models.
    """
    _refuse_options(model, criterion, max_order, average, heterogeneity, equal_lists, negative_effects)
    table = table.pooled()
    refuse_few_lists(table, 2, TITLE)
    refuse_many_lists(table, LISTS_MAX, TITLE)
    refuse_nobody(table)
    if model is None and not heterogeneity and not equal_lists:
        ranking = ranked_models(table, criterion, max_order)
        return _average(table, ranking) if average else _best(table, ranking, max_order)
    named = Model.independence(table.list_count) if model is None else model
    chosen = Model.parse(named) if isinstance(named, str) else named
    specification = Specification(chosen, heterogeneity, equal_lists, negative_effects)
    _refuse_interactions_of_equal_lists(specification)
    return _one(table, fitted(table, specification))


def _one(table: CaptureTable, fit: LogLinearFit) -> Estimate:
    _refuse_outcome(fit)
    settings = {
        "model": fit.specification.name,
        **_numbered(table, fit.specification),
        **({"negative_effects": fit.specification.negative} if fit.specification.heterogeneity == "chao" else {}),
    }
    models = (WeightedModel(fit.specification.name, None, fit.point),)
    return _estimate(table, fit, models, fit_cautions(fit) + form_cautions(table, fit), settings)


def _best(table: CaptureTable, ranking: Ranking, max_order: int | None) -> Estimate:
    fit = fitted(table, Specification(ranking.models[0]))
    _refuse_outcome(fit)
    settings = {
        "criterion": ranking.criterion,
        "max_order": max_order or max(model.order for model in ranking.models),
        "model": fit.specification.name,
        **_numbered(table, fit.specification),
    }
    cautions = choice_cautions(ranking, average=False) + fit_cautions(fit)
    return _estimate(table, fit, ranking.best(MODELS_SHOWN), cautions, settings, _searched(ranking))


def _average(table: CaptureTable, ranking: Ranking) -> Estimate:
    weights = ranking.weights
    count = int((weights.cumsum() < AVERAGED_WEIGHT).sum()) + 1
    fits = [fitted(table, Specification(each)) for each in ranking.models[:count]]
    kept = [(fit, float(weight)) for fit, weight in zip(fits, weights, strict=False) if fit.outcome == "ok"]
    if not kept:
        _refuse_outcome(fits[0])
    whole = sum(weight for _, weight in kept)
    shares = [weight / whole for _, weight in kept]
    spread = averaged(table.people, shares, [fit.unseen for fit, _ in kept], [fit.standard_error for fit, _ in kept])
    return Estimate(
        method="loglinear_average",
        title=_AVERAGE_TITLE,
        lists=table.lists,
        observed=table.people,
        point=spread.centre,
        point_kind=_MEAN,
        spread=spread,
        assumptions=(_CLOSED, _NO_MORE, _ALIKE),
        cautions=(*choice_cautions(ranking, average=True), *_ceiling(spread)),
        models=ranking.best(MODELS_SHOWN),
        settings={
            "criterion": ranking.criterion,
            "average": True,
            **_numbered(table, Specification(ranking.models[0])),
        },
        diagnostics={**_searched(ranking), "models_averaged": len(kept), "weight_averaged": whole},
        table=table.digest,
        references=(
            "Buckland, Burnham and Augustin (1997), Biometrics 53:603-618",
            "Turek and Fletcher (2012), Computational Statistics and Data Analysis 56:2809-2815",
        ),
    )


def _estimate(
    table: CaptureTable,
    fit: LogLinearFit,
    models: tuple[WeightedModel, ...],
    cautions: tuple[Caution, ...],
    settings: Mapping[str, Any],
    diagnostics: Mapping[str, Any] | None = None,
) -> Estimate:
    profile = Profile(fit)
    bound = fit.specification.heterogeneity == "chao"
    return Estimate(
        method="loglinear",
        title=TITLE,
        lists=table.lists,
        observed=table.people,
        point=fit.point,
        point_kind=_BOUND if bound else _LIKELIHOOD,
        spread=profile.spread(),
        assumptions=_assumptions(fit.specification),
        cautions=(*((lower_bound_caution(),) if bound else ()), *cautions, *_ceiling(profile.spread())),
        models=models,
        settings=dict(settings),
        diagnostics={**_measured(fit, profile), **(diagnostics or {})},
        table=table.digest,
        only_a_bound=bound,
        references=_references(fit.specification),
    )


def _ceiling(spread: Limits) -> tuple[Caution, ...]:
    caution = ceiling_caution(spread.limits_at(0.95)[1])
    return (caution,) if caution else ()


def _numbered(table: CaptureTable, specification: Specification) -> dict[str, str]:
    """Which list each number in the names of models is."""
    if not specification.name.startswith("["):
        return {}
    return {"lists": ", ".join(f"{at} {name}" for at, name in enumerate(table.lists, start=1))}


def _measured(fit: LogLinearFit, profile: Profile) -> dict[str, Any]:
    return {
        "se": fit.standard_error,
        "profile_maximum": profile.maximum,
        "aic": fit.aic,
        "bic": fit.bic,
        "deviance": fit.deviance,
        "degrees": fit.degrees,
        "parameters": fit.parameters,
        "parameters_at_infinity": fit.at_infinity,
    }


def _searched(ranking: Ranking) -> dict[str, Any]:
    return {
        "models_tried": len(ranking.models) + len(ranking.left_out),
        "models_left_out": len(ranking.left_out),
    }


def _assumptions(specification: Specification) -> tuple[Bilingual, ...]:
    differing = _DIFFER[specification.heterogeneity] if specification.heterogeneity else _ALIKE
    return (_CLOSED, _NO_MORE, differing, *((_EQUAL,) if specification.equal_lists else ()))


def _references(specification: Specification) -> tuple[str, ...]:
    of_form = ("Rivest and Baillargeon (2007), Biometrics 63:999-1006",) if specification.heterogeneity else ()
    return ("Fienberg (1972), Biometrika 59:591-603", "Cormack (1992), Biometrics 48:567-576", *of_form)


def _refuse_outcome(fit: LogLinearFit) -> None:
    name = fit.specification.name
    if fit.outcome == "no maximum":
        raise NotEstimable(
            en=f"with these lists the model {name} has no maximum: combinations of lists that nobody has let its "
            "likelihood grow without end; take out an interaction or the heterogeneity, or use chao_lower_bound()",
            es=f"con estas listas el modelo {name} no tiene máximo: hay combinaciones de listas que nadie tiene y su "
            "verosimilitud crece sin fin; quite una interacción o la heterogeneidad, o use chao_lower_bound()",
        )
    if fit.outcome == "not identified":
        raise NotEstimable(
            en=f"with these lists the model {name} does not determine how many are missing: different totals fit "
            "equally well; take out an interaction",
            es=f"con estas listas el modelo {name} no determina cuántas personas faltan: totales distintos se ajustan "
            "igual de bien; quite una interacción",
        )
    if fit.outcome != "ok":
        raise NotEstimable(
            en=f"the fit of the model {name} did not converge; take out an interaction or use another method",
            es=f"el ajuste del modelo {name} no convergió; quite una interacción o use otro método",
        )


def _refuse_options(
    model: str | Model | None,
    criterion: str,
    max_order: int | None,
    average: bool,
    heterogeneity: str | None,
    equal_lists: bool,
    negative_effects: str,
) -> None:
    if criterion not in ("bic", "aic"):
        raise InvalidValue(
            en=f'the criterion is "bic" or "aic", not {criterion!r}',
            es=f'el criterio es "bic" o "aic", no {criterion!r}',
        )
    if max_order is not None and max_order < 1:
        raise InvalidValue(
            en=f"max_order counts lists, from 1, not {max_order}",
            es=f"max_order cuenta listas, desde 1, no {max_order}",
        )
    if heterogeneity is not None and heterogeneity not in HETEROGENEITIES:
        choices = ", ".join(HETEROGENEITIES)
        raise InvalidValue(
            en=f"heterogeneity is one of {choices}, not {heterogeneity!r}",
            es=f"la heterogeneidad es una de {choices}, no {heterogeneity!r}",
        )
    if negative_effects not in ("zero", "keep"):
        raise InvalidValue(
            en=f'negative effects are "zero" or "keep", not {negative_effects!r}',
            es=f'los efectos negativos son "zero" o "keep", no {negative_effects!r}',
        )
    if average and (model is not None or heterogeneity or equal_lists):
        raise InvalidValue(
            en="an average is of all models: leave model, heterogeneity and equal_lists out",
            es="el promedio es de todos los modelos: no indique model, heterogeneity ni equal_lists",
        )


def _refuse_interactions_of_equal_lists(specification: Specification) -> None:
    if specification.equal_lists and specification.model.order > 1:
        raise InvalidValue(
            en=f"lists that are all alike have no interactions: {specification.model.name}",
            es=f"listas que son todas iguales no tienen interacciones: {specification.model.name}",
        )
