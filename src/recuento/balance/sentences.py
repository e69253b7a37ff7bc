"""Conflicts and questions in one sentence each, in Spanish and English.

Nothing here decides anything: it reads results that have been verified. Names of speakers come from `speaker`, so
that whoever publishes decides how each is called.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from recuento.balance.words import Speaker, capital, joined, pick, term_words
from recuento.model.balance import Conflict, ConflictKind, LineKind, ProofLine, Question
from recuento.model.claim import Claim
from recuento.model.ledger import Ledger
from recuento.model.measure import Vocabulary
from recuento.values.bilingual import Language
from recuento.values.wording import number_text, range_text


def conflict_sentence(
    conflict: Conflict,
    ledger: Ledger,
    claims: Mapping[str, Claim],
    vocabulary: Vocabulary | None,
    language: Language,
    *,
    speaker: Speaker | None = None,
) -> str:
    """Give the conflict in one sentence, naming what each claim says and what cannot be."""
    says = _Says(ledger, claims, language, speaker)
    if conflict.kind is ConflictKind.DISAGREEMENT or conflict.proof.split is not None:
        return _disagreement(conflict, says)
    lines = [line for line in conflict.proof.lines if line.kind is LineKind.CLAIM]
    lows = sorted((line for line in lines if line.end == "low"), key=lambda line: (line.amount, line.ref))
    if not lows:
        return _disagreement(conflict, says)
    pivot = lows[0]
    limits = sorted((line for line in lines if line.end == "high"), key=lambda line: (line.amount, line.ref))
    rest = [*limits, *reversed(lows[1:])]
    room = -sum(line.amount for line in conflict.proof.lines if line is not pivot) // pivot.multiplier
    premises = joined([says.premise(line) for line in rest], language)
    return f"{premises} {says.room(pivot, room)}; {says.yet(pivot)}."


def question_sentence(question: Question, ledger: Ledger, language: Language) -> str:
    """Give what to ask for next, and by how much the answer would narrow the target, in one sentence."""
    asked, target = (term_words(ledger, term, language) for term in (question.term, question.target))
    cut, width = number_text(question.guaranteed_cut, language), number_text(question.width, language)
    told = pick(
        language,
        f"Preguntar por «{asked}»: sea cual sea la respuesta, recorta en {cut} el margen de {width} de «{target}»",
        f"Ask for “{asked}”: whatever the answer, it cuts the margin of {width} for “{target}” by {cut}",
    )
    if question.decides == 0:
        return told + "."
    pairs = number_text(question.decides, language)
    if question.decides == 1:
        return told + pick(language, " y desmiente uno de dos relatos.", " and refutes one of two accounts.")
    return told + pick(
        language, f" y decide entre {pairs} pares de relatos.", f" and decides between {pairs} pairs of accounts."
    )


def _disagreement(conflict: Conflict, says: _Says) -> str:
    language = says.language
    terms = joined([term_words(says.ledger, term, language) for term in conflict.terms], language)
    figures = joined([says.figure(id) for id in conflict.claims], language)
    tail = pick(language, "no pueden ser ciertas a la vez", "they cannot all be true")
    if len(conflict.claims) == 2:
        tail = pick(language, "no pueden ser ciertas las dos", "both cannot be true")
    return f"{capital(terms)}: {figures}; {tail}."


@dataclass(frozen=True, slots=True)
class _Says:
    """Turns lines of a conflict into clauses."""

    ledger: Ledger
    claims: Mapping[str, Claim]
    language: Language
    speaker: Speaker | None

    def premise(self, line: ProofLine) -> str:
        """ "1,600 people held at the start (the minister)"."""
        amount = self._amount(line)
        return f"{amount} {term_words(self.ledger, line.term, self.language)} ({self._name(line.ref)})"

    def room(self, line: ProofLine, room: int) -> str:
        """ "leave no leaders at large"."""
        words = term_words(self.ledger, line.term, self.language)
        if room < 0:
            return pick(self.language, f"no pueden darse juntas, ni con cero {words}",
                         f"cannot hold together, even with no {words}")  # fmt: skip
        if room == 0:
            return pick(self.language, f"no dejan lugar a {words}", f"leave no {words}")
        most = number_text(room, self.language)
        return pick(self.language, f"dejan a lo sumo {most} {words}", f"leave at most {most} {words}")

    def yet(self, line: ProofLine) -> str:
        """ "yet the ministry says at least 1"."""
        name, amount = self._name(line.ref), self._amount(line)
        return pick(self.language, f"sin embargo, {name} da {amount}", f"yet {name} says {amount}")

    def figure(self, id: str) -> str:
        """ "1,500 (official figures)"."""
        claim = self.claims.get(id)
        if claim is None:
            return id
        low, high = claim.quantity.low, claim.quantity.high
        return f"{range_text(low if low or not high else None, high, self.language)} ({self._name(id)})"

    def _amount(self, line: ProofLine) -> str:
        value = number_text(abs(line.amount // line.multiplier), self.language)
        claim = self.claims.get(line.ref)
        if claim is not None and claim.quantity.is_exact and claim.quantity.low == abs(line.amount // line.multiplier):
            return value
        if line.end == "low":
            return pick(self.language, f"al menos {value}", f"at least {value}")
        return pick(self.language, f"a lo sumo {value}", f"at most {value}")

    def _name(self, id: str) -> str:
        claim = self.claims.get(id)
        if claim is None:
            return id
        return self.speaker(claim) if self.speaker is not None else claim.claimant
