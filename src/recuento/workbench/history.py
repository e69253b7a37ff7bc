"""Decisions told to people: who decided what when, from what to what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from recuento.casefile.correcting import before_and_after, details, undone_in
from recuento.model.casting import Cast
from recuento.model.decision import Act, Decision
from recuento.model.measure import Vocabulary
from recuento.model.statement import Figure, Statement
from recuento.model.words import CERTAINTIES, MODES
from recuento.values.wording import date_text
from recuento.workbench.fields import quantity_words
from recuento.workbench.speech import Speech


@dataclass(frozen=True, slots=True)
class Change:
    """One field from what to what."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Told:
    """A decision in words. `undone` says that it was taken back; `takes_back` which one an undo took back."""

    decision: Decision
    when: str
    words: str
    changes: tuple[Change, ...]
    undone: bool
    takes_back: str = ""

    @property
    def can_be_undone(self) -> bool:
        """Whether it still stands, so that it can be taken back."""
        return not self.undone and self.decision.act is not Act.UNDO


@dataclass(frozen=True, slots=True)
class Names:
    """What is needed to call things by their names."""

    cast: Cast
    vocabulary: Vocabulary
    speech: Speech


def told(shown: Iterable[Decision], every: Sequence[Decision], names: Names) -> tuple[Told, ...]:
    """The decisions `shown`, in their order; `every` holds at least the later ones on the same subjects."""
    undone = undone_in(every)
    return tuple(
        Told(
            decision=decision,
            when=decision.at.astimezone().strftime("%Y-%m-%d %H:%M"),
            words=names.speech.t(f"act_{decision.act.value}"),
            changes=changes_of(decision, names),
            undone=decision.id in undone,
            takes_back=details(decision).get("decision", "") if decision.act is Act.UNDO else "",
        )
        for decision in shown
    )


def changes_of(decision: Decision, names: Names) -> tuple[Change, ...]:
    """What a correction changed, field by field; what an addition says, from nothing."""
    before, after = before_and_after(decision)
    if after is None:
        return ()
    was, now = (_facts(one, names) if one is not None else {} for one in (before, after))
    labels = list(dict.fromkeys([*was, *now]))
    return tuple(
        Change(label, was.get(label, ""), now.get(label, "")) for label in labels if was.get(label) != now.get(label)
    )


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
