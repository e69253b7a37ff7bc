"""The allow-list: a dossier in, its public view out, field by field. A field that is not named here stays private.

Rules, in the order they bite: withheld claims and documents do not exist; what only a machine has read needs
`rules.unreviewed`; an actor that is not public, or whose party is anonymous, is only ever its class; a bound,
conflict or answer that rests on an unpublished claim is not told; any text in which a private name stands is
left out. The gate (`publish.gate`) looks once more at every byte that results.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from recuento.model.accounts import AccountTable, Agreement, Row, Standing
from recuento.model.balance import Balance, Bound, Conflict, LineKind, Proof
from recuento.model.claim import Claim
from recuento.model.demand import Demand
from recuento.model.dossier import Dossier, EventAccount, PublishRules
from recuento.model.subsets import subset_words
from recuento.publish.addresses import web_address
from recuento.publish.allow_documents import public_documents
from recuento.publish.allow_estimates import public_estimation
from recuento.publish.allow_voices import Casting
from recuento.publish.gate import Gate
from recuento.publish.held_words import HeldWords, without_held
from recuento.publish.private import gate_of
from recuento.publish.testimony import coarsened, is_testimony, region_of
from recuento.publish.view import (
    PublicAsk,
    PublicBound,
    PublicCell,
    PublicClaim,
    PublicConflict,
    PublicDemand,
    PublicDocument,
    PublicDossier,
    PublicEvent,
    PublicFacility,
    PublicRow,
    PublicSource,
    PublicStatement,
    PublicTerm,
    PublicWorld,
    Voice,
)
from recuento.values.bilingual import Bilingual
from recuento.values.partial_date import PartialDate
from recuento.values.quantity import Quantity


def public_view(dossier: Dossier, gate: Gate | None = None) -> PublicDossier:
    """What of `dossier` may leave, by its rules. `gate` is that of `gate_of`, where it is at hand."""
    casting = Casting.of(dossier, gate if gate is not None else gate_of(dossier))
    held = HeldWords.of(dossier)
    dossier = without_held(dossier, held)
    by_sha256 = public_documents(dossier, casting, held)
    documents = tuple(by_sha256.values())
    shelf = Shelf.of(by_sha256)
    told_events = [account for account in dossier.events if account.event.id not in dossier.rules.withheld_events]
    events = tuple(_event(account, dossier, casting, shelf) for account in told_events)
    told = {event.id for event in events}
    hidden = dossier.rules.withheld_estimations
    return PublicDossier(
        name=dossier.name,
        languages=dossier.languages,
        edition=dossier.edition,
        version=dossier.version,
        address=(web_address(dossier.address) or "").rstrip("/") or None,
        example=dossier.example,
        measures={measure.id: measure.asked() for measure in dossier.vocabulary.measures},
        actors=casting.public_actors(),
        events=events,
        facilities=_facilities(dossier, casting, told),
        documents=tuple(
            replace(document, events=tuple(id for id in document.events if id in told)) for document in documents
        ),
        shows_texts=dossier.rules.texts,
        shows_unreviewed=dossier.rules.unreviewed,
        estimations=tuple(
            public_estimation(one) for one in dossier.estimations if one.event in told and one.id not in hidden
        ),
        number=dossier.number,
        subsets=_subsets(events, dossier),
    )


def _subsets(events: tuple[PublicEvent, ...], dossier: Dossier) -> dict[str, Bilingual]:
    told = {claim.subset for event in events for claim in event.claims} | {r.subset for e in events for r in e.rows}
    known = {written: subset_words(written, dossier.subsets) for written in sorted(told) if written}
    return {written: both for written, both in known.items() if both is not None}


def _facilities(dossier: Dossier, casting: Casting, told: set[str]) -> tuple[PublicFacility, ...]:
    return tuple(
        PublicFacility(
            id=facility.id,
            name=facility.name,
            place=casting.clean(facility.place),
            parameters=tuple(
                (casting.measure_name(measure), value)
                for measure, value in facility.parameters
                if measure in dossier.vocabulary
            ),
            events=tuple(
                account.event.id
                for account in dossier.events
                if account.event.id in told and facility.id in account.event.facilities
            ),
        )
        for facility in dossier.cast.facilities
    )


@dataclass(frozen=True, slots=True)
class Shelf:
    """The public documents by their true hash, and their ids by event, indexed once for all events."""

    by_sha256: dict[str, PublicDocument]
    by_event: dict[str, list[str]]
    statements: dict[str, dict[str, PublicStatement]]
    """Those of each document by their ids."""
    urls: frozenset[str]

    @classmethod
    def of(cls, documents: Mapping[str, PublicDocument]) -> Shelf:
        """The shelf of these documents."""
        by_event: dict[str, list[str]] = {}
        for document in documents.values():
            for event in document.events:
                by_event.setdefault(event, []).append(document.id)
        urls = frozenset(document.url for document in documents.values() if document.url)
        statements = {
            document.id: {statement.id: statement for statement in document.statements}
            for document in documents.values()
        }
        return cls(dict(documents), by_event, statements, urls)


def _event(account: EventAccount, dossier: Dossier, casting: Casting, shelf: Shelf) -> PublicEvent:
    event = account.event
    claims = _claims(account, dossier, casting, shelf)
    published = {claim.id for claim in claims}
    # A term is one facility's: of an event at several, what rests on a testimony would tell where its speaker was.
    placed = {claim.id for claim in claims if not claim.testimony} if len(event.facilities) > 1 else published
    headline = tuple(dict.fromkeys(dossier.vocabulary.canonical(name) for name in event.headline))
    return PublicEvent(
        id=event.id,
        name=event.name,
        summary=event.summary,
        facilities=tuple(id for id in event.facilities if dossier.cast.facility(id) is not None),
        starts=event.starts,
        ends=event.ends,
        headline=headline,
        parties=tuple(casting.party(id) for id in account.table.parties),
        claims=claims,
        rows=_rows(account.table, {claim.id: claim for claim in claims}, casting, dossier.rules),
        worlds=tuple(_world(balance, placed, casting) for balance in account.balances),
        conflicts=_conflicts(account.conflicts, placed, casting),
        demands=_demands(account, dossier, casting, shelf.by_sha256, published),
        documents=tuple(shelf.by_event.get(event.id, ())),
        asks=_asks(account),
        proofs=tuple(proof for proof in account.proofs if proof.claims <= placed),
        retracted=dict(dossier.rules.retracted).get(event.id),
    )


def _asks(account: EventAccount) -> tuple[PublicAsk, ...]:
    """The next questions in the words of the ledger; a term that is not in it is left out."""
    ledger = account.balances[0].ledger if account.balances else None
    terms = {term.id: term.words for term in ledger.terms} if ledger else {}
    known = {demand.id for demand in account.demands}
    return tuple(
        PublicAsk(
            target=terms[question.target],
            words=terms[question.term],
            guaranteed_cut=question.guaranteed_cut,
            width=question.width,
            decides=question.decides,
            rule=question.rule,
            demands=tuple(id for id in question.demands if id in known),
        )
        for question in account.questions
        if question.term in terms and question.target in terms
    )


def _claims(account: EventAccount, dossier: Dossier, casting: Casting, shelf: Shelf) -> tuple[PublicClaim, ...]:
    rules = dossier.rules
    allowed = [
        claim
        for claim in account.claims
        if claim.id not in rules.withheld_claims and (claim.reviewed or rules.unreviewed)
    ]
    voices = {claim.id: casting.of_claim(claim) for claim in allowed}
    open_urls = shelf.urls | {
        ground.url for claim in allowed if not voices[claim.id].protected for ground in claim.grounds if ground.url
    }
    standings = {
        said.claim.id: (said.standing, said.replaced_by)
        for row in account.table.rows
        for cell in row.cells
        for said in cell.said
    }
    ids = {claim.id for claim in allowed}
    return tuple(
        _claim(claim, voices[claim.id], dossier, casting, shelf, open_urls, standings.get(claim.id), ids)
        for claim in allowed
    )


def _claim(
    claim: Claim,
    voice: Voice,
    dossier: Dossier,
    casting: Casting,
    shelf: Shelf,
    open_urls: frozenset[str],
    standing: tuple[Standing, str | None] | None,
    published: set[str],
) -> PublicClaim:
    sources = _sources(claim, voice, casting, shelf, open_urls)
    told = {document.id: document for id in _documents_of(claim) if (document := shelf.by_sha256.get(id))}
    quote, language = _quote(sources, told)
    testimony = is_testimony(voice, sources, told)
    place = claim.facility if not testimony else ""
    how, replaced_by = standing or (Standing.CURRENT, None)
    return PublicClaim(
        id=claim.id,
        event=claim.event,
        facility=place if dossier.cast.facility(place) is not None else None,
        measure=dossier.vocabulary.canonical(claim.measure),
        measure_name=casting.measure_name(claim.measure),
        subset=casting.clean(claim.subset) or "",
        quantity=_quantity(claim.quantity, casting),
        unit=claim.unit,
        voice=voice,
        stated=coarsened(claim.stated, dossier.rules) if testimony else claim.stated,
        as_of=coarsened(claim.as_of, dossier.rules) if testimony else claim.as_of,
        testimony=testimony,
        region=casting.clean(region_of(claim, dossier.cast)) if testimony else None,
        certainty=claim.certainty,
        cited=None if voice.protected else casting.public_name(claim.cited_source),
        sources=sources,
        quote=quote,
        quote_language=language,
        reviewed=claim.reviewed,
        standing=how,
        replaced_by=replaced_by if replaced_by in published else None,
    )


def _documents_of(claim: Claim) -> list[str]:
    return [ground.document for ground in claim.grounds if ground.document is not None]


def _quantity(quantity: Quantity, casting: Casting) -> Quantity:
    return quantity if casting.clean(quantity.words) is not None else replace(quantity, words="")


def _sources(
    claim: Claim, voice: Voice, casting: Casting, shelf: Shelf, open_urls: frozenset[str]
) -> tuple[PublicSource, ...]:
    found = []
    for ground in claim.grounds:
        document = shelf.by_sha256.get(ground.document or "")
        told = shelf.statements[document.id] if document is not None else {}
        statement = told.get(ground.statement or "")
        is_open = not voice.protected or ground.url in open_urls
        source = PublicSource(
            document=document.id if document is not None else None,
            statement=statement.id if statement is not None else None,
            anchor=ground.anchor if _shows(document, statement, ground.anchor) else None,
            url=casting.clean(web_address(ground.url)) if is_open else None,
            outlet=casting.clean(ground.outlet) if is_open else None,
        )
        if source != PublicSource() and source not in found:
            found.append(source)
    return tuple(found)


def _shows(document: PublicDocument | None, statement: PublicStatement | None, anchor: object) -> bool:
    if anchor is None or document is None:
        return False
    return document.text is not None or (
        statement is not None and any(content.covers(anchor) for content in statement.content)  # type: ignore[arg-type]
    )


def _quote(sources: tuple[PublicSource, ...], shelf: dict[str, PublicDocument]) -> tuple[str, str | None]:
    for source in sources:
        document = shelf.get(source.document or "")
        if document is None or source.anchor is None:
            continue
        statement = next((found for found in document.statements if found.id == source.statement), None)
        covering = [content for content in statement.content if content.covers(source.anchor)] if statement else []
        if covering:
            return covering[0].quote, document.language
        return source.anchor.quote, document.language
    return "", None


def _rows(
    table: AccountTable, claims: dict[str, PublicClaim], casting: Casting, rules: PublishRules
) -> tuple[PublicRow, ...]:
    rows = []
    for row in table.rows:
        cells = tuple(
            PublicCell(casting.party(cell.party), tuple(s.claim.id for s in cell.said if s.claim.id in claims))
            for cell in row.cells
        )
        if any(cell.claims for cell in cells):
            rows.append(
                PublicRow(
                    measure=row.measure,
                    name=casting.measure_name(row.measure),
                    subset=casting.clean(row.subset) or "",
                    as_of=_as_of(row, [claims[id] for cell in cells for id in cell.claims], rules),
                    cells=cells,
                    agreement=_agreement(row, cells, claims),
                )
            )
    return tuple(rows)


def _as_of(row: Row, said: list[PublicClaim], rules: PublishRules) -> PartialDate | None:
    """The day of a row; where testimonies alone answer it, as coarse as theirs."""
    if row.as_of is None or not all(claim.testimony for claim in said):
        return row.as_of
    return coarsened(row.as_of, rules)


def _agreement(row: Row, cells: tuple[PublicCell, ...], claims: dict[str, PublicClaim]) -> Agreement:
    """How what is shown agrees: the table's own word where nothing of the row is hidden."""
    hidden = any(said.claim.id not in claims for cell in row.cells for said in cell.said)
    if not hidden:
        return row.agreement
    current = [[claims[id].quantity for id in cell.claims if claims[id].standing is Standing.CURRENT] for cell in cells]
    speaking = [[quantity for quantity in said if not quantity.is_silence] for said in current]
    speaking = [said for said in speaking if said]
    if len(speaking) < 2:
        return Agreement.ALONE if speaking else Agreement.SILENT
    quantities = [quantity for said in speaking for quantity in said]
    if any(not one.overlaps(other) for one in quantities for other in quantities):
        return Agreement.DIFFER
    same = len({(quantity.low, quantity.high) for quantity in quantities}) == 1
    return Agreement.AGREE if same else Agreement.COMPATIBLE


