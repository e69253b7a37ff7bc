"""What happened to those whom a number counts: they died, fled, were moved."""

from __future__ import annotations

from recuento.read.figures.number_clause import NumberClause
from recuento.read.text.count_words import Sign
from recuento.read.text.lexicon import words_of
from recuento.read.text.tokens import Span

_AUXILIARIES = words_of("auxiliaries")
_REMAINING = frozenset(["remain", "remains", "remained", "sigue", "siguen", "seguían", "continúan", "permanecen"])
_CHARGED_FOR = frozenset(["por", "over", "for"])
_CHARGED_WITH = dict.fromkeys(["murder", "murders", "homicide", "homicides"], _CHARGED_FOR | {"with", "of"})
_BACKGROUND = frozenset([
    "after", "tras", "following", "since", "before", "during", "durante", "despite", "amid", "desde", "whether", "when",
])  # fmt: skip
"""Before what happened, these words make it the background of something else: "after the breakout"."""
_HOSPITALS = words_of("hospitals")


class CountedEvents(NumberClause):
    """Finds what happened to those counted."""

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

    def _to_hospital(self, k: int, last: int) -> bool:
        return any(self.tokens.low[m] in _HOSPITALS for m in range(k, min(last, k + 5)))
