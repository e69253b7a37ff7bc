"""What a person sent, made into the statement as it should be; all that is wrong with it is told at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from functools import partial
from itertools import pairwise
from typing import TypeVar

from recuento.compare.speakers import actor_named
from recuento.errors import Fault, FaultsFound, InvalidValue
from recuento.model.anchor import Anchor
from recuento.model.statement import Certainty, Figure, Mode, Speaker, Statement
from recuento.model.statement_key import spans_text
from recuento.read import read_figures
from recuento.store.encoding import decode, encode
from recuento.values.date_words import date_in
from recuento.values.partial_date import PartialDate
from recuento.values.quantity import Comparison, Number, Quantity, quantity_from
from recuento.workbench.fields import DROP, Scene, name_of, quantity_value, speaker_of

T = TypeVar("T")
_SPAN = re.compile(r"(\d{1,9})-(\d{1,9})")
_WORD = re.compile(r"[\w%]+(?:[.,’'/-]\w+)*")
_FROM_TO = re.compile(r"\s*(\d[\d.,]*)\s*(?:-|–|a|to)\s*(\d[\d.,]*)\s*")


def statement_from(form: Mapping[str, str], before: Statement, scene: Scene) -> Statement:
    """The statement with every field as the form says; a field the form does not name stays as it was.

    Raises FaultsFound with every field that cannot be.
    """
    faults: list[Fault] = []

    def tried(label: str, read: Callable[[], T], otherwise: T) -> T:
        try:
            return read()
        except InvalidValue as error:
            faults.append(Fault(scene.speech.t(label), error.en, error.es))
            return otherwise

    mode, certainty = tried("field_stance", lambda: _stance(form, before), (before.mode, before.certainty))
    made = replace(
        before,
        content=tried("field_span", lambda: _content(form, before, scene.text), before.content),
        speaker=tried("field_speaker", lambda: _speaker(form, before, scene), before.speaker),
        mode=mode,
        certainty=certainty,
    )
    figures: list[Figure | None] = []
    for figure in before.figures:
        read: Callable[[], Figure | None] = partial(_figure, form, figure, scene)
        as_it_was: Figure | None = figure
        figures.append(tried("field_figure", read, as_it_was))
    new = tried("field_figure", lambda: _new_figure(form, made, scene), None)
    made = replace(made, figures=tuple(figure for figure in (*figures, new) if figure is not None))
    if faults:
        raise FaultsFound(scene.speech.t("the_form"), faults)
    return made


def nudged(content: tuple[Anchor, ...], how: str, text: str) -> tuple[Anchor, ...]:
    """The content with its first or last word put out or one more taken in: "start+1", "start-1", "end+1", "end-1".

    "+1" always grows. What would leave nothing, or go beyond the text, changes nothing.
    """
    words = [match.span() for match in _WORD.finditer(text)]
    first, last = content[0], content[-1]
    start, end = first.start, last.end
    if how == "end+1":
        end = next((e for _, e in words if e > end), end)
        last = Anchor.of(text, last.start, end)
    elif how == "end-1":
        kept = [e for s, e in words if s >= last.start and e < end]
        last = Anchor.of(text, last.start, kept[-1]) if kept else last
    elif how == "start+1":
        start = next((s for s, _ in reversed(words) if s < start), start)
        first = Anchor.of(text, start, first.end)
    elif how == "start-1":
        kept = [s for s, e in words if s > start and e <= first.end]
        first = Anchor.of(text, kept[0], first.end) if kept else first
    if len(content) > 1:
        return (first, *content[1:-1], last)
    if how.startswith("end"):
        return (last,)
    return (first,)


def content_from(spans: str, text: str) -> tuple[Anchor, ...]:
    """The anchors behind such a text; raises InvalidValue where they are none of this document."""
    pieces = [_SPAN.fullmatch(piece) for piece in spans.split(",")]
    places = [(int(piece[1]), int(piece[2])) for piece in pieces if piece]
    ordered = all(one[1] <= other[0] for one, other in pairwise(places))
    if len(places) != len(pieces) or not ordered or any(not 0 <= s < e <= len(text) for s, e in places):
        raise InvalidValue(f"{spans!r} is no place in the text", f"{spans!r} no es un lugar del texto")
    return tuple(Anchor.of(text, start, end) for start, end in places)


def quantity_typed(words: str) -> Quantity:
    """The quantity somebody typed: "19", "al menos 11", "about 20", "11-15"; raises InvalidValue for anything else."""
    words = " ".join(words.split())
    joined = _FROM_TO.fullmatch(words)
    asked = f"entre {joined[1]} y {joined[2]}" if joined else words
    for tail in ("", " personas", " people"):
        found = read_figures(asked + tail)
        if len(found) == 1 and found[0].anchor.end <= len(asked):
            return replace(found[0].quantity, words=words)
    raise InvalidValue(
        f"{words!r} is no figure: write 19, at least 11, about 20, 11-15",
        f"{words!r} no es una cifra: escriba 19, al menos 11, unos 20, 11-15",
    )


def _content(form: Mapping[str, str], before: Statement, text: str) -> tuple[Anchor, ...]:
    spans = form.get("span", "")
    return content_from(spans, text) if spans and spans != spans_text(before.content) else before.content


def _speaker(form: Mapping[str, str], before: Statement, scene: Scene) -> Speaker:
    typed = " ".join(form.get("speaker-typed", "").split())
    if typed:
        actor = actor_named(typed, scene.cast)
        return speaker_of(actor) if actor else replace(before.speaker, name=typed, role=None, inferred=False)
    chosen = form.get("speaker", "")
    speaker = before.speaker if chosen in ("", encode(before.speaker)) else decode(Speaker, chosen)
    if not speaker.name.strip():
        raise InvalidValue("say who speaks", "diga quién habla")
    return speaker


def _stance(form: Mapping[str, str], before: Statement) -> tuple[Mode, Certainty]:
    chosen = form.get("stance", "")
    if not chosen:
        return before.mode, before.certainty
    mode, _, certainty = chosen.partition(":")
    try:
        return Mode(mode), Certainty(certainty)
    except ValueError:
        raise InvalidValue(f"there is no stance {chosen!r}", f"no hay postura {chosen!r}") from None


def _figure(form: Mapping[str, str], figure: Figure, scene: Scene) -> Figure | None:
    def sent(part: str) -> str | None:
        return form.get(name_of(figure, part))

    typed = form.get(f"{name_of(figure, 'quantity')}-typed", "").strip()
    chosen = sent("quantity")
    if chosen == DROP and not typed:
        return None
    quantity = figure.quantity
    if typed:
        quantity = quantity_typed(typed)
    elif chosen and chosen != quantity_value(quantity):
        quantity = _quantity(chosen, quantity.words)
    return _told(form, name_of(figure, ""), replace(figure, quantity=quantity), scene)


def _told(form: Mapping[str, str], prefix: str, figure: Figure, scene: Scene) -> Figure:
    """The figure with measure, date and place as the form says."""

    def sent(part: str, now: str) -> str:
        typed = form.get(f"{prefix}{part}-typed", "").strip()
        return typed or form.get(f"{prefix}{part}", now)

    vocabulary, cast = scene.vocabulary, scene.cast
    now = vocabulary.canonical(figure.measure) if figure.measure else ""
    measure, day, place = (
        sent("measure", now),
        sent("as_of", str(figure.as_of or "")),
        sent("facility", figure.facility or ""),
    )
    if measure != now:
        if measure and measure not in vocabulary:
            raise InvalidValue(f"there is no measure {measure!r}", f"no hay medida {measure!r}")
        figure = replace(figure, measure=measure or None, subset=None)
    if day != str(figure.as_of or ""):
        figure = replace(figure, as_of=_date(day, scene) if day else None)
    if place != (figure.facility or ""):
        if place and cast.facility(place) is None:
            raise InvalidValue(f"there is no facility {place!r}", f"no hay centro {place!r}")
        figure = replace(figure, facility=place or None)
    return figure


def _date(words: str, scene: Scene) -> PartialDate:
    try:
        return PartialDate.parse(words)
    except InvalidValue:
        found = date_in(words, scene.document.description.published, scene.speech.language)
        if found is None:
            raise
        return found


def _new_figure(form: Mapping[str, str], made: Statement, scene: Scene) -> Figure | None:
    """A figure that no reader found: its words must stand in the statement, as they are typed."""
    typed = form.get(f"{name_of(None, 'quantity')}-typed", "").strip()
    if not typed:
        return None
    for anchor in made.content:
        place = anchor.quote.casefold().find(typed.casefold())
        if place >= 0:
            at = Anchor.of(scene.text, anchor.start + place, anchor.start + place + len(typed))
            quantity = replace(quantity_typed(at.quote), words=at.quote)
            near = read_figures(anchor.quote, vocabulary=scene.vocabulary)
            measure = next((f.measure for f in near if f.anchor.start <= place < f.anchor.end), None)
            return _told(form, name_of(None, ""), Figure(at, quantity, measure), scene)
    raise InvalidValue(
        f"the words {typed!r} do not stand in the statement: type them as they stand there",
        f"las palabras {typed!r} no están en la declaración: escríbalas como están ahí",
    )


def _quantity(chosen: str, words: str) -> Quantity:
    comparison, _, numbers = chosen.partition(":")
    try:
        stated = tuple(_number(number) for number in numbers.split(",") if number)
        return quantity_from(Comparison(comparison), stated, words)
    except (ValueError, InvalidOperation):
        raise InvalidValue(f"there is no quantity {chosen!r}", f"no hay cantidad {chosen!r}") from None


def _number(text: str) -> Number:
    return int(text) if text.isdecimal() else Decimal(text)
