"""Sentences that tell who said the sentence before: «Hubo tres disparos. Así lo contó la cocinera»."""

from __future__ import annotations

from recuento.read.complements.complements import complement_after
from recuento.read.readings import Reading
from recuento.read.sources.source_after import source_after
from recuento.read.text.lexicon import Lexicon
from recuento.read.text.tokens import Span, Tokens

_OPENING = frozenset(["así", "eso", "esto", "lo"])
_BETWEEN = frozenset(["lo", "la", "los", "las", "se", "mismo", "es", "que", "también", "ya", "al", "menos"])
_CLAUSES = frozenset(["that", "question", "quote", "bare", "infinitive", "request"])


def said_before(tokens: Tokens, start: int, end: int, before: Span, lexicon: Lexicon) -> Reading | None:
    """The reading that gives the sentence `before` to whom the sentence from `start` to `end` names; or None."""
    if lexicon.language != "es" or end - start < 4 or tokens.low[start] not in _OPENING:
        return None
    cue = start + 1
    while cue < end and tokens.low[cue] in _BETWEEN:
        cue += 1
    form = tokens.form[cue] if cue < end else None
    if form is None or not form.is_finite or not form.verbs[0].frames & {"p", "q", "t"}:
        return None
    verb = form.verbs[0]
    complement = complement_after(tokens, cue, end, verb, lexicon)
    if complement is not None and complement.frame in _CLAUSES:
        return None
    place = cue + 1 + (verb.lemma == "constar" and tokens.low[cue + 1] == "en")
    source = source_after(tokens, place, end, lexicon)
    if source is None:
        return None
    return Reading("es.after.back", (cue, cue + 1), [before], source, verb, form.feature, sentence=(start, end))
