"""The fields of a statement as a person sees them: what was read, from which words, what else it may be, why to check.

The number of a field is its key. A statement with several figures has the fields 3 to 6 once for each.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from recuento.compare.speakers import actor_for
from recuento.model.anchor import Anchor
from recuento.model.casting import Actor, Cast
from recuento.model.document import Document
from recuento.model.measure import Vocabulary
from recuento.model.statement import Certainty, Figure, Mode, Speaker, SpeakerKind, Statement
from recuento.model.words import CERTAINTIES, MODES
from recuento.store.encoding import encode
from recuento.values.names import fold, stands_in
from recuento.values.partial_date import PartialDate
from recuento.values.quantity import Comparison, Number, Quantity, quantity_from
from recuento.values.wording import date_text, range_text
from recuento.workbench.speech import Speech

NEW = "new"
"""Stands in the place of a figure where there is none yet."""
DROP = "drop"
_OFFERED = 6
_NEAR = 600
_SHAKY = 0.85
_ONE = (Comparison.EQ, Comparison.GE, Comparison.APPROX, Comparison.GT, Comparison.LE, Comparison.LT, Comparison.UPTO)
_SOFT = frozenset([Comparison.VAGUE, Comparison.APPROX, Comparison.NEARLY, Comparison.UPTO, Comparison.UNKNOWN])


@dataclass(frozen=True, slots=True)
class Scene:
    """What surrounds a statement: its document, the other statements there, and the names of the casefile."""

    document: Document
    text: str
    others: tuple[Statement, ...]
    cast: Cast
    vocabulary: Vocabulary
    speech: Speech
    places: tuple[str, ...]
    """The facilities of the events that the document speaks of."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One reading that may be chosen: what the form sends, and what it says."""

    value: str
    words: str


@dataclass(frozen=True, slots=True)
class Field:
    """One field: `name` in the form, `number` on the keyboard, the offered readings with the one that stands.

    `quote` are the words it came from; `note` says where it came from when no words say it; `typed` is how else it
    can be given: "text", "date", or a list to choose from ("list").
    """

    name: str
    number: int
    label: str
    chosen: str
    offers: tuple[Offer, ...]
    quote: str = ""
    note: str = ""
    checks: tuple[str, ...] = ()
    typed: str = "text"
    every: tuple[Offer, ...] = ()
    at: tuple[Anchor, ...] = ()
    typed_value: str = ""

    @property
    def words(self) -> str:
        """What stands, in words."""
        return next((offer.words for offer in self.offers if offer.value == self.chosen), "")


def fields_of(before: Statement, now: Statement, scene: Scene) -> tuple[Field, ...]:
    """The fields of a statement; `now` is how the form stands, `before` what it started from (often the same)."""
    figures = _pairs(before, now)
    return (
        _speaker(before, now, scene),
        _stance(before, now, scene),
        *(field for was, figure in figures for field in _figure_fields(was, figure, now, scene)),
    )


def name_of(figure: Figure | None, part: str) -> str:
    """What a part of a figure is called in the form: figures go by where their words begin."""
    return f"f{NEW if figure is None else figure.anchor.start}-{part}"


def quantity_value(quantity: Quantity) -> str:
    """A quantity as the form sends it: "ge:11", "range:11,15", "vague:"."""
    return f"{quantity.comparison.value}:{','.join(map(str, quantity.stated))}"


def speaker_of(actor: Actor) -> Speaker:
    """The speaker that an actor of the casefile is."""
    return Speaker(actor.name, SpeakerKind.PERSON if actor.person else SpeakerKind.ORGANISATION)


def _pairs(before: Statement, now: Statement) -> list[tuple[Figure | None, Figure | None]]:
    """Every figure before with what has become of it (None: dropped), then the new ones; one empty pair without any."""
    current = {figure.anchor.start: figure for figure in now.figures}
    pairs: list[tuple[Figure | None, Figure | None]] = []
    for was in before.figures:
        pairs.append((was, current.pop(was.anchor.start, None)))
    pairs += [(None, figure) for figure in current.values()]
    return pairs or [(None, None)]


def _speaker(before: Statement, now: Statement, scene: Scene) -> Field:
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
        every=tuple(Offer(actor.name, actor.name) for actor in scene.cast.actors),
        at=(before.source,) if before.source else (),
    )


def _speaker_words(speaker: Speaker) -> str:
    return ", ".join(part for part in (speaker.name, speaker.role) if part)


