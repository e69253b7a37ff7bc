"""What a statement asks for, as fields: each item in its words, of whom it is asked, and the measure it concerns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from recuento.compare.corrected_items import became
from recuento.model.anchor import Anchor
from recuento.model.statement import DEMANDING, Ask, Mode, Statement
from recuento.model.statement_key import spans_text
from recuento.read import read_item, read_measure
from recuento.values.bilingual import Language
from recuento.values.names import fold
from recuento.workbench.fields.field import DROP, NEW, Field, Offer, Scene, different, with_chosen
from recuento.workbench.fields.figures import every_measure, kin, measure_words
from recuento.workbench.fields.voice import actors_near, others_near

WHOLE = "whole"
"""What a form sends where all that the statement says is the item, also once its words are others."""


def demand_fields(before: Statement, now: Statement, scene: Scene) -> Iterator[Field]:
    """The fields of every item, then of one more that may be added; none where the statement is no demand."""
    if now.mode not in DEMANDING:
        return
    for was, ask in _pairs(before, now):
        yield _item(was, ask, before, now, scene)
        if was is not None or ask is not None:
            yield _addressee(was, ask, now, scene)
            yield _measure(was, ask, now, scene)


def ask_name(ask: Ask | None, part: str) -> str:
    """What a part of an item is called in the form: items go by where their words begin."""
    return f"a{NEW if ask is None else ask.item.start}-{part}"


def item_value(item: Anchor) -> str:
    """The words of an item as the form sends them: where they stand."""
    return spans_text((item,))


def kept_of(item: Anchor, before: Statement, content: tuple[Anchor, ...], text: str) -> Anchor | None:
    """What is left of an item of `before` once the statement has other words; None where they hold none of it."""
    return item if content == before.content else within(item, content, text)


def within(item: Anchor, content: tuple[Anchor, ...], text: str) -> Anchor | None:
    """The part of an item that stands in the words of a statement; None where there is none."""
    touched = [one for one in content if one.start < item.end and item.start < one.end]
    if not touched:
        return None
    return Anchor.of(text, max(item.start, touched[0].start), min(item.end, touched[-1].end))


def whole_of(content: tuple[Anchor, ...]) -> Anchor:
    """All that a statement says as one item: of words that are parted, the longest part."""
    return read_item(max(content, key=lambda one: one.end - one.start))


def measure_in(words: str, statement: Statement, scene: Scene) -> str | None:
    """The measure that the words of an item concern, as the reader takes them."""
    language: Language = "en" if statement.language == "en" else "es"
    return read_measure(words, language=language, vocabulary=scene.vocabulary)


def _pairs(before: Statement, now: Statement) -> list[tuple[Ask | None, Ask | None]]:
    """Every item before with what has become of it (None: left out), then the one that is new, None without one.

    What begins elsewhere and shares no word with any item before stands in the place of one that was left out.
    """
    found = became(before.asks, now.asks)
    fresh = [ask for was, ask in found if was is None]
    pairs = [(was, ask or (fresh.pop(0) if len(fresh) > 1 else None)) for was, ask in found if was is not None]
    return [*pairs, (None, fresh[0] if fresh else None)]


def _item(was: Ask | None, ask: Ask | None, before: Statement, now: Statement, scene: Scene) -> Field:
    t = scene.speech.t
    kept = kept_of(was.item, before, now.content, scene.text) if was else None
    is_more = was is None and bool(now.asks) and now.asks != (ask,)
    drop = t("not_asked" if was else "nothing_more" if is_more else "no_demand")
    is_other = was is not None and ask is not None and ask.item != was.item
    shown = ask.item if ask else kept
    return Field(
        name=ask_name(was, "item"),
        number=7,
        label=t("field_asked_more" if is_more else "field_asked"),
        chosen=_chosen_item(was, ask, kept, now),
        offers=(*_offered_items(was, ask, kept, now), Offer(DROP, drop)),
        quote=was.item.quote if was is not None and is_other else "",
        note=t("note_item") if was or ask else "",
        checks=tuple(_item_checks(was, ask, kept, now, scene)),
        typed="text",
        typed_label=t("new_item" if was is None else "other_item"),
        at=(shown,) if shown else (),
    )


def _offered_items(was: Ask | None, ask: Ask | None, kept: Anchor | None, now: Statement) -> tuple[Offer, ...]:
    """The item as it was, as far as it is `kept`; as it is; and all that the statement says."""
    whole = whole_of(now.content)
    offers = [Offer(item_value(was.item), (kept or was.item).quote)] if was else []
    if ask is not None and ask.item not in (kept, whole):
        offers.append(Offer(item_value(ask.item), ask.item.quote))
    if whole != kept:
        offers.append(Offer(WHOLE, whole.quote))
    return different(offers)


def _chosen_item(was: Ask | None, ask: Ask | None, kept: Anchor | None, now: Statement) -> str:
    """An item left outside by other words stays chosen, so that it is there again once they are as they were."""
    if was is not None and (kept is None if ask is None else ask.item == kept):
        return item_value(was.item)
    if ask is None:
        return DROP
    return WHOLE if ask.item == whole_of(now.content) else item_value(ask.item)


def _item_checks(was: Ask | None, ask: Ask | None, kept: Anchor | None, now: Statement, scene: Scene) -> Iterator[str]:
    if was is not None and ask is None and kept is None:
        yield scene.speech.t("check_item_outside")
    if was is None and not now.asks and now.mode is Mode.DEMANDS:
        yield scene.speech.t("check_nothing_asked")


def _addressee(was: Ask | None, now: Ask | None, statement: Statement, scene: Scene) -> Field:
    t = scene.speech.t
    ask = now or was
    assert ask is not None
    chosen = ask.addressee or ""
    names = [one.addressee or "" for one in (was, now) if one is not None]
    asked = [other.addressee for near in others_near(statement, scene) for other in near.asks]
    near = [name for name in asked if name] + [actor.name for actor in actors_near(statement, scene)]
    offers = [Offer(name, name or t("nobody_said")) for name in (*names, "", *_others(names, near, statement))]
    return Field(
        name=ask_name(was, "addressee"),
        number=8,
        label=t("field_addressee"),
        chosen=chosen,
        offers=with_chosen(offers, chosen),
        note=t("note_read_or_chosen" if chosen else "note_no_addressee"),
        typed="actor",
        typed_label=t("other_speaker"),
        every=tuple(Offer(actor.name, actor.name) for actor in scene.cast.actors),
    )


def _others(names: Sequence[str], near: Sequence[str], statement: Statement) -> list[str]:
    """The names near by that are none of `names` and not that of who asks, however they are written."""
    found = {fold(name): name for name in reversed(near)}
    for name in (*names, statement.speaker.name):
        found.pop(fold(name), None)
    return list(reversed(found.values()))


def _measure(was: Ask | None, now: Ask | None, statement: Statement, scene: Scene) -> Field:
    t = scene.speech.t
    ask = now or was
    assert ask is not None
    canonical = scene.vocabulary.canonical
    chosen = canonical(ask.measure) if ask.measure else ""
    read = measure_in(ask.item.quote, statement, scene) or ""
    known = was.measure or "" if was is not None else ""
    used = [figure.measure for figure in statement.figures if figure.measure]
    ids = [read, known, chosen, "", *kin(chosen or read, scene.vocabulary), *used]
    offers = [Offer(id, measure_words(id, scene)) for id in (canonical(id) if id else "" for id in ids)]
    return Field(
        name=ask_name(was, "measure"),
        number=9,
        label=t("field_concerns"),
        chosen=chosen,
        offers=with_chosen(offers, chosen),
        note=t("note_measure_words" if chosen == read else "note_read_or_chosen"),
        typed="list",
        typed_label=t("other_measure"),
        every=every_measure(scene),
    )
