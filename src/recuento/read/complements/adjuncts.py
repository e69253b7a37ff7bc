"""What stands between a Spanish verb and what it governs: «confirmó | en un primer boletín | 12 fallecidos»."""

from __future__ import annotations

from recuento.read.text.tokens import Tokens

REACH = 14
"""Tokens between the verb and its object."""
_SETTING = frozenset(["en", "ante", "durante", "mediante", "por", "desde", "tras", "con", "vía"])
_ONCE = frozenset(["esta", "esa", "aquella", "otra", "una"])


def past_adjuncts(tokens: Tokens, first: int, end: int) -> int:
    """The token after what tells when, where and how, where a noun phrase begins; `first` where none does."""
    k, last = first, min(end, first + REACH)
    while k < last:
        after = _past_one(tokens, k, last)
        if after is None:
            break
        k = after
    return k if k < end and tokens.tag[k] in "DpwX#<N" else first


def _past_one(tokens: Tokens, k: int, last: int) -> int | None:
    """Past one adjunct: «esta vez», «, mediante un mensaje,», «por escrito», «en un primer boletín»."""
    tag, low = tokens.tag[k], tokens.low[k]
    if tag in "AT":
        return k + 1
    if k + 1 < last and tag in "DN" and tokens.tag[k + 1] == "T":
        return k + 2
    if low in _ONCE and tokens.low[k + 1 : k + 2] == ["vez"]:
        return k + 2
    if tag == "," and k + 1 < last and (tokens.tag[k + 1] in "PAG" or tokens.low[k + 2 : k + 3] == ["vez"]):
        closing = next((m for m in range(k + 2, last) if tokens.tag[m] in ",VQ.;:<"), None)
        return closing + 1 if closing is not None and tokens.tag[closing] == "," else None
    if tag != "P" or low not in _SETTING or k + 2 >= last:
        return None
    if tokens.low[k + 1] == "escrito" or (tokens.tag[k + 1] == "T" and tokens.tag[k + 2] in "Dp#"):
        return k + 2
    return _past_setting(tokens, k, last)


def _past_setting(tokens: Tokens, k: int, last: int) -> int | None:
    """Past a preposition with its noun, where another noun phrase follows it at once."""
    for m in range(k + 2, last):
        tag, before = tokens.tag[m], tokens.tag[m - 1]
        counted = tag == "#" and m + 1 < last and tokens.tag[m + 1] == "w"
        if before in "wXT" and ((tag in "Dp" and tokens.low[m] not in ("al", "del")) or counted):
            return m
        if tag not in "DpwXT#" and tokens.low[m] not in ("de", "del", "este", "esta"):
            return None
    return None
