"""Where the content of a verb ends inside its sentence."""

from __future__ import annotations

import re
from itertools import pairwise

from recuento.read.sources.source_before import source_before
from recuento.read.statements.object_end import ObjectEnd
from recuento.read.statements.own_voice import OwnVoice
from recuento.read.statements.pronoun_said import SAID_NOUNS
from recuento.read.text.layout import is_gapped
from recuento.read.text.lexicon import Form, words_of
from recuento.read.text.tokens import Span
from recuento.read.text.verb_endings import is_infinitive
from recuento.values.number_words import number_starts

_BREAKS = words_of("breaks")
_PRETERITE = re.compile(
    r"\w+(?:ó|aron|ieron|jeron)|\w*dujo|trajo|dijo|hizo|puso|tuvo|sostuvo|quiso|dio|fue|expuso|propuso|mantuvo|adujo"
)
_ONES_OWN = re.compile(r"\w+(?:é|í|imos|amos)|dije")
_TOLD_PAST = re.compile(_PRETERITE.pattern + r"|\w+(?:aban?|ían?|rán?)|\w+[ai]do|dicho|habrán?")
_DATIVES = frozenset(["le", "les"])
_THREATENING = frozenset(["threaten", "amenazar"])
"""What somebody else did rather than what the speaker goes on to say: "he said guards beat him and threatened to"."""
_NOT_MAIN = frozenset(["ser", "estar", "haber", "sido", "siendo", "estado", "habido", "be", "been", "being", "having"])
_ADDING = words_of("adding")
_CONTRASTS = words_of("contrasts")
_SETTING = 8
"""Tokens of a phrase of time or place before the subject of a clause."""
_AGAINST = frozenset(["aunque", "pero"])


