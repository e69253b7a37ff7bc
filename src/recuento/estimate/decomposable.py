"""Bayesian averaging over every decomposable graph on 3 to 10 lists: exact, with its priors in the open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recuento.errors import InvalidValue
from recuento.estimate.dga_average import GraphAverage
from recuento.estimate.dga_cautions import cautions_of
from recuento.estimate.dga_grid import HORIZON, ROUGH, SINGLES, Grid, every_number, grid_of
from recuento.estimate.dga_models import ModelRow, best_models
from recuento.estimate.dga_prior import Floats, InverseN, PoissonGamma, Prior, PriorOnN, prior_from
from recuento.estimate.graphs import GRAPH_COUNTS, LISTED_MAX, DecomposableGraph, decomposable_graphs
from recuento.estimate.honesty import with_table_cautions
from recuento.estimate.result import Estimate, NotEstimable, WeightedModel
from recuento.estimate.spread import Posterior
from recuento.estimate.table import CaptureTable
from recuento.values.bilingual import Bilingual

__all__ = ["InverseN", "PoissonGamma", "dga", "dga_posterior"]

LISTS = (3, 10)
POINTS_MAX = 5_000_000
"""A prior given number by number, or as a function, is taken at so many N at most."""

COMPARED_MAX = 6
"""Up to so many lists other values of delta are tried along, since that costs little."""

GraphLogWeights = Sequence[float] | NDArray[np.float64] | Callable[[DecomposableGraph], float]

TITLE = Bilingual(
    es="promedio bayesiano sobre todos los grafos descomponibles",
    en="Bayesian average over all decomposable graphs",
)
REFERENCES = (
    "Madigan & York (1997), Methods for estimation of the size of a closed population, Biometrika 84(1):19-31",
    "Dawid & Lauritzen (1993), Hyper Markov laws in the statistical analysis of decomposable graphical models, "
    "Annals of Statistics 21(3):1272-1317",
)


@with_table_cautions
def dga(
    table: CaptureTable,
    *,
    delta: float | None = None,
    prior: Prior | None = None,
    min_unseen: int = 0,
    max_unseen: int | None = None,
    include_saturated: bool = False,
    graph_log_weights: GraphLogWeights | None = None,
    models: int = 10,
    compare_deltas: bool = True,
    threads: int = 1,
) -> Estimate:
    """The posterior of N, averaged over all decomposable graphs on the lists (Madigan & York 1997). 3 to 10 lists.

    Each graph says which lists depend on one another directly. Given a graph, the cell probabilities are
    hyper-Dirichlet (Dawid & Lauritzen 1993) with `delta` for each full cell, so delta 2^(k - |A|) for each cell of
    the margin on the lists A; the marginal likelihood of graph G and N is

        N! / n_0!  x  product over cliques C of exp h_C(N)  /  product over separators S of exp h_S(N)

    with h_A(N) = lgamma(2^k d) - lgamma(N + 2^k d) + sum over cells a of [lgamma(n_A(a) + d_A) - lgamma(d_A)].
    The sum over graphs is exact (not sampled, none left out), at every whole number of unseen people.

    `delta`: 2^-k where not given. `prior` on N: `InverseN()` where not given, `PoissonGamma(a, b)`, an array of
    log p(N) beginning at `min_unseen` unseen people, or a function of an array of N (with `max_unseen`). `min_unseen`:
    the smallest n_0 taken as possible; R's dga is mostly run from 1. `max_unseen`: where the grid of n_0 ends; where
    not given it is extended until less than 1e-9 of the mass lies beyond, so there is no cap but `diagnostics["grid"]`.
    `include_saturated`: whether the complete graph takes part. Nothing is learnt about N under it, so it is left out
    unless asked for; its weight is reported always. `graph_log_weights`: prior log weights of the graphs in the order
    of `decomposable_graphs(k)`, or a function of a graph; equal where not given; for at most 7 lists. `models`: how
    many of the best graphs to name, each with its weight and its own posterior mean of N. `compare_deltas`: whether the
    median is also sought, roughly, for 2^-k, 1/2 and 1, to warn where delta decides (up to 6 lists).
    `threads` changes nothing but time.

    The point is the posterior median. `diagnostics` has mean, sd, mode, the relative-error-optimal point
    E[1/N] / E[1/N^2], the saturated and the independence weight, the grid, and the numerical error.

    Raises NotEstimable for fewer than 3 lists or more than 10, nobody seen, structural zeros, or a posterior that
    has no end (lists that hardly overlap); InvalidValue for an option that cannot be.
    """
    pooled = table.pooled()
    _refuse(pooled)
    given = prior_from(prior, pooled.people + min_unseen)
    _refuse_apart(pooled, given)
    shown_delta = 2.0**-pooled.list_count if delta is None else float(delta)
    _refuse_options(shown_delta, min_unseen, max_unseen, models, given)
    average = GraphAverage(
        pooled.dense(), shown_delta, threads=threads, graph_weights=_weights(pooled.list_count, graph_log_weights)
    )
    done = _posterior(average, given, min_unseen, max_unseen, include_saturated)
    rows, share_seen, search = best_models(average, done.grid, done.mass, done.log_total, models, include_saturated)
    diagnostics = _diagnostics(average, done, rows, share_seen, search, max_unseen, include_saturated)
    compared = compare_deltas and pooled.list_count <= COMPARED_MAX and given.smooth
    diagnostics["delta_compared"] = (
        _other_deltas(pooled, shown_delta, given, min_unseen, max_unseen, include_saturated) if compared else None
    )
    spread = Posterior(done.people, done.mass)
    return Estimate(
        method="dga",
        title=TITLE,
        lists=pooled.lists,
        observed=pooled.people,
        point=spread.quantile(0.5),
        point_kind=Bilingual(es="mediana a posteriori", en="posterior median"),
        spread=spread,
        assumptions=_assumptions(given, shown_delta, include_saturated),
        cautions=cautions_of(spread, pooled.people, diagnostics, include_saturated, given.smooth),
        models=tuple(WeightedModel(row.graph.named(pooled.lists), row.weight, row.mean) for row in rows),
        settings={
            "delta": shown_delta,
            "prior": given.settings(),
            "min_unseen": min_unseen,
            "max_unseen": max_unseen,
            "include_saturated": include_saturated,
            "graph_weights": "equal" if graph_log_weights is None else "own",
        },
        diagnostics=diagnostics,
        table=pooled.digest,
        references=REFERENCES,
    )


def dga_posterior(
    table: CaptureTable,
    *,
    delta: float | None = None,
    prior: Prior | None = None,
    min_unseen: int = 0,
    max_unseen: int | None = None,
    include_saturated: bool = False,
    tolerance: float = 1e-10,
) -> Posterior:
    """Only the posterior of `dga`, without models and cautions; `tolerance` bounds the error of the log mass."""
    pooled = table.pooled()
    _refuse(pooled)
    given = prior_from(prior, pooled.people + min_unseen)
    _refuse_apart(pooled, given)
    shown = 2.0**-pooled.list_count if delta is None else float(delta)
    _refuse_options(shown, min_unseen, max_unseen, 1, given)
    average = GraphAverage(pooled.dense(), shown)
    done = _posterior(average, given, min_unseen, max_unseen, include_saturated, tolerance)
    return Posterior(done.people, done.mass)


@dataclass(frozen=True, slots=True, eq=False)
class _Done:
    """A posterior on its grid: N, probabilities, log of the sum over graphs at the grid's nodes, saturated weight."""

    grid: Grid
    people: NDArray[np.int64]
    mass: Floats
    log_total: Floats
    saturated_weight: float
    beyond: float
    slope: float


