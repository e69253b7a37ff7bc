"""An estimate in words that a journalist can quote, which always say what the method cannot know."""

from __future__ import annotations

import math
from collections.abc import Sequence

from recuento.estimate.caution import GRAVITIES, Caution
from recuento.estimate.outcome import Outcome
from recuento.values.bilingual import Bilingual, Language
from recuento.values.wording import number_text

CANNOT_KNOW = Bilingual(
    es="Lo que el método no puede saber: cuánta gente no tenía ninguna posibilidad de entrar en alguna de las listas, "
    "y si quienes faltan se parecen a quienes están. Ese supuesto no se puede comprobar con las listas.",
    en="What the method cannot know: how many people had no chance of getting onto any list, and whether those who are "
    "missing are like those who are there. The lists cannot test that assumption.",
)
_GRAVE = {
    "do not report": Bilingual(es="NO SE PUBLIQUE", en="DO NOT REPORT"),
    "warning": Bilingual(es="Advertencia", en="Warning"),
    "note": Bilingual(es="Nota", en="Note"),
}


INTERVALS_ES = {
    "posterior": "probabilidad a posteriori",
    "posterior draws": "sorteos de la distribución a posteriori",
    "profile likelihood": "verosimilitud de perfil",
    "model-averaged tail areas": "colas promediadas entre modelos",
    "BCa bootstrap": "bootstrap BCa",
    "bootstrap percentile": "percentiles del bootstrap",
    "log-transformed": "logaritmo transformado",
    "log-transformed, bootstrap standard error": "logaritmo transformado, error estándar por bootstrap",
    "log-normal": "log-normal",
    "normal": "normal",
    "Poisson overlap": "coincidencia de Poisson",
    "hypergeometric": "hipergeométrico",
    "combined replicates": "tablas combinadas",
}
"""What kinds of intervals are called in Spanish; the English words are those of `Spread.kind`."""


def interval_words(kind: str, language: Language) -> str:
    """What an interval of this kind is called; totals over strata say so."""
    own, summed, _ = kind.partition(", strata summed by draws")
    if language == "en":
        return kind
    return INTERVALS_ES.get(own, own) + (", estratos sumados por sorteos" if summed else "")


def report(estimate: Outcome, language: Language = "es") -> str:
    """The estimate in `language`: the sentence to quote, what it rests on, what limits it, how to cite it."""
    lines = [quotable(estimate, language), "", CANNOT_KNOW.text(language)]
    if estimate.assumptions:
        lines += ["", "Se supone:" if language == "es" else "Assumed:"]
        lines += [f"  - {words.text(language)}" for words in estimate.assumptions]
    if estimate.models:
        lines += ["", *_models(estimate, language)]
    if estimate.cautions:
        lines += ["", *(caution_words(each, language) for each in by_gravity(estimate.cautions))]
    lines += ["", _method_line(estimate, language)]
    return "\n".join(lines)


def quotable(estimate: Outcome, language: Language = "es", level: float = 0.95) -> str:
    """One or two sentences with the figure, never without its interval; a refusal where it must not be quoted."""
    seen = number(estimate.observed, language)
    lists = number(len(estimate.lists), language)
    low, high = estimate.interval(level)
    if estimate.gravity == "do not report":
        return Bilingual(
            es=f"{seen} personas están en alguna de las {lists} listas. Cuántas faltan no se puede decir con este "
            "método: vea las advertencias.",
            en=f"{seen} people are on some of the {lists} lists. How many are missing cannot be said by this method: "
            "see the warnings.",
        ).text(language)
    total, ends = number(estimate.point, language), span(low, high, language)
    unseen = span(low - estimate.observed, high - estimate.observed, language)
    percent = number(level * 100, language)
    if estimate.only_a_bound:
        return Bilingual(
            es=f"Son al menos unas {total} personas (intervalo del {percent} % de esa cota: {ends}), de las que {seen} "
            f"están en alguna de las {lists} listas. El total puede ser mucho mayor.",
            en=f"They are at least about {total} people ({percent}% interval of that bound: {ends}), of whom {seen} "
            f"are on some of the {lists} lists. The total may be far higher.",
        ).text(language)
    return Bilingual(
        es=f"Se estima que son {total} personas (intervalo del {percent} %: {ends}): {seen} que están en alguna de las "
        f"{lists} listas y {unseen} que no están en ninguna.",
        en=f"An estimated {total} people ({percent}% interval: {ends}): {seen} who are on some of the {lists} lists "
        f"and {unseen} who are on none.",
    ).text(language)


