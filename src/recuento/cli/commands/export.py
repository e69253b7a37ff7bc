"""`recuento export`: write everything as readable text."""

from __future__ import annotations

from pathlib import Path

import click

from recuento.casefile.custody.custody import note_act
from recuento.casefile.documents.packing_wacz import pack_captures
from recuento.casefile.keeping.bagging import VERIFIER, export_bag
from recuento.casefile.keeping.exporting import export
from recuento.cli.bilingual import command, option, say
from recuento.cli.options import casefile_option, opened
from recuento.cli.output import line, note, now, who
from recuento.store.log import Act


@command(
    "export",
    es="""Escribe el caso entero como texto: claims.csv, documentos, declaraciones (JSON), decisiones y originales.

Contiene todo, también lo que no se publica: guárdelo como el caso mismo. Con --bag hace una bolsa BagIt con el registro
de custodia, sus pruebas y un programa que la comprueba sin Recuento. Con --wacz escribe solo lo capturado
de la web.""",
    en="""Write the whole casefile as text: claims.csv, documents, statements (JSON), decisions and originals.

It holds everything, also what is not published: keep it as you keep the casefile. With --bag it makes a BagIt bag
with the custody log, its proofs and a program that checks it without Recuento. With --wacz it writes only what was
captured from the web.""",
)
@click.argument("target", type=click.Path(path_type=Path))
@option("--bag", is_flag=True, es="Una bolsa BagIt con las pruebas.", en="A BagIt bag with the proofs.")
@option(
    "--with-lists",
    "lists",
    is_flag=True,
    es="También las listas de nombres y su registro (con --bag).",
    en="Also the lists of names and their log (with --bag).",
)
@option(
    "--wacz",
    is_flag=True,
    es="Solo las páginas capturadas, en un archivo WACZ (ReplayWeb.page).",
    en="Only the captured pages, in one WACZ file (ReplayWeb.page).",
)
@casefile_option
def run(target: Path, bag: bool, lists: bool, wacz: bool, folder: Path | None) -> None:
    """Write everything as text; the export is noted in the custody log."""
    if wacz:
        _write_wacz(target, folder)
        return
    if target.is_file():
        raise click.UsageError(say(f"{target} es un archivo", f"{target} is a file"))
    with opened(folder) as casefile:
        if bag:
            written = export_bag(casefile, target, by=who(), at=now(), lists=lists)
        else:
            note_act(casefile, Act.EXPORTED, by=who(), at=now(), details={"form": "text"})
            written = export(casefile, target)
    if bag:
        line(
            say(
                f"Compruebe la bolsa con: python {target / VERIFIER}", f"Check the bag with: python {target / VERIFIER}"
            )
        )
    note(say(f"{len(written)} archivos en {target}", f"{len(written)} files in {target}"))


def _write_wacz(target: Path, folder: Path | None) -> None:
    if target.is_dir() or target.suffix.lower() != ".wacz":
        raise click.UsageError(
            say("diga el archivo que se escribe: algo.wacz", "name the file to be written: something.wacz")
        )
    with opened(folder) as casefile:
        archives, pages = pack_captures(casefile, target, by=who(), at=now())
    note(
        say(f"{pages} páginas y {archives} archivos web en {target}", f"{pages} pages, {archives} archives in {target}")
    )
