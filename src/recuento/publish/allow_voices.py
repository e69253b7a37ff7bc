"""Who may be named, and what the others are called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from recuento.model.casting import MARKS, Actor, Cast
from recuento.model.claim import Claim
from recuento.model.dossier import Dossier
from recuento.model.measure import Vocabulary
from recuento.model.statement import Speaker, SpeakerKind
from recuento.publish.gate import Gate
from recuento.publish.names import folded, may_be_named
from recuento.publish.tongue import phrases
from recuento.publish.view import PublicActor, PublicParty, Voice
from recuento.values.bilingual import Bilingual

_KINDS = {
    SpeakerKind.PERSON: "voice_person",
    SpeakerKind.ORGANISATION: "voice_organisation",
    SpeakerKind.UNNAMED: "voice_unnamed",
    SpeakerKind.RUMOUR: "voice_rumour",
}


@dataclass(frozen=True, slots=True)
class Casting:
    """The cast of a dossier, asked only for what may be told of it."""

    cast: Cast
    vocabulary: Vocabulary
    gate: Gate
    by_name: Mapping[str, Actor]
    parties: Mapping[str, Bilingual]
    """The name of each party by every name it goes by, folded."""
    _told: dict[str, PublicParty] = field(default_factory=dict)

    @classmethod
    def of(cls, dossier: Dossier, gate: Gate) -> Casting:
        """The casting of a dossier. A name that two actors share stands for neither of them."""
        found: dict[str, list[Actor]] = {}
        for actor in dossier.cast.actors:
            for name in dict.fromkeys(folded(name) for name in (actor.name, *actor.aliases)):
                found.setdefault(name, []).append(actor)
        single = {name: actors[0] for name, actors in found.items() if name and len(actors) == 1}
        parties: dict[str, Bilingual] = {}
        for party in dossier.cast.parties:
            for words in (party.name.es, party.name.en, party.short.es, party.short.en):
                parties.setdefault(folded(words), party.name)
        return cls(dossier.cast, dossier.vocabulary, gate, single, parties)

    def public_actors(self) -> tuple[PublicActor, ...]:
        """The actors that may be named."""
        return tuple(
            PublicActor(id=actor.id, name=actor.name, party=actor.party, person=actor.person, roles=actor.roles)
            for actor in self.cast.actors
            if may_be_named(actor, self.cast)
        )

    def clean(self, text: str | None) -> str | None:
        """`text` where nothing private stands in it; otherwise None."""
        return None if text is None or self.gate.tells(text) else text

    def measure_name(self, id: str) -> Bilingual:
        """The name of a measure in both languages; its id where the vocabulary does not know it."""
        measure = self.vocabulary.find(id)
        return measure.name if measure is not None else Bilingual.same(id)

    def party(self, id: str) -> PublicParty:
        """The party of that id; one called "other sources" where the cast does not know it."""
        told = self._told.get(id)
        if told is None:
            party = self.cast.party(id)
            if party is None:
                other = phrases()["party_other"]
                told = PublicParty(id=id, name=other, short=other, mark=MARKS[-1])
            else:
                told = PublicParty(id=party.id, name=party.name, short=party.short, mark=party.mark)
            self._told[id] = told
        return told

    def of_claim(self, claim: Claim) -> Voice:
        """Whose figure it is, as far as it may be told."""
        return self.voice(claim.actor, claim.claimant, claim.party)

    def voice(self, actor_id: str | None, name: str, party_id: str) -> Voice:
        """The voice of an actor found by id or name; the party alone where there is none."""
        actor = (self.cast.actor(actor_id) if actor_id is not None else None) or self.by_name.get(folded(name))
        party = self.cast.party(party_id)
        if party is not None and party.anonymous:
            called = actor.called if actor is not None and actor.party == party.id else None
            return Voice(name=called or party.name, party=self.party(party_id))
        if actor is not None:
            return self._of_actor(actor, self.party(party_id))
        return Voice(name=self.party(party_id).name, party=self.party(party_id), protected=party is None)

    def of_speaker(self, speaker: Speaker) -> Voice:
        """Who makes a statement; only the kind of speaker where it is no actor of the cast."""
        actor = self.by_name.get(folded(speaker.name))
        if actor is not None:
            return self._of_actor(actor, self.party(actor.party))
        return Voice(name=phrases()[_KINDS[speaker.kind]], party=None)

    def public_name(self, name: str) -> Bilingual | None:
        """`name` where it is that of a public actor or of a party; otherwise None."""
        actor = self.by_name.get(folded(name))
        if actor is not None:
            return Bilingual.same(actor.name) if may_be_named(actor, self.cast) else None
        return self.parties.get(folded(name)) if name else None

    def _of_actor(self, actor: Actor, party: PublicParty) -> Voice:
        if may_be_named(actor, self.cast):
            role = actor.roles[0] if actor.roles else None
            return Voice(name=Bilingual.same(actor.name), party=party, role=role, actor=actor.id, protected=False)
        return Voice(name=actor.called or self.party(actor.party).name, party=party)
