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
    """The levels of one field in the order in which they are tried, the rest last.

    `shortcuts` are cheap conditions, tried first, each with the level that trying all rules would give as well: most
    pairs have nothing in common, and need not try them all.
    """

    field: str
    unknown: str
    rules: tuple[LevelRule, ...]
    rest: Bilingual
    shortcuts: tuple[tuple[str, int], ...] = ()

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


def field_rule(
    field: str,
    unknown: str,
    rest: tuple[str, str],
    *rules: tuple[str, str, str],
    shortcuts: tuple[tuple[str, int], ...] = (),
) -> FieldRule:
    """A field from its rules (condition, Spanish, English) in the order tried; the first gets the highest number."""
    numbered = tuple(
        LevelRule(len(rules) + 1 - place, condition, Bilingual(es=es, en=en))
        for place, (condition, es, en) in enumerate(rules)
    )
    return FieldRule(field, unknown, numbered, Bilingual(es=rest[0], en=rest[1]), shortcuts)


def same_or_not(field: str, rest: tuple[str, str], *rules: tuple[str, str, str]) -> FieldRule:
    """A field of one column, unknown where it is missing on a side."""
    return field_rule(field, f"({field}_l is null or {field}_r is null)", rest, *rules)


def near(one: str, other: str) -> str:
    """Two columns are a slip of the pen apart, or one is the beginning of the other.

    Of each column COLUMN there is COLUMN_letters, the letters it has as bits, and COLUMN_head, a number for its first
    four letters (of its own where it is shorter). They are compared first: that rules out nearly all pairs at a
    fraction of the cost.
    """
    return near_text(f"{one}_l", f"{other}_r", may_be_near(one, other))


def near_text(a: str, b: str, may_be: tuple[str, str]) -> str:
    """The same for any two expressions and what `may_be_near` gives for them."""
    few, begins_alike = may_be
    shorter = f"least(length({a}), length({b}))"
    slip = f"levenshtein({a}, {b}) <= (case when {shorter} >= 7 then 2 when {shorter} >= 4 then 1 else 0 end)"
    begins = f"substr({a}, 1, {shorter}) = substr({b}, 1, {shorter})"
    return f"(({few} and {slip}) or ({begins_alike} and {begins}))"


def may_be_near(one: str, other: str, second: str = "") -> tuple[str, str]:
    """Few letters differ; the first four are the same. Where neither holds, the two columns cannot be near.

    `second` says which of the two ("l" or "r") is taken from its second column where it has one.
    """
    a, b = (_letters_and_head(name, side, second == side) for name, side in ((one, "l"), (other, "r")))
    return f"bit_count(({a[0]} | {b[0]}) - ({a[0]} & {b[0]})) <= 4", f"{a[1]} = {b[1]}"


def _letters_and_head(column: str, side: str, second: bool) -> tuple[str, str]:
    if not second:
        return f"{column}_letters_{side}", f"{column}_head_{side}"
    other = column[:-1] + "2"
    return tuple(f"coalesce({other}_{part}_{side}, {column}_{part}_{side})" for part in ("letters", "head"))  # type: ignore[return-value]


def initial(one: str, other: str) -> str:
    """One is only an initial that the other may begin with."""
    a, b = f"{one}_l", f"{other}_r"
    first = f"(substr({a}, 1, 1) = '.' and instr({a}, substr({b}, 1, 1)) > 0)"
    second = f"(substr({b}, 1, 1) = '.' and instr({b}, substr({a}, 1, 1)) > 0)"
    return f"({first} or {second})"


def word(column: str) -> str:
    """The column is a word and no initial."""
    return f"substr({column}, 1, 1) <> '.'"
