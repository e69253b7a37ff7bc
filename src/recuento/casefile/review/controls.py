"""Controls: statements whose right answer is known, altered and mixed into the queue, to see that nobody sleeps.

A reviewer who accepts whatever the machine offers makes the review worthless, and cannot be told from one who looks
(asking for corrections makes people accept more: Beck and others 2025). So every so often a statement that was decided
already comes back with one field changed. Seeing it is noted, and so is passing it; the statement itself stays as it
was decided.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from random import Random

from recuento.casefile.casefile import Casefile
from recuento.casefile.review.reviewing import decide
from recuento.errors import InvalidValue
from recuento.model.decision import Act, Decision
from recuento.model.measure import Vocabulary
from recuento.model.statement import Figure, Mode, Statement
from recuento.store import decisions
from recuento.values.quantity import Number, Quantity, quantity_from

_SUBJECT = "control:"
_TURNED = {
    Mode.ASSERTS: Mode.DENIES,
    Mode.DENIES: Mode.ASSERTS,
    Mode.DEMANDS: Mode.PROMISES,
    Mode.PROMISES: Mode.DENIES,
}
_CONFUSED = (("died", "injured"), ("transferred", "escaped"), ("population", "capacity"), ("recaptured", "remaining"))
"""Measures that a tired eye takes for one another."""


class Altered(StrEnum):
    """Which field of a control is not as it was decided."""

    QUANTITY = "quantity"
    MEASURE = "measure"
    STANCE = "stance"
    SPEAKER = "speaker"


@dataclass(frozen=True, slots=True)
class Control:
    """A statement as it is shown, `right` as it was decided, and the field that differs."""

    shown: Statement
    right: Statement
    altered: Altered


@dataclass(frozen=True, slots=True)
class Watch:
    """How somebody did: how many controls were shown, how many were seen to be wrong."""

    shown: int
    caught: int


def control_of(right: Statement, others: Iterable[Statement], vocabulary: Vocabulary, seed: int) -> Control | None:
    """The statement with one field altered, the same one for the same seed; None where nothing can be altered."""
    chance = Random(seed)
    ways: list[tuple[Altered, Callable[[], Statement | None]]] = [
        (Altered.QUANTITY, lambda: _another_number(right, chance)),
        (Altered.MEASURE, lambda: _another_measure(right, vocabulary)),
        (Altered.STANCE, lambda: replace(right, mode=_TURNED[right.mode]) if right.mode in _TURNED else None),
        (Altered.SPEAKER, lambda: _another_speaker(right, others, chance)),
    ]
    chance.shuffle(ways)
    for altered, way in ways:
        shown = way()
        if shown is not None and shown != right:
            return Control(shown, right, altered)
    return None


def is_caught(control: Control, answer: Statement | None) -> bool:
    """Whether the reviewer saw it: the altered field was changed, or the statement refused or referred (None)."""
    return answer is None or _field(answer, control.altered) != _field(control.shown, control.altered)


def note_control(casefile: Casefile, key: str, altered: Altered, caught: bool, *, by: str, at: datetime) -> Decision:
    """Note how a control on the statement `key` ended; nothing about the statement changes."""
    act = Act.CATCH if caught else Act.MISS
    subject = _SUBJECT + key.removeprefix("statement:")
    return decide(casefile, [subject], act, by=by, at=at, details={"altered": altered.value})[0]


def watch_of(casefile: Casefile, by: str) -> Watch:
    """How that person has done with all controls so far."""
    with casefile.database.reading() as connection:
        made = decisions.tally(connection, by, (Act.CATCH, Act.MISS))
    return Watch(sum(made.values()), made.get(Act.CATCH, 0))


def _field(statement: Statement, altered: Altered) -> object:
    if altered is Altered.STANCE:
        return statement.mode
    if altered is Altered.SPEAKER:
        return statement.speaker.name
    parts: dict[int, object] = {
        figure.anchor.start: figure.measure
        if altered is Altered.MEASURE
        else (figure.quantity.comparison, figure.quantity.stated)
        for figure in statement.figures
    }
    return parts


def _another_number(right: Statement, chance: Random) -> Statement | None:
    for place, figure in enumerate(right.figures):
        quantity = _changed(figure.quantity, chance)
        if quantity is not None:
            return _with_figure(right, place, replace(figure, quantity=quantity))
    return None


def _changed(quantity: Quantity, chance: Random) -> Quantity | None:
    """The quantity with two digits of its first number exchanged, or without its last digit: as a hand slips."""
    if not quantity.stated:
        return None
    first, *rest = quantity.stated
    slips = [slip for slip in _slips(first) if slip != first]
    chance.shuffle(slips)
    for slip in slips:
        try:
            return quantity_from(quantity.comparison, (slip, *rest), quantity.words)
        except InvalidValue:
            continue
    return None


def _slips(number: Number) -> list[Number]:
    if number != int(number) or number < 1:
        return []
    digits = str(int(number))
    swapped = [digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :] for i in range(len(digits) - 1)]
    return [int(one) for one in (*swapped, digits + digits[-1], digits[:-1] or str(int(number) + 1))]


def _another_measure(right: Statement, vocabulary: Vocabulary) -> Statement | None:
    for place, figure in enumerate(right.figures):
        other = next((other for pair in _CONFUSED for one, other in (pair, pair[::-1]) if figure.measure == one), None)
        if other is not None and other in vocabulary:
            return _with_figure(right, place, replace(figure, measure=other))
    return None


def _another_speaker(right: Statement, others: Iterable[Statement], chance: Random) -> Statement | None:
    names = {other.speaker.name: other.speaker for other in others if other.speaker.name}
    found = [speaker for name, speaker in sorted(names.items()) if name != right.speaker.name]
    return replace(right, speaker=chance.choice(found)) if found else None


def _with_figure(statement: Statement, place: int, figure: Figure) -> Statement:
    figures: Sequence[Figure] = statement.figures
    return replace(statement, figures=(*figures[:place], figure, *figures[place + 1 :]))
