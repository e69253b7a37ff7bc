"""Rules for verbs that stand before their content: "the NGO said that", «exigió la lista»."""

from __future__ import annotations

from recuento.read.readings import Complement, Reading
from recuento.read.sources.hidden_names import hides_name
from recuento.read.sources.source_after import source_after
from recuento.read.statements.laid_on import LaidOn
from recuento.read.statements.outer_clause import OuterClause
from recuento.read.statements.pronoun_said import PronounSaid
from recuento.read.statements.told_passive import ToldPassive
from recuento.read.statements.whom_asked import WhomAsked
from recuento.read.text.lexicon import Form, Verb, words_of
from recuento.read.text.tokens import Span

_INNER = frozenset(["believe", "estimate"])
"""Classes of verbs that tell, in the first person, more than that somebody speaks."""
_OBJECTS = (["lo"], ["la"], ["los"], ["las"])
_THREATENED = frozenset(["lo", "la", "los", "las", "me", "nos"])
_HAVING = {"ha": "3s", "había": "3s", "han": "3p", "habían": "3p"}
_QUOTED = frozenset(["citado", "citada", "citados", "citadas"])
_SUPPOSED = words_of("supposed")
_FINDING = words_of("documents") | words_of("finding_bodies")
_LAYING = frozenset(["atribuir", "achacar", "imputar"])
_OF_ITSELF = frozenset(["considerar", "cuestionar"])
"""Verbs that with «se» tell of nobody's words: «se considera víctima»."""
_UMPIRES = frozenset(["árbitro", "árbitra", "colegiado", "colegiada"])
_COUNTING = frozenset(["count", "contar"])
_TOLD_KINDS = frozenset(["deny", "demand", "promise"])
_TOLD_BY_PRONOUN = frozenset("ym")
"""Frames in which a noun phrase is a claim whoever tells it: "a study that puts arrests at 1,900"."""


