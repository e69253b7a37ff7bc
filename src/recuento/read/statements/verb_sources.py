"""The source of a verb that stands before its content: its subject, a pronoun, a body, or one it shares."""

from __future__ import annotations

import re

from recuento.read.readings import Complement, Reading
from recuento.read.sources.source_after import source_after
from recuento.read.sources.source_before import source_before
from recuento.read.statements.shared_sources import SharedSource
from recuento.read.text.lexicon import Form, Verb
from recuento.read.text.tokens import Span

_CONTRASTS = frozenset(["aunque", "mientras", "although", "though", "while"])
_FROM = frozenset(["desde", "en", "de"])
_ONES_PAST = re.compile(r"\w+(?:é|í|aba|ábamos|íamos)|dij(?:e|imos)")
_PHRASE = 8
"""Tokens of a phrase of place or time between a pronoun and its verb."""
_ARTICLES = frozenset(["el", "la", "los", "las"])
_ANYONE = frozenset(["those", "some", "many", "several", "people", "anyone", "everyone", "all", "others", "few"])
_BESIDE = frozenset(["ger", "inf"])
"""Features of verbs that tell what the subject of another verb says beside."""


class VerbSource(SharedSource):
    """Finds who speaks by a verb that stands before its content."""

    def _source(self, begin: int, cue: int, form: Form, place: int) -> tuple[Span | None, bool]:
        """The source before the verb, or shared with an earlier verb of the sentence."""
        tokens = self.tokens
        before = self._before_verb(begin)
        if self.subject is not None and before < self.first:
            return self.subject, False
        if (
            form.feature not in ("1s", "1p")
            and before >= self.first
            and tokens.tag[before] in "RS"
            and self._is_relative(before)
        ):
            return self._clefted(before) or (self._part_of(before), before + 1), False
        if form.feature in ("3s", "3p") and before - 3 >= self.first and tokens.low[before] == "que":
            clefted = self._clefted(before) if tokens.low[before - 1] in _ARTICLES else None
            if clefted is not None and tokens.tag[clefted[0]] in "DpX" and tokens.tag[clefted[0] - 2] != "G":
                return clefted, False
        if (
            tokens.low[before] == "donde"
            and before > self.first
            and form.feature in ("3s", "3p")
            and (thing := self._thing_before(before))
        ):
            return thing, False
        who = self._pronoun_before(before) if form.is_finite else None
        if who is not None and tokens.low[who] in ("quien", "quienes"):
            return (who, who + 1), False
        if form.feature == "inf" and (heard := self._heard(cue)) is not None:
            return heard, False
        if form.feature == "inf" and (errand := self._went_to(cue)) is not None:
            return self._source_around_verb(errand, cue), False
        if form.feature == "ger" and cue - 1 > self.first and tokens.low[cue - 1] == "as":
            return source_before(tokens, self._clause_begin(place, begin), cue - 1, self.lexicon), False
        progressive = form.feature == "ger" and before >= self.first and tokens.low[before] in self.lexicon.lists["be"]
        if (
            form.feature in _BESIDE
            and not progressive
            and (before < self.first or tokens.tag[before] not in "wX" or self.lexicon.language == "es")
        ):
            if self.subject is not None and begin - self.first <= 1:
                return self.subject, False  # "Accused the ministry | of claiming that".
            return self._shared_source(cue), True
        start = self._clause_begin(place, begin)
        if form.feature == "ger" and not progressive and (letter := self._letter_before(cue)) is not None:
            return source_before(tokens, start, letter, self.lexicon), False
        if (free := self._free_relative(start, before + 1)) is not None:
            return free, False
        errand = self._errand(cue) if form.feature == "base" else None
        source = source_before(tokens, start, cue if errand is None else errand, self.lexicon)
        if source is not None and self.lexicon.language == "es" and "yo" in tokens.low[source[1] - 1 : source[1]]:
            source = source[1] - 1, source[1]
        elif source is not None and self.lexicon.language == "es" and form.feature == "1s":
            source = None  # «Es tan discreta que creo que ...»: nobody but «yo» speaks in the first person singular.
        if source is not None:
            return source, False
        touching = any(self._by_pronoun(r) and r.content[-1][1] == before + 1 for r in self.readings)
        if before > self.first and (tokens.tag[before] == "," or touching):
            outer = source_before(tokens, self.first, cue, self.lexicon)
            if outer is not None and any(self._by_pronoun(r) or self._lies_within(r, outer) for r in self.readings):
                return outer, False
        while progressive and before > self.first and tokens.tag[before] in "VAG":
            before -= 1
        joined = tokens.tag[before] in ("C,;:" if form.is_finite else "C,") or tokens.low[before] in _CONTRASTS
        if before >= self.first and joined:
            shared = self._shared_source(cue)
            if shared is None and form.feature == "3p" and (body := self._speaks_from(start, before + 1)) is not None:
                return body, False
            return (shared, True) if shared is None or self._agrees(shared, form) else (None, False)
        pronoun = self._pronoun_before(before) if form.feature in ("3s", "3p", "part") else None
        if pronoun is not None:
            return (pronoun, pronoun + 1), False
        if before < self.first and self.earlier is not None and form.is_finite and self._agrees(self.earlier, form):
            return self.earlier, True
        return (self._speaks_from(start, before + 1), False) if form.feature == "3p" else (None, False)

    def _clefted(self, pronoun: int) -> Span | None:
        """«Fue | el propio subdirector | quien le ordenó»: whom the pronoun stands for is the speaker."""
        tokens = self.tokens
        if tokens.low[pronoun] == "que" and pronoun > self.first and tokens.low[pronoun - 1] in _ARTICLES:
            pronoun -= 1  # «Son los médicos | los que denuncian»
        elif tokens.low[pronoun] not in ("quien", "quienes"):
            return None
        if tokens.tag[pronoun - 1] == ",":
            return None
        far = range(pronoun - 2, max(self.first - 1, pronoun - _PHRASE), -1)
        being = next((k for k in far if tokens.tag[k] in "V,S"), pronoun)
        return (being + 1, pronoun) if tokens.low[being] in self.lexicon.lists["be"] else None

    def _thing_before(self, end: int) -> Span | None:
        """«Firmó | un papel | donde decía que»: what it is written on."""
        tokens, k = self.tokens, end - 1
        while k > self.first and end - k < _PHRASE and tokens.tag[k] in "wX":
            k -= 1
        return (k, end) if tokens.tag[k] in "Dp" and k < end - 1 else None

    def _source_around_verb(self, verb: int, cue: int) -> Span | None:
        """Who came to speak: «salió | un señor | a decir que», «su hermana | llamó para avisar de que»."""
        after = source_after(self.tokens, verb + 1, cue - 1, self.lexicon, relative=False)
        if after is not None and after[0] == verb + 1:
            return after
        return source_before(self.tokens, self._clause_begin(self.first, verb), verb, self.lexicon)

    def _part_of(self, pronoun: int) -> int:
        """Where those begin of whom the pronoun tells: «16 de los | cuales»."""
        tokens = self.tokens
        if tokens.low[pronoun] not in ("cuales", "quienes") or tokens.low[pronoun - 1] not in ("los", "las", "de"):
            return pronoun
        k = pronoun - 1 - (tokens.low[pronoun - 1] != "de")
        counted = k > self.first and tokens.low[k] == "de" and tokens.tag[k - 1] in "#wN"
        return k - 1 if counted else pronoun

    def _free_relative(self, start: int, end: int) -> Span | None:
        """A subject that is a clause: «Quienes lo vieron | dicen», «Los que salieron», "Those who saw him | say"."""
        tokens = self.tokens
        while start < end and tokens.tag[start] in "CA,":
            start += 1
        if end - start < 2:
            return None
        low, after = tokens.low[start], tokens.low[start + 1]
        if self.lexicon.language == "es":
            apart = start > self.first and tokens.tag[start - 1] == ","
            opens = (low in ("quien", "quienes") and not apart) or (low in _ARTICLES and after == "que")
        else:
            opens = low in _ANYONE and after in ("who", "whose")
        return (start, end) if opens and not any(tokens.tag[k] in ";:,<" for k in range(start, end)) else None

    def _pronoun_before(self, k: int) -> int | None:
        """The pronoun before a phrase of place or time: «..., que | en un comunicado | habló de»."""
        tokens, last = self.tokens, k
        while k > self.first and last - k < _PHRASE and tokens.tag[k] in "wqDPATX#Np":
            k -= 1
        phrase = k < last and tokens.tag[k + 1] in "PTA" and tokens.depth[k] == self.base
        return k if phrase and self.lexicon.language == "es" and self._is_relative(k) else None

    def _speaks_from(self, start: int, end: int) -> Span | None:
        """«Desde | la oposición | le reprocharon que»: a body whose people speak."""
        tokens = self.tokens
        start = next((k + 1 for k in range(end - 3, start, -1) if self._joins_place(k)), start)
        while start < end and (tokens.tag[start] in "CSA," or tokens.low[start].endswith("mente")):
            start += 1
        alone = start + 1 < end and tokens.low[start] == "desde"  # «Desde Interior | aseguran que»
        if self.lexicon.language != "es" or (start + 2 >= end and not alone) or tokens.low[start] not in _FROM:
            return None
        comma = next((k for k in range(start, end) if tokens.tag[k] == ","), end)
        told = comma == end or (tokens.low[comma + 1] in ("que", "quien", "quienes") and tokens.tag[end - 1] == ",")
        named = (
            told and all(tokens.tag[k] in "DXwpP" for k in range(start + 1, comma)) and tokens.tag[start + 1] in "DXp"
        )
        end -= comma < end
        bodies = self.lexicon.lists["organisation"]
        body = tokens.tag[start + 1] == "X" or any(tokens.low[k] in bodies for k in range(start + 1, end))
        return (start + 1, end) if named and (body or tokens.low[start] == "desde") else None

    def _is_same_voice(self, cue: int, source: Span | None, form: Form, verb: Verb) -> bool:
        """Whether those who are quoted speak of their own saying: «No pedimos un favor, pedimos ...», "We say that".

        What they said before is told like what others said: "We asked for one thing", «Yo le decía que».
        """
        if not self.voiced:
            return False
        told = form.feature == "past" or _ONES_PAST.fullmatch(self.tokens.low[cue])
        if told and "k" not in verb.frames:
            return False
        if source is None:
            return form.feature in ("1s", "1p")
        return source[1] - source[0] == 1 and self.tokens.low[source[0]] in ("we", "i", "nosotros", "nosotras", "yo")

    def _joins_place(self, k: int) -> bool:
        """Whether "and" joins a clause that opens with a place: «Conté 1.140 y | en el ministerio me dijeron»."""
        return self.tokens.tag[k] == "C" and self.tokens.low[k + 1] in _FROM

    def _by_pronoun(self, reading: Reading) -> bool:
        """Whether a relative pronoun speaks: "quien aseguró que"."""
        return reading.source is not None and self.tokens.tag[reading.source[0]] in "RS"

    def _lies_within(self, reading: Reading, source: Span) -> bool:
        """Whether what was read stands in the subject: «Millàs, a quien sus rivales atribuyen la pelea, insistió»."""
        return reading.cue is not None and source[0] < reading.cue[0] and reading.cue[1] <= source[1]

    def _clause_begin(self, place: int, begin: int) -> int:
        """A source never reaches into the content or the verb of an earlier reading."""
        for reading in self.readings:
            for _, last in reading.content:
                if last <= begin:
                    place = max(place, last)
            if reading.cue is not None and reading.cue[1] <= begin:
                place = max(place, reading.cue[1])
        return place

    def _long_subject(self, place: int, begin: int) -> Span | None:
        """An English subject with participles: "A letter smuggled out and read aloud at a vigil | says that"."""
        tokens, start = self.tokens, self._clause_begin(place, begin)
        while start < begin and tokens.tag[start] in "CA,":
            start += 1
        while begin > start and tokens.tag[begin - 1] in "A,G":
            begin -= 1
        if begin - start < 3 or tokens.tag[start] not in "DpX#":
            return None
        inside = range(start, begin)
        if any(tokens.tag[k] in "NSR;:<,V" for k in inside) or any(self._is_present(k) for k in inside):
            return None
        return start, begin

    def _is_present(self, k: int) -> bool:
        form = self.tokens.form[k]
        return form is not None and form.feature not in ("past", "part", "ger") and self.tokens.low[k] != "read"

    def _subject_before_object(self, complement: Complement) -> Span | None:
        """«Piden los mediadores | una tregua»: the speakers between the verb and what they demand."""
        if complement.addressee is not None:
            return None
        source = source_after(self.tokens, complement.start, self.end, self.lexicon, relative=False)
        if source is None or source[0] != complement.start or source[1] + 1 >= self.end:
            return None
        parted = self.tokens.tag[source[1]] in "D#" and self._is_somebody(source)
        return source if parted else None

    def _inverted_source(self, cue: int, complement: Complement) -> Span | None:
        """«Dijo el ministro que ...»"""
        source = source_after(self.tokens, cue + 1, complement.start, self.lexicon)
        form = self.tokens.form[cue]
        if form is not None and "x" in form.verbs[0].frames:
            return None
        introduced = (
            source is not None
            and form is not None
            and source == (cue + 1, complement.start - 1)
            and self._is_somebody(source)
            and self._agrees(source, form)
        )
        if complement.frame == "quote" and not (introduced and self.tokens.tag[complement.start - 1] == ":"):
            return None  # «Dijo el alcalde: «No hay agua»»: else whoever stands there is told.
        if (
            source is not None
            and self.tokens.low[source[0]] not in ("al",)
            and self.tokens.low[source[0] - 1] not in ("a", "en", "ante")
        ):
            return source
        return None
