"""What people judged of pairs (two documents, two entries): what stands, how it is taken back, what contradicts it.

A judgement is a decision whose subject names the pair. A later one on the same pair replaces an earlier, an undo brings
it back. Pairs said to be one form groups, and no pair said to be two may lie within a group.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote, unquote

from sqlalchemy import Connection

from recuento.casefile.casefile import Casefile
from recuento.casefile.review.reviewing import decide
from recuento.model.decision import Act, Decision, undone_in

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class JudgedPairs:
    """Judgements on pairs of one sort: what their subjects begin with, and the acts that say one, two or neither."""

    prefix: str
    made: Callable[[Connection], Iterable[Decision]]
    """Every decision among which they are kept."""
    one: Act
    two: Act
    neither: tuple[Act, ...] = ()

    def subject(self, pair: Pair) -> str:
        """The subject of a decision on a pair; the order of the two means nothing."""
        return self.prefix + ":".join(quote(id, safe="/") for id in sorted(pair))

    def pair(self, decision: Decision) -> Pair:
        """The pair that a decision is about, the smaller id first."""
        one, other = (unquote(part) for part in decision.subject.removeprefix(self.prefix).split(":"))
        return one, other

    def of(self, casefile: Casefile) -> tuple[Decision, ...]:
        """The judgements that stand in a casefile, in the order in which they were made."""
        with casefile.database.reading() as connection:
            return self.standing(self.made(connection))

    def standing(self, all: Iterable[Decision]) -> tuple[Decision, ...]:
        """What stands after these decisions, in the order in which they were made."""
        ordered = sorted(all, key=lambda decision: decision.id)
        undone = undone_in(ordered)
        last: dict[str, Decision] = {}
        for decision in ordered:
            if decision.act in (self.one, self.two, *self.neither) and decision.id not in undone:
                last[decision.subject] = decision
        return tuple(sorted(last.values(), key=lambda decision: decision.id))

    def contradicted(self, standing: Sequence[Decision], pair: Pair, act: Act) -> Decision | None:
        """A judgement that cannot stand beside this one, to be taken back first; None where all can."""
        others = [decision for decision in standing if decision.subject != self.subject(pair)]
        joins = [decision for decision in others if decision.act is self.one]
        if act is self.one:
            reached = self._reached(joins, pair[0]) | self._reached(joins, pair[1])
            apart = [decision for decision in others if decision.act is self.two]
            return next((decision for decision in apart if reached.issuperset(self.pair(decision))), None)
        group = self._reached(joins, pair[0])
        if act is not self.two or pair[1] not in group:
            return None
        return self._last_that_joins([one for one in joins if self.pair(one)[0] in group], pair)

    def take_back(self, casefile: Casefile, number: int, *, by: str, at: datetime, why: str = "") -> Decision | None:
        """Take back the judgement whose decision has this number; None where no such judgement stands."""
        found = next((decision for decision in self.of(casefile) if decision.id == number), None)
        if found is None:
            return None
        return decide(casefile, [found.subject], Act.UNDO, by=by, at=at, details={"decision": str(number)}, why=why)[0]

    def _last_that_joins(self, group: Sequence[Decision], pair: Pair) -> Decision:
        """The latest judgement of a group without which the pair would fall apart, else the latest of all."""
        for decision in reversed(group):
            if pair[1] not in self._reached([one for one in group if one is not decision], pair[0]):
                return decision
        return group[-1]

    def _reached(self, joins: Iterable[Decision], start: str) -> set[str]:
        """Everything that joins lead to from here."""
        beside: dict[str, set[str]] = defaultdict(set)
        for one, other in map(self.pair, joins):
            beside[one].add(other)
            beside[other].add(one)
        reached, waiting = {start}, [start]
        while waiting:
            fresh = beside[waiting.pop()] - reached
            reached |= fresh
            waiting += sorted(fresh)
        return reached
