"""The source that follows a reporting verb: the noun phrase that begins there, past times and whoever is told."""

from __future__ import annotations

from recuento.read.sources.phrase_end import end_of_phrase
from recuento.read.sources.somebody import names_somebody
from recuento.read.sources.source_before import FARTHEST
from recuento.read.sources.subjects import past_ago
from recuento.read.text.lexicon import Lexicon, words_of
from recuento.read.text.tokens import Span, Tokens

_AGAIN = tuple(
    tuple(words.split())
    for words in ("una y otra vez", "una vez más", "otra vez", "más de una vez", "varias veces", "muchas veces")
)
_THIS = frozenset(["este", "esta", "ese", "esa"])
_ALONE = frozenset(["una", "uno", "otra", "otro"])
_COUNTED = frozenset(["dos", "tres", "cuatro", "cinco", "two", "three", "four", "five"])
_AGENCIES = words_of("agencies")


def source_after(tokens: Tokens, first: int, last: int, lexicon: Lexicon, *, relative: bool = True) -> Span | None:
    """The noun phrase that begins right after a verb, before token `last`; None where there is none.

    `relative` tells whether a clause such as ", que visitó el penal" belongs to it.
    """
    start = _skip_forward(tokens, first, last, lexicon)
    if start is None or start >= last:
        return None
    if tokens.low[start] in _ALONE and (start + 1 >= last or tokens.tag[start + 1] in ",.-"):
        return start, start + 1  # «..., dice una»
    end = end_of_phrase(tokens, start, min(last, start + FARTHEST), lexicon, relative)
    if end <= start or not names_somebody(tokens, start, end, lexicon):
        return None
    return start, end


def _skip_forward(tokens: Tokens, first: int, last: int, lexicon: Lexicon) -> int | None:
    """Past adverbs, times and an addressee ("el lunes", "a EFE"), to where a noun phrase may begin."""
    k = first
    if k + 1 < last and tokens.tag[k] == "," and tokens.tag[k + 1] == "P" and lexicon.language == "es":
        k = _past_aside(tokens, k, last)
    while k < last:
        tag, low = tokens.tag[k], tokens.low[k]
        if (again := max(_past_again(tokens, k, last), past_ago(tokens, k))) > k:
            k = again
        elif (
            (tag in "AO" and low not in ("uno", "una"))
            or (tag == "," and k + 1 < last and tokens.tag[k + 1] in "TPA" and k > first)
            or (tag == "," and k > first and tokens.tag[k - 1] in "T#" and k + 1 < last and tokens.tag[k + 1] in "DX")
        ):
            k += 1
        elif tag == "T" or (
            k + 1 < last
            and tokens.tag[k + 1] == "T"
            and (low in _THIS or (tag == "D" and low not in ("un", "una", "a")))
        ):
            k += 1
            while k < last and tokens.tag[k] in "T#":
                k += 1
        elif tag == "P" and low not in ("de", "del", "of"):
            after = _after_phrase(tokens, k, last)
            if after is None:
                return None
            k = after
        else:
            return k if tag in "DXNwp#<" or low in ("quien", "quienes") else None
    return None


def _is_bare_plural(tokens: Tokens, m: int) -> bool:
    """Whether a plural without an article follows who is told: «dijeron a este diario | vecinos de la zona»."""
    low, before = tokens.low[m], tokens.low[m - 1]
    told = tokens.tag[m] == "w" == tokens.tag[m - 1] and tokens.low[m - 2] in _THIS
    return told and low.endswith("s") and not before.endswith("s")


def _past_again(tokens: Tokens, k: int, last: int) -> int:
    """Past «una y otra vez», «una vez más», «otra vez»: how often, and not who."""
    for phrase in _AGAIN:
        if k + len(phrase) <= last and tokens.low[k] == phrase[0] and tuple(tokens.low[k : k + len(phrase)]) == phrase:
            return k + len(phrase)
    return k


def _past_aside(tokens: Tokens, comma: int, last: int) -> int:
    """Past «, en rueda de prensa,» right after the verb; `comma` where no comma closes it before a noun phrase."""
    for k in range(comma + 2, min(last - 1, comma + 14)):
        if tokens.tag[k] == ",":
            return k + 1 if tokens.tag[k + 1] in "DXp" else comma
        if tokens.tag[k] in "VQ.;:<>":
            break
    return comma


def _after_phrase(tokens: Tokens, k: int, last: int) -> int | None:
    """Past one short prepositional phrase, when a new noun phrase follows it at once."""
    if tokens.low[k] in ("a", "to", "al") and k + 2 < last and tokens.word[k + 1].lower() in _AGENCIES:
        return k + 2
    seen_noun = False
    for m in range(k + 1, min(last, k + 14)):
        tag = tokens.tag[m]
        counted = tag == "#" or tokens.low[m] in _COUNTED
        if (
            seen_noun
            and tokens.tag[m - 1] not in "PCD"
            and (tag in "DN" or counted or (tag == "X" and tokens.tag[m - 1] in "wT") or _is_bare_plural(tokens, m))
        ):
            return m
        if tag not in "DpwX#PTC" and tokens.low[m] not in _THIS:
            return m + 1 if tag == "," and seen_noun and m + 1 < last and tokens.tag[m + 1] in "DXN" else None
        seen_noun = seen_noun or tag in "wX#T"
    return None
