"""`recuento serve users`: who is in the team. Nobody is deleted, for decisions bear their names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from recuento.casefile.casefile import find_casefile
from recuento.cli.bilingual import BilingualCommand, LazyGroup, command, language_of, option, say
from recuento.cli.options import casefile_option, json_option
from recuento.cli.output import as_json as print_json
from recuento.cli.output import line, note, pairs, who
from recuento.cli.team import team_of
from recuento.values.bilingual import Bilingual
from recuento.workbench.roles import ROLE_NAMES, Role

_ROLES = click.Choice([role.value for role in Role])


@command(
    "add",
    es="""Añade a alguien y muestra el enlace, de un solo uso, con que elige su contraseña.

El nombre es el que llevarán sus decisiones, y no se cambia después.""",
    en="""Add somebody and print the link, good for one use, with which a password is chosen.

The name is the one that decisions will bear, and is not changed later.""",
)
@click.argument("user")
@option("--name", default="", es="Nombre que llevan sus decisiones.", en="Name that decisions bear.")
@option("--role", "roles", multiple=True, type=_ROLES, es="Rol; puede repetirse.", en="Role; may be repeated.")
@casefile_option
def _add(user: str, name: str, roles: tuple[str, ...], folder: Path | None) -> None:
    """Add a member."""
    address = team_of(folder)
    from recuento.workbench.team.roster import add

    click.echo(address + add(user, name=name, roles=[Role(role) for role in roles], by=who()))
    _tell_link()


@command("list", es="Muestra a todas las personas del equipo.", en="List everybody in the team.")
@casefile_option
@json_option
def _list(folder: Path | None, as_json: bool) -> None:
    """List the members."""
    team_of(folder)
    from recuento.workbench.team.roster import roster

    everybody = roster()
    if as_json:
        print_json([_plain(one) for one in everybody])
        return
    pairs([(one.username, _described(one)) for one in everybody])
    if not everybody:
        note(say("Aún no hay nadie: recuento serve users add", "There is nobody yet: recuento serve users add"))


@command(
    "roles",
    es="Da a alguien estos roles y ningún otro; sin roles, ninguno.",
    en="Give somebody these roles and no others; without roles, none.",
)
@click.argument("user")
@click.argument("roles", nargs=-1, type=_ROLES)
@casefile_option
def _roles(user: str, roles: tuple[str, ...], folder: Path | None) -> None:
    """Set the roles."""
    team_of(folder)
    from recuento.workbench.team.roster import set_roles

    set_roles(user, [Role(role) for role in roles], by=who())


@command(
    "deactivate",
    es="No deja entrar más a alguien; sus sesiones y claves acaban ya, sus decisiones siguen.",
    en="Let somebody in no more; sessions and tokens end at once, decisions stay.",
)
@click.argument("user")
@casefile_option
def _deactivate(user: str, folder: Path | None) -> None:
    """Deactivate a member."""
    team_of(folder)
    from recuento.workbench.team.roster import deactivate

    deactivate(user, by=who())


@command("activate", es="Deja entrar de nuevo a alguien.", en="Let somebody in again.")
@click.argument("user")
@casefile_option
def _activate(user: str, folder: Path | None) -> None:
    """Activate a member."""
    team_of(folder)
    from recuento.workbench.team.roster import activate

    activate(user, by=who())


@command(
    "link",
    es="Muestra un enlace nuevo con que alguien elige su contraseña; los anteriores sirven hasta que se use uno.",
    en="Print a new link with which somebody chooses a password; earlier ones are good until one is used.",
)
@click.argument("user")
@option(
    "--forget-second-factor",
    "forget",
    is_flag=True,
    es="Quita el segundo factor de quien lo perdió, y los roles que lo exigen.",
    en="Remove the second factor of somebody who lost it, and the roles that need one.",
)
@casefile_option
def _link(user: str, forget: bool, folder: Path | None) -> None:
    """Print a link."""
    address = team_of(folder)
    from recuento.workbench.team.roster import forget_second_factor, link

    if forget:
        forget_second_factor(user, by=who())
    click.echo(address + link(user, by=who()))
    _tell_link()


@command(
    "history",
    es="Muestra qué cambió en el equipo, quién y cuándo.",
    en="Show what changed in the team, by whom and when.",
)
@casefile_option
@json_option
def _history(folder: Path | None, as_json: bool) -> None:
    """Show the history of the team."""
    team_of(folder)
    from recuento.workbench.team.history import team_history

    changes = list(reversed(team_history(limit=1_000_000)))
    if as_json:
        print_json(
            [
                {"at": one.at.isoformat(), "by": one.by, "user": one.member, "what": one.what, "detail": one.detail}
                for one in changes
            ]
        )
        return
    for one in changes:
        detail = f" ({one.detail})" if one.detail else ""
        line(f"{one.at:%Y-%m-%d %H:%M} UTC  {one.what}: {one.member}{detail}, {one.by}", hang=4)


@command(
    "save",
    es="""Guarda al equipo en un archivo nuevo: usuarios, roles, segundos factores, claves e historia.

