"""Ledgers as files."""

from __future__ import annotations

import json

import pytest
from balance_case import SHARED

from recuento.balance import export_ledger, import_ledger

LEDGER = {
    "event": "e",
    "terms": {"a": "people held", "b": {"es": "trasladadas", "en": "moved"}, "c": "left"},
    "identities": [
        {"id": "roll", "sum": {"a": 1, "b": -1, "c": -1}, "eq": 0, "words": "held is moved or left"},
        {"id": "more", "sum": {"a": 1, "c": -1}, "ge": 2, "words": {"es": "x", "en": "y"}, "reading": "R"},
    ],
    "measure_to_term": {"pop": {"*": "a"}, "moved": {"2024-01-01": "b", "*": "c"}},
    "readings": {"R": {"words": "some reading", "default": False}, "S": "another"},
}


def test_what_is_exported_can_be_imported() -> None:
    """Import, export, import: the same ledger."""
    first = import_ledger(LEDGER)
    again = import_ledger(json.loads(json.dumps(export_ledger(first))))
    assert again == first


def test_figures_find_their_term_by_day() -> None:
    """The exact day first, then any day; unknown measures have no term."""
    found = import_ledger(LEDGER)
    assert [found.term_for("moved", day) for day in ("2024-01-01", "2024-05-05")] == ["b", "c"]
    assert found.term_for("pop", "2020-01-01") == "a" and found.term_for("other", "2020-01-01") is None


@pytest.mark.skipif(not SHARED.exists(), reason="the shared case is not beside the repository")
def test_the_shared_ledger_survives_the_round_trip() -> None:
    """The shared ledger.json comes back with the same terms, identities and map."""
    data = json.loads((SHARED / "ledger.json").read_text(encoding="utf-8"))
    back = export_ledger(import_ledger(data))
    assert back == data
