"""How captures are shown: a line each in a list, and everything a court asks of one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from recuento.casefile.documents.capture_record import berkeley_fields
from recuento.cli.bilingual import language_of, say
from recuento.cli.output import heading, line, pairs
from recuento.model.capture import Capture
from recuento.model.words import CAPTURE_OUTCOMES


def print_captures(captures: Sequence[Capture], *, most: int | None = None) -> None:
    """Say how many had which outcome, and name each address, with the reason where it was not captured."""
    language = language_of()
    counts = Counter(one.outcome for one in captures)
    told = ", ".join(f"{counts[one]} {words.text(language)}" for one, words in CAPTURE_OUTCOMES.items() if counts[one])
    line(f"{len(captures)} {say('direcciones', 'addresses')}: {told or say('ninguna', 'none')}")
    shown = captures if most is None else captures[:most]
    for one in shown:
        reason = f": {one.reason.text(language)}" if one.reason else ""
        document = f" → {one.document[:12]}" if one.document else ""
        line(f"{one.url}: {CAPTURE_OUTCOMES[one.outcome].text(language)}{reason}{document}", indent=2, hang=2)
    if len(shown) < len(captures):
        rest = len(captures) - len(shown)
        line(say(f"... y {rest} más: recuento captures", f"... and {rest} more: recuento captures"), indent=2)


def print_capture(capture: Capture) -> None:
    """Everything that is told of one capture."""
    language = language_of()
    heading(capture.url)
    pairs([(label.text(language), value.text(language)) for label, value in berkeley_fields(capture)])


def plain_outcome(capture: Capture) -> dict[str, Any]:
    """The name of the outcome in both languages, for programs."""
    words = CAPTURE_OUTCOMES[capture.outcome]
    return {"es": words.es, "en": words.en}
