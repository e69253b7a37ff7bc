"""What follows from the figures of an event, world by world."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from recuento.balance.bounds import balance
from recuento.balance.clashes import conflicts
from recuento.balance.constraints import constraints_from, default_readings
from recuento.balance.ledgers import ledger_for
from recuento.balance.words import conflict_sentence
from recuento.balance.worlds import world_of, worlds_of
from recuento.casefile.calling import caller
from recuento.casefile.gathering import Gathered
from recuento.casefile.settings import NamedWorld, Settings
from recuento.errors import InvalidValue
from recuento.model.balance import Balance, Conflict, World
from recuento.model.casting import Facility
from recuento.model.claim import Claim
from recuento.model.ledger import Constraint, Ledger
from recuento.values.bilingual import LANGUAGES, Bilingual


@dataclass(frozen=True, slots=True)
class Accounting:
    """The ledger of an event, what each claim says of its terms, and the worlds that may be chosen."""

    event: str
    claims: tuple[Claim, ...]
    ledger: Ledger
    constraints: tuple[Constraint, ...]
    worlds: tuple[World, ...]

    def world(self, id: str) -> World:
        """The world of that id; raises InvalidValue naming those there are."""
        found = next((world for world in self.worlds if world.id == id), None)
        if found is None:
            listed = ", ".join(world.id for world in self.worlds)
            raise InvalidValue(f"there is no world {id!r}: choose {listed}", f"no hay mundo {id!r}: elija {listed}")
        return found

    def balanced(self, world: World) -> Balance:
        """What follows in that world."""
        return balance(self.ledger, self.constraints, world, event=self.event)


def account_for(settings: Settings, found: Gathered, *, unreviewed: bool = False) -> Accounting:
    """Lay out the accounting of an event from the claims that people answer for (with `unreviewed`, all).

    The worlds are those that recuento.toml names for the event, in its order, then each party's account, the
    uncontested, and all.
    """
    claims = found.claims if unreviewed else found.entered()
    facilities = _facilities(settings, found)
    ledger = ledger_for(found.event, settings.vocabulary, claims, facilities=facilities)
    constraints = constraints_from(claims, ledger, vocabulary=settings.vocabulary, facilities=facilities)
    readings = default_readings(ledger)
    named = [_named_world(world, claims, readings) for world in settings.worlds if world.event == found.event.id]
    usual = worlds_of(claims, settings.cast, ledger, constraints)
    taken = {world.id for world in named}
    return Accounting(
        event=found.event.id,
        claims=tuple(claims),
        ledger=ledger,
        constraints=constraints,
        worlds=(*named, *(world for world in usual if world.id not in taken)),
    )


def selected_world(accounting: Accounting, claims: Sequence[str]) -> World:
    """A world of these claims; raises InvalidValue naming those that are not there."""
    known = {claim.id for claim in accounting.claims}
    missing = [id for id in claims if id not in known]
    if missing:
        listed = ", ".join(missing)
        raise InvalidValue(f"there is no claim {listed}", f"no hay afirmación {listed}")
    return world_of("selection", _SELECTION, claims, default_readings(accounting.ledger))


def conflicts_of(accounting: Accounting, settings: Settings) -> tuple[Conflict, ...]:
    """Every smallest conflict among all claims of the event, each with its sentence in both languages."""
    claims = {claim.id: claim for claim in accounting.claims}
    found = conflicts(accounting.ledger, accounting.constraints, accounting.world("all"))
    return tuple(_worded(conflict, accounting.ledger, claims, settings) for conflict in found)


def with_words(found: Balance, accounting: Accounting, settings: Settings) -> Balance:
    """The balance with its conflict said in a sentence, where it has one."""
    if found.conflict is None:
        return found
    claims = {claim.id: claim for claim in accounting.claims}
    return replace(found, conflict=_worded(found.conflict, accounting.ledger, claims, settings))


_SELECTION = Bilingual(es="Una selección de afirmaciones", en="A selection of claims")


def _facilities(settings: Settings, found: Gathered) -> tuple[Facility, ...]:
    return tuple(facility for id in found.event.facilities if (facility := settings.cast.facility(id)) is not None)


def _named_world(world: NamedWorld, claims: Sequence[Claim], readings: Sequence[str]) -> World:
    """A world of recuento.toml: the claims it names, and all of the parties and actors it names."""
    chosen: Callable[[Claim], bool] = lambda claim: (  # noqa: E731
        claim.id in world.claims or claim.party in world.parties or claim.actor in world.actors
    )
    return world_of(world.id, world.name, [claim.id for claim in claims if chosen(claim)], readings)


def _worded(conflict: Conflict, ledger: Ledger, claims: dict[str, Claim], settings: Settings) -> Conflict:
    words = Bilingual(
        **{
            language: conflict_sentence(
                conflict, ledger, claims, settings.vocabulary, language, speaker=caller(settings.cast, language)
            )
            for language in LANGUAGES
        }
    )
    return replace(conflict, words=words)
