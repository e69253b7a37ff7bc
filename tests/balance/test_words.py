"""Explanations in Spanish and English."""

from __future__ import annotations

import random

from balance_trials import random_trial
from hypothesis import given, settings
from hypothesis import strategies as st

from recuento.balance import balance, clashes, conflict_sentence, explanation, proof_lines, world_of
from recuento.balance.explanation import sum_text
from recuento.balance.words import said_words
from recuento.model.claim import Claim
from recuento.model.ledger import Constraint, Identity, Ledger, Term
from recuento.values.bilingual import LANGUAGES, Bilingual
from recuento.values.partial_date import PartialDate
from recuento.values.quantity import Comparison, quantity_from

_NAME = Bilingual.same("x")
LEDGER = Ledger(
    (
        Term("held", Bilingual(es="personas recluidas", en="people held")),
        Term("moved", Bilingual(es="personas trasladadas", en="people moved")),
        Term("missing", Bilingual(es="personas sin paradero", en="people missing")),
    ),
    (
        Identity(
            "roll",
            (("held", 1), ("moved", -1), ("missing", -1)),
            Bilingual(es="quien no fue trasladado falta", en="whoever was not moved is missing"),
        ),
    ),
)


def _claim(id: str, comparison: Comparison, value: int, words: str) -> Claim:
    day = PartialDate(2024, 3, 1)
    said = quantity_from(comparison, (value,), words)
    return Claim(id, "e", "", f"Speaker {id}", "p", "m", said, stated=day, as_of=day)


CLAIMS = {
    "A": _claim("A", Comparison.APPROX, 3000, "unos N"),
    "B": _claim("B", Comparison.EQ, 1600, "N"),
}
SAID = (Constraint("A", "held", 2500, 3500), Constraint("B", "moved", 1600, 1600))


def test_a_bound_is_told_as_a_sum_that_names_its_claims() -> None:
    """Each line has the amount, the words that were said and who said them; the sum closes."""
    bound = balance(LEDGER, SAID, world_of("w", _NAME, "AB")).bound("missing")
    assert bound is not None
    assert proof_lines(bound.low_proof, LEDGER, CLAIMS, None, "es") == [
        "Personas sin paradero: al menos 900, porque",
        "  al menos 2.500 personas recluidas — A, Speaker A, 1.º de marzo de 2024, «unos 3.000»",
        "  menos 1.600 personas trasladadas — B, Speaker B, 1.º de marzo de 2024, «1.600»",
        "  con: quien no fue trasladado falta",
        "  2.500 − 1.600 = 900",
    ]
    english = proof_lines(bound.low_proof, LEDGER, CLAIMS, None, "en", speaker=lambda claim: "a relative")
    assert english[1] == "  at least 2,500 people held — A, a relative, 1 March 2024, “unos 3,000”"


def test_only_the_given_name_of_a_speaker_is_said() -> None:
    """Where the caller decides what speakers are called, no other name comes out."""
    said = [*SAID, Constraint("B", "held", None, 1500)]
    found = clashes(LEDGER, said, world_of("w", _NAME, "AB")).conflicts
    assert found
    for conflict in found:
        for language in LANGUAGES:
            told = conflict_sentence(conflict, LEDGER, CLAIMS, None, language, speaker=lambda claim: "someone")
            assert "Speaker" not in told and "someone" in told


def test_a_missing_number_is_put_back() -> None:
    """Tables leave an N where the number stood; the words are quoted with the number."""
    assert said_words(quantity_from(Comparison.GT, (80,), "más de N"), "es") == "más de 80"
    assert said_words(quantity_from(Comparison.RANGE, (400, 500), "entre N y M"), "es") == "entre 400 y 500"


@settings(deadline=None, max_examples=40)
@given(seed=st.integers(0, 10**6))
def test_every_proof_can_be_told_in_both_languages(seed: int) -> None:
    """Whatever the proof, cases and large coefficients included, it comes out in words and its amounts add up."""
    trial = random_trial(random.Random(seed))
    world = world_of("w", _NAME, [c.claim for c in trial.constraints])
    proofs = [
        p for b in balance(trial.ledger, trial.constraints, world).bounds for p in (b.low_proof, b.high_proof) if p
    ]
    found = clashes(trial.ledger, trial.constraints, world).conflicts
    for language in LANGUAGES:
        for proof in proofs:
            told = explanation(proof, trial.ledger, {}, None, language)
            assert told.heading and (proof.split is not None or told.sum == sum_text(proof, language))
            if proof.split is None and proof.divisor == 1:
                assert sum(line.amount for line in told.lines) == proof.value or not told.lines
        for conflict in found:
            assert conflict_sentence(conflict, trial.ledger, {}, None, language).endswith(".")
