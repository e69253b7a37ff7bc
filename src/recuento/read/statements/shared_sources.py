"""Sources that a verb shares with an earlier one of its sentence, or owes to the main clause after it."""

from __future__ import annotations

from recuento.read.sources.somebody import is_plural
from recuento.read.sources.source_after import source_after
from recuento.read.sources.source_before import source_before
from recuento.read.statements.sentence import Sentence
from recuento.read.text.lexicon import Form
from recuento.read.text.tokens import Span

_NEAR = 8
"""Tokens between two verbs of one relative clause."""
_OPENING = 3
"""Tokens at the beginning of a sentence in which a verb that is not finite stands before its subject."""
_MOST_COMMAS = 4
"""Commas after which that subject is looked for."""
_FAR = 30
_OPENING_CLAUSES = frozenset(["cuando", "mientras", "aunque", "como"])
_CLITICS = frozenset(["lo", "la", "los", "las"])


class SharedSource(Sentence):
    """Finds the source of a verb that has none of its own."""

    def _shared_source(self, cue: int) -> Span | None:
        earlier = [r for r in self.readings if r.cue is not None and r.cue[0] < cue and r.source is not None]
        if (pronoun := self._joined_in_relative(cue)) is not None:
            return pronoun
        own = [r for r in earlier if not r.rule.endswith((".as", ".according", ".question.passive"))]
        if own:
            return own[-1].source
        if 0 < cue - self.first < _OPENING and not self._is_verb(cue):
            return self._subject_after(cue)
        first = self._past_opening_clause(cue)
        verbs = (k for k in range(first, cue) if self._is_verb(k) and self.tokens.depth[k] == self.base)
        asked = [r for r in self.readings if r.rule.endswith(".question.passive")]
        verbs = (k for k in verbs if not any(r.covers(k) for r in asked))  # «Preguntado por qué falla la luz, dijo ...»
        verb = next((k for k in verbs if not self._stands_in_relative(k)), None)
        if verb is None:
            return None
        source = source_before(self.tokens, first, verb, self.lexicon)
        if source is None and self.lexicon.language == "es":
            source = source_after(self.tokens, verb + 1, cue, self.lexicon)
            return source if source is not None and source[0] == verb + 1 and self._is_somebody(source) else None
        return source

    def _joined_in_relative(self, cue: int) -> Span | None:
        """The pronoun whose clause two verbs share: «un guardia | que | la llamó y le dijo que»."""
        tokens, before = self.tokens, self._before_verb(self._verb_begin(cue))
        if self.lexicon.language != "es" or before <= self.first or tokens.low[before] not in ("y", "e"):
            return None
        near = range(before - 1, max(self.first, before - _NEAR), -1)
        verb = next((k for k in near if tokens.tag[k] in "VQ,;:"), None)
        if verb is None or tokens.tag[verb] not in "VQ" or not self._stands_in_relative(verb):
            return None
        k = self._before_verb(verb)
        while tokens.tag[k] in "OGT" or tokens.low[k] in _CLITICS:
            k -= 1
        return (k, k + 1) if tokens.low[k] == "que" and tokens.tag[k - 1] in "wX" else None

    def _past_opening_clause(self, cue: int) -> int:
        """Past «Cuando llamó al penal,», whose verb has a subject of its own."""
        tokens, first = self.tokens, self.first
        opens = self.lexicon.language == "es" and tokens.low[first] in _OPENING_CLAUSES
        comma = next((k for k in range(first, cue) if tokens.tag[k] == "," and tokens.depth[k] == self.base), None)
        return comma + 1 if opens and comma is not None else first

    def _subject_after(self, cue: int) -> Span | None:
        """The subject of the main clause after an opening one: «Tras negar que sea así, | la Dirección | cedió»."""
        tokens = self.tokens
        commas = [k for k in range(cue + 1, self.end) if tokens.tag[k] == "," and tokens.depth[k] == self.base]
        for comma in commas[:_MOST_COMMAS]:
            verb = next((k for k in range(comma + 1, min(self.end, comma + _FAR)) if self._is_verb(k)), None)
            source = source_before(tokens, comma + 1, verb, self.lexicon) if verb is not None else None
            if source is not None and source[0] == comma + 1:
                return source
        return None

    def _stands_in_relative(self, verb: int) -> bool:
        """Whether a pronoun after a noun is the subject of a verb: ", que se hace llamar Comandante"."""
        before = self._before_verb(verb)
        while before > self.first and (self.tokens.tag[before] in "OGT" or self.tokens.low[before] in _CLITICS):
            before -= 1
        return before > self.first and self._is_relative(before)

    def _is_verb(self, k: int) -> bool:
        """Whether a finite verb stands there; of English ones that no list knows the ending tells: "summoned"."""
        tag, low = self.tokens.tag, self.tokens.low[k]
        ended = self.lexicon.language == "en" and tag[k] == "w" and low.endswith("ed") and k > self.first
        return tag[k] in "VQ" or (
            ended
            and tag[k - 1] in "wXN,"
            and (
                tag[k + 1] in "DpXN#OPR<AT"
                or self.tokens.low[k + 1] in ("what", "out", "away", "off", "up", "back", "down")
            )
        )

    def _agrees(self, source: Span, form: Form) -> bool:
        """Whether a Spanish verb is in the person and number of a subject that stands with an earlier verb."""
        if self.lexicon.language == "en":
            return True
        return form.feature not in ("1s", "1p") and is_plural(self.tokens, source) in (None, form.feature == "3p")
