"""What a speaker is called: public actors by name, everyone else only as their class."""

from __future__ import annotations

from collections.abc import Callable

from recuento.model.casting import Cast
from recuento.model.claim import Claim
from recuento.model.demand import Demand
from recuento.values.bilingual import Bilingual, Language

_SOMEBODY = Bilingual(es="alguien sin identificar", en="somebody unidentified")


def caller(cast: Cast, language: Language) -> Callable[[Claim], str]:
    """A function that gives what the speaker of a claim is called in `language`, safe to publish."""
    return lambda claim: called(cast, claim, language)


def called(cast: Cast, said: Claim | Demand, language: Language) -> str:
    """The actor's name if it is public; else what the casefile calls it, else the name of its party."""
    actor = cast.actor(said.actor) if said.actor else None
    if actor is not None and actor.public:
        return actor.name
    if actor is not None and actor.called is not None:
        return actor.called.text(language)
    party = cast.party(said.party)
    return (party.name if party else _SOMEBODY).text(language)
