"""Statements as Parquet: the columns, and how a file is written so that nobody ever sees half of one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from recuento.errors import RecuentoError
from recuento.read.partition import Row
from recuento.store.durable import written_whole


class ParquetMissing(RecuentoError):
    """pyarrow is not installed."""

    exit_code = 2


def write_rows(path: Path, rows: Sequence[Row]) -> None:
    """Write one Parquet file: into a temporary file beside it, synced, then renamed. Raises ParquetMissing."""
    pa, pq = _pyarrow()
    table = pa.Table.from_pylist(list(rows), schema=schema())
    written_whole(path, lambda temporary: pq.write_table(table, temporary, compression="zstd"))


def join_tables(path: Path, parts: Iterable[Path]) -> None:
    """Write the rows of many files, in this order, into one: a row group at a time, so that memory stays small."""
    _, pq = _pyarrow()

    def write(temporary: Path) -> None:
        with pq.ParquetWriter(temporary, schema(), compression="zstd") as writer:
            for part in parts:
                with pq.ParquetFile(part) as file:
                    for group in range(file.num_row_groups):
                        writer.write_table(file.read_row_group(group))

    written_whole(path, write)


def require_parquet() -> None:
    """Raise ParquetMissing, naming the extra, where Parquet cannot be written."""
    _pyarrow()


@cache
def schema() -> Any:
    """The columns, in their order. docs/reader.md says what each holds."""
    pa, _ = _pyarrow()
    text, whole, number, truth = pa.string(), pa.int64(), pa.float64(), pa.bool_()
    span = pa.struct([("start", whole), ("end", whole), ("words", text)])
    figure = pa.struct(
        [
            ("words", span), ("low", number), ("high", number), ("comparison", text), ("stated", pa.list_(text)),
            ("measure", text), ("counted", span), ("subset", text), ("unit", text), ("as_of", text),
            ("certainty", text),
        ]
    )  # fmt: skip
    ask = pa.struct([("item", span), ("addressee", text), ("measure", text)])
    return pa.schema(
        [
            ("document", text), ("position", whole), ("statement", text), ("parent", text),
            ("speaker", text), ("speaker_kind", text), ("speaker_role", text), ("speaker_organisation", text),
            ("speaker_inferred", truth), ("source", span), ("cue", span), ("content", pa.list_(span)),
            ("mode", text), ("form", text), ("certainty", text), ("figures", pa.list_(figure)),
            ("asks", pa.list_(ask)), ("language", text), ("rule", text), ("confidence", number), ("reader", text),
            ("file", text), ("place", text), ("url", text), ("published", text), ("text_sha256", text),
            ("extractor", text), ("reader_version", text),
        ]
    )  # fmt: skip


def _pyarrow() -> tuple[Any, Any]:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise ParquetMissing(
            "writing Parquet needs pyarrow: pip install 'recuento[parquet]'",
            "para escribir Parquet hace falta pyarrow: pip install 'recuento[parquet]'",
        ) from None
    return pyarrow, pyarrow.parquet
