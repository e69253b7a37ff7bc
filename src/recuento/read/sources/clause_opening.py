"""What opens a clause before its subject: "In Caracas", "But", "the second time"."""

from __future__ import annotations

from recuento.read.sources.subjects import after_date, is_given_day, stands_beside
from recuento.read.text.lexicon import Lexicon, words_of
from recuento.read.text.tokens import Tokens

OF = frozenset(["de", "of", "entre", "among"])
_TIMES = words_of("time_nouns")
_PAST = frozenset(["pasado", "pasada", "anterior", "siguiente", "mismo", "misma", "último", "before", "after"])


def without_opening(tokens: Tokens, start: int, end: int, lexicon: Lexicon) -> int:
    """Drop what introduces the clause: "In Caracas", "But", "However"."""
    for k in range(start + 1, min(end - 1, start + 5)):
        if tokens.low[k] in ("earlier", "later", "ago", "antes", "después") and tokens.tag[k + 1] in "DXN":
            start = k + 1
    while start < end:
        tag, low = tokens.tag[start], tokens.low[start]
        dated = after_date(tokens, start, end, lexicon) or _after_time(tokens, start, end)
        if is_given_day(tokens, start, end, lexicon):
            break
        if dated is not None:
            start = dated
        elif tag in "CAGSO" or low in lexicon.lists["opening"]:
            start += 1
        elif tag == "P" or (lexicon.language == "es" and stands_beside(tokens, start, end)):
            start = _after_prepositional(tokens, start, end)
        elif tag in "VqQ" or (tag == "T" and end - start > 1 and tokens.tag[start + 1] in "DXN"):
            start += 1
        else:
            break
    return start


def clause_start(tokens: Tokens, low: int, before: int) -> int:
    """The place after the mark, or the subordinator, that precedes token `before`."""
    for m in range(before - 1, low - 1, -1):
        if tokens.tag[m] in (",", ".", ";", ":", "<", "-", "S"):
            return m + 1
    return low


def has_verb(tokens: Tokens, first: int, last: int) -> bool:
    """Whether a verb that a list knows stands between two tokens."""
    return any(tokens.tag[m] in "VQ" for m in range(first, last))


def _after_time(tokens: Tokens, start: int, end: int) -> int | None:
    """Past "the second time", «el domingo pasado», where a noun phrase with an article or a name follows."""
    if tokens.tag[start] != "D" or tokens.low[start] in OF:
        return None
    for k in range(start + 1, min(end - 1, start + 4)):
        if tokens.tag[k] == "T" or tokens.low[k] in _TIMES:
            m = k + 1
            while m < end - 1 and (tokens.tag[m] == "T" or tokens.low[m] in _PAST):
                m += 1
            return m if tokens.tag[m] in "DpXN" else None
        if tokens.tag[k] not in "wT#":
            return None
    return None


def _after_prepositional(tokens: Tokens, start: int, end: int) -> int:
    """Where a new noun phrase begins after a prepositional one: "In Caracas | the minister"; `end` if nowhere."""
    seen_noun = False
    for k in range(start + 1, end):
        tag = tokens.tag[k]
        if seen_noun and (
            (tag == "N" and tokens.tag[k - 1] != "P") or (tag in "Dp" and tokens.tag[k - 1] not in "PCDp")
        ):
            return k
        if tag == ",":
            return k + 1
        seen_noun = seen_noun or tag in "wX#TN"
    return end
