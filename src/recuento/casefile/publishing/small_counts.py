"""Which counts behind an estimate an edition may tell, held against every edition that told some before."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import numpy as np

from recuento.casefile.casefile import Casefile
from recuento.casefile.custody.edition_records import COUNTS, EDITIONS, note_counts, written
from recuento.disclosure import CountSystem, Protected, Release, Unprotectable, protect
from recuento.disclosure.counts import overlap_patterns
from recuento.model.estimation import Estimation, ToldCounts
from recuento.store.durable import write_file
from recuento.store.encoding import from_plain, to_plain

_LISTS_SHOWN = 5
"""Lists whose whole overlap is told; with more, only their sizes and the totals."""


def counts_told(casefile: Casefile, edition: date, estimations: Sequence[Estimation]) -> tuple[Estimation, ...]:
    """The estimates with what may be told of their counts.

    Where fewer persons than the smallest group have been added or taken away since counts were told, the earlier
    counts and answers are told again, with their date, until there are enough.
    """
    return _told_and_remembered(casefile, edition, estimations)[0]


def keep_counts(
    casefile: Casefile, edition: date, estimations: Sequence[Estimation], *, by: str | None, at: datetime | None
) -> None:
    """Remember for the editions to come what this one tells of counts, noted in the custody log where it is known who
    publishes and when.
    """
    _, remembered = _told_and_remembered(casefile, edition, estimations)
    if remembered:
        data = written(dict(sorted(remembered.items())))
        if by is not None and at is not None:
            note_counts(casefile, data, by=by, at=at)
        write_file(casefile.folder / EDITIONS / COUNTS, data)


def _told_and_remembered(
    casefile: Casefile, edition: date, estimations: Sequence[Estimation]
) -> tuple[tuple[Estimation, ...], dict[str, Any]]:
    path = casefile.folder / EDITIONS / COUNTS
    remembered: dict[str, Any] = json.loads(path.read_bytes()) if path.is_file() else {}
    asked = {one.id: one for one in casefile.settings.estimates}
    found = []
    for one in estimations:
        sources = one.id in asked and asked[one.id].of_sources
        smallest = casefile.settings.smallest_group_sources if sources else casefile.settings.smallest_group
        history = remembered.setdefault(f"{one.id}/{'+'.join(name for name, _ in one.lists)}", [])
        found.append(_told(one, smallest, history, edition))
    return tuple(found), remembered


def _told(one: Estimation, smallest: int, history: list[dict[str, Any]], edition: date) -> Estimation:
    system = _system(one)
    last = history[-1] if history else None
    if last is not None and last["values"] == system.values.tolist():
        return replace(one, told=_counts(one, smallest, np.array(last["hidden"], dtype=bool), system))
    earlier = [Release(np.array(r["values"]), np.array(r["hidden"], dtype=bool)) for r in history]
    found = None if _must_wait(system, earlier, smallest) else _protected(system, smallest, earlier)
    if found is not None:
        told = _counts(one, smallest, found.hidden, system)
        shown = replace(one, told=told)
        history.append(
            {
                "edition": str(edition),
                "values": system.values.tolist(),
                "hidden": found.hidden.tolist(),
                "told": to_plain(replace(shown, told=replace(told, since=edition))),
            }
        )
        return shown
    return from_plain(Estimation, last["told"]) if last is not None else one


def _must_wait(system: CountSystem, earlier: Sequence[Release], smallest: int) -> bool:
    """Whether a count that was told would change by a group too small to be told."""
    if not earlier:
        return False
    change = np.abs(system.values - earlier[-1].values)[~earlier[-1].hidden]
    return bool(((change > 0) & (change < smallest)).any())


def _protected(system: CountSystem, smallest: int, earlier: Sequence[Release]) -> Protected | None:
    try:
        return protect(system, smallest, earlier)
    except Unprotectable:
        return None


def _system(one: Estimation) -> CountSystem:
    if _whole_overlap(one):
        given = dict(one.overlap)
        patterns = overlap_patterns(len(one.lists))
        return CountSystem.of_overlap(patterns, [given.get(_key(pattern), 0) for pattern in patterns])
    values = np.array([*(size for _, size in one.lists), one.observed, one.repeated], dtype=np.int64)
    return CountSystem(values, np.zeros((0, len(values)), dtype=np.int64))


def _counts(one: Estimation, smallest: int, hidden: Any, system: CountSystem) -> ToldCounts:
    shown = [None if kept else int(value) for kept, value in zip(hidden, system.values, strict=True)]
    keys = [_key(pattern) for pattern in overlap_patterns(len(one.lists))] if _whole_overlap(one) else []
    lists = shown[len(keys) : len(keys) + len(one.lists)]
    return ToldCounts(smallest, tuple(zip(keys, shown, strict=False)), tuple(lists), shown[-2], shown[-1])


def _whole_overlap(one: Estimation) -> bool:
    return 2 <= len(one.lists) <= _LISTS_SHOWN and bool(one.overlap)


def _key(pattern: Sequence[int]) -> str:
    return "".join(str(mark) for mark in pattern)
