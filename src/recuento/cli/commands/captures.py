"""`recuento captures`: what was captured, and everything that can be told about each."""

from __future__ import annotations

from pathlib import Path

import click

from recuento.casefile.casefile import Casefile
from recuento.casefile.documents.capture_record import record_of
from recuento.cli.bilingual import command, option
from recuento.cli.capture_text import print_capture, print_captures
from recuento.cli.options import casefile_option, json_option, opened
from recuento.cli.output import as_json as print_json
from recuento.errors import InvalidValue
from recuento.model.capture import Capture
from recuento.store import captures


@command(
    "captures",
    es="""Muestra las capturas: qué fue de cada dirección, o todo lo que se sabe de una.

Sin argumento, la lista. Con una dirección, o el comienzo de la huella de un documento o del archivo web: dirección,
procedencia, horas, método, huella, operador, conversiones y captura de pantalla (Protocolo de Berkeley).""",
    en="""Show the captures: what became of each address, or everything that is known of one.

Without an argument, the list. With an address, or the beginning of the hash of a document or an archive: address,
source, times, method, hash, operator, conversions and screenshot (Berkeley Protocol).""",
)
@click.argument("which", required=False)
@option(
    "--all", "everything", is_flag=True, es="También imágenes y estilos de archivos.", en="Also pictures and styles."
)
@casefile_option
@json_option
def run(which: str | None, everything: bool, folder: Path | None, as_json: bool) -> None:
    """Show captures."""
    with opened(folder) as casefile:
        found = _found(casefile, which, everything)
    if as_json:
        print_json([record_of(one) for one in found])
    elif which is None:
        print_captures(found)
    else:
        for one in found:
            print_capture(one)


def _found(casefile: Casefile, which: str | None, everything: bool) -> list[Capture]:
    with casefile.database.reading() as connection:
        if which is None:
            listed = captures.all(connection)
            return [one for one in listed if everything or one.outcome.value != "other_file"]
        found = captures.found(connection, which)
    if not found:
        raise InvalidValue(
            f"nothing was captured from {which}: recuento captures lists what was",
            f"no se capturó nada de {which}: recuento captures muestra lo que hay",
        )
    return found
