"""What the page on which a dossier is published shows, kept in the casefile: every process of a server shows the same.

It is a result like any other that a machine made: it can be deleted, and is worked out again when somebody asks.
"""

from __future__ import annotations

from dataclasses import dataclass

from recuento.casefile.casefile import Casefile
from recuento.casefile.publishing.public_difference import Difference
from recuento.casefile.publishing.publishing import Publication
from recuento.errors import RecuentoError
from recuento.store import derived
from recuento.store.derived import Result
from recuento.store.encoding import decode, encode
from recuento.values.bilingual import Bilingual

_STEP = "publish page"


@dataclass(frozen=True, slots=True)
class Written:
    """What the last build from the page wrote: where, how many files, which of them changed and which were removed."""

    folder: str
    files: int
    changed: tuple[str, ...]
    removed: tuple[str, ...]


def keep_difference(casefile: Casefile, found: Difference) -> None:
    """Keep a difference in the place of the one there."""
    _keep(casefile, "difference", found, found.mark)


def kept_difference(casefile: Casefile) -> Difference | None:
    """The difference that was worked out last; whether it still holds, its mark tells."""
    body = _kept(casefile, "difference")
    return decode(Difference, body) if body else None


def keep_written(casefile: Casefile, made: Publication) -> None:
    """Keep what a build wrote."""
    _keep(casefile, "written", Written(str(made.folder), made.files, made.changed, made.removed))


def kept_written(casefile: Casefile) -> Written | None:
    """What the last build from the page wrote."""
    body = _kept(casefile, "written")
    return decode(Written, body) if body else None


def keep_error(casefile: Casefile, error: RecuentoError | None) -> None:
    """Keep why the last piece of work did not end well; None where it did."""
    _keep(casefile, "error", Bilingual(es=error.text("es"), en=error.text("en")) if error else Bilingual("", ""))


def kept_error(casefile: Casefile) -> Bilingual | None:
    """Why the last piece of work did not end well."""
    body = _kept(casefile, "error")
    found = decode(Bilingual, body) if body else None
    return found if found is not None and found.en else None


def _keep(casefile: Casefile, key: str, what: object, mark: str = "") -> None:
    with casefile.database.writing() as connection:
        derived.keep(connection, _STEP, key, Result(mark, encode(what)))


def _kept(casefile: Casefile, key: str) -> str:
    with casefile.database.reading() as connection:
        found = derived.find(connection, _STEP, key)
    return found.body if found is not None else ""
