"""`recuento log checkpoint`: write the head of a tree into a file, and have it time-stamped."""

from __future__ import annotations

import hashlib
from pathlib import Path

import click

from recuento.casefile.custody.custody import write_checkpoint
from recuento.casefile.custody.opentimestamps import SUFFIX, read_proof
from recuento.cli.bilingual import command, option, say
from recuento.cli.commands.log_stamp import ask_authorities
from recuento.cli.options import casefile_option, opened
from recuento.cli.output import line, note
from recuento.errors import CasefileUnusable, InvalidValue
from recuento.store.durable import write_file
from recuento.store.log import TreeName


@command(
    "checkpoint",
    es="""Escribe un punto de control: un archivo pequeño con el tamaño y la raíz del registro, en checkpoints/.

Mándelo a quien confíe (un colega, un correo, un periódico): solo una copia fuera de sus manos demuestra que no se
reescribió lo anterior. Con --tsa pide un sello de tiempo (RFC 3161); la autoridad ve la huella, la hora y su dirección
de red, nunca el contenido.""",
    en="""Write a checkpoint: a small file with the size and the root of the log, in checkpoints/.

Send it to somebody you trust (a colleague, a mailbox, a newspaper): only a copy out of your hands shows that the past
was not rewritten. With --tsa it asks for a time stamp (RFC 3161); the authority sees the hash, the hour and your
network address, never the contents.""",
)
@option(
    "--tree",
    type=click.Choice(["public", "sealed"]),
    default="public",
    es="El registro público (por omisión) o el reservado.",
    en="The public log (by default) or the sealed one.",
)
@option(
    "--tsa",
    "authorities",
    multiple=True,
    es="Dirección de una autoridad; puede repetirse.",
    en="Address of an authority; may be repeated.",
)
@option(
    "--ots",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    es="Guarda junto al punto de control un archivo .ots hecho aparte; recuento log stamp --ots lo completa.",
    en="Keep an .ots file made elsewhere beside the checkpoint; recuento log stamp --ots upgrades it.",
)
@casefile_option
def run(tree: TreeName, authorities: tuple[str, ...], ots: Path | None, folder: Path | None) -> None:
    """Write a checkpoint; ends with 3 where a time stamp that was asked for did not come."""
    with opened(folder) as casefile:
        path = write_checkpoint(casefile, tree)
    line(str(path))
    if ots is not None:
        _keep_opentimestamps(ots, path)
    ask_authorities([path], authorities)


def _keep_opentimestamps(ots: Path, checkpoint: Path) -> None:
    data = ots.read_bytes()
    proof = read_proof(data)
    if proof.message != hashlib.sha256(checkpoint.read_bytes()).digest():
        raise InvalidValue(
            f"{ots} proves another file, not {checkpoint.name}", f"{ots} prueba otro archivo, no {checkpoint.name}"
        )
    kept = checkpoint.with_name(checkpoint.name + SUFFIX)
    if kept.exists() and kept.read_bytes() != data:
        raise CasefileUnusable(
            f"{kept} is there already: move it away first", f"{kept} ya existe: muévalo antes a otro lugar"
        )
    write_file(kept, data)
    note(say(f"guardado: {kept}", f"kept: {kept}"))
