"""What somebody lays a known thing on, or sets it at: «lo atribuye a que», «los muertos los cifra la ONG en 214»."""

from __future__ import annotations

import re

from recuento.read.complements.causes import CAUSES, SET_AT, names_cause
from recuento.read.readings import Reading
from recuento.read.sources.source_after import source_after
from recuento.read.statements.content_end import ContentEnd
from recuento.read.statements.verb_sources import VerbSource
from recuento.read.text.lexicon import Form
from recuento.read.text.tokens import Span

_YEAR = re.compile(r"(?:19|20)\d\d")
_PRONOUNS = frozenset(["lo", "la", "los", "las"])
_AT = frozenset(["en", "desde"])
REACH = 9
"""Tokens of who says it between the verb and the cause, or of the thing before its pronoun."""


class LaidOn(VerbSource, ContentEnd):
    """Reads Spanish verbs that name the cause or the number of what stands before them, as a pronoun or with one."""

    def _laid_on(self, cue: int, form: Form, place: int, number: int) -> Reading | None:
        """The reading of the verb at `cue` whose object stands before it; None where there is none."""
        verb = form.verbs[0]
        links = CAUSES.get(verb.lemma) or SET_AT.get(verb.lemma)
        if links is None or not (form.is_finite or form.feature == "part") or cue == self.first:
            return None
        low, begin = self.tokens.low, self._verb_begin(cue)
        pronoun = begin - (low[begin] not in _PRONOUNS)
        if pronoun < self.first or low[pronoun] not in _PRONOUNS:
            return self._cause_first(cue, form, links) if self._is_speaking(cue, form) else None
        if pronoun > self.first and self.tokens.tag[pronoun - 1] == "O":
            return None  # «Se lo atribuyen a un guardia»: whom they tell of, not the cause.
        begin = pronoun
        source, start = self._said_between(cue + 1, links)
        if start is None or not self._is_answer(start, verb.lemma):
            return None
        thing = self._thing_named(begin, pronoun) if source is not None else None
        shared = False
        if source is None:
            source, shared = self._source(begin, cue, form, place)
        end = self._object_end(start, self._content_end(start, number))
        rule = f"es.before.object.{'shared' if shared else 'subject' if source else 'null'}"
        content = [thing, (start, end)] if thing is not None else [(start, end)]
        return Reading(rule, (begin, cue + 1), content, source, verb, form.feature, shared=shared)

    def _is_answer(self, start: int, lemma: str) -> bool:
        """Whether a cause, or a number at which a count is set and no year, follows the word at `start`."""
        if lemma in CAUSES:
            return names_cause(self.tokens, start)
        near = range(start + 1, min(self.end, start + 5))
        dated = _YEAR.fullmatch(self.tokens.low[start + 1]) is not None
        return not dated and any(self._is_number(k) for k in near)

    def _said_between(self, first: int, links: frozenset[str]) -> tuple[Span | None, int | None]:
        """Who speaks between the verb and the cause, and where that begins: «atribuye | el alcaide | a un descuido»."""
        low = self.tokens.low
        if first + 1 >= self.end:
            return None, None
        if low[first] in links:
            return None, first
        at = first + (low[first] in _AT)
        after = source_after(self.tokens, at, min(self.end, first + REACH + 1), self.lexicon, relative=False)
        if after is None or after[0] != at:
            return None, None
        far = min(self.end - 1, after[1] + 1)
        start = next((k for k in range(at + 1, far) if low[k] in links and self.tokens.tag[k - 1] in "wX,"), None)
        return (None, None) if start is None else ((at, start), start)

    def _thing_named(self, begin: int, pronoun: int) -> Span | None:
        """«Los incidentes | los»: the noun phrase that the pronoun takes up again, at the beginning of its clause."""
        tokens, k = self.tokens, begin - 1
        while k > self.first and begin - k < REACH and tokens.tag[k - 1] in "DpwXP#" and tokens.tag[k] not in ",C":
            k -= 1
        named = k < begin and tokens.tag[k] in "Dp" and (k == self.first or tokens.tag[k - 1] in ",C;")
        return (k, begin) if named and tokens.low[pronoun].endswith("s") == tokens.low[k].endswith("s") else None

    def _cause_first(self, cue: int, form: Form, links: frozenset[str]) -> Reading | None:
        """«A la falta de personal | atribuye | el sindicato | la fuga»."""
        tokens, first = self.tokens, self.first
        if tokens.low[first] not in links or cue - first < 2 or cue + 3 > self.end:
            return None
        if not self._is_answer(first, form.verbs[0].lemma):
            return None
        if any(tokens.tag[k] not in "PDpwX#A" and tokens.tag[k - 1] not in "DP" for k in range(first, cue)):
            return None
        source = source_after(tokens, cue + 1, self.end, self.lexicon, relative=False)
        if source is None or source[0] != cue + 1 or not self._is_somebody(source) or source[1] + 1 >= self.end:
            return None
        if tokens.tag[source[1]] not in "Dp":
            return None
        content = [(first, cue), (source[1], self._object_end(source[1], self.end))]
        return Reading("es.before.object.subject", (cue, cue + 1), content, source, form.verbs[0], form.feature)
