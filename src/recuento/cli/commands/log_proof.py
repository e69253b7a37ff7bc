"""`recuento log proof`: print a proof that an entry is in the log, or that the log only grew."""

from __future__ import annotations

from pathlib import Path

import click

from recuento.cli.bilingual import command, option
from recuento.cli.options import casefile_option, opened
from recuento.cli.output import as_json as print_json
from recuento.errors import InvalidValue
from recuento.store import log
from recuento.store.log import TreeName


@command(
    "proof",
    es="""Escribe en JSON la prueba de que el asiento NÚMERO está en el registro (RFC 6962).

Con --grown-from, la de que el registro de hoy empieza como el de entonces, cuando tenía NÚMERO asientos.""",
    en="""Print as JSON the proof that entry NUMBER is in the log (RFC 6962).

With --grown-from, that today's log begins as it did when it had NUMBER entries.""",
)
@click.argument("number", type=click.IntRange(min=0))
@option(
    "--grown-from",
    "grown",
    is_flag=True,
    es="Prueba de continuidad en vez de inclusión.",
    en="Proof of consistency instead of inclusion.",
)
@option(
    "--tree",
    type=click.Choice(["public", "sealed"]),
    default="public",
    es="El registro público (por omisión) o el reservado.",
    en="The public log (by default) or the sealed one.",
)
@casefile_option
def run(number: int, grown: bool, tree: TreeName, folder: Path | None) -> None:
    """Print a proof."""
    with opened(folder) as casefile, casefile.database.reading() as connection:
        merkle = log.merkle_tree(connection, tree)
        bodies = [entry.body for entry in log.entries(connection, tree)]
    try:
        path = merkle.consistency_proof(number) if grown else merkle.inclusion_proof(number)
    except ValueError:
        raise InvalidValue(
            f"the {tree} log has {merkle.size} entries; {number} is none of them",
            f"el registro tiene {merkle.size} asientos; {number} no es uno de ellos",
        ) from None
    proof = {"tree": tree, "size": merkle.size, "root": merkle.root().hex(), "path": [part.hex() for part in path]}
    if grown:
        print_json({**proof, "old_size": number, "old_root": merkle.root(number).hex()})
    else:
        print_json({**proof, "number": number, "body": bodies[number]})
