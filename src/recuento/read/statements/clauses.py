"""The rules: every attribution of a stretch of text, and inside its content again, as readings.

Order matters and is the same at every depth: verbs after their content («..., dijo X») first, since they hold the
rest of the sentence; then "according to"; then verbs before their content, from left to right.
"""

from __future__ import annotations

from recuento.read.readings import Reading
from recuento.read.sources.source_after import source_after
from recuento.read.sources.source_before import source_before
from recuento.read.statements.after_content import AfterContent
from recuento.read.statements.before_content import BeforeContent
from recuento.read.statements.claims import NOUNS, Claims
from recuento.read.statements.gapped import Gapped
from recuento.read.statements.nominal import Nominal
from recuento.read.statements.pointing_back import said_before
from recuento.read.statements.sentence import has_clause
from recuento.read.statements.views import OWN_VIEWS, Views
from recuento.read.text.count_words import count_words
from recuento.read.text.layout import is_gapped, sentences_of
from recuento.read.text.lexicon import Lexicon, words_of
from recuento.read.text.tokens import Span, Tokens

_REPORTED = words_of("reported_passive")
_RUMOURS = words_of("rumours")
_FIGURES = words_of("source_labels")
_ALLEGED = frozenset(["allegedly", "supposedly", "purportedly", "reputedly"])
_COMPARED = words_of("what_would_be")
_IN_CASE = frozenset(["sin", "con", "caso", "modo", "contrario", "entonces", "así", "hoy", "ahora"])
_SUPPOSED_TO_BE = words_of("supposed_to_be")
_HEARSAY_SIGNS = frozenset({"habría", "habrían", "reportedly", *_SUPPOSED_TO_BE, *_ALLEGED, *_RUMOURS})
_CITED_BY = ".cited.by"
_DOCUMENTS = words_of("documents")
_VOICED = (".post", ".answer", ".name", ".alone", ".below")
DEEPEST = 5
"""Levels of nesting that are read."""
CITED_WITHIN = 8
"""Tokens between who speaks after the words and whom they cite: "..., the radio reported on Monday, quoting"."""


def readings_of(
    tokens: Tokens,
    first: int,
    last: int,
    lexicon: Lexicon,
    level: int = 0,
    *,
    asked: bool = False,
    subject: Span | None = None,
    voiced: bool = False,
) -> list[Reading]:
    """All readings of the tokens `first` to `last` in the order of the text, each with its children.

    `asked` tells that the tokens are what somebody asks to be done, `subject` what stands before an interruption;
    `voiced` that they are somebody's own words.
    """
    found: list[Reading] = []
    before: Span | None = None
    for start, end in sentences_of(tokens, first, last, lexicon):
        if before is not None and not level and _is_unsaid(found, before):
            back = said_before(tokens, start, end, (before[0], _without_stop(tokens, *before)), lexicon)
            if back is not None:
                found = [reading for reading in found if reading.sentence != before]
                found.append(back)
                found += _told_in_source(SentenceReader(tokens, start, end, lexicon).read(), back)
                before = (start, end)
                continue
        before = (start, end)
        if (found or _answers(tokens, start)) and _is_quoted_alone(tokens, found, start, end):
            span = (start, _without_stop(tokens, start, end))
            found.append(Reading(f"{lexicon.language}.alone", None, [span], sentence=(start, end)))
            continue
        if found and _speaks_on(tokens, found[-1], first, start):
            found[-1].content.append((start, _without_stop(tokens, start, end)))
            found[-1].sentence = (found[-1].sentence[0], end)
            continue
        opening = subject if start == first else None
        inside = level > 0
        earlier = _subject_before_semicolon(tokens, found, start)
        reader = SentenceReader(
            tokens, start, end, lexicon, inside=inside, asked=asked, subject=opening, voiced=voiced, earlier=earlier
        )
        readings = reader.read()
        if level > 0:
            readings = [reading for reading in readings if not reading.rule.endswith(".hearsay")]
        if not readings and found and (gapped := _told_by_another(tokens, found[-1], start, end, lexicon)) is not None:
            readings = [gapped]
        if not readings and found and _goes_on(tokens, found[-1], first, start, end):
            span = (start, _without_stop(tokens, start, end))
            found[-1].content.append(span)
            found[-1].sentence = (found[-1].sentence[0], end)
        inner = end < last or (bool(readings) and last < len(tokens))  # A headline, and no quotation that is the text.
        inner = inner and all(".before." in reading.rule for reading in readings)
        if lexicon.language == "es" and not (found or level) and inner and _is_spoken(tokens, start, end):
            span = (start, _without_stop(tokens, start, end))
            readings = [Reading(f"{lexicon.language}.alone.first", None, [span], sentence=(start, end))]
        found += readings
    if level < DEEPEST:
        for reading in (r for r in found if ".hearsay" not in r.rule):
            _read_within(tokens, reading, (first, last), lexicon, level + 1)
    return found