class BeforeContent(LaidOn, PronounSaid, OuterClause, ToldPassive, WhomAsked):
    """Reads verbs from left to right, each with its content up to where the next one of the same subject begins."""

    def _read_before_content(self) -> None:
        place = self.first
        for number, cue in enumerate(self.cues):
            held = self._source_around(cue)
            if not self._is_free(cue) and held is None:
                continue
            form = self.tokens.form[cue]
            assert form is not None
            if held is None and (passive := self._read_passive(cue) or self._read_asked(cue)) is not None:
                self.readings.append(passive)
                continue
            if held is None and (laid := self._laid_on(cue, form, place, number)) is not None:
                self.readings.append(laid)
                place = max(place, cue)
                continue
            chosen = self._with_complement(cue, form)
            supposed = self._is_supposed(cue)
            said = self._pronoun_said(cue, form, place, chosen[1] if chosen else None) if not supposed else None
            if said is not None:
                self.readings.append(said)
                continue
            if chosen is None or supposed:
                continue
            if held is not None:
                self._read_in_source(cue, form, *chosen, held)
                continue
            verb, complement = chosen
            reading = self._before_content(cue, form, verb, complement, place, number)
            if reading is not None:
                self.readings.append(self._cited_by(reading))
                place = max(place, cue)

    def _person(self, cue: int, form: Form) -> str:
        """The person and number of a verb; of a Spanish participle that of its auxiliary: «le han | dicho»."""
        return _HAVING.get(self.tokens.low[cue - 1], form.feature) if form.feature == "part" else form.feature

    def _is_supposed(self, cue: int) -> bool:
        """Whether the verb stands in a condition or is nobody's: "if she says", "until it says", «nadie dijo»."""
        for k in range(cue - 1, max(self.first, cue - 12) - 1, -1):
            if self.tokens.tag[k] in ",.;:<>-R" or self.tokens.form[k] is not None:
                return False
            if self.tokens.low[k - 1 : k + 1] == ["no", "one"]:
                return True
            if self.lexicon.has("complement", self.tokens.low[k]) and self.tokens.tag[k] == "S":
                return False  # «Preguntó si era cierto que él avisó»: the condition holds another clause.
            if self.tokens.low[k] in _SUPPOSED and k > self.first and self.tokens.form[k - 1] is not None:
                return False  # «Preguntó si podía verlo y le contestaron que»: it opens a question.
            if self.tokens.low[k] in _SUPPOSED:
                return self.tokens.low[k] not in ("ni", "neither") or k == self.first or self.tokens.tag[k - 1] in ",.-"
        return False

    def _source_around(self, cue: int) -> Span | None:
        """The source of an earlier reading that holds the verb: "dijo Benegas, quien explicó que ..."."""
        return next((r.source for r in self.readings if r.source is not None and r.source[0] < cue < r.source[1]), None)

    def _read_in_source(self, cue: int, form: Form, verb: Verb, complement: Complement, held: Span) -> None:
        before = self._before_verb(self._verb_begin(cue))
        if before > held[0] and form.is_finite and self.tokens.tag[before] not in "RS":
            before = self._pronoun_before(before) or before
        if (
            before < held[0]
            or hides_name(self.tokens, before, self.end)
            or not (self.tokens.tag[before] in "RS" and self._is_relative(before))
            or not self._is_speaking(cue, form)
        ):
            return
        end = max(held[1], complement.start + 1)
        rule = f"{self.lexicon.language}.before.{complement.frame}.subject"
        self.readings.append(
            Reading(rule, (cue, cue + 1), [(complement.start, end)], (before, before + 1), verb, form.feature)
        )

    def _before_content(
        self, cue: int, form: Form, verb: Verb, complement: Complement, place: int, number: int
    ) -> Reading | None:
        language = self.lexicon.language
        begin = self._verb_begin(cue)
        impersonal = self._is_impersonal(begin, cue, verb)
        of_itself = verb.lemma in _OF_ITSELF or "y" in verb.frames
        if complement.frame == "object" and of_itself and cue > self.first and self.tokens.low[cue - 1] == "se":
            return None
        if verb.frames & {"a", "s"} and complement.frame == "object":
            if form.feature == "ger":
                return None  # Whom the speaker cites beside: see `_read_cited_after`.
            source, _ = self._source(begin, cue, form, place)
            span = (complement.start, self._relative_end(source, complement, self._end_of_cited(complement.start)))
            rule = f"{language}.before.object.subject"
            return Reading(rule, (cue, cue + 1), [span], source, verb, form.feature) if source else None
        if impersonal and verb.kind == "say" and self._is_denied(cue, form):
            return None
        if not impersonal and ("u" in verb.frames or not self._is_speaking(cue, form)):
            return None
        clitic = cue > self.first and [self.tokens.low[cue - 1]] in _OBJECTS and verb.kind == "believe"
        if clitic and complement.frame == "quote" and self.tokens.tag[complement.start] != "<":
            return None  # «Lo consideran tardío: ...»
        if complement.frame == "quote" and self._interrupts_relative(begin, cue + 1 + len(verb.particles)):
            return None  # «..., lo cual, añadió, "es legítimo"»: see parenthetical.py.
        end = min(self._end_of(complement, verb, number), self._next_clause(cue))
        if verb.kind == "demand" and complement.frame == "object" and complement.addressee is None:
            end, asked = self._before_asked(complement.start, end)
            complement = Complement("object", complement.start, asked)
        if end <= complement.start:
            return None
        source, shared = (None, False) if impersonal else self._source(begin, cue, form, place)
        if source is not None and self._is_what_is_said(source, cue, complement):
            source = None
        if verb.lemma == "hear" and source is not None and self._is_hearing(source):
            source, impersonal = None, True
        if source is not None and complement.start < source[0] - 1 < end:
            end = source[0] - 1
        if source is not None and self.tokens.tag[source[0]] in "RS" and hides_name(self.tokens, source[0], self.end):
            return None
        end = self._relative_end(source, complement, end)
        if self._tells_nothing(cue, form, verb, complement, source, impersonal=impersonal):
            return None
        implied = None
        if form.feature == "ger" and language == "es":
            source, implied = None, source
        if source is None and language == "es" and complement.frame == "object" and verb.kind == "demand":
            source = self._subject_before_object(complement)
            if source is not None:
                complement = Complement("object", source[1], complement.addressee)
        if source is None and language == "en" and complement.frame == "that" and not impersonal:
            source = self._long_subject(place, begin)
        if source is None and not impersonal and not self._may_lack_source(form, complement, begin, verb):
            return None
        if source is None and "x" in verb.frames and self.tokens.low[begin] == "se":
            return None
        if source is None and not impersonal and language == "es":
            source = self._inverted_source(cue, complement)
            if source is not None and source[0] <= cue + len(verb.particles):
                source = None  # «Tuvo | la certeza | de que»
        how = "impersonal" if impersonal else "shared" if shared else "subject" if source else "null"
        rule = f"{language}.before.{complement.frame}.{how}"
        cited = self._cited(source, begin, complement) if source is not None and not shared else None
        addressee = complement.addressee
        if "z" in verb.frames and addressee is not None and complement.frame == "object":
            cited, addressee = ((cue, cue + 1), addressee), None
        if addressee is not None and source == addressee:
            addressee = None
        span = (begin if language == "es" else cue, cue + 1 + len(verb.particles))
        reading = Reading(
            rule, span, [(complement.start, end)], source,
            verb, self._person(cue, form), impersonal, implied, shared, addressee,
        )  # fmt: skip
        if cited is not None:
            reading.children.append(Reading(f"{language}.cited", cited[0], list(reading.content), cited[1], None))
        return reading

    def _end_of(self, complement: Complement, verb: Verb, number: int) -> int:
        """Where the content ends that the complement begins, before what its frame does not hold."""
        end = self._content_end(complement.start, number)
        if complement.frame in ("bare", "that"):
            end = self._before_semicolon(complement.start, end)
        end = self._before_outer_clause(complement.start, end)
        end = self._before_other_voice(complement.start, end)
        if complement.frame != "quote" or self.tokens.tag[complement.start] != "<":
            end = self._before_own_voice(complement.start, end)
        if complement.frame in ("object", "request", "infinitive"):
            demanded = verb.kind == "demand" and (self.lexicon.language == "es" or not self.inside)
            thing = complement.frame == "object" or self.tokens.low[complement.start] == "for"
            end = self._object_end(complement.start, end, thing, is_demanded=demanded)
        return end

    def _tells_nothing(
        self, cue: int, form: Form, verb: Verb, complement: Complement, source: Span | None, *, impersonal: bool
    ) -> bool:
        """Whether a verb with this source and complement tells what was done or thought, and nothing that was said."""
        of_thing, low, tag = complement.frame == "object", self.tokens.low, self.tokens.tag
        if verb.lemma == "know" and complement.frame == "question" and self._is_left(cue) and not impersonal:
            return not any(word in ("many", "much") for word in low[complement.start : complement.start + 2])
        if impersonal and verb.lemma == "know" and complement.frame == "question":
            return True  # "It was not known how many were inside": the outlet's own silence.
        if of_thing and verb.lemma == "find" and not self._is_of_findings(source):
            return True  # "Authorities found 41 phones": they were found, and nothing is said.
        if verb.kind not in _INNER and self._is_same_voice(cue, source, form, verb):
            return True
        by_pronoun = source is not None and tag[source[0]] in "RS"
        threatens = verb.lemma in ("amenazar", "threaten") and complement.frame == "infinitive"
        threatened = self.inside and source is None and low[cue - 1] in _THREATENED
        if threatens and not threatened and (source is None or not self._is_somebody(source) or by_pronoun):
            return True
        if form.feature == "inf" and complement.frame not in ("that", "question"):
            return True
        if verb.particles == ("por",) and source is not None and not _UMPIRES.isdisjoint(low[source[0] : source[1]]):
            return True  # «El árbitro dio por terminado el partido»: by saying so it ended.
        if of_thing and verb.lemma in _COUNTING and source is not None and tag[source[0]] == "N":
            return True  # Who counts has said nothing yet; what a body counts is what it says.
        if source is not None and self._is_counted(source, cue, complement):
            return True
        begin = self._verb_begin(cue)
        if of_thing and verb.kind == "deny" and low[complement.start] in ("it", "this", "that") and self._is_left(cue):
            return True  # "The governor did not deny it."
        if of_thing and low[max(0, begin - 2) : begin] == ["lo", "que"]:
            return True  # «Lo que denuncian los familiares»: whoever follows says it.
        if of_thing and verb.kind in _TOLD_KINDS and low[begin - 1 : begin] in _OBJECTS:
            return True  # «También la piden los partidos»: the pronoun is what they ask for.
        told = verb.frames & _TOLD_BY_PRONOUN or (verb.kind in _TOLD_KINDS and self._comma_before(source))
        return by_pronoun and of_thing and not told

    def _is_left(self, cue: int) -> bool:
        """Whether an English verb is negated: "did not deny"."""
        near = self.tokens.low[max(self.first, cue - 3) : cue]
        return any(low in ("not", "never") or low.endswith(("n't", "n’t")) for low in near)

    def _is_what_is_said(self, source: Span, cue: int, complement: Complement) -> bool:
        """Whether the pronoun is what is said and nobody who says it: «lo único que me contestan es | que vuelva»."""
        cleft = complement.frame == "that" and complement.start == cue + 2 and self.tokens.tag[cue + 1] == "V"
        return cleft and self.tokens.low[source[0]] == "que"

    def _is_counted(self, source: Span, cue: int, complement: Complement) -> bool:
        """Whether a number before a form and a noun after it count the noun: "60 suspected cases"."""
        bare = complement.frame == "object" and complement.start == cue + 1 and self.tokens.tag[cue + 1] == "w"
        alone = source[1] - source[0] == 1 and self.tokens.tag[source[0]] == "#"
        return bare and alone and self.tokens.tag[source[0] - 1] != ","

    def _interrupts_relative(self, begin: int, after: int) -> bool:
        """Whether a Spanish verb stands alone between commas after a relative: «por lo que, dijo, ...»."""
        tokens = self.tokens
        closed = begin - 2 > self.first and after < self.end and tokens.tag[begin - 1] == "," == tokens.tag[after]
        return closed and self.lexicon.language == "es" and tokens.low[begin - 2] in ("que", "cual")

    def _comma_before(self, source: Span | None) -> bool:
        """Whether a relative clause between commas begins there: «el alcaide, que negó los hechos»."""
        return source is not None and source[0] > self.first and self.tokens.tag[source[0] - 1] == ","

    def _cited(self, source: Span, begin: int, complement: Complement) -> tuple[Span, Span] | None:
        """The cue and the source of "X, citing Y, said", «X, que cita a Y, sostiene que»: Y said it to X."""
        told = complement.frame in ("that", "quote")
        for k in range(source[0] + 1, begin):
            relative = told and self.tokens.low[k - 1] == "que" and self.tokens.tag[k - 2] == ","
            if (k >= source[1] or relative) and self.lexicon.has("citing", self.tokens.low[k]):
                after = k + 2 if self.tokens.low[k + 1] in ("a", "al") else k + 1
                found = source_after(self.tokens, after, begin, self.lexicon)
                return ((k, after), found) if found is not None else None
        return None

    def _cited_by(self, reading: Reading) -> Reading:
        """«Un informe, citado por la senadora, | dice que»: it is the senator who says what the report says."""
        source, low = reading.source, self.tokens.low
        if source is None or reading.cue is None or source == self.subject or self.lexicon.language != "es":
            return reading
        k = next((m for m in range(source[0] + 2, source[1] - 2) if low[m] in _QUOTED and low[m + 1] == "por"), None)
        holder = source_after(self.tokens, k + 2, source[1], self.lexicon) if k is not None else None
        if k is None or holder is None or self.tokens.tag[k - 1] != ",":
            return reading
        content = [(source[0], k - 1), (reading.cue[0], reading.content[-1][1])]
        return Reading("es.cited.by", (k, k + 1), content, holder)

    def _end_of_cited(self, start: int) -> int:
        """Where what somebody cites ends: before what they say themselves, «citó a un preso que ..., | y dijo que»."""
        tokens = self.tokens
        for cue in self.cues:
            before, form = self._before_verb(self._verb_begin(cue)), tokens.form[cue]
            if (
                before - 1 <= start
                or form is None
                or not form.is_finite
                or tokens.tag[before - 1 : before + 1] != [",", "C"]
            ):
                continue
            if self._is_speaking(cue, form) and self._with_complement(cue, form) is not None:
                return before - 1
        return self.end

    def _is_of_findings(self, source: Span | None) -> bool:
        """Whether a document or an inquiry finds: it says so, where people find things."""
        words = self.tokens.low[source[0] : source[1]] if source is not None else []
        return not _FINDING.isdisjoint(words)

    def _may_lack_source(self, form: Form, complement: Complement, begin: int, verb: Verb) -> bool:
        """Whether a verb without a source is a statement: Spanish finite verbs are, English ones are not."""
        if form.feature == "inf":
            return False
        if form.feature == "ger":
            return complement.frame in ("that", "quote") and begin > self.first
        if self.lexicon.language == "en":
            return False
        if complement.frame == "object":
            passive = "se" in self.tokens.low[begin : begin + 2] and (form.feature == "part" or verb.lemma in _LAYING)
            told = (
                verb.kind in ("demand", "deny", "promise", "accuse")
                or verb.lemma in _LAYING
                or (begin == self.first and form.feature in ("3s", "3p"))
            )
            own = form.feature == "1s" and verb.kind == "demand"
            return told and not passive and (own or form.feature in ("3s", "3p", "1p", "part"))
        if complement.frame == "quote" and "k" in verb.frames:
            return False
        return form.feature in ("3s", "3p", "1s", "1p", "part")