def _speakers(before: Statement, now: Statement, scene: Scene) -> list[Speaker]:
    """The readings to offer: as it stands, then whoever speaks near by, then the actors named near by."""
    start = before.content[0].start
    near = sorted(scene.others, key=lambda other: abs(other.content[0].start - start))
    around = fold(scene.text[max(0, start - _NEAR) : before.content[-1].end + _NEAR])
    named = [a for a in scene.cast.actors if any(stands_in(around, name) for name in (a.name, *a.aliases))]
    every = [before.speaker, now.speaker, *(other.speaker for other in near[:8]), *map(speaker_of, named)]
    found: dict[str, Speaker] = {}
    for speaker in every:
        if speaker.name:
            found.setdefault(fold(speaker.name), speaker)
    if now.speaker.name:
        found[fold(now.speaker.name)] = now.speaker
    return list(found.values())[:_OFFERED]


def _stance(before: Statement, now: Statement, scene: Scene) -> Field:
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
        offers=_different(offers),
        quote=before.cue.quote if before.cue else "",
        note="" if before.cue else t("note_no_cue"),
        checks=tuple(checks),
        typed="",
        at=(before.cue,) if before.cue else (),
    )


def _figure_fields(was: Figure | None, now: Figure | None, statement: Statement, scene: Scene) -> Iterable[Field]:
    yield _quantity(was, now, scene)
    if was is not None or now is not None:
        yield _measure(was, now, scene)
        yield _as_of(was, now, scene)
        yield _place(was, now, scene)


def _quantity(was: Figure | None, now: Figure | None, scene: Scene) -> Field:
    t = scene.speech.t
    drop = Offer(DROP, t("no_figure"))
    offers = [
        Offer(quantity_value(figure.quantity), quantity_words(figure.quantity, scene.speech))
        for figure in (was, now)
        if figure is not None
    ]
    offers += [Offer(quantity_value(q), quantity_words(q, scene.speech)) for q in _other_quantities(was or now)]
    figure = was or now
    soft = now is not None and now.quantity.comparison in _SOFT
    return Field(
        name=name_of(was, "quantity"),
        number=3,
        label=t("field_figure"),
        chosen=quantity_value(now.quantity) if now is not None else DROP,
        offers=_different([*offers[:_OFFERED], drop]),
        quote=figure.anchor.quote if figure else "",
        note="" if figure else t("note_no_figure"),
        checks=(t("check_vague"),) if soft else (),
        at=(figure.anchor,) if figure else (),
        typed_value=now.anchor.quote if was is None and now is not None else "",
    )


def quantity_words(quantity: Quantity, speech: Speech) -> str:
    """A quantity in words, with its range where the words do not show it."""
    words = speech.quantity(quantity)
    if quantity.comparison in (Comparison.VAGUE, Comparison.APPROX, Comparison.NEARLY):
        return f"{words} ({range_text(quantity.low, quantity.high, speech.language)})"
    return words


def _other_quantities(figure: Figure | None) -> list[Quantity]:
    if figure is None:
        return []
    stated, words = figure.quantity.stated, figure.quantity.words
    if len(stated) == 1 and figure.quantity.comparison is not Comparison.VAGUE:
        fitting = [c for c in _ONE if c is not Comparison.APPROX or isinstance(stated[0], int)]
        return [quantity_from(comparison, stated, words) for comparison in fitting]
    if len(stated) == 2:
        low, high = stated
        pairs: list[tuple[Comparison, tuple[Number, ...]]] = [
            (Comparison.RANGE, stated), (Comparison.GE, (low,)), (Comparison.LE, (high,)), (Comparison.EQ, (low,)),
            (Comparison.EQ, (high,)),
        ]  # fmt: skip
        return [quantity_from(comparison, numbers, words) for comparison, numbers in pairs]
    return [quantity_from(Comparison.UNKNOWN, (), words)]


