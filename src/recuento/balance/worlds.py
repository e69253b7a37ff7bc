"""Worlds: which claims one chooses to believe while computing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from recuento.balance.clashes import clashes
from recuento.balance.constraints import default_readings
from recuento.balance.oracle import Oracle, items_of
from recuento.balance.solve import solver_wanted
from recuento.balance.system import system_of
from recuento.model.balance import World
from recuento.model.casting import Cast, Party
from recuento.model.claim import Claim
from recuento.model.ledger import Constraint, Ledger
from recuento.model.statement import Certainty
from recuento.values.bilingual import Bilingual

ALL = "all"
UNCONTESTED = "uncontested"
_EVERYTHING = Bilingual(es="todo lo dicho", en="everything that was said")
_UNDISPUTED = Bilingual(es="lo que nadie contradice", en="what nothing contradicts")


def worlds_of(
    claims: Sequence[Claim],
    cast: Cast | Sequence[Party],
    ledger: Ledger,
    constraints: Sequence[Constraint],
    *,
    readings: Iterable[str] | None = None,
    speakers: bool = False,
    solver: bool | None = None,
) -> tuple[World, ...]:
    """Give the usual worlds: all, the uncontested, each party's account, and with `speakers` each speaker's.

    Only claims that constrain something count; parties and speakers with none have no world. Parties come in the
    order of the cast, then those it does not know.
    """
    on = tuple(sorted(default_readings(ledger) if readings is None else readings))
    bearing = {said.claim for said in constraints}
    mine = sorted((claim for claim in claims if claim.id in bearing), key=lambda claim: claim.id)
    worlds = [
        world_of(ALL, _EVERYTHING, (claim.id for claim in mine), on),
        uncontested_world(ledger, constraints, (claim.id for claim in mine), readings=on, solver=solver),
    ]
    parties = cast.parties if isinstance(cast, Cast) else tuple(cast)
    names = {party.id: party.name for party in parties}
    present = {claim.party for claim in mine}
    for party in [*(p.id for p in parties if p.id in present), *sorted(present - names.keys())]:
        said = (claim.id for claim in mine if claim.party == party)
        worlds.append(world_of(f"party:{party}", names.get(party, Bilingual.same(party)), said, on))
    if speakers:
        worlds += [_speaker_world(speaker, mine, on) for speaker in sorted({claim.speaker for claim in mine})]
    return tuple(worlds)


def world_of(id: str, name: Bilingual, claims: Iterable[str], readings: Iterable[str] = ()) -> World:
    """A world of any selection of claims."""
    return World(id, name, tuple(sorted(set(claims))), tuple(sorted(set(readings))))


def uncontested_world(
    ledger: Ledger,
    constraints: Sequence[Constraint],
    claims: Iterable[str],
    *,
    readings: Iterable[str] | None = None,
    solver: bool | None = None,
) -> World:
    """The claims that stand in no smallest conflict of all of them. Always possible, often saying little.

    Where there are too many conflicts to list, claims of any known conflict and all that share a term with one
    are left out, so that what stays is certainly uncontested by what was found.
    """
    on = tuple(sorted(default_readings(ledger) if readings is None else readings))
    everything = world_of(ALL, _EVERYTHING, claims, on)
    found = clashes(ledger, constraints, everything, merge=True, solver=solver)
    contested = found.contested
    if not found.complete:
        terms = {term for conflict in found.conflicts for term in conflict.terms}
        contested = contested | {said.claim for said in constraints if said.term in terms}
    return world_of(UNCONTESTED, _UNDISPUTED, (id for id in everything.claims if id not in contested), on)


def favoured_world(
    id: str,
    name: Bilingual,
    ledger: Ledger,
    constraints: Sequence[Constraint],
    claims: Sequence[Claim],
    *,
    party: str,
    readings: Iterable[str] | None = None,
    solver: bool | None = None,
) -> World:
    """What a party says as far as it holds together, filled with what others say where that does not contradict it.

    Claims are taken in turn and kept if they can be true with those kept before: the party's own first, asserted
    before less certain ones, later before earlier. Always possible.
    """
    on = tuple(sorted(default_readings(ledger) if readings is None else readings))
    oracle = Oracle(system_of(ledger, on), items_of(constraints), solver=solver_wanted(solver))
    by_id = {claim.id: claim for claim in claims}
    order = sorted(
        (number for number, item in enumerate(oracle.items) if any(c in by_id for c in item.claims)),
        key=lambda number: min(_preference(by_id[c], party) for c in oracle.items[number].claims if c in by_id),
    )
    kept: list[int] = []
    for number in order:
        if oracle.contradiction([*kept, number]) is None:
            kept.append(number)
    chosen = (c for number in kept for c in oracle.items[number].claims if c in by_id)
    return world_of(id, name, chosen, on)


def _speaker_world(speaker: str, claims: Sequence[Claim], readings: Sequence[str]) -> World:
    said = [claim for claim in claims if claim.speaker == speaker]
    return world_of(f"speaker:{speaker}", Bilingual.same(said[0].claimant), (claim.id for claim in said), readings)


def _preference(claim: Claim, party: str) -> tuple[bool, bool, int, str]:
    later_first = -claim.stated.last.toordinal()
    return (claim.party != party, claim.certainty is not Certainty.ASSERTED, later_first, claim.id)
