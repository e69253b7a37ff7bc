"""Print the summary of an event: readable at 40 columns, in Spanish or English."""

from __future__ import annotations

from datetime import date
from string import ascii_uppercase

from recuento.balance import bound_words, explanation
from recuento.casefile.events.calling import called, caller
from recuento.casefile.events.summary import Implied, Question, Summary
from recuento.casefile.settings.settings import Settings
from recuento.cli.bilingual import language_of, say
from recuento.cli.output import heading, line
from recuento.model.accounts import Said, Standing
from recuento.model.balance import Proof
from recuento.model.claim import Claim
from recuento.model.demand import Demand, DemandState
from recuento.model.ledger import Ledger
from recuento.model.statement import Certainty
from recuento.model.words import CERTAINTIES
from recuento.values.bilingual import Language
from recuento.values.wording import date_text, quantity_text

_WAITING = (DemandState.OPEN, DemandState.OVERDUE, DemandState.PARTLY)


def print_summary(summary: Summary, settings: Settings, on: date) -> None:
    """Print counts, the strongest clashes, each headline question, and the demands that wait."""
    language = language_of()
    event = summary.found.event
    line(event.name.text(language), bold=True)
    counts = (
        (len(summary.found.documents), say("documentos", "documents")),
        (summary.statements, say("declaraciones", "statements")),
        (len(summary.found.claims), say("afirmaciones", "claims")),
        (len(summary.parties), say("partes", "parties")),
    )
    line(" · ".join(f"{number} {name}" for number, name in counts))
    heading(say("No cuadra", "What does not add up"))
    for number, conflict in enumerate(summary.clashes, start=1):
        words = conflict.words.text(language) if conflict.words else ", ".join(conflict.claims)
        line(f"{number}. {words} [{', '.join(conflict.claims)}]", indent=2, hang=3)
    left = summary.conflicts - len(summary.clashes)
    if left > 0:
        line(
            say(
                f"… y {left} choques más: recuento balance --conflicts",
                f"… and {left} more: recuento balance --conflicts",
            ),
            indent=2,
        )
    _print_worlds(summary)
    for question in summary.questions:
        _print_question(question, summary, settings)
    _print_demands(summary.found.demands, settings, on)


def _print_question(question: Question, summary: Summary, settings: Settings) -> None:
    language = language_of()
    measure = settings.vocabulary.find(question.measure)
    heading(measure.asked().text(language) if measure else question.measure)
    line(say("Dicho", "Said"), indent=2)
    silent = []
    for party_id, said in question.said:
        party = settings.cast.party(party_id)
        name = party.short.text(language) if party else party_id
        if said:
            line(f"{name}: {'; '.join(_said(one, settings, language) for one in said)}", indent=4, hang=2)
        else:
            silent.append(name)
    if silent:
        line(f"{', '.join(silent)}: {say('no dicen nada', 'say nothing')}", indent=4, hang=2)
    line(say("Se deduce", "Implied"), indent=2)
    for letter, implied in zip(ascii_uppercase, question.implied, strict=False):
        _print_implied(letter, implied, summary, settings)


def _said(said: Said, settings: Settings, language: Language) -> str:
    claim = said.claim
    marks = [called(settings.cast, claim, language), date_text(claim.stated, language)]
    if claim.certainty is not Certainty.ASSERTED:
        marks.append(CERTAINTIES[claim.certainty].text(language))
    if said.standing is Standing.REVISED:
        marks.append(say("después dijo otra", "later gave another"))
    return f"{quantity_text(claim.quantity, language)} ({', '.join(marks)})"


def _print_worlds(summary: Summary) -> None:
    """The worlds by letter, each with what it believes: what is implied below is implied under one of them."""
    if not summary.worlds:
        return
    heading(say("Mundos: qué se decide creer", "Worlds: what one chooses to believe"))
    for letter, world in zip(ascii_uppercase, summary.worlds, strict=False):
        believed = f" [{', '.join(world.claims)}]" if len(world.claims) <= 12 else f" ({len(world.claims)})"
        line(f"{letter}  {world.name.text(language_of())}{believed}", indent=2, hang=3)


def _print_implied(letter: str, implied: Implied, summary: Summary, settings: Settings) -> None:
    language = language_of()
    if implied.bound is None:
        line(f"{letter}  {say('nada', 'nothing')}", indent=4)
        return
    line(f"{letter}  {bound_words(implied.bound, language)}", indent=4, hang=3)
    claims = {claim.id: claim for claim in summary.accounting.claims}
    for proof in (implied.bound.low_proof, implied.bound.high_proof):
        if proof is not None and any(one.amount for one in proof.lines):
            print_proof(proof, implied.balance.ledger, claims, settings, indent=6)


def print_proof(proof: Proof, ledger: Ledger, claims: dict[str, Claim], settings: Settings, *, indent: int) -> None:
    """A bound as a sum: a line a claim with its id, then the total; one line where one claim says it all."""
    language = language_of()
    told = explanation(proof, ledger, claims, settings.vocabulary, language, speaker=caller(settings.cast, language))
    if len(told.lines) == 1 and not told.sum:
        line(told.lines[0].text, indent=indent, hang=2)
        return
    line(told.heading, indent=indent, hang=2)
    for one in told.lines:
        line(one.text, indent=indent + 2, hang=2)
    if told.sum:
        line(told.sum, indent=indent + 2, hang=2)


def _print_demands(demands: tuple[Demand, ...], settings: Settings, on: date) -> None:
    waiting = [demand for demand in demands if demand.state in _WAITING]
    heading(say(f"Exigencias sin respuesta: {len(waiting)}", f"Demands without an answer: {len(waiting)}"))
    for demand in waiting:
        days = demand.days_open(on)
        asker = called(settings.cast, demand, language_of()) if demand.actor else demand.asker
        line(f"{asker}: {demand.item} · {days} {say('días', 'days')}", indent=2, hang=4)
