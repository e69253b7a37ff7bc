"""Take what came inside a message out of it: every attachment a document of its own, which says what it came in.

The message stays as it came. An attachment is known by its bytes: the same one in two messages is one original with
two parents. What is not kept is told of all the same, with the reason.
"""

from __future__ import annotations

import mimetypes
from dataclasses import replace
from datetime import datetime
from pathlib import PurePath

from recuento import __version__
from recuento.casefile.casefile import Casefile
from recuento.casefile.documents.preparing import Prepared, add_prepared, prepare
from recuento.errors import RecuentoError
from recuento.model.attachment import Attachment
from recuento.model.document import Description, Document, Origin
from recuento.preserve.budget import one_budget
from recuento.preserve.extract import unpack
from recuento.preserve.inside import TOO_DEEP, Inside
from recuento.preserve.media_types import MAIL
from recuento.store import attachments, documents, runs, vault

DEPTH_MAX = 5
"""How many messages may lie one inside the other; what the last one holds is not taken out."""
_STEP, _MANNER = "unpack", "1"


def unpack_document(casefile: Casefile, document: Document, *, at: datetime) -> tuple[Attachment, ...]:
    """Take out what came inside a message, and inside the messages in it; gives what came inside this one.

    Each message is one transaction. Of other documents, and of one whose attachments are known, nothing is done. All
    of it has one budget of time: what is beyond is taken out, and read, when it is asked for again.
    """
    if document.media_type != MAIL:
        return ()
    with one_budget():
        return _unpack(casefile, document, at)


def _unpack(casefile: Casefile, document: Document, at: datetime) -> tuple[Attachment, ...]:
    with casefile.database.reading() as connection:
        if runs.finished(connection, _STEP, document.sha256) == _MANNER:
            return ()
        depth = attachments.depth(connection, document.sha256)
    if depth >= DEPTH_MAX:
        _finish(casefile, document, at, [], ())
        return ()
    try:
        data = casefile.originals.read(document.sha256)
    except RecuentoError:
        # Locked away, or lost, which `verify` tells: it is taken up again at the next run.
        return ()
    found = unpack(data, document.name)
    if found is None:
        return ()
    told, prepared = [], []
    for position, one in enumerate(found, start=1):
        made = _prepared(casefile, document, position, one)
        prepared += [made] if made is not None else []
        told.append(_told(document, position, one, made, depth))
    _finish(casefile, document, at, prepared, told)
    for child in prepared:
        unpack_document(casefile, child.document, at=at)
    return tuple(told)


def unpack_what_is_not(casefile: Casefile, *, at: datetime) -> int:
    """Take up every message whose attachments were not taken out yet; gives how many attachments came."""
    with casefile.database.reading() as connection:
        done = runs.all_finished(connection, _STEP)
        todo = [one for one in documents.all(connection) if one.media_type == MAIL and done.get(one.sha256) != _MANNER]
    return sum(len(unpack_document(casefile, document, at=at)) for document in todo)


def _prepared(casefile: Casefile, parent: Document, position: int, one: Inside) -> Prepared | None:
    if one.data is None:
        return None
    origin = Origin(f"{parent.sha256[:16]}/{position}", parent.origin.by, parent.origin.at)
    return prepare(casefile, one.data, _name(one, position), origin, Description())


def _name(one: Inside, position: int) -> str:
    """The name it was sent under, without any folder; where it has none, its place and what its type suggests."""
    name = PurePath(one.name.replace("\\", "/")).name.strip(". ")
    return name or f"{position}{'.eml' if one.media_type == MAIL else mimetypes.guess_extension(one.media_type) or ''}"


def _told(parent: Document, position: int, one: Inside, made: Prepared | None, depth: int) -> Attachment:
    # A message in the last message is kept, and what it holds is not taken out.
    too_deep = made is not None and made.document.media_type == MAIL and depth + 1 >= DEPTH_MAX
    return Attachment(
        parent=parent.sha256,
        position=position,
        name=one.name,
        media_type=one.media_type,
        place=one.place,
        document=made.document.sha256 if made is not None else None,
        why=TOO_DEEP if too_deep else one.why,
    )


def _finish(
    casefile: Casefile, parent: Document, at: datetime, prepared: list[Prepared], told: list[Attachment] | tuple[()]
) -> None:
    with casefile.database.writing() as connection:
        # What came in a confidential message is as confidential as the message.
        confidential = parent.sha256 in vault.confidential(connection)
        for one in {made.document.sha256: made for made in prepared}.values():
            if not one.is_settled:
                add_prepared(connection, replace(one, is_known=False))
            if confidential:
                month = f"{parent.origin.at:%Y-%m}"
                vault.mark(connection, one.document.sha256, by=parent.origin.by, month=month, marked=True)
        attachments.add_all(connection, told)
        runs.finish(connection, _STEP, parent.sha256, _MANNER, __version__, at)
