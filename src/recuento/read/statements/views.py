"""What somebody holds without a verb of saying: «Para la directora, ...», «a su juicio», "in her view"."""

from __future__ import annotations

from recuento.read.readings import Reading
from recuento.read.sources.source_after import source_after
from recuento.read.sources.source_before import source_before
from recuento.read.statements.according import According
from recuento.read.statements.sentence import has_clause
from recuento.read.text.lexicon import words_of
from recuento.read.text.tokens import Span

_OWN_HEADS = frozenset(["a", "en", "in", "by", "según", "to"])
_HIS = frozenset(["his", "her", "their", "its"])
OWN_VIEWS = words_of("views")
"""Words after "in her", «a su», that tell what somebody holds."""


class Views(According):
    """Reads views by the words that open them."""

    def _read_view(self) -> None:
        """«Para la directora, son unas diez», "For the lawyer, the papers matter more": what somebody holds."""
        tokens, lists = self.tokens, self.lexicon.lists
        k = self.first
        if tokens.low[k] not in ("para", "for") or tokens.depth[k] != self.base:
            return
        source = source_after(tokens, k + 1, self.end, self.lexicon)
        if source is None or source[0] != k + 1 or source[1] >= self.end or tokens.tag[source[1]] != ",":
            return
        words = range(*source)
        known = any(tokens.low[m] in lists["role"] or tokens.low[m] in lists["organisation"] for m in words)
        if tokens.tag[source[0]] not in "DXp":
            return
        pairs = [tokens.tag[m - 1] + tokens.tag[m] for m in range(source[0] + 1, source[1])]
        named = pairs[:1] == ["XX"] or "wX" in pairs  # «Para Ana Paz, ...», «Para el exjuez Ramos, ...»
        start = source[1] + 1
        if tokens.low[start : start + 3] == ["en", "cambio", ","]:
            start += 3
        if (known or named) and has_clause(tokens, start, self.end, least=3):
            rule = f"{self.lexicon.language}.view"
            self.readings.append(Reading(rule, (k, k + 1), [(start, self.end)], source, None, "3s"))

    def _read_own_view(self) -> None:
        """«A su juicio, ...», "In her view, ...", "..., by his account": of the one who spoke last."""
        tokens = self.tokens
        for k in range(self.first, self.end - 2):
            if tokens.low[k] not in _OWN_HEADS or tokens.depth[k] != self.base:
                continue
            possessed = self.lexicon.has("possessive", tokens.low[k + 1]) or tokens.low[k + 1] in _HIS
            if not possessed or tokens.low[k + 2] not in OWN_VIEWS:
                continue
            place = k + 3 + 2 * (tokens.low[k + 3 : k + 5] == ["de", "ver"])
            opens = k > self.first and tokens.tag[k - 1] in ";:" and place + 1 < self.end and tokens.tag[place] == ","
            if self.readings and not (opens and self._is_free(k)):
                return
            content = [(place + 1, self.end)] if opens else self._content_around(k, place)
            if content and (opens or k == self.first or tokens.tag[k - 1] == ","):
                rule = f"{self.lexicon.language}.according.own"
                source = self._subject_before_colon(k) if opens else None
                self.readings = [r for r in self.readings if not self._lies_in(r, *content[0])]
                self.readings.append(Reading(rule, (k, place), content, source, None, "3s"))
            return

    def _subject_before_colon(self, k: int) -> Span | None:
        """«Los sindicatos | lo ven de otro modo: | a su juicio, ...»: whose view it is."""
        tokens = self.tokens
        verb = next((m for m in range(self.first, k) if tokens.tag[m] in "VQ" and tokens.depth[m] == self.base), None)
        if tokens.tag[k - 1] != ":" or verb is None:
            return None
        return source_before(tokens, self.first, verb, self.lexicon)
