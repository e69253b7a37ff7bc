"""Why two entries are held to be one person: the weight of every field, in words, and what would have changed it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import log2

import pyarrow.compute as pc

from recuento.errors import InvalidValue
from recuento.link.linkage import FIELD_NAMES, FIELDS, Level, Linkage
from recuento.values.bilingual import Bilingual, Language

SLIGHT = 0.05
"""Bits below which a field is said to tell nothing."""

_CHANGE_MIN = 0.02
"""The least change of the probability that is worth a sentence."""

_CERTAIN = 60.0
"""Bits beyond which a probability no longer differs from 0 or 1."""


@dataclass(frozen=True, slots=True)
class Reason:
    """What one field says: `bits` above 0 for one person, below 0 for two; level 0 means a value is missing."""

    field: str
    name: Bilingual
    level: int
    label: Bilingual
    bits: float

    @property
    def words(self) -> Bilingual:
        """One line: "Surnames: both agree by sound, +3.1 bits"."""
        if self.level == 0 or abs(self.bits) < SLIGHT:
            return Bilingual(
                es=f"{self.name.es}: {self.label.es}, no dice nada",
                en=f"{self.name.en}: {self.label.en}, tells nothing",
            )
        return Bilingual(
            es=f"{self.name.es}: {self.label.es}, {bits_words(self.bits, 'es')}",
            en=f"{self.name.en}: {self.label.en}, {bits_words(self.bits, 'en')}",
        )


@dataclass(frozen=True, slots=True)
class Counterfactual:
    """The probability had one field come out otherwise: as `level`, whose words are `label`."""

    field: str
    level: int
    label: Bilingual
    probability: float
    words: Bilingual


@dataclass(frozen=True, slots=True)
class PairReasons:
    """The reasons of one pair. `prior_bits` plus the bits of all reasons is `weight`, the log2 odds of `probability`.

    Reasons come in the order of the fields; `counterfactuals` the one that changes most first.
    """

    left: str
    right: str
    probability: float
    weight: float
    prior_bits: float
    reasons: tuple[Reason, ...]
    counterfactuals: tuple[Counterfactual, ...]

    @property
    def words(self) -> Bilingual:
        """The whole as a few sentences, the weightiest field first."""
        said = sorted((one for one in self.reasons if one.level and abs(one.bits) >= SLIGHT), key=_by_weight)
        return Bilingual(es=self._sentences(said, "es"), en=self._sentences(said, "en"))

    def _sentences(self, said: list[Reason], language: Language) -> str:
        lines = [one.words.text(language) for one in said]
        number = chance_words(self.probability, language)
        if language == "es":
            head = f"Probabilidad de que sean la misma persona: {number}. "
            start = f"Antes de comparar: {bits_words(self.prior_bits, 'es')}. "
        else:
            head = f"Probability that they are one person: {number}. "
            start = f"Before comparing: {bits_words(self.prior_bits, 'en')}. "
        return head + start + ". ".join(lines) + ("." if lines else "")


def reasons_of(linkage: Linkage, left: str, right: str) -> PairReasons:
    """The reasons of the pair of these two entries, in either order. Raises InvalidValue where it was not compared."""
    one, other = sorted((left, right))
    pairs = linkage.pairs
    found = pairs.filter(pc.and_(pc.equal(pairs["left"], one), pc.equal(pairs["right"], other)))
    if not found.num_rows:
        raise InvalidValue(
            f"entries {one} and {other} were never compared: they have nothing in common that suggests one person",
            f"los registros {one} y {other} no se compararon: nada en común sugiere que sean la misma persona",
        )
    return reasons_of_row(found.slice(0, 1).to_pylist()[0], level_table(linkage))


def level_table(linkage: Linkage) -> dict[tuple[str, int], Level]:
    """The levels of a linkage by field and level."""
    return {(one.field, one.level): one for one in linkage.levels}


def reasons_of_row(row: Mapping[str, object], levels: Mapping[tuple[str, int], Level]) -> PairReasons:
    """The same from one row of `Linkage.pairs`."""
    reasons = tuple(_reason(row, name, levels) for name in FIELDS if f"level_{name}" in row)
    probability, weight = float(str(row["probability"])), float(str(row["weight"]))
    return PairReasons(
        left=str(row["left"]),
        right=str(row["right"]),
        probability=probability,
        weight=weight,
        prior_bits=float(str(row["prior_weight"])),
        reasons=reasons,
        counterfactuals=_counterfactuals(reasons, probability, weight, levels),
    )


def _reason(row: Mapping[str, object], name: str, levels: Mapping[tuple[str, int], Level]) -> Reason:
    level = int(str(row[f"level_{name}"]))
    known = levels.get((name, level))
    label = known.label if known is not None else Bilingual(es="falta un dato", en="a value is missing")
    return Reason(name, FIELD_NAMES[name], level, label, float(str(row[f"weight_{name}"])))


def _by_weight(reason: Reason) -> tuple[float, str]:
    return (-abs(reason.bits), reason.field)


def _counterfactuals(
    reasons: tuple[Reason, ...], probability: float, weight: float, levels: Mapping[tuple[str, int], Level]
) -> tuple[Counterfactual, ...]:
    """For each field its usual outcome for one person, and its loss where it agreed, if either changes the answer."""
    found = []
    for reason in reasons:
        usual = _usual(reason.field, levels)
        now = _bits_of(levels.get((reason.field, reason.level)))
        if usual is not None and _bits_of(usual) > now:
            found.append(_had_it_been(reason, usual, _chance(weight - now + _bits_of(usual)), agreed=True))
        if reason.level and reason.bits > 0:
            missing = levels.get((reason.field, 0)) or Level(reason.field, 0, _MISSING, 1.0, 1.0)
            found.append(_had_it_been(reason, missing, _chance(weight - reason.bits), agreed=False))
    telling = [one for one in found if abs(one.probability - probability) >= _CHANGE_MIN]
    return tuple(sorted(telling, key=lambda one: (-abs(one.probability - probability), one.field, one.level)))


_MISSING = Bilingual(es="falta un dato", en="a value is missing")


def _usual(field: str, levels: Mapping[tuple[str, int], Level]) -> Level | None:
    """How the field most often comes out when two entries are one person, among outcomes that speak for it."""
    known = [one for (name, level), one in levels.items() if name == field and level and _bits_of(one) > 0]
    return max(known, key=lambda one: (one.m, one.level), default=None)


def _bits_of(level: Level | None) -> float:
    if level is None or level.level == 0 or level.m <= 0 or level.u <= 0:
        return 0.0
    return log2(level.m / level.u)


def _chance(bits: float) -> float:
    return float(1 / (1 + 2.0 ** -max(-_CERTAIN, min(_CERTAIN, bits))))


def _had_it_been(reason: Reason, level: Level, chance: float, *, agreed: bool) -> Counterfactual:
    es_name, en_name = reason.name.es.lower(), reason.name.en.lower()
    es_chance, en_chance = chance_words(chance, "es"), chance_words(chance, "en")
    if agreed:
        words = Bilingual(
            es=f"sería {es_chance} si en «{es_name}» el resultado fuera: {level.label.es}",
            en=f"would be {en_chance} if “{en_name}” had come out as: {level.label.en}",
        )
    else:
        words = Bilingual(
            es=f"sería {es_chance} si no se conociera «{es_name}»",
            en=f"would be {en_chance} if “{en_name}” were not known",
        )
    return Counterfactual(reason.field, level.level, level.label, chance, words)


def bits_words(bits: float, language: Language) -> str:
    """A weight with its sign: "+3.1 bits", "−0,4 bits"."""
    sign = "+" if bits >= 0 else "−"
    return f"{sign}{_number(abs(bits), 1, language)} bits"


def chance_words(probability: float, language: Language) -> str:
    """A probability with two decimals, never rounded up to certainty: 0.97, "over 0.99", "under 0.01"."""
    if 0.99 < probability < 1:
        return f"más de {_number(0.99, 2, 'es')}" if language == "es" else "over 0.99"
    if 0 < probability < 0.01:
        return f"menos de {_number(0.01, 2, 'es')}" if language == "es" else "under 0.01"
    return _number(probability, 2, language)


def _number(value: float, places: int, language: Language) -> str:
    text = f"{value:.{places}f}"
    return text.replace(".", ",") if language == "es" else text
