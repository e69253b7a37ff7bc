"""The engine: every pair that shares a key, once, and the same however the work is parted."""

from __future__ import annotations

import warnings
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest
from needs_spark import needs_spark

from recuento.link.comparable import comparable
from recuento.link.comparisons import FIELD_RULES
from recuento.link.engines import EngineLimits, Plan, engine
from recuento.link.entries import Entries
from recuento.link.keys import keys_of
from recuento.link.simulate import simulate
from recuento.link.simulate_presets import preset

_COLUMNS = ("left_row", "right_row", "pattern")


@pytest.fixture(scope="module")
def prepared():
    """Invented entries in comparable form, and their keys."""
    ready = comparable(Entries.of(simulate(preset("plain", 300), 4).entries))
    keys = keys_of(ready, most_per_key=40, pairs_per_entry=60)
    return ready.table, pa.table({"row": keys.rows, "key": keys.keys})


def _compared(prepared, plan: Plan, folder, name: str = "duckdb") -> tuple[pa.Table, pa.Table]:
    with engine(name, folder, EngineLimits(memory_mb=500)) as running:
        found = running.compared(*prepared, plan)
        pairs = (
            pa.Table.from_batches(list(found.batches())).select(_COLUMNS).sort_by([(c, "ascending") for c in _COLUMNS])
        )
        return pairs, found.patterns()


@pytest.fixture(scope="module")
def at_once(prepared, tmp_path_factory):
    """All pairs compared in one go."""
    return _compared(prepared, Plan(FIELD_RULES), tmp_path_factory.mktemp("engine"))


def test_all_pairs_that_share_a_key_are_compared_once(prepared, at_once):
    """Counting by hand gives the same pairs."""
    together: dict[int, list[int]] = {}
    for row, key in zip(*(prepared[1][name].to_pylist() for name in ("row", "key")), strict=True):
        together.setdefault(key, []).append(row)
    by_hand = {(one, other) for rows in together.values() for one in rows for other in rows if one < other}
    found = list(zip(*(at_once[0][name].to_pylist() for name in ("left_row", "right_row")), strict=True))
    assert len(found) == len(set(found))
    assert set(found) == by_hand


def test_patterns_count_the_pairs(at_once):
    """The patterns are those of the pairs, in order, with their numbers."""
    pairs, counted = at_once
    codes, counts = np.unique(pairs["pattern"].to_numpy(), return_counts=True)
    assert counted["pattern"].to_pylist() == codes.tolist()
    assert counted["pairs"].to_pylist() == counts.tolist()


def test_parted_work_gives_the_same_pairs(prepared, at_once, tmp_path):
    """A million entries are compared lot by lot; fewer in the same way give what they give at once."""
    plan = replace(Plan(FIELD_RULES), pairs_at_once=at_once[0].num_rows // 4)
    pairs, counted = _compared(prepared, plan, tmp_path)
    assert pairs.equals(at_once[0])
    assert counted.equals(at_once[1])


def test_shortcuts_change_no_level(prepared, at_once, tmp_path):
    """The cheap conditions tried first leave every pair the level that trying all rules gives."""
    slow = Plan(tuple(replace(rule, shortcuts=()) for rule in FIELD_RULES))
    pairs, _ = _compared(prepared, slow, tmp_path)
    assert pairs.equals(at_once[0])
    assert any(rule.shortcuts for rule in FIELD_RULES)


def test_pairs_of_some_patterns_are_those_pairs(prepared, tmp_path):
    """Asking for some patterns gives all their pairs and no other."""
    with engine("duckdb", tmp_path, EngineLimits(memory_mb=500)) as running:
        found = running.compared(*prepared, Plan(FIELD_RULES))
        every = pa.Table.from_batches(list(found.batches()))
        wanted = np.unique(every["pattern"].to_numpy())[::3]
        some = found.of_patterns(wanted)
    kept = every.filter(pa.array(np.isin(every["pattern"].to_numpy(), wanted)))
    order = [(name, "ascending") for name in _COLUMNS]
    assert some.select(_COLUMNS).sort_by(order).equals(kept.select(_COLUMNS).sort_by(order))


def test_nothing_is_warned_of(prepared, tmp_path):
    """No library prints a warning on the user's screen."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        _compared(prepared, Plan(FIELD_RULES), tmp_path)


def test_spark_compares_the_same_pairs(prepared, at_once, tmp_path):
    """Another engine, the same pairs and patterns."""
    needs_spark()
    pairs, counted = _compared(prepared, Plan(FIELD_RULES), tmp_path, "spark")
    assert pairs.equals(at_once[0])
    assert counted.cast(at_once[1].schema).equals(at_once[1])
