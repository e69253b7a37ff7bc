"""The custody log of a casefile: acts noted in it, checkpoints written from it, and everything held against it.

A checkpoint is a small text file with the size and the root of a tree. Whoever keeps a copy can later tell whether the
log still begins as it did; whoever holds none relies on the time stamps beside it.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from recuento.casefile.casefile import Casefile
from recuento.errors import CheckFailed, Fault, InvalidValue
from recuento.store import integrity, log, vault
from recuento.store.durable import write_file
from recuento.store.encoding import instant
from recuento.store.integrity import Mirrored
from recuento.store.locks import is_locked
from recuento.store.log import Act, Key, LogEntry, TreeName
from recuento.store.merkle import MerkleTree, leaf_hash

CHECKPOINTS = "checkpoints"
"""The folder of a casefile that holds its checkpoints and their time stamps."""
SUFFIX = ".checkpoint"


@dataclass(frozen=True, slots=True)
class Head:
    """What a tree commits to: which tree (by name and first leaf), how many entries, and the root over them."""

    origin: str
    size: int
    root: bytes

    @property
    def tree(self) -> str:
        """The name of the tree."""
        return self.origin.split("/")[1]

    def text(self) -> str:
        """Three lines: origin, size, root in base64."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


@dataclass(slots=True)
class LogCheck:
    """What came of holding a tree against itself: its entries, the tree computed anew, what it names, the faults."""

    tree: TreeName
    entries: int = 0
    without: int = 0
    """Entries whose opening was erased with what it recorded, or is locked away."""
    merkle: MerkleTree = field(default_factory=MerkleTree)
    named: dict[tuple[str, Key], list[tuple[int, str]]] = field(default_factory=lambda: defaultdict(list))
    faults: list[Fault] = field(default_factory=list)


def note_act(
    casefile: Casefile, act: Act, *, by: str, at: datetime, details: Mapping[str, str], tree: TreeName = "public"
) -> int:
    """Note in the log that something was exported, published or opened; gives the number of the act."""
    with casefile.database.writing() as connection:
        return log.act_done(connection, act, by, instant(at), details, tree)


def head_of(connection: Connection, tree: TreeName, merkle: MerkleTree | None = None) -> Head | None:
    """The head of a tree, computed anew from its entries; None where it has none."""
    found = log.merkle_tree(connection, tree) if merkle is None else merkle
    return _head(tree, found) if found.size else None


def heads(casefile: Casefile) -> tuple[Head, ...]:
    """The head of every tree that has entries."""
    with casefile.database.reading() as connection:
        return tuple(head for tree in log.TREES if (head := head_of(connection, tree)) is not None)


def write_checkpoint(casefile: Casefile, tree: TreeName) -> Path:
    """Write the head of a tree as a checkpoint of the casefile and give its place.

    Raises CheckFailed where the log does not hold or no longer begins as at an earlier checkpoint: such a state is
    not to be vouched for.
    """
    with casefile.database.reading() as connection:
        checked = check_tree(connection, tree)
    faults = [*checked.faults, *checkpoint_faults(casefile.folder / CHECKPOINTS, {tree: checked.merkle})]
    if faults:
        raise CheckFailed(
            f"the log does not hold, so no checkpoint is written: {faults[0].text('en')}",
            f"el registro no se sostiene, así que no se escribe ningún punto de control: {faults[0].text('es')}",
        )
    if not checked.entries:
        raise InvalidValue(f"the {tree} log has no entry yet", f"el registro {_ES[tree]} aún no tiene ningún asiento")
    head = _head(tree, checked.merkle)
    path = casefile.folder / CHECKPOINTS / f"{tree}-{head.size:09}{SUFFIX}"
    write_file(path, head.text().encode())
    return path


