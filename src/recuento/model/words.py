"""The closed lists of the model in words: what a mode, a certainty or a state is called in each language."""

from __future__ import annotations

from recuento.model.accounts import Agreement, Standing
from recuento.model.capture import CaptureOutcome
from recuento.model.demand import DemandState
from recuento.model.statement import Certainty, Mode
from recuento.values.bilingual import Bilingual

MODES = {
    Mode.ASSERTS: Bilingual(es="afirma", en="asserts"),
    Mode.DENIES: Bilingual(es="niega", en="denies"),
    Mode.DEMANDS: Bilingual(es="exige", en="demands"),
    Mode.PROMISES: Bilingual(es="promete", en="promises"),
    Mode.ASKS: Bilingual(es="pregunta", en="asks"),
}
CERTAINTIES = {
    Certainty.ASSERTED: Bilingual(es="dado por cierto", en="asserted"),
    Certainty.UNOFFICIAL: Bilingual(es="extraoficial", en="unofficial"),
    Certainty.RUMOURED: Bilingual(es="rumor", en="rumoured"),
    Certainty.ALLEGED: Bilingual(es="presunto", en="alleged"),
    Certainty.EXPECTED: Bilingual(es="previsto", en="expected"),
}
DEMAND_STATES = {
    DemandState.OPEN: Bilingual(es="sin respuesta", en="open"),
    DemandState.ANSWERED: Bilingual(es="respondida", en="answered"),
    DemandState.PARTLY: Bilingual(es="respondida en parte", en="answered in part"),
    DemandState.REFUSED: Bilingual(es="rechazada", en="refused"),
    DemandState.CONTRADICTED: Bilingual(es="contradicha", en="contradicted"),
    DemandState.OVERDUE: Bilingual(es="sin respuesta, fuera de plazo", en="open, overdue"),
}
AGREEMENTS = {
    Agreement.AGREE: Bilingual(es="coinciden", en="they agree"),
    Agreement.COMPATIBLE: Bilingual(es="compatibles", en="compatible"),
    Agreement.DIFFER: Bilingual(es="no coinciden", en="they differ"),
    Agreement.APART: Bilingual(es="hablan de partes distintas", en="they speak of different parts"),
    Agreement.ALONE: Bilingual(es="solo habla una parte", en="only one party speaks"),
    Agreement.SILENT: Bilingual(es="nadie da una cifra", en="nobody gives a figure"),
}
STANDINGS = {
    Standing.CURRENT: Bilingual(es="en pie", en="current"),
    Standing.REVISED: Bilingual(es="después dijo otra cifra", en="later gave another figure"),
    Standing.REPEATED: Bilingual(es="lo repitió después", en="repeated it later"),
    Standing.WITHDRAWN: Bilingual(es="retirada", en="withdrawn"),
}

CAPTURE_OUTCOMES = {
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
