"""Make a casefile that can be carried without what is sealed: whole and working, the sealed parts not there at all.

Keepers and sources go along by their public keys, ids and classes, so that more can be sealed on the road; what was
sealed, lists of names, confidential originals and the sealed tree of the log stay at home.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from shutil import copyfile

from recuento.casefile.casefile import DATABASE, OF_THIS_PLACE, SETTINGS, UNFINISHED, Casefile, open_tables
from recuento.casefile.custody.custody import CHECKPOINTS, head_of
from recuento.casefile.people.lists import PEOPLE
from recuento.casefile.sealing.vault_files import FOLDER as SEALED_FOLDER
from recuento.casefile.settings.copying_settings import with_store
from recuento.errors import CasefileUnusable, CheckFailed
from recuento.store import travelling as tables
from recuento.store import vault
from recuento.store.durable import remove, write_file, written_whole

NOTE = "travel.json"
"""Lies in a casefile that travels, and says from where it set out and what was left at home."""
_STAYS = (PEOPLE, SEALED_FOLDER, "workbench", "dossier", NOTE, UNFINISHED, SETTINGS, *OF_THIS_PLACE)


@dataclass(frozen=True, slots=True)
class Departure:
    """Where a travelling casefile set out: a random name of the trip, the public log then, what was left at home."""

    trip: str
    origin: str
    size: int
    root: str
    decisions: int
    """The number of the last decision then."""
    rows: dict[str, int]
    absent: tuple[str, ...]
    """The SHA-256 of the originals that stayed at home."""


@dataclass(frozen=True, slots=True)
class Travelled:
    """What went along, and how many lists, sealed parts and originals stayed at home."""

    files: int
    rows: int
    stayed: dict[str, int]


def travel(casefile: Casefile, folder: Path) -> Travelled:
    """Make a casefile in `folder`, which is empty or not there, without anything that is sealed.

    Raises CasefileUnusable where the folder is not empty or lies in the casefile; CheckFailed where a copied file is
    not what was read. An interrupted one is no casefile: delete it and travel again.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CasefileUnusable(f"{folder} is not empty: choose a new folder", f"{folder} no está vacía: elija otra")
    if folder.resolve().is_relative_to(casefile.folder.resolve()):
        raise CasefileUnusable(f"{folder} lies in the casefile", f"{folder} está dentro del caso")
    folder.mkdir(parents=True, exist_ok=True)
    write_file(folder / UNFINISHED, b"travel\n")
    with casefile.database.reading() as reading:
        marked = tuple(vault.confidential(reading))
        head = head_of(reading, "public")
        with open_tables(folder, None) as into, into.writing() as writing:
            rows = tables.copy_public(reading, writing)
            for keeper in vault.keepers(reading):
                vault.keep_keeper(writing, keeper)
            for source in vault.sources(reading):
                vault.keep_source(writing, source)
        departure = Departure(
            trip=secrets.token_hex(8),
            origin="" if head is None else head.origin,
            size=0 if head is None else head.size,
            root="" if head is None else head.root.hex(),
            decisions=tables.last_decision(reading),
            rows=rows,
            absent=marked,
        )
        stayed = {"lists": _count(casefile.folder / PEOPLE / "originals"), "sealed": len(vault.parts(reading))}
    files = sum(_copy(casefile.folder, folder, name) for name in _files(casefile, marked))
    write_file(folder / SETTINGS, with_store(casefile.folder / SETTINGS, None).encode())
    write_file(folder / NOTE, json.dumps(asdict(departure)).encode())
    remove(folder / UNFINISHED)
    return Travelled(files, sum(rows.values()), {**stayed, "originals": len(marked)})


def departure_of(folder: Path) -> Departure | None:
    """Where the casefile in `folder` set out; None where it does not travel. Raises CheckFailed where it is unread."""
    try:
        plain = json.loads((folder / NOTE).read_bytes())
        return Departure(**{**plain, "absent": tuple(plain["absent"])})
    except FileNotFoundError:
        return None
    except (ValueError, TypeError, KeyError):
        raise CheckFailed(f"{folder / NOTE} cannot be read", f"no se puede leer {folder / NOTE}") from None


def _files(casefile: Casefile, marked: tuple[str, ...]) -> Iterator[str]:
    """The files that go along, by their path in the casefile."""
    away = {f"originals/{sha256[:2]}/{sha256}" for sha256 in marked}
    for path in sorted(casefile.folder.rglob("*")):
        name = path.relative_to(casefile.folder).as_posix()
        parts = name.split("/")
        sealed_checkpoint = parts[0] == CHECKPOINTS and parts[-1].startswith("sealed-")
        hidden = any(part.startswith(".") for part in parts)
        stays = hidden or parts[0] in _STAYS or name.startswith(DATABASE) or name in away or sealed_checkpoint
        if path.is_file() and not path.is_symlink() and not stays:
            yield name


def _copy(source: Path, target: Path, name: str) -> int:
    written_whole(target / name, lambda path: copyfile(source / name, path))
    if (source / name).read_bytes() != (target / name).read_bytes():
        raise CheckFailed(f"{name} is not what was read: travel again", f"{name} no es lo que se leyó: repítalo")
    return 1


def _count(folder: Path) -> int:
    return sum(path.is_file() for path in folder.rglob("*")) if folder.is_dir() else 0
