"""Where the next clause of a Spanish sentence begins: «negó los traslados | y el intendente reclama que»."""

from __future__ import annotations

from recuento.read.sources.subjects import RELATIVES
from recuento.read.text.tokens import Tokens
from recuento.read.text.verb_endings import is_infinitive

_AND = frozenset(["y", "e", "pero", "mientras"])
_OPENING = frozenset(["mientras", "aunque", "cuando"])
_FARTHEST = 40
"""Tokens between two verbs."""
_NOMINAL = frozenset("DpXNw#PT%C")
_ASKING = frozenset(["qué", "quién", "quiénes", "cuánto", "cuántos", "cuántas", "cómo", "cuándo", "dónde", "cuál"])
_ONE = frozenset(["el", "la", "un", "una", "su", "mi"])


def joined_clause(tokens: Tokens, first: int, verb: int, end: int) -> int | None:
    """The conjunction before a noun phrase that the next finite verb has for its subject; None where there is none.

    Between the two verbs stands the object of the first, so the subject of the next can begin no earlier. Of pronouns
    that open a clause only those after a comma may stand there, in that subject. `first` is where the sentence begins:
    after «Mientras X habla de Y» a comma parts the clauses.
    """
    found: list[int] = []
    depth = tokens.depth[verb]
    opened = tokens.low[first] in _OPENING
    for k in range(verb + 1, min(end, verb + _FARTHEST)):
        tag, low = tokens.tag[k], tokens.low[k]
        if tag in "VQ" and tokens.tag[k - 1] != "D":
            return _before_subject(tokens, found, k)
        if tag in "R;:.<>-" or (tag == "q" and not is_infinitive(low)) or tokens.depth[k] != depth or low in _ASKING:
            return None
        if opened and tag == "," and verb + 1 < k < end - 1 and tokens.tag[k + 1] in "DpXN":
            found, opened = [k], False
        elif low in _AND and k > verb + 1 and tokens.tag[found[-1] if found else k] != ",":
            found.append(k)
        elif (tag == "S" or low in RELATIVES) and not (found and low in RELATIVES and tokens.tag[k - 1] == ","):
            return None
    return None


def _before_subject(tokens: Tokens, found: list[int], verb: int) -> int | None:
    """The last "and" before the subject of a verb, or the one before where two are its subject."""
    last = verb
    while tokens.tag[last - 1] in "AGOT" and last - 1 > (found[-1] if found else verb):
        last -= 1
    for k in reversed(found):
        begin = k + 1 + (tokens.tag[k + 1] == "A")
        if begin >= last:
            return None
        if tokens.tag[begin] not in "DpXN":
            continue  # «y los jueces y | fiscales dijeron»
        commas = [m for m in range(begin, last) if tokens.tag[m] == ","]
        closed = len(commas) == 2 and commas[1] == last - 1
        if commas and not closed:
            return None
        if not closed and any(tokens.tag[m] not in _NOMINAL for m in range(begin, last)):
            return None
        several = tokens.low[begin] not in _ONE or "C" in tokens.tag[begin:last]
        if several or not _is_many(tokens, verb):
            return k - (tokens.tag[k - 1] == ",")
    return None


def _is_many(tokens: Tokens, verb: int) -> bool:
    form = tokens.form[verb]
    return form.feature == "3p" if form is not None else tokens.low[verb].endswith("n")
