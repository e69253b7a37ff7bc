"""What changed in an edition, and which editions there are, as data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from recuento.model.edition import Change, Edition
from recuento.publish.formats.plain import both, written
from recuento.publish.freezing import folder_of
from recuento.publish.view import PublicDossier


def changes_json(editions: Sequence[Edition]) -> bytes:
    """What the last of these editions changed, event by event."""
    last = editions[-1]
    return written(
        {
            "format": "recuento-changes/1",
            "edition": last.number,
            "date": last.day.isoformat(),
            "since": editions[-2].number if len(editions) > 1 else None,
            "events": [
                {"event": one.event, "name": both(one.name), "changes": [_change(change) for change in one.changes]}
                for one in last.changes
            ],
        }
    )


def edition_json(view: PublicDossier, editions: Sequence[Edition]) -> bytes:
    """Which edition this is, and where every edition is kept."""
    return written(
        {
            "format": "recuento-edition/1",
            "edition": view.number,
            "date": view.edition.isoformat(),
            "made_by": f"recuento {view.version}",
            "editions": [
                {"edition": one.number, "date": one.day.isoformat(), "folder": folder_of(one.number)}
                for one in editions
            ],
        }
    )


def _change(change: Change) -> dict[str, Any]:
    return {
        "kind": change.kind.value,
        "words": both(change.words),
        "before": both(change.before) if change.before is not None else None,
        "after": both(change.after) if change.after is not None else None,
        "claim": change.claim or None,
    }
