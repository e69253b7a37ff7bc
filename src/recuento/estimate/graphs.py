"""Decomposable graphs: which lists are thought to depend on one another directly.

A graph on the lists joins those that depend on each other; it is decomposable where every cycle of four or more
lists has a chord. It is then known by its cliques and by the separators between them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recuento.errors import InvalidValue

GRAPH_COUNTS = {
    1: 1,
    2: 2,
    3: 8,
    4: 61,
    5: 822,
    6: 18_154,
    7: 617_675,
    8: 30_888_596,
    9: 2_192_816_760,
    10: 215_488_096_587,
}
"""How many decomposable graphs there are on so many labelled vertices (OEIS A058862); named in reports only."""

LISTED_MAX = 7
"""Up to so many vertices all graphs are listed and kept in memory: 617,675 of them, made in a third of a second."""


@dataclass(frozen=True, slots=True)
class DecomposableGraph:
    """A decomposable graph on k lists, by its cliques and its separators (with multiplicity), as bits of lists."""

    k: int
    code: int
    cliques: tuple[int, ...]
    separators: tuple[int, ...]

    @property
    def numbered(self) -> str:
        """The cliques by numbers of lists from 1, as "12|23"; from ten lists on, with commas."""
        return self.named([str(at + 1) for at in range(self.k)], "" if self.k < 10 else ",", "|")

    def named(self, lists: Sequence[str], between: str = "+", cliques: str = " | ") -> str:
        """The cliques by names of lists, as "OSCE+HRW | OSCE+ABA"."""
        members = sorted([at for at in range(self.k) if clique >> at & 1] for clique in self.cliques)
        return cliques.join(between.join(lists[at] for at in clique) for clique in members)


def graph_of(code: int, k: int) -> DecomposableGraph:
    """The graph of an integer: bit v (v - 1) / 2 + u says that lists u < v are joined.

    Raises InvalidValue where the graph is not decomposable.
    """
    from recuento.estimate.graphs_kernel import split

    cliques = np.zeros(k, dtype=np.int64)
    separators = np.zeros(max(k - 1, 0), dtype=np.int64)
    if not split(code, k, cliques, separators):
        raise InvalidValue(
            en=f"graph {code} on {k} lists has a cycle without a chord: it is not decomposable",
            es=f"el grafo {code} de {k} listas tiene un ciclo sin cuerda: no es descomponible",
        )
    count = int(np.count_nonzero(cliques))
    return DecomposableGraph(
        k, int(code), tuple(sorted(cliques[:count].tolist())), tuple(sorted(separators[: count - 1].tolist()))
    )


def graph_from_cliques(k: int, cliques: Sequence[Sequence[int]]) -> DecomposableGraph:
    """The graph whose cliques hold these lists (numbered from 0). Raises InvalidValue where it is not decomposable."""
    code = 0
    for clique in cliques:
        for v in clique:
            for u in clique:
                if not 0 <= u < k:
                    raise InvalidValue(
                        en=f"list {u} is not one of 0 to {k - 1}", es=f"la lista {u} no es una de 0 a {k - 1}"
                    )
                if u < v:
                    code |= 1 << (v * (v - 1) // 2 + u)
    return graph_of(code, k)


def decomposable_graphs(k: int) -> list[DecomposableGraph]:
    """All decomposable graphs on k lists, in a fixed order (that of `graph_log_weights`). For 1 to 7 lists."""
    return [graph_of(int(code), k) for code in graph_codes(k)]


@lru_cache(maxsize=2)
def graph_codes(k: int) -> NDArray[np.int64]:
    """The integers of all decomposable graphs on k lists, each once.

    Eight lists are taken too (30,888,596 graphs, 250 MB, about half a minute). Raises InvalidValue beyond.
    """
    if not 1 <= k <= LISTED_MAX + 1:
        raise InvalidValue(
            en=f"graphs are listed for 1 to {LISTED_MAX + 1} lists, not {k}",
            es=f"los grafos se enumeran de 1 a {LISTED_MAX + 1} listas, no {k}",
        )
    from recuento.estimate.graphs_kernel import grown

    codes = np.zeros(1, dtype=np.int64)
    for vertices in range(1, k):
        codes = grown(codes, vertices)
    codes.setflags(write=False)
    return codes


@lru_cache(maxsize=2)
def graph_parts(k: int) -> tuple[Any, Any]:
    """Cliques (graphs by k) and separators (graphs by k - 1) of `graph_codes(k)`, unused places 0. Up to 7 lists."""
    if k > LISTED_MAX:
        raise InvalidValue(
            en=f"all graphs are laid out for at most {LISTED_MAX} lists, not {k}",
            es=f"todos los grafos se despliegan para {LISTED_MAX} listas como máximo, no {k}",
        )
    from recuento.estimate.graphs_kernel import split_all

    return split_all(graph_codes(k), k)


def complete_code(k: int) -> int:
    """The integer of the graph that joins every two lists: the saturated model."""
    return (1 << (k * (k - 1) // 2)) - 1
