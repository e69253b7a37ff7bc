"""Rules for verbs that stand after their content: «..., dijo el ministro», "...," the NGO said."""

from __future__ import annotations

from recuento.read.complements.complements import complement_after
from recuento.read.readings import Reading
from recuento.read.sources.source_after import source_after
from recuento.read.sources.source_before import source_before
from recuento.read.sources.subjects import RELATIVES
from recuento.read.statements.content_before_verb import ContentBeforeVerb
from recuento.read.statements.pronoun_said import NounSaid
from recuento.read.statements.sentence import has_clause
from recuento.read.text.lexicon import Form, Verb, words_of
from recuento.read.text.tokens import Span
from recuento.read.text.verb_endings import is_long_infinitive
from recuento.values.number_words import number_starts

_NEVER_INVERTED = frozenset(["tell", "inform", "assure", "remind", "hear"])
"""Verbs whose speaker cannot follow them: whoever follows is told, or heard."""
_TOLD = words_of("told")
_CLAIM = frozenset(["claim", "charge", "allegation", "accusation", "assertion", "account", "version", "suggestion"])
_STANDS_IN = frozenset(["constar", "leer"])
"""Verbs whose source is where the words stand: «consta en el acta», «se lee en la carta»."""
_NEAR = 10
"""Tokens between two uses of a verb that are set against one another."""
_BACK = frozenset(["así", "eso", "esto", "ello"])