class ContentEnd(OwnVoice, ObjectEnd):
    """Finds the end of a content that goes on to the right."""

    def _content_end(self, start: int, number: int) -> int:
        """Where the content ends: at a verb that shares the subject ("and recalled"), or a new clause with its own."""
        tokens = self.tokens
        for later in self.cues[number + 1 :]:
            if later <= start:
                continue
            stop = next((k for k in range(start, later) if tokens.tag[k] == ";" and tokens.depth[k] == self.base), None)
            form = tokens.form[later]
            if form is None:
                continue
            if form.feature == "ger" and tokens.tag[later - 1] == "," and self._goes_back(start, later, form):
                return self._shorter_end(start, later - 1, self.cues[number])
            if form.verbs[0].lemma in _THREATENING or (not form.is_finite and form.feature != "part"):
                continue
            if self._is_told_in_past(start, later, self.cues[number]) or self._is_of_others(later, self.cues[number]):
                continue
            if self._has_same_dative(self.cues[number + 1 :], start, later):
                continue
            if form.feature == "past" and tokens.low[self.cues[number] - 1] == "as":
                continue  # "Quoted him as saying that guards beat him and told him": they did.
            if form.feature == "base" and tokens.low[start] == "to" and tokens.tag[later - 1] == ",":
                continue  # "To declare an emergency, raise starting pay and bring in the Guard."
            boundary = self._boundary_before(later, start, self._before_verb(self._verb_begin(self.cues[number])))
            if boundary is None and self._is_version_against(self.cues[number], later):
                boundary = self._before_other_version(start, later)
            if stop is not None and (boundary is None or boundary > stop) and self._opens_with(stop + 1, later):
                boundary = stop
            if (
                boundary is not None
                and (self._with_complement(later, form) is not None or self._turns_down(later, form))
                and self._is_speaking(later, form)
            ):
                return min(boundary, self._shorter_end(start, boundary, self.cues[number]))
        return self._shorter_end(start, self.end, self.cues[number])

    def _is_version_against(self, cue: int, later: int) -> bool:
        """Whether two say at the same time what is so: «La policía dice que se ahorcó y la familia asegura que»."""
        return self.lexicon.language == "es" and not self.inside and all(map(self._says_now, (cue, later)))

    def _says_now(self, cue: int) -> bool:
        """Whether a cue in the present has a clause right after it."""
        form, low = self.tokens.form[cue], self.tokens.low
        now = form is not None and form.feature in ("3s", "3p") and not _TOLD_PAST.fullmatch(low[cue])
        return now and "que" in low[cue + 1 : cue + 3]

    def _before_other_version(self, start: int, later: int) -> int | None:
        """The "and" before the subject of the second of two who speak; None where a clause opens between them."""
        tokens, source = self.tokens, source_before(self.tokens, start, later, self.lexicon)
        k = source[0] - 1 if source is not None else start
        return k if k > start + 2 and tokens.low[k] in ("y", "e") and tokens.tag[k + 1] in "DX" else None

    def _turns_down(self, later: int, form: Form) -> bool:
        """«sostiene que la cárcel está llena | y rechaza la oferta»: done by whoever speaks, though nothing is said."""
        return (
            self.lexicon.language == "es"
            and form.verbs[0].kind == "deny"
            and self.tokens.tag[later + 1 : later + 2] in (["D"], ["p"])
        )

    def _is_of_others(self, later: int, cue: int) -> bool:
        """Whether the number tells another subject: «dijo que los presos le mostraron golpes y le contaron que»."""
        one, other = self.tokens.form[cue], self.tokens.form[later]
        if self.lexicon.language != "es" or one is None or other is None:
            return False
        joined = self.tokens.tag[self._before_verb(self._verb_begin(later))] == "C"
        return joined and {one.feature, other.feature} == {"3s", "3p"}

    def _is_told_in_past(self, start: int, later: int, cue: int) -> bool:
        """Whether a present cue tells of two deeds in the past: «sostiene que el juez oyó A y ordenó B»."""
        tokens = self.tokens
        form = tokens.form[cue]
        present = form is not None and form.feature in ("3s", "3p") and not _TOLD_PAST.fullmatch(tokens.low[cue])
        if self.lexicon.language != "es" or not present or not _PRETERITE.fullmatch(tokens.low[later]):
            return False
        before = self._before_verb(self._verb_begin(later))
        joined = tokens.tag[before - 1 : before + 1] != [",", "C"] and tokens.tag[before] == "C"
        verbs = (k for k in range(start, later) if tokens.tag[k] in "VQ" and tokens.depth[k] == self.base)
        first = next(verbs, None)
        return joined and first is not None and _PRETERITE.fullmatch(tokens.low[first]) is not None

    def _has_same_dative(self, cues: list[int], start: int, later: int) -> bool:
        """Whether one speaks to the same person again: «contó que el ministro le dijo A y le pidió B»."""
        low = self.tokens.low
        earlier = [cue for cue in cues if start < cue < later]
        return bool(earlier) and low[later - 1] in _DATIVES and low[earlier[-1] - 1] == low[later - 1]

    def _goes_back(self, start: int, gerund: int, form: Form) -> bool:
        """Whether a participle after a comma goes on with the speaker: "said the cells were shut, | conceding that".

        It does not where whoever the content tells of may speak: "said the guards came, shouting that".
        """
        if self.lexicon.has("citing", self.tokens.low[gerund]) and self._is_closed(gerund):
            return False
        if form.verbs[0].lemma in _ADDING or self.lexicon.has("citing", self.tokens.low[gerund]):
            return True
        if self._with_complement(gerund, form) is None:
            return False
        verbs = [k for k in range(start, gerund) if self.tokens.tag[k] in "VQ" and self.tokens.depth[k] == self.base]
        subject = source_before(self.tokens, start, verbs[-1], self.lexicon) if verbs else None
        return subject is None or not self._is_somebody(subject)

    def _is_closed(self, gerund: int) -> bool:
        """Whether a comma closes what a participle opens, and the verb of its clause follows: ", quoting X, told"."""
        tokens = self.tokens
        closing = next((k for k in range(gerund, min(self.end - 1, gerund + 14)) if tokens.tag[k] == ","), None)
        return closing is not None and tokens.tag[closing + 1] in "VQ"

    def _opens_with(self, start: int, cue: int) -> bool:
        """Whether a clause after a semicolon begins with a pronoun that speaks: "; they admit that"."""
        return self.tokens.tag[start] == "N" and all(self.tokens.tag[k] in "VAGO" for k in range(start + 1, cue))

    def _before_other_voice(self, start: int, end: int) -> int:
        """What is said ends where another speaks of it: «, cosa que X descarta», «, aunque, según X, A»."""
        tokens = self.tokens
        if self.lexicon.language == "en":
            return end
        for k in range(start + 2, end - 3):
            if tokens.tag[k] != "," or tokens.depth[k] != self.base:
                continue
            low = tokens.low[k + 1 : k + 4]
            if low[1] == "que" and low[0] in SAID_NOUNS:
                return k
            if low[0] in _AGAINST and low[1] == "," and low[2] in self.lexicon.according_heads:
                return k
        return end

    def _before_outer_clause(self, start: int, end: int) -> int:
        """What X says inside a clause that is said ends before the next "that" beside X: "that X says A|, and that B".

        Without a comma it belongs to the nearest verb that has a "that" already.
        """
        tokens, que = self.tokens, self.lexicon.lists["complement"]
        if not self.inside or tokens.low[self.first] not in que:
            return end
        own = tokens.low[start] in que or (start + 1 < end and tokens.low[start + 1] in que)
        for k in range(start + 2, end - 1):
            if tokens.low[k] not in que or tokens.depth[k] != self.base or tokens.tag[k - 1] not in ",C":
                continue
            if tokens.tag[k - 3 : k] == [",", ">", "C"]:
                return k - 1
            joined = k - 1 - (tokens.tag[k - 1] == "C" and tokens.tag[k - 2] == ",")
            if tokens.tag[joined] == "," and (tokens.tag[k - 1] == "C" or not own):
                return joined
            if tokens.tag[k - 1] == "C" and not own:
                return k - 1
        return end

    def _before_main_verb(self, start: int, end: int) -> int:
        """Where a clause that describes a subject ends, before its verb: "the claim that he fell | was false"."""
        tokens = self.tokens
        verbs = [k for k in range(start + 1, end) if self._is_main(k) or self._is_unknown_past(k, end)]
        for earlier, later in pairwise(verbs):
            between = range(earlier + 1, later)
            if not any(tokens.tag[k] in "CSRN" or tokens.low[k] == "que" for k in between):
                stop = later
                while stop - 1 > start and tokens.tag[stop - 1] in "AGO,":
                    stop -= 1
                return stop
        return end

    def _is_unknown_past(self, k: int, end: int) -> bool:
        """Whether an English past form that no list knows follows its pronoun: "that nobody died | was a lie"."""
        tokens = self.tokens
        past = self.lexicon.language == "en" and tokens.tag[k] == "w" and tokens.low[k].endswith("ed")
        return past and k + 1 < end and tokens.tag[k - 1] == "N" and tokens.tag[k + 1] == "V"

    def _is_main(self, k: int) -> bool:
        """Whether a finite verb begins at `k`: of auxiliaries and what follows them only the first."""
        tokens = self.tokens
        if tokens.tag[k] not in "VQ" or tokens.depth[k] != self.base or tokens.low[k] in _NOT_MAIN:
            return False
        before = k - 1
        while before > self.first and tokens.tag[before] in "AG":
            before -= 1
        return tokens.tag[before] not in "VQ" and tokens.low[before] != "to"

    def _before_semicolon(self, start: int, end: int) -> int:
        """A clause ends at a semicolon, unless another one with "that" goes on with it."""
        tokens, que = self.tokens, self.lexicon.lists["complement"]
        for k in range(start, end - 1):
            if tokens.tag[k] == ";" and tokens.depth[k] == self.base:
                after = k + 1 + (tokens.tag[k + 1] == "C")
                stop = next((m for m in range(after, end) if tokens.tag[m] == ";"), end)
                clause = any(tokens.tag[m] in "VQ" for m in range(after, stop)) or self._gapped(after) is not None
                if after < end and tokens.low[after] not in que and clause:
                    return k
        return end

    def _gapped(self, start: int) -> Span | None:
        """The speaker of a clause that leaves out the verb: «El sindicato dice que 300; | el director, | que menos»."""
        if self.lexicon.language == "en" or not is_gapped(self.tokens, start, self.end):
            return None
        comma = next(k for k in range(start, self.end) if self.tokens.low[k : k + 2] == [",", "que"])
        counted = self.tokens.tag[start] == "#" or self.tokens.low[start] in number_starts("es")
        known = counted or self.tokens.tag[start] == "D" or self._is_somebody((start, comma))
        return (start, comma) if known else None

    def _shorter_end(self, start: int, end: int, cue: int) -> int:
        """A quotation right after "that" ends the content before a comma; so does a verb in the tense of the cue."""
        tokens = self.tokens
        opening = start + 1 if tokens.tag[start] != "<" else start
        if opening < end and tokens.tag[opening] == "<":
            closing = tokens.partner[opening]
            broken = closing + 2 < end and tokens.tag[closing + 1] == "," and tokens.low[closing + 2] in _BREAKS
            if broken and closing - opening >= 5:
                return closing + 1
            if self._is_quotation_alone(opening, end):
                return closing + 1
        past = _PRETERITE.fullmatch(tokens.low[cue]) or (self.voiced and _ONES_OWN.fullmatch(tokens.low[cue]))
        if self.lexicon.language == "es" and past:
            form = tokens.form[cue]
            demanded = form is not None and form.verbs[0].kind == "demand"
            return self._end_by_tense(start, end, demanded or is_infinitive(tokens.low[start]))
        return end

    def _is_quotation_alone(self, opening: int, end: int) -> bool:
        """«Avisó: "No nos callarán", en respuesta al portavoz»: after a colon the quotation is all that is said."""
        tokens, closing = self.tokens, self.tokens.partner[opening]
        if self.lexicon.language != "es" or opening == 0 or tokens.tag[opening - 1] != ":" or closing + 2 >= end:
            return False
        return (
            tokens.tag[closing + 1] == ","
            and tokens.tag[closing + 2] == "P"
            and "<" not in tokens.tag[closing : min(end, closing + 100)]
        )

    def _end_by_tense(self, start: int, end: int, unfinished: bool) -> int:
        """«pensó que se debía a un fallo | y cambió su componente»: a second verb in the tense of the first.

        `unfinished` tells that the content has no such verb of its own: «dijo desconocerlo | y remitió a la fiscalía».
        """
        tokens = self.tokens
        verbs = [k for k in range(start, end) if tokens.tag[k] in "VQ" and tokens.depth[k] == self.base]
        if self.voiced and (now := self._before_present(start, verbs)) is not None:
            return now
        if not verbs or (not unfinished and _PRETERITE.fullmatch(tokens.low[verbs[0]])):
            return end
        for k in verbs[not unfinished :]:
            before = self._before_time(self._before_verb(k)) if self.voiced else self._before_verb(k)
            if (
                _PRETERITE.fullmatch(tokens.low[k])
                and before > start
                and tokens.low[before] in ("y", "e", "pero", "aunque")
            ):
                while tokens.tag[before - 1] == ",":
                    before -= 1
                return before
        return end

    def _is_in_series(self, cue: int) -> bool:
        """Whether a verb right after a comma is one of several: "called it X, pressed for Y and urged"."""
        later = [k for k in self.cues if k > cue and k - cue < 40]
        form = self.tokens.form[cue]
        return form is not None and any(
            other.feature == form.feature and self.tokens.tag[self._before_verb(self._verb_begin(k))] == "C"
            for k in later
            if (other := self.tokens.form[k]) is not None
        )

    def _before_aside(self, k: int, start: int) -> int:
        """«..., pero, aun así, dijo»: the conjunction, where only words between commas part it from the verb."""
        tokens = self.tokens
        if self.lexicon.language != "es" or tokens.tag[k] != ",":
            return k
        for m in range(k - 1, max(start + 1, k - 7), -1):
            if tokens.tag[m] == ",":
                return m - 1 if tokens.tag[m - 1] == "C" else k
            if tokens.tag[m] in "VQ.;:<>":
                return k
        return k

    def _before_auxiliaries(self, k: int, start: int) -> int:
        """ "..., and | did not rule out": past an auxiliary that belongs to the verb, where "and" stands before it."""
        tokens = self.tokens
        before = k - 1
        while before > start and tokens.tag[before] in "AGV" and tokens.low[before] in self.lexicon.lists["auxiliary"]:
            before -= 1
        helps = self.lexicon.language == "en" and k > start and tokens.low[k] in self.lexicon.lists["auxiliary"]
        again = helps and tokens.low[k] in tokens.low[start:before]  # "It would attack and would respond."
        return before if helps and not again and tokens.tag[before] == "C" else k

    def _before_setting(self, k: int, start: int) -> int:
        """The "and" before a time or a place that opens a clause: «..., | y durante dos horas la ministra dijo»."""
        tokens, first = self.tokens, k
        while first > start and k - first < _SETTING and tokens.tag[first] in "wXT#DP":
            first -= 1
        opens = first < k and tokens.tag[first] == "C" and tokens.tag[first + 1] in "PT"
        return first if opens and self.lexicon.language == "es" else k

    def _boundary_before(self, cue: int, start: int, pronoun: int) -> int | None:
        """The end of the clause before a coordinated verb; None where the verb belongs to the content."""
        tokens = self.tokens
        k = self._before_aside(self._before_auxiliaries(self._before_verb(self._verb_begin(cue)), start), start)
        if (
            k > start
            and tokens.tag[k] == ","
            and pronoun > self.first
            and tokens.tag[pronoun] in "RS"
            and tokens.tag[pronoun - 1] == ","
        ):
            return k
        bare_comma = k > start and tokens.tag[k] == "," and k == self._verb_begin(cue) - 1 and self._is_in_series(cue)
        joins = (
            bare_comma or tokens.tag[k] == "C" or tokens.low[k] in ("aunque", "mientras", "although", "though", "while")
        )
        if k > start and joins and tokens.low[k] not in ("o", "or", "ni"):
            while k > start and tokens.tag[k - 1] in ",;":
                k -= 1
            return k
        source = source_before(tokens, start, cue, self.lexicon)
        if source is None or source[0] - 1 <= start:
            return None
        k = self._before_setting(source[0] - 1, start)
        if tokens.tag[k] == "C" and tokens.low[k] in ("and", "y", "e") and tokens.tag[k - 1] == "," and k - 1 > start:
            return k - 1
        if tokens.low[k] == "que" and tokens.low[k - 1] != "mientras":
            return None
        if tokens.tag[k] in "CS" and tokens.low[k] in _CONTRASTS:
            while k > start and (tokens.tag[k - 1] in ",;" or tokens.low[k - 1] in _CONTRASTS):
                k -= 1
            return k if tokens.tag[k] in ",;" else None
        return None
