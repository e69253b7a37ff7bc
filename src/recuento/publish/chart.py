"""The chart of one measure: what each party said against the band of what is implied.

Pure geometry: percentages across, pixels down, so that one figure serves every width. The template draws it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from recuento.publish.tongue import Tongue
from recuento.publish.view import PublicBound, PublicClaim
from recuento.values.quantity import Comparison, Number, Quantity
from recuento.values.wording import shortened

ROW = 46
TOP = 26
LEFT, RIGHT = 5.0, 93.0
ARROW = 97.0
ROWS_MAX = 16
_LABEL = 20
_NARROW = 42


@dataclass(frozen=True, slots=True)
class Line:
    """One claim as drawn. `start` and `end` are percentages; `fits` is "yes", "part", "no" or "" without a band."""

    claim: PublicClaim
    name: str
    day: str
    value: str
    note: str
    letter: str
    mark: str
    y: int
    start: float
    end: float
    points: tuple[float, ...]
    open_end: bool
    soft: bool
    struck: bool
    fits: str
    gap: tuple[float, float] | None
    unequal: float | None

    @property
    def is_long(self) -> bool:
        """Whether the note has no room beside the label on a narrow screen."""
        return len(f"{self.name} · {self.day} · {self.value} {self.note}") > _NARROW


@dataclass(frozen=True, slots=True)
class Band:
    """What is implied, as drawn."""

    start: float
    end: float
    label: str
    label_x: float
    anchor: str
    open_end: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart ready to be drawn. `left_out` counts claims that only the table shows."""

    lines: tuple[Line, ...]
    band: Band | None
    ticks: tuple[tuple[float, str], ...]
    height: int
    bottom: int
    left_out: int


@dataclass(frozen=True, slots=True)
class Said:
    """A claim to be drawn, with the note beside it and whether it is struck through."""

    claim: PublicClaim
    note: str
    struck: bool


LETTERS = {"square": "A", "circle": "F", "triangle": "D", "diamond": "H", "cross": "P", "pentagon": "I"}
"""The letter of the colour that goes with each mark: shape and colour always come together."""


def chart_of(said: Sequence[Said], bound: PublicBound | None, tongue: Tongue, year: int) -> Chart | None:
    """The chart of these claims against `bound`; None where there is nothing to draw."""
    drawn = _chosen([one for one in said if _has_extent(one.claim.quantity)])
    if not drawn:
        return None
    scale = _Scale.over([one.claim.quantity for one in drawn], bound)
    band = _band(bound, scale, tongue)
    bottom = TOP + ROW * len(drawn) + 16
    return Chart(
        lines=tuple(_line(one, place, scale, bound, tongue, year) for place, one in enumerate(drawn)),
        band=band,
        ticks=tuple((scale.at(tick), tongue.number(tick)) for tick in scale.ticks()),
        height=bottom + 22,
        bottom=bottom,
        left_out=len(said) - len(drawn),
    )


def fit_of(quantity: Quantity, bound: PublicBound | None) -> str:
    """Whether what was said fits what is implied: "yes", "part" (some of it), "no", or "" where it cannot be told."""
    if bound is None or quantity.is_silence or not _has_extent(quantity):
        return ""
    low, high = quantity.low, quantity.high
    if (high is not None and high < bound.low) or (low is not None and bound.high is not None and low > bound.high):
        return "no"
    inside_low = low is not None and low >= bound.low
    inside_high = bound.high is None or (high is not None and high <= bound.high)
    return "yes" if (inside_low and inside_high) or quantity.comparison in _OPEN else "part"


_OPEN = (Comparison.GE, Comparison.GT, Comparison.LE, Comparison.LT, Comparison.VAGUE)


def _has_extent(quantity: Quantity) -> bool:
    return not quantity.is_silence and (quantity.low is not None or quantity.high is not None)


def _chosen(said: Sequence[Said]) -> list[Said]:
    """At most ROWS_MAX claims: the same figure of the same voice once, what is struck goes first."""
    found: dict[tuple[object, ...], Said] = {}
    for one in said:
        quantity = one.claim.quantity
        key = (one.claim.voice.name, quantity.low, quantity.high, quantity.comparison, one.struck)
        found.setdefault(key, one)
    kept = list(found.values())
    while len(kept) > ROWS_MAX:
        struck = [one for one in kept if one.struck]
        kept.remove(struck[0] if struck else kept[-1])
    return kept


