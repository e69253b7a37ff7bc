"""Clauses that leave out the verb of the one before: «El sindicato dice que 300; | el director, que menos»."""

from __future__ import annotations

from recuento.read.readings import Reading
from recuento.read.statements.content_end import ContentEnd

_OTHERS = frozenset(["otro", "otra", "otros", "otras"])
_SOME = frozenset(["un", "una", "uno", "unos", "unas", "algunos", "algunas"])


class Gapped(ContentEnd):
    """Gives a clause with "that" and no verb to the verb before it."""

    def _read_gapped(self) -> None:
        """Clauses after a semicolon whose verb is that of the clause before."""
        if not any(".that." in reading.rule for reading in self.readings):
            return
        self._read_others()
        for k in range(self.first, self.end - 2):
            first = k + 1 + (self.tokens.tag[k + 1] == "C")
            source = self._gapped(first) if self.tokens.tag[k] == ";" and self._is_free(first) else None
            if source is not None:
                start = source[1] + 1
                content = [(start, self._before_semicolon(start, self.end))]
                self.readings = [r for r in self.readings if not self._lies_in(r, *content[0])]
                self.readings.append(Reading(f"{self.lexicon.language}.before.that.gapped", None, content, source))

    def _read_others(self) -> None:
        """«Un guardia dice que no existe y | otro | que ya llegó»: two who are set side by side."""
        low = self.tokens.low
        for reading in [r for r in self.readings if r.rule.startswith("es.before.that.")]:
            start, end = reading.content[-1]
            k = next((m for m in range(start + 2, end - 2) if self._is_another(start, m)), None)
            if k is not None and reading.source is not None and low[reading.source[0]] in _SOME:
                reading.content[-1] = (start, k - 1)
                self.readings.append(Reading("es.before.that.gapped", None, [(k + 1, end)], (k, k + 1)))

    def _is_another(self, start: int, k: int) -> bool:
        """Whether «y otro que» stands after a clause with a verb."""
        tokens = self.tokens
        other = tokens.low[k] in _OTHERS and tokens.tag[k - 1] == "C" and tokens.low[k + 1] == "que"
        return other and any(tokens.tag[m] in "VQ" for m in range(start, k))
