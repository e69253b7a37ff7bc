"""What the team holds back from the dossier: a claim, demand, document or statement, as a decision to be taken back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from recuento.casefile.casefile import Casefile
from recuento.casefile.publishing.subjects import names_of, subject_named
from recuento.casefile.review.correcting import Hand, before_and_after, details
from recuento.casefile.review.reviewing import Reviews, standing
from recuento.errors import InvalidValue
from recuento.model.anchor import Anchor
from recuento.model.decision import Act, Decision
from recuento.model.dossier import KeptBack, KeptKind, PublishedDocument, PublishRules
from recuento.model.statement import Statement
from recuento.store import decisions
from recuento.store.encoding import decode, encode

KINDS = ("claim", "demand", "document", "statement")
"""What can be held back. With a claim goes the statement it rests on, with a document all its statements; with a
statement its words wherever they stand, the text of its document, and what rests on nothing else.
"""

Held = Mapping[tuple[str, str], Decision]
"""The holds that stand, by kind and id. Of a document the id is its SHA-256, of a statement document and spans."""


def held_back(casefile: Casefile) -> dict[tuple[str, str], Decision]:
    """The holds that stand."""
    with casefile.database.reading() as connection:
        return holds(decisions.all(connection))


def holds(every: Iterable[Decision]) -> dict[tuple[str, str], Decision]:
    """The holds that stand after these decisions."""
    last = standing(one for one in every if one.subject.startswith("hold:")).last
    found = {}
    for subject, decision in last.items():
        _, kind, id = subject.split(":", 2)
        found[kind, id] = decision
    return found


def hold(casefile: Casefile, wanted: Iterable[tuple[str, str, str]], hand: Hand) -> tuple[Decision, ...]:
    """Hold back things by kind, id and words; what is held already is left as it is.

    A statement may be named by its words as they are or as they were read. Raises InvalidValue for a kind that cannot
    be held back, and for a statement that is not there.
    """
    told = [_to_hold(casefile, kind, id, words) for kind, id, words in wanted]

    def append(connection: Connection) -> tuple[Decision, ...]:
        held = holds(decisions.all(connection))
        return tuple(
            decisions.append(
                connection, f"hold:{kind}:{id}", Act.HOLD, by=hand.by, at=hand.at, details=about, why=hand.why
            )
            for kind, id, about in told
            if (kind, id) not in held
        )

    return casefile.database.write(append)


def hold_named(casefile: Casefile, name: str, hand: Hand) -> Decision:
    """Hold back "claim:ID", "demand:ID", "document:SHA256" or "statement:DOCUMENT:SPANS".

    Raises InvalidValue where there is no such thing, or it is held back already.
    """
    found = subject_named(casefile, name)
    is_held = any((found.kind, id) in held_back(casefile) for id in found.earlier)
    made = hold(casefile, [(found.kind, found.id, found.words.es)], hand) if not is_held else ()
    if not made:
        raise InvalidValue(f"{found.name} is held back already", f"{found.name} ya está retenido")
    return made[0]


def release(casefile: Casefile, name: str, hand: Hand) -> Decision:
    """Take a hold back, named as in `hold_named`; raises InvalidValue where it is not held back."""
    names = names_of(casefile, name) if ":" in name else ()
    held = held_back(casefile).items()
    found = next((one for (kind, id), one in held if f"{kind}:{id}".startswith(names)), None)
    if found is None:
        raise InvalidValue(f"{name} is not held back", f"{name} no está retenido")
    told = (("decision", str(found.id)),)
    with casefile.database.writing() as connection:
        return decisions.append(connection, found.subject, Act.UNDO, by=hand.by, at=hand.at, details=told, why=hand.why)


def with_held(
    rules: PublishRules, held: Held, documents: Sequence[PublishedDocument], decided: Reviews
) -> PublishRules:
    """The rules with what is held back withheld as well.

    Words of a held statement that stand nowhere in the text of their document any more, because it was extracted
    anew, take the whole document with them: better too much than what was held back.
    """
    spans: set[tuple[str, int, int]] = set()
    lost: set[str] = set()
    by_sha = {one.document.sha256[:16]: one for one in documents}
    for (kind, id), decision in held.items():
        read = by_sha.get(id.partition(":")[0]) if kind == "statement" else None
        if read is None:
            continue
        text = read.layer.text if read.layer is not None else ""
        for anchor in _words_of(decision, decided):
            places = list(_places(anchor, text))
            spans |= {(read.document.sha256, start, end) for start, end in places}
            lost |= set() if places else {read.document.sha256}
    return replace(
        rules,
        withheld_claims=rules.withheld_claims | {id for kind, id in held if kind == "claim"},
        withheld_demands=rules.withheld_demands | {id for kind, id in held if kind == "demand"},
        withheld_documents=rules.withheld_documents | lost | {id for kind, id in held if kind == "document"},
        withheld_words=rules.withheld_words | spans,
    )


def held_words(held: Held, decided: Reviews) -> tuple[KeptBack, ...]:
    """The words of held statements, to be looked for in every other document and every byte."""
    return tuple(
        KeptBack(anchor.quote, f"held statement {id}", KeptKind.HELD)
        for (kind, id), decision in held.items()
        if kind == "statement"
        for anchor in _words_of(decision, decided)
    )


def words_of(decision: Decision) -> str:
    """What was held back, in the words of whoever did it."""
    return details(decision).get("words", decision.subject)


def _to_hold(casefile: Casefile, kind: str, id: str, words: str) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    if kind not in KINDS:
        raise InvalidValue(f"a {kind} cannot be held back by itself", f"no se puede retener solo: {kind}")
    if kind != "statement":
        return kind, id, (("words", words),)
    found = subject_named(casefile, f"{kind}:{id}")
    assert found.statement is not None
    return kind, found.id, (("statement", encode(found.statement)), ("words", words or found.words.es))


def _words_of(decision: Decision, decided: Reviews) -> Iterator[Anchor]:
    """The words of a held statement: as it stood when it was held, and as people corrected it since."""
    made = [decode(Statement, details(decision)["statement"])]
    correction = decided.corrected.get(decision.subject.removeprefix("hold:"))
    if correction is not None:
        made += [one for one in before_and_after(correction) if one is not None]
    yield from dict.fromkeys(anchor for one in made for anchor in one.content)


def _places(anchor: Anchor, text: str) -> Iterator[tuple[int, int]]:
    """Where the words stand: where they were, else wherever the text has them now."""
    if anchor.stands_on(text):
        yield anchor.start, anchor.end
        return
    at = text.find(anchor.quote)
    while at != -1:
        yield at, at + len(anchor.quote)
        at = text.find(anchor.quote, at + 1)
