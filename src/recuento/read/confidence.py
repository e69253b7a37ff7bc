"""How sure a reading is: the chance that it is right, as measured on the development texts.

A logistic regression over the rule that read it, whole and in parts, and over what makes a sentence hard: its length,
that of the words said and of the speaker, the commas inside, being nested. Rules that were met seldom are drawn towards
their kin by a ridge penalty (Hoerl and Kennard 1970). `languages/confidence.txt` holds the weights;
`benchmarks/reader.py --confidence` fits them anew.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from recuento.model.statement import Statement

_AROUND = 600
"""Characters in which the end of a sentence is looked for, so that time grows with the text and no faster."""


def confidence_of(statement: Statement, text: str) -> float:
    """The chance, 0.01 to 0.99, that speaker, verb and words of a statement that a rule of ours read are right."""
    weights = _weights()
    total = sum(weights.get(name, 0.0) * value for name, value in features_of(statement, text).items())
    return min(max(round(1 / (1 + math.exp(-total)), 2), 0.01), 0.99)


def features_of(statement: Statement, text: str) -> Mapping[str, float]:
    """What the confidence of a statement is told from, by name: its rule and the difficulty of its sentence."""
    parts = statement.rule.split(".")
    kin = {f"family {'.'.join(parts[1:length])}": 1.0 for length in (2, 3)}
    first, last = statement.content[0].start, statement.content[-1].end
    said = sum(len(anchor.quote.split()) for anchor in statement.content)
    speaker = len(statement.source.quote.split()) if statement.source is not None else 0
    return {
        "any": 1.0,
        "Spanish": float(statement.language == "es"),
        **kin,
        f"ends {parts[-1]}": 1.0,
        f"rule {statement.rule}": 1.0,
        "nested": float(statement.parent is not None),
        "no speaker's words": float(statement.source is None),
        "words of the speaker": min(speaker, 12) / 6,
        "words said": min(said, 40) / 20,
        "words of the sentence": min(_words_around(text, first, last), 70) / 35,
        "commas": min(text.count(",", first, last), 4),
    }


def _words_around(text: str, first: int, last: int) -> int:
    """The words of the sentences that hold these characters, as far as they can be told by full stops."""
    low, high = max(0, first - _AROUND), min(len(text), last + _AROUND)
    start = max(text.rfind(". ", low, first), text.rfind("\n", low, first), low - 1) + 1
    end = text.find(". ", last, high)
    return len(text[start : high if end < 0 else end].split())


@cache
def _weights() -> Mapping[str, float]:
    text = files("recuento.read").joinpath("languages", "confidence.txt").read_text(encoding="utf-8")
    lines = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return {name: float(weight) for name, weight in lines}
