"""Where the quoted go on in their own voice after what another told them."""

from __future__ import annotations

import re

from recuento.read.sources.source_before import source_before
from recuento.read.sources.subjects import SPANS
from recuento.read.statements.sentence import Sentence, has_clause

_IMPERFECT = re.compile(r"\w+(?:aban?|ían?)|iban?|eran?")
_PAST = re.compile(
    r"\w+(?:aban?|ían?|ó|aron|ieron|jeron|iese|iesen|ier[ao]n?|aran?)|iban?|eran?|dijo|hizo|puso|tuvo|fue|dio"
)
_CLITICS = frozenset(["lo", "la", "los", "las"])
_PHRASE = 6
"""Tokens of a phrase of time."""


class OwnVoice(Sentence):
    """Ends a content in somebody's own words, in quotation marks, where they speak of themselves again."""

    def _before_own_voice(self, start: int, end: int) -> int:
        """Inside a quotation the quoted go on in their own voice: "he told us they were fine, | and they were not"."""
        tokens, que = self.tokens, self.lexicon.lists["complement"]
        if not self.voiced:
            return end
        for k in range(start + 1, end - 2):
            if tokens.tag[k] != "," or tokens.depth[k] != self.base:
                continue
            joined = tokens.tag[k + 1] == "C" and tokens.low[k + 2] not in que
            if joined and has_clause(tokens, k + 2, end):
                return k
            if tokens.tag[k + 1] == "N" and tokens.tag[k + 2] in "VQ":
                return k
        return self._before_contrast(start, end)

    def _before_contrast(self, start: int, end: int) -> int:
        """What another says beside, in somebody's own words: «Dicen que no hay enfermos | y su jefa admite 26»."""
        tokens = self.tokens
        for k in range(start + 2, end - 2):
            if tokens.low[k] not in ("and", "y", "e") or tokens.depth[k] != self.base or tokens.tag[k + 1] not in "pND":
                continue
            later = next((cue for cue in self.cues if k + 1 < cue < k + 6), None)
            form = tokens.form[later] if later is not None else None
            if later is None or form is None or self._with_complement(later, form) is None:
                continue
            if source_before(tokens, k + 1, later, self.lexicon) == (k + 1, later):
                return k
        return end

    def _before_present(self, start: int, verbs: list[int]) -> int | None:
        """«Me dijeron que salía en enero | y todavía lo tienen ahí»: what is so now is no part of what was told."""
        if not verbs or not _IMPERFECT.fullmatch(self.tokens.low[verbs[0]]):
            return None
        for k in verbs[1:]:
            before = self._before_verb(k - (self.tokens.low[k - 1] in _CLITICS))
            joined = before > start and self.tokens.low[before] in ("y", "e", "pero", "aunque")
            if joined and not _PAST.fullmatch(self.tokens.low[k]):
                return before - (self.tokens.tag[before - 1] == ",")
        return None

    def _before_time(self, k: int) -> int:
        """Past a phrase of time that ends at `k`, to what stands before it: «... y | a los dos días | los sacaron»."""
        tokens, last = self.tokens, k
        while k > self.first and last - k < _PHRASE and tokens.tag[k] in "DT#w":
            k -= 1
        words = range(k + 1, last + 1)
        timed = any(tokens.tag[m] == "T" or tokens.low[m] in SPANS for m in words)
        return k - 1 if timed and tokens.tag[k] == "P" else last
