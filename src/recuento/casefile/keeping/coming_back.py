"""Bring what a travelling casefile added on the road back into the one at home: appended there, nothing overwritten.

Documents, claims, decisions, lists of names and sealed parts come back, each with who and when. What both sides changed
is told, and the one from the road, which is the later to arrive, stands. Brought back twice it changes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from recuento.casefile.casefile import Casefile
from recuento.casefile.custody.custody import check_tree, head_of
from recuento.casefile.documents.laying import lay_beside
from recuento.casefile.keeping.verifying import custody_faults
from recuento.casefile.people.lists import originals_of_lists
from recuento.casefile.reading.reading import read_what_changed
from recuento.casefile.sealing.travelling import Departure, departure_of
from recuento.casefile.sealing.vault_files import envelope_path, folder_of
from recuento.errors import CasefileUnusable, CheckFailed, FaultsFound
from recuento.model.decision import Act as Decided
from recuento.model.vault import Source
from recuento.store import (
    attachments,
    claims,
    decisions,
    documents,
    layer_moves,
    layers,
    log,
    people,
    travelling,
    vault,
)
from recuento.store.durable import make_folder, write_file
from recuento.store.encoding import instant
from recuento.store.log import Act

_BROUGHT = frozenset(
    {"documents", "origins", "text_layers", "layer_words", "attachments", "claims", "claim_versions", "decisions"}
)
_MADE = frozenset(
    {
        "layer_moves", "statements", "statement_outlines", "demands", "runs", "derived", "custody_acts", "custody_log",
        "custody_openings",
    }
)  # fmt: skip
"""Tables that are made anew at home, or are of the road alone."""


@dataclass(frozen=True, slots=True)
class BroughtBack:
    """What came back: how many of each kind, what both sides had changed, and tables that were left on the road."""

    counts: dict[str, int]
    both: tuple[str, ...]
    left: tuple[str, ...]


def bring_back(home: Casefile, folder: Path, *, by: str, at: datetime) -> BroughtBack:
    """Bring back what was added in the travelling casefile in `folder`.

    Raises CasefileUnusable where it does not travel or set out from another casefile, FaultsFound where its log does
    not hold, CheckFailed where a list of the same name was imported on both sides.
    """
    departure = departure_of(folder)
    if departure is None:
        raise CasefileUnusable(f"{folder} does not travel", f"{folder} no es un caso que viaja")
    with Casefile.open(folder) as road:
        faults = custody_faults(road)
        if faults:
            raise FaultsFound(str(folder), faults)
        with road.database.reading() as connection:
            head = head_of(connection, "public")
            grown = {
                name
                for name, rows in travelling.counts(connection).items()
                if rows > departure.rows.get(name, 0) and name not in _BROUGHT | _MADE
            }
        _check_same_start(home, road, departure)
        _bring_files(home, road)
        with road.database.reading() as there, home.database.writing() as here:
            counts, both, numbers = _bring_rows(here, there, departure, by, at)
            details = {
                "trip": departure.trip,
                "head": head.root.hex() if head is not None else "",
                "size": str(head.size if head is not None else 0),
                "decisions": json.dumps(numbers, sort_keys=True),
            }
            log.act_done(here, Act.BROUGHT, by, instant(at), details)
    read_what_changed(home, at=at)
    return BroughtBack(counts, tuple(both), tuple(sorted(grown)))


def _check_same_start(home: Casefile, road: Casefile, departure: Departure) -> None:
    """Both logs begin as the log was at the departure."""
    for casefile in (home, road):
        with casefile.database.reading() as connection:
            merkle = check_tree(connection, "public").merkle
        same = merkle.size >= departure.size and merkle.root(departure.size).hex() == departure.root
        if departure.size and not same:
            raise CasefileUnusable(
                f"{road.folder} did not set out from {home.folder}", f"{road.folder} no salió de {home.folder}"
            )


def _bring_files(home: Casefile, road: Casefile) -> None:
    """Files first, rows after: originals, files of lists, envelopes."""
    for sha256 in road.originals.all():
        if not home.originals.is_whole(sha256):
            home.originals.keep(road.originals.read(sha256))
    there, here = originals_of_lists(road), originals_of_lists(home)
    for sha256 in there.all():
        make_folder(here.folder.parent, 0o700)
        here.keep(there.read(sha256))
    with road.database.reading() as connection:
        names = [part.file for part in vault.parts(connection) if part.file is not None]
    for name in names:
        make_folder(folder_of(home), 0o700)
        write_file(envelope_path(home, name), envelope_path(road, name).read_bytes(), mode=0o600)


def _bring_rows(
    here: Connection, there: Connection, departure: Departure, by: str, at: datetime
) -> tuple[dict[str, int], list[str], dict[str, int]]:
    both: list[str] = []
    counts = {
        "documents": _bring_documents(here, there, at),
        "claims": _bring_claims(here, there, both),
        "lists": _bring_lists(here, there, by, at),
        "sealed": _bring_sealed(here, there),
    }
    numbers = _brought_before(here, departure)
    fresh = [one for one in decisions.since(there, departure.decisions) if str(one.id) not in numbers]
    at_home = {one.subject for one in decisions.since(here, departure.decisions)}
    for one in layer_moves.carried_from(here, there, fresh):
        details = dict(one.details)
        if one.act is Decided.UNDO and details.get("decision") in numbers:
            details["decision"] = str(numbers[details["decision"]])
        made = decisions.append(here, one.subject, one.act, one.by, one.at, sorted(details.items()), one.why)
        numbers[str(one.id)] = made.id
        if one.subject in at_home:
            both.append(one.subject)
    counts["decisions"] = len(fresh)
    return counts, both, numbers


def _bring_documents(here: Connection, there: Connection, at: datetime) -> int:
    """The documents that are new here, and the text layers that were added on the road to those that are not."""
    number = 0
    for document in documents.all(there):
        first, *more = documents.origins(there, document.sha256)
        number += documents.add(here, replace(document, origin=first))
        for origin in more:
            documents.add_origin(here, document.sha256, origin)
        known = {layer.sha256 for layer in layers.of(here, document.sha256)}
        road = layers.of(there, document.sha256)
        # Where the text was made again at home meanwhile it stays that one; what is decided is carried over to it.
        if road and road[-1].sha256 not in known and known <= {layer.sha256 for layer in road}:
            lay_beside(here, road[-1], at)
            if words := layers.sureness(there, road[-1]):
                layers.add_sureness(here, road[-1], words)
    attachments.add_all(here, attachments.all(there))
    return number


def _bring_claims(here: Connection, there: Connection, both: list[str]) -> int:
    number = 0
    for claim in claims.all(there):
        road, home = claims.history(there, claim.id), claims.history(here, claim.id)
        known = {(version.by, version.at, version.claim) for version in home}
        fresh = [one for one in road if (one.by, one.at, one.claim) not in known]
        if fresh and len(home) > len(road) - len(fresh):
            both.append(f"claim:{claim.id}")
        for version in fresh:
            claims.upsert(here, version.claim, version.by, version.at)
            number += 1
    return number


def _bring_lists(here: Connection, there: Connection, by: str, at: datetime) -> int:
    number = 0
    for names in people.lists(there):
        known = people.find_list(here, names.id)
        if known == names:
            continue
        if known is not None:
            raise CheckFailed(
                f"the list {names.id} was imported on both sides; import it at home under another name, and bring back "
                "again",
                f"la lista {names.id} se importó en los dos lados; impórtela aquí con otro nombre y repita la orden",
            )
        people.keep_list(here, names)
        people.keep_entries(here, people.entries(there, names.id), by=by, at=at)
        number += 1
    return number


def _bring_sealed(here: Connection, there: Connection) -> int:
    keepers = {keeper.id for keeper in vault.keepers(here)}
    for keeper in vault.keepers(there):
        if keeper.id not in keepers:
            vault.keep_keeper(here, keeper)
    known = {source.id: source for source in vault.sources(here)}
    for source in vault.sources(there):
        if source.id not in known:
            vault.keep_source(here, source)
            for name, envelope in vault.keys(there, source.id).items():
                vault.keep_key(here, source.id, name, envelope)
    parts = {part.id for part in vault.parts(here)}
    fresh = [part for part in vault.parts(there) if part.id not in parts and not _is_gone(known, part.source)]
    for part in fresh:
        vault.keep_part(here, part)
    return len(fresh)


def _is_gone(known: dict[str, Source], source: str) -> bool:
    """Whether the source was destroyed at home meanwhile: what came in on the road opens to nobody."""
    return source in known and known[source].is_destroyed


def _brought_before(here: Connection, departure: Departure) -> dict[str, int]:
    """The decisions of this trip that came back before: number on the road to number at home."""
    found: dict[str, int] = {}
    for details in _acts_of(here):
        if details.get("trip") == departure.trip:
            found.update(json.loads(details["decisions"]))
    return found


def _acts_of(here: Connection) -> Iterator[dict[str, str]]:
    for values, _ in log.rows_now(here, "custody_acts"):
        if values["act"] == Act.BROUGHT.value:
            yield json.loads(values["details"])
