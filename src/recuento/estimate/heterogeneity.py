"""People who differ in how easily they are listed, as columns of a log-linear model of how many lists they are on.

Rivest & Baillargeon (2007): if log-odds of being listed vary over people, log mu_x gains a convex function of |x|,
the number of lists. Each form below is one guess of that function; Chao's only says that it is convex.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from recuento.errors import InvalidValue

Heterogeneity = Literal["chao", "poisson", "darroch", "gamma"]
HETEROGENEITIES: tuple[Heterogeneity, ...] = ("chao", "poisson", "darroch", "gamma")

POISSON_BASE = 2.0
GAMMA_SHAPE = 3.5
"""The choices of Rivest & Baillargeon (2007), from light (Poisson) over Darroch to heavy (Gamma) heterogeneity."""


def heterogeneity_columns(form: Heterogeneity, captures: ArrayLike, list_count: int) -> NDArray[np.float64]:
    """The columns to add for histories with these numbers of captures, one or (Chao) `list_count` - 2.

    "darroch": |x|^2 / 2, log-odds normal over people (Darroch et al. 1993). "poisson": 2^|x| - 1, and "gamma":
    log 3.5 - log(3.5 + |x|), log-odds Poisson or gamma over people. "chao": max(|x| - j + 1, 0) for j = 3 ... k, any
    convex function, which leaves n_0 to those on one and two lists: a lower bound. All are 0 at |x| = 0. Raises
    InvalidValue for another form.
    """
    counts = np.asarray(captures, dtype=np.float64)[:, None]
    columns: NDArray[np.float64]
    if form == "darroch":
        columns = counts**2 / 2
    elif form == "poisson":
        columns = POISSON_BASE**counts - 1
    elif form == "gamma":
        columns = np.log(GAMMA_SHAPE) - np.log(GAMMA_SHAPE + counts)
    elif form == "chao":
        columns = np.maximum(counts - np.arange(3, list_count + 1)[None, :] + 1, 0.0)
    else:
        choices = ", ".join(HETEROGENEITIES)
        raise InvalidValue(
            en=f"heterogeneity is one of {choices}, not {form!r}",
            es=f"la heterogeneidad es una de {choices}, no {form!r}",
        )
    return columns
