"""How captures are shown: a line each in a list, and everything a court asks of one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from recuento.casefile.capture_record import berkeley_fields
from recuento.cli.bilingual import language_of, say
from recuento.cli.output import heading, line, pairs
from recuento.model.capture import Capture, CaptureOutcome
from recuento.values.bilingual import Bilingual

OUTCOMES = {
    CaptureOutcome.CAPTURED: Bilingual(es="capturada", en="captured"),
    CaptureOutcome.PARTIAL: Bilingual(es="capturada en parte", en="captured in part"),
    CaptureOutcome.ERROR_PAGE: Bilingual(es="página de error", en="error page"),
    CaptureOutcome.LOGIN_WALL: Bilingual(es="pide entrar", en="log-in wall"),
    CaptureOutcome.CONSENT_WALL: Bilingual(es="pide aceptar cookies", en="consent wall"),
    CaptureOutcome.BLOCKED: Bilingual(es="bloqueada", en="blocked"),
    CaptureOutcome.GONE: Bilingual(es="ya no está", en="gone"),
    CaptureOutcome.EMPTY: Bilingual(es="vacía", en="empty"),
    CaptureOutcome.ROBOTS_REFUSED: Bilingual(es="no permitida por robots.txt", en="refused by robots.txt"),
    CaptureOutcome.ADDRESS_REFUSED: Bilingual(es="dirección no permitida", en="address refused"),
    CaptureOutcome.TOO_LARGE: Bilingual(es="demasiado grande", en="too large"),
    CaptureOutcome.TIMED_OUT: Bilingual(es="sin respuesta a tiempo", en="timed out"),
    CaptureOutcome.TLS_FAILURE: Bilingual(es="conexión no segura", en="TLS failure"),
    CaptureOutcome.UNREACHABLE: Bilingual(es="inaccesible", en="unreachable"),
    CaptureOutcome.REDIRECT_LOOP: Bilingual(es="redirección sin fin", en="redirect loop"),
    CaptureOutcome.DAMAGED: Bilingual(es="dañada", en="damaged"),
    CaptureOutcome.OTHER_FILE: Bilingual(es="otro archivo", en="other file"),
}


def print_captures(captures: Sequence[Capture], *, most: int | None = None) -> None:
    """Say how many had which outcome, and name each address, with the reason where it was not captured."""
    language = language_of()
    counts = Counter(one.outcome for one in captures)
    told = ", ".join(f"{counts[one]} {words.text(language)}" for one, words in OUTCOMES.items() if counts[one])
    line(f"{len(captures)} {say('direcciones', 'addresses')}: {told or say('ninguna', 'none')}")
    shown = captures if most is None else captures[:most]
    for one in shown:
        reason = f": {one.reason.text(language)}" if one.reason else ""
        document = f" → {one.document[:12]}" if one.document else ""
        line(f"{one.url}: {OUTCOMES[one.outcome].text(language)}{reason}{document}", indent=2, hang=2)
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
    words = OUTCOMES[capture.outcome]
    return {"es": words.es, "en": words.en}
