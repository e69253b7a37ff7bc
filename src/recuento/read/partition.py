"""Statements as flat rows, for tables of millions of them: a pure function over any share of the documents.

`read_partition` is what an engine such as Spark calls on each partition; it knows no engine, no file and no clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from recuento.errors import InvalidValue
from recuento.model.anchor import Anchor
from recuento.model.measure import Vocabulary
from recuento.model.statement import Ask, Figure, Statement
from recuento.read.reader import read
from recuento.read.rules import ReadingMode
from recuento.values.partial_date import PartialDate
from recuento.values.quantity import Number

Row = dict[str, Any]


def read_partition(
    rows: Iterable[Mapping[str, Any]], *, mode: ReadingMode = "balanced", vocabulary: Vocabulary | None = None
) -> Iterator[Row]:
    """Give one row a statement for documents given as rows with `id`, `text` and, where it is known, `published`.

    The rows come in the order of the documents and of the text; each depends on its own document alone, so that any
    way of sharing out documents gives the same rows. A document without text or statements gives none, and a date
    that is none counts as not known.
    """
    for row in rows:
        text = row.get("text")
        if isinstance(text, str) and text:
            statements = read(text, published=published_in(row.get("published")), mode=mode, vocabulary=vocabulary)
            yield from rows_of(str(row["id"]), statements)


def rows_of(document: str, statements: Iterable[Statement]) -> Iterator[Row]:
    """The statements of one document as rows, numbered in the order of the text."""
    for position, statement in enumerate(statements):
        yield _row(document, position, statement)


def published_in(value: object) -> PartialDate | None:
    """The date of a text such as "2023-09-20" or "2023-09-20T10:00:00Z"; None where it is none."""
    try:
        return PartialDate.parse(str(value).partition("T")[0]) if value else None
    except InvalidValue:
        return None


def _row(document: str, position: int, statement: Statement) -> Row:
    speaker = statement.speaker
    return {
        "document": document,
        "position": position,
        "statement": statement.id,
        "parent": statement.parent,
        "speaker": speaker.name,
        "speaker_kind": speaker.kind.value,
        "speaker_role": speaker.role,
        "speaker_organisation": speaker.organisation,
        "speaker_inferred": speaker.inferred,
        "source": _span(statement.source),
        "cue": _span(statement.cue),
        "content": [_span(anchor) for anchor in statement.content],
        "mode": statement.mode.value,
        "form": statement.form.value,
        "certainty": statement.certainty.value,
        "figures": [_figure(figure) for figure in statement.figures],
        "asks": [_ask(ask) for ask in statement.asks],
        "language": statement.language,
        "rule": statement.rule,
        "confidence": statement.confidence,
        "reader": statement.reader,
    }


def _span(anchor: Anchor | None) -> Row | None:
    if anchor is None:
        return None
    return {"start": anchor.start, "end": anchor.end, "words": _writable(anchor.quote)}


def _figure(figure: Figure) -> Row:
    quantity = figure.quantity
    return {
        "words": _span(figure.anchor),
        "low": _number(quantity.low),
        "high": _number(quantity.high),
        "comparison": quantity.comparison.value,
        "stated": [str(number) for number in quantity.stated],
        "measure": figure.measure,
        "counted": _span(figure.counted),
        "subset": figure.subset,
        "unit": figure.unit,
        "as_of": str(figure.as_of) if figure.as_of else None,
        "certainty": figure.certainty.value,
    }


def _ask(ask: Ask) -> Row:
    return {"item": _span(ask.item), "addressee": ask.addressee, "measure": ask.measure}


def _number(number: Number | None) -> float | None:
    """For computing; `stated` holds the numbers as they were said."""
    return None if number is None else float(number)


def _writable(words: str) -> str:
    """Halves of surrogate pairs cannot be written anywhere; a mark of the same length stands in their place."""
    return words.encode("utf-8", "replace").decode("utf-8")
