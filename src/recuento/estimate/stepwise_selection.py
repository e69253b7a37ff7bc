"""Stepwise choice of pairs of lists for sparse overlaps, with a bootstrap that repeats the choice."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from recuento.errors import InvalidValue
from recuento.estimate.caution import Caution
from recuento.estimate.generators import from_terms
from recuento.estimate.honesty import with_table_cautions
from recuento.estimate.result import Estimate, WeightedModel
from recuento.estimate.sparse import fit_sparse
from recuento.estimate.sparse_bootstrap import Bootstrapped, Selected, bootstrapped
from recuento.estimate.sparse_cautions import bootstrap_cautions, empty_overlaps
from recuento.estimate.sparse_ground import SparseGround
from recuento.estimate.table import CaptureTable
from recuento.values.bilingual import Bilingual

TITLE = Bilingual(es="selección por pasos para listas poco solapadas", en="stepwise selection for sparse overlaps")
REFERENCES = (
    "Chan, Silverman and Vincent (2021), JASA 116:1297-1306",
    "Fienberg and Rinaldo (2012), Annals of Statistics 40:996-1023",
    "Efron (1987), JASA 82:171-185",
)
CLOSED = Bilingual(
    es="nadie entra en la población ni sale de ella, y se sabe sin error quién está en cada lista",
    en="nobody enters or leaves the population, and who is on each list is known without error",
)
PAIRS_ENOUGH = Bilingual(
    es="fuera de los pares de listas elegidos, estar en una lista no cambia la probabilidad de estar en otra; no hay "
    "dependencias entre tres listas, y las personas de una misma lista tienen la misma probabilidad de figurar en ella",
    en="apart from the chosen pairs of lists, being on one list does not change the chance of being on another; there "
    "is no dependence among three lists, and everybody has the same chance of being on a given list",
)
POINT = Bilingual(es="máxima verosimilitud del modelo elegido", en="maximum likelihood of the chosen model")


@with_table_cautions
def stepwise(table: CaptureTable, *, threshold: float = 0.02, replicates: int = 1000, seed: int = 0) -> Estimate:
    """N by stepwise choice among pairs of lists, with BCa limits over resamples that choose again.

    Chan, Silverman and Vincent (2021). Counts are Poisson with log mean = constant + lists + chosen pairs. It starts
    from the lists alone. For each pair that is not in, n* people are on both and the model expects m; its p-value is
    min(P(X <= n*), P(X >= n*)) for X Poisson with mean m. The pair of the smallest p-value comes in while that is
    below `threshold` (0 keeps the lists alone) and the larger model can be estimated (see `existence`); a pair that
    nobody shares comes in with parameter -infinity and takes its cells out. N = n + exp(constant). Limits: each of
    `replicates` resamples of n people repeats the whole choice; bias-corrected and accelerated, the acceleration by
    leaving out one person of each history (Efron 1987). Lists that can never meet have no pair to choose.

    `diagnostics` names the pairs in the order they came ("pairs"), and how far one person moves N. `models` are those
    that the resamples chose, with their shares as weights and the N they give on the table. Strata are pooled.
    Raises NotEstimable with fewer than 2 or more than 12 lists, nobody seen, or lists that do not meet; InvalidValue
    for a threshold outside 0 to 0.5 or replicates outside 20 to 100,000. The same for the same seed.
    """
    _refuse_threshold(threshold)
    ground = SparseGround.of(table, TITLE)
    result = bootstrapped(ground, lambda rows: _select(ground, rows, threshold), replicates, seed)
    terms = _terms(ground, result.choice)
    return Estimate(
        method="stepwise",
        title=TITLE,
        lists=ground.table.lists,
        observed=ground.table.people,
        point=result.point,
        point_kind=POINT,
        spread=result.replicates.spread(),
        assumptions=(CLOSED, PAIRS_ENOUGH),
        cautions=_cautions(ground, result, terms),
        models=_models(ground, result),
        settings={"threshold": threshold, "replicates": replicates},
        diagnostics={
            "model": from_terms(terms).name,
            "pairs": [ground.table.pattern_words(pair) for pair in result.choice],
            **result.diagnostics(ground),
        },
        seed=seed,
        table=table.digest,
        references=REFERENCES,
    )


def _select(ground: SparseGround, rows: NDArray[np.float64], threshold: float) -> Selected:
    from recuento.estimate.stepwise_kernel import stepwise_rows

    pairs = ground.pairs
    log_threshold = math.log(threshold) if threshold > 0 else -math.inf
    status, unseen, chosen, _ = stepwise_rows(ground.lists, rows, ground.possible, pairs, log_threshold)
    choices = [tuple(pairs[row[row >= 0]].tolist()) for row in chosen]
    undecided = status != 0
    return Selected(
        unseen, [None if lost else choice for lost, choice in zip(undecided.tolist(), choices, strict=True)]
    )


def _terms(ground: SparseGround, pairs: Sequence[int]) -> tuple[int, ...]:
    return (*(1 << at for at in range(ground.lists)), *pairs)


def _models(ground: SparseGround, result: Bootstrapped) -> tuple[WeightedModel, ...]:
    """The models most often chosen in resamples, with the N that each gives on the table."""
    found = []
    for pairs, share in result.shares:
        model = from_terms(_terms(ground, pairs))
        fitted = fit_sparse(ground.table, model)
        found.append(WeightedModel(model.name, share, fitted.estimate, fitted.bic))
    return tuple(found)


def _cautions(ground: SparseGround, result: Bootstrapped, terms: Sequence[int]) -> tuple[Caution, ...]:
    empty = empty_overlaps(ground, terms)
    return (*bootstrap_cautions(ground, result), *((empty,) if empty else ()))


def _refuse_threshold(threshold: float) -> None:
    if not 0 <= threshold <= 0.5:
        raise InvalidValue(
            en=f"the threshold of the p-values lies from 0 to 0.5, not {threshold}",
            es=f"el umbral de los valores p está entre 0 y 0,5, no {threshold}",
        )
