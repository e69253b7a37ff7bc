"""Nouns that say what a verb else says: "issued a call for medicine", "gave sworn statements that he was beaten"."""

from __future__ import annotations

from recuento.read.readings import Reading
from recuento.read.sources.source_before import source_before
from recuento.read.statements.claims import KINDS, is_doing
from recuento.read.statements.content_end import ContentEnd
from recuento.read.text.lexicon import Verb, words_of

_VERBS = words_of("asking_by_nouns")
_LINKS = {"en": frozenset(["for", "to", "that"]), "es": frozenset(["a", "al", "de", "para"])}
REACH = 4
"""Tokens between the verb and its noun: "renewed its urgent call"."""


class Nominal(ContentEnd):
    """Reads what a noun tells together with a verb that means nothing of its own."""

    def _read_nominal(self) -> None:
        tokens = self.tokens
        if KINDS.keys().isdisjoint(tokens.low[self.first : self.end]):
            return
        for noun in range(self.first + 2, self.end - 2):
            kind = KINDS.get(tokens.low[noun])
            if kind is None or tokens.depth[noun] != self.base or not self._is_free(noun):
                continue
            reading = self._nominal(noun, kind)
            if reading is not None:
                start, end = reading.content[0]
                self.readings = [r for r in self.readings if not self._lies_in(r, start, end)]
                self.readings.append(reading)
                return

    def _nominal(self, noun: int, kind: str) -> Reading | None:
        """The reading of a noun that a clause or an object follows, with the verb shortly before it."""
        tokens, language = self.tokens, self.lexicon.language
        if not self._goes_with(noun + 1, kind):
            return None
        verb = next((k for k in range(noun - 1, max(self.first, noun - REACH), -1) if tokens.low[k] in _VERBS), None)
        if verb is None or self._only_describes(verb) or any(tokens.tag[k] in ",;:P" for k in range(verb, noun)):
            return None
        source = source_before(tokens, self.first, verb, self.lexicon)
        if source is None and (language == "en" or kind != "demand"):
            return None
        told = Verb(tokens.low[noun], kind, frozenset("o"), language)
        rule = f"{language}.before.noun.{'subject' if source else 'null'}"
        end = self._object_end(noun + 1, self.end) if kind == "demand" else self.end
        return Reading(rule, (verb, noun + 1), [(noun + 1, end)], source, told, "3s")

    def _only_describes(self, verb: int) -> bool:
        """Whether a participle tells of the noun: "ignored | repeated warnings that"."""
        before = self.tokens.low[verb - 1]
        return self.tokens.low[verb].endswith("ed") and before.endswith("ed") and self.lexicon.language == "en"

    def _goes_with(self, k: int, kind: str) -> bool:
        """Whether what the noun tells begins at `k`: "statements | that", «denuncia | de que», "call | for"."""
        low, language = self.tokens.low, self.lexicon.language
        if kind == "demand":
            return low[k] in _LINKS[language]
        if kind == "promise" and language == "es" and is_doing(self.tokens, k):
            return True  # «Asumió el compromiso | de duplicar»
        return low[k] == "that" if language == "en" else low[k : k + 2] == ["de", "que"]
