"""How sure each rule is: the share of its readings found right on the development texts."""

from __future__ import annotations

_PRECISION: dict[str, float] = {}
DEFAULT = 0.6
"""For rules that were met too seldom to be measured."""


def confidence_of(rule: str) -> float:
    """The measured precision of a rule, or of the family it belongs to."""
    while rule:
        if rule in _PRECISION:
            return _PRECISION[rule]
        rule = rule.rpartition(".")[0]
    return DEFAULT
