"""What people decided about statements and claims, read out of the decisions, and new decisions added."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from recuento.casefile.casefile import Casefile
from recuento.casefile.review.decided_meanwhile import refuse_unseen
from recuento.model.decision import Act, Decision, undone_in
from recuento.store import decisions
from recuento.store.layer_moves import is_orphan


@dataclass(frozen=True, slots=True)
class Reviews:
    """The standing of every subject after all decisions: a later one replaces an earlier, an undo brings it back."""

    confirmed: frozenset[str]
    """Statements a person answers for: confirmed as read, corrected, or added."""
    rejected: frozenset[str]
    withdrawn: frozenset[str]
    """Ids of claims that their speaker withdrew."""
    decisions: tuple[Decision, ...] = ()
    corrected: Mapping[str, Decision] = field(default_factory=dict)
    """The correction that stands, by the key of the statement as it was read or added."""
    added: tuple[Decision, ...] = ()
    """The additions that were not undone nor stayed with an earlier text; `rejected` may hold one all the same."""
    put_right: Mapping[str, Sequence[Decision]] = field(default_factory=dict)
    """Every correction, also one that was replaced or taken back, by the first 16 digits of its document."""
    last: Mapping[str, Decision] = field(default_factory=dict)
    """The decision that stands, by its subject."""


def reviews(casefile: Casefile) -> Reviews:
    """Read the decisions of a casefile into what stands now."""
    with casefile.database.reading() as connection:
        return standing(decisions.all(connection))


def standing(all: Iterable[Decision]) -> Reviews:
    """What stands after these decisions, in the order of their numbers."""
    ordered = tuple(sorted(all, key=lambda decision: decision.id))
    undone = undone_in(ordered)
    stands = [decision for decision in ordered if decision.act is not Act.UNDO and decision.id not in undone]
    last = {decision.subject: decision for decision in stands}

    put_right: dict[str, list[Decision]] = {}
    for decision in ordered:
        if decision.act is Act.CORRECT:
            put_right.setdefault(decision.subject.split(":")[1], []).append(decision)

    def subjects(kind: str, *acts: Act) -> frozenset[str]:
        return frozenset(s for s, decision in last.items() if decision.act in acts and s.startswith(kind))

    return Reviews(
        confirmed=subjects("statement:", Act.CONFIRM, Act.CORRECT, Act.ADD),
        rejected=subjects("statement:", Act.REJECT),
        withdrawn=frozenset(s.removeprefix("claim:") for s in subjects("claim:", Act.WITHDRAW)),
        decisions=ordered,
        corrected={s: decision for s, decision in last.items() if decision.act is Act.CORRECT},
        added=tuple(one for one in stands if one.act is Act.ADD and not is_orphan(one.subject)),
        put_right=put_right,
        last=last,
    )


def decide(
    casefile: Casefile,
    subjects: Iterable[str],
    act: Act,
    *,
    by: str,
    at: datetime,
    details: Mapping[str, str] | None = None,
    why: str = "",
    after: int | None = None,
) -> tuple[Decision, ...]:
    """Append one decision a subject, all in one transaction.

    `after` is the number of the last decision that `by` has seen, 0 where there was none: if any of the subjects has
    a later one, nothing is written and DecidedMeanwhile is raised. None decides whatever others have decided.
    """
    pairs = tuple(sorted((details or {}).items()))
    wanted = tuple(subjects)

    def append(connection: Connection) -> tuple[Decision, ...]:
        if after is not None:
            refuse_unseen(connection, wanted, after)
        return tuple(
            decisions.append(connection, subject=subject, act=act, by=by, at=at, details=pairs, why=why)
            for subject in wanted
        )

    return casefile.database.write(append)