def _world(balance: Balance, published: set[str], casting: Casting) -> PublicWorld:
    ledger = balance.ledger
    bounds = tuple(_bound(bound) for bound in balance.bounds if _rests_on(bound, published))
    conflict = None
    if balance.conflict is not None and set(balance.conflict.claims) <= published:
        conflict = _conflict(balance.conflict, casting)
    return PublicWorld(
        id=balance.world.id,
        name=balance.world.name,
        claims=tuple(id for id in balance.world.claims if id in published),
        readings=tuple(reading for reading in ledger.readings if reading.id in balance.world.readings),
        consistent=balance.consistent,
        bounds=bounds,
        conflict=conflict,
        terms=tuple(
            PublicTerm(
                id=term.id,
                words=term.words,
                measure=_canonical(term.measure, casting),
                subset=term.subset,
                as_of=term.as_of,
            )
            for term in ledger.terms
        ),
        identities=ledger.identities,
        constraints=tuple(
            (constraint.claim, constraint.term, constraint.low, constraint.high)
            for constraint in balance.constraints
            if constraint.claim in published
        ),
        withheld=not set(balance.world.claims) <= published,
    )


def _canonical(measure: str | None, casting: Casting) -> str | None:
    return casting.vocabulary.canonical(measure) if measure is not None else None


