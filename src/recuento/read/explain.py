"""A text with its statements drawn under it, for whoever wants to know why it was read so."""

from __future__ import annotations

from datetime import date

from recuento.model.measure import Vocabulary
from recuento.model.statement import Ask, Figure, Statement
from recuento.read.reader import read
from recuento.values.bilingual import Language
from recuento.values.partial_date import PartialDate
from recuento.values.quantity import Quantity

_WORDS: dict[Language, dict[str, str]] = {
    "es": {
        "speaker": "habla", "source": "fuente", "cue": "verbo", "content": "contenido", "figure": "cifra",
        "ask": "pide", "rule": "regla", "inferred": "deducido", "of": "de", "to": "a", "none": "no dice a quién",
        "confidence": "acierto medido", "unwritten": "sin escribir", "unmeasured": "sin medida", "subset": "parte",
        "nothing": "No se leyó ninguna declaración.",
    },
    "en": {
        "speaker": "speaks", "source": "source", "cue": "verb", "content": "content", "figure": "figure",
        "ask": "asks", "rule": "rule", "inferred": "concluded", "of": "of", "to": "to", "none": "does not say whom",
        "confidence": "measured precision", "unwritten": "not written", "unmeasured": "no measure", "subset": "part",
        "nothing": "No statement was read.",
    },
}  # fmt: skip


def explain(
    text: str,
    *,
    published: PartialDate | date | None = None,
    vocabulary: Vocabulary | None = None,
    language: Language = "en",
) -> str:
    """The text, each paragraph followed by its statements: speaker, words, figures, demands, rule and confidence.

    `language` is that of the explanation, not of the text.
    """
    statements = read(text, published=published, vocabulary=vocabulary)
    if not statements:
        return f"{text.rstrip()}\n\n{_WORDS[language]['nothing']}\n"
    lines: list[str] = []
    waiting = list(statements)
    place = 0
    for paragraph in text.splitlines(keepends=True):
        place += len(paragraph)
        lines.append(paragraph.rstrip())
        while waiting and waiting[0].content[0].start < place:
            lines += explained(waiting.pop(0), language)
    for statement in waiting:
        lines += explained(statement, language)
    return "\n".join(lines) + "\n"


def explained(statement: Statement, language: Language) -> list[str]:
    """One statement as indented lines; nested ones are indented deeper."""
    words = _WORDS[language]
    indent = "  " * (2 + statement.id.count("."))
    speaker = statement.speaker
    facts = [
        speaker.kind.value,
        *([speaker.role] if speaker.role else []),
        *([speaker.organisation] if speaker.organisation else []),
    ]
    concluded = f" [{words['inferred']}]" if speaker.inferred else ""
    lines = [
        f"{indent}{statement.id}  {words['speaker']}: {speaker.name} ({', '.join(facts)}){concluded}",
        f"{indent}    {words['rule']} {statement.rule}, {words['confidence']} {statement.confidence:.2f}; "
        f"{statement.mode.value}, {statement.form.value}, {statement.certainty.value}",
        f"{indent}    {words['source']}: {statement.source.quote if statement.source else words['unwritten']}",
        f"{indent}    {words['cue']}: {statement.cue.quote if statement.cue else words['unwritten']}",
    ]
    lines += [
        f"{indent}    {words['content']} {anchor.start}-{anchor.end}: {anchor.quote}" for anchor in statement.content
    ]
    lines += [f"{indent}    {words['figure']}: {_figure(figure, words)}" for figure in statement.figures]
    lines += [f"{indent}    {words['ask']}: {_ask(ask, words)}" for ask in statement.asks]
    return lines


def _figure(figure: Figure, words: dict[str, str]) -> str:
    counted = f" {words['of']} {figure.counted.quote}" if figure.counted else ""
    when = f", {figure.as_of}" if figure.as_of else ""
    measure = figure.measure or words["unmeasured"]
    part = f", {words['subset']} «{figure.subset}»" if figure.subset else ""
    where = f", {figure.facility}" if figure.facility else ""
    said = f"{figure.anchor.quote}{counted} = {_range(figure.quantity)} {measure}"
    return f"{said}, {figure.certainty.value}{part}{where}{when}"


def _range(quantity: Quantity) -> str:
    if quantity.is_silence:
        return "?"
    if quantity.is_exact:
        return str(quantity.low)
    return f"{quantity.low if quantity.low is not None else '?'}..{quantity.high if quantity.high is not None else ''}"


def _ask(ask: Ask, words: dict[str, str]) -> str:
    addressee = f"{words['to']} {ask.addressee}" if ask.addressee else words["none"]
    return f"{ask.item.quote} ({addressee}; {ask.measure or words['unmeasured']})"
