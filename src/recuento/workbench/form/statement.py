"""What a person sent, made into the statement as it should be; all that is wrong with it is told at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from recuento.compare.speakers import actor_named
from recuento.errors import InvalidValue
from recuento.model.anchor import Anchor
from recuento.model.statement import Certainty, Mode, Speaker, Statement
from recuento.model.statement_key import spans_text
from recuento.store.encoding import decode, encode
from recuento.workbench.fields.field import Scene
from recuento.workbench.fields.voice import speaker_of
from recuento.workbench.form.demands import asks_from
from recuento.workbench.form.figures import figures_from
from recuento.workbench.form.span import content_from
from recuento.workbench.form.trying import Trying


def statement_from(form: Mapping[str, str], before: Statement, scene: Scene) -> Statement:
    """The statement with every field as the form says; a field the form does not name stays as it was.

    Raises FaultsFound with every field that cannot be.
    """
    trying = Trying(scene.speech)
    made = _made(form, before, scene, trying)
    trying.end()
    return made


def as_far_as_it_goes(form: Mapping[str, str], before: Statement, scene: Scene) -> Statement:
    """The same, with every field that cannot be as it was."""
    return _made(form, before, scene, Trying(scene.speech))


def _made(form: Mapping[str, str], before: Statement, scene: Scene, trying: Trying) -> Statement:
    mode, certainty = trying.read("field_stance", lambda: _stance(form, before), (before.mode, before.certainty))
    made = replace(
        before,
        content=trying.read("field_span", lambda: _content(form, before, scene.text), before.content),
        speaker=trying.read("field_speaker", lambda: _speaker(form, before, scene), before.speaker),
        mode=mode,
        certainty=certainty,
    )
    return replace(
        made,
        figures=figures_from(form, before, made, scene, trying),
        asks=asks_from(form, before, made, scene, trying),
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
