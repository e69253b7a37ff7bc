"""Statements as Web Annotations (W3C), for whoever wants them in another tool: plain JSON, one annotation each."""

from collections.abc import Iterator, Sequence
from typing import Any

from recuento.errors import InvalidValue
from recuento.model.anchor import Anchor
from recuento.model.statement import Ask, Figure, Statement
from recuento.values.quantity import Number

CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"@vocab": "urn:recuento:"}]
AROUND = 32
"""Characters before and after that a quote selector keeps."""


def annotations(statements: Sequence[Statement], text: str, *, source: str = "") -> list[dict[str, Any]]:
    """One annotation a statement, its target the words said, its body all that was read of them.

    `source` is the address or the hash of the text. Every span has a text quote selector (exact words with what
    stands around them) and a text position selector (Unicode code points). Raises InvalidValue where statements
    belong to another text, naming each.
    """
    strays = [s.id for s in statements if not all(anchor.stands_on(text) for anchor in s.anchors())]
    if strays:
        names = ", ".join(strays)
        raise InvalidValue(
            f"the words of {names} are not where they were read: give the text that was read, unchanged",
            f"las palabras de {names} no están donde se leyeron: entregue el mismo texto que se leyó, sin cambios",
        )
    return [_annotation(statement, text, source) for statement in statements]


def _annotation(statement: Statement, text: str, source: str) -> dict[str, Any]:
    return {
        "@context": CONTEXT,
        "id": f"{source}#{statement.id}",
        "type": "Annotation",
        "motivation": "identifying",
        "body": _body(statement, text, source),
        "target": [_target(anchor, text, source) for anchor in statement.content],
    }


def _body(statement: Statement, text: str, source: str) -> dict[str, Any]:
    speaker = statement.speaker
    return {
        "type": "Statement",
        "speaker": {
            "name": speaker.name,
            "kind": speaker.kind.value,
            "role": speaker.role,
            "organisation": speaker.organisation,
            "inferred": speaker.inferred,
        },
        "source": _target(statement.source, text, source) if statement.source else None,
        "cue": _target(statement.cue, text, source) if statement.cue else None,
        "parent": f"{source}#{statement.parent}" if statement.parent else None,
        "mode": statement.mode.value,
        "form": statement.form.value,
        "certainty": statement.certainty.value,
        "language": statement.language,
        "rule": statement.rule,
        "confidence": statement.confidence,
        "reader": statement.reader,
        "figures": [_figure(figure, text, source) for figure in statement.figures],
        "asks": [_ask(ask, text, source) for ask in statement.asks],
    }


def _figure(figure: Figure, text: str, source: str) -> dict[str, Any]:
    quantity = figure.quantity
    return {
        "measure": figure.measure,
        "low": _number(quantity.low),
        "high": _number(quantity.high),
        "stated": [_number(number) for number in quantity.stated],
        "comparison": quantity.comparison.value,
        "unit": figure.unit,
        "subset": figure.subset,
        "facility": figure.facility,
        "as_of": str(figure.as_of) if figure.as_of else None,
        "certainty": figure.certainty.value,
        "words": _target(figure.anchor, text, source),
        "counted": _target(figure.counted, text, source) if figure.counted else None,
    }


def _ask(ask: Ask, text: str, source: str) -> dict[str, Any]:
    return {"addressee": ask.addressee, "measure": ask.measure, "item": _target(ask.item, text, source)}


def _number(number: Number | None) -> int | str | None:
    """Whole numbers as numbers; others as text, so that nothing is rounded."""
    return number if number is None or isinstance(number, int) else str(number)


def _target(anchor: Anchor, text: str, source: str) -> dict[str, Any]:
    return {"source": source, "selector": list(_selectors(anchor, text))}


def _selectors(anchor: Anchor, text: str) -> Iterator[dict[str, Any]]:
    yield {
        "type": "TextQuoteSelector",
        "exact": anchor.quote,
        "prefix": text[max(0, anchor.start - AROUND) : anchor.start],
        "suffix": text[anchor.end : anchor.end + AROUND],
    }
    yield {"type": "TextPositionSelector", "start": anchor.start, "end": anchor.end}
