"""Sentences that ask in their own words: "Publish the list", «Que nos digan dónde están»."""

from __future__ import annotations

from recuento.read.text.lexicon import Lexicon, words_of
from recuento.read.text.tokens import Span, Tokens

_IMPERATIVES = words_of("imperatives")
_WE_ASK = words_of("we_ask")
_CLITICS = (
    "selos",
    "selas",
    "selo",
    "sela",
    "se",
    "noslos",
    "noslas",
    "nosla",
    "noslo",
    "nos",
    "les",
    "los",
    "las",
    "me",
    "le",
    "lo",
    "la",
)
_PLEASE = frozenset(["please", "just", "so", "now", "then", "por", "favor", "entonces", "ahora", "simplemente"])
_THEN = ([",", "que"], [",", "let"])
_PLAIN = str.maketrans("áéíóú", "aeiou")


def asked_in_quotation(tokens: Tokens, content: list[Span], lexicon: Lexicon, *, quoted: bool = False) -> list[Span]:
    """What the sentences of a quotation ask in their own words: "Publish the list", «Que nos digan dónde están»."""
    found: list[Span] = []
    for first, last in content:
        opens = tokens.tag[first] == "<" or tokens.word[first] in "¡¿" or (first > 0 and tokens.tag[first - 1] == ":")
        if tokens.depth[first] > 0 or opens or quoted:
            found += [asked for span in _sentences(tokens, first, last) if (asked := _asked(tokens, *span, lexicon))]
    return found


def is_imperative(tokens: Tokens, k: int, last: int, lexicon: Lexicon) -> bool:
    """Whether a command begins at `k`: its form, and no verb after it, which would make of it a subject."""
    low = tokens.low[k]
    if low == "no" and k + 2 < last and lexicon.language == "es":
        return any(tokens.low[m] in lexicon.commands for m in range(k + 1, min(last, k + 2)))
    if low in lexicon.commands or low in _IMPERATIVES:
        if lexicon.language == "es":
            return tokens.low[k + 1 : k + 2] != ["que"] or low not in ("sea", "haya")
        following = tokens.tag[k + 1] if k + 1 < last else "."
        return not (following in "VQ" and tokens.low[k + 1] not in lexicon.commands) and (
            following in "DpXOPwS#<RTACNqQ,." or tokens.low[k + 1] in ("where", "how", "to", "not")
        )
    if lexicon.language == "en":
        return False
    stem = low.translate(_PLAIN)
    return any(
        stem.endswith(end) and (stem[: -len(end)] in lexicon.commands or stem[: -len(end)] in _IMPERATIVES)
        for end in _CLITICS
    )


def _sentences(tokens: Tokens, first: int, last: int) -> list[Span]:
    ends = [k + 1 for k in range(first, last) if tokens.tag[k] == "." and tokens.word[k] != "…"]
    return [span for span in zip([first, *ends], [*ends, last], strict=True) if span[1] - span[0] > 1]


def _asked(tokens: Tokens, first: int, last: int, lexicon: Lexicon) -> Span | None:
    """The part of one sentence that asks somebody to do something; None where it asks nothing."""
    while first < last and (
        tokens.tag[first] in "<-,C¡¿" or tokens.word[first] in "¡¿" or tokens.low[first] in _PLEASE
    ):
        first += 1
    named = next((k for k in range(first, min(last, first + 5)) if tokens.tag[k] == ","), None)
    starts = [first] if named is None or any(tokens.tag[k] in "VQ" for k in range(first, named)) else [first, named + 1]
    starts += [k + 1 for k in range(first, last) if tokens.tag[k] == ":" or tokens.low[k : k + 2] in _THEN]
    asking = next((k for k in range(first, last) if tokens.low[k] in _WE_ASK and tokens.tag[k] in "VQ"), last)
    for start in (start for start in starts if start < last and (start <= asking or lexicon.language == "en")):
        if is_imperative(tokens, start, last, lexicon):
            return start, _before_new_clause(tokens, start, last)
        if tokens.low[start] == "que" and _is_asked_after_que(tokens, start + 1, last, lexicon):
            return start + 1, last
    for k in range(first, last - 1):
        ours = tokens.low[k] in ("we", "i") and tokens.low[k + 1] in _WE_ASK and k + 2 < last
        if ours:
            return _after_addressee(tokens, k + 2, last), last
        if (
            tokens.low[k] in _WE_ASK
            and lexicon.language == "es"
            and (k == first or tokens.low[k - 1] not in ("no", "not", "don't", "si"))
        ):
            return _past_whom(tokens, k + 1, last), last
        must = tokens.low[k] == "must" and tokens.tag[k + 1] in "wqQVX" and lexicon.language == "en"
        if must and tokens.low[k + 1] not in ("be", "have", "not") and tokens.depth[k] > 0:
            return k + 1, last
    return None


def _past_whom(tokens: Tokens, start: int, last: int) -> int:
    """«Pedimos | a las autoridades | que nos escuchen»: where what is asked begins after whoever is asked."""
    if tokens.low[start] not in ("a", "al"):
        return start
    que = next((k for k in range(start + 1, min(last - 1, start + 9)) if tokens.tag[k] not in "DXwpP"), start)
    return que if tokens.low[que] == "que" else start


def _after_addressee(tokens: Tokens, start: int, last: int) -> int:
    """ "I ask | the president to | listen": where what is asked begins after whoever is asked."""
    for k in range(start + 1, min(last - 1, start + 8)):
        if tokens.low[k] == "to":
            return k + 1 if tokens.tag[k + 1] in "wqV" and tokens.tag[start] in "DXpON" else start
        if tokens.tag[k] not in "DXwpP":
            break
    return start


def _before_new_clause(tokens: Tokens, start: int, last: int) -> int:
    """What is asked ends where the consequence is told: "Publish the list | and the argument is over"."""
    for k in range(start + 1, last - 2):
        if tokens.low[k] in ("o", "or") and tokens.tag[k + 1] in "NG":
            return k
        if tokens.tag[k] == "C" and tokens.tag[k + 1] in "DN":
            stop = next((m for m in range(k + 2, min(last, k + 8)) if tokens.tag[m] in "V,.CRS"), None)
            if stop is not None and tokens.tag[stop] == "V":
                return k
    return last


def _is_asked_after_que(tokens: Tokens, first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether a subjunctive follows «que» with nothing but its subject before it: «Que alguien nos explique»."""
    for k in range(first, min(last, first + 7)):
        if tokens.low[k] in lexicon.commands:
            return True
        if tokens.tag[k] in "VQ.,;:<>":
            return False
    return False
