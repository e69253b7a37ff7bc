"""The difference between what is public now and what would become public, item by item.

Both sides are read from the files themselves: those of the last build on disk, and those that would be written. What
is told here is therefore what a reader of the dossier would see, not what we believe it to hold.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from recuento.casefile.casefile import SETTINGS, Casefile
from recuento.casefile.publishing.editions import listed_in
from recuento.casefile.publishing.holding import held_back, words_of
from recuento.casefile.publishing.publishing import dossier_of
from recuento.casefile.publishing.retracting import Retraction, retractions
from recuento.casefile.publishing.since_published import COUNTED
from recuento.casefile.publishing.subjects import subject_named
from recuento.errors import CheckFailed, InvalidValue
from recuento.model.dossier import Dossier
from recuento.publish.allow import public_view
from recuento.publish.build import build
from recuento.publish.freezing import is_frozen, tells_its_edition, without_edition
from recuento.publish.held_words import HeldWords
from recuento.publish.view import PublicDossier
from recuento.store import claims as stored_claims
from recuento.store import decisions, statement_outlines, vault
from recuento.values.bilingual import Bilingual
from recuento.values.wording import shortened

KINDS = ("event", "claim", "demand", "document", "statement", "page")
"""The kinds of items, in the order they are told."""
_NOT_COMPARED = frozenset(["days_open", "edition", "made_by"])
"""What changes by itself from one day to the next."""

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Item:
    """One thing of a dossier: its kind, its id, what it is called, and a hash of all that is told of it."""

    kind: str
    id: str
    words: Bilingual
    hash: str


@dataclass(frozen=True, slots=True)
class StaysBack:
    """Something of the casefile that would not be published, and why. Of what is sealed only the kind is told."""

    kind: str
    id: str
    words: Bilingual
    reason: str
    """"held", "withdrawn" (retracted), "unreviewed", or "rules"."""
    by: str = ""
    why: str = ""
    since: str = ""
    """Of what was retracted, the month that the pages of its event tell."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What would become new, change and go; what stays back; and what the gate refuses (then nothing is written)."""

    mark: str
    edition: date
    new: tuple[Item, ...]
    changed: tuple[Item, ...]
    gone: tuple[Item, ...]
    same: int
    stays: tuple[StaysBack, ...] = ()
    sealed: int = 0
    """How many sealed sources the casefile has; nothing is told of any."""
    refused: Bilingual | None = None
    counts: tuple[tuple[str, int], ...] = ()
    """How many items of each kind would be public."""

    @property
    def is_empty(self) -> bool:
        """Whether what would be published is public already."""
        return not (self.new or self.changed or self.gone)

    @property
    def digest(self) -> str:
        """A short hash of everything that would become new, change and go: the same digest is the same difference."""
        items = [[[one.kind, one.id, one.hash] for one in some] for some in (self.new, self.changed, self.gone)]
        return hashlib.sha256(json.dumps([str(self.edition), items]).encode()).hexdigest()[:16]


def state_mark(casefile: Casefile, edition: date) -> str:
    """A short mark of everything that a build rests on: who looked at one mark has not seen another."""
    with casefile.database.reading() as connection:
        last = decisions.latest(connection, COUNTED, None, 1)
        parts = [
            str(last[0].id if last else 0),
            str(stored_claims.last_change(connection)),
            str(statement_outlines.last_reading(connection)),
            str(edition),
        ]
    digest = hashlib.sha256("|".join(parts).encode())
    digest.update((casefile.folder / SETTINGS).read_bytes())
    return digest.hexdigest()[:16]


def difference(casefile: Casefile, folder: Path, edition: date) -> Difference:
    """Build the dossier in memory and hold it against the one in `folder`. Nothing is written."""
    mark = state_mark(casefile, edition)
    dossier = dossier_of(casefile, edition)
    refused: Bilingual | None = None
    after: dict[Key, Item] = {}
    try:
        after = items_of(build(dossier), _true_ids(dossier))
    except CheckFailed as error:
        refused = Bilingual(es=error.es, en=error.en)
    before = items_of(_on_disk(folder), _true_ids(dossier))
    stays, sealed = _staying(casefile, dossier, public_view(dossier))
    return Difference(
        mark=mark,
        edition=edition,
        new=_sorted(after[key] for key in after.keys() - before.keys()),
        changed=_sorted(after[key] for key in after.keys() & before.keys() if after[key].hash != before[key].hash),
        gone=() if refused else _sorted(before[key] for key in before.keys() - after.keys()),
        same=sum(after[key].hash == before[key].hash for key in after.keys() & before.keys()),
        stays=stays,
        sealed=sealed,
        refused=refused,
        counts=tuple((kind, sum(item.kind == kind for item in after.values())) for kind in KINDS),
    )


def items_of(files: Mapping[str, bytes], true_ids: Mapping[str, str] | None = None) -> dict[Key, Item]:
    """Every event, claim, demand, document, statement and page that the files of a dossier hold.

    `true_ids` are the hashes of documents that the files know by another id.
    """
    found: dict[Key, Item] = {}
    true = true_ids or {}
    for path, data in sorted(files.items()):
        if tells_its_edition(path) or is_frozen(path):
            continue
        for item in _items_in(path, data):
            one = replace(item, id=_true_id(item, true))
            found[one.kind, one.id] = one
    return found


def _true_ids(dossier: Dossier) -> dict[str, str]:
    return {id: sha256 for sha256, id in dossier.document_ids.items()}


def _true_id(item: Item, true: Mapping[str, str]) -> str:
    """The id by which the casefile knows it: of a statement the document, shortened as in its key, and the spans."""
    if item.kind == "statement":
        document, _, spans = item.id.partition(":")
        return f"{true.get(document, document)[:16]}:{spans}"
    return true.get(item.id, item.id) if item.kind == "document" else item.id


