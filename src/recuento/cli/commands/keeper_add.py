"""`recuento keeper add`: let somebody keep names, by the public half of their key."""

from __future__ import annotations

from pathlib import Path

import click

from recuento.casefile.sealing.keepers import add_keeper
from recuento.casefile.sealing.vault import sources_of
from recuento.cli.bilingual import command, say
from recuento.cli.options import casefile_option, opened
from recuento.cli.output import line, note, now, who


@command(
    "add",
    es="""Añade una persona custodia con la mitad pública de su clave: la línea que empieza por age1, o el archivo .pub.

Lo que se selle desde ahora lo podrá abrir. Lo ya sellado se lo concede otra persona custodia con recuento seal grant.
Son de dos a cinco. Compruebe la clave con la persona, de viva voz.""",
    en="""Add a keeper by the public half of their key: the line that begins with age1, or the .pub file.

They can open what is sealed from now on. What is sealed already another keeper grants them with recuento seal grant.
There are two to five. Compare the key with the person, by voice.""",
)
@click.argument("name")
@click.argument("public", metavar="KEY")
@casefile_option
def run(name: str, public: str, folder: Path | None) -> None:
    """Add a keeper."""
    key = public if public.startswith("age1") else Path(public).read_text(encoding="utf-8", errors="replace")
    with opened(folder) as casefile:
        add_keeper(casefile, name, key, by=who(), at=now())
        sealed = sum(not one.source.is_destroyed for one in sources_of(casefile))
    line(say(f"{name} custodia desde ahora.", f"{name} is a keeper from now on."))
    if sealed:
        note(
            say(
                f"{sealed} fuentes selladas antes: recuento seal grant {name} --keeper ARCHIVO",
                f"{sealed} sources were sealed before: recuento seal grant {name} --keeper FILE",
            )
        )
