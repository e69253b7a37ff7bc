"""Splink by itself, with its own comparisons and our blocking: what `link` has to keep pace with.

The entries are prepared and brought together exactly as `link` does it, since a user of Splink would have to do that
too; then Splink compares names, numbers, dates and places by its stock comparisons, trains by expectation and
maximisation, and clusters by connected components. The two shares of the time are told apart.
"""

from __future__ import annotations

import logging
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from recuento.link.comparable import comparable
from recuento.link.engines import BLOCKED_COLUMNS, PAIRS_AT_ONCE
from recuento.link.entries import Entries
from recuento.link.keys import keys_of
from recuento.link.settings import LinkSettings
from recuento.link.together import pairs_together

_TRAINED_ON = (("s1", "born_year"), ("g1", "s2"), ("number",))
"""Blocks in which Splink trains: each leaves the other fields free."""
_SAME_FROM = 0.5
"""The probability from which Splink's pairs are clustered."""


@dataclass(frozen=True, slots=True)
class RawRun:
    """How long Splink took by itself, and the cluster of each entry."""

    clusters: npt.NDArray[np.int64]
    prepare_wall: float
    prepare_cpu: float
    wall: float
    cpu: float
    """Both with the preparation."""


def raw_splink(entries: Entries, settings: LinkSettings) -> RawRun:
    """Link the entries with Splink's stock comparisons, on the pairs that `link` compares."""
    start = time.perf_counter(), time.process_time()
    ready = comparable(entries)
    keys = keys_of(ready, most_per_key=settings.most_per_key, pairs_per_entry=settings.pairs_per_entry)
    table = _plain(ready.table)
    prepared = time.perf_counter() - start[0], time.process_time() - start[1]
    with tempfile.TemporaryDirectory() as folder:
        clusters = _linked(table, pa.table({"row": keys.rows, "key": keys.keys}), Path(folder), settings)
    return RawRun(clusters, *prepared, time.perf_counter() - start[0], time.process_time() - start[1])


def _plain(table: pa.Table) -> pa.Table:
    """The columns that stock comparisons look at; names as sounds, as our own comparisons have them."""
    born = pc.cast(table["born"], pa.date32())
    return table.select(
        ["row", "g1", "g2", "s1", "s2", "number", "born_year", "age", "sex", "facility", "state", "nickname"]
    ).append_column("born", born)


def _linked(table: pa.Table, keys: pa.Table, folder: Path, settings: LinkSettings) -> npt.NDArray[np.int64]:
    import duckdb
    from splink import DuckDBAPI, Linker

    logging.getLogger("splink").setLevel(logging.CRITICAL + 1)
    config: dict[str, Any] = {
        "temp_directory": str(folder),
        "memory_limit": f"{settings.memory_mb}MB",
        "threads": str(settings.threads),
        "preserve_insertion_order": "false",
    }
    connection = duckdb.connect(str(folder / "raw.duckdb"), config=config)
    connection.register("handed_entries", table)
    connection.execute("create table entries as select * from handed_entries")
    connection.execute("create table blocked (match_key integer, join_key_l integer, join_key_r integer)")
    for lot in pairs_together(keys["row"].to_numpy(), keys["key"].to_numpy(), PAIRS_AT_ONCE):
        connection.register("handed_lot", lot)
        connection.execute(f"insert into blocked select {BLOCKED_COLUMNS} from handed_lot")
    api = DuckDBAPI(connection)
    linker = Linker(api.register("entries"), _stock(), log_level=None)
    _train(linker)
    linker.table_management.register_blocked_pairs_for_predict(api.register("blocked"))
    scored = linker.inference.predict(warning_mode="never")
    clustered = linker.clustering.cluster_pairwise_predictions_at_threshold(
        scored, threshold_match_probability=_SAME_FROM
    )
    ordered = connection.sql(f"select cluster_id from {clustered.physical_name} order by row").to_arrow_table()
    connection.close()
    return np.asarray(ordered["cluster_id"].to_numpy(), dtype=np.int64)


def _stock() -> Any:
    """Splink's own comparisons, without the columns that only explain."""
    import splink.comparison_library as library
    from splink import SettingsCreator, block_on

    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="row",
        comparisons=[
            library.NameComparison("g1"),
            library.JaroWinklerAtThresholds("g2", [0.9]),
            library.NameComparison("s1"),
            library.JaroWinklerAtThresholds("s2", [0.9]),
            library.DamerauLevenshteinAtThresholds("number", [1, 2]),
            library.DateOfBirthComparison("born", input_is_string=False),
            library.ExactMatch("sex"),
            library.JaroWinklerAtThresholds("facility", [0.9]),
            library.ExactMatch("state"),
            library.ExactMatch("nickname"),
        ],
        blocking_rules_to_generate_predictions=[block_on("row")],
        retain_intermediate_calculation_columns=False,
        retain_matching_columns=False,
    )


def _train(linker: Any) -> None:
    from splink import block_on

    rules = [block_on(*columns) for columns in _TRAINED_ON]
    linker.training.estimate_probability_two_random_records_match(rules, recall=0.7)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6)
    for rule in rules:
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
