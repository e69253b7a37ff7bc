"""Complements in the infinitive: what the speaker did, or what somebody is told to do."""

from __future__ import annotations

from recuento.read.readings import Complement
from recuento.read.text.lexicon import Lexicon, Verb, words_of
from recuento.read.text.tokens import Tokens
from recuento.read.text.verb_endings import is_infinitive, is_long_infinitive

_OF_ONESELF = words_of("of_oneself")
_UNDERTAKING = frozenset(["agree", "offer"])
_TOLD_DOING = frozenset(["describe", "recount", "mention"])
_FAR = 9
"""Tokens of whom or where somebody says that they did something."""
_OWN_DOING = frozenset(["haber", "haberlo", "haberla", "haberlos", "tener", "ser", "estar", "conocer", "saber"])


def told_to(tokens: Tokens, first: int, end: int, lexicon: Lexicon) -> Complement | None:
    """«Ordenó a los guardias | borrar las grabaciones»."""
    if lexicon.language == "en" or first >= end or tokens.low[first] not in ("a", "al"):
        return None
    for k in range(first + 1, min(end, first + 14)):
        if tokens.tag[k] in "wq" and k > first + 1 and is_infinitive(tokens.low[k]):
            begin = k - (tokens.low[k - 1] == "no")
            if tokens.low[begin - 1] == "a" and begin - 1 > first + 1:
                return Complement("request", begin - 1, (first + 1, begin - 1))  # «Instó a la prensa | a no publicar»
            return Complement("request", begin, (first + 1, begin)) if tokens.tag[begin - 1] in "wX" else None
        joined = tokens.tag[k] == "C" and tokens.low[k + 1 : k + 2] in (["a"], ["al"])
        if tokens.tag[k] not in "DwXpP" and tokens.low[k] != "no" and not joined:
            return None
    return None


def own_doing_after(tokens: Tokens, first: int, end: int, verb: Verb, lexicon: Lexicon) -> int | None:
    """Where an infinitive begins after whom or where it is said: «reconoció ante el juez | haber cobrado»."""
    if lexicon.language == "en" or first >= end or tokens.tag[first] != "P":
        return None
    if verb.lemma not in _OF_ONESELF and verb.kind not in ("deny", "admit"):
        return None
    k = next((m for m in range(first + 1, min(end, first + _FAR)) if tokens.low[m] in _OWN_DOING), None)
    if k is None or any(tokens.tag[m] not in "PDwX#TA" for m in range(first, k)) or tokens.tag[k - 1] == "P":
        return None
    return k


def takes_infinitive(tokens: Tokens, first: int, end: int, verb: Verb, lexicon: Lexicon) -> bool:
    """Whether the verb is followed by what its subject did: «negó haber recibido», "denied ever having met"."""
    if lexicon.language == "en":
        k = first + (first < end and tokens.tag[first] == "A")
        if verb.lemma in _OF_ONESELF and k < end:
            at = k + (tokens.low[k] == "not")
            if at + 1 < end and tokens.low[at] == "to" and tokens.tag[at + 1] not in "DpXN#" and verb.lemma != "recall":
                return verb.lemma != "report"
        if verb.lemma in _UNDERTAKING and tokens.low[first : first + 1] == ["to"]:
            return first + 1 < end and tokens.low[first + 1] not in ("be", "have") and tokens.tag[first + 1] in "wqQV"
        if verb.kind == "demand" and verb.particles == ("on",) and k + 1 < end and tokens.low[k].endswith("ing"):
            return True
        return (
            (
                verb.kind in ("deny", "admit")
                or verb.lemma in _TOLD_DOING
                or (verb.lemma in _OF_ONESELF and verb.lemma != "expect")
            )
            and k < end
            and tokens.low[k].endswith("ing")
            and tokens.tag[k] in "wqV"
        )
    if verb.lemma == "amenazar" and tokens.low[first : first + 1] == ["con"] and first + 1 < end:
        return is_infinitive(tokens.low[first + 1])
    k = first + (first < end and tokens.low[first] == "no")
    if verb.lemma == "denunciar" and k + 1 < end and tokens.low[k] == "haber":
        return tokens.low[k + 1].endswith(("do", "to", "cho"))
    if verb.lemma in _OF_ONESELF and k < end and tokens.tag[k] in "wqVQ" and _is_long(tokens.low[k]):
        form = tokens.form[k]
        if is_infinitive(tokens.low[k]) and (form is None or form.feature == "inf"):
            return True
    if verb.lemma == "prever":
        return (
            k < end and tokens.tag[k] in "wq" and tokens.low[k].endswith(("ar", "er", "ir")) and len(tokens.low[k]) > 4
        )
    if verb.kind == "deny" and verb.lemma != "rechazar" and k < end and tokens.tag[k] in "wq":
        own = tokens.form[k]
        if is_long_infinitive(tokens.low[k]) and (own is None or own.feature == "inf"):
            return True
    return verb.kind in ("deny", "admit") and k + 1 < end and tokens.low[k] in _OWN_DOING


def _is_long(low: str) -> bool:
    """Whether a word is no noun that only ends like an infinitive: «mar», «par», «parte»."""
    return (len(low) > 3 and low != "parte") or low in _OWN_DOING
