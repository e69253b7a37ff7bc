"""Nouns to what the API gives of them, field by field; what is kept back is given to keepers of names alone."""

from __future__ import annotations

from dataclasses import dataclass

from recuento.casefile.events.calling import called
from recuento.casefile.review.correcting import Standing
from recuento.compare.speakers import actor_for, actor_named
from recuento.model.accounts import AccountTable
from recuento.model.anchor import Anchor
from recuento.model.balance import Balance, Bound, Conflict, Proof
from recuento.model.casting import Cast, Event
from recuento.model.claim import Claim
from recuento.model.decision import Decision
from recuento.model.demand import Demand
from recuento.model.document import Document, TextLayer
from recuento.model.statement_key import statement_key
from recuento.values.bilingual import Bilingual
from recuento.values.partial_date import PartialDate
from recuento.values.quantity import Quantity
from recuento.workbench.api import schemas as s


@dataclass(frozen=True, slots=True)
class Eyes:
    """Who looks: `names` says whether what is kept back is shown."""

    cast: Cast
    names: bool

    def only_keepers(self, value: str | None) -> str | None:
        """The value, for keepers of names."""
        return value if self.names else None

    def named(self, name: str | None) -> str | None:
        """The name of a public actor; any other to keepers of names alone."""
        actor = actor_named(name, self.cast) if name else None
        return name if actor is not None and actor.public else self.only_keepers(name)

    def called(self, said: Claim | Demand, name: str) -> s.Words:
        """A public actor by name, another by what it is; everybody by name to keepers of names."""
        if self.names:
            return s.Words(es=name, en=name)
        return s.Words(es=called(self.cast, said, "es"), en=called(self.cast, said, "en"))


def document(one: Document, eyes: Eyes) -> s.DocumentOut:
    """A document without its text."""
    told = one.description
    return s.DocumentOut(
        sha256=one.sha256,
        size_bytes=one.size_bytes,
        media_type=one.media_type,
        title=told.title,
        outlet=told.outlet,
        published=_date(told.published),
        language=told.language,
        url=told.url,
        unreadable=_words(one.unreadable) if one.unreadable else None,
        obtained_on=one.origin.at.date().isoformat(),
        name=eyes.only_keepers(one.name),
        author=eyes.only_keepers(told.author),
        obtained_from=eyes.only_keepers(one.origin.where),
        obtained_by=eyes.only_keepers(one.origin.by),
    )


def document_with_text(one: Document, layer: TextLayer | None, eyes: Eyes) -> s.DocumentWithText:
    """A document with its text."""
    return s.DocumentWithText(
        **document(one, eyes).model_dump(),
        text=layer.text if layer else None,
        text_sha256=layer.sha256 if layer else None,
    )


def statement(one: Standing, of: Document, keys: dict[str, str], eyes: Eyes) -> s.StatementOut:
    """A statement as it stands; `keys` leads from ids in the document to keys."""
    said = one.statement
    actor = actor_for(said.speaker, eyes.cast)
    public = actor is not None and actor.public
    return s.StatementOut(
        key=one.key,
        document=of.sha256,
        speaker=said.speaker.name if public else eyes.only_keepers(said.speaker.name),
        speaker_kind=said.speaker.kind.value,
        party=actor.party if actor else None,
        mode=said.mode.value,
        certainty=said.certainty.value,
        content=[anchor(each) for each in said.content],
        figures=[
            s.FigureOut(
                anchor=anchor(figure.anchor),
                quantity=quantity(figure.quantity),
                measure=figure.measure,
                subset=figure.subset,
                facility=figure.facility,
                as_of=_date(figure.as_of),
                certainty=figure.certainty.value,
            )
            for figure in said.figures
        ],
        asks=[
            s.AskOut(item=anchor(ask.item), addressee=eyes.named(ask.addressee), measure=ask.measure)
            for ask in said.demanded
        ],
        language=said.language,
        reviewed=one.reviewed,
        rejected=one.rejected,
        nested_in=keys.get(said.parent or ""),
    )


def statements(of: Document, every: tuple[Standing, ...], eyes: Eyes) -> list[s.StatementOut]:
    """The statements of a document as they stand."""
    keys = {one.read.id: statement_key(of, one.read) for one in every if one.read is not None}
    return [statement(one, of, keys, eyes) for one in every]


