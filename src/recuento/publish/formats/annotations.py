"""W3C Web Annotations of a document: where on the frozen text each statement stands."""

from __future__ import annotations

from typing import Any

from recuento.model.anchor import Anchor
from recuento.publish.formats.plain import both, quantity, written
from recuento.publish.view import PublicDocument, PublicStatement

_CONTEXT = 32


def annotations_of(document: PublicDocument, address: str | None) -> bytes:
    """One annotation per span of each statement whose words are published.

    Words before and after a quote are given only where the whole text is published.
    """
    source = address or _name(document)
    items = [
        _annotation(document, statement, anchor, place, source)
        for statement in document.statements
        for place, anchor in enumerate(statement.content)
    ]
    collection: dict[str, Any] = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"{_name(document)}#annotations",
        "type": "AnnotationCollection",
        "total": len(items),
        "first": {
            "id": f"{_name(document)}#annotations-1",
            "type": "AnnotationPage",
            "startIndex": 0,
            "items": items,
        },
    }
    if document.retracted is not None:
        collection["retracted"] = str(document.retracted)
    return written(collection)


def _name(document: PublicDocument) -> str:
    """What a document is called among machines."""
    if document.fingerprint is not None:
        return f"urn:sha256:{document.fingerprint}"
    return f"urn:recuento:document:{document.id}"


def _annotation(
    document: PublicDocument, statement: PublicStatement, anchor: Anchor, place: int, source: str
) -> dict[str, Any]:
    return {
        "id": f"{_name(document)}#{anchor.start}-{anchor.end}-{statement.number}-{place}",
        "type": "Annotation",
        "motivation": "describing",
        "body": {
            "type": "Dataset",
            "format": "application/json",
            "value": {
                "statement": statement.id,
                "voice": both(statement.voice.name),
                "party": statement.voice.party.id if statement.voice.party is not None else None,
                "mode": statement.mode.value,
                "certainty": statement.certainty.value,
                "inside": statement.parent,
                "figures": [
                    {
                        "start": figure.anchor.start,
                        "end": figure.anchor.end,
                        "quantity": quantity(figure.quantity),
                        "measure": both(figure.measure_name) if figure.measure_name is not None else None,
                    }
                    for figure in statement.figures
                ],
                "claims": list(statement.claims),
                "reviewed": statement.reviewed,
            },
        },
        "target": {
            "source": source,
            "selector": [
                {"type": "TextPositionSelector", "start": anchor.start, "end": anchor.end},
                {"type": "TextQuoteSelector", **_quote(document.text, anchor)},
            ],
        },
    }


def _quote(text: str | None, anchor: Anchor) -> dict[str, str]:
    if text is None:
        return {"exact": anchor.quote}
    return {
        "exact": anchor.quote,
        "prefix": text[max(0, anchor.start - _CONTEXT) : anchor.start],
        "suffix": text[anchor.end : anchor.end + _CONTEXT],
    }
