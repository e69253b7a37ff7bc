"""The model of pairs: weights add up, unknown weighs nothing, training finds what made the pairs."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from recuento.link.comparisons import FIELD_RULES
from recuento.link.linkage import FIELDS
from recuento.link.model import levels_of, model_content, model_from, shipped_model, trained, with_prior_of
from recuento.link.rules import pattern_bases

_LEVELS = st.tuples(*(st.integers(0, rule.size - 1) for rule in FIELD_RULES))
_ROWS = st.lists(_LEVELS, min_size=1, max_size=20).map(lambda rows: np.array(rows, np.int8))


def test_fields_are_those_of_the_result():
    """What is compared is what a linkage tells, in the same order."""
    assert tuple(rule.field for rule in FIELD_RULES) == FIELDS


@given(_ROWS)
def test_weights_add_up_to_the_probability(rows):
    """Prior and weights of the fields give the log odds of the probability."""
    model = shipped_model()
    total = model.weights(rows).sum(axis=1) + model.prior_weight
    np.testing.assert_allclose(1 / (1 + np.exp2(-total)), model.probabilities(rows), atol=1e-9)


def test_nothing_known_weighs_nothing():
    """A pair of which nothing is known keeps the prior."""
    assert np.abs(shipped_model().weights(np.zeros((1, len(FIELDS)), np.int8))).max() < 1e-12


@given(_ROWS)
def test_a_pattern_tells_all_levels(rows):
    """The levels of a pattern are those it was made of, and the number fits into 32 bits."""
    bases = np.array(pattern_bases(FIELD_RULES))
    assert (levels_of((rows.astype(np.int64) @ bases).astype(np.int32)) == rows).all()
    assert bases[-1] * FIELD_RULES[-1].size < 2**31


def patterns(rows):
    """The different rows, how often each is seen, and which of them every row is."""
    different, which, counts = np.unique(rows, axis=0, return_inverse=True, return_counts=True)
    return different, counts.astype(float), which.ravel()


def _drawn(model, size, seed):
    rng = np.random.default_rng(seed)
    same = rng.random(size) < model.prior
    side = {flag: np.flatnonzero(model.same == flag) for flag in (True, False)}
    kinds = np.array([rng.choice(side[flag], p=model.shares[side[flag]]) for flag in same])
    columns = [
        np.array([1 + rng.choice(table.shape[1] - 1, p=table[k, 1:] / table[k, 1:].sum()) for k in kinds])
        for table in model.tables
    ]
    return np.column_stack(columns).astype(np.int8), same


def test_the_share_of_matches_is_learnt_and_probabilities_are_calibrated():
    """For pairs drawn from the model the right share is found, and what is called probable is so often true."""
    from dataclasses import replace

    truth = replace(shipped_model(), prior=0.3)
    levels, same = _drawn(truth, 3_000, seed=1)
    different, counts, which = patterns(levels)
    model = with_prior_of(replace(truth, prior=0.02), different, counts)
    assert abs(model.prior - same.mean()) < 0.02
    probability = model.probabilities(different)[which]
    assert abs(probability.mean() - same.mean()) < 0.02
    sure = probability > 0.9
    assert abs(probability[sure].mean() - same[sure].mean()) < 0.03


def test_training_moves_towards_the_pairs():
    """A level that the shipped model takes to be rarer than it is becomes more common in training."""
    levels, _ = _drawn(shipped_model(), 2_000, seed=2)
    levels[:, FIELDS.index("sex")] = 3
    different, counts, _ = patterns(levels)
    model = trained(shipped_model(), different, counts, rounds=5, strength=50.0)
    before, after = (one.marginals(False)[FIELDS.index("sex")][3] for one in (shipped_model(), model))
    assert after > before


def test_a_model_is_written_and_read_back():
    """What is saved is what is used."""
    model = shipped_model()
    again = model_from(model_content(model, note=""))
    for one, other in zip(model.tables, again.tables, strict=True):
        np.testing.assert_allclose(one, other, atol=1e-6)


def test_agreement_speaks_for_and_conflict_against():
    """The shipped weights have the sign that a reader expects."""
    m, u = (dict(zip(FIELDS, shipped_model().marginals(same), strict=True)) for same in (True, False))
    for rule in FIELD_RULES:
        weight = np.log2(m[rule.field] / u[rule.field])
        if rule.field not in ("circumstance", "sex"):
            assert weight[rule.size - 1] > 1, rule.field
            assert weight[1] < -0.5, rule.field