def claim(one: Claim, eyes: Eyes) -> s.ClaimOut:
    """A claim."""
    return s.ClaimOut(
        id=one.id,
        event=one.event,
        facility=one.facility,
        claimant=eyes.called(one, one.claimant),
        party=one.party,
        measure=one.measure,
        subset=one.subset,
        unit=one.unit,
        quantity=quantity(one.quantity),
        stated=str(one.stated),
        as_of=str(one.as_of),
        certainty=one.certainty.value,
        reviewed=one.reviewed,
        grounds=[
            s.GroundOut(
                document=each.document,
                anchor=anchor(each.anchor) if each.anchor else None,
                outlet=each.outlet,
                url=each.url,
            )
            for each in one.grounds
        ],
    )


def event(one: Event) -> s.EventOut:
    """An event."""
    return s.EventOut(
        id=one.id,
        name=_words(one.name),
        facilities=list(one.facilities),
        starts=str(one.starts),
        ends=str(one.ends),
    )


def event_with_accounts(one: Event, table: AccountTable, worlds: list[str]) -> s.EventWithAccounts:
    """An event with its accounts side by side."""
    return s.EventWithAccounts(
        **event(one).model_dump(),
        parties=list(table.parties),
        rows=[
            s.RowOut(
                measure=row.measure,
                subset=row.subset,
                as_of=_date(row.as_of),
                agreement=row.agreement.value,
                cells=[s.CellOut(party=cell.party, claims=[said.claim.id for said in cell.said]) for cell in row.cells],
            )
            for row in table.rows
        ],
        worlds=worlds,
    )


def balance(one: Balance) -> s.BalanceOut:
    """What follows, each bound with its sum."""
    return s.BalanceOut(
        event=one.event,
        world=one.world.id,
        claims=list(one.world.claims),
        consistent=one.consistent,
        bounds=[_bound(each) for each in one.bounds],
        clash=_clash(one.conflict) if one.conflict else None,
    )


def demand(one: Demand, eyes: Eyes) -> s.DemandOut:
    """A demand."""
    return s.DemandOut(
        id=one.id,
        event=one.event,
        asker=eyes.called(one, one.asker),
        party=one.party,
        item=one.item,
        addressee=eyes.named(one.addressee),
        asked=str(one.asked),
        measure=one.measure,
        state=one.state.value,
        settled=_date(one.settled),
        document=one.document,
        anchor=anchor(one.anchor) if one.anchor else None,
        reviewed=one.reviewed,
    )


def change(one: Decision) -> s.ChangeOut:
    """A decision, without the words it holds."""
    return s.ChangeOut(id=one.id, subject=one.subject, act=one.act.value, by=one.by, at=one.at.isoformat())


def anchor(one: Anchor) -> s.AnchorOut:
    """Where words stand."""
    return s.AnchorOut(start=one.start, end=one.end, quote=one.quote)


def quantity(one: Quantity) -> s.QuantityOut:
    """How many."""
    return s.QuantityOut(
        low=None if one.low is None else float(one.low),
        high=None if one.high is None else float(one.high),
        words=one.words,
        comparison=one.comparison.value,
    )


def _bound(one: Bound) -> s.BoundOut:
    return s.BoundOut(
        term=one.term,
        low=one.low,
        high=one.high,
        low_proof=_proof(one.low_proof),
        high_proof=_proof(one.high_proof) if one.high_proof else None,
    )


def _clash(one: Conflict) -> s.ClashOut:
    return s.ClashOut(
        kind=one.kind.value,
        claims=list(one.claims),
        words=_words(one.words) if one.words else None,
        proof=_proof(one.proof),
    )


def _proof(one: Proof) -> s.ProofOut:
    return s.ProofOut(
        term=one.term,
        side=one.side,
        value=one.value,
        divisor=one.divisor,
        lines=[
            s.ProofLineOut(
                kind=line.kind.value, ref=line.ref, term=line.term, multiplier=line.multiplier, amount=line.amount
            )
            for line in one.lines
        ],
        cases=[_proof(case) for case in one.cases],
    )


def _date(one: PartialDate | None) -> str | None:
    return None if one is None else str(one)


def _words(one: Bilingual) -> s.Words:
    return s.Words(es=one.es, en=one.en)
