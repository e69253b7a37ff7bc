"""How sure each rule is: the share of its readings found right on the development texts.

`languages/precision.txt` holds the counts; `benchmarks/reader.py --confidence` writes them anew.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Literal

from recuento.model.statement import Statement


@cache
def confidence_of(rule: str) -> float:
    """The measured precision of a rule, drawn towards that of its family where it was met seldom."""
    counts = _counts()
    right, seen = 0.6 * _WEIGHT, float(_WEIGHT)
    for length in range(1, len(parts := rule.split(".")) + 1):
        more_right, more_seen = counts.get(".".join(parts[:length]), (0, 0))
        share = right / seen
        right, seen = share * _WEIGHT + more_right, _WEIGHT + more_seen
    return min(round(right / seen, 2), 0.99)


def sure_enough(statements: list[Statement], mode: ReadingMode) -> list[Statement]:
    """In "precision" mode only the statements of rules at `SURE` or above, with none whose parent was left out."""
    if mode != "precision":
        return statements
    kept: dict[str, Statement] = {}
    for statement in statements:
        if statement.confidence >= SURE and (statement.parent is None or statement.parent in kept):
            kept[statement.id] = statement
    return list(kept.values())


ReadingMode = Literal["balanced", "precision", "recall"]
SURE = 0.8
"""The confidence from which "precision" mode keeps a rule, chosen on the development part of our own gold set: there,
98 % of what is kept is right in Spanish and 99 % in English, at a recall of 89 % and 65 %. A higher bar keeps little;
a lower one buys recall with rules that were seldom met. See benchmarks/reader.py --bars."""
_WEIGHT = 5
"""How many readings the family's precision counts for."""


@cache
def _counts() -> dict[str, tuple[int, int]]:
    """Right and seen for every rule and for every family of rules."""
    found: dict[str, tuple[int, int]] = {}
    text = files("recuento.read").joinpath("languages", "precision.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            rule, right, seen = line.split("\t")
            parts = rule.split(".")
            for length in range(1, len(parts) + 1):
                family = ".".join(parts[:length])
                before = found.get(family, (0, 0))
                found[family] = (before[0] + int(right), before[1] + int(seen))
    return found
