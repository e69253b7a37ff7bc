"""Two people decide on the same at once: the second is shown what the first decided, and chooses."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from recuento.errors import RecuentoError
from recuento.model.decision import Act, Decision
from recuento.store import decisions as stored


class DecidedMeanwhile(RecuentoError):
    """Somebody else decided on the same after one last looked. Nothing was written; `decisions` are theirs."""

    exit_code = 5

    def __init__(self, decisions: tuple[Decision, ...]) -> None:
        self.decisions = decisions
        self.earlier = decisions[-1]
        super().__init__(
            "Somebody decided on this while you were looking at it; nothing of yours was written. Look, and choose:"
            + "".join(f"\n  {_told(decision, 'en')}" for decision in decisions),
            "Alguien decidió sobre esto mientras usted lo miraba; no se escribió nada de lo suyo. Véalo y elija:"
            + "".join(f"\n  {_told(decision, 'es')}" for decision in decisions),
        )


def refuse_unseen(connection: Connection, subjects: Iterable[str], after: int) -> None:
    """Raise DecidedMeanwhile where a subject has a decision of a later number than `after`.

    Asked in the write transaction that is to append, it holds until that is committed.
    """
    unseen = [made for subject in set(subjects) for made in stored.on(connection, subject) if made.id > after]
    if unseen:
        raise DecidedMeanwhile(tuple(sorted(unseen, key=lambda made: made.id)))


_ACTS = {
    Act.CONFIRM: ("confirmó", "confirmed"),
    Act.REJECT: ("rechazó", "rejected"),
    Act.SETTLE: ("anotó qué fue de", "noted what came of"),
    Act.WITHDRAW: ("anotó como retirada", "noted as withdrawn"),
    Act.UNDO: ("deshizo una decisión sobre", "took back a decision on"),
    Act.JOIN: ("juntó como copias", "joined as copies"),
    Act.SPLIT: ("separó, por no ser copias,", "split, as no copies,"),
    Act.SAME: ("juzgó que son una misma persona", "judged to be one person"),
    Act.DIFFERENT: ("juzgó que son dos personas", "judged to be two persons"),
    Act.UNSURE: ("dejó en duda", "left in doubt"),
    Act.CORRECT: ("corrigió", "corrected"),
    Act.ADD: ("añadió", "added"),
    Act.ENTER: ("añadió al reparto", "added to the cast"),
    Act.NAME: ("añadió otro nombre de", "added another name of"),
    Act.CATCH: ("descubrió un control en", "caught a control on"),
    Act.MISS: ("dejó pasar un control en", "let a control pass on"),
    Act.RETRACT: ("retiró de lo público", "took out of what is public"),
    Act.HOLD: ("retuvo", "held back"),
    Act.REQUEST: ("pidió la publicación", "asked for the publication"),
    Act.APPROVE: ("confirmó la publicación", "confirmed the publication"),
    Act.REFER: ("pasó a una segunda persona", "referred to a second reader"),
}
"""What somebody did, in Spanish and English."""


def _told(decision: Decision, language: str) -> str:
    """A decision in one line, its moment in UTC."""
    es, en = _ACTS.get(decision.act, ("decidió sobre", "decided on"))
    at = decision.at.strftime("%Y-%m-%d %H:%M:%S UTC")
    why = f" ({decision.why})" if decision.why else ""
    return f"{decision.id}. {decision.by} {es if language == 'es' else en} {decision.subject}, {at}{why}"
