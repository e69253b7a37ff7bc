"""How many links nobody looked for: entries of one person that share no key and so were never compared.

Entries that bear the same number were brought together by it, whatever their names. How many of them would have been
lost had only names and dates brought them together tells how many are lost among entries without a number.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from recuento.link.comparable import comparable
from recuento.link.decisions import PairDecision
from recuento.link.entries import Entries
from recuento.link.keys import Keys, keys_of
from recuento.link.linkage import Linkage
from recuento.link.settings import LinkSettings

Ints = NDArray[np.int64]

DIFFERENT_GIVEN, DIFFERENT_SURNAME = 2, 1
"""The highest level of names that have nothing in common (0 is unknown)."""

SPREAD = 0.4
"""Standard deviation of the log odds by which entries without a number may be worse or better written than others."""

PRIOR_LOST, PRIOR_KEPT = 2.0, 58.0
"""What is believed before looking: about 1 link in 30 lost, as sure as 60 links would make one."""


@dataclass(frozen=True, slots=True, eq=False)
class MissedLinks:
    """What is known of links never looked for.

    `by_number` links were held by a number and `lost_without` of them would have been lost by names alone; `by_names`
    links are held by names alone. `lists_of_links` has the lists (as places among the sorted lists) of both ends of
    links held by names, `list_of` the list of each entry, and `decided` the entries that a person has looked at.
    """

    by_number: int
    lost_without: int
    by_names: int
    lists_of_links: Ints
    list_of: Ints
    decided: Ints

    @property
    def share(self) -> float:
        """The share of links that is lost, as expected after looking."""
        return (self.lost_without + PRIOR_LOST) / (self.by_number + PRIOR_LOST + PRIOR_KEPT)

    def counts(self, rng: np.random.Generator, draws: int) -> Ints:
        """How many links are missed, for each draw: uncertain both in their share and in their number."""
        shares = rng.beta(
            self.lost_without + PRIOR_LOST, max(0, self.by_number - self.lost_without) + PRIOR_KEPT, draws
        )
        odds = shares / (1 - shares) * np.exp(rng.normal(0, SPREAD, draws))
        return np.asarray(rng.poisson(self.by_names * odds), dtype=np.int64)


def missed_links(linkage: Linkage, entries: Entries, decisions: tuple[PairDecision, ...] = ()) -> MissedLinks:
    """Count on the linkage's own clustering what names alone would have lost."""
    ready = comparable(entries)
    person = _codes(linkage.clusters["person"])
    number = _codes(ready.table["number"])
    held = np.where(number >= 0, person * (int(number.max(initial=0)) + 1) + number, -1)
    group = _numbered(_of_like_names(linkage, held))
    keys = _keys_without_numbers(ready, linkage)
    by_number = int((group >= 0).sum()) - (int(group.max(initial=-1)) + 1)
    pieces = _pieces(group, keys)
    lost = pieces - (int(group.max(initial=-1)) + 1)
    links = len(person) - len(np.unique(person))
    list_of = _codes(entries.column("list"))
    ids = linkage.clusters["entry_id"].to_pylist() if decisions else []
    looked_at = {name for one in decisions for name in one.pair}
    return MissedLinks(
        by_number=by_number,
        lost_without=lost,
        by_names=links - by_number,
        lists_of_links=_links_by_names(person, held, list_of),
        list_of=list_of,
        decided=np.array([place for place, name in enumerate(ids) if name in looked_at], dtype=np.int64),
    )


def _codes(column: Any) -> Ints:
    coded = column.combine_chunks().dictionary_encode()
    if isinstance(coded, pa.ChunkedArray):
        coded = coded.combine_chunks()
    return np.asarray(coded.indices.fill_null(-1).to_numpy(zero_copy_only=False), dtype=np.int64)


def _of_like_names(linkage: Linkage, held: Ints) -> Ints:
    """The groups of one number taken apart where names have nothing in common: there a number slipped to the next row.

    Such entries were most likely never one person, so they must not count as lost.
    """
    pairs = linkage.pairs
    ids = linkage.clusters["entry_id"].combine_chunks()
    left, right = (
        pc.index_in(pairs[side].combine_chunks(), ids).to_numpy(zero_copy_only=False).astype(np.int64)
        for side in ("left", "right")
    )
    alike = pairs["level_given"].to_numpy() > DIFFERENT_GIVEN
    alike |= pairs["level_surname"].to_numpy() > DIFFERENT_SURNAME
    kept = alike & (held[left] == held[right]) & (held[left] >= 0)
    joined = coo_matrix((np.ones(int(kept.sum())), (left[kept], right[kept])), shape=(len(held), len(held)))
    return np.where(held >= 0, connected_components(joined, directed=False)[1], -1)


def _numbered(held: Ints) -> Ints:
    """Groups of two entries or more of one person and one number, numbered from 0; -1 for entries in none."""
    group = np.full(len(held), -1, dtype=np.int64)
    _, inverse, counts = np.unique(held, return_inverse=True, return_counts=True)
    inside = (held >= 0) & (counts[inverse] > 1)
    group[inside] = np.unique(held[inside], return_inverse=True)[1]
    return group


def _keys_without_numbers(ready: Any, linkage: Linkage) -> Keys:
    place = ready.table.column_names.index("number")
    blank = pa.nulls(ready.table.num_rows, ready.table["number"].type)
    settings = LinkSettings()
    return keys_of(
        replace(ready, table=ready.table.set_column(place, "number", blank)),
        most_per_key=int(str(linkage.settings.get("most_per_key", settings.most_per_key))),
        pairs_per_entry=float(str(linkage.settings.get("pairs_per_entry", settings.pairs_per_entry))),
    )


def _pieces(group: Ints, keys: Keys) -> int:
    """Into how many pieces the groups fall where only these keys bring entries together."""
    inside = np.flatnonzero(group >= 0)
    if not len(inside):
        return 0
    place = np.full(len(group), -1, dtype=np.int64)
    place[inside] = np.arange(len(inside))
    kept = place[keys.rows] >= 0
    rows, values = keys.rows[kept].astype(np.int64), keys.keys[kept]
    order = np.lexsort((values, group[rows]))
    rows, values = rows[order], values[order]
    shared = (values[1:] == values[:-1]) & (group[rows[1:]] == group[rows[:-1]])
    one, other = place[rows[1:][shared]], place[rows[:-1][shared]]
    joined = coo_matrix((np.ones(len(one)), (one, other)), shape=(len(inside), len(inside)))
    return int(connected_components(joined, directed=False)[0])


def _links_by_names(person: Ints, held: Ints, list_of: Ints) -> Ints:
    """The lists of both ends of one link for each entry that a person has beyond the first and no number holds."""
    order = np.lexsort((held, person))
    same_person = person[order[1:]] == person[order[:-1]]
    by_number = (held[order[1:]] == held[order[:-1]]) & (held[order[1:]] >= 0)
    here = np.flatnonzero(same_person & ~by_number)
    return np.column_stack([list_of[order[here]], list_of[order[here + 1]]])
