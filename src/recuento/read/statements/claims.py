"""What a noun says that somebody claimed: "the chaplain's claim that", «las denuncias de los presos de que»."""

from __future__ import annotations

from recuento.read.readings import Reading
from recuento.read.sources.source_after import source_after
from recuento.read.statements.content_end import ContentEnd
from recuento.read.text.lexicon import Verb, words_of
from recuento.read.text.tokens import Span, Tokens
from recuento.read.text.verb_endings import is_long_infinitive

KINDS = {
    name: kind
    for names, kind in (
        (words_of("told_claims"), "say"),
        (words_of("told_denials"), "deny"),
        (words_of("told_warnings"), "warn"),
        (words_of("told_promises"), "promise"),
        (words_of("told_beliefs"), "believe"),
        (words_of("asking_nouns"), "demand"),
    )
    for name in names
}
_BY = frozenset(["by", "from", "of"])
_ASKS = frozenset(["for", "to", "that"])
_ORDERS = frozenset(["orden", "instrucción", "instrucciones"])
_WISHED = frozenset(["sea", "sean", "esté", "estén", "haya", "hayan", "fuera", "fueran", "tenga", "tengan"])
_BEING = frozenset(["es", "era", "fue"])
_OF_DEEDS = frozenset(["promise", "warn"])
_NOUNS_IN_R = frozenset(["mujer", "lugar", "taller", "militar", "familiar", "alquiler", "hogar", "poder"])
_ITS = frozenset(["su", "sus", "nuestra", "nuestro"])
_MAKING = words_of("asking_by_nouns")
_LOOSE = words_of("loose_claims")
NOUNS = KINDS.keys() | _LOOSE
_WHOSE = frozenset(["his", "her", "their", "its", "our", "my"])
_NOT_LOOSE = _WHOSE | {"in", "with", "under", "no", "any", "without"}
_INTRODUCING = (["de", "que"], ["es", "que"], ["era", "que"], ["fue", "que"])
REACH = 12
"""Tokens between the noun and the clause that it says: who said it stands there."""


