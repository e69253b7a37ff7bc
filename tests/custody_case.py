"""An invented casefile with a custody log of every kind of act, and alterations planted in it at random places."""

from __future__ import annotations

import hashlib
import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from invented import CLAIMS, NOTE, SETTINGS
from recuento.casefile.casefile import DATABASE, Casefile
from recuento.casefile.claims.importing import apply_import, plan_import
from recuento.casefile.custody.custody import write_checkpoint
from recuento.casefile.documents.extracting_again import extract_again
from recuento.casefile.documents.preserving import preserve
from recuento.casefile.people.lists import apply_list, plan_list
from recuento.casefile.people.pair_decisions import answer
from recuento.casefile.publishing.publishing import publish
from recuento.casefile.reading.reading import read_what_changed
from recuento.casefile.review.reviewing import decide
from recuento.casefile.sealing.confidential import mark_confidential
from recuento.casefile.sealing.vault_keys import destroy
from recuento.casefile.sealing.vault_opening import open_source
from recuento.model.attachment import Attachment
from recuento.model.capture import Capture, CaptureOutcome, Clocks
from recuento.model.decision import Act
from recuento.model.document import Document, Sureness
from recuento.preserve.extract import Extraction
from recuento.preserve.outcome import Outcome
from recuento.store import attachments, captures, documents, layers
from recuento.values.bilingual import Bilingual

AT = datetime(2031, 4, 2, 10, 0, tzinfo=UTC)
NAMES = "nombre;edad\nXIMENA PRUEBASOLA ZUTANA;30\nRAMIRO PRUEBASOLA DIAZ;41\n"
TABLES = (
    "documents", "origins", "text_layers", "layer_moves", "layer_words", "attachments", "captures", "statements",
    "claims", "claim_versions", "decisions",
    "custody_acts", "people_lists", "entries", "entry_versions", "pair_answers", "keepers", "sealed_sources",
    "sealed_keys", "sealed_parts", "sealed_acts", "sealed_erasures", "confidential", "custody_log", "custody_openings",
)  # fmt: skip
"""What was obtained and decided, and the log itself."""
OF_2022 = (
    "040020200a377a6ce7bfbd5efdbe087801fbef9a8a7b6815c3eb08000000000000000000"
    "ead1c751f9b4fedd1ff1ab37f7dccec13fc4cdfd6df4406fdd72cd44655fd2fa9389286273370a1739264fbc"
)
"""The header of a real block, as a node gives it."""


def filled(folder: Path) -> Casefile:
    """A casefile in `folder` in which documents, claims, decisions and a list came in and a dossier was published."""
    case = folder / "case"
    case.mkdir(parents=True)
    (case / "recuento.toml").write_text(SETTINGS, encoding="utf-8")
    (folder / "claims.csv").write_text(CLAIMS, encoding="utf-8")
    (folder / "list.csv").write_text(NAMES, encoding="utf-8")
    notes = folder / "notes"
    notes.mkdir()
    (notes / "one.txt").write_text(NOTE, encoding="utf-8")
    (notes / "two.txt").write_text("Nada sobre ningún suceso.", encoding="utf-8")
    casefile = Casefile.open(case)
    preserve(casefile, [notes], by="ana", at=AT)
    words = Bilingual.same("x")
    gone = Capture("urn:x", "http://example.invalid/", CaptureOutcome.GONE, "ana", words, words, Clocks(AT, AT))
    with casefile.database.writing() as connection:
        captures.add_all(connection, [gone])
    apply_import(casefile, plan_import(casefile, folder / "claims.csv"), by="ana", at=AT)
    apply_list(casefile, plan_list(casefile, folder / "list.csv", "muro"), by="ana", at=AT)
    read_what_changed(casefile, at=AT)
    decide(casefile, ["claim:A1"], Act.CONFIRM, by="luis", at=AT, why="leído dos veces")
    answer(casefile, "muro/1", "muro/2", "no", by="luis", at=AT)
    _lay_second_text(casefile)
    publish(casefile, case / "dossier", date(2031, 4, 30), by="ana", at=AT)
    _fill_vault(casefile, folder)
    write_checkpoint(casefile, "public")
    write_checkpoint(casefile, "sealed")
    return casefile


def _lay_second_text(casefile: Casefile) -> None:
    """The first note again by a later version, with how sure its words are, and something that came inside it."""
    (one,) = (document for document in stored_documents(casefile) if document.name == "one.txt")
    text = casefile.originals.read(one.sha256).decode() + "\n"
    later = Extraction("text/plain", Outcome.READ, text=text, extractor="plain", version="2")
    extract_again(casefile, at=AT, wanted=[one], read=lambda data, name: later)
    layer = later.layer(one.sha256)
    assert layer is not None
    with casefile.database.writing() as connection:
        layers.add_sureness(connection, layer, [Sureness(0, 2, 96)])
        attachments.add_all(connection, [Attachment(one.sha256, 1, "foto.jpg", "image/jpeg", document=one.sha256)])
    read_what_changed(casefile, at=AT)


