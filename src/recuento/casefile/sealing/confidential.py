"""Documents that are confidential: their originals are what `recuento lock` takes away with the lists of names."""

from __future__ import annotations

from datetime import datetime

from recuento.casefile.casefile import Casefile
from recuento.casefile.sealing.keepers import month_of
from recuento.errors import InvalidValue
from recuento.store import attachments, documents, vault
from recuento.store.locks import refuse_where_locked


def mark_confidential(casefile: Casefile, document: str, *, marked: bool, by: str, at: datetime) -> str:
    """Mark the document of this SHA-256, or of the only one that begins so, with all that came inside it.

    Gives its whole SHA-256.

    Raises InvalidValue where there is none, Locked while the casefile is locked: its original may be away.
    """
    with casefile.database.writing() as connection:
        refuse_where_locked(connection)
        found = documents.find(connection, document)
        if found is None:
            raise InvalidValue(f"there is no document {document}", f"no hay un documento {document}")
        for sha256 in (found.sha256, *attachments.below(connection, found.sha256)):
            vault.mark(connection, sha256, by=by, month=month_of(at), marked=marked)
    return found.sha256


def confidential_documents(casefile: Casefile) -> frozenset[str]:
    """The SHA-256 of every document that is marked confidential."""
    with casefile.database.reading() as connection:
        return frozenset(vault.confidential(connection))