def _posterior(
    average: GraphAverage,
    prior: PriorOnN,
    first: int,
    last: int | None,
    include_saturated: bool,
    tolerance: float = 1e-10,
) -> _Done:
    def total(unseen: Floats) -> Floats:
        others = average.others(unseen)
        return np.asarray(np.logaddexp(others, average.saturated(unseen)) if include_saturated else others)

    singles = SINGLES if tolerance < 1e-4 else ROUGH
    grid, log_mass = _on_grid(average, prior, total, first, last, tolerance, singles)
    saturated = _saturated_sum(average, prior, first, last, tolerance) if singles == SINGLES else -np.inf
    whole = _log_sum(log_mass)
    if not np.isfinite(whole):
        raise InvalidValue(
            en="the prior gives no weight to any N that the table allows",
            es="la distribución a priori no da peso a ningún N que la tabla permita",
        )
    against = whole if include_saturated else float(np.logaddexp(whole, saturated))
    mass = np.exp(log_mass - whole)
    people = grid.points + int(average.people)
    people.setflags(write=False)
    return _Done(
        grid,
        people,
        mass / mass.sum(),
        total(grid.nodes),
        1.0 if saturated == np.inf else float(min(1.0, np.exp(saturated - against))),
        grid.beyond,
        grid.slope,
    )


def _saturated_sum(average: GraphAverage, prior: PriorOnN, first: int, last: int | None, tolerance: float) -> float:
    """log of the mass of the complete graph over all N: infinite where it has no end, -inf where it has no weight."""
    if not np.isfinite(average.saturated(np.array([float(first)]))[0]):
        return -np.inf
    try:
        return _log_sum(_on_grid(average, prior, average.saturated, first, last, tolerance, ROUGH)[1])
    except NotEstimable:
        return np.inf


