"""The figures of a statement as a person filled them in."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from functools import partial

from recuento.errors import InvalidValue
from recuento.model.statement import Figure, Statement
from recuento.read import read_figures
from recuento.values.date_words import date_in
from recuento.values.partial_date import PartialDate
from recuento.values.quantity import Comparison, Number, Quantity, quantity_from
from recuento.workbench.fields.field import DROP, Scene
from recuento.workbench.fields.figures import name_of, quantity_value
from recuento.workbench.form.span import words_in
from recuento.workbench.form.trying import Trying

_FROM_TO = re.compile(r"\s*(\d[\d.,]*)\s*(?:-|–|a|to)\s*(\d[\d.,]*)\s*")


def figures_from(
    form: Mapping[str, str], before: Statement, made: Statement, scene: Scene, trying: Trying
) -> tuple[Figure, ...]:
    """The figures of `before` as the form says, without those it drops, and the one it adds."""
    figures: list[Figure | None] = []
    for figure in before.figures:
        read: Callable[[], Figure | None] = partial(_figure, form, figure, scene)
        as_it_was: Figure | None = figure
        figures.append(trying.read("field_figure", read, as_it_was))
    figures.append(trying.read("field_figure", lambda: _new_figure(form, made, scene), None))
    return tuple(figure for figure in figures if figure is not None)


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
    at = words_in(typed, made.content, scene.text)
    quantity = replace(quantity_typed(at.quote), words=at.quote)
    said = next(anchor for anchor in made.content if anchor.covers(at))
    near = read_figures(said.quote, vocabulary=scene.vocabulary)
    place = at.start - said.start
    measure = next((f.measure for f in near if f.anchor.start <= place < f.anchor.end), None)
    return _told(form, name_of(None, ""), Figure(at, quantity, measure), scene)


def _quantity(chosen: str, words: str) -> Quantity:
    comparison, _, numbers = chosen.partition(":")
    try:
        stated = tuple(_number(number) for number in numbers.split(",") if number)
        return quantity_from(Comparison(comparison), stated, words)
    except (ValueError, InvalidOperation):
        raise InvalidValue(f"there is no quantity {chosen!r}", f"no hay cantidad {chosen!r}") from None


def _number(text: str) -> Number:
    return int(text) if text.isdecimal() else Decimal(text)