def _told_in_source(readings: list[Reading], back: Reading) -> list[Reading]:
    """What a relative clause of the speaker tells: «Así lo contó Ana Paz, | quien asegura que»."""
    first, last = back.source or (0, 0)
    return [r for r in readings if r.cue is not None and r.source is not None and first < r.source[0] < r.cue[0] < last]


def _read_within(tokens: Tokens, reading: Reading, around: Span, lexicon: Lexicon, level: int) -> None:
    """Give a reading its children: what is said inside its content."""
    holder = reading.children[0] if reading.children else reading
    before: Span | None = None
    for start, end in reading.content:
        inner = _inside(tokens, start, end)
        if inner != around:
            asked = reading.kind == "demand"
            voiced = reading.rule.endswith(_VOICED) or tokens.tag[start - 1 : start] == ["-"]
            if reading.kind == "accuse" and before is None:
                before = reading.addressee
            told = readings_of(tokens, *inner, lexicon, level, asked=asked, subject=before, voiced=voiced)
            holder.children += [r for r in told if not _is_what_is_asked(reading, r)]
        before = (start, end) if not has_clause(tokens, start, end, least=1) else None
        if before is not None and reading.rule.endswith(_CITED_BY):
            before = start, reading.content[-1][0] - 1  # «Un informe, citado por X, | dice que»


def _is_what_is_asked(reading: Reading, inner: Reading) -> bool:
    """Whether a bare verb of saying is what somebody shall do: "demanded that officials say where they are"."""
    return reading.kind == "demand" and ".that." in reading.rule and inner.feature == "base"


def _ends_before(reading: Reading, k: int) -> bool:
    """Whether who speaks and what is said stand before token `k`, and shortly before it."""
    if reading.cue is None:
        return False
    last = max(reading.cue[1], reading.source[1] if reading.source else 0, reading.content[0][1])
    return 0 <= k - last <= CITED_WITHIN


def _is_unsaid(found: list[Reading], sentence: Span) -> bool:
    """Whether nobody is known to say a sentence: no reading was found there, or hearsay."""
    return all(".hearsay" in reading.rule for reading in found if reading.sentence == sentence)


def _is_quoted_alone(tokens: Tokens, found: list[Reading], start: int, end: int) -> bool:
    """Whether a sentence is one quotation after a sentence in which somebody speaks: “A”, dijo X. “B”."""
    stop = _without_stop(tokens, start, end)
    if tokens.tag[start] != "<" or tokens.partner[start] not in (stop - 1, end, end - 1):
        return False
    if _answers(tokens, start):
        return stop - start >= 3
    if stop - start < 5:
        return False
    inside = range(start + 1, stop - 2)
    if any(tokens.tag[k] in ",-" and tokens.tag[k + 1] == "Q" and tokens.tag[k + 2] in ".,-" for k in inside):
        return False
    before = [r for r in found if r.sentence[1] == start]
    return any(".alone" in r.rule or (r.source is not None or r.verb is not None) for r in before)


def _answers(tokens: Tokens, start: int) -> bool:
    """Whether a quotation stands right after a question: «¿Hubo muertos? | «Estamos esperando».»"""
    return start > 0 and tokens.tag[start] == "<" and tokens.word[start - 1].endswith("?")


