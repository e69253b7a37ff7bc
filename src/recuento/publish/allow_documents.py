"""Which words of which documents may be shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from recuento.model.dossier import Dossier, PublishedDocument
from recuento.model.statement import Statement
from recuento.publish.addresses import web_address
from recuento.publish.allow_voices import Casting
from recuento.publish.held_words import HeldWords, told_statements
from recuento.publish.testimony import coarsened, holds_testimony
from recuento.publish.view import PublicDocument, PublicFigure, PublicStatement, Voice
from recuento.values.bilingual import Bilingual
from recuento.values.partial_date import PartialDate


def public_documents(dossier: Dossier, casting: Casting, held: HeldWords) -> dict[str, PublicDocument]:
    """The documents that may be shown by their true hash, with the statements that may, numbered in reading order.

    A document of testimony to which the casefile has given no id of its own is left out: its hash would be its address.
    """
    claimed = _claims_by_statement(dossier, casting)
    sealed = _grounds_of_withheld(dossier)
    retracted = _retracted(dossier)
    found = {
        published.document.sha256: _document(published, dossier, casting, claimed, sealed, held)
        for published in dossier.documents
        if published.document.sha256 not in dossier.rules.withheld_documents
    }
    return {
        sha256: replace(document, retracted=retracted.get(sha256)) for sha256, document in found.items() if document.id
    }


def _claims_by_statement(dossier: Dossier, casting: Casting) -> dict[tuple[str, str], list[tuple[str, Voice]]]:
    """Published claims and their voices, by the document and statement they were read in."""
    found: dict[tuple[str, str], list[tuple[str, Voice]]] = {}
    rules = dossier.rules
    for account in dossier.events:
        for claim in account.claims if account.event.id not in rules.withheld_events else ():
            if claim.id in rules.withheld_claims or not (claim.reviewed or rules.unreviewed):
                continue
            for ground in claim.grounds:
                if ground.document is not None and ground.statement is not None:
                    claims = found.setdefault((ground.document, ground.statement), [])
                    claims.append((claim.id, casting.of_claim(claim)))
    return found


def _grounds_of_withheld(dossier: Dossier) -> set[tuple[str, str]]:
    """Documents (and statements in them) that a withheld claim stands on: their words would tell it."""
    return {
        (ground.document, ground.statement or "")
        for account in dossier.events
        for claim in account.claims
        if claim.id in dossier.rules.withheld_claims
        for ground in claim.grounds
        if ground.document is not None
    }


def _retracted(dossier: Dossier) -> dict[str, PartialDate]:
    """Documents in which a claim was read that has been withdrawn, with the last such month."""
    months = {one.id: one.month for one in dossier.rules.withdrawn if one.kind == "claim"}
    found: dict[str, PartialDate] = {}
    for account in dossier.events:
        for claim in account.claims:
            for ground in claim.grounds if claim.id in months else ():
                if ground.document is not None:
                    found[ground.document] = max(
                        found.get(ground.document, months[claim.id]), months[claim.id], key=str
                    )
    return found


def _document(
    published: PublishedDocument,
    dossier: Dossier,
    casting: Casting,
    claimed: dict[tuple[str, str], list[tuple[str, Voice]]],
    sealed: set[tuple[str, str]],
    held: HeldWords,
) -> PublicDocument:
    document, layer, about = published.document, published.layer, published.document.description
    # Around what is held back the words themselves tell what is missing.
    whole = dossier.rules.texts and document.sha256 not in {sha256 for sha256, _ in sealed} | held.spans.keys()
    text = casting.clean(layer.text) if layer is not None and whole else None
    unreadable = document.unreadable
    if unreadable is not None and not (casting.clean(unreadable.es) and casting.clean(unreadable.en)):
        unreadable = Bilingual(es="", en="")
    statements = _statements(published, dossier, casting, claimed, sealed, held)
    url = casting.clean(web_address(about.url) or web_address(document.origin.where))
    testimony = holds_testimony(url, statements)
    obtained = document.origin.at.date()
    return PublicDocument(
        id=dossier.document_ids.get(document.sha256, "") if testimony else document.sha256,
        fingerprint=None if testimony else document.sha256,
        size_bytes=None if testimony else document.size_bytes,
        media_type=document.media_type,
        title=casting.clean(about.title) or None,
        outlet=casting.clean(about.outlet) or None,
        published=coarsened(about.published, dossier.rules) if about.published and testimony else about.published,
        language=about.language,
        url=url,
        obtained=coarsened(PartialDate.of(obtained), dossier.rules) if testimony else obtained,
        extractor=f"{layer.extractor} {layer.version}" if layer is not None else None,
        text_sha256=layer.sha256 if layer is not None and not testimony else None,
        text=text,
        statements=statements,
        events=published.events,
        unreadable=unreadable,
    )


def _statements(
    published: PublishedDocument,
    dossier: Dossier,
    casting: Casting,
    claimed: dict[tuple[str, str], list[tuple[str, Voice]]],
    sealed: set[tuple[str, str]],
    held: HeldWords,
) -> tuple[PublicStatement, ...]:
    layer, sha256 = published.layer, published.document.sha256
    kept = [
        statement
        for statement in told_statements(published, held)
        if (sha256, statement.id) not in sealed
        and (statement.id in published.reviewed or dossier.rules.unreviewed)
        and (layer is None or all(anchor.stands_on(layer.text) for anchor in statement.content))
    ]
    kept.sort(key=lambda statement: (statement.content[0].start, -statement.content[0].end, statement.id))
    parents = {statement.id: statement.parent for statement in published.statements}
    ids = {statement.id for statement in kept}
    return tuple(
        _statement(
            statement,
            number,
            _nearest(statement.id, parents, ids),
            statement.id in published.reviewed,
            casting,
            claimed.get((sha256, statement.id), []),
            told=not held.touches(sha256, statement.content),
        )
        for number, statement in enumerate(kept, start=1)
    )


def _nearest(id: str, parents: dict[str, str | None], kept: set[str]) -> str | None:
    """The nearest statement around this one that is told; None at the top or in a circle."""
    seen = {id}
    parent = parents.get(id)
    while parent is not None and parent not in seen:
        if parent in kept:
            return parent
        seen.add(parent)
        parent = parents.get(parent)
    return None


def _statement(
    statement: Statement,
    number: int,
    parent: str | None,
    reviewed: bool,
    casting: Casting,
    claims: list[tuple[str, Voice]],
    *,
    told: bool,
) -> PublicStatement:
    tells = told and _all_clean((anchor.quote for anchor in statement.content), casting)
    inside = [f for f in statement.figures if any(content.covers(f.anchor) for content in statement.content)]
    return PublicStatement(
        id=statement.id,
        number=number,
        voice=claims[0][1] if claims else casting.of_speaker(statement.speaker),
        mode=statement.mode,
        form=statement.form,
        certainty=statement.certainty,
        content=statement.content if tells else (),
        parent=parent,
        figures=tuple(
            PublicFigure(
                anchor=figure.anchor,
                quantity=figure.quantity,
                measure_name=casting.measure_name(figure.measure) if figure.measure is not None else None,
                certainty=figure.certainty,
            )
            for figure in inside
            if tells and _all_clean((figure.anchor.quote, figure.quantity.words), casting)
        ),
        asks=tuple(ask.item.quote for ask in statement.demanded if tells and casting.clean(ask.item.quote) is not None),
        reviewed=reviewed,
        claims=tuple(dict.fromkeys(id for id, _ in claims)),
    )


def _all_clean(texts: Iterable[str], casting: Casting) -> bool:
    return all(casting.clean(text) is not None for text in texts)
