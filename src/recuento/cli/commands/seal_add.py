"""`recuento seal add`: seal a value or a file of a source; no key is needed."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from recuento.casefile.publishing.editions import kept_editions
from recuento.casefile.sealing.vault import FILE, KINDS, add_file, add_text
from recuento.cli.bilingual import command, option, say
from recuento.cli.options import casefile_option, opened
from recuento.cli.output import line, note, now, who
from recuento.errors import InvalidValue
from recuento.seal.sealed import Sealed
from recuento.seal.sealed import opened as opened_value


@command(
    "add",
    es="""Sella un dato de una fuente: name (nombre), contact (contacto), place (lugar), notes (notas), file.

El dato se escribe cuando se pide, o llega por la entrada; nunca como palabra de la orden, que quedaría en el historial.
De un archivo se sellan también su nombre y sus fechas; el original sigue donde estaba: bórrelo usted.""",
    en="""Seal a value of a source: name, contact, place, notes, or file.

The value is typed when asked for, or comes from standard input; never as a word of the command, which would stay in
the history of the shell. Of a file its name and dates are sealed too; the original stays where it was: delete it.""",
)
@click.argument("source")
@click.argument("kind", type=click.Choice([*KINDS, FILE]))
@option("--file", "path", type=click.Path(path_type=Path, dir_okay=False), es="El archivo.", en="The file.")
@casefile_option
def run(source: str, kind: str, path: Path | None, folder: Path | None) -> None:
    """Seal."""
    if (kind == FILE) != (path is not None):
        raise click.UsageError(say("--file va con file, y solo con él", "--file goes with file, and only with it"))
    with opened(folder) as casefile:
        if path is not None:
            part = add_file(casefile, source, path, by=who(), at=now())
        else:
            part = add_text(casefile, source, kind, _asked(kind), by=who(), at=now())
        before = [f"v{one.number}" for one in kept_editions(casefile) if one.out]
    line(part[:12])
    if before:
        listed = ", ".join(before)
        note(say(
            f"Publicadas antes de sellarlo: {listed}. Si lo dicen, recuento publish --keeper ARCHIVO lo deja en blanco "
            "y recuento seal editions lo borra también de sus copias en el caso.",
            f"Published before it was sealed: {listed}. Where they tell it, recuento publish --keeper FILE blanks it, "
            "and recuento seal editions blanks it in the casefile's copies too.",
        ))  # fmt: skip
    if path is not None:
        note(say("El archivo original sigue en claro donde estaba.", "The file itself is still there in clear."))


def _asked(kind: str) -> Sealed:
    if not sys.stdin.isatty():
        value = Sealed(sys.stdin.read().strip())
    elif kind == "notes":
        note(
            say(
                "Escriba; termine con una línea que solo tenga un punto.",
                "Write; end with a line that is a single dot.",
            )
        )
        value = Sealed("\n".join(iter(input, ".")).strip())
    else:
        value = Sealed(click.prompt(kind, hide_input=True, err=True).strip())
    with opened_value(value) as plain:
        is_empty = not plain.text
    if is_empty:
        raise InvalidValue("there is nothing to seal", "no hay nada que sellar")
    return value