def _bound(bound: Bound) -> PublicBound:
    """A bound as it is told: without a proof there is no limit known."""
    proved = bound.high_proof is not None
    return PublicBound(
        term=bound.term,
        low=bound.low,
        high=bound.high if proved else None,
        low_proof=bound.low_proof,
        high_proof=bound.high_proof,
        low_tight=bound.low_tight,
        high_tight=bound.high_tight,
    )


def _rests_on(bound: Bound, published: set[str]) -> bool:
    proofs = [bound.low_proof] + ([bound.high_proof] if bound.high_proof is not None else [])
    return all(_claims_of(proof) <= published for proof in proofs)


def _claims_of(proof: Proof) -> set[str]:
    return {line.ref for line in proof.lines if line.kind is LineKind.CLAIM}


def _conflicts(conflicts: tuple[Conflict, ...], published: set[str], casting: Casting) -> tuple[PublicConflict, ...]:
    return tuple(
        _conflict(conflict, casting)
        for conflict in conflicts
        if set(conflict.claims) | _claims_of(conflict.proof) <= published
    )


def _conflict(conflict: Conflict, casting: Casting) -> PublicConflict:
    words = conflict.words
    if words is not None and (casting.clean(words.es) is None or casting.clean(words.en) is None):
        words = None
    return PublicConflict(
        kind=conflict.kind, claims=conflict.claims, readings=conflict.readings, words=words, proof=conflict.proof
    )