def _is_spoken(tokens: Tokens, start: int, end: int) -> bool:
    """Whether a sentence is a clause in quotation marks: «Nadie fue golpeado». Con esa frase ..."""
    stop = _without_stop(tokens, start, end)
    whole = tokens.tag[start] == "<" and tokens.partner[start] in (stop - 1, end, end - 1)
    return whole and has_clause(tokens, start + 1, stop, least=4)


def _told_by_another(tokens: Tokens, last: Reading, start: int, end: int, lexicon: Lexicon) -> Reading | None:
    """«El libro dice que a las dos. | El teléfono, que a la una»: the verb of the sentence before is left out."""
    if lexicon.language == "en" or last.sentence[1] != start or ".before.that." not in last.rule:
        return None
    if not is_gapped(tokens, start, end):
        return None
    comma = next(k for k in range(start, end) if tokens.low[k : k + 2] == [",", "que"])
    content = [(comma + 1, _without_stop(tokens, start, end))]
    return Reading("es.before.that.gapped", None, content, (start, comma), sentence=(start, end))


def _goes_on(tokens: Tokens, last: Reading, first: int, start: int, end: int) -> bool:
    """Whether a sentence goes on with what the reading before it quotes: “A”, dijo X. “B”. —A —dijo X—. B."""
    if last.sentence[1] != start or (last.source is None and last.verb is None):
        return False
    stop = _without_stop(tokens, start, end)
    return ".after.clause." in last.rule and tokens.tag[first] == "-" and stop - start >= 3


def _subject_before_semicolon(tokens: Tokens, found: list[Reading], start: int) -> Span | None:
    """Who spoke last in the clause before a semicolon: «Uribe pidió el registro; | asegura que ...»."""
    if not found or start == 0 or tokens.tag[start - 1] != ";" or found[-1].sentence[1] != start:
        return None
    return next((reading.source for reading in found if reading.sentence[1] == start), None)


def _speaks_on(tokens: Tokens, last: Reading, first: int, start: int) -> bool:
    """Whether a sentence goes on after a closed aside with the speaker: «—A —dijo X—. Me contestó que B. C.»"""
    if last.sentence[1] != start or last.cue is None or ".after." not in last.rule:
        return False
    told = max(last.cue[1], last.source[1] if last.source is not None else 0)
    if tokens.tag[told : told + 2] != ["-", "."]:
        return False
    return tokens.tag[first] == "-" or tokens.depth[start] > 0


def _without_stop(tokens: Tokens, start: int, end: int) -> int:
    while (
        end - 1 > start
        and tokens.tag[end - 1] == "."
        and tokens.depth[end - 1] == tokens.depth[start] - (tokens.tag[start] == "<")
    ):
        end -= 1
    return end


def _inside(tokens: Tokens, start: int, end: int) -> Span:
    """A content without the pair of quotation marks around it."""
    if end - start > 2 and tokens.partner.get(start) == end - 1:
        return start + 1, end - 1
    return start, end


