"""An event as the team sees it: the view of a dossier that keeps nothing back, so that one set of parts shows both.

Nothing made here may be published: it names every speaker, and shows what only a machine has read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from recuento import __version__
from recuento.casefile.events.gathering import Gathered
from recuento.casefile.settings.settings import Settings
from recuento.model.balance import Balance, Conflict, Question
from recuento.model.casting import Actor, Cast
from recuento.model.dossier import Dossier, EventAccount, PublishedDocument, PublishRules
from recuento.publish.allow import public_view
from recuento.publish.view import PublicDossier
from recuento.values.names import fold


def account_of(
    found: Gathered,
    *,
    balance: Balance | None = None,
    conflicts: Sequence[Conflict] = (),
    questions: Sequence[Question] = (),
) -> EventAccount:
    """An event with what follows in one world, ready for `inside_view`."""
    return EventAccount(
        event=found.event,
        claims=found.claims,
        table=found.table,
        balances=(balance,) if balance is not None else (),
        conflicts=tuple(conflicts),
        demands=found.demands,
        questions=tuple(questions),
    )


def inside_view(
    settings: Settings, on: date, accounts: Sequence[EventAccount], documents: Sequence[PublishedDocument]
) -> PublicDossier:
    """These events and documents with nothing kept back, as they stand on `on`."""
    return public_view(
        Dossier(
            name=settings.name,
            languages=settings.languages,
            edition=on,
            version=__version__,
            cast=_open(settings.cast, accounts, documents),
            vocabulary=settings.vocabulary,
            events=tuple(accounts),
            documents=tuple(documents),
            rules=PublishRules(texts=True, unreviewed=True),
            example=settings.example,
            subsets=settings.subsets,
            document_ids={one.document.sha256: one.document.sha256 for one in documents},
        )
    )


def _open(cast: Cast, accounts: Sequence[EventAccount], documents: Iterable[PublishedDocument]) -> Cast:
    """The cast with every actor by name, and an actor for every speaker whom the casefile does not know."""
    known = {fold(name) for actor in cast.actors for name in (actor.name, *actor.aliases)}
    others: dict[str, Actor] = {}
    for name, party in _named(accounts, documents):
        if name not in known:
            known.add(name)
            folded = fold(name)
            if folded and folded not in known and folded not in others:
                others[folded] = Actor(id=f"said:{folded}", name=name, party=party, public=True)
    return Cast(
        parties=tuple(replace(party, anonymous=False) for party in cast.parties),
        actors=(*(replace(actor, public=True) for actor in cast.actors), *others.values()),
        facilities=cast.facilities,
        events=cast.events,
    )


def _named(accounts: Sequence[EventAccount], documents: Iterable[PublishedDocument]) -> Iterator[tuple[str, str]]:
    """Everybody who speaks, is cited or is asked, with the party where it is known."""
    for account in accounts:
        for claim in account.claims:
            yield claim.claimant, claim.party
        for demand in account.demands:
            yield demand.asker, demand.party
            yield demand.addressee or "", ""
        for claim in account.claims:
            yield claim.cited_source, ""
    for document in documents:
        for statement in document.statements:
            yield statement.speaker.name, ""
