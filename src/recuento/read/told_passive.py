"""Passive verbs: "he was ordered to burn the files", "she had been told by aides that": who spoke is seldom said."""

from __future__ import annotations

from recuento.read.complements import complement_after
from recuento.read.lexicon import words_of
from recuento.read.readings import Reading, Span
from recuento.read.sentence import Sentence
from recuento.read.sources import source_after

_HAVE = frozenset(["have", "has", "had", "having", "been"])
_QUESTIONS = frozenset(["whether", "if", "why", "how", "what", "when", "where", "who", "which"])
_TOLD = words_of("told_in_the_passive")


class ToldPassive(Sentence):
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
        if verb.lemma not in _TOLD or begin < self.first or tokens.low[begin] not in self.lexicon.lists["be"]:
            return None
        agent = self._agent(cue + 1)
        complement = complement_after(tokens, agent[1] - 1 if agent else cue, self.end, verb, self.lexicon)
        if complement is None or complement.frame not in ("that", "request", "bare"):
            return None
        if agent is None and complement.frame != "that" and self.base == 0 and not self.inside:
            return None
        if complement.start - (agent[1] if agent else cue + 1) > 4:
            return None
        while begin > self.first and tokens.low[begin - 1] in _HAVE:
            begin -= 1
        rule = f"en.before.{complement.frame}.passive"
        content = [(complement.start, self.end)]
        return Reading(rule, (begin, cue + 1), content, agent, verb, form.feature, impersonal=agent is None)

    def _read_asked(self, cue: int) -> Reading | None:
        """ "Asked by counsel why she had left, she said": the question stands up to the comma."""
        tokens, form = self.tokens, self.tokens.form[cue]
        opens = (
            cue == self.first
            or tokens.tag[cue - 1] in ",<"
            or (tokens.low[cue - 1] == "when" and cue - 1 == self.first)
        )
        if form is None or form.feature != "past" or tokens.low[cue] != "asked" or not opens:
            return None
        agent = self._agent(cue + 1)
        after = agent[1] if agent is not None else cue + 1
        start = next((k for k in range(after, min(self.end, after + 6)) if tokens.low[k] in _QUESTIONS), None)
        if start is None or any(tokens.tag[k] in ",;:<VQ" for k in range(after, start)):
            return None
        end = next(
            (k for k in range(start + 2, self.end) if tokens.tag[k] == "," and tokens.depth[k] == self.base), None
        )
        if end is None or not any(tokens.tag[k] in "VQ" for k in range(start, end)):
            return None
        if agent is not None and not any(tokens.tag[k] == "T" for k in range(*agent)):
            agent = agent[0], start  # "Asked by counsel to the inquiry why".
        verb = next(verb for verb in form.verbs if not verb.particles)
        rule = "en.before.question.passive"
        return Reading(rule, (cue, cue + 1), [(start, end)], agent, verb, form.feature, impersonal=agent is None)

    def _agent(self, k: int) -> Span | None:
        """Who told it: "was told | by aides | that"."""
        if k + 1 >= self.end or self.tokens.low[k] != "by":
            return None
        found = source_after(self.tokens, k + 1, self.end, self.lexicon)
        return found if found is not None and found[0] == k + 1 else None
