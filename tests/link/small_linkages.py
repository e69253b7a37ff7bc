"""Linkages built by hand or at random, small enough to be checked by counting everything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pyarrow as pa

from recuento.link.decisions import PairDecision
from recuento.link.entries import Entries
from recuento.link.linkage import FIELDS, Level, Linkage
from recuento.values.bilingual import Bilingual

Pair = tuple[int, int, float]
"""Two entries by number and the log2 odds that they are one person."""


def entry_id(number: int) -> str:
    """The id of an entry; ids sort as numbers do."""
    return f"e{number:04d}"


def entries_of(lists: Sequence[str], **columns: Sequence[str | None]) -> Entries:
    """Entries on these lists, numbered from 0."""
    ids = [entry_id(number) for number in range(len(lists))]
    table = {"entry_id": ids, "list": list(lists), "name": [f"Persona {number}" for number in range(len(lists))]}
    strings = {name: pa.array(values, pa.string()) for name, values in {**table, **columns}.items()}
    return Entries.of(pa.table(strings))


def linkage_of(
    count: int,
    pairs: Sequence[Pair],
    *,
    persons: Sequence[int] | None = None,
    unique_lists: Sequence[str] = (),
    decisions: Sequence[PairDecision] = (),
) -> Linkage:
    """A linkage of entries 0 to count - 1; `persons` has the first entry of the person of each (default: itself).

    All weight lies on the surname beyond a prior of -8 bits.
    """
    rows = sorted((min(one, other), max(one, other), weight) for one, other, weight in pairs)
    weights = np.array([weight for _, _, weight in rows], dtype=float)
    columns: dict[str, object] = {
        "left": pa.array([entry_id(one) for one, _, _ in rows], pa.string()),
        "right": pa.array([entry_id(other) for _, other, _ in rows], pa.string()),
        "probability": 1 / (1 + 2.0**-weights),
        "weight": weights,
        "prior_weight": np.full(len(rows), -8.0),
    }
    for name in FIELDS:
        known = name == "surname"
        columns[f"level_{name}"] = np.full(len(rows), 2 if known else 0, dtype=np.int8)
        columns[f"weight_{name}"] = weights + 8.0 if known else np.zeros(len(rows))
    called = list(range(count)) if persons is None else list(persons)
    clusters = {"entry_id": [entry_id(n) for n in range(count)], "person": [entry_id(n) for n in called]}
    return Linkage(
        pa.table(columns),
        pa.table({name: pa.array(values, pa.string()) for name, values in clusters.items()}),
        LEVELS,
        unique_lists=tuple(unique_lists),
        decisions=tuple(decisions),
    )


LEVELS = tuple(
    Level(field, level, Bilingual(es=f"{es} <{field}>", en=f"{en} <{field}>"), m, u)
    for field in FIELDS
    for level, es, en, m, u in (
        (0, "falta un dato", "a value is missing", 1.0, 1.0),
        (1, "distintos", "differ", 0.1, 0.8),
        (2, "suenan igual", "sound alike", 0.3, 0.15),
        (3, "iguales", "equal", 0.6, 0.05),
    )
)


def partitions(count: int) -> Iterator[tuple[int, ...]]:
    """Every clustering of `count` entries, as the first entry of the person of each."""

    def grow(labels: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        if len(labels) == count:
            yield labels
            return
        for label in [*sorted(set(labels)), len(labels)]:
            yield from grow((*labels, label))

    yield from grow(())
