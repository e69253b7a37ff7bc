"""The closed lists of the model in words: what a mode, a certainty or a state is called in each language."""

from __future__ import annotations

from recuento.model.accounts import Agreement, Standing
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
