"""Link the entries of lists into persons: from a table of entries to pairs with their weights, and clusters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from recuento.errors import Fault, FaultsFound
from recuento.link.clusters import CERTAIN, WeighedPairs, persons
from recuento.link.comparable import Comparable, comparable
from recuento.link.comparisons import FIELD_RULES
from recuento.link.decisions import PairDecision
from recuento.link.engines import EngineLimits, Plan, engine
from recuento.link.entries import Entries
from recuento.link.keys import Keys, keys_of
from recuento.link.linkage import CLUSTERS_SCHEMA, Level, Linkage, pairs_schema
from recuento.link.model import Levels, PairModel, patterns, shipped_model, trained, with_prior_of
from recuento.link.settings import LinkSettings
from recuento.values.bilingual import Bilingual
from recuento.values.wording import number_text

VERSION = "1"
"""Changes whenever the same entries and settings may give another result."""
_ROUNDS = 12
_WORTH_A_WORD = 0.1
"""Pairs left out, as a share of those compared, from which the result says so."""
_SAMPLED_PAIRS = 200_000
"""Pairs from which the model is trained further. More change nothing that matters."""

Ints = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]


def link(
    entries: Entries,
    *,
    settings: LinkSettings | None = None,
    decisions: Sequence[PairDecision] = (),
    workspace: Path,
) -> Linkage:
    """Link entries into persons.

    Scratch files lie in a folder of their own inside `workspace` and are gone at the end. The result depends on
    entries, settings and decisions only: not on the order of the rows nor on the names of the lists. Of several
    decisions on a pair the last counts. Raises FaultsFound where a decision or a setting names what is not there,
    or where decisions contradict one another.
    """
    chosen = settings or LinkSettings()
    answers = _answers(entries, decisions)
    _check_lists(entries, chosen)
    ready = comparable(entries)
    keys = keys_of(ready, most_per_key=chosen.most_per_key, pairs_per_entry=chosen.pairs_per_entry)
    left, right, levels = _compared(ready, keys, list(answers), chosen, workspace)
    different, counts, which = patterns(levels)
    model = _model(different, counts, levels, chosen)
    total = model.totals(different)[which]
    ids = entries.table["entry_id"].to_numpy(zero_copy_only=False)
    person = _persons(entries, left, right, total, answers, chosen)
    shown = _shown(left, right, total, person, answers, chosen)
    return Linkage(
        pairs=_pair_table(ids, left[shown], right[shown], levels[shown], model),
        clusters=_cluster_table(ids, person),
        levels=_levels(model),
        unique_lists=tuple(sorted(chosen.unique_lists)),
        settings=chosen.recorded(),
        version=VERSION,
        seed=chosen.seed,
        warnings=_warnings(keys, len(left), chosen),
        decisions=tuple(decisions),
    )


def _answers(entries: Entries, decisions: Sequence[PairDecision]) -> dict[tuple[int, int], str]:
    """The last answer for every decided pair, by row numbers."""
    row = {name: place for place, name in enumerate(entries.table["entry_id"].to_pylist())} if decisions else {}
    faults = [
        Fault(
            name, "a decision names this entry, and it is not there", "una decisión nombra este registro, que no está"
        )
        for name in sorted({name for one in decisions for name in one.pair if name not in row})
    ]
    if faults:
        raise FaultsFound("decisions", faults)
    answers = {(row[one.pair[0]], row[one.pair[1]]): one.answer for one in decisions}
    _check_consistent(entries, answers)
    return {pair: str(answer) for pair, answer in answers.items()}


def _check_consistent(entries: Entries, answers: Mapping[tuple[int, int], str]) -> None:
    """Raise FaultsFound where "yes" answers join two entries that a "no" keeps apart."""
    parent: dict[int, int] = {}

    def root(row: int) -> int:
        while parent.setdefault(row, row) != row:
            row = parent[row]
        return row

    for (one, other), answer in sorted(answers.items()):
        if answer == "yes":
            parent[root(max(one, other))] = root(min(one, other))
    ids = entries.table["entry_id"]
    clashes = [pair for pair, answer in sorted(answers.items()) if answer == "no" and root(pair[0]) == root(pair[1])]
    if clashes:
        raise FaultsFound(
            "decisions",
            [
                Fault(
                    f"{ids[one].as_py()} / {ids[other].as_py()}",
                    "decided to be two persons, but other decisions join them; take one of them back",
                    "se decidió que son dos personas, pero otras decisiones las unen; retire alguna",
                )
                for one, other in clashes
            ],
        )


def _check_lists(entries: Entries, settings: LinkSettings) -> None:
    missing = sorted(set(settings.unique_lists) - set(entries.lists)) if settings.unique_lists else []
    if missing:
        raise FaultsFound(
            "unique_lists",
            [Fault(name, "there is no such list", "no existe esa lista") for name in missing],
        )


def _compared(
    ready: Comparable, keys: Keys, decided: Sequence[tuple[int, int]], settings: LinkSettings, workspace: Path
) -> tuple[Ints, Ints, Levels]:
    """Rows and levels of every compared pair, in order; decided pairs are compared whatever their keys."""
    if ready.table.num_rows < 2:
        return np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros((0, len(FIELD_RULES)), np.int8)
    own = np.arange(len(decided), dtype=np.int64) - 2**62
    rows = np.concatenate([keys.rows, np.array(decided, np.int32).reshape(-1)])
    table = pa.table({"row": rows, "key": np.concatenate([keys.keys, np.repeat(own, 2)])})
    limits = EngineLimits(threads=settings.threads, memory_mb=settings.memory_mb)
    with engine(settings.engine, workspace, limits) as running:
        pairs = running.compared(ready.table, table, _plan())
    levels = np.column_stack([pairs[rule.field].to_numpy() for rule in FIELD_RULES]).astype(np.int8)
    return pairs["left_row"].to_numpy(), pairs["right_row"].to_numpy(), levels


def _plan() -> Plan:
    """The first weights of the shipped model, each field by itself."""
    model = shipped_model()
    pairs = zip(FIELD_RULES, model.marginals(True), model.marginals(False), strict=True)
    return Plan(FIELD_RULES, {rule.field: tuple(np.log2(m / u).tolist()) for rule, m, u in pairs})


def _model(different: Levels, counts: Floats, levels: Levels, settings: LinkSettings) -> PairModel:
    """The shipped model, its prior learnt from these pairs, and its tables too where there are enough of them."""
    start = shipped_model()
    if not len(levels):
        return start
    if len(levels) > _SAMPLED_PAIRS:
        chosen = np.sort(np.random.default_rng(settings.seed).choice(len(levels), _SAMPLED_PAIRS, replace=False))
        different, counts, _ = patterns(levels[chosen])
    model = with_prior_of(start, different, counts)
    if settings.train and len(levels) >= settings.least_trained_pairs:
        model = trained(model, different, counts, rounds=_ROUNDS, strength=settings.strength)
    return model


def _persons(
    entries: Entries,
    left: Ints,
    right: Ints,
    weight: Floats,
    answers: dict[tuple[int, int], str],
    settings: LinkSettings,
) -> Ints:
    decided = _decided(left, right, answers)
    weight = np.where(decided == 0, weight, decided * CERTAIN)
    names = entries.table["list"].to_numpy(zero_copy_only=False)
    unique_list = np.full(len(entries), -1, np.int32)
    for number, name in enumerate(sorted(settings.unique_lists)):
        unique_list[names == name] = number
    return persons(len(entries), WeighedPairs(left, right, weight), unique_list, settings.clusters)


def _decided(left: Ints, right: Ints, answers: dict[tuple[int, int], str]) -> Floats:
    """1 for yes, -1 for no and for unsure, 0 where nothing was decided."""
    found = np.zeros(len(left))
    if answers:
        codes = left.astype(np.int64) << 32 | right.astype(np.int64)
        for (one, other), answer in answers.items():
            found[np.searchsorted(codes, one << 32 | other)] = 1.0 if answer == "yes" else -1.0
    return found


def _shown(
    left: Ints, right: Ints, weight: Floats, person: Ints, answers: dict[tuple[int, int], str], settings: LinkSettings
) -> npt.NDArray[np.bool_]:
    limit = np.log2(settings.shown_from / (1 - settings.shown_from))
    shown = (weight >= limit) | (person[left] == person[right]) | (_decided(left, right, answers) != 0)
    return np.asarray(shown)


def _cluster_table(ids: npt.NDArray[np.object_], person: Ints) -> pa.Table:
    columns = {"entry_id": pa.array(ids, pa.string()), "person": pa.array(ids[person], pa.string())}
    return pa.table(columns, schema=CLUSTERS_SCHEMA)


def _pair_table(ids: npt.NDArray[np.object_], left: Ints, right: Ints, levels: Levels, model: PairModel) -> pa.Table:
    different, _, which = patterns(levels)
    weights = model.weights(different)[which]
    total = weights.sum(axis=1) + model.prior_weight
    columns = {
        "left": pa.array(ids[left], pa.string()),
        "right": pa.array(ids[right], pa.string()),
        "probability": 1 / (1 + np.exp2(-total)),
        "weight": total,
        "prior_weight": np.full(len(total), model.prior_weight),
    }
    columns |= {f"level_{rule.field}": levels[:, place] for place, rule in enumerate(FIELD_RULES)}
    columns |= {f"weight_{rule.field}": weights[:, place] for place, rule in enumerate(FIELD_RULES)}
    return pa.table(columns).cast(pairs_schema())


def _levels(model: PairModel) -> tuple[Level, ...]:
    pairs = zip(FIELD_RULES, model.marginals(True), model.marginals(False), strict=True)
    return tuple(
        Level(rule.field, level, rule.labels[level], float(m[level]), float(u[level]))
        for rule, m, u in pairs
        for level in range(rule.size)
    )


def _warnings(keys: Keys, compared: int, settings: LinkSettings) -> tuple[Bilingual, ...]:
    found = []
    if keys.skipped > _WORTH_A_WORD * compared:
        en, es = number_text(keys.skipped, "en"), number_text(keys.skipped, "es")
        found.append(
            Bilingual(
                es=f"Muchos registros comparten el nombre: de unos {es} pares posibles solo se compararon"
                " los que además coinciden en el recinto, la edad o las fechas. Los demás quedan sin enlazar.",
                en=f"Some names are shared by many entries: of about {en} possible pairs only those were compared that"
                " also agree on the facility, the age or the dates. The others stay unlinked.",
            )
        )
    if settings.train and compared < settings.least_trained_pairs:
        found.append(
            Bilingual(
                es=f"Se compararon solo {compared} pares: los pesos son los del modelo incluido en el programa.",
                en=f"Only {compared} pairs were compared: the weights are those of the model that is shipped.",
            )
        )
    return tuple(found)
