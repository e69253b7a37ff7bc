"""The families of copies among a casefile's documents, and what people decided of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from recuento.casefile.casefile import Casefile
from recuento.casefile.reading import read_documents
from recuento.casefile.reviewing import decide
from recuento.compare.copies import Pair, families
from recuento.compare.copy_text import CopyText
from recuento.errors import InvalidValue
from recuento.model.decision import Act, Decision
from recuento.model.document import Document
from recuento.model.dossier import PublishedDocument
from recuento.model.family import Family
from recuento.store import decisions, documents

_SUBJECT = "copies:"


@dataclass(frozen=True, slots=True)
class Pairings:
    """What stands of people's decisions on copies, in their order: the decisions, and the pairs they are about."""

    decisions: tuple[Decision, ...] = ()

    @property
    def joined(self) -> tuple[Pair, ...]:
        """Pairs that are one source."""
        return tuple(_pair(decision) for decision in self.decisions if decision.act is Act.JOIN)

    @property
    def split(self) -> tuple[Pair, ...]:
        """Pairs that are not."""
        return tuple(_pair(decision) for decision in self.decisions if decision.act is Act.SPLIT)


def families_of(casefile: Casefile, *, read: Sequence[PublishedDocument] | None = None) -> tuple[Family, ...]:
    """Give the families among the casefile's documents as people have decided them; `read` saves loading them again."""
    return _families(texts_of(read_documents(casefile) if read is None else read), pairings(casefile))


def texts_of(read: Iterable[PublishedDocument]) -> tuple[CopyText, ...]:
    """What is compared of the documents that have a text."""
    return tuple(
        CopyText(
            document=one.document.sha256,
            text=one.layer.text,
            outlet=one.document.description.outlet or "",
            published=one.document.description.published,
            language=one.document.description.language,
            author=one.document.description.author or "",
        )
        for one in read
        if one.layer is not None
    )


def pairings(casefile: Casefile) -> Pairings:
    """What stands now of the decisions on copies."""
    with casefile.database.reading() as connection:
        return standing_pairings(decisions.all(connection))


def standing_pairings(all: Iterable[Decision]) -> Pairings:
    """What stands after these decisions: a later one on the same pair replaces an earlier, an undo brings it back."""
    ordered = sorted(all, key=lambda decision: decision.id)
    undone = {dict(decision.details).get("decision") for decision in ordered if decision.act is Act.UNDO}
    last: dict[str, Decision] = {}
    for decision in ordered:
        if decision.act in (Act.JOIN, Act.SPLIT) and str(decision.id) not in undone:
            last[decision.subject] = decision
    return Pairings(tuple(sorted(last.values(), key=lambda decision: decision.id)))


def join(casefile: Casefile, one: str, other: str, *, by: str, at: datetime, why: str = "") -> Decision:
    """Note that two documents are copies of one source; the later of two decisions on a pair stands.

    Raises InvalidValue where they are one document, or where an earlier decision keeps them apart by way of others.
    """
    return _decide(casefile, (one, other), Act.JOIN, by, at, why)


def split(casefile: Casefile, one: str, other: str, *, by: str, at: datetime, why: str = "") -> Decision:
    """Note that two documents are no copies; raises InvalidValue as `join` does."""
    return _decide(casefile, (one, other), Act.SPLIT, by, at, why)


def undo(casefile: Casefile, number: int, *, by: str, at: datetime, why: str = "") -> Decision:
    """Take back a decision on copies by its number; raises InvalidValue where no such decision stands."""
    found = next((decision for decision in pairings(casefile).decisions if decision.id == number), None)
    if found is None:
        raise InvalidValue(
            f"no decision {number} on copies stands: see recuento copies",
            f"no hay en pie una decisión {number} sobre copias: vea recuento copies",
        )
    return decide(casefile, [found.subject], Act.UNDO, by=by, at=at, details={"decision": str(number)}, why=why)[0]


def document_called(casefile: Casefile, words: str) -> Document:
    """The document whose SHA-256 starts so, or whose name is so; raises InvalidValue for none and for several."""
    with casefile.database.reading() as connection:
        named = [document for document in documents.all(connection) if document.name == words]
        found = named[0] if len(named) == 1 else documents.find(connection, words)
    if found is None:
        several = f": {', '.join(document.sha256[:12] for document in named)}" if named else ""
        raise InvalidValue(
            f"{words!r} names no single document{several}; give the start of its SHA-256",
            f"{words!r} no designa un único documento{several}; escriba el comienzo de su SHA-256",
        )
    return found


def _families(texts: Sequence[CopyText], decided: Pairings) -> tuple[Family, ...]:
    return families(texts, joined=decided.joined, split=decided.split)


def _decide(casefile: Casefile, pair: Pair, act: Act, by: str, at: datetime, why: str) -> Decision:
    if pair[0] == pair[1]:
        raise InvalidValue(
            f"{pair[0][:12]} is one document: name two", f"{pair[0][:12]} es un solo documento: nombre dos"
        )
    subject = _SUBJECT + ":".join(sorted(pair))
    before = pairings(casefile)
    number = max((decision.id for decision in before.decisions), default=0) + 1
    wanted = [decision for decision in before.decisions if decision.subject != subject]
    after = Pairings((*wanted, Decision(id=number, subject=subject, act=act, by=by, at=at)))
    broken = _broken(after)
    if broken is not None:
        shown = " – ".join(sha[:12] for sha in _pair(broken))
        raise InvalidValue(
            f"this contradicts decision {broken.id} on {shown}: take that back first "
            f"(recuento copies --undo {broken.id})",
            f"esto contradice la decisión {broken.id} sobre {shown}: deshaga antes esa "
            f"(recuento copies --undo {broken.id})",
        )
    return decide(casefile, [subject], act, by=by, at=at, why=why)[0]


def _broken(decided: Pairings) -> Decision | None:
    """A decision that cannot stand with the last one: joined documents form groups, and no group may be split."""
    joins = [decision for decision in decided.decisions if decision.act is Act.JOIN]
    last = decided.decisions[-1]
    apart = [
        decision for decision in decided.decisions if decision.act is Act.SPLIT and _connected(joins, _pair(decision))
    ]
    if not apart or last.act is Act.JOIN:
        return apart[0] if apart else None
    needed = [decision for decision in joins if not _connected([d for d in joins if d is not decision], _pair(last))]
    return (needed or joins)[-1] if last in apart else None


def _connected(joins: Iterable[Decision], pair: Pair) -> bool:
    """Whether joins lead from one document of the pair to the other."""
    beside: dict[str, set[str]] = defaultdict(set)
    for one, other in map(_pair, joins):
        beside[one].add(other)
        beside[other].add(one)
    reached, waiting = {pair[0]}, [pair[0]]
    while waiting:
        fresh = beside[waiting.pop()] - reached
        reached |= fresh
        waiting += sorted(fresh)
    return pair[1] in reached


def _pair(decision: Decision) -> Pair:
    one, other = decision.subject.removeprefix(_SUBJECT).split(":")
    return one, other
