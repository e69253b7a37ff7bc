"""`recuento serve`: the casefile in the browser, for one person on this computer or for a team on a server."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import click

from recuento.casefile.casefile import find_casefile
from recuento.cli.bilingual import BilingualOption, LazyGroup, language_of, say
from recuento.cli.options import opened
from recuento.cli.output import note, now, who
from recuento.values.bilingual import Bilingual

_PORT = 8765
_COMMANDS = (
    ("users", "serve_users", "Las personas del equipo y sus roles.", "The members of the team and their roles."),
    ("token", "serve_token", "Claves con que los programas leen la API.", "Tokens with which programs read the API."),
)


@click.pass_context
def _serve(context: click.Context, port: int, no_browser: bool, team: bool, folder: Path | None) -> None:
    """Serve the casefile until interrupted."""
    if context.invoked_subcommand is not None:
        return
    if team:
        _to_a_team(folder, port)
        return
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


def _to_a_team(folder: Path | None, port: int) -> None:
    from recuento.workbench.team.serving import serve_team

    def ready(address: str) -> None:
        click.echo(address)
        note(say("Termine con Ctrl+C.", "End with Ctrl+C."))

    found = folder if folder is not None else find_casefile(Path.cwd())
    serve_team(found, port=port, language=language_of(), clock=now, ready=ready)


def _option(*names: str, es: str, en: str, **kwargs: object) -> BilingualOption:
    return BilingualOption(list(names), words=Bilingual(es=es, en=en), **kwargs)


run = LazyGroup(
    "serve",
    lazy=[(name, module, Bilingual(es=es, en=en)) for name, module, es, en in _COMMANDS],
    invoke_without_command=True,
    callback=_serve,
    params=[
        _option(
            "--port",
            type=click.IntRange(0, 65535),
            default=_PORT,
            es=f"Puerto (por omisión {_PORT}; 0 toma uno libre).",
            en=f"Port (by default {_PORT}; 0 takes a free one).",
        ),
        _option("--no-browser", is_flag=True, es="No abre el navegador.", en="Do not open the browser."),
        _option(
            "--team",
            is_flag=True,
            es="Sirve a un equipo, con cuentas, según [serve] de recuento.toml.",
            en="Serve a team, with accounts, as [serve] of recuento.toml says.",
        ),
        _option(
            "--casefile",
            "-C",
            "folder",
            type=click.Path(path_type=Path, file_okay=False),
            es="Carpeta del caso (por omisión, esta o la más cercana hacia arriba).",
            en="Folder of the casefile (by default this one or the nearest above).",
        ),
    ],
)
run.words = Bilingual(
    es="""Abre el caso en el navegador, para revisar lo que leyó la máquina.

Solo se sirve a este equipo y a quien tenga la dirección que se muestra, que lleva una clave nueva cada vez; con --team,
a las personas del equipo, que inician sesión. Termina con Ctrl+C.""",
    en="""Open the casefile in the browser, to review what the machine read.

Served to this computer alone and to whoever has the address shown, which carries a new key each time; with --team, to
the members of the team, who sign in. Ends with Ctrl+C.""",
)
