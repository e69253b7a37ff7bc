"""`recuento claim`: one claim with its grounds and history, and the noting of its withdrawal."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from recuento.casefile.review.reviewing import decide
from recuento.cli.bilingual import command, language_of, option, say
from recuento.cli.options import Day, casefile_option, json_option, opened
from recuento.cli.output import as_json as print_json
from recuento.cli.output import line, note, now, pairs, today, who
from recuento.errors import InvalidValue
from recuento.model.claim import Claim
from recuento.model.decision import Act
from recuento.model.words import CERTAINTIES
from recuento.store import claims as stored_claims
from recuento.store.encoding import to_plain
from recuento.values.wording import date_text, quantity_text, range_text


@command(
    "claim",
    es="""Muestra una afirmación con su fuente y su historia. Con --withdraw anota que quien la hizo la retiró; no se
borra: queda junto a las demás, tachada.""",
    en="""Show a claim with its source and history. With --withdraw notes that its speaker took it back; it is not
erased: it stays beside the others, struck out.""",
)
@click.argument("id")
@option("--withdraw", is_flag=True, es="Su autor la retiró.", en="Its speaker took it back.")
@option("--on", type=Day(), es="Día en que la retiró.", en="Day on which it was taken back.")
@option("--why", default="", es="Motivo o fuente.", en="Reason or source.")
@casefile_option
@json_option
def run(id: str, withdraw: bool, on: date | None, why: str, folder: Path | None, as_json: bool) -> None:
    """Show a claim, or note its withdrawal."""
    with opened(folder) as casefile:
        with casefile.database.reading() as connection:
            versions = stored_claims.history(connection, id)
        if not versions:
            raise InvalidValue(f"there is no claim {id}", f"no hay afirmación {id}")
        if withdraw:
            decide(
                casefile, [f"claim:{id}"], Act.WITHDRAW, by=who(), at=now(), details={"on": str(on or today())}, why=why
            )
            note(say("Anotado.", "Noted."))
    claim = versions[-1].claim
    if as_json:
        print_json({"claim": to_plain(claim, Claim), "versions": [v.number for v in versions]})
        return
    _print(claim)
    for version in versions:
        line(f"{version.number}. {version.at:%Y-%m-%d %H:%M} {version.by}", indent=2)


def _print(claim: Claim) -> None:
    language = language_of()
    line(f"{claim.id}: {claim.measure}", bold=True)
    cited = say(", citando a ", ", citing ") + claim.cited_source if claim.cited_source else ""
    rows = [
        (say("quién", "who"), claim.claimant + cited),
        (say("dijo", "said"), f"{quantity_text(claim.quantity, language)} «{claim.quantity.words}»"),
        (say("se lee", "read as"), range_text(claim.quantity.low, claim.quantity.high, language)),
        (say("el", "on"), date_text(claim.stated, language)),
        (say("se refiere a", "as of"), date_text(claim.as_of, language)),
        (say("certeza", "certainty"), CERTAINTIES[claim.certainty].text(language)),
        *((say("fuente", "source"), ground.url or ground.outlet or "") for ground in claim.grounds),
        *([(say("nota", "note"), claim.note)] if claim.note else []),
    ]
    pairs(rows)
