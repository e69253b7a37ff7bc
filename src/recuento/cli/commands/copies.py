"""`recuento copies`: which documents carry the same text, and what drifted from one to the other."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from recuento.casefile.casefile import Casefile
from recuento.casefile.reading.families import Pairings, document_called, families_of, join, pairings, split, undo
from recuento.cli.bilingual import command, language_of, option, say
from recuento.cli.options import casefile_option, json_option, opened
from recuento.cli.output import as_json as print_json
from recuento.cli.output import heading, line, note, now, who
from recuento.model.anchor import Anchor
from recuento.model.decision import Act, Decision
from recuento.model.document import Document
from recuento.model.family import COPY_REASONS, DRIFT_KINDS, LIKENESS_PARTS, Difference, Family, Member
from recuento.store import documents
from recuento.store.encoding import to_plain
from recuento.values.wording import date_text

_AROUND = 45
"""Characters shown on each side of what drifted."""


@command(
    "copies",
    es="""Muestra qué documentos llevan el mismo texto, también traducido: cada familia cuenta como una sola fuente.
Dice por qué están juntos, cuál es el origen probable y qué cifra o verbo cambió de una copia a otra.

Una traducción es solo probable hasta que una persona la une con --join; --split separa dos documentos. Toda decisión
queda anotada con quién y cuándo, y --undo la deshace.""",
    en="""Show which documents carry the same text, also translated: each family counts as one source. Says why they are
together, which is the likely origin, and which figure or verb changed from copy to copy.

