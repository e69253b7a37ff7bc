"""The language of a text, told by its words, and None where they do not tell."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from recuento.read import language_of

CORPORA = Path(__file__).resolve().parents[2] / ".." / "shared" / "corpora"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("El director dijo que los presos están en otro penal.", "es"),
        ("The director said that the prisoners are elsewhere.", "en"),
        ("Hubo muertos.", "es"),
        ("Soldiers seized rifles.", "en"),
        ("Tocorón 2023", None),
        ("", None),
        ("1 2 3 …", None),
    ],
)
def test_short_texts(text: str, language: str | None) -> None:
    """A sentence is enough, a title may not be."""
    assert language_of(text) == language


@pytest.mark.parametrize(("file", "language"), [("ancora-reported/dev.jsonl", "es"), ("gum-wikinews/dev.jsonl", "en")])
def test_whole_corpora(file: str, language: str) -> None:
    """At least 99 of 100 sentences or articles of a corpus are told rightly."""
    path = CORPORA / file
    if not path.exists():
        pytest.skip("the corpora are not beside the repository")
    texts = [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()[:500]]
    long = [text for text in texts if len(text) > 60]
    assert sum(language_of(text) == language for text in long) >= 0.99 * len(long)
