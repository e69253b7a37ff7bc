"""Spanish words that stand for what is said: «su vocera lo negó», «se lo confirmaron», «cosa que X niega»."""

from __future__ import annotations

from recuento.read.readings import Complement, Reading
from recuento.read.sources.source_after import source_after
from recuento.read.sources.source_before import source_before
from recuento.read.statements.sentence import Sentence
from recuento.read.statements.verb_sources import VerbSource
from recuento.read.text.lexicon import Form, Verb, words_of
from recuento.read.text.tokens import Span

SAID_NOUNS = frozenset(["cosa", "extremo", "versión", "acusación", "afirmación"])
"""Nouns in apposition to what was said: «..., cosa que la jefatura descarta»."""
_OF_CLAIMS = frozenset(["deny"])
"""Classes of verbs that tell a statement even of a pronoun, and in anybody's voice."""
_PRONOUNS = frozenset(["lo", "los", "las"])
_TOLD = frozenset(["se", "me", "te", "nos", "os"])
"""Datives before the pronoun: with whom one is told, the pronoun is no person."""
_OF_IT = words_of("said_of_it")
"""Verbs that govern words and no person, so that «lo» alone is what they say: «lo prometió»."""
_ENDS = frozenset(["por", "en", "ante", "ya", "a", "al", "desde", "durante", "cuando", "hace", "tras", "con", "hasta"])
_DENYING = frozenset(["no", "ni", "nunca", "tampoco", "jamás"])
_LATER = frozenset(["después", "antes"])
_FAR = 16
"""Tokens between a noun that stands for what was said and the verb of its relative clause."""


class NounSaid(Sentence):
    """Finds the noun that stands for what was said."""

    def _noun_said(self, cue: int) -> int | None:
        """The noun before its relative clause, where the verb at `cue` ends it: «, extremo | que X desmiente»."""
        tokens, begin = self.tokens, self._verb_begin(cue)
        if self.lexicon.language != "es":
            return None
        for k in range(begin - 1, max(self.first + 1, begin - _FAR), -1):
            if tokens.low[k] == "que" and tokens.low[k - 1] in SAID_NOUNS:
                return k - 1 if tokens.tag[k - 2] == "," else None
            if tokens.tag[k] in "VQ.;:<":
                return None
        return None


class PronounSaid(NounSaid, VerbSource):
    """Reads verbs whose content is the pronoun, or the noun with its relative, before them."""

    def _pronoun_said(self, cue: int, form: Form, place: int, chosen: Complement | None) -> Reading | None:
        """The reading of the verb at `cue` whose content is a pronoun; None where it has none.

        `chosen` is what looks like its content after it, which may be who says it: «lo anunció el Gobierno».
        """
        verb, begin = form.verbs[0], self._verb_begin(cue)
        if self._is_content(chosen, verb) or not self._is_speaking(cue, form):
            return None
        if (noun := self._noun_said(cue)) is not None:
            source = source_before(self.tokens, noun + 2, cue, self.lexicon)
            whole = source is not None and source[0] == noun + 2 and verb.frames & {"t", "o"}
            return _reading_of(cue, noun, source, form) if whole else None
        said = self._said_before(cue, verb)
        if said is None:
            return None
        begin = min(begin, said)
        source, shared = self._source(begin, cue, form, place)
        if source is not None and self.tokens.tag[source[0]] in "RS" and not self._is_relative(source[0]):
            return None
        if source is not None and self.tokens.low[source[0]] in self.lexicon.lists["question"]:
            return None  # «¿Quién lo dijo?»
        if source is None or shared:
            after = source_after(self.tokens, cue + 1, self.end, self.lexicon)
            pointing = self.tokens.low[said - 1] == "así"
            follows = after is not None and (pointing or self._is_somebody(after))
            source, shared = (after, False) if follows else (source, shared)
        if (source is None or source[0] < cue) and not self._ends_at(cue + 1):
            return None
        if source is None and not (self.inside and form.feature not in ("part", "sub")):
            return None
        return None if self._is_same_voice(cue, source, form, verb) else _reading_of(cue, said, source, form, shared)

    def _is_content(self, chosen: Complement | None, verb: Verb) -> bool:
        """Whether what follows the verb is what it says, which the pronoun only announces: «lo dijo así: "No hay"»."""
        if chosen is None or chosen.frame == "object":
            return False
        colon = chosen.frame == "quote" and verb.kind in _OF_CLAIMS and self.tokens.tag[chosen.start] != "<"
        return not colon and not (self.inside and chosen.frame == "request")

    def _said_before(self, cue: int, verb: Verb) -> int | None:
        """The pronoun before the verb at `cue` that is what it says."""
        tokens, k = self.tokens, cue - 1
        if self.lexicon.language != "es":
            return None
        while k > self.first and tokens.low[k] in self.lexicon.lists["have"]:
            k -= 1
        if k < self.first or tokens.low[k] not in _PRONOUNS:
            return None
        before = tokens.low[k - 1] if k > self.first else ""
        if before in _DENYING or (before in _TOLD and tokens.low[k - 2] in _DENYING):
            return None
        if verb.kind in _OF_CLAIMS or (verb.lemma in _OF_IT and not self.inside):
            return k if tokens.low[k] == "lo" else None
        if "t" not in verb.frames or verb.frames & {"x", "c"}:
            return None
        return k if before in _TOLD or before == "así" or (verb.lemma in _OF_IT and self.inside) else None

    def _ends_at(self, k: int) -> bool:
        """Whether nothing that the verb says follows: a mark, a time, a place, whom it tells."""
        tokens = self.tokens
        if [",", "que"] in (tokens.low[k : k + 2], tokens.low[k + 1 : k + 3]):
            return False  # «El coronel dijo, y el ministro lo confirmó luego, que ...»: it comes yet.
        if k >= self.end or tokens.tag[k] in ".,;:TC>-" or tokens.low[k] in _ENDS:
            return True
        return tokens.tag[k + 1 : k + 2] == ["T"] or not _LATER.isdisjoint(tokens.low[k : k + 2])


def _reading_of(cue: int, said: int, source: Span | None, form: Form, shared: bool = False) -> Reading:
    how = "null" if source is None else "shared" if shared else "subject"
    rule, verb = f"es.before.pronoun.{how}", form.verbs[0]
    return Reading(rule, (cue, cue + 1), [(said, said + 1)], source, verb, form.feature, shared=shared)
