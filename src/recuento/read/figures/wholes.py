"""Totals told without a number: "completely cleared", «todos los presos fueron trasladados» leave nobody inside."""

from __future__ import annotations

from collections.abc import Iterator

from recuento.read.text.lexicon import words_of
from recuento.read.text.tokens import Span, Tokens

REACH = 12
"""Tokens around such words in which the prison must be named, or the people."""
_WHOLLY = words_of("wholly")
_CLEARED = words_of("cleared")
_EMPTY = words_of("emptied")
_PRISONS = words_of("prisons")
_EVERYONE = words_of("everyone")
_INMATES = words_of("inmates")
_MOVED = words_of("moved")
_HEDGED = words_of("not_wholly")
_SIGNS = _CLEARED | _EMPTY | _MOVED


def nobody_left(tokens: Tokens, first: int, last: int) -> Iterator[Span]:
    """The words between two tokens that say that nobody is left inside."""
    if _SIGNS.isdisjoint(tokens.low[first:last]):
        return
    for k in range(first, last):
        low = tokens.low[k]
        if low not in _SIGNS:
            continue
        begin, end = _clause(tokens, k, first, last)
        if not _HEDGED.isdisjoint(tokens.low[begin:end]) or any(tokens.tag[m] == "#" for m in range(begin, end)):
            continue
        start = _start(tokens, k, begin, end)
        if start is not None:
            yield min(start, k), max(start, k) + 1


def _start(tokens: Tokens, k: int, begin: int, end: int) -> int | None:
    """The word that makes it a total: "completely", «todos»; None where nothing does."""
    low = tokens.low[k]
    near = range(max(begin, k - 2), min(end, k + 3))
    if low in _CLEARED and _names_prison(tokens, begin, end):
        return next((m for m in near if tokens.low[m] in _WHOLLY), None)
    if low in _EMPTY and _names_prison(tokens, begin, k) and any(tokens.tag[m] == "V" for m in range(begin, k)):
        return k
    if low in _MOVED:
        return next((m for m in range(begin, k) if _is_everyone(tokens, m, k)), None)
    return None


def _is_everyone(tokens: Tokens, m: int, verb: int) -> bool:
    """Whether "all the prisoners" stands there, with nothing but a verb of being before what was done to them."""
    if tokens.low[m] not in _EVERYONE:
        return False
    noun = next((n for n in range(m + 1, min(verb, m + 5)) if tokens.low[n] in _INMATES), None)
    if noun is None or any(tokens.tag[n] not in "DPp" for n in range(m + 1, noun)):
        return False
    return all(tokens.tag[n] in "VAOTwXPD" for n in range(noun + 1, verb)) and verb - noun <= REACH


def _names_prison(tokens: Tokens, begin: int, end: int) -> bool:
    return any(tokens.low[m] in _PRISONS or tokens.tag[m] == "X" for m in range(begin, end))


def _clause(tokens: Tokens, k: int, first: int, last: int) -> Span:
    begin, end = k, k + 1
    while begin > first and k - begin < REACH and tokens.tag[begin - 1] not in (".", ";", ":", "C"):
        begin -= 1
    while end < last and end - k < REACH // 2 and tokens.tag[end] not in (".", ";", ":", ",", "C"):
        end += 1
    return begin, end
