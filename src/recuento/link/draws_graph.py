"""What draws are made on: entries held together by decisions, the pairs between them, the parts that stand alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from recuento.errors import InvalidValue
from recuento.link.decisions import PairDecision
from recuento.link.linkage import Linkage

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

SUREST = 12.0
"""Natural log odds beyond which no comparison goes: nothing but a person's decision is surer than 1 in 160,000."""

FORBIDDEN = -1e30
"""The weight of two nodes that may not be one person."""

PART_MAX = 10_000
"""Nodes of a part beyond which its weakest links are let go, so that a million entries can be drawn in minutes."""

WEAK_IN_LARGE = 0.05
"""The probability below which links of such a part hold nobody together any longer; they still speak against."""

LISTS_MAX = 63
"""Unique lists are bits of one integer."""


@dataclass(frozen=True, slots=True, eq=False)
class Graph:
    """Nodes (entries that a person said are one) and the weights between them, part by part.

    `node_of_entry` says where each entry is. Rows `start[i]:start[i + 1]` of `neighbour`, `weight` and `linkable`
    are the pairs of node i, sorted by neighbour; weights are natural log odds, FORBIDDEN where a list or a decision
    keeps two nodes apart. Only linkable pairs hold a person together; the others speak against.
    `masks` has the unique lists of each node as bits. Parts are `part_nodes[part_start[k]:part_start[k + 1]]`; nodes
    that nothing links are in none.
    """

    node_of_entry: Ints
    first_entry: Ints
    """The first entry of each node, by which it is called."""
    masks: Ints
    start: Ints
    neighbour: Ints
    weight: Floats
    linkable: NDArray[np.bool_]
    part_start: Ints
    part_nodes: Ints
    labels: Ints
    """The cluster of each node in the linkage's own clustering, to set out from."""

    @property
    def entries(self) -> int:
        """How many entries there are."""
        return len(self.node_of_entry)


def graph_of(
    linkage: Linkage, lists: Sequence[str], decisions: Iterable[PairDecision], *, least_probability: float
) -> Graph:
    """The graph of a linkage; `lists` has the list of each entry in the order of `linkage.clusters`.

    Raises InvalidValue where two entries that are to be one are also said to be two.
    """
    ids = linkage.clusters["entry_id"].combine_chunks()
    decided = list({decision.pair: decision for decision in decisions}.values())  # the last answer counts
    yes = _places(ids, [d.pair for d in decided if d.answer == "yes"])
    no = _places(ids, [d.pair for d in decided if d.answer == "no"])
    node_of = _nodes(len(ids), yes)
    _refuse_contradiction(ids, node_of, no)
    masks = _masks(node_of, lists, linkage.unique_lists)
    left, right, weight = _pairs(linkage, ids, node_of)
    left, right, weight = _with_no(left, right, weight, node_of, no)
    weight = np.where(masks[left] & masks[right], FORBIDDEN, weight)
    linkable = weight >= np.log(least_probability / (1 - least_probability))
    nodes = int(node_of.max()) + 1 if len(node_of) else 0
    part = _joined_by(left, right, linkable, nodes)
    large = np.bincount(part, minlength=1)[part] > PART_MAX
    if large.any():
        linkable &= ~large[left] | (weight >= np.log(WEAK_IN_LARGE / (1 - WEAK_IN_LARGE)))
        part = _joined_by(left, right, linkable, nodes)
    kept = part[left] == part[right]
    start, neighbour, both_weight, both_linkable = _rows(nodes, left[kept], right[kept], weight[kept], linkable[kept])
    part_start, part_nodes = _parts(part, nodes)
    first = np.full(nodes, len(ids), dtype=np.int64)
    np.minimum.at(first, node_of, np.arange(len(ids)))
    persons = pc.dictionary_encode(linkage.clusters["person"].combine_chunks()).indices.to_numpy(zero_copy_only=False)
    labels = persons.astype(np.int64)[first] if nodes else np.zeros(0, dtype=np.int64)
    return Graph(
        node_of, first, masks, start, neighbour, both_weight, both_linkable, part_start, part_nodes, labels
    )  # fmt: skip


def _joined_by(left: Ints, right: Ints, linkable: NDArray[Any], nodes: int) -> NDArray[Any]:
    """The part of each node, where linkable pairs hold parts together."""
    one, other = left[linkable], right[linkable]
    pairs = coo_matrix((np.ones(len(one)), (one, other)), shape=(nodes, nodes))
    return np.asarray(connected_components(pairs, directed=False)[1])


