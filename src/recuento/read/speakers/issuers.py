"""Who issued a document that speaks: «el anuario de la Red», "the ombudsman's report", "letters by prisoners"."""

from __future__ import annotations

from recuento.read.text.lexicon import Lexicon, words_of
from recuento.read.text.tokens import Span, Tokens

_DOCUMENTS = words_of("documents") | words_of("issued")
_OWNED = words_of("owned")
_BY = frozenset(["de", "del", "por", "of", "by", "from"])
_ISSUED = words_of("issuing")


def document_at(tokens: Tokens, first: int, last: int, lexicon: Lexicon) -> int | None:
    """The noun of the document that a noun phrase is headed by; None where it is headed by anything else."""
    nouns: list[int] = []
    for k in range(first, last):
        if tokens.tag[k] in "P,R<-(" or tokens.low[k] in ("que", "y", "and"):
            break
        done = tokens.tag[k] in "VQ" and tokens.low[k] not in _DOCUMENTS
        if nouns and (done or (lexicon.language == "en" and tokens.low[k].endswith("ed"))):
            break  # "Letters smuggled out".
        if (tokens.tag[k] in "wX" or tokens.low[k] in _DOCUMENTS) and tokens.low[k] not in (
            "último",
            "nuevo",
            "primer",
        ):
            nouns.append(k)
    if not nouns:
        return None
    head = nouns[0] if lexicon.language == "es" else nouns[-1]
    return head if tokens.low[head] in _DOCUMENTS else None


def issuer_of(tokens: Tokens, first: int, last: int, lexicon: Lexicon) -> Span | None:
    """The words for whoever issued the document that a noun phrase names, if it names one and says whose it is."""
    noun = document_at(tokens, first, last, lexicon)
    if noun is None:
        return None
    owner = next((k for k in range(first, noun) if tokens.low[k].endswith(("'s", "’s", "s'", "s’"))), None)
    if owner is not None:
        return first, owner + 1
    if lexicon.language == "en" and tokens.tag[noun - 1] == "X" and noun > first:
        return _name_before(tokens, first, noun)
    for k in range(noun + 1, last - 1):
        low, owner = tokens.low[k], k + 1 + (tokens.tag[k + 1] in "Dp")
        if tokens.low[k - 1] in _SEEN:
            return None
        if low in _BY and owner < last and tokens.tag[owner] in "Xw#" and tokens.low[owner] not in _NO_ISSUER:
            return k + 1, _end_of_owner(tokens, owner, last)
        if low == "que" and k + 2 < last:
            return _subject_of_issuing(tokens, k + 1, last)
    return None


_NO_ISSUER = words_of("no_issuers")


def names_own_report(tokens: Tokens, first: int, last: int) -> bool:
    """Whether a sentence names "its report", or begins with "In a report": whoever tells it then has issued it."""
    for k in range(first + 1, last):
        if tokens.low[k] in _DOCUMENTS and tokens.depth[k] == 0:
            near = range(max(first, k - 4), k)
            begins = tokens.tag[first] == "P" and k - first < 6
            if begins or any(tokens.low[m] in _OWNED for m in near):
                return True
    return False


def _name_before(tokens: Tokens, first: int, noun: int) -> Span:
    """ "A | Tambora University | report"."""
    start = noun
    while start > first and tokens.tag[start - 1] in "XP" and tokens.low[start - 1] not in ("in", "on"):
        start -= 1
    return start, noun


_SEEN = frozenset(["seen", "obtained", "reviewed", "viewed", "examined", "quoted", "visto", "obtenido", "revisado"])


def issued_before(tokens: Tokens, before: int, lexicon: Lexicon) -> Span | None:
    """The words for whoever issued the document that the text named last before a token, with its issuer."""
    for k in range(before - 1, max(-1, before - _FAR), -1):
        if tokens.low[k] not in _DOCUMENTS or tokens.depth[k] > 0:
            continue
        end = next((m for m in range(k + 1, min(before, k + 14)) if tokens.tag[m] in ".;:"), min(before, k + 14))
        start = k
        while start > 0 and k - start < 6 and tokens.tag[start - 1] in "wX":
            start -= 1
        found = issuer_of(tokens, start, end, lexicon)
        if found is not None and any(tokens.tag[m] == "X" for m in range(*found)):
            return found
    return None


_FAR = 250
"""Tokens back in which the report that is spoken of as known was named."""


def _subject_of_issuing(tokens: Tokens, first: int, last: int) -> Span | None:
    """The subject in «que presentó ayer la Universidad», «que los presos lograron sacar»."""
    verb = next((k for k in range(first, last) if tokens.low[k] in _ISSUED), None)
    if verb is None:
        return None
    if verb > first and tokens.tag[first] in "DXw":
        return first, verb
    start = next((k for k in range(verb + 1, last) if tokens.tag[k] in "DX#"), None)
    return (start, _end_of_owner(tokens, start, last)) if start is not None else None


def _end_of_owner(tokens: Tokens, first: int, last: int) -> int:
    """Where the issuer's name ends: before a comma, a relative clause, or «sobre», "on"."""
    for k in range(first + 1, last):
        if tokens.tag[k] in ",R<(-VQ" or tokens.low[k] in ("que", "sobre", "on", "about", "acerca"):
            return k
    return last
