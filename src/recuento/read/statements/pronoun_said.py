"""Spanish pronouns that stand for what is said: «su vocera lo negó», «sostiene que dos tenientes se lo confirmaron»."""

from __future__ import annotations

from recuento.read.readings import Complement, Reading
from recuento.read.sources.source_after import source_after
from recuento.read.statements.verb_sources import VerbSource
from recuento.read.text.lexicon import Form, Verb, words_of

_OF_CLAIMS = frozenset(["deny"])
"""Classes of verbs that tell a statement even of a pronoun, and in anybody's voice."""
_PRONOUNS = frozenset(["lo", "los", "las"])
_TOLD = frozenset(["se", "me", "te", "nos", "os"])
"""Datives before the pronoun: with whom one is told, the pronoun is no person."""
_OF_IT = words_of("said_of_it")
"""Verbs that govern words and no person, so that «lo» alone is what they say: «lo prometió»."""
_ENDS = frozenset(["por", "en", "ante", "ya", "a", "al", "desde", "durante", "cuando", "hace"])


class PronounSaid(VerbSource):
    """Reads verbs whose content is the pronoun before them."""

    def _pronoun_said(self, cue: int, form: Form, place: int, chosen: Complement | None) -> Reading | None:
        """The reading of the verb at `cue` whose content is a pronoun; None where it has none.

        `chosen` is what looks like its content after it, which may be who says it: «lo anunció el Gobierno».
        """
        if chosen is not None and not (self.inside and chosen.frame in ("object", "request")):
            return None
        verb, begin = form.verbs[0], self._verb_begin(cue)
        said = self._said_before(cue, verb)
        if said is None or not self._is_speaking(cue, form):
            return None
        begin = min(begin, said)
        source, shared = self._source(begin, cue, form, place)
        if self.inside and (source is None or shared):
            after = source_after(self.tokens, cue + 1, self.end, self.lexicon)
            pointing = self.tokens.low[said - 1] == "así"
            follows = after is not None and after[0] == cue + 1 and (pointing or self._is_somebody(after))
            source, shared = (after, False) if follows else (source, shared)
        ends = source is not None and source[0] > cue
        if not ends and not self._ends_at(cue + 1):
            return None
        if source is None and not (self.inside and form.feature not in ("part", "sub")):
            return None
        if source is not None and self.tokens.tag[source[0]] in "RS":
            return None
        if (shared and not self.inside) or self._is_same_voice(cue, source, form, verb):
            return None
        how = "null" if source is None else "shared" if shared else "subject"
        return Reading(f"es.before.pronoun.{how}", (cue, cue + 1), [(said, said + 1)], source, verb, form.feature)

    def _said_before(self, cue: int, verb: Verb) -> int | None:
        """The pronoun before the verb at `cue` that is what it says."""
        tokens, k = self.tokens, cue - 1
        if self.lexicon.language != "es":
            return None
        while k > self.first and tokens.low[k] in self.lexicon.lists["have"]:
            k -= 1
        if k < self.first or tokens.low[k] not in _PRONOUNS:
            return None
        if verb.kind in _OF_CLAIMS:
            return k if tokens.low[k] == "lo" else None
        if not self.inside or "t" not in verb.frames:
            return None
        before = tokens.low[k - 1] if k > self.first else ""
        told = before in _TOLD or before == "así" or verb.lemma in _OF_IT
        return k if told and not verb.frames & {"x", "c"} else None

    def _ends_at(self, k: int) -> bool:
        """Whether nothing that the verb says follows: a mark, a time, a place, whom it tells."""
        tokens = self.tokens
        return k >= self.end or tokens.tag[k] in ".,;TC" or tokens.low[k] in _ENDS
