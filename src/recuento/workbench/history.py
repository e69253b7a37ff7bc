"""Decisions told to people: who decided what when, on what, from what to what."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from recuento.casefile.review.correcting import before_and_after, details
from recuento.casefile.review.reviewing import standing
from recuento.compare.corrected_items import became
from recuento.model.casting import Cast
from recuento.model.decision import Act, Decision, undone_in
from recuento.model.measure import Vocabulary
from recuento.model.statement import Ask, Figure, Statement
from recuento.model.words import CERTAINTIES, MODES
from recuento.values.partial_date import PartialDate
from recuento.values.wording import date_text, shortened
from recuento.workbench.fields.figures import quantity_words
from recuento.workbench.pages import desk_of, language_of
from recuento.workbench.records import CAST, KINDS, Record, kind_of, record_of
from recuento.workbench.speech import Speech

_ITEM_MAX = 60


@dataclass(frozen=True, slots=True)
class Change:
    """One field from what to what."""

    field: str
    before: str
    after: str


DOCUMENT_FIELDS = {
    "title": "capture_document_title",
    "outlet": "capture_outlet",
    "author": "file_author",
    "published": "capture_published",
}
"""What a file may say of itself, by the phrase that names it. Who wrote it is for those who may see names."""


@dataclass(frozen=True, slots=True)
class Told:
    """A decision in words. `undone` says that it was taken back; `takes_back` which one an undo took back."""

    decision: Decision
    when: str
    words: str
    changes: tuple[Change, ...]
    undone: bool
    takes_back: str = ""
    record: Record | None = None
    """What was decided on; None where it has no page of its own."""

    @property
    def can_be_undone(self) -> bool:
        """Whether it still stands, so that it can be taken back."""
        here = kind_of(self.decision.subject) in KINDS
        return here and not self.undone and self.decision.act not in (Act.UNDO, Act.APPROVE)


@dataclass(frozen=True, slots=True)
class Names:
    """What is needed to call things by their names."""

    cast: Cast
    vocabulary: Vocabulary
    speech: Speech


def names_of(request: Any) -> Names:
    """The names of the casefile in the language of whoever asks."""
    settings = desk_of(request).casefile.settings
    return Names(settings.cast, settings.vocabulary, Speech(language_of(request)))


def told(shown: Iterable[Decision], every: Sequence[Decision], names: Names) -> tuple[Told, ...]:
    """The decisions `shown`, in their order; `every` holds at least the later ones on the same subjects."""
    undone = undone_in(every)
    return tuple(
        Told(
            decision=decision,
            when=decision.at.astimezone().strftime("%Y-%m-%d %H:%M"),
            words=names.speech.t(f"act_{decision.act.value}"),
            changes=changes_of(decision, names, every),
            undone=decision.id in undone,
            takes_back=details(decision).get("decision", "") if decision.act is Act.UNDO else "",
            record=record_of(decision, names.speech),
        )
        for decision in shown
    )


def changes_of(decision: Decision, names: Names, every: Sequence[Decision] = ()) -> tuple[Change, ...]:
    """What a correction or a settlement changed, field by field; what an addition says, from nothing.

    `every` holds at least the earlier decisions on the same subject.
    """
    if decision.act is Act.SETTLE:
        earlier = [one for one in every if one.subject == decision.subject and one.id < decision.id]
        was = standing(earlier).last.get(decision.subject)
        return changed(_settlement(was, names.speech), _settlement(decision, names.speech))
    if decision.act is Act.WITHDRAW:
        on = details(decision).get("on", "")
        return (Change(names.speech.t("withdrawn_on"), "", names.speech.day(PartialDate.parse(on))),) if on else ()
    if kind_of(decision.subject) == "document":
        labels = {name: names.speech.t(label) for name, label in DOCUMENT_FIELDS.items() if name != "author"}
        return tuple(Change(labels[name], "", words) for name, words in decision.details if name in labels)
    if kind_of(decision.subject) in CAST:
        return _cast_changes(decision, names.speech)
    before, after = before_and_after(decision)
    if after is None:
        return ()
    facts = changed(_facts(before, names) if before is not None else {}, _facts(after, names))
    return (*facts, *_asks_changed(before.demanded if before is not None else (), after.demanded, names))


def _cast_changes(decision: Decision, speech: Speech) -> tuple[Change, ...]:
    """What was put into recuento.toml: the keys of the new table from nothing, or the names of an actor from which."""
    told = details(decision)
    if decision.act is Act.NAME:
        names = json.loads(told["aliases"])
        return (Change(speech.t("cast_aliases"), ", ".join(names), ", ".join((*names, told["name"]))),)
    (by_id,) = tomllib.loads(told["table"]).values()
    (table,) = by_id.values()
    return tuple(Change(key, "", _plain(value)) for key, value in table.items())


def _plain(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value).lower() if isinstance(value, bool) else str(value)


def changed(was: dict[str, str], now: dict[str, str]) -> tuple[Change, ...]:
    """The fields that differ, by their labels."""
    labels = list(dict.fromkeys([*was, *now]))
    return tuple(
        Change(label, was.get(label, ""), now.get(label, "")) for label in labels if was.get(label) != now.get(label)
    )


def _settlement(decision: Decision | None, speech: Speech) -> dict[str, str]:
    told = details(decision) if decision is not None else {}
    facts = {speech.t("state"): speech.t(f"demand_{told.get('state', 'open')}")}
    if "on" in told:
        facts[speech.t("settled_on")] = speech.day(PartialDate.parse(told["on"]))
    if "answer" in told:
        facts[speech.t("answer_linked")] = told.get("words") or told["answer"]
    return facts


def _facts(statement: Statement, names: Names) -> dict[str, str]:
    t, say = names.speech.t, names.speech.say
    facts = {
        t("field_span"): " […] ".join(anchor.quote for anchor in statement.content),
        t("field_speaker"): statement.speaker.name,
        t("field_stance"): f"{say(MODES[statement.mode])}, {say(CERTAINTIES[statement.certainty])}",
    }
    for figure in statement.figures:
        facts[t("figure_read_from", words=figure.anchor.quote)] = _figure(figure, names)
    return facts


def _asks_changed(before: Sequence[Ask], after: Sequence[Ask], names: Names) -> Iterator[Change]:
    """What is asked for, item by item: what of it was put right, and what came or went whole."""
    for was, now in became(before, after):
        if was is not None and now is not None:
            yield from changed(_ask_facts(was, now, names), _ask_facts(now, now, names))
        else:
            words = ["; ".join(filter(None, _ask_facts(one, one, names).values())) if one else "" for one in (was, now)]
            yield Change(names.speech.t("field_asked"), *words)


def _ask_facts(ask: Ask, now: Ask, names: Names) -> dict[str, str]:
    """An item field by field; addressee and measure are told with the words it has `now`."""
    t = names.speech.t
    measure = names.vocabulary.find(ask.measure or "")
    item = shortened(" ".join(now.item.quote.split()), _ITEM_MAX)
    return {
        t("field_asked"): ask.item.quote,
        t("of_item", part=t("field_addressee"), item=item): ask.addressee or t("nobody_said"),
        t("of_item", part=t("field_concerns"), item=item): names.speech.say(measure.name)
        if measure
        else ask.measure or t("no_measure"),
    }


def _figure(figure: Figure, names: Names) -> str:
    measure = names.vocabulary.find(figure.measure or "")
    place = names.cast.facility(figure.facility or "")
    parts = [
        quantity_words(figure.quantity, names.speech),
        names.speech.say(measure.name) if measure else figure.measure or names.speech.t("no_measure"),
        date_text(figure.as_of, names.speech.language) if figure.as_of else "",
        place.name if place else figure.facility or "",
    ]
    return ", ".join(part for part in parts if part)
