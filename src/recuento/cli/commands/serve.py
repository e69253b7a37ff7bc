"""`recuento serve`: review a casefile in the browser, on this computer alone."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import click

from recuento.cli.bilingual import command, language_of, option, say
from recuento.cli.options import casefile_option, opened
from recuento.cli.output import note, now, who

_PORT = 8765


@command(
    "serve",
    es="""Abre el caso en el navegador, para revisar lo que leyó la máquina.

Solo se sirve a este equipo y a quien tenga la dirección que se muestra, que lleva una clave nueva cada vez.
Termina con Ctrl+C.""",
    en="""Open the casefile in the browser, to review what the machine read.

Served to this computer alone and to whoever has the address shown, which carries a new key each time. Ends with
Ctrl+C.""",
)
@option(
    "--port",
    type=click.IntRange(0, 65535),
    default=_PORT,
    es=f"Puerto (por omisión {_PORT}; 0 toma uno libre).",
    en=f"Port (by default {_PORT}; 0 takes a free one).",
)
@option("--no-browser", is_flag=True, es="No abre el navegador.", en="Do not open the browser.")
@casefile_option
def run(port: int, no_browser: bool, folder: Path | None) -> None:
    """Serve the casefile until interrupted."""
    from recuento.workbench.desk import Desk
    from recuento.workbench.roles import EVERY_ROLE, Member
    from recuento.workbench.serving import serve

    def ready(address: str) -> None:
        click.echo(address)
        note(say("Termine con Ctrl+C.", "End with Ctrl+C."))
        if not no_browser:
            webbrowser.open(address)

    owner = Member(who(), EVERY_ROLE)
    with opened(folder) as casefile:
        serve(Desk(casefile, owner=owner, language=language_of(), clock=now), port=port, ready=ready)
