"""Print the reconciled estimate: always as an illustration, never as a finding."""

from __future__ import annotations

from decimal import Decimal

from recuento.balance.posterior import R_HAT_MAX, Posterior, TermEstimate
from recuento.casefile.events.balancing import Accounting
from recuento.casefile.events.estimating import Estimate, Weighing
from recuento.casefile.settings.settings import Settings
from recuento.cli.bilingual import language_of, say
from recuento.cli.output import as_json as print_json
from recuento.cli.output import heading, line, pairs
from recuento.model.casting import Event
from recuento.store.encoding import to_plain
from recuento.values.wording import number_text, range_text


def print_estimate(
    found: Estimate, accounting: Accounting, settings: Settings, event: Event, as_json: bool = False
) -> None:
    """The least adjustment, the estimate with its interval, and how it moves with trust and with copies."""
    if as_json:
        print_json({"illustration": True, "label": _label(), **to_plain(found, Estimate)})
        return
    line(f"{event.name.text(language_of())}: {found.world.name.text(language_of())}", bold=True)
    line(_label(), bold=True)
    _print_adjustment(found, accounting)
    _print_main(found, accounting)
    _print_weighings(found, accounting, settings)
    _print_sources(found.weighings[0].posterior)
    _print_trust(found, settings)
    _print_sampling(found)


def _label() -> str:
    return say(
        "Ilustración: no es un dato. Muestra qué sugieren las cifras si se confía en las fuentes como se dice abajo.",
        "Illustration: not a finding. It shows what the figures suggest if sources are trusted as stated below.",
    )


def _print_adjustment(found: Estimate, accounting: Accounting) -> None:
    language = language_of()
    total = number_text(round(found.adjustment.total), language)
    heading(say("El menor ajuste con el que todo cuadra", "The least adjustment that makes everything add up"))
    line(
        say(f"Suma de lo que ceden las cifras: {total} personas.", f"The figures give way by {total} people in all."),
        indent=2,
    )
    for moved in found.adjustment.moved:
        by = number_text(abs(moved.by), language)
        how = say(f"sube {by}", f"rises by {by}") if moved.by > 0 else say(f"baja {by}", f"falls by {by}")
        line(f"{moved.claim} ({_name(moved.term, accounting)}) {how}", indent=2, hang=2)
    line(say("Entre todos los ajustes así de pequeños:", "Over all adjustments as small as that:"), indent=2)
    ranges = [(_name(t, accounting), range_text(low, high, language)) for t, low, high in found.adjustment.ranges]
    pairs(ranges, indent=4)


def _print_main(found: Estimate, accounting: Accounting) -> None:
    heading(
        say(
            "Lo que sugieren las cifras: mediana e intervalo del 90 %",
            "What the figures suggest: median and 90 % interval",
        )
    )
    for estimate in _in_order(found, found.weighings[0]):
        quality = say(
            f"R-hat {_decimal(estimate.r_hat)}, muestra efectiva {number_text(round(estimate.effective_size), 'es')}",
            f"R-hat {_decimal(estimate.r_hat)}, effective sample {number_text(round(estimate.effective_size), 'en')}",
        )
        line(f"{_name(estimate.term, accounting)}: {_interval(estimate)}; {quality}", indent=2, hang=2)


def _print_weighings(found: Estimate, accounting: Accounting, settings: Settings) -> None:
    heading(say("Cuánto cambia según en quién se confía", "How it changes with whom one trusts"))
    for term in found.terms:
        line(_name(term, accounting), indent=2)
        rows = [
            (_weighing(weighing, settings), _interval(estimate))
            for weighing in found.weighings
            if (estimate := weighing.posterior.of(term)) is not None
        ]
        pairs(rows, indent=4)


def _print_sources(found: Posterior) -> None:
    heading(say("Afirmaciones tomadas como una sola fuente", "Claims taken as one source"))
    claims, sources = sum(map(len, found.sources)), len(found.sources)
    line(
        say(f"{claims} cifras pesan como {sources} fuentes.", f"{claims} figures weigh as {sources} sources."), indent=2
    )
    groups = [", ".join(group) for group in found.sources if len(group) > 1]
    for group in groups or [say("ninguna", "none")]:
        line(group, indent=2, hang=2)


def _print_trust(found: Estimate, settings: Settings) -> None:
    heading(
        say(
            "Confianza supuesta: probabilidad de que una fuente acierte",
            "Trust assumed: the chance that a source is right",
        )
    )
    for weighing in found.weighings:
        if weighing.merged:
            told = ", ".join(f"{_party(id, settings)} {_decimal(share, 1)}" for id, share in weighing.posterior.trust)
            line(f"{_weighing(weighing, settings)}: {told}", indent=2, hang=2)


def _print_sampling(found: Estimate) -> None:
    sampling = found.weighings[0].posterior.sampling
    heading(say("Muestreo", "Sampling"))
    kept = number_text(sampling.steps, language_of())
    line(
        say(
            f"{sampling.chains} cadenas de {kept} pasos guardados; semilla {sampling.seed}.",
            f"{sampling.chains} chains of {kept} kept steps; seed {sampling.seed}.",
        ),
        indent=2,
    )
    if found.r_hat_max > R_HAT_MAX:
        worst = _decimal(found.r_hat_max)
        line(
            say(
                f"Atención: las cadenas no coinciden (R-hat {worst}, más de {_decimal(R_HAT_MAX)}); no use estas "
                "cifras ni como ilustración.",
                f"Warning: the chains do not agree (R-hat {worst}, above {_decimal(R_HAT_MAX)}); do not use these "
                "figures even as an illustration.",
            ),
            indent=2,
            bold=True,
        )


def _in_order(found: Estimate, weighing: Weighing) -> list[TermEstimate]:
    return [estimate for term in found.terms if (estimate := weighing.posterior.of(term)) is not None]


def _interval(estimate: TermEstimate) -> str:
    language = language_of()
    middle = number_text(estimate.median, language)
    return f"{middle} ({range_text(estimate.low, estimate.high, language)})"


def _weighing(weighing: Weighing, settings: Settings) -> str:
    if weighing.trusted is not None:
        party = _party(weighing.trusted, settings)
        return say(f"se confía más en: {party}", f"trusting more: {party}")
    if weighing.merged:
        return say("todas las partes por igual", "all parties alike")
    return say("por igual, y cada afirmación cuenta como fuente aparte", "alike, and every claim a source of its own")


def _party(id: str, settings: Settings) -> str:
    party = settings.cast.party(id)
    return party.name.text(language_of()) if party is not None else id


def _name(term: str, accounting: Accounting) -> str:
    found = accounting.ledger.term(term)
    return found.words.text(language_of()) if found is not None else term


def _decimal(value: float, places: int = 2) -> str:
    return number_text(Decimal(f"{value:.{places}f}"), language_of())
