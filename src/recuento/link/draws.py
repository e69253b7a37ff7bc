"""Draws from the clusterings that the pairs leave open: whole, coherent answers to who is one person with whom.

Every draw puts each entry with exactly one person, keeps lists known to be free of duplicates free of them, and keeps
every decision. What the probabilities leave uncertain differs from draw to draw; an estimate made on each draw
carries that uncertainty on.
"""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from recuento.errors import InvalidValue
from recuento.link.decisions import PairDecision
from recuento.link.draws_graph import Floats, Graph, Ints, graph_of
from recuento.link.draws_missed import MissedLinks, missed_links
from recuento.link.entries import Entries
from recuento.link.linkage import Linkage

_PARTS_A_TASK = 2_000


@dataclass(frozen=True, slots=True)
class DrawSettings:
    """How many draws, and how pairs are weighed together."""

    draws: int = 100
    least_probability: float = 0.01
    """Pairs below it hold nobody together; they still speak against."""
    agreeing_share: float = 0.2
    disagreeing_share: float = 0.5
    """How much a pair counts beyond the pairs that already hold its person together, by what it says."""
    uncompared_bits: float = -3.0
    """What it counts, in log2 odds, that two entries of a person were never compared."""
    doubt_bits: float = 1.5
    """Standard deviation, in log2 odds, of an error that all probabilities of a linkage share."""
    missed: bool = True
    """Whether links that were never looked for are added, as many as `draws_missed` expects."""
    warm_up: int = 10
    between: int = 1
    """Rounds of the walk over large parts before the first draw and for each draw."""

    def __post_init__(self) -> None:
        """Raise InvalidValue where a setting is impossible."""
        _check(1 <= self.draws <= 100_000, "draws", self.draws, "from 1 to 100,000", "de 1 a 100.000")
        _check(0 < self.least_probability < 1, "least_probability", self.least_probability, "0 to 1", "de 0 a 1")
        for name in ("agreeing_share", "disagreeing_share"):
            value = getattr(self, name)
            _check(0 <= value <= 1, name, value, "from 0 to 1", "de 0 a 1")
        _check(-40 <= self.uncompared_bits <= 0, "uncompared_bits", self.uncompared_bits, "-40 to 0", "de -40 a 0")
        _check(0 <= self.doubt_bits <= 10, "doubt_bits", self.doubt_bits, "from 0 to 10", "de 0 a 10")
        _check(self.warm_up >= 0 and self.between >= 1, "between", self.between, "at least 1", "al menos 1")


@dataclass(frozen=True, slots=True, eq=False)
class Draws:
    """Clusterings drawn. A person is called by the place of its first entry; entries are in the order of their ids.

    `settled` is the person of each entry that no draw moves, `varying` the places of the others and `drawn` their
    persons, a row for each draw.
    """

    settled: Ints
    varying: Ints
    drawn: NDArray[np.int32]
    added: tuple[Ints, ...] = ()
    """For each draw, links never looked for: an entry that was by itself, and the entry it is joined to."""
    missed: MissedLinks | None = None
    """What the number of these rests on; None where none are added."""

    def __len__(self) -> int:
        return len(self.drawn)

    def labels(self, draw: int) -> Ints:
        """The person of each entry in one draw."""
        labels = self._compared(draw)
        if self.added:
            labels = _joined(labels, self.added[draw])
        return labels

    def persons(self) -> Ints:
        """How many persons each draw has."""
        settled = np.ones(len(self.settled), dtype=bool)
        settled[self.varying] = False
        fixed = len(np.unique(self.settled[settled]))
        # A person is called by its first entry, so each has exactly one entry that bears its own name.
        compared = fixed + (self.drawn == self.varying[None, :]).sum(axis=1)
        fewer = np.array([len(links) for links in self.added], dtype=np.int64) if self.added else 0
        return np.asarray(compared - fewer, dtype=np.int64)

    def _compared(self, draw: int) -> Ints:
        labels = self.settled.copy()
        labels[self.varying] = self.drawn[draw]
        return labels


def draw_clusterings(
    linkage: Linkage,
    entries: Entries,
    *,
    decisions: Iterable[PairDecision] | None = None,
    settings: DrawSettings | None = None,
    seed: int = 0,
    workers: int = 2,
) -> Draws:
    """Draw clusterings of the entries of a linkage; the same seed gives the same draws with any number of workers.

    `decisions` replaces those of the linkage; a pair left "unsure" keeps its probability. Raises InvalidValue where
    decisions contradict one another.
    """
    chosen = settings or DrawSettings()
    decided = linkage.decisions if decisions is None else tuple(decisions)
    graph = graph_of(
        linkage, entries.column("list").to_pylist(), decided, least_probability=chosen.least_probability
    )  # fmt: skip
    doubt = np.random.default_rng([seed, 1]).normal(0, chosen.doubt_bits * np.log(2), chosen.draws)
    draws = _by_entry(graph, _drawn(graph, doubt, chosen, seed, workers))
    if not chosen.missed or len(entries) < 2:
        return draws
    missed = missed_links(linkage, entries, decided)
    return replace(draws, added=_added(draws, graph, missed, seed), missed=missed)


