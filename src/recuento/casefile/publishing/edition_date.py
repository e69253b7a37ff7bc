"""The date that an edition of the dossier bears; apart from publishing, which brings in far more than a date takes."""

from __future__ import annotations

from datetime import date

from recuento.casefile.casefile import Casefile
from recuento.store import claims as stored_claims
from recuento.store import decisions, documents


def edition_of(casefile: Casefile, asked: date | None = None) -> date:
    """The date of the edition: as asked, as in recuento.toml, or the day of the last change to the casefile."""
    return asked or casefile.settings.edition or _last_change(casefile)


def _last_change(casefile: Casefile) -> date:
    with casefile.database.reading() as connection:
        moments = (
            documents.last_obtained(connection),
            decisions.last_made(connection),
            stored_claims.last_change(connection),
        )
    found = [moment for moment in moments if moment is not None]
    return max(found).date() if found else date(1970, 1, 1)
