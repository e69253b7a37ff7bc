"""Say what is known of a document: confirm what was extracted from its file, or put it right. Each is a decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from recuento.casefile.casefile import Casefile
from recuento.casefile.documents.preparing import TOLD
from recuento.errors import InvalidValue
from recuento.model.decision import Act, Decision
from recuento.store import decisions, documents, vault
from recuento.store.document_names import TELLING
from recuento.values.partial_date import PartialDate


def describe(
    casefile: Casefile,
    document: str,
    confirmed: Sequence[str],
    given: Mapping[str, str],
    *,
    by: str,
    at: datetime,
) -> Decision:
    """Confirm fields as they stand and give others a value; the decision says who did, when, and what they are now.

    Raises InvalidValue where there is no such document, where a field to be confirmed is empty, a date is none, or a
    confidential document would be named: a decision is never changed, so its words would lie in clear for good.
    """
    with casefile.database.writing() as connection:
        found = documents.find(connection, document)
        if found is None:
            raise InvalidValue(f"there is no document {document}", f"no hay un documento {document}")
        naming = [name for name in TELLING if name in confirmed or name in given]
        if naming and found.sha256 in vault.confidential(connection):
            listed = ", ".join(naming)
            raise InvalidValue(
                f"document {found.sha256[:12]} is confidential: {listed} would lie in clear, in a decision too. What "
                "it is called is sealed; recuento seal document --undo takes the mark away",
                f"el documento {found.sha256[:12]} es confidencial: {listed} quedaría en claro, también en una "
                "decisión. Cómo se llama está sellado; recuento seal document --undo quita la marca",
            )
        empty = [name for name in confirmed if getattr(found.description, name) is None and name not in given]
        if empty:
            listed = ", ".join(empty)
            raise InvalidValue(
                f"nothing was extracted for {listed}: give it with --set",
                f"no se extrajo nada para {listed}: dígalo con --set",
            )
        told: dict[str, Any] = {name: getattr(found.description, name) for name in confirmed}
        told |= {name: _value(name, words) for name, words in given.items()}
        now = found.description.vouched_for(told)
        documents.describe(connection, found.sha256, now)
        details = tuple((name, str(getattr(now, name))) for name in TOLD if name in told)
        return decisions.append(connection, f"document:{found.sha256}", Act.CONFIRM, by, at, details)


def _value(name: str, words: str) -> object:
    if not words:
        raise InvalidValue(f"{name} is empty", f"{name} está vacío")
    return PartialDate.parse(words) if name == "published" else words
