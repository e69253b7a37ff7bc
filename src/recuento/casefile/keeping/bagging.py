"""Export a casefile as a BagIt bag that an outsider can check without Recuento: the bag brings its own verifier."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from recuento import __version__
from recuento.casefile.casefile import Casefile
from recuento.casefile.custody.custody import (
    CHECKPOINTS,
    LogCheck,
    check_tree,
    note_act,
    read_checkpoint,
    write_checkpoint,
)
from recuento.casefile.keeping.exporting import export
from recuento.casefile.keeping.verifying import custody_faults
from recuento.casefile.people.lists import originals_of_lists
from recuento.errors import CheckFailed
from recuento.store import log, vault
from recuento.store.durable import write_file
from recuento.store.locks import refuse_where_locked
from recuento.store.log import Act, TreeName

VERIFIER = "verify.py"


def export_bag(casefile: Casefile, folder: Path, *, by: str, at: datetime, lists: bool = False) -> tuple[Path, ...]:
    """Write everything `export` writes, the custody log with its rows, checkpoints and proofs; gives the files.

    The export is an entry of the log, which the bag holds already, and leaves a checkpoint in the casefile. Lists of
    names and their log stay at home unless `lists`. Raises CheckFailed where `folder` is not empty, or where the log
    does not hold: a bag would carry that on.
    """
    if folder.exists() and any(folder.iterdir()):
        raise CheckFailed(
            f"{folder} is not empty: choose another folder", f"{folder} no está vacía: elija otra carpeta"
        )
    faults = custody_faults(casefile)
    if faults:
        raise CheckFailed(
            f"the custody log does not hold, so no bag is made: {faults[0].text('en')}. See recuento verify",
            f"el registro de custodia no se sostiene y no se hace la bolsa: {faults[0].text('es')}. "
            "Vea recuento verify",
        )
    note_act(casefile, Act.EXPORTED, by=by, at=at, details={"form": "bag", "lists": "yes" if lists else "no"})
    with casefile.database.reading() as connection:
        if lists or vault.confidential(connection):
            refuse_where_locked(connection)
        trees = [tree for tree in log.TREES if tree == "public" or (lists and log.size(connection, tree))]
    for tree in trees:
        write_checkpoint(casefile, tree)
    data = folder / "data"
    written = [*export(casefile, data), *_custody(casefile, data / "custody", trees)]
    if "sealed" in trees:
        written += _list_files(casefile, data / "people" / "originals")
    return (*written, *_tags(folder, written, at))


def _custody(casefile: Casefile, folder: Path, trees: Iterable[TreeName]) -> Iterator[Path]:
    with casefile.database.reading() as connection:
        checks = [check_tree(connection, tree) for tree in trees]
        for check in checks:
            yield _write(folder / f"{check.tree}.jsonl", _lines(_entries(connection, check.tree)))
            leaving = (
                name for name, tree in log.TREE_OF.items() if tree == check.tree and name not in log.VAULT_TABLES
            )
            for table in leaving:
                rows = (values for values, _ in log.rows_now(connection, table))
                yield _write(folder / "rows" / f"{table}.jsonl", _lines(rows))
    checkpoints = list(_checkpoints(casefile.folder / CHECKPOINTS, trees))
    for path in checkpoints:
        yield _write(folder / CHECKPOINTS / path.name, path.read_bytes())
    yield _write(folder / "proofs.json", (log.canonical(_proofs(checks, checkpoints)) + "\n").encode())


def _entries(connection: Connection, tree: TreeName) -> Iterator[dict[str, Any]]:
    """The entries of a tree. What was done with sealed names and keys is there as a leaf, without its opening."""
    for entry in log.entries(connection, tree):
        stays = json.loads(entry.body)["act"] in log.VAULT_ACTS
        yield {"body": entry.body, "leaf": entry.leaf, "opening": None if stays else entry.opening}


def _checkpoints(folder: Path, trees: Iterable[TreeName]) -> Iterator[Path]:
    """The checkpoints of these trees and the time stamps on them; nothing of the other tree leaves."""
    for tree in trees:
        yield from sorted(folder.glob(f"{tree}-*.checkpoint*"))


def _proofs(checks: Iterable[LogCheck], checkpoints: Iterable[Path]) -> dict[str, Any]:
    """The heads; for every document the proof that its entry is in the log; for every checkpoint that the log grew."""
    by_tree = {check.tree: check for check in checks}
    sizes = {
        (head.tree, head.size)
        for path in checkpoints
        if path.suffix == ".checkpoint"
        for head in [read_checkpoint(path.read_bytes(), path.name)]
    }
    return {
        "heads": [
            {"tree": tree, "size": check.entries, "root": check.merkle.root().hex()} for tree, check in by_tree.items()
        ],
        "inclusion": [
            {
                "tree": "public",
                "document": key[0],
                "number": said[-1][0],
                "path": [part.hex() for part in by_tree["public"].merkle.inclusion_proof(said[-1][0])],
            }
            for (table, key), said in sorted(by_tree["public"].named.items(), key=str)
            if table == "documents"
        ],
        "consistency": [
            {
                "tree": check.tree,
                "size": size,
                "path": [part.hex() for part in check.merkle.consistency_proof(size)],
            }
            for tree, size in sorted(sizes)
            for check in by_tree.values()
            if check.tree == tree
        ],
    }


def _list_files(casefile: Casefile, folder: Path) -> Iterator[Path]:
    originals = originals_of_lists(casefile)
    for sha256 in originals.all():
        yield _write(folder / sha256, originals.read(sha256))


def _tags(folder: Path, payload: Iterable[Path], at: datetime) -> Iterator[Path]:
    """The bag's own files (RFC 8493), with the verifier among them."""
    paths = sorted(payload)
    hashes = {path: _file_hash(path) for path in paths}
    oxum = f"{sum(path.stat().st_size for path in paths)}.{len(paths)}"
    info = f"Bag-Software-Agent: Recuento {__version__}\nBagging-Date: {at.date()}\nPayload-Oxum: {oxum}\n"
    tags = {
        "bagit.txt": b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        "bag-info.txt": info.encode(),
        "manifest-sha256.txt": _manifest((path, hashes[path], folder) for path in paths),
        VERIFIER: files("recuento.casefile.keeping").joinpath("bag_verifier.py").read_bytes(),
    }
    made = [_write(folder / name, data) for name, data in tags.items()]
    yield from made
    yield _write(
        folder / "tagmanifest-sha256.txt", _manifest((path, _file_hash(path), folder) for path in sorted(made))
    )


def _manifest(listed: Iterable[tuple[Path, str, Path]]) -> bytes:
    lines = []
    for path, sha256, folder in listed:
        name = path.relative_to(folder).as_posix().replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D")
        lines.append(f"{sha256}  {name}\n")
    return "".join(lines).encode()


def _file_hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _lines(plains: Iterable[Any]) -> bytes:
    return "".join(log.canonical(plain) + "\n" for plain in plains).encode("utf-8", "surrogatepass")


def _write(path: Path, data: bytes) -> Path:
    write_file(path, data)
    return path
