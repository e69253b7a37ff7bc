"""`recuento documents`: the documents of a casefile, and all that is known of one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from recuento.casefile.casefile import Casefile
from recuento.casefile.documents.describing import describe
from recuento.casefile.documents.preparing import TOLD
from recuento.cli.attachment_text import plain_inside, print_inside
from recuento.cli.bilingual import command, language_of, option, say
from recuento.cli.options import casefile_option, json_option, opened
from recuento.cli.output import as_json as print_json
from recuento.cli.output import heading, line, now, who
from recuento.errors import InvalidValue
from recuento.model.attachment import Attachment
from recuento.model.document import Document, Origin, TextLayer
from recuento.store import attachments, documents, layers

_FIELDS = {
    "title": ("título", "title"),
    "outlet": ("medio", "outlet"),
    "author": ("autor", "author"),
    "published": ("fecha", "date"),
    "language": ("idioma", "language"),
    "url": ("dirección", "address"),
}


@command(
    "documents",
    es="""Muestra los documentos, o todo lo que se sabe de uno (por su huella o el comienzo de ella).

De cada uno: tipo, procedencia, capas de texto, lo que trae adjunto y en qué vino. Título, medio, autor y fecha que solo
dice el archivo se muestran como extraídos hasta que alguien los confirme (--confirm) o corrija (--set).""",
    en="""Show the documents, or all that is known of one (by its hash or the beginning of it).

Of each: type, origin, text layers, what came attached, and what it came in. Title, outlet, author and date that only
the file tells are shown as extracted until somebody confirms them (--confirm) or puts them right (--set).""",
)
@click.argument("document", required=False)
@option(
    "--confirm",
    "confirmed",
    multiple=True,
    type=click.Choice(TOLD),
    es="Confirma lo extraído; puede repetirse.",
    en="Confirm what was extracted; may be repeated.",
)
@option(
    "--set",
    "given",
    multiple=True,
    metavar="FIELD=VALUE",
    es="Lo corrige; puede repetirse.",
    en="Put it right; may be repeated.",
)
@casefile_option
@json_option
def run(
    document: str | None, confirmed: tuple[str, ...], given: tuple[str, ...], folder: Path | None, as_json: bool
) -> None:
    """List documents, show one, or say what is known of it."""
    with opened(folder) as casefile:
        if document is None:
            if confirmed or given:
                raise click.UsageError(say("diga qué documento", "say which document"))
            _list(casefile, as_json)
            return
        if confirmed or given:
            describe(casefile, document, confirmed, dict(_pair(one) for one in given), by=who(), at=now())
        with casefile.database.reading() as connection:
            found = documents.find(connection, document)
            if found is None:
                raise InvalidValue(f"there is no document {document}", f"no hay un documento {document}")
            origins = documents.origins(connection, found.sha256)
            texts = layers.of(connection, found.sha256)
            inside = attachments.of(connection, found.sha256)
            above = [
                (one, documents.find(connection, one.parent))
                for one in attachments.containing(connection, found.sha256)
            ]
    came_in = [(one, parent) for one, parent in above if parent is not None]
    if as_json:
        print_json(_plain(found, origins, texts, inside, came_in))
    else:
        _show(found, origins, texts, inside, came_in)


def _pair(words: str) -> tuple[str, str]:
    name, equals, value = words.partition("=")
    if not equals or name not in TOLD:
        fields = ", ".join(TOLD)
        raise click.UsageError(say(f"escriba CAMPO=VALOR; campos: {fields}", f"write FIELD=VALUE; fields: {fields}"))
    return name, value.strip()


def _list(casefile: Casefile, as_json: bool) -> None:
    with casefile.database.reading() as connection:
        every = documents.all(connection)
        within = attachments.all(connection)
    below: dict[str, int] = {}
    came_in: dict[str, str] = {}
    for one in within:
        below[one.parent] = below.get(one.parent, 0) + 1
        if one.document is not None:
            came_in.setdefault(one.document, one.parent)
    if as_json:
        print_json(
            [
                {**_about(one), "attachments": below.get(one.sha256, 0), "came_in": came_in.get(one.sha256)}
                for one in every
            ]
        )
        return
    for document in every:
        inside = below.get(document.sha256, 0)
        more = [document.media_type]
        more += [say(f"{inside} adjuntos", f"{inside} attachments")] if inside else []
        more += [say("vino en", "came in") + f" {came_in[document.sha256][:12]}"] if document.sha256 in came_in else []
        more += [say("sin texto", "without text")] if document.unreadable is not None else []
        line(f"{document.sha256[:12]}  {document.description.title or document.name} · {' · '.join(more)}", hang=14)
    if not every:
        line(say("Todavía no hay documentos: recuento preserve", "There is no document yet: recuento preserve"))


def _show(
    one: Document,
    origins: list[Origin],
    texts: list[TextLayer],
    inside: list[Attachment],
    came_in: list[tuple[Attachment, Document]],
) -> None:
    heading(one.description.title or one.name)
    line(f"SHA-256  {one.sha256}")
    line(f"{one.name} · {one.media_type} · {one.size_bytes} bytes")
    for field in TOLD:
        if (value := getattr(one.description, field)) is not None:
            extracted = field in one.description.extracted
            mark = say(" (extraído del archivo, sin confirmar)", " (extracted from the file, not confirmed)")
            line(f"{say(*_FIELDS[field])}: {value}{mark if extracted else ''}", hang=2)
    for origin in origins:
        line(f"{say('obtenido', 'obtained')}: {origin.at.date()} · {origin.by} · {origin.where}", hang=2)
    for attachment, parent in came_in:
        name = parent.description.title or parent.name
        line(f"{say('vino en', 'came in')}: {name} ({parent.sha256[:12]}), {attachment.position}", hang=2)
    if one.unreadable is not None:
        line(one.unreadable.text(language_of()), hang=2)
    for layer in texts:
        line(f"{say('capa de texto', 'text layer')}: {layer.extractor} {layer.version}, {layer.sha256[:12]}", hang=2)
    if inside:
        line(say("Trae adjunto:", "Came attached:"))
        print_inside(inside)


def _about(one: Document) -> dict[str, Any]:
    told = one.description
    return {
        "sha256": one.sha256,
        "name": one.name,
        "media_type": one.media_type,
        "title": told.title,
        "outlet": told.outlet,
        "author": told.author,
        "published": str(told.published) if told.published else None,
        "extracted": sorted(told.extracted),
        "unreadable": one.unreadable and {"es": one.unreadable.es, "en": one.unreadable.en},
    }


def _plain(
    one: Document,
    origins: list[Origin],
    texts: list[TextLayer],
    inside: list[Attachment],
    came_in: list[tuple[Attachment, Document]],
) -> dict[str, Any]:
    return {
        **_about(one),
        "origins": [{"where": o.where, "by": o.by, "at": o.at.isoformat()} for o in origins],
        "layers": [{"extractor": t.extractor, "version": t.version, "sha256": t.sha256} for t in texts],
        "attachments": [plain_inside(each) for each in inside],
        "came_in": [{"sha256": parent.sha256, "position": each.position} for each, parent in came_in],
    }
