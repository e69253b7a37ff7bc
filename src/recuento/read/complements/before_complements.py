"""What stands between a verb and its content: whom it tells, a comment between commas, a time."""

from __future__ import annotations

from recuento.read.text.lexicon import words_of
from recuento.read.text.tokens import Span, Tokens

_COMMENTING = words_of("commenting")
FARTHEST = 16
"""Tokens between a verb and the beginning of its content."""
BETWEEN = frozenset("DPwX#TAOpN(),>C")
_PRESSED = frozenset(["pressed", "asked", "questioned", "challenged", "contacted", "reached", "approached"])


def addressee(tokens: Tokens, first: int, start: int) -> Span | None:
    """Whoever stands between the verb and its content, where it looks like somebody: "al Gobierno", "reporters"."""
    while first < start and tokens.tag[first] in "AT":
        first += 1
    while start > first and tokens.tag[start - 1] in "AT,PD":
        start -= 1
    if first >= start or tokens.tag[first] not in "DXNpOPw":
        return None
    if tokens.tag[first] == "P":
        if tokens.low[first] not in ("a", "al", "to", "of"):
            return None
        first += 1
    return (first, start) if first < start else None


def past_aside(tokens: Tokens, first: int, end: int) -> int:
    """Past a comment between commas right after the verb: "insisted, though, that", «admite, eso sí, un incendio»."""
    if first + 2 < end and tokens.low[first] == "when" and tokens.low[first + 1] in _PRESSED:
        return first + 2
    if first + 3 >= end or tokens.tag[first] != ",":
        return first
    if tokens.tag[first + 1] == "P" and tokens.low[first + 1] != "a":
        closing = next((k for k in range(first + 2, min(end - 1, first + FARTHEST)) if tokens.tag[k] in ",;:<"), first)
        if tokens.low[closing : closing + 2] == [",", "que"] and "que" in tokens.low[first + 2 : closing]:
            return closing + 1  # «Había asegurado, sobre la base de lo que oyó, que ...»
    for k in range(first + 1, min(end - 1, first + 6)):
        if tokens.tag[k] == ",":
            return k + 1 if k > first + 1 and tokens.tag[k + 1] not in "VQq" else first
        if tokens.tag[k] not in "ASPCNp" and tokens.low[k] not in _COMMENTING:
            break
    return first


def past_time(tokens: Tokens, k: int, end: int) -> int:
    """Past adverbs and times: "on Monday", «este lunes», «ayer por la tarde»."""
    while k < end:
        if tokens.tag[k] in "AT":
            k += 1
        elif k + 1 < end and tokens.tag[k] in "DNP" and tokens.tag[k + 1] == "T":
            k += 2
        elif k + 2 < end and tokens.tag[k] == "P" and tokens.tag[k + 1] in "DN" and tokens.tag[k + 2] == "T":
            k += 3
        else:
            break
    return k
