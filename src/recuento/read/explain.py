"""A text with its statements drawn under it, for whoever wants to know why it was read so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from recuento.model.casting import Facility
from recuento.model.measure import Vocabulary
from recuento.model.statement import Ask, Figure, Form, SpeakerKind, Statement
from recuento.model.words import CERTAINTIES, MODES
from recuento.read.plugin import OWN
from recuento.read.reader import read
from recuento.read.rules import ReadingMode
from recuento.values.bilingual import Bilingual, Language
from recuento.values.partial_date import PartialDate
from recuento.values.quantity import Quantity

_WORDS: dict[Language, dict[str, str]] = {
    "es": {
        "speaker": "habla", "source": "fuente", "cue": "verbo", "content": "contenido", "figure": "cifra",
        "ask": "pide", "rule": "regla", "inferred": "deducido", "of": "de", "to": "a", "none": "no dice a quién",
        "confidence": "acierto medido", "unwritten": "sin escribir", "unmeasured": "sin medida", "subset": "parte",
        "nothing": "No se leyó ninguna declaración.", "reader": "lector", "untried": "acierto sin medir",
    },
    "en": {
        "speaker": "speaks", "source": "source", "cue": "verb", "content": "content", "figure": "figure",
        "ask": "asks", "rule": "rule", "inferred": "concluded", "of": "of", "to": "to", "none": "does not say whom",
        "confidence": "measured precision", "unwritten": "not written", "unmeasured": "no measure", "subset": "part",
        "nothing": "No statement was read.", "reader": "reader", "untried": "precision not measured",
    },
}  # fmt: skip
_FORMS = {
    Form.DIRECT: Bilingual(es="cita directa", en="direct"),
    Form.INDIRECT: Bilingual(es="estilo indirecto", en="indirect"),
    Form.MIXED: Bilingual(es="citado en parte", en="mixed"),
    Form.POST: Bilingual(es="publicación", en="post"),
}
_KINDS = {
    SpeakerKind.PERSON: Bilingual(es="persona", en="person"),
    SpeakerKind.ORGANISATION: Bilingual(es="organización", en="organisation"),
    SpeakerKind.UNNAMED: Bilingual(es="sin nombre", en="unnamed"),
    SpeakerKind.RUMOUR: Bilingual(es="rumor", en="rumour"),
}


def explain(
    text: str,
    *,
    published: PartialDate | date | None = None,
    vocabulary: Vocabulary | None = None,
    facilities: Sequence[Facility] = (),
    mode: ReadingMode = "balanced",
    statements: Sequence[Statement] | None = None,
    language: Language = "en",
) -> str:
    """The text, each paragraph followed by its statements: speaker, words, figures, demands, rule and confidence.

    `language` is that of the explanation, not of the text. With `statements` those are drawn; else the text is read.
    """
    if statements is None:
        statements = read(text, published=published, vocabulary=vocabulary, facilities=facilities, mode=mode)
    if not statements:
        return f"{text.rstrip()}\n\n{_WORDS[language]['nothing']}\n"
    lines: list[str] = []
    # Statements of another reader come after ours; children stay behind their parents.
    waiting = sorted(statements, key=lambda statement: statement.content[0].start)
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
        _KINDS[speaker.kind].text(language),
        *([speaker.role] if speaker.role else []),
        *([speaker.organisation] if speaker.organisation else []),
    ]
    concluded = f" [{words['inferred']}]" if speaker.inferred else ""
    lines = [
        f"{indent}{statement.id}  {words['speaker']}: {speaker.name} ({', '.join(facts)}){concluded}",
        f"{indent}    {_grounds(statement, words)}; "
        f"{MODES[statement.mode].text(language)}, {_FORMS[statement.form].text(language)}, "
        f"{CERTAINTIES[statement.certainty].text(language)}",
        f"{indent}    {words['source']}: {statement.source.quote if statement.source else words['unwritten']}",
        f"{indent}    {words['cue']}: {statement.cue.quote if statement.cue else words['unwritten']}",
    ]
    lines += [
        f"{indent}    {words['content']} {anchor.start}-{anchor.end}: {anchor.quote}" for anchor in statement.content
    ]
    lines += [f"{indent}    {words['figure']}: {_figure(figure, words, language)}" for figure in statement.figures]
    lines += [f"{indent}    {words['ask']}: {_ask(ask, words)}" for ask in statement.asks]
    return lines


def _grounds(statement: Statement, words: dict[str, str]) -> str:
    """The rule and its precision as measured on gold texts, or whoever else read it, of whom nothing was measured."""
    if statement.reader != OWN:
        return f"{words['reader']}: {statement.reader} ({statement.rule}), {words['untried']}"
    return f"{words['rule']} {statement.rule}, {words['confidence']} {statement.confidence:.2f}"


def _figure(figure: Figure, words: dict[str, str], language: Language) -> str:
    counted = f" {words['of']} {figure.counted.quote}" if figure.counted else ""
    when = f", {figure.as_of}" if figure.as_of else ""
    measure = figure.measure or words["unmeasured"]
    part = f", {words['subset']} «{figure.subset}»" if figure.subset else ""
    where = f", {figure.facility}" if figure.facility else ""
    said = f"{figure.anchor.quote}{counted} = {_range(figure.quantity)} {measure}"
    return f"{said}, {CERTAINTIES[figure.certainty].text(language)}{part}{where}{when}"


def _range(quantity: Quantity) -> str:
    if quantity.is_silence:
        return "?"
    if quantity.is_exact:
        return str(quantity.low)
    return f"{quantity.low if quantity.low is not None else '?'}..{quantity.high if quantity.high is not None else ''}"


def _ask(ask: Ask, words: dict[str, str]) -> str:
    addressee = f"{words['to']} {ask.addressee}" if ask.addressee else words["none"]
    return f"{ask.item.quote} ({addressee}; {ask.measure or words['unmeasured']})"
