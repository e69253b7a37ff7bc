"""Precision, balanced and recall: the same readings, more or fewer of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recuento.model.statement import Mode
from recuento.read import read
from recuento.read.rules import SURE

GOLD = Path(__file__).parents[1] / "gold"
TEXTS = [
    json.loads(line)["text"]
    for language in ("es", "en")
    for line in (GOLD / language / "dev.jsonl").read_text(encoding="utf-8").splitlines()
]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(TEXTS))
def test_each_mode_reads_no_less_than_the_stricter(text: str) -> None:
    """What precision keeps, balanced has; what balanced has, recall has."""
    kept = [{s.content for s in read(text, mode=mode)} for mode in ("precision", "balanced", "recall")]
    assert kept[0] <= kept[1] <= kept[2]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(TEXTS))
def test_precision_keeps_whole_trees_of_sure_rules(text: str) -> None:
    """Every statement kept is sure, and so is the one it is nested in."""
    statements = read(text, mode="precision")
    ids = {s.id for s in statements}
    assert all(s.confidence >= SURE and (s.parent is None or s.parent in ids) for s in statements)


@pytest.mark.parametrize("text", ["We will ask for the roll.", "Informamos que se publica la lista."])
def test_the_writers_own_voice_is_no_source(text: str) -> None:
    """What those who write the note tell, or will ask for, is no statement of a source, unless everything is wanted."""
    assert read(text) == []
    assert read(text, mode="recall") != []


def test_we_in_a_quotation_is_whoever_speaks() -> None:
    """The same words in quotation marks belong to the speaker: one statement, which demands."""
    (statement,) = read("The observatory said: “We ask for the list of prisoners.”")
    assert statement.speaker.name == "observatory"
    assert statement.mode is Mode.DEMANDS
    assert [ask.item.quote for ask in statement.asks] == ["the list of prisoners"]
