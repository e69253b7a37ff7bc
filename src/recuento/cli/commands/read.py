"""`recuento read`: read the texts into statements."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import cast, get_args

import click

from recuento.casefile.casefile import SETTINGS, Casefile, find_casefile
from recuento.casefile.reading.asking_readers import ask_reader, named_reader
from recuento.casefile.reading.reading import read_documents, read_what_changed
from recuento.casefile.reading.reading_one import Manner, OneRead, as_kept, read_anew, read_file
from recuento.casefile.sealing.confidential import confidential_documents
from recuento.casefile.settings.reader_settings import NamedReader
from recuento.casefile.settings.settings import Settings, read_settings
from recuento.cli.bilingual import command, option, say
from recuento.cli.options import casefile_option, json_option, opened
from recuento.cli.output import line, now, progress
from recuento.cli.reading_text import (
    FORMATS,
    print_asked,
    print_at_scale,
    print_read,
    print_statement,
    scale_progress,
)
from recuento.errors import FaultsFound
from recuento.model.dossier import PublishedDocument
from recuento.read.rules import ReadingMode

__all__ = ["print_statement", "run"]


@command(
    "read",
    es="""Lee los textos: quién dice qué, citando a quién, con qué certeza, con qué cifras y qué exige.

Sin DOCUMENTO lee los textos del caso; solo se vuelve a leer lo que cambió. Con DOCUMENTO muestra lo leído en él:
un documento del caso (principio de su huella, o su nombre) o cualquier archivo, con caso o sin él.

Con --documents y --out lee a gran escala, sin caso: carpetas, archivos WARC y JSONL a una tabla Parquet, con todos
los núcleos; si se interrumpe, la misma orden continúa donde quedó.""",
    en="""Read the texts: who says what, citing whom, how surely, with which figures, and what they demand.

Without DOCUMENT reads the texts of the casefile; only what changed is read again. With DOCUMENT shows what is read in
it: a document of the casefile (start of its hash, or its name) or any file, with a casefile or without.

