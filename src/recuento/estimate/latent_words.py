"""What users read of the latent class estimate: its title, assumptions, cautions and refusals, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from recuento.estimate.caution import Caution, Gravity
from recuento.estimate.result import NotEstimable
from recuento.estimate.table import CaptureTable
from recuento.values.bilingual import Bilingual

R_HAT_GOOD = 1.01
R_HAT_BAD = 1.05
DRAWS_FEW = 400
DRAWS_TOO_FEW = 100
BEYOND_MAX = 0.005

TITLE = Bilingual(
    es="Clases latentes con proceso de Dirichlet (LCMCR)", en="Latent classes with a Dirichlet process (LCMCR)"
)
POINT_KIND = Bilingual(es="mediana a posteriori", en="posterior median")
REFERENCES = (
    "Manrique-Vallier (2016), Bayesian population size estimation using Dirichlet process mixtures, Biometrics 72",
    "Vehtari, Gelman, Simpson, Carpenter & Bürkner (2021), Rank-normalization, folding, and localization: an improved "
    "R-hat for assessing convergence of MCMC, Bayesian Analysis 16",
    "Papaspiliopoulos & Roberts (2008), Retrospective Markov chain Monte Carlo methods for Dirichlet process "
    "hierarchical models, Biometrika 95",
    "Gelfand & Smith (1990), Sampling-based approaches to calculating marginal densities, JASA 85",
    "Tierney (1994), Markov chains for exploring posterior distributions, Annals of Statistics 22",
    "Neal (2011), MCMC using Hamiltonian dynamics, in Handbook of Markov Chain Monte Carlo",
)
ASSUMPTIONS = (
    Bilingual(
        es="La población es cerrada: nadie entra ni sale, y cada persona se reconoce en todas las listas en que está.",
        en="The population is closed: nobody enters or leaves, and everybody is recognised on every list they are on.",
    ),
    Bilingual(
        es="Las personas forman grupos ocultos; dentro de cada grupo, estar en una lista no cambia la probabilidad "
        "de estar en otra. Toda la dependencia entre listas se explica por esos grupos.",
        en="People form hidden groups; within a group, being on one list does not change the chance of being on "
        "another. All dependence between lists is explained by those groups.",
    ),
    Bilingual(
        es="Quienes no están en ninguna lista pertenecen a los mismos grupos que quienes sí están. Los datos no "
        "pueden comprobarlo.",
        en="Those on no list belong to the same groups as those on some. The data cannot check this.",
    ),
    Bilingual(
        es="Antes de ver los datos, la probabilidad de N es proporcional a 1/N, sin tope.",
        en="Before the data are seen, the probability of N is proportional to 1/N, without a cap.",
    ),
)


def cautions_of(found: Mapping[str, Any], table: CaptureTable, classes: int) -> tuple[Caution, ...]:
    """The cautions that these diagnostics of a run call for, the gravest first."""
    possible = (
        _chains_apart(found["r_hat"]),
        _draws_run_away(found["share_beyond_20_n"]),
        _two_lists_only(table),
        _few_independent_draws(min(found["bulk_size"], found["tail_size"])),
        _all_classes_occupied(found["share_with_all_classes_occupied"], classes),
    )
    return tuple(caution for caution in possible if caution)


def refuse_table(table: CaptureTable) -> None:
    """Raise NotEstimable for a table that the model cannot take."""
    if table.has_structural_zeros:
        raise NotEstimable(
            en="the latent class model has no way to honour combinations of lists that cannot occur; use a log-linear "
            "model, or merge the lists that could not have met",
            es="el modelo de clases latentes no puede respetar combinaciones de listas imposibles; use un modelo "
            "log-lineal, o una las listas que no pudieron coincidir",
        )
    if not table.people:
        raise NotEstimable(
            en="nobody is on any list, so there is nothing to extrapolate from",
            es="no hay nadie en ninguna lista, así que no hay de dónde extrapolar",
        )
    used = int((table.list_sizes > 0).sum())
    if used < 2:
        raise NotEstimable(
            en=f"{used} list with anybody on it: how many it missed cannot be seen; add lists, three or more",
            es=f"{used} lista con alguien: no se puede ver a cuántos le faltaron; añada listas, tres o más",
        )


def _chains_apart(r_hat: float | None) -> Caution | None:
    if r_hat is not None and r_hat <= R_HAT_GOOD:
        return None
    grave = r_hat is None or r_hat > R_HAT_BAD
    shown = "∞" if r_hat is None else f"{r_hat:.3f}"
    gravity: Gravity = "do not report" if grave else "warning"
    return Caution(
        "chains_apart",
        gravity,
        Bilingual(
            es=f"Las cadenas del cálculo no coinciden entre sí (R-hat {shown}; debe ser menor que {R_HAT_GOOD}): "
            "repetido con otra semilla, el resultado sería otro. Déjelo correr más tiempo"
            + (" y no publique esta cifra." if grave else " antes de publicar la cifra."),
            en=f"The chains of the computation do not agree (R-hat {shown}; it should be below {R_HAT_GOOD}): with "
            "another seed the result would be another. Let it run longer"
            + (" and do not publish this figure." if grave else " before publishing the figure."),
        ),
        "Vehtari et al. (2021)",
    )


def _few_independent_draws(size: float) -> Caution | None:
    if size >= DRAWS_FEW:
        return None
    return Caution(
        "few_independent_draws",
        "warning" if size < DRAWS_TOO_FEW else "note",
        Bilingual(
            es=f"Las muestras equivalen a solo unas {size:.0f} independientes (conviene {DRAWS_FEW} o más): los "
            "extremos del intervalo son imprecisos. Déjelo correr más tiempo.",
            en=f"The draws are worth only about {size:.0f} independent ones ({DRAWS_FEW} or more are wanted): the "
            "ends of the interval are imprecise. Let it run longer.",
        ),
        "Vehtari et al. (2021)",
    )


def _draws_run_away(share: float) -> Caution | None:
    if share <= BEYOND_MAX:
        return None
    return Caution(
        "draws_run_away",
        "do not report" if share >= 0.5 else "warning",
        Bilingual(
            es=f"El {100 * share:.1f} % de las muestras supone más de veinte personas sin registrar por cada una "
            "registrada. Los datos apenas ponen límite superior a la cifra; el extremo alto depende de los supuestos.",
            en=f"{100 * share:.1f} % of the draws suppose more than twenty people unrecorded for each one recorded. "
            "The data hardly set an upper limit; the high end depends on the assumptions.",
        ),
        "Manrique-Vallier (2016)",
    )


def _all_classes_occupied(share: float, classes: int) -> Caution | None:
    if share <= 0.5:
        return None
    return Caution(
        "all_classes_occupied",
        "note",
        Bilingual(
            es=f"En el {100 * share:.0f} % de las muestras están ocupadas las {classes} clases que se permitieron: "
            "pruebe con más clases.",
            en=f"In {100 * share:.0f} % of the draws all {classes} classes that were allowed are occupied: try more.",
        ),
        "Manrique-Vallier (2016)",
    )


def _two_lists_only(table: CaptureTable) -> Caution | None:
    if int((table.list_sizes > 0).sum()) != 2:
        return None
    return Caution(
        "two_lists_only",
        "do not report",
        Bilingual(
            es="Con dos listas los datos no dicen nada sobre los grupos ocultos: la cifra sale de los supuestos. "
            "Añada una tercera lista.",
            en="With two lists the data say nothing about hidden groups: the figure comes from the assumptions. "
            "Add a third list.",
        ),
        "Manrique-Vallier (2016)",
    )