Lleva las huellas de las contraseñas y NO va cifrado.""",
    en="""Save the team into a new file: users, roles, second factors, tokens and history.

It holds the hashes of passwords and is NOT encrypted.""",
)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@casefile_option
def _save(file: Path, folder: Path | None) -> None:
    """Save the team."""
    from recuento.workbench.team.keeping import save_team

    number = save_team(folder if folder is not None else find_casefile(Path.cwd()), file)
    line(say(f"{file}: {number} usuarios", f"{file}: {number} users"))


@command(
    "load",
    es="Carga un equipo guardado en un caso que no tiene ninguno, y lo compara.",
    en="Load a saved team into a casefile that has none, and compare.",
)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@casefile_option
def _load(file: Path, folder: Path | None) -> None:
    """Load a team."""
    from recuento.workbench.team.keeping import load_team

    number = load_team(file, folder if folder is not None else find_casefile(Path.cwd()))
    line(say(f"{number} usuarios, iguales a los guardados", f"{number} users, the same as were saved"))


def _tell_link() -> None:
    note(
        say(
            "Dele este enlace por un canal seguro. Vale una vez y tres días.",
            "Hand this link over on a safe channel. It is good once, for three days.",
        )
    )


def _described(one: Any) -> str:
    roles = ", ".join(ROLE_NAMES[role].text(language_of()) for role in one.roles) or say("ningún rol", "no role")
    factor = say("con", "with") if one.second_factor else say("sin", "without")
    factor += say(" segundo factor", " a second factor")
    inactive = "" if one.active else say("; desactivado", "; deactivated")
    return f"{one.name}: {roles}; {factor}{inactive}"


def _plain(one: Any) -> dict[str, Any]:
    return {
        "user": one.username,
        "name": one.name,
        "roles": [role.value for role in one.roles],
        "active": one.active,
        "second_factor": one.second_factor,
        "last_sign_in": one.last_login.date().isoformat() if one.last_login else None,
    }


def _short(words: Bilingual) -> Bilingual:
    return Bilingual(es=words.es.split("\n")[0], en=words.en.split("\n")[0])


class _Users(LazyGroup):
    """The commands stand in this file: none is heavy."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> BilingualCommand | None:
        """The command of that name."""
        return _EVERY.get(cmd_name)


_EVERY = {
    each.name or "": each for each in (_add, _list, _roles, _deactivate, _activate, _link, _history, _save, _load)
}
run = _Users("users", lazy=[(name, "", _short(each.words)) for name, each in _EVERY.items()])
run.words = Bilingual(
    es="Las personas del equipo: se añaden y se desactivan, nunca se borran.",
    en="The members of the team: added and deactivated, never deleted.",
)