def _demands(
    account: EventAccount,
    dossier: Dossier,
    casting: Casting,
    shelf: dict[str, PublicDocument],
    published: set[str],
) -> tuple[PublicDemand, ...]:
    found = []
    for demand in account.demands:
        item = casting.clean(demand.item)
        if item is None or not dossier.rules.withheld_demands.isdisjoint(demand.ids):
            continue
        if not (demand.reviewed or dossier.rules.unreviewed):
            continue
        if demand.document is not None and demand.document in dossier.rules.withheld_documents:
            continue
        found.append(_demand(demand, item, dossier, casting, shelf, published))
    return tuple(found)


def _demand(
    demand: Demand,
    item: str,
    dossier: Dossier,
    casting: Casting,
    shelf: dict[str, PublicDocument],
    published: set[str],
) -> PublicDemand:
    document = shelf.get(demand.document or "")
    told = {statement.id for statement in document.statements} if document is not None else set()
    return PublicDemand(
        id=demand.id,
        event=demand.event,
        asker=casting.voice(demand.actor, demand.asker, demand.party),
        item=item,
        asked=demand.asked,
        addressee=_addressee(demand, casting),
        state=demand.state,
        settled=demand.settled,
        days_open=demand.days_open(dossier.edition),
        answer=demand.answer if demand.answer in published else None,
        document=document.id if document is not None else None,
        statement=demand.statement if demand.statement in told else None,
        reviewed=demand.reviewed,
    )


def _addressee(demand: Demand, casting: Casting) -> Bilingual | None:
    return casting.public_name(demand.addressee or "")
