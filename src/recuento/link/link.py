"""Link the entries of lists into persons: from a table of entries to pairs with their weights, and clusters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from recuento.errors import Fault, FaultsFound
from recuento.link.clusters import CERTAIN, WeighedPairs, persons
from recuento.link.comparable import comparable
from recuento.link.comparisons import FIELD_RULES
from recuento.link.decisions import PairDecision
from recuento.link.engines import ComparedPairs, Engine, EngineLimits, Plan, engine
from recuento.link.entries import Entries
from recuento.link.keys import keys_of
from recuento.link.linkage import CLUSTERS_SCHEMA, Level, Linkage, pairs_schema
from recuento.link.model import PairModel
from recuento.link.settings import LinkSettings
from recuento.link.weighing import Weighed, log2_odds, no_pairs, pair_codes, weighed
from recuento.values.bilingual import Bilingual
from recuento.values.wording import number_text

VERSION = "3"
"""Changes whenever the same entries and settings may give another result."""
_WORTH_A_WORD = 0.1
"""Pairs left out, as a share of those compared, from which the result says so."""

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
    found, skipped = _compared(entries, answers, chosen, workspace)
    person = _persons(entries, found, answers, chosen)
    shown = _shown(found, person, answers, chosen)
    ids = entries.table["entry_id"].combine_chunks()
    return Linkage(
        pairs=_pair_table(ids, found, shown),
        clusters=_cluster_table(ids, person),
        levels=_levels(found.model),
        unique_lists=tuple(sorted(chosen.unique_lists)),
        settings=chosen.recorded(),
        version=VERSION,
        seed=chosen.seed,
        warnings=_warnings(skipped, found.compared, chosen),
        decisions=tuple(decisions),
        compared=found.compared,
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
            parent[row] = parent[parent[row]]
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
    entries: Entries, answers: Mapping[tuple[int, int], str], settings: LinkSettings, workspace: Path
) -> tuple[Weighed, int]:
    """The pairs that can matter, and how many were too many to compare."""
    if len(entries) < 2:
        return no_pairs(), 0
    limits = EngineLimits(threads=settings.threads, memory_mb=settings.memory_mb)
    with engine(settings.engine, workspace, limits) as running:
        pairs, skipped = _brought_together(running, entries, list(answers), settings)
        return weighed(pairs, len(entries), answers, settings), skipped


def _brought_together(
    running: Engine, entries: Entries, decided: Sequence[tuple[int, int]], settings: LinkSettings
) -> tuple[ComparedPairs, int]:
    """All pairs that share a key; decided pairs are compared whatever their keys."""
    ready = comparable(entries)
    keys = keys_of(ready, most_per_key=settings.most_per_key, pairs_per_entry=settings.pairs_per_entry)
    own = np.arange(len(decided), dtype=np.int64) - 2**62
    rows = np.concatenate([keys.rows, np.array(decided, np.int32).reshape(-1)])
    table = pa.table({"row": rows, "key": np.concatenate([keys.keys, np.repeat(own, 2)])})
    return running.compared(ready.table, table, Plan(FIELD_RULES)), _at_most(keys.skipped, len(entries))


def _at_most(skipped: int, entries: int) -> int:
    """Pairs that share several keys were counted with each; there are no more than all pairs."""
    return min(skipped, entries * (entries - 1) // 2)


def _persons(entries: Entries, found: Weighed, answers: Mapping[tuple[int, int], str], settings: LinkSettings) -> Ints:
    decided = _decided(found, answers)
    weight = np.where(decided == 0, found.weight, decided * CERTAIN)
    names = entries.table["list"].to_numpy(zero_copy_only=False)
    unique_list = np.full(len(entries), -1, np.int32)
    for number, name in enumerate(sorted(settings.unique_lists)):
        unique_list[names == name] = number
    return persons(len(entries), WeighedPairs(found.left, found.right, weight), unique_list, settings.clusters)


def _decided(found: Weighed, answers: Mapping[tuple[int, int], str]) -> Floats:
    """1 for yes, -1 for no and for unsure, 0 where nothing was decided."""
    decided = np.zeros(len(found.left))
    if answers and len(decided):
        rows = np.array(list(answers), np.int32)
        codes, wanted = pair_codes(found.left, found.right), pair_codes(rows[:, 0], rows[:, 1])
        places = np.searchsorted(codes, wanted)
        assert (codes[places] == wanted).all()
        decided[places] = [1.0 if answer == "yes" else -1.0 for answer in answers.values()]
    return decided


def _shown(
    found: Weighed, person: Ints, answers: Mapping[tuple[int, int], str], settings: LinkSettings
) -> npt.NDArray[np.int64]:
    """The places of the pairs that are given back."""
    probable = found.weight >= log2_odds(settings.shown_from)
    return np.flatnonzero(probable | (person[found.left] == person[found.right]) | (_decided(found, answers) != 0))


def _cluster_table(ids: pa.Array, person: Ints) -> pa.Table:
    return pa.table({"entry_id": ids, "person": ids.take(pa.array(person))}, schema=CLUSTERS_SCHEMA)


def _pair_table(ids: pa.Array, found: Weighed, shown: npt.NDArray[np.int64]) -> pa.Table:
    """The table, a column at a time: with a million entries it is what takes the most memory."""
    model = found.model
    used, which = np.unique(found.place[shown], return_inverse=True)
    levels = found.levels[used]
    weights = model.weights(levels)
    total = weights.sum(axis=1) + model.prior_weight
    columns: dict[str, object] = {
        "left": ids.take(pa.array(found.left[shown])),
        "right": ids.take(pa.array(found.right[shown])),
        "probability": (1 / (1 + np.exp2(-total)))[which],
        "weight": total[which],
        "prior_weight": np.full(len(which), model.prior_weight),
    }
    columns |= {f"level_{rule.field}": levels[which, place] for place, rule in enumerate(FIELD_RULES)}
    columns |= {f"weight_{rule.field}": weights[which, place] for place, rule in enumerate(FIELD_RULES)}
    return pa.table(columns, schema=pairs_schema())


def _levels(model: PairModel) -> tuple[Level, ...]:
    pairs = zip(FIELD_RULES, model.marginals(True), model.marginals(False), strict=True)
    return tuple(
        Level(rule.field, level, rule.labels[level], float(m[level]), float(u[level]))
        for rule, m, u in pairs
        for level in range(rule.size)
    )


def _warnings(skipped: int, compared: int, settings: LinkSettings) -> tuple[Bilingual, ...]:
    found = []
    if skipped > _WORTH_A_WORD * compared:
        en, es = number_text(skipped, "en"), number_text(skipped, "es")
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
                es=f"Pares comparados: solo {compared}. Los pesos son los del modelo incluido en el programa.",
                en=f"Pairs compared: only {compared}. The weights are those of the model that is shipped.",
            )
        )
    return tuple(found)
