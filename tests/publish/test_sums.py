"""A sum as told adds up to what it proves, and every number in it leads to its claim."""

import re

import pytest
from invented_dossier import valdeoscuro

from recuento.model.balance import LineKind, Proof, ProofLine
from recuento.publish.allow import public_view
from recuento.publish.sums import Sum, sum_of_conflict, sums_of
from recuento.publish.tongue import Tongue
from recuento.publish.view import PublicBound
from recuento.values.wording import MINUS

EVENT = public_view(valdeoscuro()).events[0]


def _numbers(written: str, language: str) -> list[int]:
    """The signed numbers of an amount: "− 18 a 22" gives -18 and -22."""
    sign = -1 if MINUS in written else 1
    group = "." if language == "es" else ","
    return [sign * int(number.replace(group, "")) for number in re.findall(r"[\d.,]+", written)]


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_rows_of_a_joint_sum_add_up_to_both_ends(language: str) -> None:
    """Greatest minus greatest and least minus least: the amounts give exactly the two ends."""
    world = EVENT.worlds[0]
    bound = world.bound("died")
    (told,) = sums_of(bound, world, Tongue(language))
    assert told.side == "both"
    rows = [_numbers(row.amount, language) for row in told.rows]
    assert sum(min(numbers) for numbers in rows) == bound.low
    assert sum(max(numbers) for numbers in rows) == bound.high
    assert _numbers(told.result, language) == [bound.low, bound.high]
    assert [row.claims for row in told.rows] == [("c7",), ("c8",), ("c11",), ("c13",), ("c15",)]


def test_the_sum_of_a_conflict_ends_in_what_cannot_be() -> None:
    """Its rows add up to more than zero, and it says so."""
    conflict = EVENT.conflicts[0]
    told = sum_of_conflict(conflict, EVENT.worlds[0], Tongue("es"))
    assert told is not None and told.result == "0 ≥ 3"
    assert sum(_numbers(row.amount, "es")[0] for row in told.rows) == conflict.proof.value


def test_sums_that_differ_in_their_terms_are_told_apart() -> None:
    """Where the two proofs use other claims, each end has its own sum."""
    world = EVENT.worlds[0]
    bound = world.bound("died")
    other = Proof("died", "high", 30, (ProofLine(LineKind.CLAIM, "c6", "died", 1, 30, "high"),))
    changed = PublicBound("died", bound.low, 30, bound.low_proof, other, True, True)
    told = sums_of(changed, world, Tongue("en"))
    assert [one.side for one in told] == ["low", "high"]
    assert told[0].result == "at least 16" and told[1].result == "at most 30"


def test_a_divided_sum_says_so() -> None:
    """Multipliers that are not 1 and a divisor are told, not hidden."""
    world = EVENT.worlds[0]
    line = ProofLine(LineKind.CLAIM, "c7", "roll", 3, 1236, "low")
    proof = Proof("roll", "low", 618, (line,), divisor=2)
    (told,) = sums_of(PublicBound("roll", 618, None, proof, None, True, True), world, Tongue("es"))
    assert isinstance(told, Sum)
    assert told.rows[0].words.startswith("3 × ") and told.divided == "Todo dividido entre 2."
