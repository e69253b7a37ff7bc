"""What the team holds back from the dossier: a claim or a document, as a decision that can be taken back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import Connection

from recuento.casefile.casefile import Casefile
from recuento.casefile.review.correcting import Hand, details
from recuento.casefile.review.reviewing import standing
from recuento.errors import InvalidValue
from recuento.model.decision import Act, Decision
from recuento.model.dossier import PublishRules
from recuento.store import decisions

KINDS = ("claim", "demand", "document")
"""What can be held back. With a claim goes the statement it rests on, with a document all its statements."""


def held_back(casefile: Casefile) -> dict[tuple[str, str], Decision]:
    """The holds that stand, by the kind and the id (of a document its SHA-256) of what they hold."""
    with casefile.database.reading() as connection:
        return holds(decisions.all(connection))


def holds(every: Iterable[Decision]) -> dict[tuple[str, str], Decision]:
    """The holds that stand after these decisions."""
    last = standing(one for one in every if one.subject.startswith("hold:")).last
    found = {}
    for subject, decision in last.items():
        _, kind, id = subject.split(":", 2)
        found[kind, id] = decision
    return found


def hold(casefile: Casefile, wanted: Iterable[tuple[str, str, str]], hand: Hand) -> tuple[Decision, ...]:
    """Hold back things by kind, id and words; what is held already is left as it is.

    Raises InvalidValue for a kind that cannot be held back.
    """
    asked = tuple(wanted)
    for kind, _, _ in asked:
        if kind not in KINDS:
            raise InvalidValue(f"a {kind} cannot be held back by itself", f"no se puede retener solo: {kind}")

    def append(connection: Connection) -> tuple[Decision, ...]:
        held = holds(decisions.all(connection))
        return tuple(
            decisions.append(
                connection,
                f"hold:{kind}:{id}",
                Act.HOLD,
                by=hand.by,
                at=hand.at,
                details=(("words", words),),
                why=hand.why,
            )
            for kind, id, words in asked
            if (kind, id) not in held
        )

    return casefile.database.write(append)


def with_held(rules: PublishRules, held: Iterable[tuple[str, str]]) -> PublishRules:
    """The rules with what is held back withheld as well."""
    pairs = list(held)
    return replace(
        rules,
        withheld_claims=rules.withheld_claims | {id for kind, id in pairs if kind == "claim"},
        withheld_demands=rules.withheld_demands | {id for kind, id in pairs if kind == "demand"},
        withheld_documents=rules.withheld_documents | {id for kind, id in pairs if kind == "document"},
    )


def words_of(decision: Decision) -> str:
    """What was held back, in the words of whoever did it."""
    return details(decision).get("words", decision.subject)
