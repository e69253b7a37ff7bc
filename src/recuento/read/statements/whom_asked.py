"""Of whom a thing is asked in Spanish, where they stand after it: «pidió la renuncia | al jefe del penal»."""

from __future__ import annotations

from recuento.read.sources.source_after import source_after
from recuento.read.statements.sentence import Sentence
from recuento.read.text.lexicon import words_of
from recuento.read.text.tokens import Span

_OF_DOING = ("ción", "sión", "ciones", "siones", "miento", "mientos")
_ASKED = frozenset(["explicación", "explicaciones", "información", "aclaración", "aclaraciones", "intervención"])
_EVERYBODY = frozenset(["población", "ciudadanía", "pueblo", "público", "juzgado", "sociedad", "nación"])
_GOVERNING = words_of("governing")


class WhomAsked(Sentence):
    """Finds who is asked for a thing, after it."""

    def _before_asked(self, start: int, end: int) -> tuple[int, Span | None]:
        """Where a thing asked for ends, and of whom it is asked after it: «pidió la renuncia | al jefe, que ...»."""
        asked = self._whom_asked(start, end) if self.lexicon.language == "es" else None
        if asked is None:
            return end, None
        last = asked[1] >= end or self.tokens.tag[asked[1]] == "," or self.tokens.low[asked[1]] == "que"
        return asked[0] - 1 if last else end, asked

    def _whom_asked(self, start: int, end: int) -> Span | None:
        """Who is asked for a thing, after it: «exigió cuentas | a la policía».

        Nouns of doing govern their own «a»: «la entrega a las familias», «el acceso a los presos».
        """
        tokens, lists = self.tokens, self.lexicon.lists
        for k in range(start + 1, end - 1):
            low, noun = tokens.low[k], tokens.low[k - 1]
            if tokens.tag[k] not in "DpwX#PA" or tokens.depth[k] != self.base:
                return None
            if low not in ("a", "al") or tokens.tag[k - 1] != "w":
                continue
            if noun in _GOVERNING or (noun.endswith(_OF_DOING) and noun not in _ASKED):
                return None
            people = range(k + 1, min(end, k + 4))
            known = lists["role"] | lists["organisation"] | lists["unnamed"] | _EVERYBODY
            who = next((m for m in people if tokens.tag[m] == "X" or tokens.low[m] in known), None)
            if who is None or any(tokens.tag[m] not in "DpNw" for m in range(k + 1, who)):
                return None
            after = source_after(tokens, k + 1, end, self.lexicon, relative=False)
            if after is None or after[0] != k + 1:
                return None
            return after[0], next((m for m in range(*after) if self._goes_beyond(m)), after[1])
        return None

    def _goes_beyond(self, k: int) -> bool:
        """Whether the thing asked for goes on after whom it is asked of: «cuentas a la policía | y la lista»."""
        return self.tokens.tag[k] == "C" or (self.tokens.tag[k] == "P" and self.tokens.low[k] not in ("de", "del"))
