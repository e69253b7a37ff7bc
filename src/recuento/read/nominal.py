"""Nouns that say what a verb else says: "issued a call for medicine", «hizo un llamado a la calma»."""

from __future__ import annotations

from recuento.read.content_end import ContentEnd
from recuento.read.lexicon import Verb, words_of
from recuento.read.readings import Reading
from recuento.read.sources import source_before

_NOUNS = words_of("asking_nouns")
_VERBS = words_of("asking_by_nouns")
_LINKS = {"en": frozenset(["for", "to", "that"]), "es": frozenset(["a", "al", "de", "para"])}
REACH = 4
"""Tokens between the verb and its noun: "renewed its urgent call"."""


class Nominal(ContentEnd):
    """Reads demands that a noun tells together with a verb that means nothing of its own."""

    def _read_nominal(self) -> None:
        tokens, links = self.tokens, _LINKS[self.lexicon.language]
        if _NOUNS.isdisjoint(tokens.low[self.first : self.end]):
            return
        for noun in range(self.first + 2, self.end - 2):
            if tokens.low[noun] not in _NOUNS or tokens.low[noun + 1] not in links or not self._is_free(noun):
                continue
            verb = next(
                (k for k in range(noun - 1, max(self.first, noun - REACH), -1) if tokens.low[k] in _VERBS), None
            )
            if (
                verb is None
                or tokens.depth[noun] != self.base
                or any(tokens.tag[k] in ",;:P" for k in range(verb, noun))
            ):
                continue
            source = source_before(tokens, self.first, verb, self.lexicon)
            if source is None and self.lexicon.language == "en":
                continue
            demand = Verb(tokens.low[noun], "demand", frozenset("o"), self.lexicon.language)
            rule = f"{self.lexicon.language}.before.noun.{'subject' if source else 'null'}"
            content = [(noun + 1, self._object_end(noun + 1, self.end))]
            self.readings.append(Reading(rule, (verb, noun + 1), content, source, demand, "3s"))
            return
