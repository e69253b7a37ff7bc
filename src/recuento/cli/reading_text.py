"""Print what was read: as text, with the rules, as JSON, as Web Annotations; and how a long reading goes."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

import click

from recuento.casefile.reading.asking_readers import Asked
from recuento.casefile.reading.reading_at_scale import ReadAtScale, Tally
from recuento.casefile.reading.reading_one import OneRead
from recuento.cli.bilingual import language_of, say
from recuento.cli.output import as_json as print_json
from recuento.cli.output import heading, line, note
from recuento.model.statement import Certainty, Statement
from recuento.model.words import CERTAINTIES, MODES
from recuento.read.plugin import DROPS, OWN, Drop
from recuento.store.encoding import to_plain
from recuento.values.bilingual import Language
from recuento.values.wording import number_text, quantity_text

FORMATS = ("text", "explain", "json", "annotations")
_SECONDS_BETWEEN = 0.5


def print_read(found: Sequence[OneRead], form: str) -> None:
    """Every text in one of the FORMATS."""
    if form == "json":
        print_json([_plain(one) for one in found])
    elif form == "annotations":
        from recuento.read.web_annotations import annotations

        print_json([a for one in found for a in annotations(one.statements, one.text, source=one.source)])
    else:
        for one in found:
            _print_one(one, explained=form == "explain")
    for one in found:
        print_dropped(one.dropped)


def print_statement(statement: Statement, language: Language, *, mark: str = "") -> None:
    """One statement in a few lines: who, how, the words, figures and demands."""
    depth = 2 + 2 * statement.id.count(".")
    inferred = say(" (deducido)", " (inferred)") if statement.speaker.inferred else ""
    tags = [MODES[statement.mode].text(language)]
    if statement.certainty is not Certainty.ASSERTED:
        tags.append(CERTAINTIES[statement.certainty].text(language))
    if statement.reader != OWN:
        tags.append(say(f"lector: {statement.reader}", f"reader: {statement.reader}"))
    line(
        f"{mark}{statement.id} {statement.speaker.name}{inferred} [{', '.join(tags)}]",
        indent=depth,
        hang=2,
    )
    line(" … ".join(" ".join(anchor.quote.split()) for anchor in statement.content), indent=depth + 3)
    for figure in statement.figures:
        counted = figure.measure or say("sin medida", "no measure")
        line(f"= {quantity_text(figure.quantity, language)} · {counted} · «{figure.anchor.quote}»", indent=depth + 3)
    for ask in statement.asks:
        line(f"? {ask.addressee or '…'}: {ask.item.quote} [{ask.measure or '–'}]", indent=depth + 3, hang=2)


def print_asked(asked: Asked) -> None:
    """What came of asking another reader, on standard error."""
    note(
        say(
            f"{asked.texts} textos preguntados, {asked.known} ya leídos: {asked.statements} declaraciones",
            f"{asked.texts} texts asked about, {asked.known} read before: {asked.statements} statements",
        )
    )
    if asked.withheld:
        note(
            say(
                f"textos que no se enviaron: {asked.withheld} (el lector está en otra máquina; son confidenciales o no "
                "llevan dirección pública)",
                f"texts that were not sent: {asked.withheld} (the reader is elsewhere; they are confidential or bear "
                "no public address)",
            )
        )
    print_dropped(asked.dropped)


def print_dropped(dropped: Mapping[Drop, int]) -> None:
    """How many proposals of another reader were dropped, by reason, on standard error."""
    if dropped:
        told = ", ".join(f"{DROPS[why].text(language_of())}: {count}" for why, count in dropped.items())
        note(say(f"Propuestas descartadas: {told}", f"Proposals dropped: {told}"))


def print_at_scale(done: ReadAtScale, as_json: bool) -> None:
    """What a long reading came to."""
    tally = done.tally
    faults = str(done.faults_file) if done.faults_file else None
    if as_json:
        print_json({**_tally(tally), "out": str(done.out), "faults_file": faults})
        return
    line(_told(tally))
    if tally.earlier:
        line(say(f"{tally.earlier} ya estaban leídos", f"{tally.earlier} had been read before"), indent=2)
    line(str(done.out), indent=2)
    if faults:
        line(
            say(f"Lo que no se pudo leer, con su motivo: {faults}", f"What could not be read, and why: {faults}"),
            indent=2,
        )


@contextmanager
def scale_progress() -> Iterator[Callable[[Tally], None] | None]:
    """A line on standard error that is written over while a person watches; None where nobody does."""
    if not sys.stderr.isatty():
        yield None
        return
    started = last = time.monotonic()

    def show(tally: Tally) -> None:
        nonlocal last
        moment = time.monotonic()
        if moment - last >= _SECONDS_BETWEEN:
            last = moment
            fresh = (tally.documents - tally.earlier) / (moment - started)
            pace = say(f"{fresh:.0f} por segundo", f"{fresh:.0f} a second")
            click.echo(f"\r\x1b[K{_told(tally)} · {pace}", nl=False, err=True)

    try:
        yield show
    finally:
        click.echo("\r\x1b[K", nl=False, err=True)


def _told(tally: Tally) -> str:
    documents, statements, faults, passed = (
        number_text(number, language_of())
        for number in (tally.documents, tally.statements, tally.faults, tally.passed_over)
    )
    told = say(f"{documents} documentos, {statements} declaraciones", f"{documents} documents, {statements} statements")
    if tally.faults:
        told += say(f", {faults} sin leer", f", {faults} not read")
    if tally.passed_over:
        told += say(f", {passed} registros que no son documentos", f", {passed} records that are no documents")
    return told


def _tally(tally: Tally) -> dict[str, int]:
    return {
        "documents": tally.documents,
        "statements": tally.statements,
        "faults": tally.faults,
        "passed_over": tally.passed_over,
        "earlier": tally.earlier,
    }


def _print_one(one: OneRead, *, explained: bool) -> None:
    heading(one.name)
    if explained:
        from recuento.read.explain import explain

        click.echo(explain(one.text, statements=one.statements, language=language_of()))
        return
    for statement in one.statements:
        print_statement(statement, language_of())


def _plain(one: OneRead) -> dict[str, object]:
    return {
        "document": one.sha256,
        "name": one.name,
        "statements": [to_plain(statement, Statement) for statement in one.statements],
    }