def read_checkpoint(data: bytes, name: str) -> Head:
    """The head a checkpoint holds; lines after the third, such as signatures of others, are left to them.

    Raises InvalidValue, naming the file, where it is none.
    """
    try:
        lines = data.decode("ascii").split("\n")
        origin, size, root = lines[0], int(lines[1]), base64.b64decode(lines[2], validate=True)
        well_formed = lines[:3] == Head(origin, size, root).text().split("\n")[:3] and size > 0 and len(root) == 32
        well_formed = well_formed and origin.count("/") == 2
    except (ValueError, IndexError, binascii.Error):
        well_formed = False
    if not well_formed or not origin.startswith("recuento/"):
        raise InvalidValue(f"{name} is no checkpoint of a log", f"{name} no es un punto de control de un registro")
    return Head(origin, size, root)


def checkpoints_in(folder: Path) -> list[Path]:
    """The checkpoints in a folder, by name and so by size."""
    return sorted(folder.glob(f"*{SUFFIX}"))


def checkpoint_faults(folder: Path, trees: Mapping[TreeName, MerkleTree], more: Iterable[Path] = ()) -> Iterator[Fault]:
    """Hold checkpoints, those in `folder` and `more` that others kept, against the trees of the log.

    A checkpoint of a tree that is not among `trees` is passed over where it lies in the folder.
    """
    own = checkpoints_in(folder)
    for path in [*own, *more]:
        try:
            head = read_checkpoint(path.read_bytes(), path.name)
        except InvalidValue as error:
            yield Fault(path.name, error.en, error.es)
            continue
        merkle = next((merkle for tree, merkle in trees.items() if tree == head.tree), None)
        if merkle is not None:
            yield from _head_faults(path.name, head, merkle)
        elif path not in own or head.tree not in log.TREES:
            yield Fault(path.name, f"is of an unknown log {head.tree}", f"es de un registro desconocido {head.tree}")


def check_tree(connection: Connection, tree: TreeName) -> LogCheck:
    """Compute a tree anew and hold every entry against its leaf and its opening."""
    checked = LogCheck(tree)
    erased = vault.erased(connection) if tree == "sealed" else frozenset()
    locked = tree == "sealed" and is_locked(connection)
    for expected, entry in enumerate(log.entries(connection, tree)):
        gone = entry.number in erased or (locked and _act(entry) not in log.VAULT_ACTS)
        checked.without += entry.opening is None and gone
        checked.faults += _entry_faults(checked, expected, entry, may_be_gone=gone)
        checked.merkle.append(leaf_hash(entry.body.encode("utf-8", "surrogatepass")))
        checked.entries += 1
    return checked


def row_faults(connection: Connection, checks: Iterable[LogCheck]) -> Iterator[Fault]:
    """Hold every row of the tables the log speaks of against the entry that recorded it, and the other way round."""
    named = {subject: said for check in checks for subject, said in check.named.items()}
    for table in log.KEYS:
        seen = set()
        for _, row in log.rows_now(connection, table):
            subject = (row.table, row.key)
            if subject not in seen:
                seen.add(subject)
                yield from _row_faults(row, named.get(subject, []))
        if table == "statements":  # They can be deleted and read again.
            continue
        for missing in sorted((key for at, key in named if at == table and (at, key) not in seen), key=str):
            yield Fault(
                _place(table, missing),
                "is in the custody log, but no longer in its table",
                "está en el registro de custodia, pero ya no en su tabla",
            )
    claims, entries = integrity.mirrored_claims(connection), integrity.mirrored_entries(connection)
    yield from _mirror_faults("claims", claims, ("id", "event", "measure", "party"))
    yield from _mirror_faults("entries", entries, ("id", "list", "position"))
    for tree, number in integrity.openings_without_entry(connection):
        yield Fault(f"custody log/{tree}/{number}", "is an opening without an entry", "es una apertura sin asiento")
    for tree, number in integrity.entries_of_no_tree(connection):
        yield Fault(f"custody log/{tree}/{number}", "is in a log we do not have", "está en un registro que no tenemos")


def _head(tree: TreeName, merkle: MerkleTree) -> Head:
    return Head(f"recuento/{tree}/{merkle.root(1).hex()[:32]}", merkle.size, merkle.root())


