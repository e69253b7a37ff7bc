"""How the average over graphs moves when its priors do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from recuento.estimate.decomposable import dga
from recuento.estimate.dga_prior import InverseN, Prior, prior_from
from recuento.estimate.result import NotEstimable
from recuento.estimate.table import CaptureTable
from recuento.values.bilingual import Bilingual


@dataclass(frozen=True, slots=True)
class PriorRow:
    """One choice of priors and what comes of it; `refused` says why where nothing does."""

    delta: float
    prior: dict[str, Any]
    include_saturated: bool
    point: float | None
    low: float | None
    high: float | None
    saturated_weight: float | None
    best_model: str
    cautions: tuple[str, ...]
    refused: Bilingual | None = None


def dga_sensitivity(
    table: CaptureTable,
    *,
    deltas: Sequence[float] | None = None,
    priors: Sequence[Prior] = (InverseN(),),
    saturated: Sequence[bool] = (False, True),
    level: float = 0.95,
    min_unseen: int = 0,
    max_unseen: int | None = None,
    threads: int = 1,
) -> list[PriorRow]:
    """A row for every choice of delta (2^-k, 1/2 and 1 where not given), prior on N, and saturated graph in or out.

    `low` and `high` are the interval at `level`, `point` the median. Raises what `dga` raises for options that cannot
    be; a choice under which nothing can be estimated is a row that says so.
    """
    chosen = (2.0**-table.list_count, 0.5, 1.0) if deltas is None else tuple(deltas)
    rows = []
    for prior in priors:
        for delta in chosen:
            for included in saturated:
                rows.append(_row(table, delta, prior, included, level, min_unseen, max_unseen, threads))
    return rows


def _row(
    table: CaptureTable,
    delta: float,
    prior: Prior,
    included: bool,
    level: float,
    min_unseen: int,
    max_unseen: int | None,
    threads: int,
) -> PriorRow:
    named = prior_from(prior, table.people + min_unseen).settings()
    try:
        result = dga(
            table,
            delta=delta,
            prior=prior,
            min_unseen=min_unseen,
            max_unseen=max_unseen,
            include_saturated=included,
            models=1,
            threads=threads,
            compare_deltas=False,
        )
    except NotEstimable as refusal:
        words = Bilingual(es=refusal.es, en=refusal.en)
        return PriorRow(delta, named, included, None, None, None, None, "", (), words)
    low, high = result.interval(level)
    return PriorRow(
        delta,
        named,
        included,
        result.point,
        low,
        high,
        float(result.diagnostics["saturated_weight"]),
        result.models[0].name,
        tuple(caution.code for caution in result.cautions),
    )
