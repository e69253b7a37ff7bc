"""How often each site is asked: never faster than it can bear, and not before it said one may come back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime

CRAWL_DELAY_SECONDS_MAX = 120.0
"""A site that asks for more is asked this seldom: at an hour between pages nothing could be kept."""


@dataclass(slots=True)
class Pace:
    """When each place may be asked next. Times are seconds of one clock that never goes back.

    `page_seconds` pass between two pages of a place, `part_seconds` between the pictures and styles of a page.
    """

    page_seconds: float = 1.0
    part_seconds: float = 0.2
    _next: dict[str, float] = field(default_factory=dict)
    _delay: dict[str, float] = field(default_factory=dict)

    def wait(self, place: str, now: float) -> float:
        """How many seconds to wait before asking."""
        return max(0.0, self._next.get(place, now) - now)

    def asked(self, place: str, now: float, *, part: bool = False) -> None:
        """Note that it was just asked."""
        seconds = self._delay.get(place, self.part_seconds if part else self.page_seconds)
        self._next[place] = max(self._next.get(place, now), now + seconds)

    def slow_down(self, place: str, seconds: float | None) -> None:
        """Keep the delay that the site's robots.txt asks for; one shorter than ours changes nothing."""
        if seconds is not None and seconds > self.page_seconds:
            self._delay[place] = min(seconds, CRAWL_DELAY_SECONDS_MAX)

    def come_back(self, place: str, now: float, seconds: float) -> None:
        """Ask it no more for so long."""
        self._next[place] = max(self._next.get(place, now), now + seconds)


def retry_after_seconds(value: str | None, at: datetime) -> float | None:
    """What a Retry-After field asks for: seconds, or a date. None where it is missing or says nothing."""
    words = (value or "").strip()
    if words.isascii() and words.isdigit() and len(words) < 10:
        return float(words)
    try:
        until = parsedate_to_datetime(words)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if until.tzinfo is None:
        return None
    return max(0.0, (until - at).total_seconds())
