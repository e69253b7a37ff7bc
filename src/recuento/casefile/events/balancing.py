"""What follows from the figures of an event, world by world."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from recuento.balance.bounds import active_ledger, balance
from recuento.balance.clashes import conflicts
from recuento.balance.constraints import constraints_from, default_readings
from recuento.balance.ledgers import ledger_for
from recuento.balance.proof_file import proof_to_json
from recuento.balance.questions import questions
from recuento.balance.sentences import conflict_sentence
from recuento.balance.worlds import world_of, worlds_of
from recuento.casefile.events.calling import caller
from recuento.casefile.events.gathering import Gathered
from recuento.casefile.settings.settings import NamedWorld, Settings
from recuento.errors import InvalidValue
from recuento.model.balance import Balance, Bound, Conflict, Question, World
from recuento.model.casting import Facility
from recuento.model.claim import Claim
from recuento.model.demand import Demand
from recuento.model.ledger import Constraint, Ledger
from recuento.values.bilingual import LANGUAGES, Bilingual
from recuento.values.conventions import Convention, under
from recuento.values.partial_date import PartialDate


@dataclass(frozen=True, slots=True)
class Accounting:
    """The ledger of an event, what each claim says of its terms, and the worlds that may be chosen."""

    event: str
    claims: tuple[Claim, ...]
    ledger: Ledger
    constraints: tuple[Constraint, ...]
    worlds: tuple[World, ...]
    readings: tuple[str, ...] = ()
    """Ids of the readings that are on."""

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


@dataclass(frozen=True, slots=True)
class View:
    """How to look at the figures: which count, what had been said by a day, which readings are switched."""

    unreviewed: bool = False
    """Count also what only the machine has read."""
    known_on: PartialDate | None = None
    """Only what had been said by the end of that day."""
    current: bool = False
    """Of each speaker and term only the last figure."""
    switched: tuple[str, ...] = ()
    """Ids of readings that stand other than by default."""
    convention: Convention = Convention.PLAIN
    """Whose rule turns vague words into numbers."""


def account_for(settings: Settings, found: Gathered, view: View | None = None) -> Accounting:
    """Lay out the accounting of an event from the claims that people answer for, looked at as `view` says.

    The worlds are those that recuento.toml names for the event, in its order, then all, the uncontested, and each
    party's account. Raises InvalidValue for a reading that there is not.
    """
    view = view or View()
    chosen = found.standing() if view.unreviewed else found.entered()
    claims = [replace(claim, quantity=under(view.convention, claim.quantity)) for claim in chosen]
    facilities = _facilities(settings, found)
    ledger = ledger_for(found.event, settings.vocabulary, claims, facilities=facilities, rules=settings.rules)
    readings = _readings(ledger, view.switched)
    constraints = constraints_from(
        claims,
        ledger,
        readings,
        view.known_on,
        vocabulary=settings.vocabulary,
        facilities=facilities,
        current=view.current,
    )
    named = [_named_world(world, claims, readings) for world in settings.worlds if world.event == found.event.id]
    usual = worlds_of(claims, settings.cast, ledger, constraints, readings=readings, speakers=True)
    taken = {world.id for world in named}
    return Accounting(
        event=found.event.id,
        claims=tuple(claims),
        ledger=ledger,
        constraints=constraints,
        worlds=(*named, *(world for world in usual if world.id not in taken)),
        readings=readings,
    )


def selected_world(accounting: Accounting, claims: Sequence[str]) -> World:
    """A world of these claims; raises InvalidValue naming those that are not there."""
    known = {claim.id for claim in accounting.claims}
    missing = [id for id in claims if id not in known]
    if missing:
        listed = ", ".join(missing)
        raise InvalidValue(f"there is no claim {listed}", f"no hay afirmación {listed}")
    return world_of("selection", _SELECTION, claims, accounting.readings)


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


def questions_for(
    accounting: Accounting, world: World, target: str, demands: Sequence[Demand] = ()
) -> tuple[Question, ...]:
    """The figures whose disclosure would narrow the term `target` most in that world, joined to what was demanded."""
    parties = [world for world in accounting.worlds if world.id.startswith("party:")]
    return questions(accounting.ledger, accounting.constraints, world, target, accounts=parties, demands=demands)


def proof_files(
    found: Balance, bound: Bound, claims: Mapping[str, Claim] | None = None
) -> Iterator[tuple[str, dict[str, Any]]]:
    """The side and the plain JSON of each proof of a bound that says something; with `claims`, who said what."""
    ledger = active_ledger(found.ledger, found.world.readings)
    ends = (("low", bound.low_proof, bound.low_attained), ("high", bound.high_proof, bound.high_attained))
    for side, proof, attained in ends:
        if proof is not None and any(line.amount for line in proof.lines):
            yield (
                side,
                proof_to_json(proof, ledger, found.constraints, attained=attained, claims=claims, event=found.event),
            )


def _readings(ledger: Ledger, switched: Sequence[str]) -> tuple[str, ...]:
    known = {reading.id for reading in ledger.readings}
    missing = sorted(set(switched) - known)
    if missing:
        listed = ", ".join(sorted(known))
        raise InvalidValue(
            f"there is no reading {missing[0]}: choose {listed}", f"no hay lectura {missing[0]}: elija {listed}"
        )
    return tuple(sorted(set(default_readings(ledger)) ^ set(switched)))


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
