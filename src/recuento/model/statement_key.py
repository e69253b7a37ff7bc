"""What a decision about a statement is filed under: the document and the exact words, not the reader's numbering.

A reader that finds the same words again finds the decision again; one that reads otherwise leaves it an orphan.
"""

from __future__ import annotations

from collections.abc import Iterable

from recuento.model.anchor import Anchor
from recuento.model.document import Document
from recuento.model.statement import Statement


def statement_key(document: Document, statement: Statement) -> str:
    """The key of a statement of a document."""
    return key_at(document.sha256, spans_text(statement.content))


def spans_text(content: Iterable[Anchor]) -> str:
    """Where the words of a statement stand, as keys and forms tell it: "12-40,51-60"."""
    return ",".join(f"{anchor.start}-{anchor.end}" for anchor in content)


def key_at(sha256: str, spans: str) -> str:
    """The key of a statement by its document and the spans of its content alone, as "12-40,51-60"."""
    return f"statement:{sha256[:16]}:{spans}"
