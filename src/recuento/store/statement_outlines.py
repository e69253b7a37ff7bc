"""Queries on statements for whoever must know all of them but need not decode all of them: the review queue."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from recuento.store import tables

_VAGUE = frozenset(["vague", "approx", "nearly", "upto", "unknown"])
_SPAN = re.compile(r'\{"end":(\d+),"quote":"(?:[^"\\]|\\.)*","start":(\d+)\}', re.DOTALL)
_COMPARISON = re.compile(r'"comparison":"(\w+)"')


class Outline(NamedTuple):
    """A statement in brief: where its words stand, and what about it asks for a careful look.

    A tuple: a hundred thousand are made while somebody waits for the first page, and a dataclass takes longer.
    """

    document: str
    id: str
    parent: str | None
    spans: tuple[tuple[int, int], ...]
    confidence: float
    inferred: bool
    """Whether the speaker was concluded, not read."""
    unmeasured: bool
    """Whether a figure counts something the vocabulary does not know."""
    vague: bool
    """Whether a figure is no exact number."""


def outlines(connection: Connection) -> Iterator[Outline]:
    """Every statement in brief, by document and position."""
    table = tables.statements
    query = select(table.c.document, table.c.id, table.c.parent, table.c.body)
    for document, id, parent, body in connection.execute(query.order_by(table.c.document, table.c.position)):
        yield scanned(document, id, parent, body) or decoded(document, id, parent, body)


def scanned(document: str, id: str, parent: str | None, body: str) -> Outline | None:
    """The outline from the text of the body, several times as fast as decoding it; None where it looks otherwise.

    Bodies are written with sorted keys and without spaces, and a quotation mark inside a text stands behind a
    backslash there: a key with its marks and its colon is found nowhere but where it is one.
    """
    at = body.find(',"confidence":')
    content = body.find(',"content":[', at)
    cue = body.find(',"cue":', content)
    figures = body.find(',"figures":[', cue)
    form = body.find(',"form":', figures)
    speaker = body.find(',"speaker":{"inferred":', form)
    if not 0 < at < content < cue < figures < form < speaker:
        return None
    told = body[figures:form]
    return Outline(
        document=document,
        id=id,
        parent=parent,
        spans=tuple((int(start), int(end)) for end, start in _SPAN.findall(body, content, cue)),
        confidence=float(body[at + 14 : content]),
        inferred=body.startswith("true", speaker + 23),
        unmeasured='"measure":null' in told,
        vague=not _VAGUE.isdisjoint(_COMPARISON.findall(told)),
    )


def decoded(document: str, id: str, parent: str | None, body: str) -> Outline:
    """The outline from the decoded body."""
    plain = json.loads(body)
    figures = plain["figures"]
    return Outline(
        document=document,
        id=id,
        parent=parent,
        spans=tuple((anchor["start"], anchor["end"]) for anchor in plain["content"]),
        confidence=plain["confidence"],
        inferred=plain["speaker"]["inferred"],
        unmeasured=any(figure["measure"] is None for figure in figures),
        vague=any(figure["quantity"]["comparison"] in _VAGUE for figure in figures),
    )


def last_reading(connection: Connection) -> tuple[int, str]:
    """How many texts were read or came after another, and when the last was read: changes whenever statements do."""
    table = tables.runs
    later = select(func.count()).select_from(tables.layer_moves).scalar_subquery()
    query = select(func.count() + later, func.max(table.c.finished_at)).where(table.c.step == "read")
    count, moment = connection.execute(query).one()
    return count, moment or ""