def _measure(was: Figure | None, now: Figure | None, scene: Scene) -> Field:
    t = scene.speech.t
    figure = now or was
    assert figure is not None
    chosen = scene.vocabulary.canonical(figure.measure) if figure.measure else ""
    read = scene.vocabulary.canonical(was.measure) if was and was.measure else ""
    used = [f.measure for other in scene.others for f in other.figures if f.measure]
    ids = [read, chosen, *_kin(read, scene.vocabulary), *used]
    offers = [Offer(id, measure_words(id, scene)) for id in dict.fromkeys(map(scene.vocabulary.canonical, ids))]
    return Field(
        name=name_of(was, "measure"),
        number=4,
        label=t("field_counted"),
        chosen=chosen,
        offers=_with(offers, chosen),
        quote=figure.counted.quote if figure.counted else "",
        note="" if figure.counted else t("note_no_words"),
        checks=() if chosen else (t("check_measure"),),
        typed="list",
        every=tuple(
            Offer(measure.id, scene.speech.say(measure.name))
            for measure in sorted(scene.vocabulary.measures, key=lambda m: fold(scene.speech.say(m.name)))
        ),
        at=(figure.counted,) if figure.counted else (),
    )


def measure_words(id: str, scene: Scene) -> str:
    """What a measure is called; that nothing of the vocabulary is counted where it is empty."""
    found = scene.vocabulary.find(id)
    return scene.speech.say(found.name) if found else (id or scene.speech.t("no_measure"))


def _kin(id: str, vocabulary: Vocabulary) -> list[str]:
    """The measures it is a part of, those that are parts of it, and its fellow parts."""
    found = vocabulary.find(id)
    if found is None:
        return []
    fellows = [m.id for m in vocabulary.measures if m.part_of and m.part_of in (found.part_of, found.id)]
    return [*([found.part_of] if found.part_of else []), *fellows]


def _as_of(was: Figure | None, now: Figure | None, scene: Scene) -> Field:
    t = scene.speech.t
    figure = now or was
    assert figure is not None
    published = scene.document.description.published
    dates = [one.as_of for one in (was, now) if one] + [published]
    dates += [f.as_of for other in scene.others for f in other.figures]
    chosen = str(figure.as_of or "")
    offers = [Offer(str(d or ""), date_words(d, scene)) for d in (*dates, None)]
    return Field(
        name=name_of(was, "as_of"),
        number=5,
        label=t("field_as_of"),
        chosen=chosen,
        offers=_with(offers, chosen),
        note=t("note_read_date") if chosen else t("note_document_date"),
        checks=() if chosen or published else (t("check_no_date"),),
        typed="date",
    )


def date_words(day: PartialDate | None, scene: Scene) -> str:
    """A date in words; that of the document where none was read."""
    if day is not None:
        return date_text(day, scene.speech.language)
    published = scene.document.description.published
    if published is None:
        return scene.speech.t("no_date")
    return scene.speech.t("date_of_document", date=date_text(published, scene.speech.language))


def _place(was: Figure | None, now: Figure | None, scene: Scene) -> Field:
    t = scene.speech.t
    figure = now or was
    assert figure is not None
    chosen = figure.facility or ""
    ids = ["" if was is None else was.facility or "", chosen, *scene.places, ""]
    offers = [Offer(id, place_words(id, scene)) for id in ids]
    offers += [Offer(facility.id, facility.name) for facility in scene.cast.facilities]
    return Field(
        name=name_of(was, "facility"),
        number=6,
        label=t("field_place"),
        chosen=chosen,
        offers=_with(offers, chosen),
        note=t("note_read_place") if chosen else t("note_event_place"),
        checks=(t("check_places"),) if not chosen and len(scene.places) > 1 else (),
        typed="list",
        every=tuple(Offer(facility.id, facility.name) for facility in scene.cast.facilities),
    )


def place_words(id: str, scene: Scene) -> str:
    """What a facility is called; the place of the event where none was read."""
    found = scene.cast.facility(id)
    if found is not None:
        return found.name
    first = next((scene.cast.facility(place) for place in scene.places), None)
    return id or (scene.speech.t("place_of_event", place=first.name) if first else scene.speech.t("no_place"))


def _different(offers: Sequence[Offer]) -> tuple[Offer, ...]:
    return tuple({offer.value: offer for offer in reversed(offers)}[value] for value in _values(offers))


def _values(offers: Sequence[Offer]) -> list[str]:
    return list(dict.fromkeys(offer.value for offer in offers))


def _with(offers: Sequence[Offer], chosen: str) -> tuple[Offer, ...]:
    """At most six offers, the chosen one always among them."""
    found = _different(offers)
    kept = found[:_OFFERED]
    return kept if any(offer.value == chosen for offer in kept) else (*kept[:-1], *_only(found, chosen))


def _only(offers: Sequence[Offer], value: str) -> tuple[Offer, ...]:
    return tuple(offer for offer in offers if offer.value == value)