def _on_grid(
    average: GraphAverage,
    prior: PriorOnN,
    curve: Callable[[Floats], Floats],
    first: int,
    last: int | None,
    tolerance: float,
    singles: int,
) -> tuple[Grid, Floats]:
    """The grid and the log mass on it, of a curve of log weights against independence."""
    noise = 4e-16 * average.people * np.log(average.people + 1e6)
    if prior.smooth:
        grid = grid_of(
            lambda unseen: curve(unseen) + average.independence(unseen) + prior.log_at(average.people + unseen),
            first,
            last,
            average.people,
            tolerance + 4 * noise,
            singles,
        )
        if last is None and grid.beyond > 0.025:
            raise _endless(grid)
        return grid, grid.log_mass
    if "last_N" in prior.settings():
        end = int(prior.settings()["last_N"] - average.people)
        last = end if last is None else min(last, end)
    grid = every_number(
        lambda unseen: curve(unseen) + average.independence(unseen), first, int(last or first), tolerance + 4 * noise
    )
    return grid, np.asarray(grid.log_mass + prior.log_at(grid.points.astype(np.float64) + average.people))


def _log_sum(logs: Floats) -> float:
    top = float(logs.max())
    return top + float(np.log(np.exp(logs - top).sum())) if np.isfinite(top) else -np.inf


def _diagnostics(
    average: GraphAverage,
    done: _Done,
    rows: Sequence[ModelRow],
    share_seen: dict[str, float],
    search: str,
    max_unseen: int | None,
    include_saturated: bool,
) -> dict[str, Any]:
    people = done.people.astype(np.float64)
    mass = done.mass
    free = max_unseen is None
    mean = float((people * mass).sum())
    return {
        "mean": mean if not free or done.slope < -2.02 else None,
        "sd": float(np.sqrt(((people - mean) ** 2 * mass).sum())) if not free or done.slope < -3.02 else None,
        "mode": int(done.people[np.argmax(mass / done.grid.steps)]),
        "relative_error_point": float((mass / people).sum() / (mass / people**2).sum()),
        "saturated_weight": done.saturated_weight,
        "independence_weight": share_seen["independence"],
        "graphs": GRAPH_COUNTS[average.k] - (not include_saturated),
        "models": [row.to_dict() for row in rows],
        "models_searched": search,
        "grid": {
            "first_unseen": int(done.grid.points[0]),
            "last_unseen": int(done.grid.points[-1]),
            "points": len(done.grid.points),
            "widest_cell": int(done.grid.steps.max()),
            "horizon": int(HORIZON) if free else max_unseen,
            "mass_beyond": done.beyond,
            "end_against_peak": float(mass[-1] / mass.max()),
            "power_of_the_tail": done.slope if np.isfinite(done.slope) else None,
        },
        "log_mass_error": done.grid.error,
        "evaluations": average.evaluations,
    }


def _other_deltas(
    table: CaptureTable, delta: float, prior: PriorOnN, first: int, last: int | None, include_saturated: bool
) -> list[dict[str, float]]:
    """Posterior medians for 2^-k, 1/2 and 1, but `delta`, roughly: with errors of the mass up to about a hundredth."""
    compared = []
    for other in (2.0**-table.list_count, 0.5, 1.0):
        if other != delta:
            try:
                average = GraphAverage(table.dense(), other)
                done = _posterior(average, prior, first, last, include_saturated, 1e-2)
            except NotEstimable:
                continue
            compared.append({"delta": other, "median": Posterior(done.people, done.mass).quantile(0.5)})
    return compared


def _weights(k: int, given: GraphLogWeights | None) -> Floats | None:
    if given is None:
        return None
    if k > LISTED_MAX:
        raise InvalidValue(
            en=f"weights of single graphs are taken for at most {LISTED_MAX} lists, not {k}; leave them equal",
            es=f"los pesos por grafo se admiten hasta {LISTED_MAX} listas, no {k}; déjelos iguales",
        )
    logs = np.array([given(graph) for graph in decomposable_graphs(k)] if callable(given) else given, dtype=np.float64)
    usable = logs.shape == (GRAPH_COUNTS[k],) and not np.isnan(logs).any() and not (logs == np.inf).any()
    if not usable or not (np.sort(logs)[-2] > -np.inf):
        raise InvalidValue(
            en=f"graph_log_weights are {GRAPH_COUNTS[k]} numbers (or -inf), one for each graph on {k} lists, "
            "in the order of decomposable_graphs, at least two above -inf",
            es=f"graph_log_weights son {GRAPH_COUNTS[k]} números (o -inf), uno por cada grafo de {k} listas, "
            "en el orden de decomposable_graphs, al menos dos mayores que -inf",
        )
    return logs


