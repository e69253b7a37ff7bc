"""What the custody log noted of the editions that a casefile keeps, and the files of `editions/` held against it.

An edition's entry names the hash of its packed file, of what is remembered of it, and of what it told. Two things in
its memory change later: whether it came out, and which of its files are blank now; the last entry tells the latter of
all editions. What an earlier version noted, the list of the frozen files alone, is held against each of these files.

Beside the editions lie the true counts that they were made with, which a publication changes, and the random ids of
documents, to which a look at the next edition may add. Of the counts the sealed tree notes a hash before they are
written, since whoever has the hash could try small counts out; of the ids the entry of each publication tells how many
there were, and their hash.
"""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from recuento.casefile.casefile import Casefile
from recuento.casefile.custody.custody import note_act
from recuento.errors import Fault
from recuento.publish.freezing import SUMS, folder_of
from recuento.store import log
from recuento.store.durable import UNFINISHED

EDITIONS = "editions"
"""The folder of a casefile that keeps its editions and remembers what they told. It is never published as it is."""
COUNTS = "counts.json"
"""The true counts behind what editions told: it is never published."""
DOCUMENT_IDS = "documents.json"
"""By what id each document is known in public."""
_ID = re.compile("[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class EditionCheck:
    """How many editions are kept, what is wrong with them, and what the log cannot tell of them."""

    kept: int
    faults: tuple[Fault, ...]
    notes: tuple[Fault, ...]


def noted_editions(connection: Connection) -> dict[int, Mapping[str, str]]:
    """What the log noted last of each edition, by its number."""
    noted = [*_published(connection), *log.acts_done(connection, log.Act.DECIDED, "public")]
    in_order = sorted(noted, key=lambda one: one.number)
    return {int(one.details["number"]): one.details for one in in_order if "number" in one.details}


def details_of(folder: Path, number: int) -> dict[str, str]:
    """What the log is to note of an edition as it lies in `folder` now, its list of frozen files apart."""
    name = folder_of(number)
    told = folder / f"{name}-told.json"
    return {
        "kept": _sha256_of(folder / f"{name}.zip"),
        "remembered": _lasting(json.loads((folder / f"{name}.json").read_bytes())),
        **({"told": _sha256_of(told)} if told.is_file() else {}),
    }


def written(plain: Mapping[str, Any]) -> bytes:
    """How the files beside the editions are written: one value a line, in the order given."""
    return (json.dumps(plain, indent=1) + "\n").encode()


def beside_details(connection: Connection, folder: Path) -> dict[str, str]:
    """What the entry of a publication is to note of what lies beside the editions: how often counts were noted until
    then, and how many ids there are, with their hash. Where these were altered since the last one it notes what was
    noted then, so that it goes on being found.
    """
    path, said = folder / DOCUMENT_IDS, _noted_ids(connection)
    if said is None or _ids_stand(path, said):
        known = json.loads(path.read_bytes()) if path.is_file() else {}
        said = f"{len(known)} {_sha256(written(known))}"
    return {"ids": said, "counts": str(len(_noted_counts(connection)))}


def note_counts(casefile: Casefile, data: bytes, *, by: str, at: datetime) -> None:
    """Note what the counts will be, before they are written: whichever is there after an interruption, the log knows
    it. Where they were altered since the last time nothing is noted, so that it goes on being found.
    """
    before, after = _counts_now(casefile.folder / EDITIONS), _sha256(data)
    with casefile.database.reading() as connection:
        noted = _noted_counts(connection)
        said = _counts_may_be(connection, noted)
    if (said and before not in said) or (noted and noted[0]["counts"] == after):
        return
    details = {"counts": after, "counts_before": before}
    note_act(casefile, log.Act.COUNTED, by=by, at=at, details=details, tree="sealed")


def blanked_in(folder: Path) -> str:
    """One hash of which files of which editions are blank; of nothing where none is."""
    listed = {path.stem: json.loads(path.read_bytes())["blanked"] for path in _memories(folder)}
    return _sha256(log.canonical({name: blank for name, blank in listed.items() if blank}).encode())


def frozen_as_listed(path: Path, frozen: str) -> list[str]:
    """The files of a packed edition that are not as its list says, too many or missing; the list itself where its hash
    is not `frozen`, and the packed file where it cannot be read.
    """
    try:
        with zipfile.ZipFile(path) as packed:
            times = Counter(packed.namelist())
            listed = packed.read(SUMS)
            if _sha256(listed) != frozen:
                return [SUMS]
            said = _hashes(listed)
            wrong = {name for name, count in times.items() if count > 1} | (times.keys() - {SUMS} ^ said.keys())
            wrong |= {name for name in said.keys() & times.keys() if _sha256(packed.read(name)) != said[name]}
    except _UNREADABLE:
        return [path.name]
    return sorted(wrong)


def still_in_clear(folder: Path, number: int) -> list[str]:
    """The files of an edition that are blank in public and that its packed copy still has as they were."""
    name = folder_of(number)
    try:
        blank = [path for path, _ in json.loads((folder / f"{name}.json").read_bytes())["blanked"]]
        if not blank:
            return []
        with zipfile.ZipFile(folder / f"{name}.zip") as packed:
            said = _hashes(packed.read(SUMS))
            return sorted(path for path in blank if path in said and _sha256(packed.read(path)) == said[path])
    except _UNREADABLE:  # Which is told as a fault.
        return []


def check_editions(casefile: Casefile) -> EditionCheck:
    """Hold every file of `editions/` against what the log noted when its edition came out."""
    folder = casefile.folder / EDITIONS
    with casefile.database.reading() as connection:
        noted = noted_editions(connection)
        blanked = next((one.details["blanked"] for one in _published(connection) if "blanked" in one.details), None)
        beside, unrecorded = _beside_faults(connection, folder)
    there = {int(path.stem[1:]) for path in _memories(folder)}
    known = sorted(there | noted.keys())
    faults: list[Fault] = []
    notes: list[Fault] = []
    for number in known:
        name, said = folder_of(number), noted.get(number, {})
        if said:
            faults += _missing(folder, name, said, told_needed=number >= known[-1] - 1)
            faults += _memory_faults(folder / f"{name}.json", said)
            faults += _altered_told(folder / f"{name}-told.json", said)
        if (clear := still_in_clear(folder, number)) != []:
            shown = ", ".join(clear[:3]) + (" …" if len(clear) > 3 else "")
            notes.append(Fault(f"{EDITIONS}/{name}", f"{shown} {_IN_CLEAR[0]}", f"{shown} {_IN_CLEAR[1]}"))
        if "kept" in said:
            faults += _packed_faults(folder / f"{name}.zip", said)
        else:
            wrong, note = _without_hash(folder, name, said.get("frozen"))
            faults += wrong
            notes += note
    faults += _strangers(folder, known, notes)
    faults += beside
    notes += unrecorded
    if blanked is not None and not faults and blanked_in(folder) != blanked:
        faults.append(_BLANKED)
    return EditionCheck(len(there), tuple(faults), tuple(notes))


def _beside_faults(connection: Connection, folder: Path) -> tuple[list[Fault], list[Fault]]:
    """The counts and the ids against what was noted of them; what was never noted is no fault."""
    counts, ids = _counts_may_be(connection, _noted_counts(connection)), _noted_ids(connection)
    stands = {
        COUNTS: _counts_now(folder) in counts if counts else None,
        DOCUMENT_IDS: _ids_stand(folder / DOCUMENT_IDS, ids) if ids else None,
    }
    faults = [
        _altered(name) if (folder / name).is_file() else _fault(name, "is missing", "falta")
        for name, one in stands.items()
        if one is False
    ]
    there = [name for name, one in stands.items() if one is None and (folder / name).is_file()]
    return faults, [Fault(f"{EDITIONS}/{name}", *_BESIDE_NOT_RECORDED) for name in there]


def _noted_counts(connection: Connection) -> list[Mapping[str, str]]:
    """Every time that counts were noted, the last first."""
    return [one.details for one in log.acts_done(connection, log.Act.COUNTED, "sealed")]


def _counts_may_be(connection: Connection, noted: Sequence[Mapping[str, str]]) -> tuple[str, ...]:
    """The hashes that the counts may have: the last noted, and while no publication has ended since then, the one
    before; none where nothing was noted.
    """
    ended = next((int(one.details["counts"]) for one in _published(connection) if "counts" in one.details), 0)
    return tuple(noted[0][name] for name in ("counts", "counts_before")[: 1 + (ended < len(noted))]) if noted else ()


def _counts_now(folder: Path) -> str:
    path = folder / COUNTS
    return _sha256_of(path) if path.is_file() else ""


def _noted_ids(connection: Connection) -> str | None:
    return next((one.details["ids"] for one in _published(connection) if "ids" in one.details), None)


def _ids_stand(path: Path, said: str) -> bool:
    """Whether the ids noted are there, in their order, and those that came since are ids, each another one."""
    count, sha256 = said.split(" ")
    try:
        data = path.read_bytes() if path.is_file() else written({})
        known: dict[str, str] = json.loads(data)
        first = dict(list(known.items())[: int(count)])
        drawn = all(map(_ID.fullmatch, known.values())) and len(set(known.values())) == len(known)
        return drawn and data == written(known) and _sha256(written(first)) == sha256
    except _UNREADABLE:
        return False


def _missing(folder: Path, name: str, said: Mapping[str, str], *, told_needed: bool) -> Iterator[Fault]:
    ends = (".zip", ".json", *(("-told.json",) if told_needed and "told" in said else ()))
    for end in ends:
        if not (folder / f"{name}{end}").is_file():
            yield _fault(f"{name}{end}", "is missing", "falta")


def _packed_faults(path: Path, said: Mapping[str, str]) -> Iterator[Fault]:
    # Where a command was interrupted that blanks files for good, what it was to replace may still be there.
    if path.is_file() and _sha256_of(path) not in (said["kept"], said.get("kept_before")):
        yield _altered(path.name)
        yield from (
            _altered(f"{path.stem}/{one}") for one in frozen_as_listed(path, said["frozen"]) if one != path.name
        )


def _altered_told(path: Path, said: Mapping[str, str]) -> Iterator[Fault]:
    if path.is_file() and "told" in said and _sha256_of(path) != said["told"]:
        yield _altered(path.name)


def _memory_faults(path: Path, said: Mapping[str, str]) -> Iterator[Fault]:
    if not path.is_file() or "remembered" not in said:
        return
    data = path.read_bytes()
    try:
        plain = json.loads(data)
        stands = data == (log.canonical(plain) + "\n").encode() and plain["out"] is True
        stands = stands and _lasting(plain) == said["remembered"]
    except _UNREADABLE:
        stands = False
    if not stands:
        yield _altered(path.name)


def _without_hash(folder: Path, name: str, frozen: str | None) -> tuple[list[Fault], list[Fault]]:
    """An edition of which the log says less than it would now, or nothing: its files against their list, and a note."""
    if frozen is None:
        try:
            plain = json.loads((folder / f"{name}.json").read_bytes())
            frozen = str(plain["sums"])
            if plain["out"] is False:
                return [], [Fault(f"{EDITIONS}/{name}", *_NEVER_OUT)]
        except _UNREADABLE:
            return [_altered(f"{name}.json")], []
    path = folder / f"{name}.zip"
    wrong = [path.name if one == path.name else f"{name}/{one}" for one in frozen_as_listed(path, frozen)]
    return [_altered(one) for one in wrong], [Fault(f"{EDITIONS}/{name}", *_NOT_RECORDED)]


def _strangers(folder: Path, known: Sequence[int], notes: list[Fault]) -> Iterator[Fault]:
    """Files that are of no edition. The first ones of the next, left by a run that was killed, are only noted."""
    ours = {f"{folder_of(number)}{end}" for number in known for end in (".zip", ".json", "-told.json")}
    following = folder_of(known[-1] + 1 if known else 1)
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if not path.is_file() or name in ours or name in (COUNTS, DOCUMENT_IDS) or path.name.startswith(UNFINISHED):
            continue
        if name in (f"{following}.zip", f"{following}-told.json"):
            notes.append(Fault(f"{EDITIONS}/{name}", *_NEVER_OUT))
        else:
            yield Fault(f"{EDITIONS}/{name}", "is of no edition: remove it", "no es de ninguna edición: quítelo")


_BAD_ZIP = (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, RuntimeError)
_UNREADABLE = (OSError, KeyError, ValueError, TypeError, *_BAD_ZIP)
"""What reading a file brings that was altered anywhere."""
_NEVER_OUT = (
    "was left by a publication that was interrupted; the next one finishes it or gives its number again",
    "quedó de una publicación interrumpida; la próxima la termina o vuelve a dar su número",
)
_NOT_RECORDED = (
    "hash not recorded (an earlier version published it, or the run was interrupted); its files were held against "
    "their list. The next publication records it",
    "huella no anotada (la publicó una versión anterior, o se interrumpió); sus archivos se compararon con su lista. "
    "La próxima publicación la anota",
)
_BESIDE_NOT_RECORDED = (
    "hash not recorded (an earlier version wrote it); the next publication records it",
    "huella no anotada (lo escribió una versión anterior); la próxima publicación la anota",
)
_IN_CLEAR = (
    "lies in clear here and is blank in public: recuento seal editions --for-good",
    "está aquí en claro y en público está en blanco: recuento seal editions --for-good",
)
_BLANKED = Fault(
    EDITIONS,
    "which files of earlier editions are blank is not what was noted when it was last published. If a publication was "
    "interrupted, publish again; else restore the last backup",
    "qué archivos de ediciones anteriores están en blanco no es lo que se anotó al publicar por última vez. Si una "
    "publicación se interrumpió, publique de nuevo; si no, restaure la última copia de seguridad",
)


def _fault(name: str, en: str, es: str) -> Fault:
    back = ("restore the last backup", "restaure la última copia de seguridad")
    return Fault(f"{EDITIONS}/{name}", f"{en}: {back[0]}", f"{es}: {back[1]}")


def _altered(name: str) -> Fault:
    return _fault(name, "is not what the custody log noted", "no es lo que anotó el registro de custodia")


def _memories(folder: Path) -> list[Path]:
    return [path for path in folder.glob("v*.json") if path.stem[1:].isdigit()]


def _lasting(plain: Mapping[str, Any]) -> str:
    """The hash of what is remembered of an edition but for what changes after it came out."""
    return _sha256(log.canonical({name: plain[name] for name in plain if name not in ("out", "blanked")}).encode())


def _hashes(listed: bytes) -> dict[str, str]:
    """The SHA-256 of each file by its name, as the list of a packed edition says it."""
    return {name: sha256 for sha256, name in (line.split("  ", 1) for line in listed.decode().splitlines())}


def _sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _published(connection: Connection) -> list[log.Done]:
    return log.acts_done(connection, log.Act.PUBLISHED, "public")