@dataclass(frozen=True, slots=True)
class _Scale:
    low: float
    high: float

    @classmethod
    def over(cls, quantities: Sequence[Quantity], bound: PublicBound | None) -> _Scale:
        ends: list[Number] = [n for q in quantities for n in (*q.stated, q.low, q.high) if n is not None]
        if bound is not None:
            ends += [n for n in (bound.low, bound.high) if n is not None]
        low, high = float(min(ends)), float(max(ends))
        if high - low < 4:
            low, high = max(0.0, low - 2), high + 2
        if low < (high - low) * 0.35:
            low = 0.0
        return cls(low, high)

    def at(self, number: Number | float) -> float:
        share = (float(number) - self.low) / (self.high - self.low)
        return round(LEFT + (RIGHT - LEFT) * share, 2)

    def ticks(self) -> list[int]:
        step = 1
        for candidate in (s * 10**power for power in range(12) for s in (1, 2, 5)):
            step = candidate
            if (self.high - self.low) / candidate <= 5:
                break
        first = -(-int(self.low) // step) * step
        return [tick for tick in range(first, int(self.high) + 1, step) if tick >= self.low]


def _band(bound: PublicBound | None, scale: _Scale, tongue: Tongue) -> Band | None:
    if bound is None:
        return None
    start = scale.at(bound.low)
    end = scale.at(bound.high) if bound.high is not None else ARROW
    middle = (start + end) / 2
    anchor, label_x = "middle", round(middle, 2)
    if middle < 25:
        anchor, label_x = "start", min(start, 2.0)
    elif middle > 75:
        anchor, label_x = "end", max(end, 98.0)
    label = tongue.t("chart_band", range=tongue.span(bound.low, bound.high))
    return Band(start, max(end, start), label, label_x, anchor, bound.high is None)


def _line(one: Said, place: int, scale: _Scale, bound: PublicBound | None, tongue: Tongue, year: int) -> Line:
    claim, quantity = one.claim, one.claim.quantity
    start = scale.at(quantity.low) if quantity.low is not None else LEFT / 2
    end = scale.at(quantity.high) if quantity.high is not None else ARROW
    soft = quantity.comparison in (Comparison.APPROX, Comparison.NEARLY)
    fits = fit_of(quantity, bound)
    gap, unequal = _gap(start, end, bound, scale) if fits == "no" else (None, None)
    party = claim.voice.party
    mark = party.mark if party is not None else "pentagon"
    return Line(
        claim=claim,
        name=shortened(tongue.say(party.short) if party is not None else tongue.say(claim.voice.name), _LABEL),
        day=tongue.day_in(claim.stated, year),
        value=shortened(tongue.quantity(quantity) + tongue.unit(claim.unit), 26),
        note=one.note,
        letter=LETTERS[mark],
        mark=mark,
        y=TOP + 36 + ROW * place,
        start=start,
        end=end,
        points=_points(quantity, start, end, soft, scale),
        open_end=quantity.high is None,
        soft=soft,
        struck=one.struck,
        fits=fits,
        gap=gap,
        unequal=None if one.struck else unequal,
    )


def _points(quantity: Quantity, start: float, end: float, soft: bool, scale: _Scale) -> tuple[float, ...]:
    if soft and quantity.stated:
        return (scale.at(quantity.stated[0]),)
    if quantity.high is None:
        return (start,)
    if quantity.low is None:
        return (end,)
    return (start,) if start == end else (start, end)


def _gap(
    start: float, end: float, bound: PublicBound | None, scale: _Scale
) -> tuple[tuple[float, float] | None, float | None]:
    if bound is None:
        return None, None
    if bound.high is not None and start > scale.at(bound.high):
        edge = scale.at(bound.high)
        beyond = end + 3.2 if end < ARROW - 4 else scale.at(bound.low) - 3.2
        return _between(edge, start - 2.6, beyond=beyond)
    edge = scale.at(bound.low)
    return _between(end + 2.6, edge, beyond=start - 3.2)


def _between(left: float, right: float, *, beyond: float) -> tuple[tuple[float, float] | None, float]:
    """The dotted gap and the place of its sign; where there is no room between, the sign stands beyond the mark."""
    if right - left < 4:
        return None, round(min(max(beyond, 2.0), 98.0), 2)
    return (round(left, 2), round(right, 2)), round((left + right) / 2, 2)
