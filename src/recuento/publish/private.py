"""What of a dossier must not leave, value by value, and which of its words everybody may read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

from recuento.model.casting import Actor, Cast
from recuento.model.dossier import Dossier, KeptBack, KeptKind, PublishedDocument
from recuento.publish.addresses import web_address
from recuento.publish.gate import Gate
from recuento.publish.names import folded, may_be_named
from recuento.publish.tongue import phrases
from recuento.values.bilingual import Bilingual


def gate_of(dossier: Dossier) -> Gate:
    """The gate that everything of this dossier must pass."""
    public = [actor for actor in dossier.cast.actors if may_be_named(actor, dossier.cast)]
    return Gate.of(
        (*_kept_in(dossier), *dossier.kept_back),
        public=public_texts(dossier),
        written=written_texts(dossier),
        names=[name for actor in public for name in (actor.name, *actor.aliases)],
    )


def _kept_in(dossier: Dossier) -> Iterator[KeptBack]:
    for actor in dossier.cast.actors:
        if not may_be_named(actor, dossier.cast):
            yield from _of_actor(actor, dossier.cast)
    named = {folded(words) for words in _of_cast(dossier.cast)}
    for account in dossier.events:
        for claim in account.claims:
            yield KeptBack(claim.note, f"note of claim {claim.id}", KeptKind.TEXT)
            if sum(word[:1].isupper() for word in claim.claimant.split()) > 1 and folded(claim.claimant) not in named:
                yield KeptBack(claim.claimant, f"claimant of claim {claim.id}", KeptKind.TEXT)
    for published in dossier.documents:
        yield from _of_document(published)
    for estimation in dossier.estimations:
        if not estimation.lists_public:
            yield from (
                KeptBack(name, f"list {at} of estimate {estimation.id}", KeptKind.TEXT)
                for at, (name, _) in enumerate(estimation.lists, start=1)
            )


def _of_actor(actor: Actor, cast: Cast) -> Iterator[KeptBack]:
    """The names of an actor that is not public. A "name" that is only the class it is called by is none."""
    party = cast.party(actor.party)
    classes = {folded(words) for words in _both(actor.called)}
    if party is not None:
        classes |= {folded(words) for words in (*_both(party.name), *_both(party.short))}
    for name in (actor.name, *actor.aliases):
        if folded(name) not in classes:
            yield KeptBack(name, f"actors.{actor.id}")
    for role in actor.roles:
        yield from (KeptBack(words, f"role of actors.{actor.id}", KeptKind.TEXT) for words in _both(role))


def _of_document(published: PublishedDocument) -> Iterator[KeptBack]:
    document = published.document
    of = f"document {document.sha256[:12]}"
    origin = document.origin
    yield KeptBack(document.name, f"file name of {of}", KeptKind.TEXT)
    if web_address(origin.where) is None:
        yield KeptBack(origin.where, f"origin of {of}", KeptKind.TEXT)
    yield KeptBack(origin.by, f"who obtained {of}", KeptKind.TEXT)
    yield KeptBack(document.description.author or "", f"author of {of}", KeptKind.TEXT)


def public_texts(dossier: Dossier) -> Iterator[str]:
    """What everybody may read already: our own phrases, the names the casefile gives, and pages on the web."""
    yield from _our_words()
    yield dossier.name
    for measure in dossier.vocabulary.measures:
        yield from (measure.id, *_both(measure.name), *_both(measure.asked()))
    yield from _of_cast(dossier.cast)
    for published in dossier.documents:
        if is_on_the_web(published) and published.document.sha256 not in dossier.rules.withheld_documents:
            yield published.document.description.url or ""
            yield published.layer.text if published.layer is not None else ""
    for estimation in dossier.estimations:
        yield from _both(estimation.question)


@cache
def _our_words() -> tuple[str, ...]:
    """Our own phrases and templates."""
    fixed = (words for phrase in phrases().values() for words in _both(phrase))
    pages = (path.read_text("utf-8") for path in files("recuento.publish").joinpath("templates").iterdir())
    return (*fixed, *pages)


def written_texts(dossier: Dossier) -> Iterator[str]:
    """What is public in the words of whoever keeps the casefile: summaries, places, titles and outlets."""
    yield from (facility.place or "" for facility in dossier.cast.facilities)
    yield from (words for event in dossier.cast.events for words in _both(event.summary))
    for published in dossier.documents:
        if is_on_the_web(published) and published.document.sha256 not in dossier.rules.withheld_documents:
            yield from (published.document.description.title or "", published.document.description.outlet or "")
    for account in dossier.events:
        yield from (ground.outlet or "" for claim in account.claims for ground in claim.grounds if ground.url)


def is_on_the_web(published: PublishedDocument) -> bool:
    """Whether a document is a page that anybody can open."""
    document = published.document
    return bool(web_address(document.description.url) or web_address(document.origin.where))


def _of_cast(cast: Cast) -> Iterator[str]:
    for actor in cast.actors:
        yield from _both(actor.called)
        if may_be_named(actor, cast):
            yield from (actor.name, *actor.aliases, *(words for role in actor.roles for words in _both(role)))
    for party in cast.parties:
        yield from (party.id, *_both(party.name), *_both(party.short))
    for facility in cast.facilities:
        yield from (facility.id, facility.name, *facility.aliases)
    for event in cast.events:
        yield from (event.id, *_both(event.name))


def _both(words: Bilingual | None) -> Iterable[str]:
    return (words.es, words.en) if words is not None else ()