With --documents and --out reads at scale, without a casefile: folders, WARC and JSONL files into a Parquet table, on
all cores; if it is interrupted, the same command goes on where it was.""",
)
@click.argument("document", required=False)
@option("--explain", "explained", is_flag=True, es="Muestra las reglas aplicadas.", en="Show the rules applied.")
@option(
    "--mode",
    type=click.Choice(get_args(ReadingMode)),
    es="precision lee solo lo más seguro; recall, también lo dudoso.",
    en="precision reads only what is surest; recall the doubtful, too.",
)
@option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    es="Cómo se muestra; annotations: W3C Web Annotation.",
    en="How it is shown; annotations: W3C Web Annotation.",
)
@option("--reader", "name", es="Pregunta también a este [[reader]].", en="Ask this [[reader]] as well.")
@option(
    "--documents",
    "sources",
    type=click.Path(path_type=Path),
    multiple=True,
    es="Carpeta, WARC o JSONL que se lee a gran escala.",
    en="Folder, WARC or JSONL to read at scale.",
)
@option(
    "--out",
    type=click.Path(path_type=Path),
    es="Tabla que se escribe: ARCHIVO.parquet o una carpeta.",
    en="Table to write: FILE.parquet or a folder.",
)
@option(
    "--workers",
    type=click.IntRange(1),
    es="Procesos (por omisión, uno por núcleo).",
    en="Processes (by default one a core).",
)
@casefile_option
@json_option
def run(
    document: str | None,
    explained: bool,
    mode: str | None,
    form: str | None,
    name: str | None,
    sources: tuple[Path, ...],
    out: Path | None,
    workers: int | None,
    folder: Path | None,
    as_json: bool,
) -> None:
    """Read the texts."""
    chosen = cast("ReadingMode", mode or "balanced")
    if sources or out is not None:
        _at_scale(sources, out, chosen, workers, as_json, alone=not (document or explained or form or name or folder))
        return
    if workers is not None:
        raise click.UsageError(say("--workers va con --documents y --out", "--workers goes with --documents and --out"))
    shown = form or ("json" if as_json else "explain" if explained else "text")
    if document is None:
        if mode is not None:
            raise click.UsageError(
                say("--mode necesita un DOCUMENTO o --documents", "--mode needs a DOCUMENT or --documents")
            )
        _all(folder, name, shown, counted=form is None and not as_json)
        return
    print_read(_one(document, folder, chosen if mode else None, name), shown)


def _all(folder: Path | None, name: str | None, form: str, *, counted: bool) -> None:
    """Read what changed in the casefile, ask the other reader where one is named, and show all or count it."""
    failed: FaultsFound | None = None
    with opened(folder) as casefile:
        named = named_reader(casefile.settings, name) if name else None
        with progress(say("Leyendo", "Reading")) as bar:
            fresh, total = read_what_changed(casefile, at=now(), progress=bar)
        if named is not None:
            failed = _ask(casefile, named)
        found = read_documents(casefile)
    if counted:
        _print_counts(found, fresh, total)
    else:
        print_read([as_kept(read) for read in found], form)
    if failed is not None:
        raise failed


def _ask(casefile: Casefile, named: NamedReader) -> FaultsFound | None:
    with progress(say(f"Preguntando a {named.name}", f"Asking {named.name}")) as bar:
        asked = ask_reader(casefile, named, at=now(), progress=bar)
    print_asked(asked)
    return FaultsFound(named.name, asked.failed) if asked.failed else None


def _print_counts(found: Sequence[PublishedDocument], fresh: int, total: int) -> None:
    statements = sum(len(read.statements) for read in found)
    figures = sum(len(statement.figures) for read in found for statement in read.statements)
    es, en = (
        "{} textos, {} leídos ahora: {} declaraciones, {} cifras",
        "{} texts, {} read now: {} statements, {} figures",
    )
    line(say(es, en).format(total, fresh, statements, figures))


def _one(document: str, folder: Path | None, mode: ReadingMode | None, name: str | None) -> list[OneRead]:
    """The documents of the casefile that are meant, or the file: as kept, or read anew where that is asked for."""
    where = folder if folder is not None else find_casefile(Path.cwd())
    is_file = Path(document).is_file()
    if not is_file or folder is not None or (where / SETTINGS).is_file():
        found = _of_casefile(document, where, mode, name, must=not is_file)
        if found:
            return found
    settings: Settings | None = read_settings(where / SETTINGS) if (where / SETTINGS).is_file() else None
    if name and settings is None:
        raise click.UsageError(
            say("--reader necesita un caso, cuyo recuento.toml lo nombra", "--reader needs a casefile that names it")
        )
    other = named_reader(settings, name) if name and settings is not None else None
    return [read_file(Path(document), Manner.of(settings, mode or "balanced", other))]


def _of_casefile(
    document: str, where: Path, mode: ReadingMode | None, name: str | None, *, must: bool
) -> list[OneRead]:
    with Casefile.open(where) as casefile:
        settings = casefile.settings
        other = named_reader(settings, name) if name else None
        with progress(say("Leyendo", "Reading")) as bar:
            read_what_changed(casefile, at=now(), progress=bar)
        chosen = [read for read in read_documents(casefile) if _is_named(read, document)]
        confidential = confidential_documents(casefile)
    if must and not chosen:
        raise click.UsageError(say(f"no hay documento {document!r}", f"there is no document {document!r}"))
    if mode is None and other is None:
        return [as_kept(read) for read in chosen]
    manner = Manner.of(settings, mode or "balanced", other)
    return [one for read in chosen if (one := read_anew(read, manner, confidential)) is not None]


def _is_named(read: PublishedDocument, name: str) -> bool:
    return read.document.sha256.startswith(name) or read.document.name == name


def _at_scale(
    sources: Sequence[Path], out: Path | None, mode: ReadingMode, workers: int | None, as_json: bool, *, alone: bool
) -> None:
    if not sources or out is None or not alone:
        raise click.UsageError(
            say(
                "a gran escala van --documents y --out juntos, con --mode, --workers y --json si hace falta",
                "at scale --documents and --out go together, with --mode, --workers and --json where needed",
            )
        )
    from recuento.casefile.reading.reading_at_scale import read_at_scale

    with scale_progress() as watch:
        done = read_at_scale(sources, out, mode=mode, workers=workers or os.cpu_count() or 1, watch=watch)
    print_at_scale(done, as_json)
