"""Sources that interrupt a clause right after the word that opens it: «una declaración que, asegura, nunca se firmó».

Only that clause is said, and not what stands around it.
"""

from __future__ import annotations

from recuento.read.readings import Reading
from recuento.read.sources.source_after import source_after
from recuento.read.sources.source_before import source_before
from recuento.read.statements.sentence import Sentence, has_clause, has_content
from recuento.read.text.lexicon import Verb, words_of
from recuento.read.text.tokens import Span

REACH = 12
"""Tokens between the commas around who says it."""
_TO_WHOM = (["le"], ["les"], ["me"], ["nos"])
_LEAKING = words_of("sources") | words_of("unnamed_officials")


class Parenthetical(Sentence):
    """Reads verbs between commas after a conjunction or a relative: ", where, they point out, 2,700 live"."""

    def _clause_within(self, before: int, place: int) -> list[Span] | None:
        """The rest of the clause that the token `before` opens, from `place` on; None where it opens none."""
        tokens, begun = self.tokens, self._begun_clause(before, place)
        if begun is None:
            return None
        start = place
        while start < self.end and tokens.tag[start] in ",>":
            start += 1
        end = next((k for k in range(start, self.end) if self._closes_clause(start, k, begun[0] == begun[1])), self.end)
        told = has_content(tokens, start, end) or has_clause(tokens, start, end, least=1)
        if not told:
            return None
        return [(start, end)] if begun[0] == begun[1] else [begun, (start, end)]

    def _begun_clause(self, mark: int, place: int) -> Span | None:
        """What stands of a clause before the comma that interrupts it: «... y que | un tercero|, según X, cobró».

        None where nothing parts that clause from the sentence: it has its verb before the comma, or begins with it.
        """
        tokens = self.tokens
        opens = self.inside and mark == self.first + 1 and tokens.low[self.first] == "que"
        if opens or self._opens_clause(mark):
            return mark, mark
        if tokens.tag[mark] not in ",-" or not self._verb_follows(place):
            return None
        for k in range(mark - 1, max(self.first, mark - REACH), -1):
            tag = tokens.tag[k]
            if tokens.depth[k] != self.base:
                continue
            if tag in "VQ":
                return None
            if (
                tag in ";:"
                or (tag in "SR" and tokens.low[k] != "como")
                or (tag == "C" and self._joins_clauses(k, mark))
            ):
                return k + 1, mark
        return None

    def _joins_clauses(self, k: int, mark: int) -> bool:
        """Whether "and" joins two clauses rather than two nouns: a comma stands at it, or a verb alone before it."""
        tokens = self.tokens
        if tokens.tag[k - 1] == "," or k + 1 == mark:
            return True
        before = next((m for m in range(k - 1, max(self.first, k - 2 * REACH), -1) if tokens.tag[m] in "VQSR;"), k)
        return tokens.tag[before] in "VQ"

    def _verb_follows(self, place: int) -> bool:
        """Whether the clause goes on with its verb after the comma at `place`."""
        tokens = self.tokens
        if place + 1 >= self.end or tokens.tag[place] not in ",-" or tokens.tag[place + 1] == "C":
            return False
        past = (
            self.lexicon.language == "en" and tokens.low[place + 1 : place + 2] and tokens.low[place + 1].endswith("ed")
        )
        for k in range(place + 1, min(self.end, place + REACH)):
            if (tokens.tag[k] in "VQ" or (past and k == place + 1)) and tokens.depth[k] == self.base:
                return True
            if tokens.tag[k] in ".;:S":
                return False
        return False

    def _is_told_to_speaker(self, cue: int) -> bool:
        """Whether «según le contaron X», «según vecinos» tell whom the speaker has it from: it is what they say.

        Sources and officials without a name may as well have told the paper what somebody said.
        """
        tokens = self.tokens
        people = next((k for k in range(cue + 1, min(self.end, cue + 4)) if tokens.tag[k] not in "DN#"), cue)
        word = tokens.low[people]
        known = word in self.lexicon.lists["unnamed"] or word in ("persona", "personas")
        from_people = known and word not in _LEAKING and tokens.low[cue] == "según"
        if not from_people and tokens.low[cue + 1 : cue + 2] not in _TO_WHOM:
            return False
        asserted = (k for k in range(self.first, cue) if tokens.tag[k] == "S" and tokens.low[k] == "que")
        return any("Q" in tokens.tag[max(self.first, k - 6) : k] for k in asserted)

    def _speaks_itself(self, k: int) -> bool:
        """Whether a verb of saying stands at `k` without a subject of its own: «..., según X, y | exigió la lista»."""
        while k < self.end and self.tokens.tag[k] in "OGA":
            k += 1
        form = self.tokens.form[k] if k < self.end else None
        if form is None or not form.is_finite or not self._is_speaking(k, form):
            return False
        return self._with_complement(k, form) is not None

    def _closes_clause(self, start: int, k: int, alone: bool) -> bool:
        """Whether a clause from `start` ends at `k`: «que, según X, hay 14 | y que el resto huyó».

        `alone` tells that nothing of it stands before the interruption.
        """
        tokens = self.tokens
        if tokens.depth[k] != self.base:
            return False
        again = tokens.tag[k] == "," and k + 2 < self.end and tokens.tag[k + 1] == "C" and tokens.tag[k + 2] == "S"
        joined = alone and tokens.tag[k] == "C" and tokens.low[k + 1 : k + 2] == ["que"]
        joined = joined and not any(tokens.tag[m] == "S" for m in range(start, k))
        return tokens.tag[k] == ";" or again or joined

    def _read_parenthetical(self) -> None:
        """Verbs that stand alone or with their subject between commas."""
        for cue in self.cues:
            form = self.tokens.form[cue]
            verb = next((v for v in form.verbs if "p" in v.frames), None) if form is not None else None
            if form is None or verb is None or not self._is_free(cue) or not self._is_speaking(cue, form):
                continue
            if form.feature in ("1s", "1p") and self.base == 0 and not self.inside:
                continue
            reading = self._between_commas(cue, verb, form.feature)
            if reading is not None:
                start, end = reading.content[0]
                self.readings = [r for r in self.readings if not self._lies_in(r, start, end)]
                self.readings.append(reading)

    def _between_commas(self, cue: int, verb: Verb, feature: str) -> Reading | None:
        tokens, begin = self.tokens, self._verb_begin(cue)
        opening = next((k for k in range(begin - 1, max(self.first, begin - REACH), -1) if tokens.tag[k] in ",-"), None)
        closing = next((k for k in range(cue + 1, min(self.end, cue + REACH)) if tokens.tag[k] in ",-"), None)
        if opening is None or closing is None or self._begun_clause(opening, closing) is None:
            return None
        if tokens.tag[opening + 1] in "SR" or tokens.low[opening + 1] in self.lexicon.according_heads:
            return None  # «Según dice», "as the minister said": see according.py.
        source = source_before(tokens, opening + 1, cue, self.lexicon)
        if source is None and closing > cue + 1:
            source = source_after(tokens, cue + 1, closing, self.lexicon)
        if source is None and (closing > cue + 1 or self.lexicon.language == "en"):
            return None
        if source is not None and tokens.tag[source[0]] in "RS":
            return None
        if tokens.low[begin] == "se" and (source is None or source[1] <= begin):
            return None  # «..., que se exponen solos, ...» is a passive; «..., se queja un preso, ...» is not.
        content = self._clause_within(opening, closing)
        rule = f"{self.lexicon.language}.after.clause.within"
        return Reading(rule, (begin, cue + 1), content, source, verb, feature) if content else None