def _items_in(path: str, data: bytes) -> Iterator[Item]:
    if path.endswith(".html"):
        yield Item("page", path, Bilingual.same(path), hashlib.sha256(without_edition(data)).hexdigest())
    elif path.endswith("/event.json"):
        yield from _of_event(json.loads(data))
    elif path.endswith(".annotations.json"):
        yield from _of_document(json.loads(data))


def _of_event(plain: Mapping[str, Any]) -> Iterator[Item]:
    event = plain["id"]
    yield Item(
        "event", event, _both(plain["name"]), _hash({k: plain[k] for k in plain if k not in ("claims", "demands")})
    )
    for claim in plain["claims"]:
        yield Item("claim", claim["id"], _claim_words(claim), _hash(claim))
    for demand in plain["demands"]:
        asker = _both(demand["asker"]["name"])
        words = Bilingual(es=f"{asker.es}: {demand['item']}", en=f"{asker.en}: {demand['item']}")
        yield Item("demand", demand["id"], words, _hash(demand))


def _claim_words(claim: Mapping[str, Any]) -> Bilingual:
    who, said = _both(claim["voice"]["name"]), claim["quantity"]["words"] or claim["id"]
    return Bilingual(
        es=f"{who.es}: {said} ({claim['measure']}, {claim['stated']})",
        en=f"{who.en}: {said} ({claim['measure']}, {claim['stated']})",
    )


def _of_document(plain: Mapping[str, Any]) -> Iterator[Item]:
    sha256 = plain["id"].split("#")[0].rsplit(":", 1)[-1]
    yield Item("document", sha256, Bilingual.same(sha256[:16]), _hash([plain["total"], sha256]))
    told: dict[str, list[Mapping[str, Any]]] = {}
    for one in plain["first"]["items"]:
        told.setdefault(one["body"]["value"]["statement"], []).append(one)
    for pieces in told.values():
        value = pieces[0]["body"]["value"]
        selectors = [one["target"]["selector"] for one in pieces]
        spans = ",".join(f"{at['start']}-{at['end']}" for at, _ in selectors)
        quotes, who = [quote["exact"] for _, quote in selectors], _both(value["voice"])
        said = shortened(" ".join(" […] ".join(quotes).split()), 120)
        words = Bilingual(es=f"{who.es}: {said}", en=f"{who.en}: {said}")
        yield Item("statement", f"{sha256}:{spans}", words, _hash([value, quotes]))


def _both(names: Mapping[str, str]) -> Bilingual:
    return Bilingual(es=names["es"], en=names["en"])


def _hash(plain: Any) -> str:
    return hashlib.sha256(json.dumps(_lasting(plain), sort_keys=True).encode()).hexdigest()


def _lasting(plain: Any) -> Any:
    if isinstance(plain, Mapping):
        return {key: _lasting(value) for key, value in plain.items() if key not in _NOT_COMPARED}
    return [_lasting(one) for one in plain] if isinstance(plain, list) else plain


def _sorted(items: Iterator[Item]) -> tuple[Item, ...]:
    return tuple(sorted(items, key=lambda item: (KINDS.index(item.kind), item.words.en, item.id)))


def _on_disk(folder: Path) -> dict[str, bytes]:
    """The files of the last build, as they lie there; nothing where none was made."""
    wanted = [
        path
        for path in listed_in(folder)
        if not is_frozen(path) and path.endswith((".html", "/event.json", ".annotations.json"))
    ]
    return {path: (folder / path).read_bytes() for path in wanted if (folder / path).is_file()}


def _staying(casefile: Casefile, dossier: Dossier, view: PublicDossier) -> tuple[tuple[StaysBack, ...], int]:
    with casefile.database.reading() as connection:
        sealed = {source.id for source in vault.sources(connection)}
    held = held_back(casefile)
    stays = [StaysBack(k, id, Bilingual.same(words_of(d)), "held", d.by, d.why) for (k, id), d in held.items()]
    withdrawn = {(one.kind, one.id): one for one in retractions(casefile)}
    stays += [_withdrawn(casefile, one) for one in withdrawn.values()]
    told = {claim.id for event in view.events for claim in event.claims}
    for account in dossier.events:
        for claim in account.claims:
            if claim.id in told or ("claim", claim.id) in held or ("claim", claim.id) in withdrawn:
                continue
            words = Bilingual.same(claim.id if claim.actor in sealed else f"{claim.claimant}: {claim.quantity.words}")
            waits = not claim.reviewed and not dossier.rules.unreviewed
            stays.append(StaysBack("claim", claim.id, words, "unreviewed" if waits else "rules"))
    true = _true_ids(dossier)
    shown = {(true.get(one.id, one.id), statement.id) for one in view.documents for statement in one.statements}
    gone = HeldWords.of(dossier).statements
    waiting = sum((d.document.sha256, s.id) not in shown | gone for d in dossier.documents for s in d.statements)
    if waiting:
        words = Bilingual(es=f"{waiting} declaraciones", en=f"{waiting} statements")
        stays.append(StaysBack("statement", "", words, "unreviewed"))
    return tuple(stays), len(sealed)


def _withdrawn(casefile: Casefile, one: Retraction) -> StaysBack:
    """A retraction as it is listed; what it is called may be gone from the casefile since."""
    decision = one.decision
    try:
        words = subject_named(casefile, f"{one.kind}:{one.id}").words
    except InvalidValue:
        words = Bilingual.same(one.id)
    return StaysBack(one.kind, one.id, words, "withdrawn", decision.by, decision.why, f"{decision.at:%Y-%m}")
