"""The figures of a statement as fields: how many, of what, as of when and where."""

from __future__ import annotations

from collections.abc import Iterator

from recuento.model.measure import Vocabulary
from recuento.model.statement import Figure, Statement
from recuento.values.names import fold
from recuento.values.partial_date import PartialDate
from recuento.values.quantity import Comparison, Number, Quantity, quantity_from
from recuento.values.wording import date_text, range_text
from recuento.workbench.fields.field import DROP, NEW, OFFERED, Field, Offer, Scene, different, with_chosen
from recuento.workbench.speech import Speech

_ONE = (Comparison.EQ, Comparison.GE, Comparison.APPROX, Comparison.GT, Comparison.LE, Comparison.LT, Comparison.UPTO)
_SOFT = frozenset([Comparison.VAGUE, Comparison.APPROX, Comparison.NEARLY, Comparison.UPTO, Comparison.UNKNOWN])


def figure_fields(before: Statement, now: Statement, scene: Scene) -> Iterator[Field]:
    """The fields of every figure, and of the one that may be added where there is none."""
    for was, figure in _pairs(before, now):
        yield _quantity(was, figure, scene)
        if was is not None or figure is not None:
            yield _measure(was, figure, scene)
            yield _as_of(was, figure, scene)
            yield _place(was, figure, scene)


def name_of(figure: Figure | None, part: str) -> str:
    """What a part of a figure is called in the form: figures go by where their words begin."""
    return f"f{NEW if figure is None else figure.anchor.start}-{part}"


def quantity_value(quantity: Quantity) -> str:
    """A quantity as the form sends it: "ge:11", "range:11,15", "vague:"."""
    return f"{quantity.comparison.value}:{','.join(map(str, quantity.stated))}"


def _pairs(before: Statement, now: Statement) -> list[tuple[Figure | None, Figure | None]]:
    """Every figure before with what has become of it (None: dropped), then the new ones; one empty pair without any."""
    current = {figure.anchor.start: figure for figure in now.figures}
    pairs: list[tuple[Figure | None, Figure | None]] = []
    for was in before.figures:
        pairs.append((was, current.pop(was.anchor.start, None)))
    pairs += [(None, figure) for figure in current.values()]
    return pairs or [(None, None)]


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
        offers=different([*offers[:OFFERED], drop]),
        quote=figure.anchor.quote if figure else "",
        note="" if figure else t("note_no_figure"),
        checks=(t("check_vague"),) if soft else (),
        typed="text",
        typed_label=t("new_quantity" if was is None else "other_quantity"),
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
    ids = [read, chosen, *kin(read, scene.vocabulary), *used]
    offers = [Offer(id, measure_words(id, scene)) for id in dict.fromkeys(map(scene.vocabulary.canonical, ids))]
    return Field(
        name=name_of(was, "measure"),
        number=4,
        label=t("field_counted"),
        chosen=chosen,
        offers=with_chosen(offers, chosen),
        quote=figure.counted.quote if figure.counted else "",
        note="" if figure.counted else t("note_no_words"),
        checks=() if chosen else (t("check_measure"),),
        typed="list",
        typed_label=t("other_measure"),
        every=every_measure(scene),
        at=(figure.counted,) if figure.counted else (),
    )


def measure_words(id: str, scene: Scene) -> str:
    """What a measure is called; that nothing of the vocabulary is counted where it is empty."""
    found = scene.vocabulary.find(id)
    return scene.speech.say(found.name) if found else (id or scene.speech.t("no_measure"))


def every_measure(scene: Scene) -> tuple[Offer, ...]:
    """The whole vocabulary to choose from, by name."""
    named = [Offer(measure.id, scene.speech.say(measure.name)) for measure in scene.vocabulary.measures]
    return tuple(sorted(named, key=lambda offer: fold(offer.words)))


def kin(id: str, vocabulary: Vocabulary) -> list[str]:
    """Of a measure the measures it is a part of, those that are parts of it, and its fellow parts."""
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
        offers=with_chosen(offers, chosen),
        note=t("note_read_date") if chosen else t("note_document_date"),
        checks=() if chosen or published else (t("check_no_date"),),
        typed="text",
        typed_label=t("other_date"),
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
        offers=with_chosen(offers, chosen),
        note=t("note_read_place") if chosen else t("note_event_place"),
        checks=(t("check_places"),) if not chosen and len(scene.places) > 1 else (),
        typed="list",
        typed_label=t("other_place"),
        every=tuple(Offer(facility.id, facility.name) for facility in scene.cast.facilities),
    )


def place_words(id: str, scene: Scene) -> str:
    """What a facility is called; the place of the event where none was read."""
    found = scene.cast.facility(id)
    if found is not None:
        return found.name
    first = next((scene.cast.facility(place) for place in scene.places), None)
    return id or (scene.speech.t("place_of_event", place=first.name) if first else scene.speech.t("no_place"))
