"""Which conflicts to tell first."""

from __future__ import annotations

from collections.abc import Sequence

from recuento.casefile.events.balancing import Accounting
from recuento.model.balance import Conflict, ConflictKind
from recuento.model.casting import Cast, Event
from recuento.model.claim import Claim
from recuento.model.statement import Certainty


def strongest(
    conflicts: Sequence[Conflict], accounting: Accounting, event: Event, cast: Cast, *, most: int
) -> tuple[Conflict, ...]:
    """The conflicts that weigh most, each adding something that those before it do not say.

    What is asserted weighs more than hearsay, sums that cannot be more than plain disagreements, a clash inside one
    voice (a government and its ministers are one) more than one between voices, few claims more than many.
    Of clashes over the same terms only the first is taken until every set of terms has had its turn.
    """
    claims = {claim.id: claim for claim in accounting.claims}
    ranked = sorted(conflicts, key=lambda conflict: _weight(conflict, claims, event, accounting, cast))
    chosen: list[Conflict] = []
    later: list[Conflict] = []
    seen: set[tuple[str, ...]] = set()
    for conflict in ranked:
        topic = (conflict.kind.value, *sorted(conflict.terms))
        (later if topic in seen else chosen).append(conflict)
        seen.add(topic)
    return tuple([*chosen, *later][:most])


def _weight(
    conflict: Conflict, claims: dict[str, Claim], event: Event, accounting: Accounting, cast: Cast
) -> tuple[object, ...]:
    said = [claims[id] for id in conflict.claims if id in claims]
    hearsay = sum(claim.certainty is not Certainty.ASSERTED for claim in said)
    return (
        hearsay,
        conflict.kind is not ConflictKind.ARITHMETICAL,
        len({_voice(claim, cast) for claim in said}),
        -_headline_share(conflict, event, accounting),
        len(conflict.claims),
        conflict.claims,
    )


def _voice(claim: Claim, cast: Cast) -> str:
    """The actor whose voice a claim is in the end: a minister's is the ministry's, and that the government's."""
    id, seen = claim.actor, set[str]()
    while id is not None and id not in seen:
        seen.add(id)
        actor = cast.actor(id)
        if actor is None or actor.organisation is None:
            return id
        id = actor.organisation
    return id or claim.claimant


def _headline_share(conflict: Conflict, event: Event, accounting: Accounting) -> int:
    """How many terms of the conflict are of a measure that the event puts first."""
    measures = [term.measure for id in conflict.terms if (term := accounting.ledger.term(id)) is not None]
    return sum(measure in event.headline for measure in measures)
