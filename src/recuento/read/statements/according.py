"""Rules for phrases that name a source without a verb of their own: "according to", «según»."""

from __future__ import annotations

from itertools import pairwise

from recuento.read.readings import Reading
from recuento.read.sources.phrase_start import is_named_as
from recuento.read.sources.source_after import source_after
from recuento.read.sources.source_before import FARTHEST, source_before
from recuento.read.sources.subjects import RELATIVES
from recuento.read.statements.parenthetical import Parenthetical
from recuento.read.statements.sentence import has_clause, has_content
from recuento.read.text.lexicon import words_of
from recuento.read.text.tokens import Span
from recuento.read.text.verb_endings import PARTICIPLES
from recuento.values.number_words import number_starts

_STAFF = frozenset(["staff", "management", "police"])
_MOVING = frozenset(["avanzar"])
_LEARN = words_of("learnt")
_STANDS = frozenset(["consta", "constaba", "figura", "figuraba", "aparece", "desprende", "lee", "deduce", "recoge"])
_PRONOUNS = frozenset(["her", "him", "them", "ella", "él", "ellos", "ellas", "esta", "este"])
_RELATIVES = frozenset(["que", "quien", "quienes", "that", "which", "who"])
_WHOM = frozenset(["which", "whom", "cual", "cuales", "quien", "quienes"])
_ARTICLES = frozenset(["el", "la", "los", "las"])
_ACCOUNTS = words_of("accounts")
_POSSESSIVE = ("'s", "’s", "s'", "s’")
_COUNTS = words_of("names_of_counts")
_WHOSE = frozenset(["his", "her", "their", "its", "my", "our"])
_NO_SPEAKERS = words_of("no_speakers")
_ASIDE = 8
"""Tokens of when and where something came out."""