class Claims(ContentEnd):
    """Reads nouns of saying with the clause that they say, and with who said it where the text tells."""

    def _read_claims(self) -> None:
        tokens = self.tokens
        if KINDS.keys().isdisjoint(tokens.low[self.first : self.end]):
            return
        for noun in range(self.first, self.end - 2):
            kind = KINDS.get(tokens.low[noun])
            if kind is None or tokens.depth[noun] != self.base or not self._is_free(noun):
                continue
            reading = self._claim(noun, kind)
            if reading is not None:
                start, end = reading.content[0]
                self.readings = [r for r in self.readings if not self._lies_in(r, start, end)]
                self.readings.append(reading)

    def _read_loose_claims(self) -> None:
        """ "Rejected reports that 80 had fled", "amid speculation that": what a noun says, and nobody who says it."""
        tokens = self.tokens
        if _LOOSE.isdisjoint(tokens.low[self.first : self.end]):
            return
        for noun in range(self.first, self.end - 3):
            if tokens.low[noun] not in _LOOSE or tokens.depth[noun] != self.base or not self._is_free(noun):
                continue
            start = noun + 1
            if not self._opens_claim(start, "say") or self._is_relative_after(start) or self._is_made(noun):
                continue
            begin = start + (tokens.low[start] in _BEING)
            content = [(begin, self._end_of_claim(noun, begin))]
            verb = Verb(tokens.low[noun], KINDS.get(tokens.low[noun], "say"), frozenset("n"), self.lexicon.language)
            rule = f"{self.lexicon.language}.claim.loose"
            self.readings = [r for r in self.readings if not self._lies_in(r, *content[0])]
            self.readings.append(Reading(rule, (noun, noun + 1), content, None, verb, "3s", impersonal=True))

    def _is_relative_after(self, that: int) -> bool:
        """Whether "that" stands for the noun before it, as the subject of a verb: "a report that recommended"."""
        k = that + 1
        while k < self.end and self.tokens.tag[k] in "AG":
            k += 1
        return k >= self.end or self.tokens.tag[k] in "VQ" or self.tokens.low[k].endswith("ed")

    def _is_made(self, noun: int) -> bool:
        """Whether the noun only repeats a verb, or is denied: "said in statements that", "no reports that"."""
        tokens, k = self.tokens, noun - 1
        while k > self.first and noun - k < 4 and tokens.tag[k] in "wqA":
            k -= 1
        return k >= self.first and tokens.low[k] in _NOT_LOOSE

    def _claim(self, noun: int, kind: str) -> Reading | None:
        language = self.lexicon.language
        found = self._held_before(noun, kind) if language == "en" else self._held_by_pronoun(noun, kind)
        source, start = found or self._held_after(noun, kind) or (None, 0)
        if source is None:
            return None
        if self.tokens.low[start] == "que" and self.tokens.low[noun] in _ORDERS:
            return None  # «La orden del ministerio que regula el fondo»
        start += language == "es" and self.tokens.low[start] in _BEING
        start += self.tokens.tag[start] == ":"
        end = self._end_of_claim(noun, start)
        if end - start < 2:
            return None
        verb = Verb(self.tokens.low[noun], kind, frozenset("n"), language)
        return Reading(f"{language}.claim.{kind}", (noun, noun + 1), [(start, end)], source, verb, "3s")

    def _opens_claim(self, k: int, kind: str) -> bool:
        """Whether what the noun says begins at `k`."""
        low, spanish = self.tokens.low, self.lexicon.language == "es"
        if k + 2 >= self.end:
            return False
        if spanish:
            asked = kind == "demand" and (low[k] in ("que", "para", "a") or is_doing(self.tokens, k))
            return self._introduces(k) or asked or (kind in _OF_DEEDS and is_doing(self.tokens, k))
        if low[k] == "that":
            return self.tokens.tag[k + 1] not in ".;,V"
        return low[k] == "to" if kind == "promise" else kind == "demand" and low[k] in _ASKS

    def _introduces(self, k: int) -> bool:
        """Whether a clause or a quotation follows: «de que», «fue que», «fue: «No hay agua»»."""
        tokens = self.tokens
        if tokens.low[k : k + 2] in _INTRODUCING:
            return True
        return k + 2 < self.end and tokens.low[k] in _BEING and tokens.tag[k + 1 : k + 3] == [":", "<"]

    # Who says it.

    def _held_before(self, noun: int, kind: str) -> tuple[Span, int] | None:
        """ "The ministry's repeated claim that"."""
        tokens, k = self.tokens, noun
        while k > self.first and noun - k < 3 and tokens.tag[k - 1] in "wqA" and not _is_possessive(tokens.low[k - 1]):
            k -= 1
        start = noun + 1
        if k <= self.first or not self._opens_claim(start, kind):
            return None
        if tokens.low[k - 1] in _WHOSE:
            return ((k - 1, k), start) if kind in ("promise", "say", "warn") and not self._is_repeated(k - 1) else None
        if not _is_possessive(tokens.low[k - 1]) or tokens.tag[k - 1] not in "wXq":
            return None
        begin = k - 1
        while begin > self.first and tokens.tag[begin - 1] in "wX" and not tokens.low[begin - 1].endswith("ed"):
            begin -= 1
        if begin > self.first and tokens.tag[begin - 1] in "Dp":
            begin -= 1
        return (begin, k), start

    def _held_by_pronoun(self, noun: int, kind: str) -> tuple[Span, int] | None:
        """«Su promesa | de construir»."""
        k = noun - 1
        held = k >= self.first and self.tokens.low[k] in _ITS and kind in _OF_DEEDS and not self._is_repeated(k)
        return ((k, noun), noun + 1) if held and self._opens_claim(noun + 1, kind) else None

    def _is_repeated(self, k: int) -> bool:
        """Whether a verb before the noun makes it a statement of its subject: "repeated | their claim that"."""
        return k > self.first and self.tokens.low[k - 1] in _MAKING

    def _held_after(self, noun: int, kind: str) -> tuple[Span, int] | None:
        """ "Claims by the union that", «la afirmación de la capellana de que»."""
        tokens, low, spanish = self.tokens, self.tokens.low, self.lexicon.language == "es"
        k = noun + 1
        k += k < self.end and tokens.tag[k] in "wq" and spanish
        if not spanish and low[k : k + 1] == ["made"]:
            k += 1
        if k + 2 >= self.end or low[k] not in (("de", "del") if spanish else _BY) or self._opens_claim(k, kind):
            return None
        source = source_after(tokens, k + 1, min(self.end, k + REACH), self.lexicon, relative=False)
        if source is None or source[0] != k + 1:
            return None
        begins = (m for m in range(k + 2, source[1]) if low[m] in ("de", "a", "para"))
        doing = next((m for m in begins if is_doing(tokens, m) or low[m + 1] == "que"), None) if spanish else None
        if doing is not None and self._opens_claim(doing, kind):
            source = (source[0], doing)  # «La promesa del director | de mejorar la comida»
        clause = spanish and self._introduces(source[1])
        if low[k] not in ("by", "from") and not clause and not self._is_somebody(source):
            return None
        start = source[1] + (tokens.tag[source[1]] == "," if source[1] < self.end else 0)
        return (source, start) if self._opens_claim(start, kind) else None

    # Where it ends.

    def _end_of_claim(self, noun: int, start: int) -> int:
        """The end of the clause; before the main verb where the noun is its subject: "... | went unheeded"."""
        tokens = self.tokens
        if tokens.tag[self.first] == "P" and (comma := self._comma_after_verb(start)) is not None:
            return comma  # "Amid speculation that it will close|, the ministry".
        called = tokens.low[start] == "a" or tokens.low[start : start + 2] == ["de", "que"]
        wished = KINDS.get(tokens.low[noun]) == "demand" and called
        if (wished or is_doing(tokens, start)) and (verb := self._verb_after_doing(start)) is not None:
            return verb
        if any(tokens.tag[k] in "VQ" and tokens.depth[k] == self.base for k in range(self.first, noun)):
            stop = next((k for k in range(start + 1, self.end - 1) if self._says_so_by(k)), self.end)
            return self._object_end(start, stop)
        return self._before_main_verb(start, self.end)

    def _verb_after_doing(self, start: int) -> int | None:
        """The verb whose subject the noun is: «la promesa de construir dos cárceles | no se cumplió».

        It is the first in the indicative, as what is wished stands in the infinitive or the subjunctive.
        """
        tokens = self.tokens
        for k in range(start + 3, self.end):
            form = tokens.form[k]
            if tokens.tag[k] in "RS,;:<C":
                return None
            wished = tokens.low[k] in _WISHED or (form is not None and form.feature == "sub")
            if tokens.tag[k] in "VQ" and tokens.tag[k - 1] not in "DpP" and not wished:
                while tokens.tag[k - 1] in "GO":
                    k -= 1
                if k > start + 2:
                    return k
        return None

    def _comma_after_verb(self, start: int) -> int | None:
        """The comma that closes an opening clause."""
        tags = self.tokens.tag
        verb = next((k for k in range(start, self.end) if tags[k] in "VQ"), self.end)
        return next((k for k in range(verb, self.end) if tags[k] == "," and self.tokens.depth[k] == self.base), None)

    def _says_so_by(self, k: int) -> bool:
        """Whether what somebody did about the claim goes on with what they said: "the call for talks | by saying"."""
        return self.tokens.low[k] == "by" and self.tokens.tag[k + 1] == "q"


def _is_possessive(low: str) -> bool:
    return low.endswith(("'s", "’s", "s'", "s’"))


def is_doing(tokens: Tokens, k: int) -> bool:
    """Whether a Spanish infinitive tells what is to be done: «promesa | de construir», «orden | de no disparar»."""
    verb = k + 1 + (tokens.low[k + 1] == "no")
    return tokens.low[k] == "de" and is_long_infinitive(tokens.low[verb]) and tokens.low[verb] not in _NOUNS_IN_R
