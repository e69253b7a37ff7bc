"""No text makes the reader raise: sentences cut short behind each of their words, where something is always missing."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from recuento.read import read, read_figures

GOLD = Path(__file__).resolve().parents[1] / "gold"


@pytest.mark.parametrize("name", ["es/dev3", "es/dev12", "en/dev3", "en/dev12"])
def test_sentences_cut_behind_any_word_are_read(name: str) -> None:
    """Each anchor of each beginning of each sentence slices back."""
    for line in (GOLD / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        for sentence in re.split(r"(?<=\.)\s+", json.loads(line)["text"]):
            for word in re.finditer(r"\w+[^\w\s]?", sentence):
                text = sentence[: word.end()]
                for statement in read(text):
                    assert all(text[a.start : a.end] == a.quote for a in statement.content)
                read_figures(text)


@pytest.mark.parametrize(
    "text",
    [
        "El sindicato reclamó más guardias:",
        "El sindicato exigió la lista:",
        "La fiscalía confirmó la",
        "He died, said Minister Amity Watch's",
    ],
)
def test_what_ends_at_once_is_read(text: str) -> None:
    """A colon, an article or a possessor behind which nothing stands."""
    assert len(read(text)) <= 1
