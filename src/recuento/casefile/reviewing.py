"""What people decided about statements and claims, read out of the decisions, and new decisions added."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from recuento.casefile.casefile import Casefile
from recuento.model.decision import Act, Decision
from recuento.store import decisions


@dataclass(frozen=True, slots=True)
class Reviews:
    """The standing of every subject after all decisions: a later one replaces an earlier, an undo brings it back."""

    confirmed: frozenset[str]
    rejected: frozenset[str]
    withdrawn: frozenset[str]
    """Ids of claims that their speaker withdrew."""
    decisions: tuple[Decision, ...] = ()


def reviews(casefile: Casefile) -> Reviews:
    """Read the decisions of a casefile into what stands now."""
    with casefile.database.reading() as connection:
        return standing(decisions.all(connection))


def standing(all: Iterable[Decision]) -> Reviews:
    """What stands after these decisions, in the order of their numbers."""
    ordered = tuple(sorted(all, key=lambda decision: decision.id))
    undone = {dict(decision.details).get("decision") for decision in ordered if decision.act is Act.UNDO}
    acts: dict[str, Act] = {}
    for decision in ordered:
        if decision.act is not Act.UNDO and str(decision.id) not in undone:
            acts[decision.subject] = decision.act

    def subjects(act: Act, kind: str) -> frozenset[str]:
        return frozenset(s for s, decided in acts.items() if decided is act and s.startswith(kind))

    withdrawn = frozenset(s.removeprefix("claim:") for s in subjects(Act.WITHDRAW, "claim:"))
    return Reviews(subjects(Act.CONFIRM, "statement:"), subjects(Act.REJECT, "statement:"), withdrawn, ordered)


def decide(
    casefile: Casefile,
    subjects: Iterable[str],
    act: Act,
    *,
    by: str,
    at: datetime,
    details: Mapping[str, str] | None = None,
    why: str = "",
) -> tuple[Decision, ...]:
    """Append one decision a subject, all in one transaction."""
    pairs = tuple(sorted((details or {}).items()))
    with casefile.database.writing() as connection:
        return tuple(
            decisions.append(connection, subject=subject, act=act, by=by, at=at, details=pairs, why=why)
            for subject in subjects
        )
