"""Seal what files tell besides their content (who made them, with what, where, when), and keep it nowhere else.

It is read in the jail, sealed to the keepers of the casefile and forgotten. Without two keepers it is not read at all.
All of it belongs to one source of its own, which is opened, granted and destroyed like any other; which document a
sealed part is of stands inside the part alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from recuento import __version__
from recuento.casefile.casefile import Casefile
from recuento.casefile.sealing.keepers import keepers_of
from recuento.casefile.sealing.metadata_values import METADATA, metadata_text
from recuento.casefile.sealing.vault import add_part, new_metadata_source
from recuento.errors import RecuentoError
from recuento.model.document import Document
from recuento.model.vault import KEEPERS_MIN, Source
from recuento.preserve import media_types
from recuento.preserve.extract import look
from recuento.seal.sealed import Sealed
from recuento.store import documents, runs, vault
from recuento.values.bilingual import Bilingual

_STEP, _MANNER = "metadata", "1"
_TYPES = (*media_types.PICTURES, media_types.PDF, media_types.DOCX, media_types.XLSX)


@dataclass(frozen=True, slots=True)
class MetadataSealed:
    """How many documents were looked at, of how many something was sealed, and how many wait for keepers."""

    looked_at: int = 0
    sealed: int = 0
    waiting: int = 0

    def words(self) -> Bilingual | None:
        """What should be said of it, None where there is nothing to say."""
        if self.waiting:
            n = self.waiting
            return Bilingual(
                es=f"Los metadatos de {n} archivos (lugar, aparato, autor) no se guardaron: se sellan para dos "
                "personas custodias o más; añádalas con recuento keeper add y repita recuento run.",
                en=f"The metadata of {n} files (place, device, author) were not kept: they are sealed to two keepers "
                "or more; add them with recuento keeper add, and run recuento run again.",
            )
        if self.sealed:
            n = self.sealed
            return Bilingual(es=f"Metadatos de {n} archivos sellados.", en=f"The metadata of {n} files were sealed.")
        return None


def seal_metadata(casefile: Casefile, *, by: str, at: datetime) -> MetadataSealed:
    """Seal the metadata of every document not looked at yet. Each document is one transaction.

    With fewer than two keepers nothing is read, and the documents are taken up once there are.
    """
    with casefile.database.reading() as connection:
        done = runs.all_finished(connection, _STEP)
        found = [one for one in documents.all(connection) if one.media_type in _TYPES]
    todo = [one for one in found if done.get(one.sha256) != _MANNER]
    if len(keepers_of(casefile)) < KEEPERS_MIN:
        return MetadataSealed(waiting=len(todo))
    looked_at = sealed = 0
    for document in todo:
        plain = _read(casefile, document)
        if plain is None:
            continue
        looked_at += 1
        sealed += _seal(casefile, document, plain, by=by, at=at)
        plain.clear()
    return MetadataSealed(looked_at, sealed)


def _read(casefile: Casefile, document: Document) -> dict[str, Any] | None:
    """The fields and whether there is a signed history; None where the original is away, and it is tried again."""
    try:
        data = casefile.originals.read(document.sha256)
    except RecuentoError:
        return None
    told = look("metadata", data)
    fields = told.get("fields")
    # It comes from a child that may have been taken over: text to text, and not without end.
    checked = {str(name)[:80]: str(value)[:4000] for name, value in fields.items()} if isinstance(fields, dict) else {}
    return {"fields": dict(list(checked.items())[:300]), "c2pa": told.get("c2pa") is True}


def _seal(casefile: Casefile, document: Document, plain: dict[str, Any], *, by: str, at: datetime) -> bool:
    there = bool(plain["fields"]) or plain["c2pa"]
    source = metadata_source(casefile, at) if there else None
    text = Sealed(metadata_text(document.sha256, plain["fields"], c2pa=plain["c2pa"])) if there else None
    with casefile.database.writing() as connection:
        if source is not None and text is not None:
            add_part(connection, source, METADATA, text, by=by, at=at)
        runs.finish(connection, _STEP, document.sha256, _MANNER, __version__, at)
    return there


def metadata_source(casefile: Casefile, at: datetime) -> Source:
    """The source that all metadata of documents are sealed under, made where there is none.

    Raises InvalidValue where there are fewer than two keepers.
    """
    with casefile.database.reading() as connection:
        living = [one for one in vault.sources(connection) if one.is_metadata and not one.is_destroyed]
    return living[0] if living else new_metadata_source(casefile, at=at)
