"""Corrections and additions: statements as a person put them right, kept beside what the machine read.

A correction holds the whole statement before and after, so that its history can be read without the reader that made
it. It is filed under the key of the statement as it was read: a reader that finds the same words again finds the
correction again. Nothing is overwritten; taking the decision back brings back what was read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from recuento.casefile.casefile import Casefile
from recuento.casefile.review.decided_meanwhile import DecidedMeanwhile
from recuento.casefile.review.reviewing import Reviews
from recuento.errors import InvalidValue
from recuento.model.decision import Act, Decision, undone_in
from recuento.model.document import Document
from recuento.model.statement import Statement
from recuento.model.statement_key import statement_key
from recuento.store import decisions
from recuento.store.encoding import decode, encode

PERSON = "person"
"""What stands in the place of a reader in a statement that a person added."""
_MANUAL = "m"


@dataclass(frozen=True, slots=True)
class Standing:
    """A statement as it stands: `key` is what decisions on it are filed under, `read` what the machine read."""

    key: str
    statement: Statement
    reviewed: bool
    rejected: bool = False
    read: Statement | None = None
    """None where a person added it."""


def statements_standing(
    document: Document, text: str, found: Sequence[Statement], decided: Reviews
) -> tuple[Standing, ...]:
    """The statements of a document as people left them, in reading order; the rejected ones are marked, not dropped.

    What was rejected takes along what is nested in it. A correction or an addition whose words do not stand in the
    text any more is left out: the statement waits for review again, and `recuento verify` names it.
    """
    rejected: set[str] = set()
    standing: list[Standing] = []
    for statement in found:
        key = statement_key(document, statement)
        out = key in decided.rejected or statement.parent in rejected
        if out:
            rejected.add(statement.id)
        corrected = _corrected(statement, decided.corrected.get(key), text)
        holds = corrected is not None or key not in decided.corrected
        standing.append(
            Standing(key, corrected or statement, key in decided.confirmed and holds and not out, out, statement)
        )
    for decision in decided.added:
        added = added_statement(decision)
        if decision.subject.split(":")[1] == document.sha256[:16] and added is not None and stands(added, text):
            key = decision.subject
            corrected = _corrected(added, decided.corrected.get(key), text)
            out = key in decided.rejected
            standing.append(Standing(key, corrected or added, key in decided.confirmed, out))
    return tuple(sorted(standing, key=lambda one: one.statement.content[0].start)) if decided.added else tuple(standing)


def stands(statement: Statement, text: str) -> bool:
    """Whether every word the statement rests on is exactly where it was."""
    return all(anchor.stands_on(text) for anchor in statement.anchors())


def before_and_after(decision: Decision) -> tuple[Statement | None, Statement | None]:
    """The statement before and after a decision, where the decision holds them."""
    details = dict(decision.details)
    before, after = (decode(Statement, details[name]) if name in details else None for name in ("from", "to"))
    return before, after


def corrections_of(document: Document, decided: Reviews) -> Iterator[tuple[Statement, Statement]]:
    """The statements of a document that ask for something, before and after each correction, taken back or not."""
    for decision in decided.put_right.get(document.sha256[:16], ()):
        before, after = before_and_after(decision)
        if before is not None and after is not None and before.asks and after.asks:
            yield before, after


def added_statement(decision: Decision) -> Statement | None:
    """The statement that an ADD decision holds."""
    return before_and_after(decision)[1]


@dataclass(frozen=True, slots=True)
class Hand:
    """Who decides and when. `seen` is the last decision on the statement that the person saw, None not to ask."""

    by: str
    at: datetime
    seen: int | None = None
    why: str = ""


def decide_on(casefile: Casefile, key: str, act: Act, hand: Hand) -> Decision:
    """Append a decision without details on a statement.

    Raises DecidedMeanwhile where there is a later one than the person saw: nothing is written then.
    """
    return _append(casefile, key, act, (), hand)


def correct(casefile: Casefile, key: str, before: Statement, after: Statement, hand: Hand) -> Decision:
    """Append what the statement filed under `key` should say; raises DecidedMeanwhile as `decide_on` does.

    Raises InvalidValue where nothing was changed: confirm it instead.
    """
    if before == after:
        raise InvalidValue("nothing was changed: confirm it instead", "no se cambió nada: confírmela")
    return _append(casefile, key, Act.CORRECT, (("from", encode(before)), ("to", encode(after))), hand)


def add(casefile: Casefile, document: Document, text: str, statement: Statement, hand: Hand) -> Decision:
    """Append a statement that no reader found. Raises InvalidValue where its words do not stand in the text, and
    DecidedMeanwhile where a decision on a statement of these very words stands already.
    """
    if not stands(statement, text):
        raise InvalidValue("the words do not stand in the text", "las palabras no están en el texto")
    first, last = statement.content[0].start, statement.content[-1].end
    made = replace(statement, id=f"{_MANUAL}{first}-{last}", parent=None, rule="", confidence=1.0, reader=PERSON)
    details = (("document", document.sha256), ("to", encode(made)))
    return _append(casefile, statement_key(document, made), Act.ADD, details, replace(hand, seen=0))


def undo(casefile: Casefile, number: int, *, by: str, at: datetime) -> Decision:
    """Take a decision back; raises InvalidValue where there is none, where it is an undo, or is taken back already."""
    with casefile.database.writing() as connection:
        target = decisions.numbered(connection, number)
        if target is None or target.act is Act.UNDO or decisions.is_taken_back(connection, number):
            raise InvalidValue(f"there is no decision {number} to undo", f"no hay decisión {number} que deshacer")
        return decisions.append(
            connection, target.subject, Act.UNDO, by=by, at=at, details=(("decision", str(number)),)
        )


def details(decision: Decision) -> Mapping[str, str]:
    """The details of a decision by name."""
    return dict(decision.details)


def _corrected(statement: Statement, decision: Decision | None, text: str) -> Statement | None:
    after = before_and_after(decision)[1] if decision is not None else None
    if after is None or not stands(after, text):
        return None
    # Who the statement is nested in, and which rule read it, is the reader's to say at every reading anew.
    return replace(after, id=statement.id, parent=statement.parent)


def _append(casefile: Casefile, key: str, act: Act, details: tuple[tuple[str, str], ...], hand: Hand) -> Decision:
    def append(connection: Connection) -> Decision:
        later = [one for one in decisions.on(connection, key) if hand.seen is not None and one.id > hand.seen]
        if later and (act is not Act.ADD or _stands(later)):
            raise DecidedMeanwhile(tuple(later))
        return decisions.append(connection, key, act, by=hand.by, at=hand.at, details=details, why=hand.why)

    return casefile.database.write(append)


def _stands(every: Sequence[Decision]) -> bool:
    undone = undone_in(every)
    return any(decision.act is not Act.UNDO and decision.id not in undone for decision in every)
