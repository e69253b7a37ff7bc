"""The families of copies among a casefile's documents, and what people decided of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from recuento.casefile.casefile import Casefile
from recuento.casefile.reading.reading import read_documents
from recuento.casefile.review.judged_pairs import JudgedPairs
from recuento.casefile.review.reviewing import decide
from recuento.compare.copies import Pair, families
from recuento.compare.copy_text import CopyText
from recuento.errors import InvalidValue
from recuento.model.decision import Act, Decision
from recuento.model.document import Document
from recuento.model.dossier import PublishedDocument
from recuento.model.family import Family
from recuento.store import decisions, documents

_DOCUMENTS = JudgedPairs("copies:", decisions.all, one=Act.JOIN, two=Act.SPLIT)


@dataclass(frozen=True, slots=True)
class Pairings:
    """What stands of people's decisions on copies, in their order: the decisions, and the pairs they are about."""

    decisions: tuple[Decision, ...] = ()

    @property
    def joined(self) -> tuple[Pair, ...]:
        """Pairs that are one source."""
        return tuple(_DOCUMENTS.pair(decision) for decision in self.decisions if decision.act is Act.JOIN)

    @property
    def split(self) -> tuple[Pair, ...]:
        """Pairs that are not."""
        return tuple(_DOCUMENTS.pair(decision) for decision in self.decisions if decision.act is Act.SPLIT)


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
    return Pairings(_DOCUMENTS.of(casefile))


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
    undone = _DOCUMENTS.take_back(casefile, number, by=by, at=at, why=why)
    if undone is None:
        raise InvalidValue(
            f"no decision {number} on copies stands: see recuento copies",
            f"no hay en pie una decisión {number} sobre copias: vea recuento copies",
        )
    return undone


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
    broken = _DOCUMENTS.contradicted(_DOCUMENTS.of(casefile), pair, act)
    if broken is not None:
        shown = " – ".join(sha[:12] for sha in _DOCUMENTS.pair(broken))
        raise InvalidValue(
            f"this contradicts decision {broken.id} on {shown}: take that back first "
            f"(recuento copies --undo {broken.id})",
            f"esto contradice la decisión {broken.id} sobre {shown}: deshaga antes esa "
            f"(recuento copies --undo {broken.id})",
        )
    return decide(casefile, [_DOCUMENTS.subject(pair)], act, by=by, at=at, why=why)[0]