def _assumptions(prior: PriorOnN, delta: float, include_saturated: bool) -> tuple[Bilingual, ...]:
    return (
        Bilingual(
            es="la población es cerrada, nadie está dos veces y los enlaces entre listas son correctos",
            en="the population is closed, nobody is counted twice and the links between lists are right",
        ),
        Bilingual(
            es="las listas dependen unas de otras según algún grafo descomponible; todos pesan lo mismo a priori"
            + ("" if include_saturated else "; el saturado, que nada dice de N, queda fuera"),
            en="the lists depend on one another as some decomposable graph says; all weigh the same beforehand"
            + ("" if include_saturated else "; the saturated one, which says nothing of N, is left out"),
        ),
        Bilingual(
            es="dentro de lo que el grafo permite, toda persona tiene las mismas probabilidades de estar en cada lista",
            en="within what the graph allows, every person has the same chances of being on each list",
        ),
        prior.words,
        Bilingual(
            es=f"las probabilidades de las celdas son hiper-Dirichlet con delta = {delta:.6g} por celda",
            en=f"the cell probabilities are hyper-Dirichlet with delta = {delta:.6g} per cell",
        ),
    )


def _refuse(table: CaptureTable) -> None:
    k = table.list_count
    if k < LISTS[0]:
        raise NotEstimable(
            en=f"graphs need at least 3 lists, not {k}; for two lists use `two_lists`, which assumes independence",
            es=f"los grafos piden al menos 3 listas, no {k}; para dos listas use `two_lists`, que supone independencia",
        )
    if k > LISTS[1]:
        raise NotEstimable(
            en=f"all graphs are summed for at most {LISTS[1]} lists, not {k}; merge lists or use "
            "the latent class method",
            es=f"se suman todos los grafos hasta {LISTS[1]} listas, no {k}; una listas o use el "
            "método de clases latentes",
        )
    if not table.people:
        raise NotEstimable(en="nobody is on any list", es="no hay nadie en ninguna lista")
    if table.has_structural_zeros:
        raise NotEstimable(
            en="decomposable graphs take every combination of lists as possible, and this table has some that are not; "
            "use log-linear models, merge the lists that never met, or leave one out",
            es="los grafos descomponibles suponen posible toda combinación de listas, y en esta "
            "tabla algunas no lo son; "
            "use modelos log-lineales, una las listas que nunca coincidieron o deje una fuera",
        )


def _refuse_apart(table: CaptureTable, prior: PriorOnN) -> None:
    if isinstance(prior, InverseN) and not table.capture_frequencies[1:].sum():
        raise NotEstimable(
            en="nobody is on two lists, so the lists say nothing of how many are on none: any figure would be the "
            "prior's own; merge lists, link them again, or give a prior with a mean, as PoissonGamma(a, b)",
            es="nadie está en dos listas, así que nada dicen de cuántos no están en ninguna: toda cifra sería la de la "
            "distribución a priori; una listas, enlácelas de nuevo o dé una distribución a priori con media, "
            "como PoissonGamma(a, b)",
        )


def _refuse_options(delta: float, first: int, last: int | None, models: int, prior: PriorOnN) -> None:
    if not 0 < delta < np.inf:
        raise InvalidValue(en=f"delta is above 0, not {delta}", es=f"delta es mayor que 0, no {delta}")
    if first < 0 or models < 1 or (last is not None and not first <= last <= HORIZON):
        raise InvalidValue(
            en=f"min_unseen is from 0 and max_unseen from min_unseen to {HORIZON:.0f}, models from 1; "
            f"not {first}, {last}, {models}",
            es=f"min_unseen es desde 0 y max_unseen desde min_unseen hasta {HORIZON:.0f}, models desde 1; "
            f"no {first}, {last}, {models}",
        )
    listed = "last_N" in prior.settings()
    if not prior.smooth and not listed and last is None:
        raise InvalidValue(
            en="a prior given as a function needs max_unseen: where its N end",
            es="una distribución a priori dada como función necesita max_unseen: dónde terminan sus N",
        )
    if not prior.smooth and last is not None and last - first >= POINTS_MAX:
        raise InvalidValue(
            en=f"a prior of your own is taken at {POINTS_MAX} N at most; lower max_unseen",
            es=f"una distribución a priori propia se toma en {POINTS_MAX} N como máximo; baje max_unseen",
        )


def _endless(grid: Grid) -> NotEstimable:
    return NotEstimable(
        en="the posterior of N has no end: the lists overlap so little that the figure would be the prior's own "
        f"(the mass falls only as n_0^{grid.slope:.2f}); give a prior with a mean, as PoissonGamma(a, b), "
        "a max_unseen that you can defend, or merge lists",
        es="la distribución a posteriori de N no termina: las listas se solapan tan poco que la cifra sería la de la "
        f"distribución a priori (la masa cae solo como n_0^{grid.slope:.2f}); dé una distribución a priori con media, "
        "como PoissonGamma(a, b), un max_unseen que pueda defender, o una listas",
    )
