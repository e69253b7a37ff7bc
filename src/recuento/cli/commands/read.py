"""`recuento read`: read the texts into statements."""

from __future__ import annotations

from pathlib import Path

import click

from recuento.casefile.reading import read_documents, read_what_changed
from recuento.cli.bilingual import command, language_of, option, say
from recuento.cli.options import casefile_option, json_option, opened
from recuento.cli.output import as_json as print_json
from recuento.cli.output import heading, line, now, progress
from recuento.model.dossier import PublishedDocument
from recuento.model.statement import Certainty, Statement
from recuento.model.words import CERTAINTIES, MODES
from recuento.store.encoding import to_plain
from recuento.values.bilingual import Language
from recuento.values.wording import quantity_text


@command(
    "read",
    es="""Lee los textos: quién dice qué, citando a quién, con qué certeza, con qué cifras y qué exige.

Solo se vuelve a leer lo que cambió. Con DOCUMENTO (principio de su huella o su nombre) muestra lo leído en él.""",
    en="""Read the texts: who says what, citing whom, how surely, with which figures, and what they demand.

Only what changed is read again. With DOCUMENT (start of its hash, or its name) shows what was read in it.""",
)
@click.argument("document", required=False)
@option("--explain", "explained", is_flag=True, es="Muestra las reglas aplicadas.", en="Show the rules applied.")
@casefile_option
@json_option
def run(document: str | None, explained: bool, folder: Path | None, as_json: bool) -> None:
    """Read the texts."""
    with opened(folder) as casefile:
        with progress(say("Leyendo", "Reading")) as bar:
            fresh, total = read_what_changed(casefile, at=now(), progress=bar)
        found = read_documents(casefile)
        vocabulary = casefile.settings.vocabulary
    chosen = [read for read in found if document is None or _is_named(read, document)]
    if document is not None and not chosen:
        raise click.UsageError(say(f"no hay documento {document!r}", f"there is no document {document!r}"))
    if as_json:
        print_json([_plain(read) for read in chosen])
        return
    if document is None:
        statements = sum(len(read.statements) for read in found)
        figures = sum(len(statement.figures) for read in found for statement in read.statements)
        es, en = (
            "{} textos, {} leídos ahora: {} declaraciones, {} cifras",
            "{} texts, {} read now: {} statements, {} figures",
        )
        line(say(es, en).format(total, fresh, statements, figures))
        return
    for read in chosen:
        heading(read.document.description.title or read.document.name)
        if explained and read.layer is not None:
            from recuento.read.explain import explain

            published = read.document.description.published
            told = explain(read.layer.text, published=published, vocabulary=vocabulary, language=language_of())
            click.echo(told)
        else:
            for statement in read.statements:
                print_statement(statement, language_of())


def print_statement(statement: Statement, language: Language, *, mark: str = "") -> None:
    """One statement in a few lines: who, how, the words, figures and demands."""
    depth = 2 + 2 * statement.id.count(".")
    inferred = say(" (deducido)", " (inferred)") if statement.speaker.inferred else ""
    tags = [MODES[statement.mode].text(language)]
    if statement.certainty is not Certainty.ASSERTED:
        tags.append(CERTAINTIES[statement.certainty].text(language))
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


def _is_named(read: PublishedDocument, name: str) -> bool:
    return read.document.sha256.startswith(name) or read.document.name == name


def _plain(read: PublishedDocument) -> dict[str, object]:
    return {
        "document": read.document.sha256,
        "name": read.document.name,
        "statements": [to_plain(statement, Statement) for statement in read.statements],
    }