class SentenceReader(AfterContent, BeforeContent, Claims, Nominal, Gapped, Views):
    """Reads one sentence with all the rules."""

    def read(self) -> list[Reading]:
        """The readings of the sentence at this depth."""
        if not self.cues and not self._may_hold_more():
            if self.inside and self.lexicon.language == "es":
                self._read_loose_quotes()
            return self.readings
        self._read_after_content()
        if not self.readings:
            self._read_according(at_edges=True)
        self._read_before_content()
        self._read_gapped()
        self._read_parenthetical()
        self._read_claims()
        self._read_nominal()
        self._read_loose_claims()
        self._read_according(at_edges=False)
        if not self.readings:
            self._read_view()
        self._read_own_view()
        if not self.readings:
            self._read_name_and_colon()
            self._read_quote_and_name()
        if not self.readings:
            self._read_hearsay()
        self._read_cited_after()
        self._read_loose_quotes()
        if len(self.readings) == 1 and self.tokens.tag[self.first] == "<":
            self._widen(self.readings, self.first, min(self.tokens.partner[self.first], self.last))
        for reading in self.readings:
            reading.sentence = (self.first, self.last)
        self.readings.sort(key=lambda reading: (reading.cue or reading.content[0])[0])
        return self.readings

    def _read_cited_after(self) -> None:
        """ "..., the radio reported, quoting a fireman", «..., según la radio, que cita a un bombero»."""
        tokens, citing = self.tokens, self.lexicon.lists["citing"]
        if citing.isdisjoint(tokens.low[self.first : self.end]):
            return
        self._read_cited_before()
        for k in range(self.first + 2, self.end - 1):
            if tokens.low[k] not in citing or tokens.depth[k] != self.base:
                continue
            own = any(r.cue is not None and r.cue[0] <= k < r.cue[1] for r in self.readings)
            reading = None if own else next((r for r in self.readings if _ends_before(r, k)), None)
            after = k + 1 + (self.lexicon.language == "es" and tokens.low[k + 1] in ("a", "al"))
            source = source_after(tokens, after, self.end, self.lexicon) if reading is not None else None
            if reading is None or source is None or source[0] != after or reading.children:
                continue
            rule = f"{self.lexicon.language}.cited"
            reading.children.append(Reading(rule, (k, after), list(reading.content), source))

    def _read_cited_before(self) -> None:
        """ "Citing two officials, the paper said": they said it to whoever speaks."""
        tokens, first = self.tokens, self.first
        comma = next((k for k in range(first + 1, min(self.end, first + CITED_WITHIN)) if tokens.tag[k] == ","), None)
        if tokens.low[first] not in self.lexicon.lists["citing"] or comma is None or not self.readings:
            return
        reading = min(self.readings, key=lambda r: r.content[0][0])
        named = all(tokens.tag[k] in "DXwp#P" for k in range(first + 1, comma))
        if named and not reading.children and reading.source is not None and reading.source[0] > comma:
            rule = f"{self.lexicon.language}.cited"
            reading.children.append(Reading(rule, (first, first + 1), list(reading.content), (first + 1, comma)))

    def _may_hold_more(self) -> bool:
        if self.tokens.low[self.first] in ("para", "for") or not OWN_VIEWS.isdisjoint(
            self.tokens.low[self.first : self.end]
        ):
            return True
        if not NOUNS.isdisjoint(self.tokens.low[self.first : self.end]):
            return True
        tags = self.tokens.tag[self.first : self.end]
        low, heads = self.tokens.low, self.lexicon.according_heads
        lows = low[self.first : self.end]
        if not _HEARSAY_SIGNS.isdisjoint(lows) or not _REPORTED.isdisjoint(lows):
            return True
        return ":" in tags or any(
            low[k] in heads and not self.lexicon.has("as", low[k]) and self._according_at(k)
            for k in range(self.first, self.end)
        )

    def _read_name_and_colon(self) -> None:
        tokens = self.tokens
        colon = next((k for k in range(self.first, min(self.end, self.first + 10)) if tokens.tag[k] == ":"), None)
        if colon is None or colon == self.first or colon + 2 >= self.end:
            return
        if tokens.tag[colon + 1] not in "<-" and not self._is_headline(colon):
            return
        if (
            all(tokens.tag[k] in "XwDP" for k in range(self.first, self._end_of_name(colon)))
            and tokens.tag[self.first] in "XD"
        ):
            known = self.lexicon.lists["role"] | self.lexicon.lists["unnamed"] | self.lexicon.lists["organisation"]
            known |= _DOCUMENTS if self.inside else frozenset()
            if any(tokens.tag[k] == "X" or tokens.low[k] in known for k in range(self.first, colon)):
                end = self._end_of_named(colon + 1)
                rule = f"{self.lexicon.language}.name"
                self.readings.append(Reading(rule, None, [(colon + 1, end)], (self.first, colon)))
                self._read_next_name(end)

    def _end_of_name(self, colon: int) -> int:
        """Where a name of several words ends before its apposition: «Ana Paz, abogada de la familia: "..."»."""
        tokens, first = self.tokens, self.first
        comma = next((k for k in range(first, colon) if tokens.tag[k] == ","), colon)
        named = comma - first >= 2 and all(tokens.tag[k] == "X" for k in range(first, comma))
        told = all(tokens.tag[k] in "XwDPp,#" for k in range(comma, colon)) and tokens.tag[colon + 1] == "<"
        return comma if named and told else colon

    def _end_of_named(self, start: int) -> int:
        """A quotation after a name ends at its closing mark where another name with a colon follows."""
        tokens = self.tokens
        closing = tokens.partner.get(start, self.end) if tokens.tag[start] == "<" else self.end
        followed = (
            closing + 3 < self.end and tokens.tag[closing + 1] in ";,." and ":" in tokens.tag[closing : closing + 8]
        )
        return closing + 1 if followed else self.end

    def _read_next_name(self, place: int) -> None:
        """ "Minister: “...”; families: “...”": the second name."""
        tokens = self.tokens
        first = place + (place < self.end and tokens.tag[place] in ";,.")
        colon = next((k for k in range(first, min(self.end, first + 7)) if tokens.tag[k] == ":"), None)
        if colon is None or colon == first or colon + 2 >= self.end or tokens.tag[colon + 1] != "<":
            return
        if all(tokens.tag[k] in "XwDP" for k in range(first, colon)):
            rule = f"{self.lexicon.language}.name"
            self.readings.append(Reading(rule, None, [(colon + 1, self.end)], (first, colon)))

    def _is_headline(self, colon: int) -> bool:
        """ "Observatory: half of those transferred cannot be traced": one body or acronym, then a clause."""
        lists, low = self.lexicon.lists, self.tokens.low
        first = self.first + (self.tokens.tag[self.first] == "D")
        if self.base or colon - first != 1 or low[first] in _FIGURES or self.end - colon < 5:
            return False
        known = low[first] in lists["organisation"] or low[first] in lists["unnamed"]
        return known or (self.tokens.word[first].isupper() and len(low[first]) > 2)

    def _read_quote_and_name(self) -> None:
        """ "..." - Name"""
        tokens = self.tokens
        dash = next(
            (k for k in range(self.first + 4, self.end) if tokens.tag[k] == "-" and tokens.tag[k - 1] == ">"), None
        )
        if dash is None or not 1 <= self.end - dash - 1 <= 8 or tokens.depth[dash] != self.base:
            return
        if tokens.tag[dash + 1] == "X" and not any(tokens.tag[k] in "VQ" for k in range(dash + 1, self.end)):
            opening = tokens.partner[dash - 1]
            self.readings.append(
                Reading(f"{self.lexicon.language}.name.after", None, [(opening, dash)], (dash + 1, self.end))
            )

    def _read_hearsay(self) -> None:
        """«Seis internos habrían muerto», "is said to have escaped": hearsay without anybody who says it."""
        tokens = self.tokens
        if _HEARSAY_SIGNS.isdisjoint(lows := tokens.low[self.first : self.end]) and _REPORTED.isdisjoint(lows):
            return
        for k in range(self.first, self.end - 1):
            if tokens.depth[k] != self.base:
                continue
            if tokens.low[k] in _RUMOURS and (told := self._rumour_told(k)) is not None:
                self.readings.append(told)
                return
            opens = k == self.first and tokens.low[k] in _ALLEGED and tokens.tag[k + 1] == ","
            if opens and self.end - k > 4:
                content = [(k + 2, self.end)]
                self.readings.append(Reading(f"{self.lexicon.language}.hearsay", (k, k + 1), content, impersonal=True))
                return
            if tokens.low[k] == "reportedly":
                whole = (self.first, self.end)
                self.readings.append(Reading(f"{self.lexicon.language}.hearsay", (k, k + 1), [whole], impersonal=True))
                return
            if self.lexicon.language == "es":
                hearsay = tokens.low[k] in ("habría", "habrían") and tokens.low[k + 1].endswith(
                    ("do", "to", "cho", "so")
                )
                hearsay = (hearsay or self._is_supposed_of_people(k)) and "si" not in tokens.low[self.first : self.end]
            else:
                hearsay = tokens.low[k] in ("is", "are", "was", "were") and tokens.low[k + 1] in _REPORTED
                hearsay = hearsay and k + 2 < self.end and tokens.low[k + 2] in ("to", "missing", "dead")
            if hearsay:
                end = k + 1 + (tokens.low[k + 1].endswith(("do", "to", "cho", "so")) or self.lexicon.language == "en")
                reading = Reading(
                    f"{self.lexicon.language}.hearsay", (k, end), [(self.first, self.end)], impersonal=True
                )
                self.readings.append(reading)
                return

    def _is_supposed_of_people(self, k: int) -> bool:
        """Whether a conditional tells of people what nobody vouches for: «entre los muertos | estaría un guía».

        A sentence that compares, tells what is to come, or has another verb before, tells what would be.
        """
        tokens, low = self.tokens, self.tokens.low
        if self.inside or low[k] not in _SUPPOSED_TO_BE:
            return False
        if any(tokens.tag[m] in "VQSRG" or low[m] in _IN_CASE for m in range(self.first, k)):
            return False
        after = range(k + 1, min(self.end, k + 6))
        if any(low[m] in _COMPARED or low[m].startswith("20") for m in after):
            return False
        if low[k] in ("serían", "habría") and not any(self._is_number(m) for m in after):
            return False
        people = count_words("es")
        return any(low[m] in people.who or low[m] in people.event for m in range(self.first, self.end))

    def _rumour_told(self, noun: int) -> Reading | None:
        """ "A rumour was going round that", «circulan versiones de que»: nobody says it."""
        tokens = self.tokens
        for k in range(noun + 1, min(self.end - 2, noun + 16)):
            if tokens.low[k] in ("that", "que") and (k > noun + 1 or self.lexicon.language == "es"):
                begin = noun
                while begin > self.first and noun - begin < 4 and tokens.tag[begin - 1] not in ",.;:<>-S":
                    begin -= 1
                spoken = range(begin, k)
                if not any((tokens.tag[m] in "VQqw" or m == self.first) and m != noun for m in spoken):
                    return None
                cue = (begin, k)
                return Reading(f"{self.lexicon.language}.hearsay.noun", cue, [(k, self.end)], impersonal=True)
            if tokens.tag[k] in ",.;:<>" and not (tokens.tag[k] == ":" and tokens.low[k + 1] in ("that", "que")):
                return None
        return None

    def _read_loose_quotes(self) -> None:
        """What is said inside a quotation that no reading holds."""
        spanish = self.lexicon.language == "es"  # What is told in English marks is read for its own statements alone.
        for k in range(self.first, self.end):
            if self.tokens.tag[k] == "<" and self.tokens.depth[k] == self.base + 1:
                end = min(self.tokens.partner[k], self.end)
                if end - k >= 7 and self._is_free(k):
                    inner = readings_of(self.tokens, k + 1, end, self.lexicon, DEEPEST - spanish)
                    self._give_subject(inner, k)
                    if k == self.first:
                        self._widen(inner, k, end)
                    self.readings += inner

    def _give_subject(self, inner: list[Reading], opening: int) -> None:
        """«Las reclusas «exageran porque creen que así salen»»: the subject may stand before the mark."""
        tokens, verb = self.tokens, opening + 1
        while verb < self.end - 1 and tokens.tag[verb] in "GOA":
            verb += 1
        if self.lexicon.language != "es" or tokens.tag[verb] not in "VQ":
            return
        subject = source_before(tokens, self.first, opening, self.lexicon)
        if subject is None or subject[1] != opening:
            return
        for reading in inner:
            form = tokens.form[reading.cue[1] - 1] if reading.cue is not None else None
            to_us = reading.cue is not None and tokens.low[reading.cue[1] - 2] in ("me", "nos")
            if reading.source is None and not reading.impersonal and form is not None and not to_us:
                reading.source = subject if self._agrees(subject, form) else None

    def _widen(self, inner: list[Reading], opening: int, closing: int) -> None:
        """«No hubo disparos, dijo X. Entraron ...»: marks that hold the verb too; all beside it is what is said."""
        told = inner[0] if inner else None
        if (
            told is None
            or told.cue is None
            or ".after.clause." not in told.rule
            or told.content[0][0] - opening not in (0, 1)
        ):
            return
        if any(reading is not told and reading.cue is not None for reading in inner):
            return
        place = max(told.cue[1], told.source[1] if told.source is not None else 0)
        rest = next((k for k in range(place, min(closing, place + 2)) if self.tokens.tag[k] not in ".,;-"), None)
        if rest is None or closing - rest < 3:
            return
        del inner[1:]
        told.content = [(opening, told.content[0][1]), (rest, min(closing + 1, self.last))]
