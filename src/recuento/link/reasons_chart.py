"""The waterfall of a pair's reasons: as data for any chart, and as a small SVG that needs no script and no font."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from recuento.link.reasons import PairReasons, bits_words, chance_words
from recuento.values.bilingual import Bilingual, Language
from recuento.values.wording import shortened

_WIDTH = 760
_LEFT, _RIGHT = 350, 670
_TOP, _ROW, _BAR = 36, 40, 18
_LETTERS_MAX = 58

_START = Bilingual(es="Antes de comparar", en="Before comparing")
_NOTHING = Bilingual.same("")
_TOTAL = Bilingual(es="Total", en="Total")
_EVEN = Bilingual(es="0: tan probable una persona como dos", en="0: one person as likely as two")
_COLOURS = {"for": "#1f6f5c", "against": "#a8402d", "total": "#44505c"}


@dataclass(frozen=True, slots=True)
class Step:
    """One bar: from `start` to `end` in bits of log odds. The steps before the total lead from 0 to the weight."""

    field: str
    """The field, "prior" or "total"."""
    name: Bilingual
    label: Bilingual
    """What came out of comparing it; empty for the prior and the total."""
    bits: float
    start: float
    end: float


def waterfall(reasons: PairReasons) -> tuple[Step, ...]:
    """The steps from what was known before comparing to the whole; fields that say nothing are left out."""
    steps = [Step("prior", _START, _NOTHING, reasons.prior_bits, 0.0, reasons.prior_bits)]
    at = reasons.prior_bits
    for reason in reasons.reasons:
        if reason.bits != 0:
            steps.append(Step(reason.field, reason.name, reason.label, reason.bits, at, at + reason.bits))
            at += reason.bits
    return (*steps, Step("total", _TOTAL, _NOTHING, reasons.weight, 0.0, reasons.weight))


def waterfall_svg(reasons: PairReasons, language: Language) -> str:
    """The waterfall drawn, with a title and a description that say the same in words.

    It names fields and outcomes, never a value of an entry. Sign and side tell for from against, not colour alone.
    """
    steps = waterfall(reasons)
    low = min(0.0, *(min(one.start, one.end) for one in steps))
    high = max(0.0, *(max(one.start, one.end) for one in steps))
    scale = (_RIGHT - _LEFT) / max(high - low, 1e-9)
    height = _TOP + _ROW * len(steps) + 30
    zero = _LEFT - low * scale
    ident = f"reasons-{language}"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="100%" role="img" '
        f'lang="{language}" aria-labelledby="{ident}-title {ident}-desc" font-family="system-ui, sans-serif" '
        'font-size="13" fill="currentColor">',
        f'<title id="{ident}-title">{escape(_title(reasons, language))}</title>',
        f'<desc id="{ident}-desc">{escape(reasons.words.text(language))}</desc>',
        f'<text x="{zero:.1f}" y="18" text-anchor="middle" font-size="11">{escape(_EVEN.text(language))}</text>',
        f'<line x1="{zero:.1f}" y1="{_TOP - 8}" x2="{zero:.1f}" y2="{height - 26}" stroke="currentColor" '
        'stroke-dasharray="2 3" opacity="0.6"/>',
    ]
    parts += [_bar(one, place, zero, scale, language) for place, one in enumerate(steps)]
    parts.append(
        f'<text x="{_LEFT - 10}" y="{height - 8}" text-anchor="end" font-weight="bold">'
        f"{'Probabilidad' if language == 'es' else 'Probability'} {chance_words(reasons.probability, language)}</text>"
    )
    return "\n".join([*parts, "</svg>"])


def _title(reasons: PairReasons, language: Language) -> str:
    chance = chance_words(reasons.probability, language)
    if language == "es":
        return f"Por qué los registros {reasons.left} y {reasons.right} serían la misma persona: {chance}"
    return f"Why entries {reasons.left} and {reasons.right} would be one person: {chance}"


def _bar(step: Step, place: int, zero: float, scale: float, language: Language) -> str:
    y = _TOP + _ROW * place
    middle = y + _BAR / 2 + 4.5
    start, end = zero + step.start * scale, zero + step.end * scale
    kind = "total" if step.field == "total" else ("for" if step.bits >= 0 else "against")
    weight = ' font-weight="bold"' if step.field == "total" else ""
    label = shortened(step.label.text(language), _LETTERS_MAX)
    lines = [f'<text x="{_LEFT - 10}" y="{y + 8 if label else middle}" text-anchor="end"{weight}>']
    lines.append(f"{escape(step.name.text(language))}</text>")
    if label:
        lines.append(f'<text x="{_LEFT - 10}" y="{y + 23}" text-anchor="end" font-size="11">{escape(label)}</text>')
    lines.append(
        f'<rect x="{min(start, end):.1f}" y="{y}" width="{max(abs(end - start), 1.5):.1f}" height="{_BAR}" '
        f'fill="{_COLOURS[kind]}"/>'
    )
    lines.append(
        f'<text x="{max(start, end) + 6:.1f}" y="{middle:.1f}"{weight}>{bits_words(step.bits, language)}</text>'
    )
    return "".join(lines)
