"""Gather the dossier, build it, and write what changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path

from recuento import __version__
from recuento.casefile.casefile import DATABASE, Casefile
from recuento.casefile.custody.custody import note_act
from recuento.casefile.custody.edition_records import (
    EDITIONS,
    beside_details,
    blanked_in,
    details_of,
    frozen_as_listed,
    noted_editions,
)
from recuento.casefile.events.balancing import account_for, conflicts_of, proof_files, questions_for, with_words
from recuento.casefile.events.gathering import documents_of, gather
from recuento.casefile.events.headlines import strongest
from recuento.casefile.events.summary import term_of
from recuento.casefile.publishing.document_ids import document_ids
from recuento.casefile.publishing.edition_folder import Made, replace_edition
from recuento.casefile.publishing.editions import (
    KeptEdition,
    came_out,
    digest_of,
    frozen_files,
    keep_edition,
    listed_in,
    sums_of,
)
from recuento.casefile.publishing.history import (
    History,
    Site,
    before_the_last,
    earlier_files,
    history_of,
    notices,
    search_earlier,
)
from recuento.casefile.publishing.holding import held_words, holds, with_held
from recuento.casefile.publishing.listed_names import names_on_lists
from recuento.casefile.publishing.retracting import publish_rules
from recuento.casefile.publishing.small_counts import counts_told, keep_counts
from recuento.casefile.review.reviewing import reviews
from recuento.casefile.sealing.sealed_search import SealedSearch, sealed_values
from recuento.casefile.sealing.vault import holds_sealed_values
from recuento.errors import CheckFailed
from recuento.model.balance import Balance
from recuento.model.casting import Event
from recuento.model.dossier import Dossier, EventAccount, KeptBack, ProofFile, PublishedDocument
from recuento.model.estimation import Estimation
from recuento.publish.build import Built, build_edition
from recuento.publish.freezing import SUMS, folder_of
from recuento.store import claims
from recuento.store.lock import WriteLock
from recuento.store.log import Act

_QUESTIONS = 3
_BUSY_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Publication:
    """What a build wrote: the files of its edition; of all of the dossier those that changed and were removed."""

    folder: Path
    files: int
    bytes: int
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    number: int = 1
    """Which edition it is."""
    blanked: tuple[str, ...] = ()
    """Files of earlier editions in which something that must not leave any more was found, and that are blank now."""
    without_region: tuple[str, ...] = ()
    """Facilities from which testimonies are told without any place: recuento.toml names no region for them."""


def dossier_of(
    casefile: Casefile,
    edition: date,
    kept_back: tuple[KeptBack, ...] = (),
    history: History | None = None,
    estimations: tuple[Estimation, ...] | None = None,
) -> Dossier:
    """Everything the dossier needs, gathered from the casefile; what may leave is decided by `publish`.

    `kept_back` is what nobody may read and the casefile alone cannot: sealed values, once they are opened. Without a
    `history` it is the next edition; without `estimations` those that recuento.toml asks for are made here.
    """
    settings, decided = casefile.settings, reviews(casefile)
    documents, held = documents_of(casefile), holds(decided.decisions)
    dossier = Dossier(
        name=settings.name,
        languages=settings.languages,
        edition=edition,
        version=__version__,
        cast=settings.cast,
        vocabulary=settings.vocabulary,
        events=tuple(_event_account(casefile, event.id, edition, documents) for event in settings.cast.events),
        documents=documents,
        rules=with_held(publish_rules(casefile, documents), held, documents, decided),
        address=settings.address,
        example=settings.example,
        estimations=counts_told(casefile, edition, _estimations(casefile) if estimations is None else estimations),
        kept_back=(*kept_back, *held_words(held, decided), *names_on_lists(casefile)),
        subsets=settings.subsets,
        document_ids=document_ids(casefile, (one.document.sha256 for one in documents)),
    )
    return with_history(dossier, history or history_of(casefile))


def with_history(dossier: Dossier, history: History) -> Dossier:
    """The dossier as the edition that comes after these."""
    return replace(dossier, number=history.number, earlier=history.editions, last_told=history.told)


def _estimations(casefile: Casefile) -> tuple[Estimation, ...]:
    """The estimates the casefile asks for; without any, what makes them is not even brought in."""
    if not casefile.settings.estimates:
        return ()
    from recuento.casefile.people.uncounted import estimate_what_changed, estimations_of

    estimate_what_changed(casefile)
    return estimations_of(casefile)


def publish(
    casefile: Casefile,
    folder: Path,
    edition: date,
    *,
    by: str | None = None,
    at: datetime | None = None,
    search: SealedSearch | None = None,
) -> Publication:
    """Build the dossier and write it into `folder`; files that are the same are left alone.

    With `by` and `at`, who publishes and when, the custody log notes which edition it was and the hash of its list of
    files. `search` says who looks for sealed values in it; NotSearched is raised where there are some and nobody does.
    Raises CheckFailed where `folder` holds files that no build of ours wrote, and what `build` raises when something
    sealed would leave: then nothing is written.
    """
    # Two at once would give their editions the same number.
    with WriteLock(casefile.folder / f"{DATABASE}.publishing.lock", _BUSY_SECONDS).held():
        return _publish(casefile, folder, edition, by, at, search or SealedSearch())


def _publish(
    casefile: Casefile, folder: Path, edition: date, by: str | None, at: datetime | None, search: SealedSearch
) -> Publication:
    before = _listed(folder)
    kept_back = sealed_values(casefile, search, edition, by=by, at=at)
    history = history_of(casefile, folder)
    estimations = _estimations(casefile)
    dossier = dossier_of(casefile, edition, kept_back, history, estimations)
    rules = dossier.rules
    built, digest = _built(casefile, dossier, history)
    whole_search = search.key is not None or not holds_sealed_values(casefile)
    with ExitStack() as open_files:
        earlier = [one for one in history.earlier if one.number < built.edition.number]
        shown = earlier_files(casefile, earlier, rules, open_files)
        shown, blanked = search_earlier(casefile, shown, built.gate, edition, whole_search=whole_search)
        new = frozen_files(built)
        site = _site(built, new, shown, notices(built.files, shown, rules, casefile.settings.name))
        sums = sums_of(site)
        # Remembered before anything is written: an edition that tells counts must never be one nobody knows of.
        keep_counts(casefile, edition, estimations, by=by, at=at)
        frozen = keep_edition(casefile, built, digest, new)
        changed, removed = replace_edition(folder, Made({**site, SUMS: lambda: sums}), before, SUMS)
        came_out(casefile, frozen)
    if by is not None and at is not None:
        _note_earlier(casefile, earlier, by, at)
        with casefile.database.reading() as connection:
            beside = beside_details(connection, casefile.folder / EDITIONS)
        details = {
            "files": str(len(site)),
            "sums": hashlib.sha256(sums).hexdigest(),
            "blanked": blanked_in(casefile.folder / EDITIONS),
            **beside,
            **_frozen_details(casefile, frozen),
        }
        note_act(casefile, Act.PUBLISHED, by=by, at=at, details=details)
    return Publication(
        folder=folder,
        files=len(built.files),
        bytes=sum(map(len, built.files.values())),
        changed=tuple(changed),
        removed=tuple(removed),
        number=frozen.number,
        blanked=blanked,
        without_region=_without_region(casefile, built),
    )


def _without_region(casefile: Casefile, built: Built) -> tuple[str, ...]:
    told = {claim.id for event in built.view.events for claim in event.claims if claim.testimony and not claim.region}
    with casefile.database.reading() as connection:
        places = {claim.facility for claim in claims.all(connection) if claim.id in told}
    return tuple(one.id for one in casefile.settings.cast.facilities if one.id in places and not one.region)


def _built(casefile: Casefile, dossier: Dossier, history: History) -> tuple[Built, str]:
    """The edition that is to come out: the last one again where it told the same on the same day, else the next."""
    built = build_edition(dossier)
    digest = digest_of(built.files)
    last = history.earlier[-1] if history.earlier else None
    if last is None or last.digest != digest or last.edition.day != dossier.edition:
        return built, digest
    again = before_the_last(casefile, history)
    return build_edition(with_history(dossier, again)), digest


def _site(built: Built, new: Site, earlier: Sequence[tuple[KeptEdition, Site]], more: Mapping[str, bytes]) -> Site:
    """All files of the dossier: this edition, the frozen ones (`new` is it) below their numbers, notices elsewhere."""
    site: Site = {path: partial(_given, content) for path, content in {**more, **built.files}.items()}
    frozen: dict[str, Site] = {folder_of(one.number): files for one, files in earlier}
    frozen[folder_of(built.edition.number)] = new
    for folder, files in frozen.items():
        site |= {f"{folder}/{path}": make for path, make in files.items()}
    return site


def _note_earlier(casefile: Casefile, earlier: Sequence[KeptEdition], by: str, at: datetime) -> None:
    """Note the editions of which the log does not tell the hash: what an earlier version published, or a run that was
    killed right after. One whose files are not as they were listed then is left to `recuento verify`.
    """
    with casefile.database.reading() as connection:
        noted = noted_editions(connection)
    for one in earlier:
        said = noted.get(one.number, {})
        path = casefile.folder / EDITIONS / f"{folder_of(one.number)}.zip"
        if "kept" not in said and not frozen_as_listed(path, said.get("frozen", one.sums)):
            details = {**_frozen_details(casefile, one), "found": "in the casefile"}
            note_act(casefile, Act.PUBLISHED, by=by, at=at, details=details)


def _frozen_details(casefile: Casefile, one: KeptEdition) -> dict[str, str]:
    hashes = details_of(casefile.folder / EDITIONS, one.number)
    return {"edition": str(one.edition.day), "number": str(one.number), "frozen": one.sums, **hashes}


def _given(content: bytes) -> bytes:
    return content


def _listed(folder: Path) -> set[str]:
    """The files that an earlier build wrote into `folder`."""
    if (folder / SUMS).is_file():
        return set(listed_in(folder))
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
    usual = [world for world in accounting.worlds if not world.id.startswith("speaker:")]
    worlds = [world for world in accounting.worlds if world.id in told] or usual
    balances = [with_words(accounting.balanced(world), accounting, casefile.settings) for world in worlds]
    target = next((t for m in event.headline if (t := term_of(m, accounting.ledger)) is not None), None)
    asked = questions_for(accounting, worlds[0], target.id, found.demands) if target and worlds else ()
    return EventAccount(
        event=event,
        claims=found.claims,
        table=found.table,
        balances=tuple(balances),
        conflicts=strongest(
            conflicts_of(accounting, casefile.settings), accounting, event, casefile.settings.cast, most=12
        ),
        demands=found.demands,
        questions=asked[:_QUESTIONS],
        proofs=_proofs(balances[0], event) if balances else (),
    )


def _proofs(found: Balance, event: Event) -> tuple[ProofFile, ...]:
    """The proofs of the headline bounds, without the names of speakers."""
    terms = [term.id for measure in event.headline if (term := term_of(measure, found.ledger)) is not None]
    return tuple(
        ProofFile(
            term=bound.term,
            side=side,
            claims=frozenset(claim["id"] for claim in plain["claims"]),
            text=json.dumps(plain, ensure_ascii=False, indent=1) + "\n",
        )
        for id in terms
        if (bound := found.bound(id)) is not None
        for side, plain in proof_files(found, bound)
    )
