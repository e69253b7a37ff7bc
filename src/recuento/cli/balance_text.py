"""Print what follows from the figures: a balance, the worlds, the conflicts, the next question."""

from __future__ import annotations

from collections.abc import Sequence

from recuento.balance import bound_words, readings_words
from recuento.balance.corrections import Corrections
from recuento.casefile.events.balancing import Accounting
from recuento.casefile.events.calling import called
from recuento.casefile.events.independence import Sources
from recuento.casefile.settings.settings import Settings
from recuento.cli.bilingual import language_of, say
from recuento.cli.output import as_json as print_json
from recuento.cli.output import heading, line
from recuento.cli.summary import print_proof
from recuento.model.balance import Balance, Conflict, Question, World
from recuento.model.casting import Event
from recuento.store.encoding import to_plain
from recuento.values.wording import number_text, quantity_text


def print_balance(
    found: Balance, accounting: Accounting, settings: Settings, event: Event, every: bool, sources: Sources
) -> None:
    """What is believed and from how many sources, then every headline unknown (or `every` one) with its sums; or why
    it cannot be.
    """
    language = language_of()
    claims = {claim.id: claim for claim in accounting.claims}
    line(f"{event.name.text(language)}: {found.world.name.text(language)}", bold=True)
    used = [id for id in found.world.claims if any(said.claim == id for said in found.constraints)]
    line(say("Se cree: ", "Believed: ") + ", ".join(used), hang=2)
    voices = sources.behind(used)
    line(
        say(
            f"{len(used)} afirmaciones, {voices} {'fuente independiente' if voices == 1 else 'fuentes independientes'}",
            f"{len(used)} claims, {voices} {'independent source' if voices == 1 else 'independent sources'}",
        )
    )
    for words in readings_words(found.world.readings, found.ledger, language):
        line(say("Se lee que ", "It is read that ") + words, hang=2)
    if found.conflict is not None:
        heading(say("No pueden ser ciertas a la vez", "They cannot all be true"))
        if found.conflict.words:
            line(found.conflict.words.text(language), indent=2)
        print_proof(found.conflict.proof, found.ledger, claims, settings, indent=2)
        return
    shown = {term.id for term in found.ledger.terms if every or term.measure in event.headline}
    for bound in sorted(found.bounds, key=lambda b: _place(b.term, found, event)):
        term = found.ledger.term(bound.term)
        if bound.term not in shown or term is None:
            continue
        outer = "" if bound.low_tight and bound.high_tight else say(" (cota exterior)", " (outer bound)")
        heading(f"{term.words.text(language)}: {bound_words(bound, language)}{outer}")
        for proof in (bound.low_proof, bound.high_proof):
            if proof is not None and any(one.amount for one in proof.lines):
                print_proof(proof, found.ledger, claims, settings, indent=2)


def _place(term_id: str, found: Balance, event: Event) -> tuple[int, str]:
    term = found.ledger.term(term_id)
    measure = term.measure if term else None
    return (event.headline.index(measure) if measure in event.headline else len(event.headline), term_id)


def print_worlds(accounting: Accounting, as_json: bool) -> None:
    """The worlds that may be chosen, with how many claims each believes; then the readings and their state."""
    if as_json:
        print_json([to_plain(world, World) for world in accounting.worlds])
        return
    for world in accounting.worlds:
        line(f"{world.id}: {world.name.text(language_of())} ({len(world.claims)})", hang=4)
    heading(say("Lecturas (--switch ID las cambia)", "Readings (--switch ID changes them)"))
    for reading in accounting.ledger.readings:
        state = say("sí", "on") if reading.id in accounting.readings else say("no", "off")
        line(f"{reading.id} [{state}]: {reading.words.text(language_of())}", indent=2, hang=4)


def print_conflicts(found: Sequence[Conflict], sources: Sources, as_json: bool) -> None:
    """Every conflict in a sentence with its claims, and how many independent sources stand behind them."""
    if as_json:
        print_json([to_plain(conflict, Conflict) | {"sources": sources.behind(conflict.claims)} for conflict in found])
        return
    for number, conflict in enumerate(found, start=1):
        words = conflict.words.text(language_of()) if conflict.words else ""
        behind = sources.behind(conflict.claims)
        counted = say(f"{behind} fuente{'s' * (behind != 1)}", f"{behind} source{'s' * (behind != 1)}")
        line(f"{number}. {words} [{', '.join(conflict.claims)}; {counted}]", hang=4)


def print_corrections(
    groups: Sequence[Corrections], accounting: Accounting, settings: Settings, sources: Sources, as_json: bool
) -> None:
    """For each group of claims that clash, the smallest sets that could be set aside, the lightest first."""
    if as_json:
        print_json(
            [
                to_plain(group, Corrections) | {"sources": [sources.behind(one.claims) for one in group.best]}
                for group in groups
            ]
        )
        return
    language = language_of()
    claims = {claim.id: claim for claim in accounting.claims}
    line(
        say(
            "Menos cifras que habría que apartar para que el resto cuadre. No dice cuáles son falsas.",
            "The fewest figures to set aside so that the rest adds up. It does not say which are false.",
        )
    )
    for repeated in sources.repeated:
        listed = ", ".join(repeated)
        line(say(f"Pesan como una sola fuente: {listed}", f"They weigh as one source: {listed}"), hang=2)
    for number, group in enumerate(groups, start=1):
        proved = "" if group.proved else say(" (sin probar que sean las menos)", " (not proved to be the fewest)")
        heading(say(f"Grupo {number}", f"Group {number}") + proved)
        for correction in group.best:
            told = [
                f"{id} {quantity_text(claims[id].quantity, language)} ({called(settings.cast, claims[id], language)})"
                for id in correction.claims
            ]
            line("· " + "; ".join(told), indent=2, hang=2)


def print_questions(found: Sequence[Question], accounting: Accounting, target: str, as_json: bool) -> None:
    """The figures that would settle most, first the one whose answer cuts the range most whatever it is."""
    if as_json:
        print_json([to_plain(question, Question) for question in found])
        return
    language = language_of()
    term = accounting.ledger.term(target)
    line(
        say("Qué preguntar para saber: ", "What to ask in order to know: ")
        + (term.words.text(language) if term else target),
        bold=True,
    )
    if not found:
        line(say("Ninguna respuesta estrecharía más la cifra.", "No answer would narrow the figure further."), indent=2)
    for number, question in enumerate(found, start=1):
        asked = accounting.ledger.term(question.term)
        name = asked.words.text(language) if asked else question.term
        cut, width = number_text(question.guaranteed_cut, language), number_text(question.width, language)
        mean = number_text(round(question.mean_cut), language)
        es = f"{number}. {name}: estrecha al menos {cut} de {width} (en promedio {mean})"
        en = f"{number}. {name}: narrows at least {cut} of {width} (on average {mean})"
        decides = say(
            f"; decide entre {question.decides} pares de versiones", f"; decides {question.decides} pairs of accounts"
        )
        line(say(es, en) + (decides if question.decides else "") + ".", indent=2, hang=3)
        if question.rule is not None:
            line(question.rule.text(language), indent=5)
        if question.demands:
            line(say("Ya se exige: ", "Demanded already: ") + ", ".join(question.demands), indent=5)
