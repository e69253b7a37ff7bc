"""What people decided about pairs of entries: one person, two, or not to be told. Appended, and can be taken back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from urllib.parse import quote, unquote

from recuento.casefile.casefile import Casefile
from recuento.casefile.reviewing import decide
from recuento.errors import InvalidValue
from recuento.link.decisions import Answer, PairDecision
from recuento.model.decision import Act, Decision
from recuento.store import decisions, people

_ACTS: dict[Answer, Act] = {"yes": Act.SAME, "no": Act.DIFFERENT, "unsure": Act.UNSURE}
_ANSWERS = {act: answer for answer, act in _ACTS.items()}

Pair = tuple[str, str]


def standing_answers(casefile: Casefile) -> tuple[tuple[Decision, PairDecision], ...]:
    """The answers that stand, each with its decision, in the order in which they were given."""
    with casefile.database.reading() as connection:
        return standing(decisions.on_pairs(connection))


def standing(all: Iterable[Decision]) -> tuple[tuple[Decision, PairDecision], ...]:
    """What stands after these decisions: a later one on the same pair replaces an earlier, an undo brings it back."""
    ordered = sorted(all, key=lambda decision: decision.id)
    undone = {dict(decision.details).get("decision") for decision in ordered if decision.act is Act.UNDO}
    last: dict[str, Decision] = {}
    for decision in ordered:
        if decision.act in _ANSWERS and str(decision.id) not in undone:
            last[decision.subject] = decision
    return tuple(
        (decision, PairDecision(*_pair(decision), _ANSWERS[decision.act]))
        for decision in sorted(last.values(), key=lambda decision: decision.id)
    )


def answer(
    casefile: Casefile, one: str, other: str, given: Answer, *, by: str, at: datetime, why: str = ""
) -> Decision:
    """Note what a person judged of two entries; the later of two answers on a pair stands.

    Raises InvalidValue where there is no such entry, or where other answers that stand say the contrary.
    """
    PairDecision(one, other, given)
    with casefile.database.reading() as connection:
        there = people.find_entries(connection, (one, other))
    for id in (one, other):
        if id not in there:
            raise InvalidValue(f"there is no entry {id!r}", f"no hay ningún registro {id!r}")
    others = [(d, pair) for d, pair in standing_answers(casefile) if pair.pair != _ordered(one, other)]
    _refuse_contradiction(others, _ordered(one, other), given)
    return decide(casefile, [_subject(one, other)], _ACTS[given], by=by, at=at, why=why)[0]


def undo_answer(casefile: Casefile, number: int, *, by: str, at: datetime, why: str = "") -> Decision:
    """Take back an answer by the number of its decision; raises InvalidValue where no such answer stands."""
    found = next((d for d, _ in standing_answers(casefile) if d.id == number), None)
    if found is None:
        raise InvalidValue(
            f"no answer {number} on a pair stands: see recuento link answers",
            f"no hay en pie una respuesta {number} sobre un par: vea recuento link answers",
        )
    return decide(casefile, [found.subject], Act.UNDO, by=by, at=at, details={"decision": str(number)}, why=why)[0]


def _refuse_contradiction(others: list[tuple[Decision, PairDecision]], pair: Pair, given: Answer) -> None:
    """Persons joined by "yes" form groups; a "no" may not stand within one. Raises InvalidValue naming a decision."""
    if given == "unsure":
        return
    joins = [one.pair for _, one in others if one.answer == "yes"]
    if given == "no":
        if pair[1] in _reached(joins, pair[0]):
            chain = next(
                d for d, one in reversed(others) if one.answer == "yes" and one.pair[0] in _reached(joins, pair[0])
            )
            raise _contradicts(chain)
        return
    group = _reached([*joins, pair], pair[0])
    for decision, one in others:
        if one.answer == "no" and one.pair[0] in group and one.pair[1] in group:
            raise _contradicts(decision)


def _contradicts(decision: Decision) -> InvalidValue:
    shown = " – ".join(_pair(decision))
    return InvalidValue(
        f"this contradicts answer {decision.id} on {shown}: take that back first "
        f"(recuento link answers --undo {decision.id})",
        f"esto contradice la respuesta {decision.id} sobre {shown}: deshaga antes esa "
        f"(recuento link answers --undo {decision.id})",
    )


def _reached(joins: Iterable[Pair], start: str) -> set[str]:
    beside: dict[str, set[str]] = defaultdict(set)
    for one, other in joins:
        beside[one].add(other)
        beside[other].add(one)
    reached, waiting = {start}, [start]
    while waiting:
        fresh = beside[waiting.pop()] - reached
        reached |= fresh
        waiting += sorted(fresh)
    return reached


def _ordered(one: str, other: str) -> Pair:
    return (one, other) if one < other else (other, one)


def _subject(one: str, other: str) -> str:
    return decisions.PAIR + ":".join(quote(id, safe="/") for id in _ordered(one, other))


def _pair(decision: Decision) -> Pair:
    one, other = (unquote(part) for part in decision.subject.removeprefix(decisions.PAIR).split(":"))
    return one, other
