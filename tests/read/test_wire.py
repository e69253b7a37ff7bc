"""The agency wire that the project began with: who said what, citing whom, and what was demanded."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))
from reader_wire import WIRE, compare_wire  # type: ignore[import-not-found]


@pytest.mark.skipif(not WIRE.with_suffix(".en.txt").is_file(), reason="the wire lies outside the repository")
def test_the_wire_is_read_as_it_was_annotated(capsys: pytest.CaptureFixture[str]) -> None:
    """13 statements with their speakers, 5 demanded items with their measure, 5 figures."""
    compare_wire()
    told = capsys.readouterr().out
    assert "speaker and content: 13 of 13" in told
    assert "with their measure: 5 of 5; figures: 5 of 5" in told
