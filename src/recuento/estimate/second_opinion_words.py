"""What users read of the latent classes chosen by BIC: title, assumptions and cautions, in both languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from recuento.estimate.caution import Caution
from recuento.values.bilingual import Bilingual

BIC_TIE = 2.0
ESTIMATE_TIE = 0.1
LEFT_OUT_MAX = 0.05

TITLE = Bilingual(es="Pocas clases latentes, elegidas por BIC", en="Few latent classes, chosen by BIC")
POINT_KIND = Bilingual(es="máxima verosimilitud", en="maximum likelihood")
REFERENCES = (
    "Goodman (1974), Exploratory latent structure analysis using both identifiable and unidentifiable models, "
    "Biometrika 61",
    "Stanghellini & van der Heijden (2004), A multiple-record systems estimation method that takes observed and "
    "unobserved heterogeneity into account, Biometrics 60",
    "Norris & Pollock (1996), Including model uncertainty in estimating variances in multiple capture studies, "
    "Environmental and Ecological Statistics 3",
    "Varadhan & Roland (2008), Simple and globally convergent methods for accelerating the convergence of any EM "
    "algorithm, Scandinavian Journal of Statistics 35",
)
ASSUMPTIONS = (
    Bilingual(
        es="La población es cerrada: nadie entra ni sale, y cada persona se reconoce en todas las listas en que está.",
        en="The population is closed: nobody enters or leaves, and everybody is recognised on every list they are on.",
    ),
    Bilingual(
        es="Las personas forman unos pocos grupos ocultos; dentro de cada grupo las listas son independientes, y "
        "quienes no están en ninguna lista pertenecen a los mismos grupos.",
        en="People form a few hidden groups; within a group the lists are independent, and those on no list belong to "
        "the same groups.",
    ),
)


class Fit(Protocol):
    """What the words need of a fit."""

    @property
    def classes(self) -> int: ...  # noqa: D102

    @property
    def bic(self) -> float: ...  # noqa: D102

    @property
    def estimate(self) -> float: ...  # noqa: D102

    @property
    def usable(self) -> bool: ...  # noqa: D102


def cautions_of(fits: Sequence[Fit], best: Fit, found: Mapping[str, Any]) -> tuple[Caution, ...]:
    """The cautions that these fits call for."""
    possible = (
        _left_out(found["resamples_left_out"], found["resamples"]),
        _near_tie(fits, best),
        _not_identified(fits, best),
        _boundary(found["on_the_boundary"]),
    )
    return tuple(caution for caution in possible if caution)


def _near_tie(fits: Sequence[Fit], best: Fit) -> Caution | None:
    rivals = [
        fit
        for fit in fits
        if fit.usable
        and fit is not best
        and fit.bic - best.bic < BIC_TIE
        and abs(fit.estimate / best.estimate - 1) > ESTIMATE_TIE
    ]
    if not rivals:
        return None
    shown = ", ".join(f"{fit.classes}: {fit.estimate:.0f}" for fit in (best, *rivals))
    return Caution(
        "near_tie",
        "warning",
        Bilingual(
            es=f"Los datos casi no distinguen entre números de clases que dan cifras distintas ({shown}).",
            en=f"The data hardly tell apart numbers of classes that give different figures ({shown}).",
        ),
        "Regal & Hook (1991)",
    )


def _not_identified(fits: Sequence[Fit], best: Fit) -> Caution | None:
    aside = [fit for fit in fits if not fit.usable and fit.bic < best.bic]
    if not aside:
        return None
    shown = ", ".join(str(fit.classes) for fit in aside)
    return Caution(
        "better_fit_not_identified",
        "warning",
        Bilingual(
            es=f"Con más clases ({shown}) los datos se describirían mejor, pero entonces no determinan la cifra: "
            "muchas poblaciones distintas darían estas mismas listas.",
            en=f"More classes ({shown}) would describe the data better, but then the data do not settle the figure: "
            "many different populations would give these same lists.",
        ),
        "Goodman (1974)",
    )


def _boundary(number: int) -> Caution | None:
    if not number:
        return None
    return Caution(
        "on_the_boundary",
        "note",
        Bilingual(
            es=f"{number} probabilidades estimadas son 0 o 1: algún grupo oculto nunca (o siempre) aparece en alguna "
            "lista. Suele indicar datos escasos.",
            en=f"{number} estimated probabilities are 0 or 1: some hidden group is never (or always) on some list. "
            "This often means scarce data.",
        ),
        "Goodman (1974)",
    )


def _left_out(number: int, resamples: int) -> Caution | None:
    if not number:
        return None
    return Caution(
        "resamples_left_out",
        "do not report" if number > LEFT_OUT_MAX * resamples else "note",
        Bilingual(
            es=f"En {number} de {resamples} remuestreos no hubo una cifra finita; el intervalo sale de los demás y "
            "puede ser demasiado estrecho.",
            en=f"In {number} of {resamples} resamples there was no finite figure; the interval comes from the others "
            "and may be too narrow.",
        ),
        "Norris & Pollock (1996)",
    )
