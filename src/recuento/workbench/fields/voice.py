"""Who speaks and what they do by it, as fields."""

from __future__ import annotations

from recuento.compare.speakers import actor_for
from recuento.model.casting import Actor
from recuento.model.statement import Certainty, Mode, Speaker, SpeakerKind, Statement
from recuento.model.words import CERTAINTIES, MODES
from recuento.store.encoding import encode
from recuento.values.names import fold, stands_in
from recuento.workbench.fields.field import OFFERED, Field, Offer, Scene, different

_NEAR = 600
_NEIGHBOURS = 8
_SHAKY = 0.85


def speaker_field(before: Statement, now: Statement, scene: Scene) -> Field:
    """Who speaks."""
    t = scene.speech.t
    offers = [Offer(encode(speaker), _speaker_words(speaker)) for speaker in _speakers(before, now, scene)]
    checks = []
    if now.speaker.inferred:
        checks.append(t("check_inferred"))
    if actor_for(now.speaker, scene.cast) is None:
        checks.append(t("check_no_actor"))
    return Field(
        name="speaker",
        number=1,
        label=t("field_speaker"),
        chosen=encode(now.speaker),
        offers=tuple(offers),
        quote=before.source.quote if before.source else "",
        note="" if before.source else t("note_concluded"),
        checks=tuple(checks),
        typed="actor",
        typed_label=t("other_speaker"),
        every=tuple(Offer(actor.name, actor.name) for actor in scene.cast.actors),
        at=(before.source,) if before.source else (),
    )


def stance_field(before: Statement, now: Statement, scene: Scene) -> Field:
    """What the speaker does by saying it, and how surely."""
    t, say = scene.speech.t, scene.speech.say

    def offer(mode: Mode, certainty: Certainty) -> Offer:
        sure = "" if certainty is Certainty.ASSERTED else f", {say(CERTAINTIES[certainty])}"
        return Offer(f"{mode.value}:{certainty.value}", say(MODES[mode]) + sure)

    offers = [offer(before.mode, before.certainty), offer(now.mode, now.certainty)]
    offers += [offer(mode, before.certainty) for mode in Mode]
    offers += [offer(before.mode, certainty) for certainty in Certainty]
    checks = []
    if now.certainty is not Certainty.ASSERTED:
        checks.append(t("check_certainty"))
    if before.confidence < _SHAKY:
        checks.append(t("check_rule"))
    return Field(
        name="stance",
        number=2,
        label=t("field_stance"),
        chosen=f"{now.mode.value}:{now.certainty.value}",
        offers=different(offers),
        quote=before.cue.quote if before.cue else "",
        note="" if before.cue else t("note_no_cue"),
        checks=tuple(checks),
        at=(before.cue,) if before.cue else (),
    )


def speaker_of(actor: Actor) -> Speaker:
    """The speaker that an actor of the casefile is."""
    return Speaker(actor.name, SpeakerKind.PERSON if actor.person else SpeakerKind.ORGANISATION)


def actors_near(statement: Statement, scene: Scene) -> list[Actor]:
    """The actors of the casefile that are named near a statement."""
    start, end = statement.content[0].start, statement.content[-1].end
    around = fold(scene.text[max(0, start - _NEAR) : end + _NEAR])
    return [a for a in scene.cast.actors if any(stands_in(around, name) for name in (a.name, *a.aliases))]


def others_near(statement: Statement, scene: Scene) -> list[Statement]:
    """The other statements of the document, the nearest first."""
    start = statement.content[0].start
    return sorted(scene.others, key=lambda other: abs(other.content[0].start - start))[:_NEIGHBOURS]


def _speaker_words(speaker: Speaker) -> str:
    return ", ".join(part for part in (speaker.name, speaker.role) if part)


def _speakers(before: Statement, now: Statement, scene: Scene) -> list[Speaker]:
    """The readings to offer: as it stands, then whoever speaks near by, then the actors named near by."""
    near = [other.speaker for other in others_near(before, scene)]
    every = [before.speaker, now.speaker, *near, *map(speaker_of, actors_near(before, scene))]
    found: dict[str, Speaker] = {}
    for speaker in every:
        if speaker.name:
            found.setdefault(fold(speaker.name), speaker)
    if now.speaker.name:
        found[fold(now.speaker.name)] = now.speaker
    return list(found.values())[:OFFERED]
