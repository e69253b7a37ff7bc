"""Who is counted by a number: inmates, guards, weapons, places."""

from __future__ import annotations

from recuento.read.figures.number_clause import REACH, NumberClause
from recuento.read.text.count_words import Sign, signs_in
from recuento.read.text.lexicon import words_of
from recuento.read.text.tokens import Span

_OF_THEM = frozenset([("de", "ellos"), ("de", "ellas"), ("of", "them"), ("of", "whom")])
_BEING = words_of("being")
_SUMMING = frozenset(["suman", "sumaban", "ascienden", "total", "totalled", "totaled", "number", "numbered"])
_LINKING = frozenset(["of", "de", "del", "among", "entre"])
_WHOSE = frozenset(["cuya", "cuyo", "su", "whose", "its", "their"])
_SEEKING = tuple(sorted(words_of("seeking_staff")))
_HAS = words_of("has_inside")
_WHERE = frozenset(["at", "in", "inside", "en", "dentro", "held"])


class CountedPeople(NumberClause):
    """Finds who is counted."""

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


def _is_made_for(sign: Sign) -> bool:
    """Whether a sign says for how many a place was made: the number must follow it."""
    return sign.name == "capacity" and sign.span[1] - sign.span[0] > 1
