"""`recuento serve token`: tokens with which programs read the API in a member's name."""

from __future__ import annotations

from pathlib import Path

import click

from recuento.cli.bilingual import BilingualCommand, LazyGroup, command, option, say
from recuento.cli.options import casefile_option, json_option
from recuento.cli.output import as_json as print_json
from recuento.cli.output import note, pairs, who
from recuento.cli.team import team_of
from recuento.values.bilingual import Bilingual
from recuento.workbench.roles import Role


@command(
    "make",
    es="Hace una clave y la muestra: no se guarda y no se puede volver a mostrar.",
    en="Make a token and print it: it is not kept and cannot be shown again.",
)
@click.argument("user")
@option("--role", default="reader", type=click.Choice([r.value for r in Role]), es="Su único rol.", en="Its one role.")
@option("--for", "label", required=True, es="Para qué es.", en="What it is for.")
@casefile_option
def _make(user: str, role: str, label: str, folder: Path | None) -> None:
    """Make a token."""
    team_of(folder)
    from recuento.workbench.team.tokens import make

    click.echo(make(user, label=label, role=Role(role), by=who()))
    note(say("Guárdela ahora.", "Keep it now."))


@command("list", es="Muestra las claves, sin su contenido.", en="List the tokens, without what they are.")
@casefile_option
@json_option
def _list(folder: Path | None, as_json: bool) -> None:
    """List the tokens."""
    team_of(folder)
    from recuento.workbench.team.tokens import tokens

    every = [
        {
            "token": one.id,
            "user": one.member.username,
            "for": one.label,
            "role": one.role,
            "made": one.made_at.date().isoformat(),
            "used": one.used_on.isoformat() if one.used_on else None,
            "revoked": one.revoked_at.date().isoformat() if one.revoked_at else None,
        }
        for one in tokens()
    ]
    if as_json:
        print_json(every)
        return
    for one in every:
        used = say(f"usada el {one['used']}", f"used on {one['used']}") if one["used"] else say("sin usar", "not used")
        gone = say(f"; anulada el {one['revoked']}", f"; revoked on {one['revoked']}") if one["revoked"] else ""
        pairs([(str(one["token"]), f"{one['user']}: {one['for']} ({one['role']}); {used}{gone}")])


@command("revoke", es="Anula una clave, por su número.", en="Revoke a token, by its number.")
@click.argument("number", type=int)
@casefile_option
def _revoke(number: int, folder: Path | None) -> None:
    """Revoke a token."""
    team_of(folder)
    from recuento.workbench.team.tokens import revoke

    revoke(number, by=who())


class _Tokens(LazyGroup):
    """The commands stand in this file: none is heavy."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> BilingualCommand | None:
        """The command of that name."""
        return _EVERY.get(cmd_name)


_EVERY = {each.name or "": each for each in (_make, _list, _revoke)}
run = _Tokens("token", lazy=[(name, "", each.words) for name, each in _EVERY.items()])
run.words = Bilingual(
    es="Claves con que los programas leen la API en nombre de alguien, con un solo rol.",
    en="Tokens with which programs read the API in a member's name, with one role.",
)