def by_gravity(cautions: tuple[Caution, ...]) -> list[Caution]:
    """The cautions, the gravest first."""
    return sorted(cautions, key=lambda each: GRAVITIES.index(each.gravity))


def gathered_cautions(estimates: Sequence[Outcome]) -> list[tuple[Caution, tuple[Bilingual, ...]]]:
    """Each caution of several estimates once, the gravest first, with the methods it concerns: none named where all."""
    concerned: dict[Bilingual, list[Bilingual]] = {}
    first: dict[Bilingual, Caution] = {}
    for each in estimates:
        for caution in each.cautions:
            concerned.setdefault(caution.words, []).append(each.title)
            first.setdefault(caution.words, caution)
    return [
        (caution, () if len(concerned[caution.words]) == len(estimates) else tuple(concerned[caution.words]))
        for caution in by_gravity(tuple(first.values()))
    ]


def number(value: float, language: Language) -> str:
    """A whole number as the language writes it: 10.356 in Spanish, 10,356 in English; infinity in words."""
    if not math.isfinite(value):
        return "sin límite" if language == "es" else "no limit"
    return number_text(round(value), language)


def span(low: float, high: float, language: Language) -> str:
    """An interval in words: "9.002 a 12.122", "9.002 o más"."""
    if not math.isfinite(high):
        return f"{number(low, language)} o más" if language == "es" else f"{number(low, language)} or more"
    joint = " a " if language == "es" else " to "
    return f"{number(low, language)}{joint}{number(high, language)}"


def _models(estimate: Outcome, language: Language) -> list[str]:
    shown = estimate.models[:5]
    head = "Modelos con más peso:" if language == "es" else "Models with most weight:"
    return [
        head,
        *(f"  {_model_line(each.name, each.weight, each.estimate, each.criterion, language)}" for each in shown),
    ]


def _model_line(
    name: str, weight: float | None, estimate: float | None, criterion: float | None, language: Language
) -> str:
    parts = [name]
    if weight is not None:
        parts.append(f"{'peso' if language == 'es' else 'weight'} {_decimal(weight, 3, language)}")
    if estimate is not None:
        parts.append(f"N = {number(estimate, language)}")
    if criterion is not None:
        parts.append(f"{'criterio' if language == 'es' else 'criterion'} {_decimal(criterion, 1, language)}")
    return ", ".join(parts) if language == "en" else "; ".join(parts)


def _decimal(value: float, places: int, language: Language) -> str:
    text = f"{value:.{places}f}"
    return text.replace(".", ",") if language == "es" else text


def caution_words(caution: Caution, language: Language) -> str:
    """A caution as one sentence, with how grave it is and the literature."""
    source = f" ({caution.source})" if caution.source else ""
    return f"{_GRAVE[caution.gravity].text(language)}: {caution.words.text(language)}{source}."


def _method_line(estimate: Outcome, language: Language) -> str:
    title = estimate.title.text(language)
    settings = ", ".join(f"{name} = {value}" for name, value in estimate.settings.items())
    seed = (
        ""
        if estimate.seed is None
        else (f"; semilla {estimate.seed}" if language == "es" else f"; seed {estimate.seed}")
    )
    point = estimate.point_kind.text(language)
    interval = interval_words(estimate.spread.kind, language)
    word = ("Método", "Punto", "Intervalo") if language == "es" else ("Method", "Point", "Interval")
    references = f" {'; '.join(estimate.references)}." if estimate.references else ""
    return (
        f"{word[0]}: {title} ({settings}{seed}). {word[1]}: {point}. {word[2]}: {interval}.{references} "
        f"Recuento {_version()}."
    )


def _version() -> str:
    from recuento import __version__

    return __version__