class According(Parenthetical):
    """Reads the sentence around "according to X"."""

    def _read_according(self, at_edges: bool) -> None:
        """ "According to X" at the edges of the sentence holds all of it; in the middle only what is left."""
        heads = self.lexicon.according_heads
        for k in [k for k in range(self.first, self.end) if self.tokens.low[k] in heads]:
            length = self._according_at(k)
            if length and at_edges and self._belongs_to_clause(k):
                continue
            placed = length and self.tokens.depth[k] == self.base and self._is_free(k)
            if placed and not self._is_told_to_speaker(k):
                reading = self._according(k, k + length)
                if reading is not None and (not at_edges or self._is_at_edge(reading)):
                    start, end = reading.content[-1]
                    if k < start:
                        self.readings = [r for r in self.readings if not self._lies_in(r, start, end)]
                    self.readings.append(reading)
                    return

    def _belongs_to_clause(self, k: int) -> bool:
        """Whether "as X says" after a "that" tells of that clause: "denied that it was over, | as the union says"."""
        if not self.lexicon.has("as", self.tokens.low[k]):
            return False
        for cue in self.cues:
            form = self.tokens.form[cue]
            if cue >= k or form is None or not self._is_speaking(cue, form):
                continue
            chosen = self._with_complement(cue, form)
            if chosen is not None and chosen[1].frame == "that" and chosen[1].start < k:
                return True
        return False

    def _is_at_edge(self, reading: Reading) -> bool:
        assert reading.cue is not None
        tokens, heads = self.tokens, ("tal", "así", "como", "lo")  # «Tal como lo dijo X, ...»
        opens = all(tokens.tag[k] in "CA,<" or tokens.low[k] in heads for k in range(self.first, reading.cue[0]))
        return opens or all(last <= reading.cue[0] for _, last in reading.content)

    def _according_at(self, k: int) -> int:
        """How many tokens of a phrase such as "according to" stand at `k`; 0 where none does."""
        low = self.tokens.low
        for phrase in self.lexicon.according_by_head.get(low[k], ()):
            last = k + len(phrase) - 1
            stands = low[k + 1 : k + 2] == [phrase[1]] and tuple(low[k:last]) == phrase[:-1] and last < self.end
            if stands and low[last] in (phrase[-1], f"{phrase[-1]}l"):
                return len(phrase)
        if low[k] == "by" and self._is_by_account(k):
            return 1
        return 1 if self.lexicon.has("according", low[k]) or self.lexicon.has("as", low[k]) else 0

    def _is_by_account(self, k: int) -> bool:
        """ "Forty slept there, by the colonel's count", "by his own admission": whose reckoning it is."""
        tokens, whose = self.tokens, False
        if k > self.first and tokens.tag[k - 1] not in ",-C":
            return False
        for m in range(k + 1, min(self.end, k + 9)):
            if whose and tokens.low[m] in _ACCOUNTS:
                return m + 1 >= self.end or tokens.tag[m + 1] in ",.-"
            whose = tokens.low[m].endswith(_POSSESSIVE) or tokens.low[m] in _WHOSE or (whose and tokens.low[m] == "own")
            if tokens.tag[m] not in "DpXwN#O":
                return False
        return False

    def _as_said(self, cue: int) -> Reading | None:
        """ "As the minister said, ...", «como dijo el ministro»."""
        tokens = self.tokens
        if cue > self.first and tokens.low[cue - 1] in ("even", "just", "same"):
            return None  # "Even as videos showed men climbing over the wall".
        if is_named_as(tokens, cue, self.first):
            return None  # «Un hombre que se identificó como jefe prometió ...»
        verb_at = next((k for k in range(cue + 1, min(self.end, cue + 12)) if tokens.tag[k] in "Qq,.;:<S"), None)
        if verb_at is None or tokens.tag[verb_at] not in "Qq":
            return None
        if tokens.tag[verb_at] == "q" and tokens.low[verb_at - 1] not in self.lexicon.lists.get("have", ()):
            return None
        form = tokens.form[verb_at]
        verb = form.verbs[0] if form is not None else None
        if form is None or verb is None or not verb.frames & {"p", "q"} or "k" in verb.frames:
            return None
        if not self._is_free(verb_at):
            return None
        source, place = source_before(tokens, cue + 1, verb_at, self.lexicon), verb_at + 1
        if source is None and self.lexicon.language == "es":
            source = source_after(tokens, place, self.end, self.lexicon, relative=False)
            place = source[1] if source is not None else place
        while place < self.end and place - verb_at < 12 and tokens.tag[place] in "DXwpPOAT#":
            place += 1
        told = source is not None and place < self.end and tokens.low[place] in _RELATIVES
        if source is not None and told and (cue == self.first or tokens.tag[cue - 1] in ",-"):
            place = next((k for k in range(place, self.end) if tokens.tag[k] in ",;:"), self.end)
            source = (source[0], place)
        if source is None or (place < self.end and tokens.tag[place] not in ",-"):
            return None
        content = self._contrasted(cue, place) or self._content_around(self._before_tal(cue), place)
        rule = f"{self.lexicon.language}.as"
        said = (self._verb_begin(verb_at) if tokens.tag[verb_at] == "q" else verb_at, verb_at + 1)
        return Reading(rule, said, content, source, verb, form.feature) if content else None

    def _before_tal(self, cue: int) -> int:
        """Where «tal como», «tal y como» begins; `cue` itself where «como» stands alone."""
        k = cue - (cue > self.first and self.tokens.low[cue - 1] == "y")
        return k - 1 if k > self.first and self.tokens.low[k - 1] == "tal" else cue

    def _contrasted(self, cue: int, place: int) -> list[Span]:
        """What alone somebody said, where it is set against the truth: «siete, y no | tres|, como sostenía X»."""
        tokens = self.tokens
        ends = place >= self.end or tokens.tag[place] != ","
        if self.lexicon.language != "es" or tokens.tag[cue - 1] != "," or not ends:
            return []
        k = next((m for m in range(cue - 2, max(self.first, cue - 8), -1) if tokens.tag[m] in "GVQ,"), cue)
        against = tokens.low[k - 1 : k + 1] in (["y", "no"], [",", "no"])
        return [(k + 1, cue - 1)] if against and k + 1 < cue - 1 else []

    def _according(self, cue: int, after: int) -> Reading | None:
        tokens = self.tokens
        if self.lexicon.has("as", tokens.low[cue]):
            return self._as_said(cue)
        if (pronoun := self._pronoun_of_noun(cue, after)) is not None:
            content = [(pronoun[1], self.end)]
            return Reading(f"{self.lexicon.language}.according.relative", (cue, after), content, pronoun, None, "3s")
        verb_end, verb, told = after, None, None
        k = after = after + 2 * (tokens.low[after : after + 2] == ["lo", "que"])
        while k < self.end and (tokens.tag[k] in "OVA" or tokens.low[k] == "podido"):
            k += 1
        form = tokens.form[k] if k < self.end else None
        if k + 1 < self.end and tokens.low[k] in _STANDS and tokens.low[k + 1] in ("en", "de", "del"):
            return self._learnt(cue, k + 2, k + 1)
        if k < self.end and k > after and tokens.low[k] in _LEARN:
            return self._learnt(cue, k + 1)
        if form is not None and (form.is_finite or form.feature == "part") and self.lexicon.language == "es":
            verb, verb_end = form.verbs[0], k + 1
            if verb.lemma in _MOVING:
                return None  # «Según avanza la fila»
            source = source_after(tokens, verb_end, self.end, self.lexicon)
            if (
                source is None
                and tokens.tag[verb_end : verb_end + 1]
                and verb_end < self.end
                and tokens.tag[verb_end] not in ",P.TA-"
            ):
                return None
            if source is None:
                source, told = self._told_where(verb_end)
        else:
            source = self._source_of_according(cue, after)
            if source is None:
                return None
        place = source[1] if source else told or verb_end
        if source is not None and verb is None and self.lexicon.language == "es":
            place = self._past_verb(place)
        if source is not None and verb is not None:
            source = self._told_by(source)
        content = self._content_around(cue, place)
        if not content:
            return None
        rule = f"{self.lexicon.language}.according"
        return Reading(rule, (cue, verb_end), content, source, verb, form.feature if verb and form else "3s")

    def _told_where(self, k: int) -> tuple[Span | None, int]:
        """Past when and where it came out, with who let it out: «según trascendió | de fuentes judiciales|, ...»."""
        tokens, low = self.tokens, self.tokens.low
        if self.lexicon.language != "es" or k >= self.end or tokens.tag[k] not in "PTA":
            return None, k
        comma = next((m for m in range(k, min(self.end, k + _ASIDE)) if tokens.tag[m] in ",VQ;:."), self.end)
        if comma >= self.end or tokens.tag[comma] != ",":
            return None, k
        named = low[k] in ("de", "por") and not self.lexicon.has("time", low[k + 1])
        source = source_after(tokens, k + 1, comma, self.lexicon, relative=False) if named else None
        return (source, k) if source is not None and source[1] == comma else (None, comma)

    def _past_verb(self, place: int) -> int:
        """«Según él mismo | contó, ...», «según la policía | informó»: the verb says no more than «según»."""
        tokens, k = self.tokens, place
        k += k < self.end and tokens.low[k] in ("mismo", "misma", "mismos", "mismas")
        said = k + 1 < self.end and tokens.tag[k] == "Q" and tokens.tag[k + 1] in ",."
        return k + 1 if said else place

    def _pronoun_of_noun(self, cue: int, after: int) -> Span | None:
        """ "A report according to which ...", «las versiones según las cuales ...»: the pronoun, after its noun."""
        tokens = self.tokens
        end = after + 1 + (after < self.end and tokens.low[after] in _ARTICLES)
        relative = end + 1 < self.end and tokens.low[end - 1] in _WHOM and tokens.tag[end] != ","
        return (after, end) if relative and cue > self.first and tokens.tag[cue - 1] in "wXq,)" else None

    def _is_manner(self, source: Span) -> bool:
        """Whether one bare word stands there that names nobody: "according to height", «según avanza la fila»."""
        first, tokens, lists = source[0], self.tokens, self.lexicon.lists
        low = tokens.low[first]
        ends = source[1] - first == 1 or tokens.tag[first + 1] == ","
        if not ends or tokens.tag[first] != "w" or low.endswith("s") or low in _STAFF:
            return False
        return not any(low in lists[name] for name in ("unnamed", "role", "organisation"))

    def _told_by(self, source: Span) -> Span:
        """«Según supo este diario de fuentes judiciales»: those who told the paper are the source."""
        low = self.tokens.low
        if low[source[0]] not in ("este", "esta", "el", "la"):
            return source
        of = next((k for k in range(*source) if low[k] == "de" and low[k + 1] in self.lexicon.lists["unnamed"]), None)
        return source if of is None or of - source[0] > 3 else (of + 1, source[1])

    def _learnt(self, cue: int, after: int, verb_end: int | None = None) -> Reading | None:
        """«Según pudo saber La Vereda, ...», «según consta en el acta»: what somebody could learn, or what holds it."""
        source = source_after(self.tokens, after, self.end, self.lexicon)
        if source is not None and source[1] < self.end and self.tokens.low[source[1]] in _RELATIVES:
            stop = next((k for k in range(source[1], self.end) if self.tokens.tag[k] in ",;:"), self.end)
            source = source[0], stop
        content = self._content_around(cue, source[1] if source else after)
        rule = f"{self.lexicon.language}.according"
        told = (cue, verb_end or after)
        return Reading(rule, told, content, source, None, "3s") if content and source else None

    def _source_of_according(self, cue: int, first: int) -> Span | None:
        if first < self.end and self.tokens.low[first] in _PRONOUNS and self.tokens.tag[first + 1 : first + 2] == [","]:
            return first, first + 1
        opens = all(self.tokens.tag[k] in "CA,<SP" for k in range(self.first, cue))
        source = source_after(self.tokens, first, self.end, self.lexicon, relative=opens)
        if source is None or source[0] != first:
            return None
        if opens and self.lexicon.language == "es" and self.tokens.low[source[1] : source[1] + 1] == ["y"]:
            other = source_after(self.tokens, source[1] + 1, self.end, self.lexicon, relative=False)
            if other is not None and other[0] == source[1] + 1:
                source = source[0], other[1]  # «Según la policía y el ministerio | hubo 12 muertos»
        if opens and source[1] >= self.end and self.lexicon.language == "en":
            # What looked like an apposition up to the end of the sentence is what they say.
            source = (source[0], next((k for k in range(*source) if self.tokens.tag[k] == ","), source[1]))
        if opens and self.lexicon.language == "es" and self.tokens.low[source[1] : source[1] + 1] == ["que"]:
            source = (source[0], next((k for k in range(source[1], self.end) if self.tokens.tag[k] in ",;:"), self.end))
        if opens and self.lexicon.language == "es":
            source = (source[0], self._end_of_opening_source(source))
        if not opens and source[1] < self.end and self.tokens.low[source[1]] in _RELATIVES:
            stop = next((k for k in range(source[1], self.end) if self.tokens.tag[k] in ",;:"), self.end)
            source = (source[0], stop)
        if not opens and self.lexicon.language == "es":
            source = self._within_sentence(source)
        if source[1] < self.end and self.tokens.tag[source[1]] != ",":
            comma = next(
                (k for k in range(source[1], min(self.end, source[1] + 14)) if self.tokens.tag[k] in ",VQ"), None
            )
            if comma is not None and self.tokens.tag[comma] == ",":
                source = (source[0], comma)
        if self._is_manner(source):
            return None
        if any(self.tokens.low[k] in _NO_SPEAKERS for k in range(source[0], min(source[1], source[0] + 3))):
            return None
        return source

    def _within_sentence(self, source: Span) -> Span:
        """The source with the relative clause that ends its sentence, without the subject that follows it.

        «..., según el registro, | que nadie discute»; «Subió, según la policía, | el número de muertos».
        """
        tokens, (first, end) = self.tokens, source
        comma = next((k for k in range(first, end) if tokens.tag[k] == ","), end)
        if comma + 2 < end and tokens.tag[comma + 1] == "D" and tokens.low[comma + 2] in _COUNTS:
            return first, comma
        told = end + 2 < self.end and tokens.tag[end] == "," and tokens.low[end + 1] in ("que", "quien", "quienes")
        if not told or any(tokens.tag[k] in ",;:<" for k in range(end + 1, self.end)):
            return source
        pronoun, verb = end + 1, tokens.tag[end + 2]
        if tokens.low[end + 2] in self.lexicon.lists["citing"]:
            return source
        return (first, self.end) if tokens.low[pronoun] != "que" or verb in "VQODGAN" else source

    def _end_of_opening_source(self, source: Span) -> int:
        """«Según X, portavoz de la junta, que estuvo allí, | la moneda caerá»: where the opening source ends."""
        tokens, far = self.tokens, min(self.end, source[0] + FARTHEST)
        commas = [k for k in range(source[0] + 1, far) if tokens.tag[k] == "," and tokens.depth[k] == self.base]
        for comma, following in pairwise(commas):
            if not self._tells_of_source(comma + 1, following):
                return comma
        return commas[-1] if commas and commas[-1] <= source[1] else source[1]

    def _tells_of_source(self, first: int, last: int) -> bool:
        """Whether words between commas tell of who is named before: an apposition, a participle, a relative, an age."""
        tokens, lists = self.tokens, self.lexicon.lists
        tag, low = tokens.tag[first], tokens.low[first]
        if low in RELATIVES or low in ("de", "del"):
            return True
        if any(tokens.tag[k] in "VQ" for k in range(first, last)) or tag not in "wqXD":
            return False
        if tag == "D":
            return any(
                tokens.low[k] in lists["role"] or tokens.low[k] in lists["woman"] for k in range(first, first + 3)
            )
        named = tokens.tag[first - 2] in "X#)" or "X" in tokens.tag[max(self.first, first - 9) : first]
        return (
            tag != "w"
            or low.endswith(PARTICIPLES)
            or (named and low not in number_starts("es") and not low.endswith("mente"))
        )

    def _content_around(self, cue: int, place: int) -> list[Span]:
        """The rest of the sentence around "according to X"."""
        tokens, found = self.tokens, []
        within = self._relative_around(cue, place) or self._clause_within(cue - 1, place)
        if within is not None:
            return within
        start, end = self._last_clause(self.first, cue), cue
        while start < end and tokens.tag[start] in "C,-":
            start += 1
        while end > start and tokens.tag[end - 1] in ",-(C":
            end -= 1
        again = self._is_set_against(cue)
        parted = cue > self.first and (self.tokens.tag[cue - 1] in ";:" or again)
        if (
            not parted
            and end - start >= 2
            and (has_content(tokens, start, end) or (place < self.end and tokens.tag[place] in ",-"))
        ):
            found.append((start, end))
        k = place
        while k < self.end and tokens.tag[k] in ",-)":
            k += 1
        if found and k + 1 < self.end and tokens.tag[k] == "C" and self._speaks_itself(k + 1):
            return found
        said = has_content(tokens, k, self.end) or has_clause(tokens, k, self.end, least=1)
        if (k < self.end and not found and said) or (
            k < self.end and found and tokens.tag[k - 1] in ",-" and self._is_rest(k, found[0][1])
        ):
            other = next((m for m in range(k + 1, self.end) if m > cue and self._is_set_against(m)), None)
            found.append((k, self.end if other is None else other - 1 - (tokens.tag[other - 2] == ",")))
        return found

    def _is_set_against(self, k: int) -> bool:
        """Whether a source at `k` is set against the one that opens: «Según X fueron 12 y | según Y fueron 20»."""
        tokens, heads = self.tokens, self.lexicon.according_heads
        joined = k - 1 > self.first and tokens.low[k - 1] in ("y", "e", "pero", "mientras")
        return joined and tokens.low[k] == "según" == tokens.low[self.first] and tokens.low[k] in heads

    def _last_clause(self, start: int, end: int) -> int:
        """Where the clause begins that a source at its end tells: «El cupo sobra; | nada se hizo, según X»."""
        tokens = self.tokens
        parts = [k for k in range(start, end) if tokens.tag[k] in ";:" and tokens.depth[k] == self.base]
        parted = self.lexicon.language == "es" and parts and has_clause(tokens, parts[-1] + 1, end, least=3)
        return parts[-1] + 1 if parted else start

    def _is_rest(self, k: int, before: int) -> bool:
        """Whether what follows the interruption goes on with the clause: a clause, or what its verb still lacks."""
        if self.lexicon.language == "es" and self.tokens.tag[k] in "SR" and self.tokens.tag[before - 1] not in "VQ":
            return False  # It tells of the source: «según X, que elevó la cifra».
        short = self.lexicon.language == "es" and self.tokens.tag[k] in "PD" and self.end - k >= 3
        return short or has_clause(self.tokens, k, self.end)