def stored_documents(casefile: Casefile) -> list[Document]:
    """Every document."""
    with casefile.database.reading() as connection:
        return documents.all(connection)


def _fill_vault(casefile: Casefile, folder: Path) -> None:
    """Two sources, one opened and one destroyed, and a confidential document."""
    from vault_case import keepers_in, source_in

    keys = keepers_in(casefile)
    source, other = source_in(casefile, folder), source_in(casefile, folder)
    open_source(casefile, source, keys.ana, purpose="preparar una visita", by="ana", at=AT)
    destroy(casefile, other, by="ana", at=AT)
    mark_confidential(casefile, next(casefile.originals.all()), marked=True, by="ana", at=AT)


def alterations(casefile: Casefile, chance: random.Random, number: int) -> Iterator[str]:
    """Make `number` alterations of one byte, one after the other; each is undone before the next. Gives where."""
    for _ in range(number):
        with altering(chance)(casefile, chance) as place:
            yield place


def altering(chance: random.Random) -> Callable[[Casefile, random.Random], AbstractContextManager[str]]:
    """What is altered next: a value in the tables more often than a file."""
    return chance.choices((altered_value, altered_original, altered_edition), (70, 20, 10))[0]


@contextmanager
def altered_original(casefile: Casefile, chance: random.Random) -> Iterator[str]:
    """One byte of one original is another."""
    folders = (casefile.folder / "originals", casefile.folder / "people" / "originals")
    path = chance.choice(sorted(p for folder in folders for p in folder.glob("*/*")))
    before = path.read_bytes()
    path.chmod(0o644)
    path.write_bytes(flipped(before, chance))
    try:
        yield f"original {path.name[:12]}"
    finally:
        path.write_bytes(before)


@contextmanager
def altered_edition(casefile: Casefile, chance: random.Random) -> Iterator[str]:
    """One byte of one file of the kept editions, or beside them, is another, or one byte more or less."""
    path = chance.choice(sorted((casefile.folder / "editions").iterdir()))
    before = path.read_bytes()
    at = chance.randrange(len(before))
    how = chance.choice(("flipped", "flipped", "more", "less"))
    rest = before[at + 1 :] if how == "less" else before[at:]
    path.write_bytes(flipped(before, chance) if how == "flipped" else before[:at] + b"x" * (how == "more") + rest)
    try:
        yield f"{path.name} {how}"
    finally:
        path.write_bytes(before)


@contextmanager
def altered_value(casefile: Casefile, chance: random.Random) -> Iterator[str]:
    """One character of one value in one row is another, by somebody who can write to the file of the tables."""
    with closing(sqlite3.connect(casefile.folder / DATABASE, isolation_level=None)) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        while True:
            table = chance.choice(TABLES)
            column = chance.choice(connection.execute(f"SELECT name FROM pragma_table_info('{table}')").fetchall())[0]
            row, before = chance.choice(connection.execute(f"SELECT rowid, {column} FROM {table}").fetchall())
            after = changed(before, chance)
            # The number of a row is what undoes the alteration, and a key may clash with another: then somewhere else.
            if before is None or before == "" or column == _numbered_by(connection, table):
                continue
            try:
                connection.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (after, row))
            except sqlite3.IntegrityError:
                continue
            break
        try:
            yield f"{table}.{column} {row}"
        finally:
            connection.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (before, row))


def _numbered_by(connection: sqlite3.Connection, table: str) -> str | None:
    """The column that is the number of the row itself, by which an alteration is undone; None where there is none."""
    keys = connection.execute(f"SELECT name, type FROM pragma_table_info('{table}') WHERE pk > 0").fetchall()
    return keys[0][0] if len(keys) == 1 and keys[0][1] == "INTEGER" else None


def changed(value: object, chance: random.Random) -> object:
    """A value with one character of it another; a whole number is one more."""
    if isinstance(value, int):
        return value + 1
    text = str(value)
    if not text:
        return "x"
    at = chance.randrange(len(text))
    return text[:at] + chance.choice([c for c in "abz019:/ñ" if c != text[at]]) + text[at + 1 :]


def flipped(data: bytes, chance: random.Random) -> bytes:
    """The data with one byte another."""
    at = chance.randrange(len(data))
    return data[:at] + bytes([data[at] ^ chance.randrange(1, 256)]) + data[at + 1 :]


def forge_manifests(bag: Path) -> None:
    """Write the manifests of a bag anew, as whoever alters a bag with care would."""

    def listed(paths: list[Path]) -> str:
        lines = (f"{hashlib.sha256(p.read_bytes()).hexdigest()}  {p.relative_to(bag).as_posix()}\n" for p in paths)
        return "".join(lines)

    payload = sorted(path for path in (bag / "data").rglob("*") if path.is_file())
    (bag / "manifest-sha256.txt").write_text(listed(payload), encoding="utf-8")
    tags = sorted(path for path in bag.iterdir() if path.is_file() and path.name != "tagmanifest-sha256.txt")
    (bag / "tagmanifest-sha256.txt").write_text(listed(tags), encoding="utf-8")
