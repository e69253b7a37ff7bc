"""`recuento seal packet`: open a packet that a team's server handed out, on the keeper's own machine."""

from __future__ import annotations

from pathlib import Path

import click

from recuento.casefile.sealing.keepers import refuse_inside_casefile
from recuento.casefile.sealing.packets import PACKET_BYTES_MAX, open_packet, purpose_tells, write_packed_file
from recuento.cli.bilingual import command, option, say
from recuento.cli.keys import keeper_option, key_in
from recuento.cli.output import note
from recuento.cli.sealed_text import show, write_files
from recuento.errors import InvalidValue


@command(
    "packet",
    es="""Abre, en el equipo de quien custodia, un paquete que entregó el servidor del equipo; no hace falta el caso.

El paquete sigue cifrado y solo lo abre la clave para la que se hizo. Quién lo pidió, cuándo y para qué quedó en el
registro del servidor antes de entregarlo. Bórrelo cuando termine.""",
    en="""Open, on a keeper's own machine, a packet that the team's server handed out; the casefile is not needed.

The packet is still encrypted, and only the key it was made for opens it. Who asked for it, when and what for was in
the server's log before it was handed out. Delete it when done.""",
)
@click.argument("packet", type=click.Path(path_type=Path, dir_okay=False))
@option(
    "--files",
    type=click.Path(path_type=Path, file_okay=False),
    es="Carpeta para sus archivos.",
    en="Folder for its files.",
)
@keeper_option()
def run(packet: Path, files: Path | None, key_file: Path, passphrase_file: Path | None) -> None:
    """Open."""
    if files is not None:
        refuse_inside_casefile(files / "x")
    found = open_packet(_bytes_of(packet), key_in(key_file, passphrase_file), str(packet))
    show(found.opened)
    if files is not None:
        write_files(found.opened, files, lambda part, out: write_packed_file(found, part.envelope or "", out))
    if purpose_tells(found):
        es = "El motivo que quedó en el registro contiene algo sellado: avise a quien mantiene el caso."
        en = "The purpose in the log holds something that is sealed: tell whoever keeps the casefile."
        note(say(es, en))


def _bytes_of(packet: Path) -> bytes:
    try:
        with packet.open("rb") as reader:
            return reader.read(2 * PACKET_BYTES_MAX)
    except OSError as error:
        raise InvalidValue(
            f"{packet} cannot be read: {error.strerror}", f"no se puede leer {packet}: {error.strerror}"
        ) from None
