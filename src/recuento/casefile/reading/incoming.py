"""What was handed in through the browser and is on its way into the casefile.

The bytes and what is told of them are on the disk, flushed, before the page says that they were taken; they stay
under `incoming/` until the document is in the casefile, so that nothing that was taken is lost when the machine
stops. Going on after that does each thing once: a document is known by its bytes.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from recuento.casefile.casefile import Casefile
from recuento.casefile.custody.wiping import wipe_file
from recuento.casefile.documents.importing_archives import ArchiveImport, import_archive, is_archive
from recuento.casefile.documents.preserving import Outcome, preserve_bytes
from recuento.casefile.reading.reading import read_what_changed
from recuento.errors import CasefileUnusable
from recuento.model.document import Description, Origin
from recuento.model.words import CAPTURE_OUTCOMES
from recuento.store import statements
from recuento.store.durable import write_file
from recuento.store.encoding import decode, encode
from recuento.store.lock import WriteLock
from recuento.values.bilingual import LANGUAGES, Bilingual

FOLDER = "incoming"
_TOLD, _BYTES = ".json", ".bytes"


class Stage(StrEnum):
    """How far it is."""

    WAITING = "waiting"
    KEEPING = "keeping"
    """Its text is being made."""
    READING = "reading"
    DONE = "done"
    """`outcome` says what became of it."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """One thing handed in. `statements` is how many were read in it, once it is done and has a text."""

    id: str
    name: str
    where: str
    by: str
    at: datetime
    told: Description
    stage: Stage = Stage.WAITING
    outcome: str = ""
    sha256: str | None = None
    statements: int = 0
    reason: Bilingual | None = None


def receive(
    casefile: Casefile, data: bytes, *, name: str, where: str, told: Description, by: str, at: datetime
) -> Arrival:
    """Take something in: once this returns it is on the disk. `work_off` makes a document of it."""
    id = f"{at.astimezone(UTC):%Y%m%dT%H%M%S%f}-{secrets.token_hex(6)}"
    made = Arrival(id, Path(name.replace("\\", "/")).name or "?", where, by, at, told)
    write_file(_folder(casefile) / f"{id}{_BYTES}", data)
    _write(casefile, made)
    return made


def arrivals(casefile: Casefile) -> tuple[Arrival, ...]:
    """Everything that is on its way or has arrived and was not cleared, the last one first."""
    folder = _folder(casefile)
    paths = sorted(folder.glob(f"*{_TOLD}"), reverse=True) if folder.is_dir() else []
    return tuple(decode(Arrival, path.read_text(encoding="utf-8")) for path in paths if not path.name.startswith("."))


def are_left(casefile: Casefile) -> bool:
    """Whether something has not arrived yet."""
    return any(one.stage is not Stage.DONE for one in arrivals(casefile))


def work_off(casefile: Casefile, now: Callable[[], datetime]) -> None:
    """Preserve and read what has not arrived yet, in the order in which it was handed in.

    Returns at once where another thread or process is at it. What fails is noted at the arrival, with the reason.
    """
    if not are_left(casefile):
        return
    lock = WriteLock(_folder(casefile) / ".lock", busy_seconds=0.0)
    try:
        with lock.held():
            while left := [one for one in reversed(arrivals(casefile)) if one.stage is not Stage.DONE]:
                _read(casefile, [_keep(casefile, one) for one in left], now)
    except CasefileUnusable:
        if not lock.is_held():
            raise


def clear(casefile: Casefile) -> None:
    """Take what has arrived off the list; the documents stay in the casefile."""
    for one in arrivals(casefile):
        if one.stage is Stage.DONE:
            (_folder(casefile) / f"{one.id}{_TOLD}").unlink(missing_ok=True)


def forget(casefile: Casefile, documents: Collection[str]) -> None:
    """Take what has arrived of these documents, by their SHA-256, off the list, and overwrite what it was called."""
    for one in arrivals(casefile):
        if one.sha256 in documents and one.stage is Stage.DONE:
            wipe_file(_folder(casefile) / f"{one.id}{_TOLD}")


def _keep(casefile: Casefile, one: Arrival) -> Arrival:
    path = _folder(casefile) / f"{one.id}{_BYTES}"
    if one.stage is Stage.READING or not path.is_file():
        return one
    _write(casefile, replace(one, stage=Stage.KEEPING))
    origin = Origin(one.where, one.by, one.at)
    if not is_archive(Path(one.name)):
        kept = preserve_bytes(casefile, path.read_bytes(), Path(one.name), origin, one.told)
        outcome, sha256, reason = kept.outcome, kept.sha256, kept.reason
    else:
        # Its pages become documents, as with the command; what of it was no page, or not whole, is told.
        found = import_archive(casefile, path, origin, at=one.at, name=one.name)
        outcome, sha256, reason = Outcome.ARCHIVE, found.sha256, _told_of(found)
    made = replace(one, stage=Stage.READING, outcome=outcome.value, sha256=sha256, reason=reason)
    _write(casefile, made)
    path.unlink(missing_ok=True)
    return made


def _told_of(found: ArchiveImport) -> Bilingual:
    told = [(number, CAPTURE_OUTCOMES[one]) for one, number in found.outcomes.items() if number]
    es, en = ([f"{number} {words.text(language)}" for number, words in told] for language in LANGUAGES)
    if found.known:
        es.append(f"{found.known} ya traídas")
        en.append(f"{found.known} brought in before")
    if found.account.bytes_reported:
        es.append(f"{found.account.bytes_reported} bytes ilegibles")
        en.append(f"{found.account.bytes_reported} unreadable bytes")
    if found.mismatches:
        es.append(f"{found.mismatches} registros no corresponden a su huella")
        en.append(f"{found.mismatches} records are not what their digest says")
    if not (es or found.account.records):
        es.append("ningún registro")
        en.append("no record")
    return Bilingual(es=", ".join(es), en=", ".join(en))


def _read(casefile: Casefile, kept: Iterable[Arrival], now: Callable[[], datetime]) -> None:
    done = list(kept)
    read_what_changed(casefile, at=now())
    with casefile.database.reading() as connection:
        counts = {one.sha256: len(statements.of(connection, one.sha256)) for one in done if one.sha256}
    for one in done:
        gone = one.sha256 is None
        _write(
            casefile,
            replace(
                one,
                stage=Stage.DONE,
                outcome=Outcome.MISSING.value if gone else one.outcome,
                statements=counts.get(one.sha256 or "", 0),
            ),
        )


def _write(casefile: Casefile, one: Arrival) -> None:
    write_file(_folder(casefile) / f"{one.id}{_TOLD}", encode(one).encode())


def _folder(casefile: Casefile) -> Path:
    return casefile.folder / FOLDER
