"""The custody log: every act on the casefile is a leaf of a Merkle tree, written in the transaction of what it records.

A leaf holds what kind of act it was and a commitment, no name and no id. The commitment is the hash of the entry's
opening: which rows the act wrote, each with the hash of its values, and a salt, so that nobody can guess a row from
the leaf. There are two trees: what concerns lists of names and sealed things moves no byte of the public one.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal

from sqlalchemy import Connection, bindparam, func, insert, select

from recuento.store import tables
from recuento.store.merkle import MerkleTree, leaf_hash

TreeName = Literal["public", "sealed"]
TREES: tuple[TreeName, ...] = ("public", "sealed")

Key = tuple[str | int, ...]


class Act(StrEnum):
    """What was done."""

    STARTED = "started"
    """The log began in a casefile that held something already; the entry commits to all of it."""
    OBTAINED = "obtained"
    DESCRIBED = "described"
    EXTRACTED = "extracted"
    READ = "read"
    ENTERED = "entered"
    DECIDED = "decided"
    PUBLISHED = "published"
    EXPORTED = "exported"
    BROUGHT = "brought back"
    """What was added in a casefile that travelled came back into this one."""
    OPENED = "opened"
    SEALED = "sealed"
    GRANTED = "granted"
    """A keeper may open a source from now on."""
    REVOKED = "revoked"
    DESTROYED = "destroyed"
    """The key of a source is gone, and all that was sealed with it."""
    SEARCHED = "searched"
    """Sealed values were looked for in a dossier, or it was published without looking for them."""
    COUNTED = "counted"
    """What an edition tells of counts of persons was remembered with the true ones."""
    LOCKED = "locked"
    UNLOCKED = "unlocked"


VAULT_ACTS = frozenset(
    {
        Act.OPENED, Act.SEALED, Act.GRANTED, Act.REVOKED, Act.DESTROYED, Act.SEARCHED, Act.COUNTED, Act.LOCKED,
        Act.UNLOCKED,
    }
)  # fmt: skip
"""Acts on sealed names, keys, documents and counts. Their openings never leave the casefile."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A row, or all rows of one document, as an act left them: where, and the hash of the values."""

    table: str
    key: Key
    sha256: str


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One line of the log as it is kept. `opening` is None where it was erased."""

    number: int
    body: str
    leaf: str
    opening: str | None


KEYS: Mapping[str, tuple[str, ...]] = {
    "documents": ("sha256",),
    "origins": ("id",),
    "text_layers": ("id",),
    "layer_moves": ("id",),
    "layer_words": ("id",),
    "attachments": ("id",),
    "captures": ("id",),
    "statements": ("document",),
    "claim_versions": ("claim", "number"),
    "decisions": ("id",),
    "custody_acts": ("id",),
    "people_lists": ("id",),
    "entry_versions": ("entry", "number"),
    "pair_answers": ("id",),
    "keepers": ("id",),
    "sealed_sources": ("id",),
    "sealed_keys": ("source", "keeper"),
    "sealed_parts": ("id",),
    "sealed_acts": ("id",),
    "sealed_erasures": ("number",),
    "confidential": ("document",),
}
"""The tables the log speaks of, and what their rows are known by. The statements of a document are known together."""
LIST_TABLES = ("people_lists", "entry_versions", "pair_answers")
"""Tables that name persons, or tell entries of lists by their ids."""
VAULT_TABLES = (
    "keepers", "sealed_sources", "sealed_keys", "sealed_parts", "sealed_acts", "sealed_erasures", "confidential"
)  # fmt: skip
"""Tables of what is sealed; neither they nor the openings that name them leave the casefile."""
TREE_OF: Mapping[str, TreeName] = {
    table: "sealed" if table in (*LIST_TABLES, *VAULT_TABLES) else "public" for table in KEYS
}
_VAULT_CURRENT = ("keepers", "sealed_sources", "confidential")
CURRENT = frozenset({"documents", "origins", "attachments", "people_lists", "statements", *_VAULT_CURRENT})
"""Tables whose rows may change: the last entry that names a row counts. Rows of the others never change.

Origins and attachments change once at most, when the name of a confidential document is sealed.
"""


# Made once: every act of everybody needs them while it holds the lock, and SQLAlchemy takes longer to put a statement
# together and to know it again than SQLite to run it.
LAST_NUMBER = select(func.max(tables.custody_log.c.number)).where(tables.custody_log.c.tree == bindparam("in_tree"))
ADD_ENTRY = insert(tables.custody_log)
ADD_OPENING = insert(tables.custody_openings)


def append(connection: Connection, act: Act, rows: Iterable[Recorded], tree: TreeName = "public") -> int:
    """Append an act with the rows it wrote and return its number. It stands once the transaction is committed."""
    return append_all(connection, [(act, tuple(rows))], tree)


def append_all(
    connection: Connection, acts: Sequence[tuple[Act, Sequence[Recorded]]], tree: TreeName = "public"
) -> int:
    """Append several acts in their order and return the number of the first."""
    last = connection.scalar(LAST_NUMBER, {"in_tree": tree})
    first = 0 if last is None else last + 1
    openings = [_opening(rows) for _, rows in acts]
    bodies = [_body(act, opening) for (act, _), opening in zip(acts, openings, strict=True)]
    connection.execute(
        ADD_ENTRY,
        [
            {"tree": tree, "number": number, "body": body, "leaf": leaf_hash(body.encode()).hex()}
            for number, body in enumerate(bodies, start=first)
        ],
    )
    connection.execute(
        ADD_OPENING,
        [{"tree": tree, "number": number, "opening": text} for number, text in enumerate(openings, start=first)],
    )
    return first


def act_done(
    connection: Connection, act: Act, by: str, at: str, details: Mapping[str, str], tree: TreeName = "public"
) -> int:
    """Note an act that leaves no other row (published, exported, opened) with its entry; return the act's number.

    Each tree has a table of its own, so that a sealed act leaves no gap in the numbers of the public ones.
    """
    table = tables.custody_acts if tree == "public" else tables.sealed_acts
    values = {"act": act.value, "done_by": by, "done_at": at, "details": canonical(dict(details))}
    added = connection.execute(insert(table).values(**values))
    number: int = added.inserted_primary_key[0] if added.inserted_primary_key else 0
    append(connection, act, [recorded(table.name, {"id": number, **values})], tree)
    return number


@dataclass(frozen=True, slots=True)
class Done:
    """An act that was noted with `act_done`: its number in its tree's table, by whom, when (ISO, UTC), and of what."""

    number: int
    act: Act
    by: str
    at: str
    details: Mapping[str, str]


