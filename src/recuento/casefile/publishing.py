"""Gather the dossier, build it, and write what changed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from recuento import __version__
from recuento.casefile.balancing import account_for, conflicts_of, with_words
from recuento.casefile.casefile import Casefile
from recuento.casefile.files import write_file
from recuento.casefile.gathering import documents_of, gather
from recuento.casefile.headlines import strongest
from recuento.errors import CheckFailed
from recuento.model.dossier import Dossier, EventAccount, PublishedDocument, PublishRules
from recuento.publish import build

SUMS = "SHA256SUMS"
"""The list of a dossier's files with their hashes; what an earlier build listed and this one lacks is removed."""


@dataclass(frozen=True, slots=True)
class Publication:
    """What a build wrote: all its files, those that changed, those that were removed."""

    folder: Path
    files: int
    bytes: int
    changed: tuple[str, ...]
    removed: tuple[str, ...]


def dossier_of(casefile: Casefile, edition: date) -> Dossier:
    """Everything the dossier needs, gathered from the casefile; what may leave is decided by `publish`."""
    settings = casefile.settings
    documents = documents_of(casefile)
    return Dossier(
        name=settings.name,
        languages=settings.languages,
        edition=edition,
        version=__version__,
        cast=settings.cast,
        vocabulary=settings.vocabulary,
        events=tuple(_event_account(casefile, event.id, edition, documents) for event in settings.cast.events),
        documents=documents,
        rules=PublishRules(texts=settings.texts, unreviewed=settings.unreviewed),
        address=settings.address,
        example=settings.example,
    )


def publish(casefile: Casefile, folder: Path, edition: date) -> Publication:
    """Build the dossier and write it into `folder`; files that are the same are left alone.

    Raises CheckFailed where `folder` holds files that no build of ours wrote, and what `build` raises when
    something sealed would leave: then nothing is written.
    """
    before = _listed(folder)
    files = dict(build(dossier_of(casefile, edition)))
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {path}\n" for path, data in sorted(files.items()))
    changed = [path for path, data in sorted(files.items()) if write_new(folder / path, data)]
    removed = sorted(before - files.keys())
    for path in removed:
        (folder / path).unlink(missing_ok=True)
    write_file(folder / SUMS, sums.encode())
    return Publication(folder, len(files), sum(map(len, files.values())), tuple(changed), tuple(removed))


def write_new(path: Path, data: bytes) -> bool:
    """Write the file unless it holds these bytes already; whether it was written."""
    if path.is_file() and path.read_bytes() == data:
        return False
    write_file(path, data)
    return True


def _listed(folder: Path) -> set[str]:
    """The files that an earlier build wrote into `folder`."""
    sums = folder / SUMS
    if sums.is_file():
        return {line.split("  ", 1)[1] for line in sums.read_text(encoding="utf-8").splitlines() if "  " in line}
    if folder.is_dir() and any(folder.iterdir()):
        raise CheckFailed(
            f"{folder} holds files that are no dossier: choose an empty folder",
            f"{folder} contiene archivos que no son un dosier: elija una carpeta vacía",
        )
    return set()


def _event_account(
    casefile: Casefile, event_id: str, edition: date, documents: Sequence[PublishedDocument]
) -> EventAccount:
    event = casefile.settings.cast.event(event_id)
    assert event is not None
    found = gather(casefile, event, edition, documents=documents)
    accounting = account_for(casefile.settings, found)
    named = {world.id for world in casefile.settings.worlds if world.event == event.id}
    told = named | {"uncontested"} if named else set()
    worlds = [world for world in accounting.worlds if world.id in told] or accounting.worlds
    balances = [with_words(accounting.balanced(world), accounting, casefile.settings) for world in worlds]
    return EventAccount(
        event=event,
        claims=found.claims,
        table=found.table,
        balances=tuple(balances),
        conflicts=strongest(
            conflicts_of(accounting, casefile.settings), accounting, event, casefile.settings.cast, most=12
        ),
        demands=found.demands,
    )
