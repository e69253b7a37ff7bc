"""The engines that compare many pairs: Splink on DuckDB, or on Spark. The only module that knows them.

Everything they write lies in a folder of its own inside the workspace that is handed in, and is gone at the end, also
after an error.
"""

from __future__ import annotations

import logging
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from recuento.errors import RecuentoError
from recuento.link.rules import FieldRule, pattern_bases
from recuento.link.together import pairs_together

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class EngineLimits:
    """What an engine may use of the machine."""

    threads: int = 2
    memory_mb: int = 2_000


class Engine(Protocol):
    """Brings rows together by key and compares them."""

    def compared(self, table: pa.Table, keys: pa.Table, plan: Plan) -> ComparedPairs:
        """Every pair of rows that share a key, once."""


class ComparedPairs(Protocol):
    """Pairs that were compared. They lie with the engine, on disk where they are many, and can be read while it runs.

    A pair is `left_row` < `right_row` and its `pattern`: the levels of all fields as one number (`pattern_bases`).
    """

    def patterns(self) -> pa.Table:
        """Every `pattern` with its number of `pairs`, in order."""

    def of_patterns(self, wanted: npt.NDArray[np.int32]) -> pa.Table:
        """All pairs with one of these patterns."""

    def batches(self) -> Iterator[pa.RecordBatch]:
        """All pairs, some at a time, in no order that means anything."""


PAIRS_AT_ONCE = 8_000_000
"""Pairs that Splink compares in one go, so that memory stays flat: a million entries have tens of millions."""
_PAIRS = pa.schema([pa.field(name, pa.int32()) for name in ("left_row", "right_row", "pattern")])
_BATCH = 500_000
"""Rows that are handed over at once."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The fields to compare, and how many pairs at once."""

    fields: tuple[FieldRule, ...]
    pairs_at_once: int = PAIRS_AT_ONCE

    def columns(self, table: pa.Table) -> pa.Table:
        """The row and the columns that a condition asks for; Splink copies what it is given for every lot."""
        conditions = [
            text
            for one in self.fields
            for text in (one.unknown, *(cheap for cheap, _ in one.shortcuts), *(rule.condition for rule in one.rules))
        ]
        asked = {name[:-2] for text in conditions for name in re.findall(r"\b\w+_[lr]\b", text)}
        return table.select([name for name in table.column_names if name == "row" or name in asked])


@contextmanager
def engine(name: str, workspace: Path, limits: EngineLimits) -> Iterator[Engine]:
    """An engine ("duckdb" or "spark") that leaves nothing behind. Raises RecuentoError where it is not installed."""
    workspace.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="linking-", dir=workspace))
    try:
        with _quiet():
            if name == "spark":
                with _spark_session(folder, limits) as session:
                    yield SparkEngine(session)
            else:
                with _duckdb_connection(folder, limits) as connection:
                    yield DuckDBEngine(connection)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _quiet() -> Iterator[None]:
    """Splink's log silenced: it repeats SQL and values, and a log is no place for a name."""
    _duckdb()
    log = logging.getLogger("splink")
    before = log.level, log.propagate, log.disabled
    log.setLevel(logging.CRITICAL + 1)
    log.propagate = False
    try:
        yield
    finally:
        log.level, log.propagate, log.disabled = before


@contextmanager
def _duckdb_connection(folder: Path, limits: EngineLimits) -> Iterator[duckdb.DuckDBPyConnection]:
    duck = _duckdb()
    spill = folder / "spill"
    spill.mkdir()
    connection = duck.connect(
        ":memory:",
        config={
            "temp_directory": str(spill),
            "home_directory": str(folder),
            "extension_directory": str(folder / "extensions"),
            "memory_limit": f"{limits.memory_mb}MB",
            "threads": str(limits.threads),
            "autoload_known_extensions": "false",
            "autoinstall_known_extensions": "false",
            "enable_external_access": "true",
            "preserve_insertion_order": "false",
        },
    )
    try:
        yield connection
    finally:
        connection.close()


def _duckdb() -> Any:
    try:
        import duckdb
        import splink  # noqa: F401
    except ImportError as missing:
        raise RecuentoError(
            "linking needs Splink and DuckDB: pip install 'recuento[link]'",
            "para enlazar hacen falta Splink y DuckDB: pip install 'recuento[link]'",
        ) from missing
    return duckdb


