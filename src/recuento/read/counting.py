"""What a number counts: who, what happened to them, and so which measure of the vocabulary it is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from recuento.model.measure import Vocabulary
from recuento.read.folding import fold, plain
from recuento.read.lexicon import words_of
from recuento.read.readings import Span
from recuento.read.tokens import Tokens
from recuento.values.bilingual import Language

REACH = 30
"""Tokens to each side of a number in which it is looked for what happened."""


@dataclass(frozen=True, slots=True)
class CountWords:
    """The words of one language for who is counted and what happened; phrases by their first word."""

    who: dict[str, str]
    event: dict[str, str]
    phrases: dict[str, tuple[tuple[tuple[str, ...], str, str], ...]]
    exists: frozenset[str]
    before_exists: frozenset[str]
    all: frozenset[str]


@cache
def count_words(language: Language) -> CountWords:
    """The words of `languages/LANGUAGE/counted.txt`."""
    text = files("recuento.read").joinpath("languages", language, "counted.txt").read_text(encoding="utf-8")
    single: dict[str, dict[str, str]] = {"who": {}, "event": {}}
    phrases: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    lists: dict[str, frozenset[str]] = {}
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        head, _, rest = line.partition(":")
        kind, _, name = head.partition(" ")
        if not name:
            lists[kind] = frozenset(rest.split())
            continue
        for entry in rest.split():
            words = tuple(entry.split("_"))
            if len(words) > 1:
                phrases.setdefault(words[0], []).append((words, kind, name))
            else:
                single[kind].setdefault(entry, name)
    return CountWords(
        single["who"], single["event"],
        {first: tuple(sorted(several, key=lambda p: -len(p[0]))) for first, several in phrases.items()},
        lists["exists"], lists["before_exists"], frozenset((*single["who"], *single["event"])),
    )  # fmt: skip


@cache
def _measure_table() -> tuple[tuple[str, str, str], ...]:
    text = files("recuento.read").joinpath("languages", "measures.txt").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return tuple((event, who, measure) for event, who, measure in rows)


@cache
def _terms(vocabulary: tuple[tuple[str, tuple[str, ...]], ...]) -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for id, terms in vocabulary:
        for term in terms:
            words = tuple(fold(term).split())
            if words:
                found.setdefault(words[0], []).append((words, id))
    return {first: tuple(sorted(several, key=lambda t: -len(t[0]))) for first, several in found.items()}


_latest: dict[Language, tuple[Vocabulary, dict[str, tuple[tuple[tuple[str, ...], str], ...]]]] = {}
"""The terms of the vocabulary read with last: texts come by the thousand with one and the same."""


def _terms_of(vocabulary: Vocabulary, language: Language) -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    kept = _latest.get(language)
    if kept is None or kept[0] is not vocabulary:
        own = tuple((m.id, m.terms_es if language == "es" else m.terms_en) for m in vocabulary.measures)
        kept = _latest[language] = (vocabulary, _terms(own))
    return kept[1]


@dataclass(frozen=True, slots=True)
class Sign:
    """One word or phrase that says who is counted or what happened, at its tokens."""

    span: Span
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Counted:
    """What a number counts: the measure, where one fits, and the words of who is counted."""

    measure: str | None
    noun: Span | None
    who: str | None
    event: str | None


def signs_in(tokens: Tokens, first: int, last: int, words: CountWords) -> list[Sign]:
    """Every word between two tokens that says who is counted or what happened, in order."""
    found: list[Sign] = []
    k = first
    while k < last:
        low = tokens.low[k]
        length = 1
        for phrase, kind, name in words.phrases.get(low, ()):
            if k + len(phrase) <= last and tuple(tokens.low[k : k + len(phrase)]) == phrase:
                found.append(Sign((k, k + len(phrase)), kind, name))
                length = len(phrase)
                break
        else:
            if low in words.who:
                found.append(Sign((k, k + 1), "who", words.who[low]))
            if low in words.event:
                found.append(Sign((k, k + 1), "event", words.event[low]))
        k += length
    return found


def measure_for(event: str | None, who: str | None, vocabulary: Vocabulary) -> str | None:
    """The measure of the table for what happened to whom, if the vocabulary has it."""
    for wanted_event, wanted_who, measure in _measure_table():
        if wanted_event == (event or "-") and wanted_who in ("*", who or "-"):
            return measure if measure in vocabulary else None
    return None


def _is_made_for(sign: Sign) -> bool:
    """Whether a sign says for how many a place was made: the number must follow it."""
    return sign.name == "capacity" and sign.span[1] - sign.span[0] > 1


_OF_THEM = frozenset([("de", "ellos"), ("de", "ellas"), ("of", "them"), ("of", "whom")])
_BEING = words_of("being")
_AUXILIARIES = words_of("auxiliaries")
_REMAINING = frozenset(["remain", "remains", "remained", "sigue", "siguen", "seguían", "continúan", "permanecen"])
_SUMMING = frozenset(["suman", "sumaban", "ascienden", "total", "totalled", "totaled", "number", "numbered"])
_LINKING = frozenset(["of", "de", "del", "among", "entre"])
_CHARGED_FOR = frozenset(["por", "over", "for"])
_CHARGED_WITH = dict.fromkeys(["murder", "murders", "homicide", "homicides"], _CHARGED_FOR | {"with", "of"})
_BACKGROUND = frozenset([
    "after", "tras", "following", "since", "before", "during", "durante", "despite", "amid", "desde", "whether", "when",
])  # fmt: skip
"""Before what happened, these words make it the background of something else: "after the breakout"."""
_WHOSE = frozenset(["cuya", "cuyo", "su", "whose", "its", "their"])
_BUT = frozenset(["but", "while", "although", "though", "whereas", "pero", "mientras", "aunque", "sino"])
_INCLUDING = words_of("including")
_SEEKING = tuple(sorted(words_of("seeking_staff")))
_MORE = frozenset(["more", "más", "over", "above", "beyond", "encima", "exceso", "superior"])
_NEUTRAL = words_of("neutral_after_number")
_NO_NOUN = {"en": ("ed", "ing", "ly"), "es": ("ado", "ados", "ada", "adas", "ido", "idos", "ida", "idas", "mente")}
"""Endings of words after a number that are no nouns: "34 injured", «40 hallados muertos»."""
_HOSPITALS = words_of("hospitals")
_HAS = words_of("has_inside")
_WHERE = frozenset(["at", "in", "inside", "en", "dentro", "held"])
_COUNTRY = frozenset([
    "country", "country's", "country’s", "nation", "nation's", "nation’s", "nationwide", "national", "país", "nacional",
    "nacionales", "república", "state", "state's", "state’s", "estado",
])  # fmt: skip
_METRES = frozenset(["metros", "metres", "meters", "m"])
_TUNNELS = frozenset(["túnel", "túneles", "tunnel", "tunnels"])


class Counter:
    """Tells what numbers count in one text. `stops` are the tokens at which another number begins."""

    def __init__(self, tokens: Tokens, language: Language, vocabulary: Vocabulary) -> None:
        self.tokens, self.language, self.vocabulary = tokens, language, vocabulary
        self.words = count_words(language)
        self.terms = _terms_of(vocabulary, language)

    def count(self, number: Span, first: int, last: int, unit: str | None) -> Counted:
        """What the number counts, looking no further than `first` and `last`."""
        left, right = self._window(number, first, last)
        before = signs_in(self.tokens, left, number[0], self.words)
        if left == number[0] and self._is_label(left - 2):
            before = signs_in(self.tokens, left - 2, left - 1, self.words)
        last = right
        after = signs_in(self.tokens, number[1], right, self.words)
        if self._is_tunnel(number, right) and "tunnel_length_m" in self.vocabulary:
            return Counted("tunnel_length_m", None, None, None)
        who = self._who(number, before, after)
        event = self._event(number, before, after, who)
        if event is not None and event.name in ("transferred", "admitted") and self._to_hospital(event.span[1], last):
            event = next((s for s in after if s.kind == "event" and s.name == "injured"), None)
            if event is None:
                return Counted(None, who.span if who else None, who.name if who else None, None)
        if unit == "percent":
            near = next((s.name for s in [*reversed(before), *after] if s.name in ("overcrowding", "occupancy")), None)
            near = near or self._over_capacity(number[1], right)
            return Counted(measure_for(near, "percent", self.vocabulary) if near else None, None, None, near)
        if who is None and self._counts_something_else(number[1], right):
            return Counted(self._by_term(number, right), None, None, None)
        if who is not None and who.name == "capacity" and (event is None or event.name != "seized"):
            return Counted(measure_for(None, "capacity", self.vocabulary), who.span, who.name, None)
        noun = who.span if who else None
        named = self._by_term(number, right)
        who_name = who.name if who else None
        measure = measure_for(event.name if event else None, who_name, self.vocabulary)
        if measure is None and event is not None and who_name is None:
            measure = measure_for(event.name, "person", self.vocabulary)
        if named is not None and (event is None or (measure is None and event.name != "taken")):
            measure = named
        if event is None and who is not None and measure is not None and self._does_something_else(who, right):
            measure = None
        if event is None and measure == "population" and not self._are_held(number, who):
            measure = None
        if event is None and measure == "agents_deployed" and self._are_sought(number):
            measure = None
        if measure == "prisons_in_country" and not self._in_country(number, right):
            measure = None
        if noun is None and event is not None and event.span[0] >= number[1] and event.span[0] - number[1] <= 2:
            noun = event.span
        return Counted(measure, noun, who_name, event.name if event else None)

    def phrase(self, first: int, last: int) -> str | None:
        """The measure that a phrase without a number concerns: "the list of those transferred"."""
        named = next(
            (id for k in range(first, last) if (id := self._term_at(k, last)) is not None and len(self._found) > 1),
            None,
        )
        signs = signs_in(self.tokens, first, last, self.words)
        who = next((s.name for s in signs if s.kind == "who"), None)
        special = next(
            (s.name for s in signs if s.kind == "who" and s.name in ("leader", "gang", "agent", "official", "weapon")),
            who,
        )
        event = next((s.name for s in signs if s.kind == "event"), None)
        for name in [s.name for s in signs if s.kind == "event"]:
            measure = measure_for(name, special, self.vocabulary) or measure_for(name, "person", self.vocabulary)
            if measure is not None:
                return measure
        measure = measure_for(event, special, self.vocabulary)
        return measure or named or (measure_for(None, who, self.vocabulary) if who else None)

    def _to_hospital(self, k: int, last: int) -> bool:
        return any(self.tokens.low[m] in _HOSPITALS for m in range(k, min(last, k + 5)))

    def _is_label(self, k: int) -> bool:
        """Whether the word at `k` is the label of a number in a table: "Transferred: 1,204"."""
        if k < 0 or self.tokens.tag[k + 1] != ":" or self.tokens.tag[k] not in "wXQV":
            return False
        return k == 0 or self.tokens.tag[k - 1] in ".;,<-:"

    def _is_tunnel(self, number: Span, right: int) -> bool:
        """«Un túnel de 60 metros», "a tunnel of 40 metres"."""
        low, end = self.tokens.low, number[1]
        if end >= right or low[end] not in _METRES or number[0] == 0 or low[number[0] - 1] not in ("de", "of"):
            return False
        return any(low[m] in _TUNNELS for m in range(max(0, number[0] - 4), number[0]))

    def _are_held(self, number: Span, who: Sign | None) -> bool:
        """Whether the words say where the prisoners are, or that a prison has them: not that some did a thing."""
        low, tag = self.tokens.low, self.tokens.tag
        if who is None or who.span[0] < number[1]:
            return who is not None and any(w in _BEING or w in _SUMMING for w in low[who.span[1] : number[0]])
        if low[number[0] - 1] in ("every", "each", "cada", "by", "por", "entre", "between"):
            return False
        near = range(max(0, number[0] - 3), number[0])
        has = next((m for m in near if low[m] in _HAS), None)
        if has is not None and not any(tag[m] in "VQq" or low[m].endswith("ed") for m in range(has + 1, number[0])):
            return True
        if number[0] > 0 and tag[number[0] - 1] in "VQ" and low[number[0] - 1] not in _BEING:
            return False  # «La carta que firman 140 reclusas del anexo».
        end = who.span[1]
        return low[end : end + 1] == ["del"] or (end < len(low) and low[end] in _WHERE)

    def _are_sought(self, number: Span) -> bool:
        """Whether guards are asked for, hired, suspended or only named, and so are not on duty."""
        low, k = self.tokens.low, number[0]
        if low[k - 1] in ("of", "de") or low[number[1] : number[1] + 1] in (
            ["retired"],
            ["former"],
            ["off-duty"],
            ["ex"],
        ):
            return True
        if self.language == "en" and k > 0 and self.tokens.tag[k - 1] in "wV" and low[k - 1].endswith(("ed", "ing")):
            return True  # "A prisoner attacked four officers".
        return any(low[m].startswith(_SEEKING) for m in range(max(0, k - 4), k))

    def _in_country(self, number: Span, right: int) -> bool:
        """Whether prisons are counted over a whole country or state: "the country's 52 prisons", «en 23 cárceles»."""
        low = self.tokens.low
        if number[0] > 0 and low[number[0] - 1] in ("in", "en"):
            return True
        return not _COUNTRY.isdisjoint(low[max(0, number[0] - 4) : min(right, number[1] + 8)])

    def _does_something_else(self, who: Sign, right: int) -> bool:
        """Whether those counted are the subject of a verb that no measure knows: "400 inmates protested"."""
        k = who.span[1]
        while k < right and self.tokens.tag[k] in "wXDP#":
            if self.tokens.low[k].endswith("ed") and self.tokens.tag[k] == "w":
                return True
            k += 1
        if k >= right or self.tokens.tag[k] not in "VQ":
            return False
        if self.tokens.low[k] in _SUMMING:
            return False
        if self.tokens.low[k] not in _BEING:
            return True
        while k < right and (
            self.tokens.low[k] in _BEING or self.tokens.tag[k] in "AG" or self.tokens.low[k] in ("to", "be")
        ):
            k += 1
        return self.language == "en" and k < right and self.tokens.tag[k] == "w"

    def _counts_something_else(self, k: int, right: int) -> bool:
        """Whether a noun that no list knows stands right after the number: "seven centres", «catorce capillas»."""
        words, low, tags = self.words, self.tokens.low, self.tokens.tag
        end = k
        while end < right and end - k < 4 and tags[end] in "wX" and low[end] not in _NEUTRAL:
            if low[end] in words.all or low[end] in words.phrases:
                return False
            end += 1
        if end == k or low[end - 1].endswith(_NO_NOUN[self.language]):
            return False
        return not any(low[m] in words.who for m in range(end, min(right, end + 2)))

    def _over_capacity(self, k: int, right: int) -> str | None:
        """ "35 % more than its capacity" is overcrowding; "at 168 % of its capacity" is occupancy."""
        near = self.tokens.low[k : min(right, k + 9)]
        if not any(word.startswith(("capac", "plaza")) for word in near):
            return None
        if not _MORE.isdisjoint(near[:3]):
            return "overcrowding"
        return "occupancy" if near[:1] in (["of"], ["de"], ["capacity"]) else None

    def names(self, measure: str, noun: Span) -> bool:
        """Whether the noun begins or ends a term of the vocabulary for this measure."""
        word = plain(self.tokens.low[noun[0]])
        if measure == "tunnel_length_m" and word in _METRES:
            return True
        return any(id == measure and word in words for several in self.terms.values() for words, id in several)

    _found: tuple[str, ...] = ()

    def _term_at(self, k: int, last: int) -> str | None:
        for words, id in self.terms.get(plain(self.tokens.low[k]), ()):
            if k + len(words) <= last and tuple(plain(w) for w in self.tokens.low[k : k + len(words)]) == words:
                self._found = words
                return id
        return None

    def _by_term(self, number: Span, right: int) -> str | None:
        for k in range(number[1], min(right, number[1] + 4)):
            if self.tokens.low[k] in ("con", "with", "cuya", "cuyo", "whose") or self.tokens.tag[k] in "SRC":
                return None
            id = self._term_at(k, right)
            if id is not None:
                return id
        return None

    def _window(self, number: Span, first: int, last: int) -> Span:
        """The clause around a number: to the marks and to the conjunctions that open another clause."""
        tokens = self.tokens
        left = number[0]
        while left > first and number[0] - left < REACH and tokens.tag[left - 1] not in (".", ";", ":"):
            if tokens.tag[left - 1] == "," and self._opens_clause(left, number[0]):
                break
            if (
                tokens.low[left - 1] in ("que", "that")
                and left < number[0] - 0
                and tokens.tag[left - 2 : left - 1]
                and tokens.tag[left - 2] in "Qq"
            ):
                break
            if number[0] - left > 1 and tokens.low[left - 1] in _BUT and tokens.tag[left] not in "VQ":
                break
            left -= 1
        right = number[1]
        while right < last and right - number[1] < REACH and tokens.tag[right] not in (".", ";", ":"):
            if right > number[1] and tokens.tag[right] == "#":
                break
            if tokens.tag[right] == "," and tokens.low[right + 1 : right + 2] and tokens.low[right + 1] in _INCLUDING:
                right = self._past_commas(right, last)
                continue
            if tokens.tag[right] in ",C" and right > number[1] and self._new_clause_after(right, last):
                break
            if tokens.tag[right] == "," and right + 1 < last and tokens.low[right + 1] in _BUT:
                break
            right += 1
        return left, right

    def _past_commas(self, k: int, last: int) -> int:
        """The token after ", including 140 women,": what is only put in between commas."""
        ends = next((m for m in range(k + 1, min(last, k + 10)) if self.tokens.tag[m] in ",.;"), k)
        return ends + 1 if self.tokens.tag[ends] == "," else min(last, ends)

    def _opens_clause(self, k: int, number: int) -> bool:
        """Whether the words between a comma and the number hold a verb of their own."""
        return any(self.tokens.tag[m] in "VQ" or self.tokens.low[m] in self.words.event for m in range(k, number))

    def _new_clause_after(self, k: int, last: int) -> bool:
        """Whether a comma or conjunction opens a clause with a number or subject of its own."""
        tokens = self.tokens
        m = k + 1
        while m < last and tokens.tag[m] in ",CASG":
            m += 1
        if m >= last:
            return False
        if tokens.low[m] in ("que", "that"):
            return tokens.tag[k] == "C"
        return any(tokens.tag[n] == "#" for n in range(m, min(last, m + 6))) and tokens.tag[k] in "C,"

    def _who(self, number: Span, before: list[Sign], after: list[Sign]) -> Sign | None:
        place = next((s for s in reversed(before) if s.kind == "who"), None)
        apart = place is not None and place is not before[-1]
        apart = apart and not self.tokens.low[before[-1].span[0]].endswith(("ar", "er"))
        if place is not None and place.name == "capacity" and number[0] - place.span[1] <= 3 and not apart:
            return place  # «Fueron construidos para albergar a 900».
        if tuple(self.tokens.low[number[1] : number[1] + 2]) in _OF_THEM:
            return self._counted_before(number[0])
        near = [
            s
            for s in after
            if s.kind == "who"
            and s.span[0] - number[1] <= 5
            and not _is_made_for(s)
            and not (s.name == "capacity" and self.tokens.low[s.span[0] - 1] in _WHOSE)
            and not self._is_apart(number[1], s.span[0])
            and (s.name != "weapon" or self.tokens.low[s.span[0] - 1] not in ("con", "with"))
        ]
        if len(near) > 1 and near[0].name == "person" and near[1].span[0] == near[0].span[1]:
            near = near[1:]  # «Cinco personas privadas de libertad».
        if near:
            first = near[0]
            if len(near) > 1 and near[1].name != first.name and self._listed_among(number[1], first, near[1]):
                return None
            leader = next((s for s in near if s.name == "leader"), None)
            return leader if leader is not None and leader.span[0] - first.span[1] <= 1 else first
        preceding = [s for s in before if s.kind == "who" and not self._does_it(s, number[0]) and not _is_made_for(s)]
        return preceding[-1] if preceding and number[0] - preceding[-1].span[1] <= 8 else None

    def _does_it(self, who: Sign, number: int) -> bool:
        """Whether they did to others what is counted: "police killed 12", "guards killed two men and wounded nine"."""
        k, tag = who.span[1], self.tokens.tag
        if self.tokens.low[k] not in self.words.event or k + 1 >= len(tag):
            return False
        return k + 1 == number or tag[k + 1] in "#D"

    def _counted_before(self, k: int) -> Sign | None:
        """Those of whom the number is a part: the last people counted before "of them"."""
        found = [s for s in signs_in(self.tokens, max(0, k - REACH), k, self.words) if s.kind == "who"]
        return found[-1] if found else None

    def _listed_among(self, number_end: int, one: Sign, other: Sign) -> bool:
        """ "12, entre presos y militares": people of several kinds, named together after a comma."""
        between = self.tokens.low[number_end : one.span[0]]
        return "," in between and self.tokens.low[one.span[1] : other.span[0]] in (["y"], ["and"])

    def _is_apart(self, first: int, last: int) -> bool:
        """Whether a verb, a clause or another phrase stands between a number and a word for people."""
        low, tag = self.tokens.low, self.tokens.tag
        return any(tag[k] in "VQSR" or (tag[k] == "P" and low[k] not in _LINKING) for k in range(first, last))

    def _event(self, number: Span, before: list[Sign], after: list[Sign], who: Sign | None) -> Sign | None:
        """What happened: right before the number, else inside the noun phrase, else the verb after, else before."""
        early = [
            s
            for s in before
            if s.kind == "event"
            and not self._is_background(s.span[0])
            and not self._told_by_the_way(s.span[1], number[0])
        ]
        late = [s for s in after if s.kind == "event" and not self._is_background(s.span[0]) and not self._is_charge(s)]
        end = who.span[1] if who is not None and who.span[0] >= number[1] else number[1]
        if early and self._has_as_object(early[-1], number[0]):
            return early[-1]
        inside = next((s for s in late if s.span[0] - end <= 1 and self.tokens.tag[s.span[0] - 1] not in "C,R"), None)
        if inside is not None and inside.name != "held":
            others = [s for s in (*early[-1:], *late) if s.name != inside.name]
            twofold = who is not None and who.span == inside.span
            joined = (
                next((s for s in (early[-1:] or late) if s.name == "identified"), None)
                if inside.name == "died"
                else None
            )
            if joined is not None:
                return Sign(inside.span, "event", "died+identified")
            if inside.name == "remaining" and others and 0 < others[0].span[0] - inside.span[1] + 1 <= 2:
                return others[0]
            if not (twofold and others):
                return self._undergone(inside, who, late) if who is not None else inside
            return others[0]
        new_clause = bool(early) and any(self.tokens.tag[k] == "C" for k in range(early[-1].span[1], number[0]))
        if early and number[0] - early[-1].span[1] <= 3 and not (new_clause and late):
            return early[-1]
        main = [s for s in late if not self._in_relative(s.span[0], end)]
        chosen = main or late
        if chosen:
            more = len(chosen) > 1 and chosen[0].name == "remaining" and chosen[1].span[0] - chosen[0].span[1] <= 2
            return chosen[1] if more else chosen[0]
        return early[-1] if early else None

    def _has_as_object(self, event: Sign, number: int) -> bool:
        """Whether a gerund right before a number has those counted as its object: "accused of killing two guards"."""
        return event.name in ("died", "injured", "released") and (
            event.span[1] == number and self.tokens.low[number - 1].endswith("ing")
        )

    def _undergone(self, inside: Sign, who: Sign, late: list[Sign]) -> Sign:
        """What became of those whom a word before them describes: "five escaped inmates have been recaptured"."""
        begin, tag, low = max(inside.span[1], who.span[1]), self.tokens.tag, self.tokens.low
        k = begin
        while k < len(tag) and (tag[k] in "AG" or low[k] in _AUXILIARIES or low[k] in _REMAINING):
            k += 1
        return next((s for s in late if s.span[0] == k > begin), inside)

    def _is_background(self, k: int) -> bool:
        """ "After the breakout, soldiers combed the fields": what happened before is not what is counted."""
        low, m = self.tokens.low, k - 1
        while m > 0 and k - m < 3 and self.tokens.tag[m] in "DpX":
            m -= 1
        return m >= 0 and low[m] in _BACKGROUND

    def _is_charge(self, sign: Sign) -> bool:
        """«Ocho custodios imputados por homicidio», "five held over the deaths": what they are held for."""
        low, m = self.tokens.low, sign.span[0] - 1
        while m > 0 and sign.span[0] - m < 4 and self.tokens.tag[m] in "DpX#":
            m -= 1
        return sign.name == "died" and m >= 0 and low[m] in _CHARGED_WITH.get(low[sign.span[0]], _CHARGED_FOR)

    def _told_by_the_way(self, k: int, number: int) -> bool:
        """Whether a relative clause with a verb stands between: "was killed in a riot that left five injured"."""
        tag = self.tokens.tag
        if self.tokens.low[k - 1 : k + 1] == ["accused", "of"]:
            return True  # "Accused of attacking two guards": they are not the accused.
        return any(tag[m] == "R" and tag[m + 1] in "VQq" and tag[m - 1] in "wX" for m in range(k + 1, number - 1))

    def _in_relative(self, k: int, first: int) -> bool:
        return any(
            self.tokens.tag[m] == "R" or self.tokens.low[m] in ("que", "who", "that")
            for m in range(max(first, k - 3), k)
        )
