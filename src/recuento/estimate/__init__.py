"""Multiple systems estimation: overlap of lists in, how many are on none of them out, with its uncertainty.

A library of its own: arrays or a table of capture histories in, results out; it needs no casefile. Names are
brought in when they are first used, so that `import recuento.estimate` costs next to nothing.
"""

from importlib import import_module
from typing import Any

_HOMES = {
    "CaptureTable": "table",
    "Caution": "caution",
    "Estimate": "result",
    "NotEstimable": "result",
    "Population": "populations",
    "bic_bootstrap": "every_model",
    "chao_lower_bound": "chao",
    "chapman": "two_lists",
    "combine": "replicates",
    "compare": "methods",
    "coverage": "populations",
    "dga": "decomposable",
    "dga_sensitivity": "decomposable_priors",
    "estimate": "methods",
    "estimate_by": "strata",
    "latent_class_bic": "second_opinion",
    "latent_classes": "latent_class",
    "lincoln_petersen": "two_lists",
    "lists_needed": "populations",
    "loglinear": "loglinear_models",
    "sample_coverage": "chao_tsay",
    "sensitivity": "variations",
    "simulate": "populations",
    "stepwise": "stepwise_selection",
    "table_cautions": "honesty",
    "table_from_columns": "reading",
    "table_from_csv": "reading",
    "two_list_lower_bound": "two_lists",
}
"""Where each public name lives. No module bears the name of a function, so that neither hides the other."""

__all__ = sorted(_HOMES)


def __getattr__(name: str) -> Any:
    """The public name, from the module that holds it."""
    if name not in _HOMES:
        raise AttributeError(f"recuento.estimate has no {name!r}")
    return getattr(import_module(f"recuento.estimate.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return __all__
