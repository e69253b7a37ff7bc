"""What follows a reporting verb: that-clause, quotation, question, bare clause, request or noun phrase."""

from __future__ import annotations

from recuento.read.complements.announced_things import called_so, is_called_a_thing, object_after
from recuento.read.complements.bare_clauses import bare_clause
from recuento.read.complements.before_complements import FARTHEST, past_aside, past_time
from recuento.read.complements.causes import explained_by
from recuento.read.complements.counted_objects import counted_object
from recuento.read.complements.infinitives import own_doing_after, takes_infinitive, told_to
from recuento.read.complements.marked_content import marked_content
from recuento.read.complements.requests import accused_of, asked_to, is_plain_infinitive
from recuento.read.readings import Complement
from recuento.read.text.lexicon import Lexicon, Verb, words_of
from recuento.read.text.tokens import Tokens
from recuento.read.text.verb_endings import PARTICIPLES

_UNNAMED = frozenset(
    ["anonimato", "anonymity", "identificado", "identificada", "identificados", "identificadas", "anonymous"]
)
"""Whoever asks not to be named demands nothing that matters."""
_COUNTED = frozenset("myzasg")
"""Frames whose content is a noun phrase with a number (see counted_objects.py)."""
_WHAT_WAS_SAID = words_of("what_was_said")
_OUTCOMES = words_of("outcomes")
_REMEMBERING = frozenset(["remember", "recall", "describe", "recount"])


def complement_after(tokens: Tokens, verb_at: int, end: int, verb: Verb, lexicon: Lexicon) -> Complement | None:
    """The complement that begins after the verb at `verb_at`, before token `end`; None where there is none."""
    first = past_aside(tokens, verb_at + 1 + len(verb.particles), end)
    if first >= end:
        return None
    if verb.lemma == "dar" and verb.particles == ("por",):
        return Complement("object", first) if _is_outcome(tokens, first, end) else None
    if verb.frames & _COUNTED and (counted := counted_object(tokens, first, end, verb, lexicon)) is not None:
        return counted
    if verb.frames & {"i"} and (asked := asked_to(tokens, first, end, verb, lexicon)) is not None:
        return asked
    if "c" in verb.frames and (called := called_so(tokens, first, end, lexicon)) is not None:
        return called
    if verb.lemma == "call" and not verb.particles and is_called_a_thing(tokens, first, end):
        return Complement("object", first)
    if verb.lemma == "describe" and tokens.tag[first] in "DpX#w" and tokens.low[first] != "how":
        return Complement("object", first)
    if "x" in verb.frames:
        accused = accused_of(tokens, first, end, lexicon)
        if accused is not None or verb.lemma != "blame":
            return accused
    if verb.kind == "demand" and "o" in verb.frames and _is_list(tokens, first, end):
        return Complement("object", first)
    if verb.kind == "demand" and (told := told_to(tokens, first, end, lexicon)) is not None:
        return told
    if takes_infinitive(tokens, first, end, verb, lexicon):
        return Complement("infinitive", first)
    if (doing := own_doing_after(tokens, first, end, verb, lexicon)) is not None:
        return Complement("infinitive", doing)
    if verb.lemma in _REMEMBERING and _is_doing(tokens, first, end):
        return Complement("bare", first)
    if (
        verb.kind == "deny"
        and tokens.low[first] in _WHAT_WAS_SAID
        and tokens.tag[first + 1 : first + 2] in ([], ["."], [","], ["P"], ["T"])
    ):
        return Complement("object", first)
    if verb.kind == "demand" and not _UNNAMED.isdisjoint(tokens.low[first : first + 6]):
        return None
    if verb.kind in ("demand", "promise"):
        begin = past_time(tokens, first, end) if lexicon.language == "es" else first
        if is_plain_infinitive(tokens, begin, end, lexicon):
            return Complement("request", begin)
    return (
        marked_content(tokens, first, end, verb, lexicon)
        or asked_to(tokens, first, end, verb, lexicon)
        or bare_clause(tokens, first, end, verb, lexicon)
        or object_after(tokens, first, end, verb, lexicon)
        or explained_by(tokens, first, end, verb.lemma)
    )


def _is_outcome(tokens: Tokens, first: int, end: int) -> bool:
    """Whether what something is held to be follows, and then the thing: «dio por | terminado el motín»."""
    if first + 1 >= end:
        return False
    if tokens.tag[first] == "<":
        return True
    known = tokens.low[first].endswith(PARTICIPLES) or tokens.low[first] in _OUTCOMES
    return known and (tokens.tag[first + 1] in "DpX#w" or tokens.low[first + 1] in ("a", "al"))


def _is_doing(tokens: Tokens, first: int, end: int) -> bool:
    """Whether somebody follows with what they were doing: "remember | the officer telling them that"."""
    for k in range(first + 1, min(end - 1, first + 9)):
        if tokens.low[k].endswith("ing") and tokens.tag[k] in "wq" and tokens.tag[k - 1] in "wXO":
            return tokens.tag[k + 1] in "DpOXPN#wS" and tokens.tag[first] in "DpXON"
        if tokens.tag[k] not in "wXDpOP":
            return False
    return False


def _is_list(tokens: Tokens, first: int, end: int) -> bool:
    """Whether things and clauses are demanded together: «agua caliente, ginecóloga y que se retire al jefe»."""
    if tokens.tag[first] not in "wD#" or tokens.low[first] in ("al", "del"):
        return False
    for k in range(first + 1, min(end - 1, first + FARTHEST)):
        if tokens.tag[k] in "VQ.;:<N":
            return False
        if tokens.tag[k] == "C" and tokens.low[k + 1] in ("que", "that"):
            return True
    return False
