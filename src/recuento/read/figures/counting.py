"""What a number counts: who, what happened to them, and so which measure of the vocabulary it is."""

from __future__ import annotations

from dataclasses import dataclass

from recuento.read.figures.counted_events import CountedEvents
from recuento.read.figures.counted_people import CountedPeople
from recuento.read.figures.measure_terms import measure_for
from recuento.read.text.count_words import signs_in
from recuento.read.text.folding import plain
from recuento.read.text.lexicon import words_of
from recuento.read.text.tokens import Span

_MORE = frozenset(["more", "más", "over", "above", "beyond", "encima", "exceso", "superior"])
_NEUTRAL = words_of("neutral_after_number")
_NO_NOUN = {"en": ("ed", "ing", "ly"), "es": ("ado", "ados", "ada", "adas", "ido", "idos", "ida", "idas", "mente")}
"""Endings of words after a number that are no nouns: "34 injured", «40 hallados muertos»."""
_COUNTRY = frozenset([
    "country", "country's", "country’s", "nation", "nation's", "nation’s", "nationwide", "national", "país", "nacional",
    "nacionales", "república", "state", "state's", "state’s", "estado",
])  # fmt: skip
_METRES = frozenset(["metros", "metres", "meters", "m"])
_TUNNELS = frozenset(["túnel", "túneles", "tunnel", "tunnels"])


@dataclass(frozen=True, slots=True)
class Counted:
    """What a number counts: the measure, where one fits, and the words of who is counted."""

    measure: str | None
    noun: Span | None
    who: str | None
    event: str | None


class Counter(CountedPeople, CountedEvents):
    """Tells what numbers count in one text."""

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

    def _in_country(self, number: Span, right: int) -> bool:
        """Whether prisons are counted over a whole country or state: "the country's 52 prisons", «en 23 cárceles»."""
        low = self.tokens.low
        if number[0] > 0 and low[number[0] - 1] in ("in", "en"):
            return True
        return not _COUNTRY.isdisjoint(low[max(0, number[0] - 4) : min(right, number[1] + 8)])

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
