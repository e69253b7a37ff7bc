"""Statements as Web Annotations: every selector finds its words again."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from recuento.errors import InvalidValue
from recuento.read import annotations, read

TEXT = (
    "🔥 El observatorio dijo que 11 presos murieron, 3 de ellos sin identificar. También exigió al Gobierno la lista "
    "de los trasladados, según un vecino.\n\n“Nobody escaped,” the minister said on Tuesday."
)


def targets(value: Any) -> Iterator[dict[str, Any]]:
    """Every target inside an annotation, however deep."""
    if isinstance(value, dict):
        if "selector" in value:
            yield value
        for inner in value.values():
            yield from targets(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from targets(inner)


def test_position_and_quote_select_the_same_words() -> None:
    """Both selectors of every span stand on the same words, and the words around them are right."""
    found = list(targets(annotations(read(TEXT), TEXT, source="https://example.org/a")))
    assert found
    for target in found:
        quote, position = target["selector"]
        assert TEXT[position["start"] : position["end"]] == quote["exact"]
        assert TEXT[: position["start"]].endswith(quote["prefix"])
        assert TEXT[position["end"] :].startswith(quote["suffix"])
        assert target["source"] == "https://example.org/a"


def test_one_annotation_a_statement_in_plain_json() -> None:
    """Every statement is there once, under its own id, and JSON gives it back unchanged."""
    statements = read(TEXT)
    made = annotations(statements, TEXT, source="x")
    assert [item["id"] for item in made] == [f"x#{s.id}" for s in statements]
    assert json.loads(json.dumps(made)) == made
    assert all(item["type"] == "Annotation" for item in made)


def test_another_text_is_refused_by_name() -> None:
    """Statements of another text are all named, never moved."""
    with pytest.raises(InvalidValue, match="s1, s2"):
        annotations(read(TEXT), "Another text.", source="x")
