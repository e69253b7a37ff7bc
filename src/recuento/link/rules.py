"""What a comparison of one field is made of: levels, each with its words and the SQL condition on two entries.

The SQL is what every engine speaks: equality, CASE, `levenshtein`, `substr`, `instr`, `bit_count`. A column with `_l`
belongs to one entry, with `_r` to the other. The first level whose condition holds is the one that counts; level 0
is where nothing is known, level 1 the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

from recuento.values.bilingual import Bilingual


@dataclass(frozen=True, slots=True)
class LevelRule:
    """One level: its number, the condition on two entries, and what it is called."""

    level: int
    condition: str
    label: Bilingual


@dataclass(frozen=True, slots=True)
class FieldRule:
    """The levels of one field in the order in which they are tried, the rest last."""

    field: str
    unknown: str
    rules: tuple[LevelRule, ...]
    rest: Bilingual

    @property
    def size(self) -> int:
        """How many levels there are, with 0 (unknown) and 1 (the rest)."""
        return len(self.rules) + 2

    @property
    def labels(self) -> tuple[Bilingual, ...]:
        """The words for every level, by number."""
        named = {rule.level: rule.label for rule in self.rules}
        return (_UNKNOWN, self.rest, *(named[level] for level in range(2, self.size)))


def pattern_bases(fields: Sequence[FieldRule]) -> tuple[int, ...]:
    """What a level of each field counts for in a pattern: the levels of all fields written as one number.

    The number fits into 32 bits for the fields we compare, and tells all their levels apart.
    """
    return tuple(prod(rule.size for rule in fields[:place]) for place in range(len(fields)))


_UNKNOWN = Bilingual(es="sin dato en alguno de los dos", en="not given on one of the two")


def field_rule(field: str, unknown: str, rest: tuple[str, str], *rules: tuple[str, str, str]) -> FieldRule:
    """A field from its rules (condition, Spanish, English) in the order tried; the first gets the highest number."""
    numbered = tuple(
        LevelRule(len(rules) + 1 - place, condition, Bilingual(es=es, en=en))
        for place, (condition, es, en) in enumerate(rules)
    )
    return FieldRule(field, unknown, numbered, Bilingual(es=rest[0], en=rest[1]))


def same_or_not(field: str, rest: tuple[str, str], *rules: tuple[str, str, str]) -> FieldRule:
    """A field of one column, unknown where it is missing on a side."""
    return field_rule(field, f"({field}_l is null or {field}_r is null)", rest, *rules)


def near(one: str, other: str) -> str:
    """Two columns are a slip of the pen apart, or one is the beginning of the other.

    The letters they have are compared first, as bits: that rules out nearly all pairs at a fraction of the cost.
    """
    return near_text(f"{one}_l", f"{other}_r", f"{one}_letters_l", f"{other}_letters_r")


def near_text(a: str, b: str, letters_a: str, letters_b: str) -> str:
    """The same for any two expressions and the letters in them."""
    shorter = f"least(length({a}), length({b}))"
    few = f"bit_count(({letters_a} | {letters_b}) - ({letters_a} & {letters_b})) <= 4"
    slip = f"levenshtein({a}, {b}) <= (case when {shorter} >= 7 then 2 when {shorter} >= 4 then 1 else 0 end)"
    begins = f"({shorter} >= 4 and substr({a}, 1, {shorter}) = substr({b}, 1, {shorter}))"
    return f"(({few} and {slip}) or {begins})"


def initial(one: str, other: str) -> str:
    """One is only an initial that the other may begin with."""
    a, b = f"{one}_l", f"{other}_r"
    first = f"(substr({a}, 1, 1) = '.' and instr({a}, substr({b}, 1, 1)) > 0)"
    second = f"(substr({b}, 1, 1) = '.' and instr({b}, substr({a}, 1, 1)) > 0)"
    return f"({first} or {second})"


def word(column: str) -> str:
    """The column is a word and no initial."""
    return f"substr({column}, 1, 1) <> '.'"
