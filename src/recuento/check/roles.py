"""What a percentage is: a share, a rise, a fall, or a rate of occupancy."""

from __future__ import annotations

from enum import StrEnum

from recuento.check.mentions import Kind, Mention, Sentence, has
from recuento.check.words import FALL, OCCUPANCY, OVER_CAPACITY, OVERCROWDING, RISE


class Role(StrEnum):
    """What a percentage says."""

    SHARE = "share"
    RISE = "rise"
    FALL = "fall"
    OCCUPANCY = "occupancy"
    OVERCROWDING = "overcrowding"


def role_of(sentence: Sentence, percent: Mention) -> Role:
    """What a percentage says, by the words nearest to it in its clause."""
    before, after = _clause_before(sentence, percent), _clause_after(sentence, percent)
    if has(after, OVER_CAPACITY):
        return Role.OVERCROWDING
    rate = _rate_word(before, after)
    if rate is not None:
        return rate
    at_once = " " + " ".join(after.split()[:2]) + " "
    if has(at_once, _MORE):
        return Role.RISE
    if has(at_once, _LESS):
        return Role.FALL
    return _direction(before) or Role.SHARE


_MORE = ("more", "higher", "mas", "superior")
_LESS = ("less", "fewer", "lower", "menos", "inferior")


def _rate_word(before: str, after: str) -> Role | None:
    """The rate that is named nearest before the percentage, else after it."""
    named = [(place, role) for words, role in ((OVERCROWDING, Role.OVERCROWDING), (OCCUPANCY, Role.OCCUPANCY))
             if (place := _last_place(before, words)) >= 0]  # fmt: skip
    if named:
        return max(named, key=lambda pair: pair[0])[1]
    if has(after, OVERCROWDING):
        return Role.OVERCROWDING
    return Role.OCCUPANCY if has(after, OCCUPANCY) else None


def _direction(before: str) -> Role | None:
    """The rise or fall that is named within the seven words before."""
    words = before.split()
    if words[-1:] in (["up"], ["down"], ["bajo"]) and words[-2:-1] not in (["make"], ["makes"], ["made"], ["making"]):
        return Role.RISE if words[-1] == "up" else Role.FALL
    near = " " + " ".join(words[-7:]) + " "
    up, down = _last_place(near, RISE), _last_place(near, FALL)
    if up < 0 and down < 0:
        return None
    return Role.RISE if up > down else Role.FALL


def _last_place(gap: str, phrases: tuple[str, ...]) -> int:
    return max((gap.rfind(f" {phrase} ") for phrase in phrases), default=-1)


def _clause_before(sentence: Sentence, percent: Mention) -> str:
    """The words before it, back to a semicolon or another percentage or the twelfth word."""
    first = max([m.last for m in sentence.mentions if m.kind is Kind.PERCENT and m.last <= percent.first] + [0])
    words = sentence.gap(max(first, percent.first - 12), percent.first).split()
    if ";" in words:
        words = words[len(words) - words[::-1].index(";") :]
    return " " + " ".join(words) + " "


def _clause_after(sentence: Sentence, percent: Mention) -> str:
    last = min(
        [m.first for m in sentence.mentions if m.first >= percent.last] + [percent.last + 7, len(sentence.tokens)]
    )
    words = sentence.gap(percent.last, last).split()
    for k, word in enumerate(words):
        if word in (";", ",", ".", ")", ":"):
            words = words[:k]
            break
    return " " + " ".join(words) + " "
