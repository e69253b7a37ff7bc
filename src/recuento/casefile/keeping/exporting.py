"""Write a casefile as text that a person can read and another program can load."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from recuento.casefile.casefile import SETTINGS, Casefile
from recuento.casefile.claims.claims_csv import write_claims
from recuento.casefile.documents.capture_record import record_of
from recuento.casefile.reading.reading import read_documents
from recuento.casefile.review.reviewing import reviews
from recuento.model.decision import Decision
from recuento.model.document import Document
from recuento.model.dossier import PublishedDocument
from recuento.model.statement import Statement
from recuento.store import captures, vault
from recuento.store import claims as stored_claims
from recuento.store.durable import write_files
from recuento.store.encoding import to_plain
from recuento.store.locks import refuse_where_locked


def export(casefile: Casefile, folder: Path) -> tuple[Path, ...]:
    """Write recuento.toml, claims.csv, documents/, statements/, decisions.jsonl and captures.jsonl.

    Gives the files. Originals are copied under their SHA-256, texts beside them. The claims can be imported again as
    they are. Raises Locked while originals of it are locked away.
    """
    with casefile.database.reading() as connection:
        if vault.confidential(connection):
            refuse_where_locked(connection)
        entered = stored_claims.all(connection)
        captured = captures.all(connection)
    files = {
        SETTINGS: (casefile.folder / SETTINGS).read_bytes(),
        "claims.csv": write_claims(entered).encode(),
        "decisions.jsonl": _lines(to_plain(d, Decision) for d in reviews(casefile).decisions),
        **({"captures.jsonl": _lines(map(record_of, captured))} if captured else {}),
    }
    write_files(folder, files)
    written = [folder / name for name in files]
    return (*written, *(path for read in read_documents(casefile) for path in _export_document(casefile, read, folder)))


def _export_document(casefile: Casefile, read: PublishedDocument, folder: Path) -> tuple[Path, ...]:
    sha256 = read.document.sha256
    files = {
        f"documents/{sha256}.json": _json(to_plain(read.document, Document)),
        f"originals/{sha256}": casefile.originals.read(sha256),
    }
    if read.layer is not None:
        lines = _lines(to_plain(statement, Statement) for statement in read.statements)
        files[f"documents/{sha256}.txt"] = read.layer.text.encode()
        files[f"statements/{sha256}.jsonl"] = lines
    write_files(folder, files)
    return tuple(folder / name for name in files)


def _json(plain: Any) -> bytes:
    return (json.dumps(plain, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def _lines(plains: Any) -> bytes:
    return "".join(json.dumps(plain, ensure_ascii=False, sort_keys=True) + "\n" for plain in plains).encode()