A translation is only probable until a person joins it with --join; --split keeps two documents apart. Every decision
is kept with who and when, and --undo takes it back.""",
)
@option("--join", "joined", nargs=2, metavar="A B", es="A y B son la misma fuente.", en="A and B are one source.")
@option("--split", "parted", nargs=2, metavar="A B", es="A y B no son copias.", en="A and B are no copies.")
@option("--undo", "number", type=int, metavar="N", es="Deshace la decisión N.", en="Take decision N back.")
@option("--why", default="", es="Motivo de la decisión.", en="Reason of the decision.")
@casefile_option
@json_option
def run(
    joined: tuple[str, str] | None,
    parted: tuple[str, str] | None,
    number: int | None,
    why: str,
    folder: Path | None,
    as_json: bool,
) -> None:
    """Show the families of copies, or note a decision on them first."""
    if sum(asked is not None for asked in (joined, parted, number)) > 1:
        raise click.UsageError(
            say("Una decisión por vez: --join, --split o --undo.", "One decision at a time: --join, --split or --undo.")
        )
    with opened(folder) as casefile:
        made = _decided(casefile, joined, parted, number, why)
        found, decided = families_of(casefile), pairings(casefile)
        with casefile.database.reading() as connection:
            known = {document.sha256: document for document in documents.all(connection)}
    if made is not None:
        note(say(f"Anotado: decisión {made.id}.", f"Noted: decision {made.id}."))
    if as_json:
        print_json(_plain(found, decided))
        return
    _print_all(found, decided, known)


def _decided(
    casefile: Casefile, joined: tuple[str, str] | None, parted: tuple[str, str] | None, number: int | None, why: str
) -> Decision | None:
    if number is not None:
        return undo(casefile, number, by=who(), at=now(), why=why)
    names = joined or parted
    if not names:
        return None
    one, other = (document_called(casefile, name).sha256 for name in names)
    return (join if joined else split)(casefile, one, other, by=who(), at=now(), why=why)


def _plain(found: tuple[Family, ...], decided: Pairings) -> dict[str, object]:
    return {
        "families": [
            to_plain(family, Family) | {"certain": family.certain, "sources": [list(s) for s in family.sources()]}
            for family in found
        ],
        "decisions": [to_plain(decision, Decision) for decision in decided.decisions],
    }


def _print_all(found: tuple[Family, ...], decided: Pairings, known: Mapping[str, Document]) -> None:
    if not found:
        line(say("Ningún documento es copia de otro.", "No document is a copy of another."))
    for number, family in enumerate(found, 1):
        _print_family(number, family, known)
    if decided.decisions:
        heading(say("Decisiones en pie", "Decisions that stand"))
    for decision in decided.decisions:
        _print_decision(decision, known)


def _print_family(number: int, family: Family, known: Mapping[str, Document]) -> None:
    sources = len(family.sources())
    count = say(f"{len(family.members)} documentos", f"{len(family.members)} documents")
    if sources == 1:
        counts = say("cuentan como una fuente", "they count as one source")
    else:
        counts = say(
            f"cuentan como {sources} fuentes mientras nadie confirme lo probable",
            f"they count as {sources} sources until somebody confirms what is probable",
        )
    heading(f"{number}. {count}: {counts}")
    agency = say(f" · despacho de {family.agency}", f" · a wire of {family.agency}") if family.agency else ""
    line(f"{say('Origen probable', 'Likely origin')}: {_named(family.origin, known)}{agency}", indent=2, hang=4)
    for member in family.members:
        line(f"{_named(member.document, known)} · {_why(member)}", indent=2, hang=4)
    if family.differences:
        line(say("Diferencias", "Differences"), indent=2)
    for difference in family.differences:
        _print_difference(difference)


def _why(member: Member) -> str:
    language = language_of()
    said = COPY_REASONS[member.reason].text(language)
    if member.like is not None:
        said += (
            say(f" que {member.like[:8]}", f" as {member.like[:8]}")
            if member.reason.value == "same-text"
            else (f" ({member.like[:8]})")
        )
    if member.likeness is not None:
        parts = ", ".join(
            f"{LIKENESS_PARTS[part].text(language)} {_percent(value)}" for part, value in member.likeness.parts
        )
        said += f" · {_percent(member.likeness.score)} ({parts})" if len(member.likeness.parts) > 1 else f" · {parts}"
    return said


def _percent(share: float) -> str:
    return say(f"{share:.0%}".replace("%", " %"), f"{share:.0%}")


def _named(sha256: str, known: Mapping[str, Document]) -> str:
    document = known[sha256]
    description = document.description
    day = date_text(description.published, language_of()) if description.published else say("sin fecha", "no date")
    return " · ".join([sha256[:8], *filter(None, [description.outlet]), day, description.title or document.name])


def _print_difference(difference: Difference) -> None:
    kind = DRIFT_KINDS[difference.kind].text(language_of())
    line(f"{kind}: «{difference.here.quote}» → «{difference.there.quote}»", indent=4, hang=4)
    for sha256, anchor, inside in (
        (difference.one, difference.here, difference.here_in),
        (difference.other, difference.there, difference.there_in),
    ):
        line(f"{sha256[:8]} {anchor.start}-{anchor.end}: {_around(anchor, inside)}", indent=6, hang=4)


def _around(anchor: Anchor, sentence: Anchor) -> str:
    """The words around an anchor, within its sentence."""
    start, end = anchor.start - sentence.start, anchor.end - sentence.start
    before, after = sentence.quote[max(0, start - _AROUND) : start], sentence.quote[end : end + _AROUND]
    cut = ("…" if start > _AROUND else "", "…" if end + _AROUND < len(sentence.quote) else "")
    return " ".join(f"{cut[0]}{before}[{anchor.quote}]{after}{cut[1]}".split())


def _print_decision(decision: Decision, known: Mapping[str, Document]) -> None:
    pair = decision.subject.removeprefix("copies:").split(":")
    joint = say(" y ", " and ").join(known[sha].name if sha in known else sha[:8] for sha in pair)
    what = (
        say("son la misma fuente", "are one source")
        if decision.act is Act.JOIN
        else say("no son copias", "are no copies")
    )
    why = f" · {decision.why}" if decision.why else ""
    line(f"{decision.id}. {joint} {what} · {decision.by} · {decision.at:%Y-%m-%d %H:%M}{why}", indent=2, hang=4)
