"""Estimates as SVG: people seen as a solid bar, what is estimated beyond them as an open, hatched interval.

The pictures use the colour of the text around them and no style sheet, so that they stand alone, print, and pass
a strict content security policy. Every picture says in its title and description what it shows.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape
from textwrap import wrap

import numpy as np

from recuento.estimate.outcome import Outcome
from recuento.estimate.report import number, quotable
from recuento.values.bilingual import Language

WIDTH = 480
LEFT = 14
RIGHT = 26
ROW = 58
LINE = 18
LABEL_CHARACTERS = 48
CURVE = 90


def estimate_chart(estimate: Outcome, language: Language = "es") -> str:
    """One estimate: the people seen, the 50 % and 95 % intervals, the posterior above where there is one."""
    return side_by_side_chart([estimate], language, curve=estimate.posterior is not None)


def side_by_side_chart(estimates: Sequence[Outcome], language: Language = "es", *, curve: bool = False) -> str:
    """Several methods under one another on one scale that starts at 0; an open end leaves the picture as an arrow.

    Raises ValueError without estimates.
    """
    if not estimates:
        raise ValueError("a chart needs an estimate")
    end = _scale_end(estimates)
    top = (CURVE if curve else 0) + 12
    labels = [_label(each, language) for each in estimates]
    tops = [top]
    for label in labels:
        tops.append(tops[-1] + ROW + LINE * (len(label) - 1))
    height = tops[-1] + 30
    body = [_hatch(), *_axis(end, top, height, language)]
    if curve:
        body.append(_curve(estimates[0], end, top))
    for estimate, label, row_top in zip(estimates, labels, tops, strict=False):
        body.extend(_row(estimate, label, end, row_top))
    title = (
        " · ".join(dict.fromkeys(each.title.text(language) for each in estimates))
        if len(estimates) < 4
        else ("Varios métodos" if language == "es" else "Several methods")
    )
    words = " ".join(f"{each.title.text(language)}: {quotable(each, language)}" for each in estimates)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" lang="{language}" '
        f'fill="currentColor" font-family="system-ui, sans-serif" font-size="16">'
        f"<title>{escape(title)}</title><desc>{escape(words)}</desc>{''.join(body)}</svg>"
    )


def _scale_end(estimates: Sequence[Outcome]) -> float:
    """Where the scale ends: beyond every finite 95 % end, unless one is so far that it would squeeze the others."""
    ends = [high for each in estimates for high in [each.interval(0.95)[1]] if math.isfinite(high)]
    points = [each.point for each in estimates if math.isfinite(each.point)] + [
        float(each.observed) for each in estimates
    ]
    typical = float(np.median(ends)) if ends else max(points)
    return 1.06 * max(
        [*(end for end in ends if end <= 4 * typical), *(point for point in points if point <= 4 * typical), 1.0]
    )


def _at(value: float, end: float) -> float:
    return round(LEFT + (WIDTH - LEFT - RIGHT) * min(max(value, 0.0), end) / end, 1)


def _hatch() -> str:
    return (
        '<defs><pattern id="recuento-estimated" width="6" height="6" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><rect width="2" height="6" fill="currentColor" opacity=".55"/></pattern></defs>'
    )


def _axis(end: float, top: int, height: int, language: Language) -> list[str]:
    base = height - 24
    marks = []
    for tick in _ticks(end):
        x = _at(tick, end)
        marks.append(
            f'<line x1="{x}" x2="{x}" y1="{top}" y2="{base}" stroke="currentColor" opacity=".18"/>'
            f'<text x="{x}" y="{height - 6}" text-anchor="middle" opacity=".75">{number(tick, language)}</text>'
        )
    return marks


def _ticks(end: float) -> list[float]:
    step = 10 ** math.floor(math.log10(end))
    step = next(s for s in (step / 5, step / 2, step, step * 2) if end / s <= 5)
    return [at * step for at in range(int(end / step) + 1)] if step >= 1 else [0.0, float(math.floor(end))]


def _label(estimate: Outcome, language: Language) -> list[str]:
    """The lines of the label of a row."""
    label = estimate.title.text(language)
    if estimate.gravity == "do not report":
        label += " — " + ("no se publique" if language == "es" else "do not report")
    return wrap(label, LABEL_CHARACTERS)


def _row(estimate: Outcome, label: Sequence[str], end: float, top: int) -> list[str]:
    low, high = estimate.interval(0.95)
    near_low, near_high = estimate.interval(0.5)
    middle = top + 36 + LINE * (len(label) - 1)
    x_seen = _at(estimate.observed, end)
    parts = [
        *(
            f'<text x="{LEFT}" y="{top + 16 + LINE * at}" font-size="15">{escape(words)}</text>'
            for at, words in enumerate(label)
        ),
        f'<rect x="{LEFT}" y="{middle - 7}" width="{max(x_seen - LEFT, 1)}" height="14" opacity=".85"/>',
        f'<rect x="{_at(low, end)}" y="{middle - 7}" width="{max(_at(high, end) - _at(low, end), 1)}" height="14" '
        'fill="url(#recuento-estimated)" stroke="currentColor" stroke-width="1"/>',
        f'<line x1="{_at(near_low, end)}" x2="{_at(near_high, end)}" y1="{middle + 11}" y2="{middle + 11}" '
        'stroke="currentColor" stroke-width="4"/>',
        f'<line x1="{_at(estimate.point, end)}" x2="{_at(estimate.point, end)}" y1="{middle - 11}" y2="{middle + 15}" '
        'stroke="currentColor" stroke-width="3"/>',
    ]
    if estimate.only_a_bound or high > end:
        tip = WIDTH - 6
        parts.append(
            f'<path d="M{_at(high, end)} {middle}H{tip}m-8 -6l8 6l-8 6" fill="none" stroke="currentColor" '
            'stroke-width="2"/>'
        )
    return parts


def _curve(estimate: Outcome, end: float, base: int) -> str:
    """The posterior as a filled curve: probability gathered into 180 equal slices of the scale."""
    posterior = estimate.posterior
    if posterior is None:
        return ""
    slices = np.minimum((posterior.support / end * 180).astype(int), 180)
    heights = np.bincount(slices, weights=posterior.mass, minlength=181)[:180]
    tallest = heights.max() or 1.0
    points = " ".join(
        f"{_at((at + 0.5) * end / 180, end)},{round(base - 4 - (CURVE - 12) * height / tallest, 1)}"
        for at, height in enumerate(heights)
    )
    return (
        f'<polygon points="{_at(0, end)},{base - 4} {points} {_at(end, end)},{base - 4}" '
        'fill="url(#recuento-estimated)" stroke="currentColor" stroke-width="1.2"/>'
    )
