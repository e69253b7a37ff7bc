"""From linked persons to tables for `estimate`: at the best clustering, and one for every draw of the linkage."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from recuento.casefile.casefile import Casefile
from recuento.casefile.people.linking import NotLinked, entries_of, is_up_to_date, linkage_of
from recuento.errors import RecuentoError
from recuento.estimate.replicates import combine
from recuento.estimate.result import Estimate
from recuento.estimate.table import CaptureTable
from recuento.store.locks import refuse_where_locked

if TYPE_CHECKING:
    from recuento.link.overlap import Overlap

DRAWS = 20


@dataclass(frozen=True, slots=True, eq=False)
class LinkedTables:
    """The overlap of the lists of a casefile: `best` at the best clustering, `draws` where the linkage is uncertain."""

    best: CaptureTable
    draws: tuple[CaptureTable, ...]
    unclear: int
    """Persons whose entries disagree on a stratum."""


def linked_tables(
    casefile: Casefile, *, strata: Sequence[str] = (), draws: int = DRAWS, lists: Sequence[str] = (), seed: int = 0
) -> LinkedTables:
    """The tables of the linkage that is kept. Raises NotLinked where it is missing or out of date, Locked
    while the lists are locked.
    """
    from recuento.link.draws import DrawSettings, draw_clusterings
    from recuento.link.overlap import overlap_draws, overlap_of

    with casefile.database.reading() as connection:
        refuse_where_locked(connection)
    if not is_up_to_date(casefile):
        raise NotLinked(
            "the linkage is missing or out of date: recuento link run",
            "falta el enlace o está desactualizado: recuento link run",
        )
    linkage, entries = linkage_of(casefile), entries_of(casefile)
    best = overlap_of(linkage, entries, strata=strata)
    drawn: Sequence[Overlap] = ()
    if draws:
        clusterings = draw_clusterings(linkage, entries, settings=DrawSettings(draws=draws), seed=seed)
        drawn = overlap_draws(clusterings, entries, strata=strata)
    return LinkedTables(
        best=_table(best, lists), draws=tuple(_table(one, lists) for one in drawn), unclear=sum(best.unclear.values())
    )


def over_draws(method: Callable[..., Estimate], tables: LinkedTables) -> Estimate:
    """The method on every draw, combined: its interval holds the uncertainty of the linkage too.

    Draws that the method refuses are left out; raises the reason of the first where it refuses most of them.
    """
    made: list[Estimate] = []
    refused: list[RecuentoError] = []
    for table in tables.draws or (tables.best,):
        try:
            made.append(method(table))
        except RecuentoError as reason:
            refused.append(reason)
    if refused and len(refused) >= len(made):
        raise refused[0]
    return combine(made) if len(made) > 1 else made[0]


def _table(overlap: Overlap, lists: Sequence[str]) -> CaptureTable:
    table = overlap.table
    marks: Any = np.column_stack([table[name].to_numpy() for name in overlap.lists])
    made = CaptureTable.from_patterns(
        marks.astype(np.int64),
        table["count"].to_numpy(),
        lists=overlap.lists,
        strata={name: [str(value) for value in table[name].to_pylist()] for name in overlap.strata},
    )
    return made.only(*lists) if lists else made
