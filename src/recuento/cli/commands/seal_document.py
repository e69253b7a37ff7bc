"""`recuento seal document`: mark a document confidential, so that `recuento lock` takes its original away too."""

from __future__ import annotations

from pathlib import Path

import click

from recuento.casefile.sealing.confidential import mark_confidential
from recuento.casefile.sealing.document_names import NamesSealed, seal_names
from recuento.cli.bilingual import command, language_of, option, say
from recuento.cli.options import casefile_option, opened
from recuento.cli.output import line, note, now, who


@command(
    "document",
    es="""Marca un documento como confidencial: recuento lock cierra entonces también su original.

Nombre de archivo, título, autor, dirección y lugares de origen se sellan para las personas custodias y salen de las
tablas; --undo no los devuelve. Lo que queda en claro se dice.

El texto congelado y lo leído en él siguen en las tablas, porque el caso trabaja con ellos. Lo que ni siquiera eso deba
estar en claro se sella como archivo de una fuente: recuento seal add FUENTE file.""",
    en="""Mark a document confidential: recuento lock then closes its original too.

File name, title, author, address and where it came from are sealed to the keepers and leave the tables; --undo does
not bring them back. What is left in clear is told.

The frozen text and what was read in it stay in the tables, for the casefile works with them. What must not be in clear
even so is sealed as a file of a source: recuento seal add SOURCE file.""",
)
@click.argument("document", metavar="SHA256")
@option("--undo", is_flag=True, es="Quita la marca.", en="Take the mark away.")
@casefile_option
def run(document: str, undo: bool, folder: Path | None) -> None:
    """Mark."""
    with opened(folder) as casefile:
        sha256 = mark_confidential(casefile, document, marked=not undo, by=who(), at=now())
        names = NamesSealed() if undo else seal_names(casefile, by=who(), at=now())
    es, en = ("sin marca", "not marked") if undo else ("confidencial", "confidential")
    line(f"{sha256[:12]}: {say(es, en)}")
    if names.waiting:
        note(say(
            "Su nombre sigue en claro: se sella para dos personas custodias o más; añádalas con recuento keeper add y "
            "repita recuento run.",
            "Its name still lies in clear: it is sealed to two keepers or more; add them with recuento keeper add, and "
            "run recuento run.",
        ))  # fmt: skip
    if names.sealed:
        note(say("Nombre, título, autor y origen: sellados.", "Name, title, author and origin: sealed."))
        note(say("Reemplace las copias de seguridad anteriores.", "Replace the earlier backups."))
    for one in names.left:
        note(one.text(language_of()))