@dataclass(frozen=True, slots=True)
class DuckDBEngine:
    """Splink on a DuckDB file of its own."""

    connection: duckdb.DuckDBPyConnection

    def compared(self, table: pa.Table, keys: pa.Table, plan: Plan) -> DuckDBPairs:
        """See Engine. The pairs are compared lot by lot, so that memory stays flat."""
        from splink import DuckDBAPI

        self._copied("entries", plan.columns(table))
        run = self.connection.execute
        run("create table pairs (left_row integer, right_row integer, pattern integer)")
        api = _patterns_only(DuckDBAPI, plan)(self.connection)
        linker = _linker(api, api.register("entries"), plan)
        lots = pairs_together(keys["row"].to_numpy(), keys["key"].to_numpy(), plan.pairs_at_once)
        for number, lot in enumerate(lots):
            self._copied(f"blocked_{number}", lot, BLOCKED_COLUMNS)
            scored = _scored(linker, api.register(f"blocked_{number}"))
            run(f"insert into pairs select * from {scored.physical_name}")
            scored.drop_table_from_database_and_remove_from_cache()
            run(f"drop table blocked_{number}")
        return DuckDBPairs(self.connection)

    def _copied(self, name: str, table: pa.Table, columns: str = "*") -> None:
        """A table of the engine's own, so that what was handed in need not stay in memory."""
        self.connection.register("handed", table)
        self.connection.execute(f"create table {name} as select {columns} from handed")
        self.connection.unregister("handed")


@dataclass(frozen=True, slots=True)
class DuckDBPairs:
    """See ComparedPairs."""

    connection: duckdb.DuckDBPyConnection

    def patterns(self) -> pa.Table:
        """See ComparedPairs."""
        counted = "select pattern, count(*) as pairs from pairs group by pattern order by pattern"
        return self.connection.sql(counted).to_arrow_table()

    def of_patterns(self, wanted: npt.NDArray[np.int32]) -> pa.Table:
        """See ComparedPairs."""
        self.connection.register("wanted", pa.table({"pattern": wanted}))
        found = self.connection.sql("select * from pairs semi join wanted using (pattern)").to_arrow_table()
        self.connection.unregister("wanted")
        return found

    def batches(self) -> Iterator[pa.RecordBatch]:
        """See ComparedPairs."""
        yield from self.connection.sql("select * from pairs").to_arrow_reader(_BATCH)


