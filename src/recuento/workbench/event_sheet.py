"""What the page of an event shows: the parts it shares with the dossier, and what only the team sees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from recuento.casefile.events.event_study import EventStudies, EventStudy
from recuento.casefile.events.gathering import Gathered
from recuento.casefile.events.inside import account_of, inside_view
from recuento.model.balance import Balance, World
from recuento.model.demand import Demand
from recuento.model.statement_key import statement_key
from recuento.publish.addresses import Addresses
from recuento.publish.build import addresses_of
from recuento.publish.event_page import told
from recuento.publish.render import event_helpers, shared_by_pages
from recuento.publish.view import PublicDossier
from recuento.workbench.bench_links import BenchLinks
from recuento.workbench.speech import Speech

_CLASHES = 60
"""How many smallest clashes are shown; a casefile may have thousands, and `recuento balance --conflicts` lists them."""
_ASKS = 8
_SELECTION = "selection"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for: a world by id or by its claims, and the measure to narrow."""

    world: str = ""
    claims: tuple[str, ...] = ()
    ask: str = ""


@dataclass(frozen=True, slots=True)
class WorldChoice:
    """A world that may be chosen, and what its account implies for the headline questions."""

    world: World
    holds: bool
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answering:
    """What answers a demand: a claim by id, or a statement of a document; nothing where it is not there any more."""

    claim: str | None = None
    document: str | None = None
    statement: str | None = None


@dataclass(frozen=True, slots=True)
class EventSheet:
    """The event as it is shown in one world."""

    found: Gathered
    study: EventStudy
    world: World
    balance: Balance
    measure: str
    view: PublicDossier
    clashes: int

    @classmethod
    def of(cls, studies: EventStudies, event: Any, day: date, asked: Asked) -> EventSheet:
        """Lay out the event in the world asked for. Raises InvalidValue where there is no such world."""
        found, study = studies.of(event, day)
        world = study.world(asked.world, asked.claims)
        balance = study.balance(world)
        targets = targets_of(study, event.headline)
        measure = asked.ask if asked.ask in targets else next(iter(targets), "")
        questions = study.questions(world, targets[measure]) if measure and balance.consistent else ()
        conflicts = study.conflicts()
        account = account_of(found, balance=balance, conflicts=conflicts[:_CLASHES], questions=questions[:_ASKS])
        view = inside_view(studies.settings, day, [account], found.documents)
        return cls(found, study, world, balance, measure, view, len(conflicts))

    def shown(self, speech: Speech) -> Mapping[str, Any]:
        """Everything the template asks for."""
        event = self.view.events[0]
        addresses = addresses_of(self.view)
        links = BenchLinks(self.view, event.id, addresses)
        page = told(event, links, speech)  # type: ignore[arg-type]
        counted = {claim.id for claim in self.study.accounting.claims}
        return {
            **shared_parts(self.view, addresses, speech),
            **event_helpers(page, speech),
            "to": links,
            "told": page,
            "event": event,
            "world": self.world,
            "by_hand": self.world.id == _SELECTION,
            "balance": self.balance,
            "measure": self.measure,
            "targets": {name: self._measure_words(name, speech) for name in targets_of(self.study, event.headline)},
            "clash_count": self.clashes,
            "counted": counted,
            "believed": set(self.world.claims),
            "to_confirm": to_confirm(self.found),
            "answers": {demand.id: answering(demand, self.found) for demand in self.found.demands if demand.answer},
        }

    def choices(self, speech: Speech) -> tuple[WorldChoice, ...]:
        """The worlds that may be chosen but for those of single speakers, each worked out."""
        worlds = [world for world in self.study.worlds() if not world.id.startswith("speaker:")]
        return tuple(self._choice(world, speech) for world in worlds)

    def speakers(self) -> tuple[World, ...]:
        """The worlds of single speakers."""
        return tuple(world for world in self.study.worlds() if world.id.startswith("speaker:"))

    def _choice(self, world: World, speech: Speech) -> WorldChoice:
        balance = self.study.balance(world)
        targets = targets_of(self.study, self.found.event.headline).values()
        return WorldChoice(world, balance.consistent, tuple(implied(balance, target, speech) for target in targets))

    def _measure_words(self, name: str, speech: Speech) -> str:
        asked = self.view.measures.get(name)
        return speech.say(asked) if asked is not None else name


def shared_parts(view: PublicDossier, addresses: Addresses, speech: Speech) -> dict[str, Any]:
    """What the templates of the dossier ask for, but for the language, which every page of ours has already."""
    return {name: part for name, part in shared_by_pages(view, addresses, speech).items() if name != "L"}


def targets_of(study: EventStudy, measures: Sequence[str]) -> dict[str, str]:
    """The headline measures that have a term in the ledger, with the id of it."""
    found = {measure: study.target(measure) for measure in measures}
    return {measure: target for measure, target in found.items() if target is not None}


def implied(balance: Balance, target: str, speech: Speech) -> str:
    """The bound of a term in words; nothing where the world cannot be, or says nothing."""
    bound = balance.bound(target)
    if bound is None:
        return ""
    high = bound.high if bound.high_proof is not None else None
    return "" if bound.low == 0 and high is None else speech.range(bound.low, high)


def to_confirm(found: Gathered) -> dict[str, str]:
    """The key of the statement that has to be confirmed before a figure counts, by the id of its claim."""
    keys = {
        (one.document.sha256, statement.id): statement_key(one.document, statement)
        for one in found.documents
        for statement in one.statements
        if statement.id not in one.reviewed
    }
    return {
        claim.id: keys[ground.document or "", ground.statement or ""]
        for claim in found.claims
        if not claim.reviewed
        for ground in claim.grounds
        if (ground.document or "", ground.statement or "") in keys
    }


def answering(demand: Demand, found: Gathered) -> Answering:
    """What was linked as the answer, as far as it is still there."""
    answer = demand.answer or ""
    if any(claim.id == answer for claim in found.claims):
        return Answering(claim=answer)
    for one in found.documents:
        for statement in one.statements:
            if answer == statement_key(one.document, statement):
                return Answering(document=one.document.sha256, statement=statement.id)
    return Answering()
