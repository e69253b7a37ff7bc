"""What is counted, in plain sentences of both languages: the measure and the range of the first figure that has one."""

from __future__ import annotations

from pathlib import Path

import pytest

from recuento.read import read_figures

HERE = Path(__file__).parent


def cases(name: str) -> list[tuple[str, str, int, int | None]]:
    """The sentences of a table: sentence, measure, low, high ("-" for open)."""
    rows = [line.split(" | ") for line in (HERE / name).read_text(encoding="utf-8").splitlines()]
    return [(words, measure, int(low), None if high == "-" else int(high)) for words, measure, low, high in rows]


@pytest.mark.parametrize(("words", "measure", "low", "high"), [*cases("measures_es.txt"), *cases("measures_en.txt")])
def test_the_measure_is_told_by_who_and_what_happened(words: str, measure: str, low: int, high: int | None) -> None:
    """Whatever the order of subject, verb and number, the measure and the range are found."""
    found = [(f.measure, f.quantity.low, f.quantity.high) for f in read_figures(words)]
    assert (measure, low, high) in found
