"""How estimates from lists are printed for people: side by side, by stratum, and how they move."""

from __future__ import annotations

import math

from recuento.cli.bilingual import language_of, say
from recuento.cli.output import heading, line, pairs
from recuento.estimate.methods import Comparison, Method
from recuento.estimate.populations import Population, Power
from recuento.estimate.report import CANNOT_KNOW, caution_words, gathered_cautions, number, report, span
from recuento.estimate.result import Estimate
from recuento.estimate.strata import Stratified
from recuento.estimate.table import CaptureTable
from recuento.estimate.variations import Variation, sensitivity_cautions


def print_table(file: str, table: CaptureTable) -> None:
    """Who was seen: people, lists with their sizes, how many are on more than one."""
    language = language_of()
    lists = " · ".join(
        f"{name} {number(size, language)}" for name, size in zip(table.lists, table.list_sizes, strict=True)
    )
    repeated = number(table.people - int(table.capture_frequencies[0]), language)
    people = number(table.people, language)
    line(
        say(
            f"{file}: {people} personas en {table.list_count} listas ({lists}); {repeated} en más de una.",
            f"{file}: {people} people on {table.list_count} lists ({lists}); {repeated} on more than one.",
        )
    )


def print_comparison(done: Comparison, *, whole: bool) -> None:
    """The methods side by side, the refusals, the cautions once each, and what no method can know."""
    language = language_of()
    if whole and len(done.estimates) == 1:
        heading(done.estimates[0].title.text(language))
        for paragraph in report(done.estimates[0], language).split("\n"):
            line(paragraph.strip(), indent=len(paragraph) - len(paragraph.lstrip()))
    elif done.estimates:
        heading(say("Estimaciones de N, con su intervalo del 95 %", "Estimates of N, with their 95% interval"))
        pairs([(each.title.text(language), _figure(each)) for each in done.estimates])
        _print_cautions(done.estimates)
        line()
        line(CANNOT_KNOW.text(language))
    if done.refusals:
        heading(say("Sin estimación", "No estimate"))
        for refusal in done.refusals:
            line(f"{refusal.title.text(language)}: {refusal.reason.text(language)}", indent=2, hang=2)


def print_strata(method: Method, answer: Stratified) -> None:
    """A method by stratum and in total."""
    language = language_of()
    heading(f"{method.title.text(language)}, {say('por', 'by')} {', '.join(answer.columns)}")
    rows = [(" / ".join(label), _figure(each)) for label, each in answer.estimates.items()]
    rows += [(" / ".join(label), why.text(language)) for label, why in answer.refused.items()]
    if answer.total is not None:
        rows.append((say("TOTAL", "TOTAL"), _figure(answer.total)))
    pairs(rows)
    if answer.total is not None:
        _print_cautions((answer.total,))
        line()
        line(CANNOT_KNOW.text(language))


def print_sensitivity(method: Method, rows: list[Variation]) -> None:
    """How far the point moves at each change, the largest moves of single persons only."""
    language = language_of()
    base = rows[0].estimate
    heading(f"{method.title.text(language)}: {say('cuánto se mueve', 'how far it moves')}")
    if base is None:
        line(rows[0].reason.text(language) if rows[0].reason else "", indent=2)
        return
    persons = [row for row in rows if row.kind in ("one more person", "one person less")]
    worst = sorted(persons, key=lambda row: -abs(row.moved(base.point) or 0.0))[:3]
    shown = [row for row in rows if row not in persons] + worst
    pairs([(row.change.text(language), _moved(row, base)) for row in shown])
    for caution in sensitivity_cautions(rows):
        line(caution_words(caution, language), indent=2, hang=2)


def print_power(method: Method, population: Population, width: float, enough: int | None, tried: list[Power]) -> None:
    """How wide the interval becomes with more lists like those there are."""
    language = language_of()
    heading(f"{method.title.text(language)}: {say('más listas', 'more lists')}")
    line(
        say(
            f"En poblaciones simuladas de {number(population.people, language)} personas y listas como estas:",
            f"In simulated populations of {number(population.people, language)} people and lists like these:",
        ),
        indent=2,
    )
    pairs([(say(f"{row.lists} listas", f"{row.lists} lists"), _width(row.width)) for row in tried])
    percent = f"{width:.0%}"
    if enough is None:
        line(
            say(
                f"Con {tried[-1].lists} listas aún no llega al {percent}.",
                f"With {tried[-1].lists} lists it is not yet {percent}.",
            ),
            indent=2,
        )
    else:
        line(say(f"Con {enough} listas llega al {percent}.", f"With {enough} lists it is {percent}."), indent=2)


def _width(width: float) -> str:
    if math.isnan(width):
        return say("sin estimación", "no estimate")
    return say(f"el intervalo mide el {width:.0%} de N", f"the interval is {width:.0%} of N wide")


def _figure(estimate: Estimate) -> str:
    language = language_of()
    low, high = estimate.interval(0.95)
    if estimate.gravity == "do not report":
        return say("no se publique: vea las advertencias", "do not report: see the warnings")
    sign = "≥ " if estimate.only_a_bound else ""
    return f"{sign}{number(estimate.point, language)} ({span(low, high, language)})"


def _moved(row: Variation, base: Estimate) -> str:
    if row.estimate is None:
        return row.reason.text(language_of()) if row.reason else ""
    share = row.moved(base.point)
    return _figure(row.estimate) + ("" if row.kind == "as it is" or share is None else f", {share:+.0%}")


def _print_cautions(estimates: tuple[Estimate, ...]) -> None:
    """Every caution once, with the methods it concerns where not all of them."""
    language = language_of()
    gathered = gathered_cautions(estimates)
    if gathered:
        line()
    for caution, methods in gathered:
        whom = f" [{'; '.join(title.text(language) for title in methods)}]" if methods else ""
        line(caution_words(caution, language) + whom, indent=2, hang=2)
