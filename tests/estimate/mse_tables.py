"""Published overlap tables and the outputs of other programs on them, from the shared folder beside the repository."""

from __future__ import annotations

import csv
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from recuento.estimate.table import CaptureTable

FOLDER = Path(__file__).resolve().parents[2].parent / "shared" / "reference" / "mse"

needs_shared = pytest.mark.skipif(not FOLDER.is_dir(), reason="the shared folder of published tables is not here")


@cache
def published(name: str) -> CaptureTable:
    """A table without strata, by the name of its file."""
    rows = list(csv.reader((FOLDER / f"{name}.csv").open(encoding="utf-8")))
    lists = rows[0][:-1]
    marks = [[int(mark) for mark in row[:-1]] for row in rows[1:]]
    return CaptureTable.from_patterns(marks, [int(row[-1]) for row in rows[1:]], lists=lists)


@cache
def outputs() -> dict[str, Any]:
    """What the R packages gave, by table."""
    tables: dict[str, Any] = json.loads((FOLDER / "r-outputs.json").read_text(encoding="utf-8"))["tables"]
    return tables


def dense_table(counts: list[int], lists: int, **options: Any) -> CaptureTable:
    """A table from the counts of codes 1, 2, 3 ... in order."""
    marks = [[code >> at & 1 for at in range(lists)] for code in range(1, 1 << lists)]
    return CaptureTable.from_patterns(marks, counts, **options)