def _added(draws: Draws, graph: Graph, missed: MissedLinks, seed: int) -> tuple[Ints, ...]:
    """Links never looked for, for each draw."""
    rng = np.random.default_rng([seed, 2])
    counts = missed.counts(rng, len(draws))
    return tuple(
        _missed_links_of(draws._compared(draw), graph, missed, int(count), rng) for draw, count in enumerate(counts)
    )


def _missed_links_of(labels: Ints, graph: Graph, missed: MissedLinks, count: int, rng: np.random.Generator) -> Ints:
    """At most `count` links from entries that stand alone to other persons, between lists as they are linked elsewhere.

    Nobody is joined against a list free of duplicates, and no entry that a person has looked at is moved.
    """
    sizes = np.bincount(labels, minlength=len(labels))
    alone = sizes[labels] == 1
    alone[missed.decided] = False
    if not len(missed.lists_of_links) or not count:
        return np.zeros((0, 2), dtype=np.int64)
    wanted = missed.lists_of_links[rng.integers(0, len(missed.lists_of_links), count)]
    wanted = np.where(rng.random(count)[:, None] < 0.5, wanted, wanted[:, ::-1])
    here = _one_of_each_list(np.flatnonzero(alone), missed.list_of, wanted[:, 0], rng)
    other = _one_of_each_list(np.arange(len(labels)), missed.list_of, wanted[:, 1], rng)
    masks = np.zeros(len(labels), dtype=np.int64)
    np.bitwise_or.at(masks, labels, graph.masks[graph.node_of_entry])
    taken: set[int] = set()
    links = []
    for one, another in zip(here.tolist(), other.tolist(), strict=True):
        if one < 0 or another < 0 or one in taken or another in taken or one == another:
            continue
        if masks[labels[one]] & masks[labels[another]]:
            continue
        masks[labels[another]] |= masks[labels[one]]
        taken |= {one, another}
        links.append((one, another))
    return np.array(links, dtype=np.int64).reshape(-1, 2)


def _one_of_each_list(entries: Ints, list_of: Ints, wanted: Ints, rng: np.random.Generator) -> Ints:
    """An entry at random from each list that is wanted; -1 where the list has none."""
    found = np.full(len(wanted), -1, dtype=np.int64)
    for one in np.unique(wanted):
        there = entries[list_of[entries] == one]
        places = np.flatnonzero(wanted == one)
        if len(there):
            found[places] = there[rng.integers(0, len(there), len(places))]
    return found


def _joined(labels: Ints, links: Ints) -> Ints:
    """The labels with the persons of both ends of each link made one, called by their first entry."""
    one, other = labels[links[:, 0]], labels[links[:, 1]]
    part = connected_components(coo_matrix((np.ones(len(one)), (one, other)), shape=(len(labels),) * 2), directed=False)
    first = np.full(part[0], len(labels), dtype=np.int64)
    np.minimum.at(first, part[1], np.arange(len(labels)))
    return np.asarray(first[part[1][labels]])


def _drawn(graph: Graph, doubt: Floats, settings: DrawSettings, seed: int, workers: int) -> NDArray[np.int32]:
    """Who is with whom among the nodes of the parts: a row for each draw."""
    from recuento.link.draws_kernel import Weights
    from recuento.link.draws_walk import draw_parts

    out = np.zeros((settings.draws, len(graph.part_nodes)), dtype=np.int32)
    rates = np.array([settings.agreeing_share, settings.disagreeing_share, settings.uncompared_bits * np.log(2)])
    weights = Weights(graph.masks, graph.start, graph.neighbour, graph.weight, graph.linkable, rates)
    rounds = np.array([settings.warm_up, settings.between])

    def draw(first: int, last: int) -> None:
        draw_parts(first, last, graph.part_start, graph.part_nodes, weights, graph.labels, graph.first_entry, doubt,
                   rounds, seed, out)  # fmt: skip

    parts = len(graph.part_start) - 1
    tasks = [(first, min(first + _PARTS_A_TASK, parts)) for first in range(0, parts, _PARTS_A_TASK)]
    with ThreadPoolExecutor(max(1, workers)) as pool:
        for done in [pool.submit(draw, *task) for task in tasks]:
            done.result()
    return out


def _by_entry(graph: Graph, drawn: NDArray[np.int32]) -> Draws:
    settled = graph.first_entry[graph.node_of_entry]
    column = np.full(len(graph.first_entry), -1, dtype=np.int64)
    column[graph.part_nodes] = np.arange(len(graph.part_nodes))
    column_of_entry = column[graph.node_of_entry]
    varying = np.flatnonzero(column_of_entry >= 0)
    return Draws(settled, varying, drawn[:, column_of_entry[varying]])


def _check(holds: bool, name: str, value: Any, en: str, es: str) -> None:
    if not holds:
        raise InvalidValue(f"{name} is {value!r}; it must be {en}", f"{name} es {value!r}; debe ser {es}")
