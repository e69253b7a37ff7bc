"""The latent class model with a Dirichlet process prior (LCMCR): any number of lists, with several chains.

Manrique-Vallier (2016), Bayesian population size estimation using Dirichlet process mixtures, Biometrics 72.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from recuento.errors import InvalidValue
from recuento.estimate.convergence import DRAWS_MIN, bulk_size, quantile_error, rank_r_hat, tail_size
from recuento.estimate.honesty import with_table_cautions
from recuento.estimate.latent_words import (
    ASSUMPTIONS,
    POINT_KIND,
    REFERENCES,
    TITLE,
    cautions_of,
    refuse_table,
)
from recuento.estimate.result import Estimate, WeightedModel
from recuento.estimate.spread import Draws
from recuento.estimate.table import CaptureTable

if TYPE_CHECKING:
    from recuento.estimate.latent_chain import Chain, Kept, Plan
    from recuento.estimate.latent_jumps import Snapshots
    from recuento.estimate.latent_kernel import Histories

Floats = NDArray[np.float64]

DRAWS_IN_ALL_MIN = 400
"""Chains that are run until they agree are also run until they are worth this many independent draws."""


@dataclass(frozen=True, slots=True)
class _Settings:
    """What can be set of a run, checked."""

    classes: int
    chains: int
    draws: int
    warm_up: int
    thin: int
    prior_alpha: tuple[float, float]
    seed: int
    threads: int | None
    until_r_hat: float | None
    sweeps_max: int
    moves: bool


@with_table_cautions
def latent_classes(
    table: CaptureTable,
    *,
    classes: int = 10,
    chains: int = 4,
    draws: int = 2000,
    warm_up: int = 4000,
    thin: int = 10,
    prior_alpha: tuple[float, float] = (0.25, 0.25),
    seed: int = 0,
    threads: int | None = None,
    until_r_hat: float | None = None,
    sweeps_max: int = 2_000_000,
    moves: bool = True,
) -> Estimate:
    """The posterior of N under a mixture of at most `classes` latent classes.

    Everybody belongs to one class; within a class the lists catch people independently: class k has weight
    nu_k = V_k prod_{h<k} (1 - V_h), V_k ~ Beta(1, alpha), V_K = 1, alpha ~ Gamma(shape, rate) of `prior_alpha`; list j
    catches its members with chance lambda_jk ~ Uniform(0, 1); p(N) is proportional to 1/N, without a cap on N. The
    dependence between lists that classes can make is thus averaged over, and extrapolated to the people on no list.

    `chains` chains start far apart. Each runs `warm_up` sweeps, then keeps `draws` draws, one in every `thin` sweeps.
    With `until_r_hat` (1.01 is usual) the chains go on, each round twice as long as the last and alone kept, until
    the R-hat of n_0 is below it and the chains are worth 400 independent draws, or the next round would pass
    `sweeps_max` sweeps of a chain. A sweep is exact Gibbs sampling, with exchanges of neighbouring classes. While
    `moves`, two further moves that leave the posterior as it is are made between sweeps: Hamiltonian trajectories of
    all parameters with classes and N integrated out (about ten times the independent draws in the same time on tables
    of few lists), and jumps to any mode that a chain has seen while warming up, or one of twelve scouts that start
    with one class to six. Without jumps chains on 20 lists stay in one mode for a million sweeps. A mode that none of
    them has met is as unknown to the result as to any sampler. The draws depend on `seed`, never on `threads` (None:
    as many as there are processors).

    Gives the posterior median, with chains by draws of N in `spread`; `models` has the number of classes that hold
    anybody, with its posterior share and the median of N under it; `diagnostics` R-hat, effective sizes, Monte Carlo
    errors and the median of every chain. Cautions of the method: `chains_apart`, `few_independent_draws`,
    `all_classes_occupied`, `draws_run_away`, `two_lists_only`.

    Strata are pooled. Raises NotEstimable for structural zeros, nobody observed, or fewer than two lists with anybody;
    InvalidValue for a setting out of its range.
    """
    settings = _Settings(
        classes, chains, draws, warm_up, thin, prior_alpha, seed, threads, until_r_hat, sweeps_max, moves
    )
    _refuse_settings(settings)
    pooled = table.pooled()
    refuse_table(pooled)
    kept, ran = _run(pooled, settings)
    return _estimate(pooled, settings, kept, ran)


def _run(table: CaptureTable, settings: _Settings) -> tuple[list[Kept], list[Chain]]:
    """Run the chains as long as was asked for; what the last round kept, and the chains."""
    from recuento.estimate.latent_chain import (
        Plan,
        histories,
        new_chain,
        sweeps_between_jumps,
        sweeps_between_trajectories,
    )
    from recuento.estimate.latent_warm_up import SCOUT_CLASSES, warm_up

    tree = histories(table.codes, table.counts, table.list_count)
    every = (0, 0)
    if settings.moves:
        every = sweeps_between_trajectories(tree, settings.classes), sweeps_between_jumps(table.list_count)
    shape, rate = settings.prior_alpha
    plan = Plan(float(shape), float(rate), *every)
    starts = [None] * settings.chains + (list(SCOUT_CLASSES) if settings.moves else [])
    seeds = np.random.SeedSequence(settings.seed).spawn(len(starts))
    begun = [
        new_chain(seed, tree, table.list_count, settings.classes, at_first)
        for seed, at_first in zip(seeds, starts, strict=True)
    ]
    chains, scouts = begun[: settings.chains], begun[settings.chains :]
    seen, plan = warm_up(chains, scouts, tree, plan, settings.warm_up, settings.threads)
    for chain in chains:
        chain.tuning[1:] = 0.0
    return _rounds(chains, tree, plan, seen, settings), chains


def _rounds(
    chains: list[Chain], tree: Histories, plan: Plan, seen: Snapshots | None, settings: _Settings
) -> list[Kept]:
    """Round after round, each twice as long, until the chains agree. Only the last round is kept."""
    from recuento.estimate.latent_chain import advance

    thin = settings.thin
    while True:
        kept = advance(chains, tree, plan, settings.draws, thin, settings.threads, tune=False, seen=seen)
        thin *= 2
        if settings.until_r_hat is None or chains[0].sweeps + settings.draws * thin > settings.sweeps_max:
            return kept
        unseen = np.asarray([each.unseen for each in kept])
        enough = min(bulk_size(unseen), tail_size(unseen)) >= min(DRAWS_IN_ALL_MIN, unseen.size / 2)
        if enough and rank_r_hat(unseen) < settings.until_r_hat:
            return kept


def _estimate(table: CaptureTable, settings: _Settings, kept: list[Kept], chains: list[Chain]) -> Estimate:
    """The draws as an estimate, with what they say of themselves."""
    people = table.people
    values = np.asarray([each.unseen for each in kept]) + people
    occupied = np.asarray([each.occupied for each in kept])
    found = _diagnostics(values, occupied, kept, chains, people)
    return Estimate(
        method="lcmcr",
        title=TITLE,
        lists=table.lists,
        observed=people,
        point=float(np.median(values)),
        point_kind=POINT_KIND,
        spread=Draws(values),
        assumptions=ASSUMPTIONS,
        cautions=cautions_of(found, table, settings.classes),
        models=_models(values, occupied),
        settings=_plain(settings),
        diagnostics=found,
        seed=settings.seed,
        table=table.digest,
        references=REFERENCES,
    )


def _diagnostics(
    values: Floats, occupied: Floats, kept: list[Kept], chains: list[Chain], people: int
) -> dict[str, Any]:
    """R-hat, effective sizes, Monte Carlo errors and what the chains look like, as plain numbers."""
    r_hat = rank_r_hat(values)
    tried = sum(chain.tuning[2] for chain in chains)
    return {
        "r_hat": r_hat if np.isfinite(r_hat) else None,
        "bulk_size": bulk_size(values),
        "tail_size": tail_size(values),
        "error_of_median": quantile_error(values, 0.5),
        "error_of_low_end": quantile_error(values, 0.025),
        "error_of_high_end": quantile_error(values, 0.975),
        "median_by_chain": [float(each) for each in np.median(values, axis=1)],
        "occupied_classes": float(occupied.mean()),
        "share_with_all_classes_occupied": float((occupied == len(chains[0].theta.log_nu)).mean()),
        "missed_by_all": float(np.mean([each.missed.mean() for each in kept])),
        "share_beyond_20_n": float((values - people > 20 * people).mean()),
        "sweeps_by_chain": chains[0].sweeps,
        "jumped": int(sum(chain.tuning[3] for chain in chains)),
        "jumps_tried": int(sum(chain.tuning[4] for chain in chains)),
        "trajectories": int(tried),
        "trajectories_accepted": float(sum(chain.tuning[1] for chain in chains) / tried) if tried else None,
    }


def _models(values: Floats, occupied: Floats) -> tuple[WeightedModel, ...]:
    """The number of classes that hold anybody, each with its share of the draws and the median of N under it."""
    numbers, draws = np.unique(occupied.astype(np.int64), return_counts=True)
    return tuple(
        WeightedModel(str(number), count / occupied.size, float(np.median(values[occupied == number])))
        for number, count in sorted(zip(numbers.tolist(), draws.tolist(), strict=True), key=lambda each: -each[1])
    )


def _plain(settings: _Settings) -> dict[str, Any]:
    return {
        "classes": settings.classes,
        "chains": settings.chains,
        "draws": settings.draws,
        "warm_up": settings.warm_up,
        "thin": settings.thin,
        "prior_alpha": list(settings.prior_alpha),
        "prior_N": "1/N",
        "prior_lambda": "uniform",
        "until_r_hat": settings.until_r_hat,
        "sweeps_max": settings.sweeps_max,
        "moves": settings.moves,
    }


def _refuse_settings(settings: _Settings) -> None:
    """Raise InvalidValue naming every setting that is out of its range."""
    least = {"classes": 2, "chains": 1, "draws": 2 * DRAWS_MIN, "warm_up": 0, "thin": 1, "sweeps_max": 1}
    faults = [
        (f"{name} = {getattr(settings, name)} (from {low} up)", f"{name} = {getattr(settings, name)} (desde {low})")
        for name, low in least.items()
        if getattr(settings, name) < low
    ]
    if len(settings.prior_alpha) != 2 or not all(0 < each < float("inf") for each in settings.prior_alpha):
        faults.append(
            (
                f"prior_alpha = {settings.prior_alpha} (shape and rate above 0)",
                f"prior_alpha = {settings.prior_alpha} (forma y tasa mayores que 0)",
            )
        )
    if settings.threads is not None and settings.threads < 1:
        faults.append((f"threads = {settings.threads} (from 1 up)", f"threads = {settings.threads} (desde 1)"))
    if settings.until_r_hat is not None and not settings.until_r_hat > 1:
        faults.append(
            (
                f"until_r_hat = {settings.until_r_hat} (above 1; 1.01 is usual)",
                f"until_r_hat = {settings.until_r_hat} (mayor que 1; lo habitual es 1.01)",
            )
        )
    if faults:
        raise InvalidValue(
            en="settings out of range: " + "; ".join(en for en, _ in faults),
            es="ajustes fuera de rango: " + "; ".join(es for _, es in faults),
        )
