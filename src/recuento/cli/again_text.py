"""What came of making texts again, in words and as plain data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from recuento.casefile.documents.extracting_again import Again, ExtractedAgain
from recuento.cli.bilingual import language_of, say
from recuento.cli.output import line
from recuento.values.bilingual import Bilingual

_NAMES = {
    Again.NEW_LAYER: Bilingual(es="con una capa nueva", en="with a new layer"),
    Again.NOW_READ: Bilingual(es="sin texto hasta ahora, ya leídos", en="without text until now, read"),
    Again.SAME: Bilingual(es="con el mismo texto", en="with the same text"),
    Again.STILL_UNREADABLE: Bilingual(es="siguen sin texto", en="still without text"),
    Again.KEPT: Bilingual(es="quedan como estaban", en="left as they were"),
}


def print_again(made: Sequence[ExtractedAgain]) -> None:
    """Say how many texts came out how, and name those with a new layer or a fault."""
    language = language_of()
    counts = Counter(one.outcome for one in made)
    listed = ", ".join(f"{counts[o]} {name.text(language)}" for o, name in _NAMES.items() if counts[o])
    line(
        say(f"{len(made)} textos sacados de nuevo", f"{len(made)} texts made again") + (f": {listed}" if listed else "")
    )
    for one in made:
        if one.move is not None:
            kept = sum(span.to is not None for span in one.move.spans)
            total = len(one.move.spans)
            words = say(f"{kept} de {total} lugares pasaron exactos", f"{kept} of {total} places carried over exactly")
            line(f"{one.document.name}: {words}", indent=2, hang=2)
        elif one.reason is not None:
            line(f"{one.document.name}: {one.reason.text(language)}", indent=2, hang=2)
    if any(one.outcome is Again.NEW_LAYER for one in made):
        line(say("Lo que no pasó: recuento layers", "What did not carry over: recuento layers"))


def plain_again(made: Sequence[ExtractedAgain]) -> list[dict[str, Any]]:
    """The same as plain data."""
    return [
        {
            "sha256": one.document.sha256,
            "name": one.document.name,
            "outcome": one.outcome.value,
            "layer": one.move.later if one.move else None,
            "carried": sum(span.to is not None for span in one.move.spans) if one.move else None,
            "places": len(one.move.spans) if one.move else None,
            "reason": one.reason and {"es": one.reason.es, "en": one.reason.en},
        }
        for one in made
    ]
