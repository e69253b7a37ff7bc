"""How surely two entries are one person, from the levels of their fields: a mixture of kinds of pairs.

Fellegi and Sunter take the fields to be independent among pairs of one person and among pairs of two. They are
not: relatives share a surname, a day and a facility, people taken in one raid share day, facility and state, and a
number that was copied from the next row goes with a name that fits nothing. So either side is a mixture of kinds of
pairs, and the fields are independent within a kind. A casefile's own pairs move the shares and the tables from where
the shipped model has them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt

from recuento.link.comparisons import FIELD_RULES
from recuento.link.rules import pattern_bases

Floats = npt.NDArray[np.float64]
Levels = npt.NDArray[np.int8]

LEAST_SHARE = 1e-5
"""No level is ever impossible."""
_AT_ONCE = 50_000
"""Rows that are weighed at once, so that memory stays small."""
_PRIOR_ROUNDS = 60
_PRIOR_PAIRS = 40.0
"""How many pairs the shipped share of matches counts for, so that seven pairs do not decide it."""


@dataclass(frozen=True, slots=True, eq=False)
class PairModel:
    """Kinds of pairs: `same[k]` whether kind k is of one person, `shares[k]` among its side, `tables[f][k, level]`.

    A level is counted among the known ones, so that level 0 has 1 everywhere and weighs nothing. `prior` is the share
    of pairs of one person among all compared pairs.
    """

    fields: tuple[str, ...]
    same: npt.NDArray[np.bool_]
    shares: Floats
    tables: tuple[Floats, ...]
    prior: float

    def log_kinds(self, levels: Levels) -> Floats:
        """Per row of `levels` (a column per field) and kind: log of its share and of the levels seen."""
        total = np.log(self.shares)[None, :].repeat(len(levels), axis=0)
        for place, table in enumerate(self.tables):
            total += np.log(table.T)[levels[:, place]]
        return total

    def weights(self, levels: Levels) -> Floats:
        """Per row the log2 Bayes factor of every field, each given the fields before it; they add up."""
        found = np.empty((len(levels), len(self.fields)))
        logs = np.log(self.shares)[None, :].repeat(len(levels), axis=0)
        before = self._log_odds(logs)
        for place, table in enumerate(self.tables):
            logs = logs + np.log(table.T)[levels[:, place]]
            after = self._log_odds(logs)
            found[:, place] = after - before
            before = after
        return np.asarray(found / np.log(2))

    def _log_odds(self, logs: Floats) -> Floats:
        return _log_sum(logs[:, self.same]) - _log_sum(logs[:, ~self.same])

    def totals(self, levels: Levels) -> Floats:
        """Per row the log2 odds, prior and all fields together, without telling the fields apart."""
        parts = [self._log_odds(self.log_kinds(levels[k : k + _AT_ONCE])) for k in range(0, len(levels), _AT_ONCE)]
        return np.asarray(np.concatenate([np.zeros(0), *parts]) / np.log(2) + self.prior_weight)

    @property
    def prior_weight(self) -> float:
        """The log2 odds of the prior."""
        return float(np.log2(self.prior / (1 - self.prior)))

    def probabilities(self, levels: Levels) -> Floats:
        """How probable it is that the two entries of each row are one person."""
        return np.asarray(1 / (1 + np.exp2(-self.totals(levels))))

    def marginals(self, same: bool) -> tuple[Floats, ...]:
        """Per field the share of every level on one side, over its kinds."""
        side = self.same == same
        shares = self.shares[side] / self.shares[side].sum()
        return tuple(shares @ table[side] for table in self.tables)


def _log_sum(logs: Floats) -> Floats:
    top = logs.max(axis=1)
    return np.asarray(top + np.log(np.exp(logs - top[:, None]).sum(axis=1)))


def trained(
    start: PairModel,
    levels: Levels,
    counts: Floats,
    *,
    rounds: int,
    strength: float,
    known: Floats | None = None,
    first: PairModel | None = None,
) -> PairModel:
    """The model moved by expectation and maximisation towards pairs seen `counts` times, from where it starts.

    `strength` is how many pairs of each kind the start counts for. `known` gives the truth (1 one person, 0 two)
    where it is known, as in training on invented lists; without it the model's own expectation is used. `first` is
    the model to begin with, where it is not the one that is counted.
    """
    model = first or start
    for _ in range(rounds):
        model = _maximised(start, levels, counts, _expected(model, levels, known), strength)
    return model


def with_prior_of(model: PairModel, levels: Levels, counts: Floats) -> PairModel:
    """The same kinds with the share of matches that fits these pairs best."""
    ratio = np.exp2(np.clip(model.totals(levels) - model.prior_weight, -300, 300))
    start, prior, total = model.prior, model.prior, counts.sum()
    for _ in range(_PRIOR_ROUNDS):
        odds = ratio * (prior / (1 - prior))
        prior = float(((odds / (1 + odds)) @ counts + _PRIOR_PAIRS * start) / (total + _PRIOR_PAIRS))
    return replace(model, prior=float(np.clip(prior, 1e-6, 0.999)))


def _expected(model: PairModel, levels: Levels, known: Floats | None) -> Floats:
    """Per row and kind the expected share."""
    logs = model.log_kinds(levels)
    if known is None:
        logs[:, model.same] += np.log(model.prior)
        logs[:, ~model.same] += np.log1p(-model.prior)
    else:
        logs = np.where(model.same[None, :] == (known[:, None] > 0.5), logs, -np.inf)
    logs -= logs.max(axis=1, keepdims=True)
    shares = np.exp(logs)
    return np.asarray(shares / shares.sum(axis=1, keepdims=True))


def _maximised(start: PairModel, levels: Levels, counts: Floats, expected: Floats, strength: float) -> PairModel:
    weighted = expected * counts[:, None]
    kinds = weighted.sum(axis=0)
    tables = []
    for place, table in enumerate(start.tables):
        seen = np.stack([np.bincount(levels[:, place], weighted[:, k], table.shape[1]) for k in range(len(kinds))])
        seen[:, 0] = 0
        moved = seen + strength * np.column_stack([np.zeros(len(kinds)), table[:, 1:]])
        moved[:, 1:] = np.maximum(moved[:, 1:] / moved[:, 1:].sum(axis=1, keepdims=True), LEAST_SHARE)
        moved[:, 0] = 1.0
        tables.append(moved)
    shares = kinds + strength * start.shares
    for side in (start.same, ~start.same):
        shares[side] /= shares[side].sum()
    same, total = float(kinds[start.same].sum()), float(kinds.sum())
    prior = (same + _PRIOR_PAIRS * start.prior) / (total + _PRIOR_PAIRS)
    return replace(start, shares=shares, tables=tuple(tables), prior=float(np.clip(prior, 1e-6, 0.999)))


def levels_of(codes: npt.NDArray[np.integer[Any]]) -> Levels:
    """The levels that patterns stand for, a row for each."""
    bases = pattern_bases(FIELD_RULES)
    columns = [codes // base % rule.size for rule, base in zip(FIELD_RULES, bases, strict=True)]
    return np.asarray(np.column_stack(columns), dtype=np.int8)


@cache
def shipped_model() -> PairModel:
    """The model that comes with the program (benchmarks/link_training.py made it, from invented lists)."""
    text = files("recuento.link").joinpath("pair_model.json").read_text(encoding="utf-8")
    return model_from(json.loads(text))


def model_from(content: Mapping[str, object]) -> PairModel:
    """The model that `model_content` wrote."""
    kinds = content["kinds"]
    assert isinstance(kinds, Sequence)
    fields = tuple(rule.field for rule in FIELD_RULES)
    tables = tuple(np.array([[1.0, *kind["levels"][name]] for kind in kinds]) for name in fields)
    same = np.array([kind["same"] for kind in kinds], bool)
    shares = np.array([kind["share"] for kind in kinds], np.float64)
    for side in (same, ~same):
        shares[side] /= shares[side].sum()
    return PairModel(fields, same, shares, tables, float(str(content["prior"])))


def model_content(model: PairModel, *, note: str) -> dict[str, object]:
    """The model as it is written to a file."""
    kinds = [
        {
            "same": bool(model.same[k]),
            "share": round(float(model.shares[k]), 6),
            "levels": {
                name: [round(float(share), 7) for share in table[k, 1:]]
                for name, table in zip(model.fields, model.tables, strict=True)
            },
        }
        for k in range(len(model.same))
    ]
    return {"note": note, "prior": round(model.prior, 6), "kinds": kinds}