@contextmanager
def _spark_session(folder: Path, limits: EngineLimits) -> Iterator[Any]:
    """A local session whose scratch lies in the folder. Raises RecuentoError where pyspark is not installed."""
    try:
        from pyspark.sql import SparkSession
    except ImportError as missing:
        raise RecuentoError(
            "linking on Spark needs pyspark 3.5 and Java 17: pip install 'recuento[spark]'",
            "para enlazar con Spark hacen falta pyspark 3.5 y Java 17: pip install 'recuento[spark]'",
        ) from missing
    options = {
        "spark.driver.memory": f"{limits.memory_mb}m",
        "spark.driver.extraJavaOptions": f"-Djava.io.tmpdir={folder} -Dderby.system.home={folder}",
        "spark.local.dir": str(folder / "spill"),
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.sql.shuffle.partitions": str(4 * limits.threads),
        "spark.sql.catalogImplementation": "in-memory",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.eventLog.enabled": "false",
        "spark.log.level": "OFF",
    }
    builder = SparkSession.builder.master(f"local[{limits.threads}]").appName("recuento")
    for key, value in options.items():
        builder = builder.config(key, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    session.sparkContext.setCheckpointDir(str(folder / "checkpoints"))
    try:
        yield session
    finally:
        session.stop()


@dataclass(frozen=True, slots=True)
class SparkEngine:
    """Splink on a Spark session."""

    session: Any

    def compared(self, table: pa.Table, keys: pa.Table, plan: Plan) -> ParquetPairs:
        """See Engine. Spark parts the work by itself; what it finds goes through Parquet files in its own folder."""
        from splink.backends.spark import SparkAPI

        self._view("entries", plan.columns(table))
        self._view("handed_keys", keys)
        self.session.sql(blocking_sql("handed_keys")).createOrReplaceTempView("blocked")
        made = _patterns_only(SparkAPI, plan)
        api = made(spark_session=self.session, break_lineage_method="persist", register_udfs_automatically=False)
        linker = _linker(api, api.register(self.session.table("entries")), plan)
        scored = _scored(linker, api.register(self.session.table("blocked")))
        folder = self._folder() / "pairs.parquet"
        self.session.table(scored.physical_name).write.parquet(str(folder))
        return ParquetPairs(folder)

    def _folder(self) -> Path:
        return Path(self.session.conf.get("spark.local.dir")).parent

    def _view(self, name: str, table: pa.Table) -> None:
        """The table as a view. It goes through a Parquet file in the session's own folder, which keeps its types."""
        import pyarrow.parquet as parquet

        path = self._folder() / f"{name}.parquet"
        parquet.write_table(table, path)
        self.session.read.parquet(str(path)).createOrReplaceTempView(name)


@dataclass(frozen=True, slots=True)
class ParquetPairs:
    """See ComparedPairs."""

    folder: Path

    def patterns(self) -> pa.Table:
        """See ComparedPairs."""
        from pyarrow import dataset

        found = dataset.dataset(self.folder, schema=_PAIRS, format="parquet").to_table(columns=["pattern"])
        counted = found.group_by("pattern").aggregate([([], "count_all")]).sort_by("pattern")
        return counted.rename_columns(["pattern", "pairs"])

    def of_patterns(self, wanted: npt.NDArray[np.int32]) -> pa.Table:
        """See ComparedPairs."""
        from pyarrow import dataset

        chosen = dataset.field("pattern").isin(pa.array(wanted, pa.int32()))
        return dataset.dataset(self.folder, schema=_PAIRS, format="parquet").to_table(filter=chosen)

    def batches(self) -> Iterator[pa.RecordBatch]:
        """See ComparedPairs."""
        from pyarrow import dataset

        yield from dataset.dataset(self.folder, schema=_PAIRS, format="parquet").to_batches(batch_size=_BATCH)


def _scored(linker: Any, blocked: Any) -> Any:
    """The table of pairs with the weight of every field.

    No threshold is set here: a hopeless pair still speaks against joining its persons, and training counts it.
    """
    linker.table_management.register_blocked_pairs_for_predict(blocked)
    return linker.inference.predict(warning_mode="never")


BLOCKED_COLUMNS = "0 as match_key, left_row as join_key_l, right_row as join_key_r"
"""The columns in which Splink takes pairs."""


def blocking_sql(keys: str) -> str:
    """Pairs of rows that share a key, once each, in the form in which Splink takes pairs."""
    return (
        f"select distinct 0 as match_key, l.row as join_key_l, r.row as join_key_r "
        f"from {keys} l join {keys} r on l.key = r.key and l.row < r.row"
    )


def patterns_sql(scored: str, plan: Plan) -> str:
    """Every pair with its pattern. Splink numbers levels from -1 (unknown), we from 0."""
    parts = zip(plan.fields, pattern_bases(plan.fields), strict=True)
    pattern = " + ".join(f"{base} * {_level_sql(rule)}" for rule, base in parts)
    return f"select row_l as left_row, row_r as right_row, cast({pattern} as integer) as pattern from ({scored})"


def _level_sql(rule: FieldRule) -> str:
    """The level of a field. Shortcuts are numbered above all rules, the first highest; each stands for a level."""
    level = f"(gamma_{rule.field} + 1)"
    highest = rule.size - 1 + len(rule.shortcuts)
    cases = " ".join(f"when {highest - place} then {meant}" for place, (_, meant) in enumerate(rule.shortcuts))
    return f"(case {level} {cases} else {level} end)" if cases else level


def _patterns_only(api: type[Any], plan: Plan) -> type[Any]:
    """Splink's interface to an engine, of whose table of weights only pairs and patterns are kept.

    Splink writes a table of 33 columns for every pair; the engine works out only what is asked for, and writing 3
    takes a third of the time and a tenth of the room.
    """

    class PatternsOnly(api):  # type: ignore[misc]
        def _setup_for_execute_sql(self, sql: str, physical_name: str) -> str:
            wanted = patterns_sql(sql, plan) if physical_name.startswith("__splink__df_predict") else sql
            return str(super()._setup_for_execute_sql(wanted, physical_name))

    return PatternsOnly


def _linker(api: Any, entries: Any, plan: Plan) -> Any:
    import splink.comparison_library as library
    from splink import Linker, SettingsCreator, block_on

    settings = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="row",
        comparisons=[
            library.CustomComparison(_splink_levels(rule), output_column_name=rule.field) for rule in plan.fields
        ],
        blocking_rules_to_generate_predictions=[block_on("row")],
        retain_intermediate_calculation_columns=False,
        retain_matching_columns=True,
        probability_two_random_records_match=0.5,
    )
    return Linker(entries, settings, log_level=None)


def _splink_levels(rule: FieldRule) -> list[Any]:
    conditions = [*(cheap for cheap, _ in rule.shortcuts), *(one.condition for one in rule.rules), "ELSE"]
    levels: list[Any] = [{"sql_condition": rule.unknown, "label_for_charts": "unknown", "is_null_level": True}]
    return levels + [
        {"sql_condition": condition, "label_for_charts": str(place)} for place, condition in enumerate(conditions)
    ]
