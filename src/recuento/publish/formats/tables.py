"""claims.csv with its datapackage.json: every figure of an event, one a row."""

from __future__ import annotations

import csv
import io
from typing import Any

from recuento.publish.formats.plain import written
from recuento.publish.view import PublicClaim, PublicDossier, PublicEvent
from recuento.values.bilingual import Bilingual
from recuento.values.partial_date import PartialDate
from recuento.values.quantity import Number

_COLUMNS: tuple[tuple[str, str, str], ...] = (
    ("claim_id", "string", "Stable id of the figure; the fragment of its address on the page of the event."),
    ("event", "string", "Id of the event."),
    ("facility", "string", "Id of the facility; empty for a testimony."),
    ("date_stated", "string", "The day the figure was said or published: a day, a month or a year."),
    ("as_of", "string", "The day the figure refers to."),
    ("claimant", "string", "Who says it; a class of people where the speaker is not named."),
    ("party", "string", "Id of the party whose account it belongs to."),
    ("cited_source", "string", "Whom the speaker cites."),
    ("measure", "string", "What is counted."),
    ("subset", "string", "Which part of it."),
    ("comparison", "string", "eq, ge, gt, le, lt, range, approx, nearly, upto, vague, none or unknown."),
    ("value_low", "number", "The first number said; empty where none was."),
    ("value_high", "number", "The second number said for a range, else the first again."),
    ("quantity_words", "string", "The words the quantity was read from."),
    ("unit", "string", "What is counted, where it is not people."),
    ("certainty", "string", "How sure the speaker is: asserted, unofficial, rumoured, alleged or expected."),
    ("outlet", "string", "Where it was read."),
    ("url", "string", "The page where it was read."),
    ("read_low", "number", "The least it can mean; empty for no limit."),
    ("read_high", "number", "The most it can mean; empty for no limit."),
    (
        "standing",
        "string",
        "current, revised, withdrawn or repeated by the same speaker; retracted in a row that says nothing else: "
        "something was taken out of this file since an earlier edition.",
    ),
    ("replaced_by", "string", "Id of the figure that replaced it."),
    ("document", "string", "Id of the published document it stands in: its SHA-256, or a random word for a testimony."),
    ("start", "integer", "First character of the words in the frozen text."),
    ("end", "integer", "Character after the last."),
    ("reviewed", "boolean", "false where only a machine has read it."),
    ("region", "string", "For a testimony, the state or region it is from, where it is known."),
)


def claims_csv(event: PublicEvent) -> bytes:
    """All published figures of an event. A cell that a spreadsheet would run is kept as text by an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([name for name, _, _ in _COLUMNS])
    for claim in event.claims:
        writer.writerow([_harmless(cell) for cell in _row(claim)])
    if event.retracted is not None:
        writer.writerow(_retracted_row(event.retracted, event.id))
    return out.getvalue().encode()


def retracted_csv(month: PartialDate) -> bytes:
    """The table of an event that is no longer shown: its columns, and the row that says that it was withdrawn."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([name for name, _, _ in _COLUMNS])
    writer.writerow(_retracted_row(month, ""))
    return out.getvalue().encode()


def _retracted_row(month: PartialDate, event: str) -> list[str]:
    told = {"claim_id": f"retracted-{month}", "event": event, "standing": "retracted"}
    return [told.get(name, "") for name, _, _ in _COLUMNS]


def datapackage(event: PublicEvent, view: PublicDossier) -> bytes:
    """What claims.csv holds, column by column (Frictionless Data)."""
    package: dict[str, Any] = {
        "profile": "tabular-data-package",
        "name": f"claims-{view.edition.isoformat()}",
        "title": event.name.text(view.languages[0]),
        "version": view.edition.isoformat(),
        "resources": [
            {
                "name": "claims",
                "path": "claims.csv",
                "profile": "tabular-data-resource",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": {
                    "fields": [{"name": name, "type": kind, "description": words} for name, kind, words in _COLUMNS],
                    "primaryKey": "claim_id",
                    "missingValues": [""],
                },
            }
        ],
    }
    if event.retracted is not None:
        package["retracted"] = str(event.retracted)
    return written(package)


def _row(claim: PublicClaim) -> list[str]:
    stated = claim.quantity.stated
    source = claim.sources[0] if claim.sources else None
    anchor = source.anchor if source is not None else None
    return [
        claim.id,
        claim.event,
        claim.facility or "",
        str(claim.stated),
        str(claim.as_of),
        _called(claim.voice.name),
        claim.voice.party.id if claim.voice.party is not None else "",
        _called(claim.cited) if claim.cited is not None else "",
        claim.measure,
        claim.subset,
        claim.quantity.comparison.value,
        _number(stated[0] if stated else None),
        _number(stated[-1] if stated else None),
        claim.quantity.words,
        claim.unit,
        claim.certainty.value,
        (source.outlet or "") if source is not None else "",
        (source.url or "") if source is not None else "",
        _number(claim.quantity.low),
        _number(claim.quantity.high),
        claim.standing.value,
        claim.replaced_by or "",
        (source.document or "") if source is not None else "",
        str(anchor.start) if anchor is not None else "",
        str(anchor.end) if anchor is not None else "",
        "true" if claim.reviewed else "false",
        claim.region or "",
    ]


def _called(name: Bilingual) -> str:
    return name.es if name.es == name.en else f"{name.en} / {name.es}"


def _number(value: Number | None) -> str:
    return "" if value is None else str(value)


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
