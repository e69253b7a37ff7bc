"""The pairs worth a person's time first: those left open whose answer would change the overlap of the lists most."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from recuento.link.decisions import PairDecision
from recuento.link.draws import Draws, DrawSettings, draw_clusterings
from recuento.link.entries import Entries
from recuento.link.linkage import FIELD_NAMES, Linkage
from recuento.link.reasons import PairReasons, level_table, reasons_of_row
from recuento.values.bilingual import Bilingual

SHOWN: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("given", ("name",)),
    ("number", ("document_number",)),
    ("birth", ("birth_date", "age")),
    ("sex", ("sex",)),
    ("facility", ("facility",)),
    ("state", ("state",)),
    ("arrest", ("arrest_date",)),
    ("nickname", ("nickname",)),
    ("circumstance", ("list", "date")),
)
"""What of two entries is laid side by side: the field compared and the columns it comes from."""

_REVIEW_DRAWS = 60
_OPEN_MIN = 0.02
"""The chance of being overturned below which a pair is settled enough."""

_NEXT_OF_THE_SAME = 0.25
"""What a further pair between the same two persons is worth, once the first has been asked."""


@dataclass(frozen=True, slots=True)
class SideBySide:
    """One field of both entries, as written ("" where it is missing), with what the comparison said and its weight."""

    field: str
    name: Bilingual
    left: str
    right: str
    words: Bilingual
    bits: float


@dataclass(frozen=True, slots=True)
class PairToReview:
    """A pair to ask a person about. It shows names: for the casefile's own people only.

    `joined` is the share of draws in which the two are one person, `cells` how many cells of the overlap table the
    answer moves, `value` the expected change by which pairs are ordered, `unsure` whether somebody left it open.
    """

    left: str
    right: str
    value: float
    joined: float
    cells: int
    now_one: bool
    unsure: bool
    rows: tuple[SideBySide, ...]
    reasons: PairReasons

    @property
    def why(self) -> Bilingual:
        """Why this pair is asked about."""
        moved = {1: ("una casilla", "one cell"), 2: ("dos casillas", "two cells"), 3: ("tres casillas", "three cells")}
        es_cells, en_cells = moved[self.cells]
        share = round(self.joined * 100)
        return Bilingual(
            es=f"En {share} de cada 100 sorteos son la misma persona; ahora se cuentan como "
            f"{'una' if self.now_one else 'dos'}. La respuesta mueve {es_cells} de la tabla de coincidencias.",
            en=f"In {share} of 100 draws they are one person; they now count as {'one' if self.now_one else 'two'}. "
            f"The answer moves {en_cells} of the overlap table.",
        )


def worth_reviewing(
    linkage: Linkage,
    entries: Entries,
    decisions: Iterable[PairDecision] | None = None,
    limit: int = 50,
    *,
    draws: Draws | None = None,
    seed: int = 0,
) -> list[PairToReview]:
    """At most `limit` pairs, the most valuable first; the same input gives the same order.

    A pair's value is the chance that a person overturns what is counted now, times the cells of the overlap table
    that this would move. Pairs answered yes or no, and pairs that such answers already settle, are left out; those
    left "unsure" come after the rest. `decisions` replaces those of the linkage, `draws` saves drawing again.
    """
    given = linkage.decisions if decisions is None else decisions
    decided = tuple({decision.pair: decision for decision in given}.values())  # the last answer counts
    if not linkage.pairs.num_rows or limit < 1:
        return []
    drawn = draws or draw_clusterings(
        linkage, entries, decisions=decided, settings=DrawSettings(draws=_REVIEW_DRAWS), seed=seed
    )
    open_pairs = _OpenPairs.of(linkage, entries, decided, drawn)
    order = open_pairs.order()[:limit]
    return [_to_review(linkage, entries, open_pairs, int(place)) for place in order]


@dataclass(frozen=True, slots=True, eq=False)
class _OpenPairs:
    """The pairs that draws leave open, as arrays: their row, their two entries, and what an answer would do."""

    row: NDArray[Any]
    left: NDArray[Any]
    right: NDArray[Any]
    joined: NDArray[Any]
    now_one: NDArray[Any]
    cells: NDArray[Any]
    value: NDArray[Any]
    unsure: NDArray[Any]

    @classmethod
    def of(cls, linkage: Linkage, entries: Entries, decided: tuple[PairDecision, ...], draws: Draws) -> _OpenPairs:
        ids = linkage.clusters["entry_id"].combine_chunks()
        left, right = (
            pc.index_in(linkage.pairs[side].combine_chunks(), ids).to_numpy(zero_copy_only=False).astype(np.int64)
            for side in ("left", "right")
        )
        person = linkage.clusters["person"].combine_chunks().dictionary_encode().indices
        best = person.to_numpy(zero_copy_only=False).astype(np.int64)
        joined = _joined(draws, left, right)
        now_one = best[left] == best[right]
        overturned = np.where(now_one, 1 - joined, joined)
        kept = np.flatnonzero(overturned >= _OPEN_MIN)
        kept = kept[~_answered(linkage.pairs, kept, decided, "yes", "no")]
        left, right, joined, now_one = left[kept], right[kept], joined[kept], now_one[kept]
        cells = _cells(entries, best, left, right, now_one)
        unsure = _answered(linkage.pairs, kept, decided, "unsure")
        value = overturned[kept] * cells * _first_of_its_persons(best, left, right, overturned[kept])
        return cls(kept, left, right, joined, now_one, cells, value, unsure)

    def order(self) -> NDArray[Any]:
        """The places of the pairs, the most valuable first; ties by the ids of the entries."""
        return np.asarray(np.lexsort((self.right, self.left, -np.round(self.value, 9), self.unsure)))


def _joined(draws: Draws, left: NDArray[Any], right: NDArray[Any]) -> NDArray[Any]:
    """The share of draws in which each pair is one person."""
    column = np.full(len(draws.settled), -1, dtype=np.int64)
    column[draws.varying] = np.arange(len(draws.varying))
    one, other = column[left], column[right]
    shares = (draws.settled[left] == draws.settled[right]).astype(float)
    both = np.flatnonzero((one >= 0) & (other >= 0))
    together = np.zeros(len(both))
    for row in draws.drawn:
        together += row[one[both]] == row[other[both]]
    shares[both] = together / max(1, len(draws))
    shares[(one >= 0) != (other >= 0)] = 0.0
    return np.asarray(shares)


def _answered(pairs: pa.Table, rows: NDArray[Any], decided: tuple[PairDecision, ...], *answers: str) -> NDArray[Any]:
    chosen = {decision.pair for decision in decided if decision.answer in answers}
    if not chosen:
        return np.zeros(len(rows), dtype=bool)
    some = pairs.select(["left", "right"]).take(pa.array(rows))
    both = zip(some["left"].to_pylist(), some["right"].to_pylist(), strict=True)
    return np.array([pair in chosen for pair in both], dtype=bool)


def _cells(entries: Entries, best: NDArray[Any], left: NDArray[Any], right: NDArray[Any],
           now_one: NDArray[Any]) -> NDArray[Any]:  # fmt: skip
    """How many cells of the overlap table change when two persons become one, or one becomes two.

    Two persons on the same lists are one person fewer there; where each is on a list that the other is not, three
    cells move: the two they leave and the one they meet in.
    """
    lists = entries.column("list").combine_chunks().dictionary_encode().indices.to_numpy(zero_copy_only=False)
    bit = np.int64(1) << (lists.astype(np.int64) % 62)
    codes = np.zeros(int(best.max()) + 1, dtype=np.int64)
    np.bitwise_or.at(codes, best, bit)
    one = np.where(now_one, bit[left], codes[best[left]])
    other = np.where(now_one, bit[right], codes[best[right]])
    both = one | other
    return np.asarray(np.where((both == one) | (both == other), 1, 3))


def _first_of_its_persons(
    best: NDArray[Any], left: NDArray[Any], right: NDArray[Any], overturned: NDArray[Any]
) -> NDArray[Any]:
    """1 for the best pair between two persons (or within one), less for each further: one answer settles most."""
    low, high = np.minimum(best[left], best[right]), np.maximum(best[left], best[right])
    order = np.lexsort((right, left, -np.round(overturned, 9), high, low))
    place = np.zeros(len(order), dtype=np.int64)
    run = 0
    for at, here in enumerate(order):
        before = order[at - 1]
        run = run + 1 if at and low[here] == low[before] and high[here] == high[before] else 0
        place[here] = run
    return np.asarray(_NEXT_OF_THE_SAME ** place.astype(float))


def _to_review(linkage: Linkage, entries: Entries, pairs: _OpenPairs, place: int) -> PairToReview:
    row = linkage.pairs.slice(int(pairs.row[place]), 1).to_pylist()[0]
    reasons = reasons_of_row(row, level_table(linkage))
    left = entries.table.slice(int(pairs.left[place]), 1).to_pylist()[0]
    right = entries.table.slice(int(pairs.right[place]), 1).to_pylist()[0]
    return PairToReview(
        left=reasons.left,
        right=reasons.right,
        value=float(pairs.value[place]),
        joined=float(pairs.joined[place]),
        cells=int(pairs.cells[place]),
        now_one=bool(pairs.now_one[place]),
        unsure=bool(pairs.unsure[place]),
        rows=tuple(_side_by_side(field, columns, left, right, reasons) for field, columns in SHOWN),
        reasons=reasons,
    )


_TITLES = {
    "given": Bilingual(es="Nombre", en="Name"),
    "circumstance": Bilingual(es="Lista y fecha", en="List and date"),
}


def _side_by_side(field: str, columns: tuple[str, ...], left: dict[str, Any], right: dict[str, Any],
                  reasons: PairReasons) -> SideBySide:  # fmt: skip
    fields = ("given", "surname") if field == "given" else (field,)
    said = [one for one in reasons.reasons if one.field in fields]
    telling = [one for one in said if one.level] or said
    return SideBySide(
        field=field,
        name=_TITLES.get(field, FIELD_NAMES[field]),
        left=_as_written(left, columns),
        right=_as_written(right, columns),
        words=Bilingual(es="; ".join(o.label.es for o in telling), en="; ".join(o.label.en for o in telling)),
        bits=sum(one.bits for one in said),
    )


def _as_written(entry: dict[str, Any], columns: tuple[str, ...]) -> str:
    return " · ".join(str(entry[name]) for name in columns if entry.get(name) is not None)
