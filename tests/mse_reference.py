"""The published tables and outputs beside the repository; tests that need them skip where they are absent."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from recuento.estimate.reading import table_from_csv
from recuento.estimate.table import CaptureTable

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "reference" / "mse"

needs_reference = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="the shared reference tables are not beside the repository"
)


def names() -> list[str]:
    """The names of the published tables; none where the folder is absent."""
    return sorted(path.stem for path in FOLDER.glob("*.csv"))


@cache
def table(name: str) -> CaptureTable:
    """A published table, as it is (with its strata)."""
    return table_from_csv((FOLDER / f"{name}.csv").read_text(encoding="utf-8"), file=f"{name}.csv")


@cache
def r_outputs() -> dict[str, Any]:
    """The stored outputs of the R packages, by table."""
    held: dict[str, Any] = json.loads((FOLDER / "r-outputs.json").read_text(encoding="utf-8"))
    return dict(held["tables"])


@cache
def published() -> dict[str, Any]:
    """The published results, by table."""
    held: dict[str, Any] = json.loads((FOLDER / "published.json").read_text(encoding="utf-8"))
    return dict(held["tables"])


def pooled_table(name: str) -> CaptureTable:
    """A published table without its strata."""
    return table(name).pooled()


def dense_table(counts: list[int], lists: int, **options: Any) -> CaptureTable:
    """A table from the counts of codes 1, 2, 3 ... in order."""
    marks = [[code >> at & 1 for at in range(lists)] for code in range(1, 1 << lists)]
    return CaptureTable.from_patterns(marks, counts, **options)
