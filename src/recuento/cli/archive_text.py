"""How the import of a web archive is shown: what became documents, and the account of its bytes."""

from __future__ import annotations

from typing import Any

from recuento.casefile.documents.importing_archives import ArchiveImport
from recuento.cli.bilingual import language_of, say
from recuento.cli.output import line
from recuento.model.words import CAPTURE_OUTCOMES

_SHOWN = 20


def print_archive(name: str, found: ArchiveImport) -> None:
    """Records by outcome, bytes in and out, and every stretch that could not be read."""
    language, account = language_of(), found.account
    told = ", ".join(
        f"{found.outcomes[one]} {words.text(language)}"
        for one, words in CAPTURE_OUTCOMES.items()
        if found.outcomes[one]
    )
    known = say(f", {found.known} ya traídas", f", {found.known} brought in before") if found.known else ""
    records = say(f"{account.records} registros", f"{account.records} records")
    line(f"{name}: {records}: {told or say('ninguna respuesta nueva', 'no new answer')}{known}", indent=2, hang=2)
    line(
        say(
            f"{account.bytes_in} bytes: {account.bytes_in_records} en registros enteros, {account.bytes_in_parts} en "
            f"otras partes, {account.bytes_reported} ilegibles",
            f"{account.bytes_in} bytes: {account.bytes_in_records} in whole records, {account.bytes_in_parts} in other "
            f"parts, {account.bytes_reported} unreadable",
        ),
        indent=4,
    )
    for why in account.unverified:
        line(say(f"sin verificar: {why.es}", f"unverified: {why.en}"), indent=4, hang=2)
    if found.mismatches:
        line(
            say(
                f"{found.mismatches} registros no corresponden a su huella",
                f"{found.mismatches} records are not what their digest says",
            ),
            indent=4,
        )
    for one in account.reported[:_SHOWN]:
        line(f"{one.place}: {one.size} bytes: {one.why.text(language)}", indent=4, hang=2)
    if len(account.reported) > _SHOWN:
        rest = len(account.reported) - _SHOWN
        line(say(f"... y {rest} tramos más", f"... and {rest} more stretches"), indent=4)


def plain_archive(found: ArchiveImport) -> dict[str, Any]:
    """The same as plain data, with every stretch."""
    account = found.account
    return {
        "records": account.records,
        "types": dict(account.types),
        "outcomes": {outcome.value: number for outcome, number in found.outcomes.items()},
        "known": found.known,
        "mismatches": found.mismatches,
        "bytes_in": account.bytes_in,
        "bytes_in_records": account.bytes_in_records,
        "bytes_in_parts": account.bytes_in_parts,
        "bytes_reported": account.bytes_reported,
        "verified": not account.unverified,
        "unverified": [{"es": one.es, "en": one.en} for one in account.unverified],
        "reported": [
            {"place": one.place, "bytes": one.size, "es": one.why.es, "en": one.why.en} for one in account.reported
        ],
    }