def acts_done(connection: Connection, act: Act, tree: TreeName, limit: int | None = None) -> list[Done]:
    """The last `limit` acts of that kind noted in a tree, or all of them, the last first."""
    table = tables.custody_acts if tree == "public" else tables.sealed_acts
    query = select(table).where(table.c.act == act.value).order_by(table.c.id.desc()).limit(limit)
    return [
        Done(row.id, Act(row.act), row.done_by, row.done_at, json.loads(row.details))
        for row in connection.execute(query)
    ]


def last_done(connection: Connection, act: Act) -> str | None:
    """When such an act was last noted, as ISO text in UTC; None where it never was."""
    table = tables.custody_acts
    at: str | None = connection.scalar(select(func.max(table.c.done_at)).where(table.c.act == act.value))
    return at


def recorded(table: str, values: Mapping[str, Any]) -> Recorded:
    """A row to be named by an entry. `values` has every column of the table."""
    return Recorded(table, tuple(values[column] for column in KEYS[table]), row_hash(values))


def recorded_statements(document: str, rows: Sequence[Mapping[str, Any]]) -> Recorded:
    """All statements of a document, in their order, to be named by an entry."""
    return Recorded("statements", (document,), row_hash([dict(row) for row in rows]))


def row_hash(values: Mapping[str, Any] | Sequence[Mapping[str, Any]]) -> str:
    """The SHA-256 of the canonical JSON of a row's values, or of several rows."""
    plain = dict(values) if isinstance(values, Mapping) else values
    return hashlib.sha256(canonical(plain).encode("utf-8", "surrogatepass")).hexdigest()


def canonical(plain: Any) -> str:
    """Plain data as one line of JSON with sorted keys and no spaces, the same for the same data."""
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def entries(connection: Connection, tree: TreeName) -> list[LogEntry]:
    """Every entry of a tree in its order, as it is kept: nothing is checked here."""
    log, openings = tables.custody_log, tables.custody_openings
    same = (openings.c.tree == log.c.tree) & (openings.c.number == log.c.number)
    query = select(log.c.number, log.c.body, log.c.leaf, openings.c.opening).outerjoin_from(log, openings, same)
    rows = connection.execute(query.where(log.c.tree == tree).order_by(log.c.number))
    return [LogEntry(row.number, row.body, row.leaf, row.opening) for row in rows]


def size(connection: Connection, tree: TreeName) -> int:
    """How many entries a tree has."""
    table = tables.custody_log
    return connection.scalar(select(func.count()).select_from(table).where(table.c.tree == tree)) or 0


def last_number(connection: Connection, tree: TreeName) -> int:
    """The number of the last entry of a tree, -1 without any: whatever is obtained, read or decided raises it."""
    table = tables.custody_log
    found = connection.scalar(select(func.max(table.c.number)).where(table.c.tree == tree))
    return -1 if found is None else int(found)


def merkle_tree(connection: Connection, tree: TreeName) -> MerkleTree:
    """The tree, computed anew from what its entries say."""
    table = tables.custody_log
    bodies = connection.scalars(select(table.c.body).where(table.c.tree == tree).order_by(table.c.number))
    return MerkleTree(leaf_hash(body.encode("utf-8", "surrogatepass")) for body in bodies)


def rows_now(connection: Connection, table: str) -> Iterator[tuple[Mapping[str, Any], Recorded]]:
    """The rows of a table the log speaks of as they are now, with their hashes; statements by document."""
    if table == "statements":
        yield from _statements_now(connection)
        return
    source = tables.metadata.tables[table]
    query = select(source).order_by(*(source.c[column] for column in KEYS[table]))
    for row in connection.execute(query.execution_options(yield_per=1_000)):
        values = dict(row._mapping)
        yield values, recorded(table, values)


def _statements_now(connection: Connection) -> Iterator[tuple[dict[str, Any], Recorded]]:
    table = tables.statements
    by_document: dict[str, list[dict[str, Any]]] = {}
    for row in connection.execute(select(table).order_by(table.c.document, table.c.position)):
        by_document.setdefault(row.document, []).append(dict(row._mapping))
    for document, rows in by_document.items():
        found = recorded_statements(document, rows)
        for values in rows:
            yield values, found


def _opening(rows: Sequence[Recorded]) -> str:
    named = [[row.table, list(row.key), row.sha256] for row in rows]
    return canonical({"rows": named, "salt": secrets.token_hex(32)})


def _body(act: Act, opening: str) -> str:
    commitment = hashlib.sha256(opening.encode("utf-8", "surrogatepass")).hexdigest()
    return canonical({"act": act.value, "commitment": commitment})
