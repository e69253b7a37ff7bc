"""Which actor of the casefile speaks: by name and alias, by role, or as a class of unnamed sources."""

from __future__ import annotations

from recuento.model.casting import Actor, Cast
from recuento.model.statement import Speaker, SpeakerKind
from recuento.values.names import fold, folded, key_words, stands_in


def actor_for(speaker: Speaker, cast: Cast) -> Actor | None:
    """Give the actor whose words these are, or None. Names count before roles, roles only when one actor has it."""
    if speaker.kind is SpeakerKind.RUMOUR:
        return None
    found = actor_named(speaker.name, cast)
    if found is None and speaker.role:
        found = _only([actor for actor in cast.actors if _has_role(actor, speaker.role)])
    if found is None and speaker.kind is not SpeakerKind.UNNAMED:
        found = _only([actor for actor in cast.actors if _has_role(actor, speaker.name)])
    if found is None and speaker.organisation and speaker.kind is not SpeakerKind.UNNAMED:
        found = actor_named(speaker.organisation, cast)
    return found


def actor_named(name: str, cast: Cast) -> Actor | None:
    """The one actor with this name or alias, folded; else the one whose name stands inside it as whole words."""
    wanted = fold(name)
    exact = [actor for actor in cast.actors if wanted in map(folded, (actor.name, *actor.aliases))]
    if exact:
        return exact[0]
    return _only([actor for actor in cast.actors if any(stands_in(wanted, n) for n in (actor.name, *actor.aliases))])


def _has_role(actor: Actor, role: str) -> bool:
    """Whether every telling word of one of the actor's roles stands in `role`."""
    wanted = key_words(role)
    return any(words and words <= wanted for r in actor.roles for words in (key_words(r.es), key_words(r.en)))


def _only(found: list[Actor]) -> Actor | None:
    return found[0] if len(found) == 1 else None
