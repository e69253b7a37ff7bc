"""Results of the balance: worlds, bounds with their proofs, conflicts and corrections."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from recuento.model.ledger import Constraint, Ledger
from recuento.values.bilingual import Bilingual


@dataclass(frozen=True, slots=True)
class World:
    """The set of claims one chooses to believe while computing, and the readings that are on."""

    id: str
    name: Bilingual
    claims: tuple[str, ...]
    readings: tuple[str, ...] = ()


class LineKind(StrEnum):
    """What a line of a proof rests on."""

    CLAIM = "claim"
    IDENTITY = "identity"
    NOT_NEGATIVE = "not_negative"
    """No count is below zero."""
    CASE = "case"
    """What is assumed in one case of a proof by cases (`Proof.split`)."""


@dataclass(frozen=True, slots=True)
class ProofLine:
    """One line of a signed sum.

    The line multiplies `ref` (claim id, identity id, or term id for NOT_NEGATIVE) by `multiplier`.
    A claim line with a positive multiplier uses the claim's low end, with a negative one its high end (as a
    lower bound is being proved; the other way round for an upper bound). `term` and `end` ("low", "high" or "")
    say which; `amount` is what the line adds to the bound.
    """

    kind: LineKind
    ref: str
    term: str
    multiplier: int
    amount: int
    end: str = ""


@dataclass(frozen=True, slots=True)
class Proof:
    """A sum that proves `term >= value` (side "low") or `term <= value` (side "high").

    For a conflict `term` is "" and the sum ends in a contradiction: 0 >= `value` with value > 0.
    `divisor` divides the sum (1 unless the multipliers could not be whole), rounded towards the safe side.
    """

    term: str
    side: str
    value: int
    lines: tuple[ProofLine, ...]
    divisor: int = 1
    split: tuple[str, int] | None = None
    """For a proof by cases, needed only where whole numbers say more than sums: the term and the number k. The
    first of `cases` assumes `term <= k`, the second `term >= k + 1`; `lines` is empty."""
    cases: tuple[Proof, ...] = ()


@dataclass(frozen=True, slots=True)
class Bound:
    """Exact range of one term in a world. `high` None: no limit known. `tight` False: an outer bound.

    `low_attained` and `high_attained` are worlds (term id, value) that satisfy everything and reach the end.
    """

    term: str
    low: int
    high: int | None
    low_proof: Proof
    high_proof: Proof | None
    low_tight: bool = True
    high_tight: bool = True
    low_attained: tuple[tuple[str, int], ...] = ()
    high_attained: tuple[tuple[str, int], ...] = ()


class ConflictKind(StrEnum):
    """The two tiers."""

    DISAGREEMENT = "disagreement"
    """Different values for one term."""
    ARITHMETICAL = "arithmetical"
    """Values of different terms that cannot add up."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A smallest set of claims that cannot all be true: leave out any one and the rest can."""

    kind: ConflictKind
    claims: tuple[str, ...]
    terms: tuple[str, ...]
    proof: Proof
    readings: tuple[str, ...] = ()
    words: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """A smallest set of claims whose removal makes the rest consistent."""

    claims: tuple[str, ...]
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Question:
    """A figure whose disclosure would narrow the target.

    `guaranteed_cut`: by how much, whatever the answer. `decides`: how many pairs of accounts the answer must
    refute one of. `mean_cut`: by how much on average over the possible answers, each as likely (a convention).
    """

    term: str
    guaranteed_cut: int
    decides: int
    mean_cut: float
    rule: Bilingual | None = None
    """The rule that obliges the state to hold the figure."""
    target: str = ""
    width: int = 0
    """The width of the target before the answer."""
    demands: tuple[str, ...] = ()
    """Ids of the demands that ask for it already, open ones first."""


@dataclass(frozen=True, slots=True)
class Balance:
    """What follows in one world of one event. `bounds` is empty where the world is inconsistent."""

    event: str
    world: World
    ledger: Ledger
    constraints: tuple[Constraint, ...]
    consistent: bool
    bounds: tuple[Bound, ...] = ()
    conflict: Conflict | None = None

    def bound(self, term: str) -> Bound | None:
        """The bound of that term, or None."""
        return next((bound for bound in self.bounds if bound.term == term), None)
