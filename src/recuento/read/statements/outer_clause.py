"""Where the clause around goes on after a relative or an opening clause that holds what is said."""

from __future__ import annotations

from recuento.read.readings import Complement
from recuento.read.sources.source_before import source_before
from recuento.read.statements.content_end import ContentEnd
from recuento.read.text.tokens import Span

_SUBJECT = 6
"""Tokens of a subject after an opening clause."""
_WHEN = frozenset(["when", "after", "before", "once", "until", "whenever", "if"])
_IN_WHICH = (["in", "which"], ["by", "which"])
_NEXT = 3
"""Verbs after a relative clause among which the main verb is looked for: time must not grow with the square."""


class OuterClause(ContentEnd):
    """Finds where the words of a clause inside another one end."""

    def _relative_end(self, source: Span | None, complement: Complement, end: int) -> int:
        """What a relative clause tells ends with it: ", who said he was ill|, told", "who put it at ten | is right"."""
        tokens = self.tokens
        if (
            source is not None
            and source[0] - 2 > self.first
            and tokens.low[source[0] - 2 : source[0]] == [",", "which"]
        ):
            source = source[0] - 1, source[1]
        if source is not None and self.lexicon.language == "es" and tokens.tag[source[0]] in "RS":
            end = self._before_outer_verb(source[0], complement.start, end)
        if source is not None and source[0] - 2 > self.first and tokens.low[source[0] - 2 : source[0]] in _IN_WHICH:
            thing = complement.frame in ("object", "request")
            return self._before_main_verb(source[0] if thing else complement.start, end)
        if source is not None and source[0] > self.first and tokens.low[source[0] - 1] in _WHEN:
            return self._before_main_clause(complement.start, end)
        if source is None or source[0] <= self.first or tokens.tag[source[0]] not in "RS":
            return end
        if tokens.tag[source[0] - 1] != ",":
            return self._before_main_verb(source[0] if complement.frame == "object" else complement.start, end)
        for k in range(complement.start + 2, end - 2):
            after = k + 1 + (tokens.tag[k + 1] in "AG")
            form = tokens.form[after]
            if complement.frame == "request" and form is not None and form.feature == "base":
                continue  # "Who called on him to resign, raise wages and": what else is to be done.
            if tokens.tag[k] == ">" and tokens.tag[k - 1] == "," and tokens.low[k + 1] == "to":
                return k + 1  # "She wanted the sheriff, who told her he “tripped,” | to look at her".
            main = tokens.tag[after] in "VQ" or (tokens.tag[after] == "w" and tokens.low[after].endswith("ed"))
            if tokens.tag[k] == "," and main and tokens.depth[k] == self.base:
                return k
        return end

    def _before_outer_verb(self, pronoun: int, start: int, end: int) -> int:
        """Where the main verb follows whose subject holds the pronoun: «un cabo que aceptó no ser citado | contó»."""
        for verb in [cue for cue in self.cues if start < cue < end][:_NEXT]:
            subject = source_before(self.tokens, self.first, verb, self.lexicon)
            if subject is not None and subject[0] < pronoun and start < subject[1]:
                return subject[1]
        return end

    def _before_main_clause(self, start: int, end: int) -> int:
        """Where the main clause follows an opening one: "when she asked where he was | she was told to leave"."""
        tokens = self.tokens
        thing = tokens.low[start] in ("for", "of", "about") or tokens.tag[start] in "Dp"
        verb = start if thing else next((k for k in range(start, end) if tokens.tag[k] in "VQ"), end)
        for k in range(verb + 1, end - 1):
            if tokens.tag[k] == "," and tokens.depth[k] == self.base and self._is_clause_at(k + 1, end):
                return k
            opens = tokens.tag[k] == "N" and tokens.tag[k + 1] in "VQ" and tokens.depth[k] == self.base
            if opens and tokens.tag[k - 1] not in "SCR" and tokens.low[k - 1] != "that":
                return k - (tokens.tag[k - 1] == ",")
        return end

    def _is_clause_at(self, k: int, end: int) -> bool:
        """Whether a short subject with its verb stands there: "(when he asked,) | a guard said"."""
        tokens, start = self.tokens, k
        while k < end and k - start < _SUBJECT and tokens.tag[k] in "DXwpN#":
            k += 1
        return start < k < end and tokens.tag[start] in "DXpN" and tokens.tag[k] in "VQ"
