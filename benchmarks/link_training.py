"""Make the shipped model of pairs: `python benchmarks/link_training.py` writes src/recuento/link/pair_model.json.

It invents lists with `recuento.link.simulate` (several kinds, from plain to hard), compares their entries as `link`
does, and learns the kinds of pairs with the truth of the invented lists. The shared lists are not looked at.
"""

from __future__ import annotations

import json
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from recuento.link.comparable import comparable
from recuento.link.comparisons import FIELD_RULES
from recuento.link.engines import EngineLimits, Plan, engine
from recuento.link.entries import Entries
from recuento.link.keys import keys_of
from recuento.link.model import Floats, Levels, PairModel, levels_of, model_content, trained
from recuento.link.settings import LinkSettings
from recuento.link.simulate import simulate
from recuento.link.simulate_presets import PRESETS, preset
from recuento.link.simulate_settings import SimulationSettings

SETS = (
    ("plain", 20_000, (1,)),
    ("hard", 20_000, (2,)),
    ("wall", 10_000, (3,)),
    ("court", 10_000, (4,)),
    ("hospital", 15_000, (5,)),
    ("protest", 10_000, (6,)),
    ("plain", 3_000, (8,)),
    *((name, 1_500, tuple(range(10 * at + 11, 10 * at + 19))) for at, name in enumerate(sorted(PRESETS))),
)
"""Preset, persons, seeds. In a small population most of those who look alike are brothers, in a large one they are
strangers; so there are small sets too, with other shares of kin, raids and names."""
SMALL = 2_000
KINDS_SAME, KINDS_OTHER = 6, 16
"""Kinds of pairs of one person and of two. 3 and 5 lose half a point of F1, 4 and 9 a quarter."""
ROUNDS = 40
SMOOTHING = 3.0
PAIRS_PER_SET, PAIRS_PER_SMALL = 200_000.0, 60_000.0
"""Every set counts for as many pairs, however many it has."""
FILE = Path(__file__).resolve().parents[1] / "src/recuento/link/pair_model.json"


def main() -> None:
    """Invent, compare, learn, write."""
    levels, same, counts = _pooled([_all_pairs(*one) for one in SETS])
    start = _start(np.random.default_rng(0))
    model = trained(_even(start), levels, counts, rounds=ROUNDS, strength=SMOOTHING, known=same, first=start)
    note = (
        "Kinds of pairs, learnt by benchmarks/link_training.py with the truth of lists that link/simulate.py invented."
    )
    FILE.write_text(json.dumps(model_content(model, note=note), indent=1) + "\n", encoding="utf-8")


def _all_pairs(name: str, persons: int, seeds: tuple[int, ...]) -> tuple[Levels, npt.NDArray[np.bool_], float]:
    """The pairs of the sets of these seeds, and for how many pairs they count."""
    found = [_pairs(_varied(preset(name, persons), seed), seed) for seed in seeds]
    levels, same = (np.concatenate(parts) for parts in zip(*found, strict=True))
    print(f"{name}: {len(same):,} pairs, {same.sum():,} of one person", flush=True)
    return levels, same, PAIRS_PER_SMALL if persons <= SMALL else PAIRS_PER_SET


def _varied(settings: SimulationSettings, seed: int) -> SimulationSettings:
    """A small population with other shares of kin, raids and names; a large one as it is."""
    if settings.persons > SMALL:
        return settings
    rng = np.random.default_rng([seed, 1])
    return replace(
        settings,
        kin=float(rng.uniform(0.02, 0.15)),
        in_events=float(rng.uniform(0.1, 0.8)),
        event_size=int(rng.integers(10, 100)),
        names_from=tuple(rng.dirichlet(np.ones(4)).tolist()),
        lists=tuple(replace(one, chance=one.chance * float(rng.uniform(0.6, 1.5))) for one in settings.lists),
    )


def _pairs(settings: SimulationSettings, seed: int) -> tuple[Levels, npt.NDArray[np.bool_]]:
    """The levels of the compared pairs of one invented set, and whether each is of one person."""
    made = simulate(settings, seed)
    entries = Entries.of(made.entries)
    truth = dict(zip(made.truth["entry_id"].to_pylist(), made.truth["person_id"].to_pylist(), strict=True))
    known = pa.array([truth[one] for one in entries.column("entry_id").to_pylist()])
    person = known.dictionary_encode().indices.to_numpy()
    ready = comparable(entries)
    usual = LinkSettings()
    keys = keys_of(ready, most_per_key=usual.most_per_key, pairs_per_entry=usual.pairs_per_entry)
    with tempfile.TemporaryDirectory() as workspace, engine("duckdb", Path(workspace), EngineLimits()) as running:
        batches = list(
            running.compared(ready.table, pa.table({"row": keys.rows, "key": keys.keys}), Plan(FIELD_RULES)).batches()
        )
    pairs = pa.Table.from_batches(batches)
    levels = levels_of(pairs["pattern"].to_numpy())
    same = person[pairs["left_row"].to_numpy()] == person[pairs["right_row"].to_numpy()]
    return levels, same


def _pooled(sets: list[tuple[Levels, npt.NDArray[np.bool_], float]]) -> tuple[Levels, Floats, Floats]:
    """The different pairs of all sets, whether they are of one person, and what they count for."""
    rows = np.concatenate([np.column_stack([levels, same.astype(np.int8)]) for levels, same, _ in sets])
    counts = np.concatenate([np.full(len(same), pairs / len(same)) for _, same, pairs in sets])
    different, which = np.unique(rows, axis=0, return_inverse=True)
    total = np.asarray(np.bincount(which.ravel(), counts), dtype=np.float64)
    return np.asarray(different[:, :-1], dtype=np.int8), different[:, -1].astype(np.float64), total


def _start(rng: np.random.Generator) -> PairModel:
    """Kinds drawn at random, so that they part ways."""
    kinds = KINDS_SAME + KINDS_OTHER
    same = np.arange(kinds) < KINDS_SAME
    tables = tuple(
        np.column_stack([np.ones(kinds), rng.dirichlet(np.full(rule.size - 1, 3.0), kinds)]) for rule in FIELD_RULES
    )
    shares = np.where(same, 1 / KINDS_SAME, 1 / KINDS_OTHER)
    return PairModel(tuple(rule.field for rule in FIELD_RULES), same, shares, tables, 0.1)


def _even(model: PairModel) -> PairModel:
    """The same kinds, every level alike: what smoothing pulls towards."""
    tables = tuple(
        np.column_stack([np.ones(len(table)), np.full((len(table), table.shape[1] - 1), 1 / (table.shape[1] - 1))])
        for table in model.tables
    )
    return PairModel(model.fields, model.same, model.shares, tables, model.prior)


if __name__ == "__main__":
    main()