def _head_faults(name: str, head: Head, merkle: MerkleTree) -> Iterator[Fault]:
    if not merkle.size or head.origin != f"recuento/{head.tree}/{merkle.root(1).hex()[:32]}":
        yield Fault(name, "is of another log than this one", "es de otro registro, no de este")
    elif head.size > merkle.size:
        yield Fault(
            name,
            f"the log had {head.size} entries then and has {merkle.size} now: some were removed",
            f"el registro tenía entonces {head.size} asientos y ahora {merkle.size}: se quitaron algunos",
        )
    elif merkle.root(head.size) != head.root:
        yield Fault(
            name,
            f"the first {head.size} entries of the log are no longer what they were then",
            f"los primeros {head.size} asientos del registro ya no son los de entonces",
        )


def _act(entry: LogEntry) -> str | None:
    try:
        plain = json.loads(entry.body)
    except ValueError:
        return None
    return plain.get("act") if isinstance(plain, dict) else None


def _entry_faults(checked: LogCheck, expected: int, entry: LogEntry, *, may_be_gone: bool) -> Iterator[Fault]:
    place = f"custody log/{checked.tree}/{entry.number}"
    if entry.number != expected:
        yield Fault(place, f"entry {expected} is missing before it", f"falta antes el asiento {expected}")
    if leaf_hash(entry.body.encode("utf-8", "surrogatepass")).hex() != entry.leaf:
        yield Fault(place, "the entry was altered: its hash is another", "el asiento fue alterado: su huella es otra")
    if entry.opening is None and may_be_gone:
        return
    if entry.opening is None:
        yield Fault(
            place,
            "what it records cannot be told any more: its opening is gone",
            "ya no se puede saber qué registra: falta su apertura",
        )
        return
    opened = hashlib.sha256(entry.opening.encode("utf-8", "surrogatepass")).hexdigest()
    try:
        said, rows = json.loads(entry.body), json.loads(entry.opening)["rows"]
        Act(said["act"])
        if said["commitment"] != opened:
            yield Fault(
                place,
                "its opening is not the one it committed to: one of the two was altered",
                "su apertura no es la que comprometió: se alteró una de las dos",
            )
        for table, key, sha256 in rows:
            checked.named[(table, tuple(key))].append((entry.number, sha256))
    except (ValueError, KeyError, TypeError):
        yield Fault(place, "the entry cannot be read: it was altered", "el asiento no se puede leer: fue alterado")


def _row_faults(row: log.Recorded, said: list[tuple[int, str]]) -> Iterator[Fault]:
    if not said:
        yield Fault(
            _place(row.table, row.key),
            "is in its table, but the custody log knows nothing of it",
            "está en su tabla, pero el registro de custodia no sabe de ello",
        )
        return
    counting = said[-1:] if row.table in log.CURRENT else said
    wrong = [number for number, sha256 in counting if sha256 != row.sha256]
    if wrong:
        tree = log.TREE_OF[row.table]
        yield Fault(
            _place(row.table, row.key),
            f"is not what entry {wrong[-1]} of the {tree} log recorded",
            f"no es lo que anotó el asiento {wrong[-1]} del registro {_ES[tree]}",
        )


def _mirror_faults(table: str, found: Iterable[Mirrored], columns: tuple[str, ...]) -> Iterator[Fault]:
    """A current row must say what the last version in its history says."""
    for one in found:
        place = _place(table, (one.id,))
        if one.row is None:
            yield Fault(
                place, "is in its history, but no longer in its table", "está en su historia, pero no en su tabla"
            )
        elif one.row["body"] != one.last or not _says(one.last, {column: one.row[column] for column in columns}):
            yield Fault(place, "is not what its last version says", "no es lo que dice su última versión")


def _says(body: str | None, values: Mapping[str, Any]) -> bool:
    try:
        plain = json.loads(body or "")
    except ValueError:
        return False
    return isinstance(plain, dict) and all(plain.get(name) == value for name, value in values.items())


def _place(table: str, key: Key) -> str:
    """Where a row is. What names a person is told by its number in the log only, so entries are cut to their list."""
    shown = "/".join(str(part)[:12] if len(str(part)) == 64 else str(part) for part in key)
    return f"{table}/{shown.split('/')[0] + '/…' if table in ('entries', 'entry_versions') else shown}"


_ES = {"public": "público", "sealed": "reservado"}
