"""What people decided about pairs of entries: one person, two, or not to be told. Appended, and can be taken back."""

from __future__ import annotations

from datetime import datetime

from recuento.casefile.casefile import Casefile
from recuento.casefile.review.judged_pairs import JudgedPairs
from recuento.casefile.review.reviewing import decide
from recuento.errors import InvalidValue
from recuento.link.decisions import Answer, PairDecision
from recuento.model.decision import Act, Decision
from recuento.store import decisions, people

_ENTRIES = JudgedPairs(decisions.PAIR, decisions.on_pairs, one=Act.SAME, two=Act.DIFFERENT, neither=(Act.UNSURE,))
_ACTS: dict[Answer, Act] = {"yes": Act.SAME, "no": Act.DIFFERENT, "unsure": Act.UNSURE}
_ANSWERS = {act: answer for answer, act in _ACTS.items()}


def standing_answers(casefile: Casefile) -> tuple[tuple[Decision, PairDecision], ...]:
    """The answers that stand, each with its decision, in the order in which they were given."""
    return tuple(
        (decision, PairDecision(*_ENTRIES.pair(decision), _ANSWERS[decision.act])) for decision in _ENTRIES.of(casefile)
    )


def answer(
    casefile: Casefile, one: str, other: str, given: Answer, *, by: str, at: datetime, why: str = ""
) -> Decision:
    """Note what a person judged of two entries; the later of two answers on a pair stands.

    Raises InvalidValue where there is no such entry, or where other answers that stand say the contrary.
    """
    pair = PairDecision(one, other, given).pair
    with casefile.database.reading() as connection:
        there = people.find_entries(connection, pair)
    for id in pair:
        if id not in there:
            raise InvalidValue(f"there is no entry {id!r}", f"no hay ningún registro {id!r}")
    clash = _ENTRIES.contradicted(_ENTRIES.of(casefile), pair, _ACTS[given])
    if clash is not None:
        raise _contradicts(clash)
    return decide(casefile, [_ENTRIES.subject(pair)], _ACTS[given], by=by, at=at, why=why)[0]


def undo_answer(casefile: Casefile, number: int, *, by: str, at: datetime, why: str = "") -> Decision:
    """Take back an answer by the number of its decision; raises InvalidValue where no such answer stands."""
    undone = _ENTRIES.take_back(casefile, number, by=by, at=at, why=why)
    if undone is None:
        raise InvalidValue(
            f"no answer {number} on a pair stands: see recuento link answers",
            f"no hay en pie una respuesta {number} sobre un par: vea recuento link answers",
        )
    return undone


def _contradicts(decision: Decision) -> InvalidValue:
    shown = " – ".join(_ENTRIES.pair(decision))
    return InvalidValue(
        f"this contradicts answer {decision.id} on {shown}: take that back first "
        f"(recuento link answers --undo {decision.id})",
        f"esto contradice la respuesta {decision.id} sobre {shown}: deshaga antes esa "
        f"(recuento link answers --undo {decision.id})",
    )
