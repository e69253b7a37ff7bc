"""What a statement asks for as a person filled it in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from recuento.compare.speakers import actor_named
from recuento.errors import InvalidValue
from recuento.model.anchor import Anchor
from recuento.model.statement import DEMANDING, Ask, Mode, Statement
from recuento.workbench.fields.demands import WHOLE, ask_name, item_value, kept_of, measure_in, whole_of, within
from recuento.workbench.fields.field import DROP, Scene
from recuento.workbench.form.span import content_from, words_in
from recuento.workbench.form.trying import Trying


def asks_from(
    form: Mapping[str, str], before: Statement, made: Statement, scene: Scene, trying: Trying
) -> tuple[Ask, ...]:
    """The items of `before` as the form says, without those it drops, and the one it adds.

    What is no demand keeps its items, so that they are there again if its stance is put back.
    """
    if made.mode not in DEMANDING:
        return before.asks
    asks: list[Ask | None] = []
    for was in before.asks:
        read: Callable[[], Ask | None] = partial(_ask, form, was, before, made, scene)
        as_it_was: Ask | None = was
        asks.append(trying.read("field_asked", read, as_it_was))
    kept = [ask for ask in asks if ask is not None]
    new = trying.read("field_asked", lambda: _new_ask(form, before, made, kept, scene), None)
    every = tuple(kept) if new is None else (*kept, new)
    if every != before.asks:
        trying.read("field_asked", lambda: _refuse_same_beginning(every), None)
    return every


def leaves_open_what_is_asked(form: Mapping[str, str], before: Statement) -> bool:
    """Whether the form makes a demand of a statement without having shown what is asked for."""
    mode = form.get("stance", "").partition(":")[0]
    return _is_new_demand(before, mode) and ask_name(None, "item") not in form


def is_of_new_item(name: str) -> bool:
    """Whether a field of that name is one of the item that nobody has named yet."""
    return name.startswith(ask_name(None, ""))


def _is_new_demand(before: Statement, mode: str) -> bool:
    """Whether a mode makes a demand of a statement in which nobody has said yet what is asked for."""
    return mode == Mode.DEMANDS and before.mode is not Mode.DEMANDS and not before.asks


def _ask(form: Mapping[str, str], was: Ask, before: Statement, made: Statement, scene: Scene) -> Ask | None:
    chosen = form.get(ask_name(was, "item"), item_value(was.item))
    typed = form.get(ask_name(was, "item-typed"), "").strip()
    if not typed and chosen == item_value(was.item):
        item = kept_of(was.item, before, made.content, scene.text)
    else:
        item = _item(chosen, typed, made, scene)
    return _told(form, was, replace(was, item=item), made, scene) if item is not None else None


def _new_ask(form: Mapping[str, str], before: Statement, made: Statement, kept: list[Ask], scene: Scene) -> Ask | None:
    """An item that nobody has named yet; of whom the others are asked it is too, where nothing else is said."""
    offered = WHOLE if _is_new_demand(before, made.mode) else DROP
    item = _item(
        form.get(ask_name(None, "item"), offered), form.get(ask_name(None, "item-typed"), "").strip(), made, scene
    )
    if item is None:
        return None
    asked = {ask.addressee for ask in kept}
    addressee = asked.pop() if len(asked) == 1 else None
    return _told(form, None, Ask(item, addressee, measure_in(item.quote, made, scene)), made, scene)


def _item(chosen: str, typed: str, made: Statement, scene: Scene) -> Anchor | None:
    if typed:
        return words_in(typed, made.content, scene.text)
    if chosen == DROP:
        return None
    if chosen == WHOLE:
        return whole_of(made.content)
    return within(content_from(chosen, scene.text)[0], made.content, scene.text)


def _told(form: Mapping[str, str], was: Ask | None, ask: Ask, made: Statement, scene: Scene) -> Ask:
    """The item with addressee and measure as the form says."""
    typed = " ".join(form.get(ask_name(was, "addressee-typed"), "").split())
    actor = actor_named(typed, scene.cast) if typed else None
    addressee = actor.name if actor else typed or form.get(ask_name(was, "addressee"), ask.addressee or "")
    return replace(ask, addressee=addressee.strip() or None, measure=_measure(form, was, ask, made, scene))


def _measure(form: Mapping[str, str], was: Ask | None, ask: Ask, made: Statement, scene: Scene) -> str | None:
    """The measure that is chosen; one that only said what the words say follows them where they are others now."""
    vocabulary = scene.vocabulary
    now = vocabulary.canonical(ask.measure) if ask.measure else ""
    sent = form.get(ask_name(was, "measure-typed"), "").strip() or form.get(ask_name(was, "measure"), now)
    if sent != now:
        if sent and sent not in vocabulary:
            raise InvalidValue(f"there is no measure {sent!r}", f"no hay medida {sent!r}")
        return sent or None
    if was is not None and ask.item != was.item and was.measure == measure_in(was.item.quote, made, scene):
        return measure_in(ask.item.quote, made, scene)
    return ask.measure


def _refuse_same_beginning(asks: tuple[Ask, ...]) -> None:
    starts = [ask.item.start for ask in asks]
    twice = next((ask for ask in asks if starts.count(ask.item.start) > 1), None)
    if twice is not None:
        raise InvalidValue(
            f"two items begin with the words {twice.item.quote!r}: leave one out",
            f"dos cosas pedidas empiezan con las palabras {twice.item.quote!r}: quite una",
        )
