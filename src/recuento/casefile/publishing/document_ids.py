"""Random ids for documents: what a document of testimony is known by in public, where its hash could be tried out."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Mapping

from recuento.casefile.casefile import Casefile
from recuento.casefile.custody.edition_records import DOCUMENT_IDS, EDITIONS, written
from recuento.store.durable import write_file


def document_ids(casefile: Casefile, documents: Iterable[str]) -> Mapping[str, str]:
    """An id for each of these documents by its SHA-256; who has none yet is given one, and keeps it.

    An id is drawn at random and looks like the beginning of a hash, so that an address does not even tell which
    documents are testimonies. New ones come last, for the custody log notes how many there were. Raises
    CasefileUnusable where the disk is full, read-only or failing.
    """
    path = casefile.folder / EDITIONS / DOCUMENT_IDS
    known: dict[str, str] = json.loads(path.read_bytes()) if path.is_file() else {}
    missing = sorted(set(documents) - known.keys())
    if missing:
        known |= {sha256: secrets.token_hex(8) for sha256 in missing}
        write_file(path, written(known))
    return known
