"""Passive verbs: "he was ordered to burn the files", "she had been told by aides that": who spoke is seldom said."""

from __future__ import annotations

from recuento.read.complements.complements import complement_after
from recuento.read.readings import Complement, Reading
from recuento.read.sources.source_after import source_after
from recuento.read.sources.source_before import source_before
from recuento.read.statements.content_end import ContentEnd
from recuento.read.text.lexicon import words_of
from recuento.read.text.tokens import Span, Tokens

_HAVE = frozenset(["have", "has", "had", "having", "been"])
_TOLD = words_of("told_in_the_passive")
_NOTHING = frozenset(["nothing", "anything", "something"])


_FAR = 10
"""Tokens between a participle that asks and its question: who asked stands there."""


class ToldPassive(ContentEnd):
    """Reads English verbs of telling and ordering in the passive: of whoever stands after "by".

    Without them only a clause with "that" and what is quoted count: "“I was told to ...”" says that somebody spoke;
    an outlet's own "they were told to leave" tells what happened.
    """

    def _read_passive(self, cue: int) -> Reading | None:
        """The reading of the passive at `cue`, or None."""
        tokens, form = self.tokens, self.tokens.form[cue]
        if form is None or self.lexicon.language != "en" or form.feature not in ("past", "part"):
            return None
        verb, begin = form.verbs[-1], self._before_verb(cue)
        if verb.lemma == "quote" and begin >= self.first and tokens.low[begin] in self.lexicon.lists["be"]:
            return self._read_quoted(begin, cue)
        if verb.lemma not in _TOLD or begin < self.first or tokens.low[begin] not in self.lexicon.lists["be"]:
            return None
        agent = self._agent(cue + 1)
        complement = complement_after(tokens, agent[1] - 1 if agent else cue, self.end, verb, self.lexicon)
        if complement is None or complement.frame not in ("that", "request", "bare", "object"):
            return None
        if verb.kind == "promise" and complement.frame == "bare" and tokens.tag[complement.start] == "#":
            complement = Complement("object", complement.start, complement.addressee)
        if complement.frame == "object" and (not self.inside or tokens.low[complement.start] in _NOTHING):
            return None  # "“I was promised nothing”"
        heard = source_before(tokens, self.first, begin, self.lexicon) if agent is None else None
        told = self.base > 0 or self.inside or (heard is not None and self._is_hearing(heard))
        if agent is None and complement.frame != "that" and not told:
            return None
        if complement.start - (agent[1] if agent else cue + 1) > 8:
            return None
        while begin > self.first and tokens.low[begin - 1] in _HAVE:
            begin -= 1
        rule = f"en.before.{complement.frame}.passive"
        content = [(complement.start, self._end_of_told(complement, begin))]
        return Reading(rule, (begin, cue + 1), content, agent, verb, form.feature, impersonal=agent is None)

    def _end_of_told(self, complement: Complement, begin: int) -> int:
        """Where what somebody was told ends: before the verb of the clause around, or what else is told there."""
        tokens, start = self.tokens, complement.start
        end = self._before_outer_clause(start, self.end)
        if complement.frame in ("object", "request"):
            end = self._object_end(start, end, complement.frame == "object")
            end -= tokens.tag[end - 1] == ","
        told = begin > self.first and tokens.tag[begin - 1] == "R" and tokens.tag[begin - 2] not in ",P"
        return self._before_main_verb(start, end) if told else end

    def _read_quoted(self, begin: int, cue: int) -> Reading | None:
        """ "Ruiz was quoted (by local radio) as saying that nine had died": it is Ruiz who said so."""
        tokens = self.tokens
        saying = next((k + 1 for k in range(cue + 1, min(self.end - 1, cue + _FAR)) if tokens.low[k] == "as"), None)
        form = tokens.form[saying] if saying is not None else None
        if saying is None or form is None or form.feature != "ger":
            return None
        complement = complement_after(tokens, saying, self.end, form.verbs[0], self.lexicon)
        while begin > self.first and tokens.low[begin - 1] in _HAVE:
            begin -= 1
        source = source_before(tokens, self.first, begin, self.lexicon)
        if complement is None or source is None:
            return None
        rule = f"en.before.{complement.frame}.quoted"
        over = range(complement.start, self.end - 1) if tokens.tag[begin - 1] == "R" else range(0)
        end = next((k for k in over if tokens.tag[k] == "," and tokens.tag[k + 1] in "VQ"), self.end)
        return Reading(rule, (begin, saying + 1), [(complement.start, end)], source, form.verbs[0], form.feature)

    def _read_asked(self, cue: int) -> Reading | None:
        """ "Asked by counsel why she left, ...", «Preguntado por si hay heridos, ...»: the question up to the comma."""
        tokens, form = self.tokens, self.tokens.form[cue]
        if form is None or form.feature not in ("past", "part") or not self._opens_asking(cue):
            return None
        verb = next((verb for verb in form.verbs if not verb.particles and verb.kind == "ask"), None)
        start = next((k for k in range(cue + 1, min(self.end, cue + _FAR)) if self._asks(k)), None)
        closed = tokens.low[cue + 1 : cue + 2] == ["by"]
        marks = ";:<VQ" if closed else ",;:<VQ"
        if verb is None or start is None or any(tokens.tag[k] in marks for k in range(cue + 1, start)):
            return None
        end = next(
            (k for k in range(start + 2, self.end) if tokens.tag[k] == "," and tokens.depth[k] == self.base), None
        )
        told = end is not None and (self.lexicon.language == "es" or _has_verb(tokens, start, end))
        if end is None or not told:
            return None
        start -= tokens.low[start - 1] == "por"
        named = start - (tokens.tag[start - 1] == ",")
        agent = (cue + 2, named) if start > cue + 2 and tokens.low[cue + 1] in ("by", "por") else None
        rule = f"{self.lexicon.language}.before.question.passive"
        return Reading(rule, (cue, cue + 1), [(start, end)], agent, verb, form.feature, impersonal=agent is None)

    def _opens_asking(self, cue: int) -> bool:
        """Whether a participle opens its sentence: "Asked whether", "When asked why", ", asked if"."""
        before = self.tokens.low[cue - 1] if cue > self.first else ""
        return cue == self.first or self.tokens.tag[cue - 1] in ",<" or (before == "when" and cue - 1 == self.first)

    def _asks(self, k: int) -> bool:
        return self.tokens.low[k] in self.lexicon.lists["question"]

    def _agent(self, k: int) -> Span | None:
        """Who told it: "was told | by aides | that"."""
        if k + 1 >= self.end or self.tokens.low[k] != "by":
            return None
        found = source_after(self.tokens, k + 1, self.end, self.lexicon)
        return found if found is not None and found[0] == k + 1 else None


def _has_verb(tokens: Tokens, first: int, last: int) -> bool:
    """Whether a finite verb stands there; of Spanish presents many are known by no list and by no ending."""
    return any(tokens.tag[k] in "VQ" for k in range(first, last))