def _places(ids: pa.Array, pairs: Sequence[tuple[str, str]]) -> NDArray[Any]:
    """The places of pairs of ids; pairs of entries that are no longer there are left out."""
    found = np.array([pc.index_in(pa.array(list(side), pa.string()), ids).fill_null(-1).to_numpy(zero_copy_only=False)
                      for side in zip(*pairs, strict=True)] or np.zeros((2, 0)), dtype=np.int64)  # fmt: skip
    return found[:, (found >= 0).all(axis=0)]


def _nodes(entries: int, yes: NDArray[Any]) -> Ints:
    ones = np.ones(yes.shape[1], dtype=bool)
    return np.asarray(
        connected_components(coo_matrix((ones, (yes[0], yes[1])), shape=(entries, entries)), directed=False)[1],
        dtype=np.int64,
    )


def _refuse_contradiction(ids: pa.Array, node_of: Ints, no: NDArray[Any]) -> None:
    inside = np.flatnonzero(node_of[no[0]] == node_of[no[1]])
    if len(inside):
        left, right = (ids[int(no[side][inside[0]])].as_py() for side in (0, 1))
        raise InvalidValue(
            f"entries {left} and {right} are decided to be two persons, yet other decisions make them one; "
            "take one of these decisions back",
            f"se decidió que los registros {left} y {right} son dos personas, pero otras decisiones los unen; "
            "retire una de esas decisiones",
        )


def _masks(node_of: Ints, lists: Sequence[str], unique_lists: Sequence[str]) -> Ints:
    if len(unique_lists) > LISTS_MAX:
        raise InvalidValue(
            f"{len(unique_lists)} lists are said to be free of duplicates; at most {LISTS_MAX} can be",
            f"se indicaron {len(unique_lists)} listas sin duplicados; pueden ser como máximo {LISTS_MAX}",
        )
    bits = {name: 1 << place for place, name in enumerate(unique_lists)}
    masks = np.zeros(int(node_of.max()) + 1 if len(node_of) else 0, dtype=np.int64)
    np.bitwise_or.at(masks, node_of, np.array([bits.get(name, 0) for name in lists], dtype=np.int64))
    return masks


def _pairs(linkage: Linkage, ids: pa.Array, node_of: Ints) -> tuple[Ints, Ints, Floats]:
    """Pairs of nodes with the natural log odds of their best pair of entries; pairs inside a node are gone."""
    pairs = linkage.pairs
    left, right = (
        pc.index_in(pairs[side].combine_chunks(), ids).to_numpy(zero_copy_only=False) for side in ("left", "right")
    )
    weight = np.clip(pairs["weight"].to_numpy() * np.log(2), -SUREST, SUREST)
    one, other = node_of[left.astype(np.int64)], node_of[right.astype(np.int64)]
    low, high = np.minimum(one, other), np.maximum(one, other)
    order = np.lexsort((-weight, high, low))
    low, high, weight = low[order], high[order], weight[order]
    first = np.ones(len(low), dtype=bool)
    first[1:] = (low[1:] != low[:-1]) | (high[1:] != high[:-1])
    kept = first & (low != high)
    return low[kept], high[kept], weight[kept]


def _with_no(left: Ints, right: Ints, weight: Floats, node_of: Ints, no: NDArray[Any]) -> tuple[Ints, Ints, Floats]:
    """The pairs with those decided to be two persons, whether they were compared or not."""
    if not no.shape[1]:
        return left, right, weight
    nodes = int(node_of.max()) + 1
    one, other = node_of[no[0]], node_of[no[1]]
    apart = np.unique(np.minimum(one, other) * nodes + np.maximum(one, other))
    kept = ~np.isin(left * nodes + right, apart)
    return (
        np.concatenate([left[kept], apart // nodes]),
        np.concatenate([right[kept], apart % nodes]),
        np.concatenate([weight[kept], np.full(len(apart), FORBIDDEN)]),
    )


def _rows(
    nodes: int, left: Ints, right: Ints, weight: Floats, linkable: NDArray[Any]
) -> tuple[Ints, Ints, Floats, NDArray[np.bool_]]:
    one, other = np.concatenate([left, right]), np.concatenate([right, left])
    order = np.lexsort((other, one))
    start = np.zeros(nodes + 1, dtype=np.int64)
    np.cumsum(np.bincount(one, minlength=nodes), out=start[1:])
    return start, other[order], np.concatenate([weight, weight])[order], np.concatenate([linkable, linkable])[order]


def _parts(part: NDArray[Any], nodes: int) -> tuple[Ints, Ints]:
    """Parts of two nodes or more, each sorted, in the order of their first nodes."""
    sizes = np.bincount(part, minlength=1) if nodes else np.zeros(0, dtype=np.int64)
    order = np.argsort(part, kind="stable")
    order = order[sizes[part[order]] > 1]
    kept = sizes[sizes > 1]
    return np.concatenate([[0], np.cumsum(kept)]).astype(np.int64), order.astype(np.int64)