class AfterContent(NounSaid, ContentBeforeVerb):
    """Reads what is said before its verb. These verbs come first, since they hold the rest of the sentence."""

    def _read_after_content(self) -> None:
        start = self.first
        for cue in self.cues:
            if cue < start:
                continue
            form = self.tokens.form[cue]
            assert form is not None
            verb = next((v for v in form.verbs if v.frames & {"p", "q"} and self._particles_follow(cue, v)), None)
            if verb is None or not self._is_speaking(cue, form):
                continue
            if self.base > 0 and form.feature in ("1s", "1p") and verb.kind == "demand":
                continue
            if self._noun_said(cue) is not None:
                continue
            reading = self._verb_then_source(cue, form, verb, start) or self._source_then_verb(cue, form, verb, start)
            if reading is not None:
                self.readings.append(reading)
                start = max(reading.content[-1][1], cue + 1, reading.source[1] if reading.source else 0)

    def _verb_then_source(self, cue: int, form: Form, verb: Verb, start: int) -> Reading | None:
        """«..., dijo el ministro», with or without what goes on after it."""
        tokens = self.tokens
        if verb.lemma in _NEVER_INVERTED:
            return None
        begin = self._verb_begin(cue)
        pointing = self._pointing_back(begin)
        mark = (begin if pointing is None else pointing) - 1
        according = mark > start and tokens.low[mark] == "según" and self.lexicon.language == "es"
        if according:
            begin, mark = mark, mark - 1
            if self._is_told_to_speaker(begin):
                return None
        if mark <= start or not self._ends_content(mark, pointing is not None):
            return None
        if verb.kind == "believe" and self._closes_according(start, mark):
            return None  # «Los que, según el censo, | esperan desde mayo»
        if self._says_it_of_another(start, cue, verb) or self._is_told_by_described(start, mark, begin):
            return None
        aside = self._opened_aside(start, mark)
        start = start if aside is None else aside
        quoted = tokens.tag[mark] == ">" or (tokens.tag[mark] == "," and tokens.tag[mark - 1] == ">")
        after = cue + 1 + len(verb.particles)
        weak = "k" in verb.frames and tokens.tag[mark] != "-" and not self._is_told_by_people(after, verb)
        if not quoted and ("p" not in verb.frames or weak):
            return None
        complement = complement_after(tokens, cue, self.end, verb, self.lexicon)
        dashed = tokens.tag[mark] == "-" and any(tokens.tag[k] == "-" for k in range(after, min(self.end, after + 12)))
        if (
            complement is not None
            and complement.frame != "object"
            and not (complement.frame == "quote" and (quoted or self._resumes(complement.start, cue)))
            and not (complement.frame == "bare" and quoted and has_clause(tokens, start, mark))
            and not (complement.frame == "bare" and not quoted and self._is_said_aside(start, mark, after))
            and not (complement.frame == "that" and self._describes(complement.start, cue))
            and not (complement.frame == "that" and quoted and self._is_of_another(cue, complement.start))
            and not (complement.frame == "that" and quoted and self._names_speaker(after, complement.start))
            and not dashed
        ):
            return None
        place = after + (verb.lemma in _STANDS_IN and tokens.low[after : after + 1] == ["en"])
        source = source_after(tokens, place, self.end, self.lexicon)
        if (
            tokens.tag[mark] == ","
            and self._clause_within(mark, source[1] if source is not None else after) is not None
        ):
            return None  # It holds that clause alone, see parenthetical.py.
        alone = complement is None or complement.frame == "object"
        if source is not None and alone and tokens.low[source[1] : source[1] + 1] == ["que"]:
            source = self._with_relative(source)
        taking = complement is not None and verb.kind in ("demand", "deny", "promise")
        taking = taking and (tokens.low[start] != "que" or tokens.tag[start + 1] == ",")
        held_before = not quoted and (taking or self._ends_in_name(start, mark))
        if held_before and source is not None and not self._is_somebody(source):
            return None
        if pointing is not None and (source is None or source[0] < begin):
            return None
        if source is None and self.lexicon.language == "en":
            return None
        if source is not None and self._begins_with_infinitive(source[0]):
            return None
        if source is not None and tokens.tag[source[0]] == "#" and source[1] - source[0] == 1 and not quoted:
            return None  # «..., según dijo, | contabiliza 240»
        content = self._content_before(start, mark, quoted)
        if content is None and not quoted and self._may_be_subject(start) and self._is_said_aside(start, mark, after):
            content = (start, mark)
        place = source[1] if source else after
        if according and (relative := self._relative_around(begin, place)) is not None:
            rule = f"{self.lexicon.language}.after.clause.{'subject' if source else 'null'}"
            return Reading(rule, (begin, after), relative, source, verb, form.feature)
        if not quoted and self._begun_clause(mark, place) is not None:
            return None
        own = form.feature in ("1s", "1p")
        if (
            source is None
            and not own
            and not quoted
            and aside is None
            and (around := self._around_verb(start, mark, after))
        ):
            rule = f"{self.lexicon.language}.after.clause.null"
            return Reading(rule, (begin, after), around, None, verb, form.feature)
        opening = self.lexicon.language == "es" and self._is_adverbial(start, mark)
        rest = self._content_goes_on(place, quoted, whole=not opening) if aside is None else []
        if content is None:
            if aside is not None and mark > start:
                rest, content = [], (start, mark)
            alone = self.lexicon.language == "es" and tokens.tag[after : after + 1] == [","]
            named = source is not None or alone
            parted = rest and named and not quoted and self._is_adverbial(start, mark)
            if content is None and (not parted or tokens.tag[mark] != ","):
                return None
            content = (start, mark)
        rule = f"{self.lexicon.language}.after.{'quote' if quoted else 'clause'}.{'subject' if source else 'null'}"
        return Reading(rule, (begin, after), [content, *rest], source, verb, form.feature)

    def _is_told_by_described(self, start: int, mark: int, begin: int) -> bool:
        """«Dijo que dos médicos, cuyos nombres calló, | le confirmaron que»: a relative clause ends at the comma."""
        tokens = self.tokens
        if self.lexicon.language != "es" or tokens.tag[mark] != "," or tokens.tag[mark - 1] == ">":
            return False
        opening = next((k for k in range(mark - 1, start, -1) if tokens.tag[k] == ","), start)
        if opening > start + 1 and tokens.low[opening - 1] in RELATIVES and tokens.tag[opening - 2] in "wX,":
            return True  # «Enfermos que, según un censo, | esperan la revisión»
        que = next((k for k in range(opening, start, -1) if tokens.low[k] == "que"), start)
        if tokens.low[opening + 1] not in RELATIVES or que == start:
            return False
        subject = source_before(tokens, que + 1, begin, self.lexicon)
        return subject is not None and subject[0] < opening

    def _says_it_of_another(self, start: int, cue: int, verb: Verb) -> bool:
        """«No lo digo yo, | lo dice el juez»: the same verb before it, and the pronoun is what it says."""
        tokens = self.tokens
        if self.lexicon.language != "es" or tokens.low[cue - 1] != "lo":
            return False
        before = (tokens.form[k] for k in range(max(start, cue - _NEAR), cue) if tokens.low[k - 1] == "lo")
        return any(form is not None and form.verbs[0].lemma == verb.lemma for form in before)

    def _closes_according(self, start: int, mark: int) -> bool:
        """Whether a comma closes "according to X" between commas."""
        opening = next((k for k in range(mark - 1, start, -1) if self.tokens.tag[k] == ","), None)
        return opening is not None and self.tokens.low[opening + 1] in self.lexicon.according_heads

    def _is_said_aside(self, start: int, mark: int, after: int) -> bool:
        """ "Nine are dead, said the guards, and more are hurt", "the roof, said the guards, is held by inmates"."""
        tokens = self.tokens
        source = source_after(tokens, after, self.end, self.lexicon) if self.lexicon.language == "en" else None
        if source is None or source[0] != after or tokens.tag[mark] != "," or source[1] + 1 >= self.end:
            return False
        if tokens.tag[source[1]] != "," or tokens.tag[mark + 1] not in "Qq" or not self._is_somebody(source):
            return False
        told = next((k for k in range(start, mark) if tokens.tag[k] in "VQ,"), mark)
        if told == mark:
            return tokens.tag[source[1] + 1] in "VQ"
        return tokens.tag[told] in "VQ" and tokens.tag[source[1] + 1] in "CS"

    def _source_then_verb(self, cue: int, form: Form, verb: Verb, start: int) -> Reading | None:
        """ "...," the NGO said in a statement."""
        tokens = self.tokens
        after = cue + 1 + len(verb.particles)
        if after < self.end and tokens.tag[after] in "<:DXNpw#" and not self._may_follow(after, verb):
            return None
        begin = self._verb_begin(cue)
        closing = self._quotation_before(begin, start)
        k = begin - 1 if closing is None else closing
        while closing is None and k > start and begin - k < 26 and tokens.tag[k] not in ("<", ">", ";", ":"):
            if self._ends_content(k) and self._is_subject(k + 1, begin):
                break
            k -= 1
        if k <= start or not self._ends_content(k) or self._opens_next_clause(k, begin):
            return None
        comma = self._comma_after_place(after, verb)
        if tokens.tag[k] == "," and self._clause_within(k, after if comma is None else comma):
            return None
        quoted = tokens.tag[k] == ">" or tokens.tag[k - 1] == ">"
        whole = has_clause(tokens, start, k) or (comma is not None and has_clause(tokens, comma, self.end))
        if not quoted and ("p" not in verb.frames or not whole):
            return None
        complement = complement_after(tokens, cue, self.end, verb, self.lexicon)
        if (
            complement is not None
            and "," in tokens.tag[after : complement.start]
            and self._is_of_a_noun(complement.start)
        ):
            complement = None  # "..., the group said today, amid concern that they are ill."
        if complement is not None and complement.frame != "object" and not (quoted and complement.frame == "quote"):
            return None
        if not quoted and "k" in verb.frames and self.lexicon.language == "es":
            return None
        source = self._past_claim(source_before(tokens, k + 1, cue, self.lexicon))
        content = self._content_before(start, k, quoted)
        if content is None and not quoted and not has_clause(tokens, start, k) and self._may_be_subject(start):
            content = (start, k)
        if source is None or content is None:
            return None
        rest = self._content_goes_on(after, quoted, has_clause(tokens, start, k))
        rule = f"{self.lexicon.language}.after.{'quote' if quoted else 'clause'}.inverted"
        if verb.lemma == "hear":
            if not self._is_hearing(source):
                return None
            return Reading(rule, (cue, after), [content, *rest], None, verb, form.feature, impersonal=True)
        return Reading(rule, (cue, after), [content, *rest], source, verb, form.feature)

    def _opens_next_clause(self, mark: int, begin: int) -> bool:
        """Whether «y que» stands between a mark and a verb, which goes on with what holds them both."""
        tokens = self.tokens
        return any(tokens.low[k] == "que" and tokens.tag[k - 1] == "C" for k in range(mark + 1, begin))

    def _past_claim(self, source: Span | None) -> Span | None:
        """ "..., a claim | his lawyer | denied": who speaks of what was said, told by a noun before them."""
        if source is None or source[1] - source[0] < 4 or self.lexicon.language == "es":
            return source
        first, low = source[0], self.tokens.low
        claim = low[first] in ("a", "an") and low[first + 1] in _CLAIM and self.tokens.tag[first + 2] in "pDXN"
        return (first + 2, source[1]) if claim else source

    def _may_be_subject(self, k: int) -> bool:
        """Whether the subject of an interrupted clause begins at `k`, inside what is said after "that"."""
        k += self.inside and self.lexicon.has("complement", self.tokens.low[k])
        return self.tokens.tag[k] in "DXpN"

    def _is_of_a_noun(self, k: int) -> bool:
        """Whether "that" opens what a noun holds, and no verb: "concern that", "amid reports that"."""
        return self.lexicon.language == "en" and self.tokens.low[k] == "that" and self.tokens.tag[k - 1] == "w"

    def _with_relative(self, source: Span) -> Span:
        """«..., cuenta un preso | que llamó a la radio»: the clause that tells of the speaker belongs to the source."""
        tokens, k = self.tokens, source[1]
        if k + 1 >= self.end or tokens.tag[k + 1] not in "VQO":
            return source
        return source[0], next((m for m in range(k, self.end) if tokens.tag[m] in ",;:-"), self.end)

    def _is_told_by_people(self, k: int, verb: Verb) -> bool:
        """Whether those who tell stand right after a verb that may mean to count: «..., contaron los presos»."""
        source = source_after(self.tokens, k, self.end, self.lexicon) if verb.lemma == "contar" else None
        return source is not None and source[0] == k and self._is_somebody(source)

    def _pointing_back(self, begin: int) -> int | None:
        """Where "that" begins that points back at what was said: «..., así lo dijo X», "..., or so says X"."""
        if self.lexicon.language == "en" and begin - 2 > self.first and self.tokens.low[begin - 1] == "so":
            return begin - 2 if self.tokens.low[begin - 2] == "or" else begin - 1
        k = begin - 1 if self.lexicon.language == "es" else -1
        return k if k > self.first and self.tokens.low[k] in _BACK else None

    def _opened_aside(self, start: int, mark: int) -> int | None:
        """Where an aside between dashes opens that holds the verb and what is said: «—unos 340, dice X—»."""
        tokens = self.tokens
        if tokens.tag[mark] != ",":
            return None
        dashes = [k for k in range(start, mark) if tokens.tag[k] in "-(" and tokens.depth[k] == self.base]
        if not dashes or dashes[-1] <= start or mark - dashes[-1] > 12:
            return None
        closing = "-" if tokens.tag[dashes[-1]] == "-" else ")"
        closed = any(tokens.tag[k] == closing for k in range(mark + 1, min(self.end, mark + 14)))
        return dashes[-1] + 1 if closed else None

    def _is_of_another(self, cue: int, k: int) -> bool:
        """Whether "that" belongs to a later verb: "..., said Lydia Barron, ruling out that"."""
        return any(self.tokens.tag[m] in "Qq" and self.tokens.form[m] is not None for m in range(cue + 1, k))

    def _names_speaker(self, after: int, k: int) -> bool:
        """Whether a speaker follows at once, and «que» tells of it: «"...", lamenta el autor de un libro que»."""
        tokens = self.tokens
        return (
            self.lexicon.language == "es" and tokens.tag[after] in "DXp" and k > after + 1 and tokens.tag[k - 1] in "wX"
        )

    def _resumes(self, k: int, cue: int) -> bool:
        """Whether a quotation goes on with a clause after its speaker: «Que sean doce, dice el forense, "es igual"»."""
        return self.lexicon.language == "es" and self.tokens.tag[k - 1] == "," and k - 2 >= cue

    def _describes(self, k: int, cue: int) -> bool:
        """Whether «que» opens a relative clause: «..., dijo el alcaide, Isidro Peñalba, que visitó el penal»."""
        tokens = self.tokens
        return tokens.tag[k - 1] == "," and k - 2 > cue and any(tokens.tag[m] in "wX" for m in range(cue + 1, k - 1))

    def _may_follow(self, k: int, verb: Verb) -> bool:
        """Whether what stands right after the verb is a time or somebody who is told, rather than its content."""
        return self._is_time(k) or (self.tokens.tag[k] not in "<:" and self._is_addressee(k, verb))

    def _is_addressee(self, k: int, verb: Verb) -> bool:
        """Whether somebody who is told, and nothing more, stands up to the next mark: "told the press"."""
        end = k
        while end < self.end and end - k < 8 and self.tokens.tag[end] in "DXwpOPN#T":
            end += 1
        return verb.lemma in _TOLD and (end >= self.end or self.tokens.tag[end] in ",.")

    def _quotation_before(self, begin: int, start: int) -> int | None:
        """The closing mark of what a subject with its apposition follows: "...,” | Tomas Reed, a survivor, told"."""
        for k in range(begin - 1, max(start, begin - 26), -1):
            if self.tokens.tag[k] == ">":
                return k if self._is_subject(k + 1 + (self.tokens.tag[k + 1] == ","), begin) else None
        return None

    def _comma_after_place(self, k: int, verb: Verb) -> int | None:
        """The comma that closes what interrupts a sentence: "The deaths, X said | in a report|, could have"."""
        told = k < self.end and self._is_addressee(k, verb)
        for m in range(k, min(self.end, k + 10)):
            if self.tokens.tag[m] == ",":
                return m
            if self.tokens.tag[m] not in "PDpwXT#AO" or (m == k and self.tokens.tag[m] not in "PA" and not told):
                return None
        return None

    def _is_subject(self, first: int, last: int) -> bool:
        """Whether the tokens look like a short subject and nothing more."""
        tags = self.tokens.tag
        if self.tokens.low[first] in ("every", "each") and tags[last - 1] in "VQN" and last - first > 2:
            return False
        return (
            first < last
            and (tags[first] in "DNXp" or self._is_bare_plural(first, last) or self._is_counted_group(first))
            and not any(tags[k] in "VQS;:" and not self._is_described(k, first) for k in range(first, last - 1))
        )

    def _is_bare_plural(self, first: int, last: int) -> bool:
        """ "Court filings", "official projections published on Monday": a subject without an article."""
        tags = self.tokens.tag
        if tags[first] != "w":
            return False
        return last - first <= 4 or (
            self.lexicon.language == "en"
            and last - first <= 9
            and any(self.tokens.low[k].endswith("s") for k in range(first, min(last, first + 3)))
            and all(tag in "wX#PTDpAqQ" for tag in tags[first:last])
            and "what" not in self.tokens.low[first:last]
        )

    def _is_described(self, k: int, first: int) -> bool:
        """Whether a verb tells of the subject: "an officer who was not authorised to talk", "a note published on"."""
        tokens = self.tokens
        if self.lexicon.language != "en" or tokens.tag[k] == "S":
            return tokens.low[k] == "than" and self.lexicon.language == "en"
        reduced = tokens.low[k].endswith("ed") and tokens.tag[k - 1] in "wX" and tokens.tag[k + 1] == "P"
        return reduced or any(tokens.tag[m] == "R" for m in range(max(first, k - 8), k))

    def _is_counted_group(self, k: int) -> bool:
        """ "Two nurses speaking on condition of anonymity"."""
        numeral = self.tokens.tag[k] == "#" or self.tokens.low[k] in number_starts(self.lexicon.language)
        return numeral and k + 1 < self.end and self.tokens.tag[k + 1] == "w" and self.tokens.low[k + 1] != "times"

    def _ends_content(self, mark: int, pointed: bool = False) -> bool:
        """Whether the token may stand between a content and the verb after it."""
        tag = self.tokens.tag[mark]
        return tag in ",>-" or (pointed and tag in ":;") or (tag == "." and self.tokens.word[mark] != ".")

    def _begins_with_infinitive(self, k: int) -> bool:
        """Whether a Spanish infinitive stands there, which cannot speak: «precisan pasar»."""
        return self.lexicon.language == "es" and self.tokens.tag[k] == "w" and is_long_infinitive(self.tokens.low[k])

    def _ends_in_name(self, start: int, mark: int) -> bool:
        """Whether a name in apposition ends what stands before the verb, its subject: «Aun así, el jefe, Ulises C.»"""
        comma = next((k for k in range(mark - 1, start, -1) if self.tokens.tag[k] == ","), None)
        return comma is not None and all(self.tokens.tag[k] == "X" for k in range(comma + 1, mark))
