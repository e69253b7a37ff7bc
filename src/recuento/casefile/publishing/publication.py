"""Asking for a publication and confirming it: two decisions, on a team's server by two people, and then the build."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from recuento.casefile.casefile import Casefile
from recuento.casefile.publishing.asked_for import KIND, Asked, asked_for
from recuento.casefile.publishing.public_difference import Difference, difference, state_mark
from recuento.casefile.publishing.publishing import Publication, publish
from recuento.casefile.review.correcting import Hand, details
from recuento.casefile.review.reviewing import decide
from recuento.casefile.sealing.sealed_search import SealedSearch
from recuento.errors import InvalidValue
from recuento.model.decision import Act, Decision
from recuento.store import decisions, log
from recuento.store.encoding import instant


def ask_for(casefile: Casefile, found: Difference, hand: Hand) -> Decision:
    """Ask that what `found` tells be published.

    Raises InvalidValue where the casefile has changed since, where the gate refuses it, or where one is asked for.
    """
    if found.refused is not None:
        raise InvalidValue(found.refused.en, found.refused.es)
    if state_mark(casefile, found.edition) != found.mark:
        raise changed_since()
    if asked_for(casefile) is not None:
        raise InvalidValue(
            "a publication is asked for already: confirm it or take it back first",
            "ya hay una publicación pedida: confírmela o deshágala primero",
        )
    words = f"+{len(found.new)} ~{len(found.changed)} -{len(found.gone)}, {found.edition}"
    told = {"mark": found.mark, "digest": found.digest, "edition": str(found.edition), "words": words}
    return decide(casefile, [f"{KIND}:{found.mark}"], Act.REQUEST, by=hand.by, at=hand.at, details=told, why=hand.why)[
        0
    ]


def confirm(casefile: Casefile, asked: Asked, *, by: str, at: datetime, alone: bool) -> Decision:
    """Confirm the publication that was asked for; build it afterwards with `build_confirmed`.

    Only the one person at a laptop (`alone`) may confirm what they asked for themselves. Raises InvalidValue where
    the same person does both, and where the casefile has changed since it was asked for.
    """
    if not alone and by == asked.by:
        raise InvalidValue(
            "whoever asked for a publication cannot confirm it: a second person must look",
            "quien pidió una publicación no puede confirmarla: tiene que mirarla una segunda persona",
        )
    if state_mark(casefile, asked.edition) != asked.mark:
        raise changed_since()
    told = {"mark": asked.mark, "asked_by": asked.by, "words": details(asked.decision)["words"]}
    return decide(casefile, [asked.decision.subject], Act.APPROVE, by=by, at=at, details=told, after=asked.decision.id)[
        0
    ]


def build_confirmed(
    casefile: Casefile, folder: Path, asked: Asked, *, by: str, at: datetime, search: SealedSearch | None = None
) -> Publication:
    """Write the dossier that was confirmed; raises what `publish` raises, and then nothing is written.

    Raises InvalidValue where what would become public is no longer the very difference that was looked at. `search`
    says who looks for sealed values in it, where the casefile has some.
    """
    if asked.digest and difference(casefile, folder, asked.edition).digest != asked.digest:
        raise changed_since()
    return publish(casefile, folder, asked.edition, by=by, at=at, search=search)


def confirmed_unbuilt(casefile: Casefile) -> Asked | None:
    """The publication that was confirmed last, where no dossier was published since and the casefile has not changed.

    On a server that holds sealed values a publication is confirmed there and written on a keeper's machine.
    """
    with casefile.database.reading() as connection:
        every = decisions.latest(connection, (KIND,), None, 1)
        published = log.last_done(connection, log.Act.PUBLISHED)
    if not every or every[0].act is not Act.APPROVE or (published or "") >= instant(every[0].at):
        return None
    told = details(every[0])
    edition = date.fromisoformat(told["words"].rpartition(", ")[2])
    return Asked(every[0], told["mark"], edition) if state_mark(casefile, edition) == told["mark"] else None


def changed_since() -> InvalidValue:
    """What to say where the casefile is no longer as it was looked at."""
    return InvalidValue(
        "the casefile has changed since: look at the difference again, and ask again",
        "el caso ha cambiado desde entonces: mire de nuevo la diferencia y vuelva a pedirlo",
    )
