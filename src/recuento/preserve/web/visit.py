"""Visit an address as a polite reader would: robots.txt first, at the site's pace, through redirects, to its parts.

A visit gives every request and answer it took, in their order, and what became of the address. It knows no disk: the
fetcher, the jail's look and the clock are handed in.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Protocol

from recuento.errors import InvalidValue
from recuento.model.capture import CaptureOutcome, PagePart, Redirect
from recuento.preserve import media_types
from recuento.preserve.extract import Task
from recuento.preserve.web.addresses import WebAddress, joined, web_address
from recuento.preserve.web.ends import judged_by_end
from recuento.preserve.web.exchange import Ask, End, Exchange
from recuento.preserve.web.http_message import Body, BodyBomb, BodyBroken, body_of
from recuento.preserve.web.pace import Pace, retry_after_seconds
from recuento.preserve.web.payload import plain_type
from recuento.preserve.web.robots import ALL_ALLOWED, NONE_ALLOWED, Robots, robots_from
from recuento.preserve.web.walls import CAPTURED, Judged, judged_by_look
from recuento.values.bilingual import Bilingual

PRODUCT = "Recuento"
"""What we call ourselves in a user agent and look for in a robots.txt."""
REDIRECTS_MAX = 10
_ROBOTS_REDIRECTS_MAX = 5
_PART_REDIRECTS_MAX = 3
_REFRESH_SECONDS_MAX = 5
_ROBOTS_BYTES_MAX = 1 << 20
_RETRIES = 1
_REDIRECTS = (301, 302, 303, 307, 308)


class Look(Protocol):
    """Looks at a web file in the jail (`extract.look`)."""

    def __call__(self, task: Task, data: bytes) -> dict[str, Any]:
        """What the file shows."""
        ...


@dataclass(frozen=True, slots=True)
class VisitSettings:
    """How visits are made. `ask` is the pattern of every request; of parts so many are taken, so large, so long."""

    ask: Ask
    parts_max: int = 80
    parts_bytes_max: int = 30 << 20
    parts_seconds_max: float = 90.0
    retry_after_seconds_max: float = 60.0
    """A site that asks to come back later than this is told of, and not waited for."""


class StepKind(StrEnum):
    """What a request was for."""

    ROBOTS = "robots"
    PAGE = "page"
    PART = "part"


@dataclass(frozen=True, slots=True)
class Step:
    """One request and its answer, between two readings of our clock."""

    kind: StepKind
    exchange: Exchange
    before: datetime
    after: datetime


@dataclass(frozen=True, slots=True)
class Visit:
    """What came of an address. `final` is the step whose answer counts, `body` what it held, unpacked."""

    url: str
    judged: Judged
    steps: tuple[Step, ...]
    redirects: tuple[Redirect, ...] = ()
    final: Step | None = None
    body: Body | None = None
    look: Mapping[str, Any] = field(default_factory=dict)
    parts: tuple[PagePart, ...] = ()
    come_back_seconds: float | None = None
    """How long the site asked to wait, where that was too long to wait for."""


class Visitor:
    """Visits addresses one after the other and remembers, for its own lifetime, each site's rules, pace and parts."""

    def __init__(
        self,
        fetch: Callable[[Ask], Exchange],
        look: Look,
        settings: VisitSettings,
        *,
        pace: Pace | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.settings = settings
        self.pace = pace or Pace()
        self._fetch = fetch
        self._look = look
        self._clock = clock
        self._sleep = sleep
        self._robots: dict[str, Robots | Judged] = {}
        self._parts: dict[str, PagePart] = {}

    def seconds_until(self, url: str) -> float:
        """How long this address has to wait for its site's turn; 0 where it is no address."""
        try:
            address = web_address(url)
        except InvalidValue:
            return 0.0
        return self.pace.wait(address.place, time.monotonic())

    def visit(self, url: str) -> Visit:
        """Ask for an address and for the parts of its page. Raises nothing for what a site does."""
        walk = _Walk(url)
        self._walk(walk)
        if walk.judged.outcome.is_kept_as_document and walk.look and self.settings.parts_max:
            walk.parts = tuple(self._parts_of(walk))
        return Visit(
            url=url,
            judged=walk.judged,
            steps=tuple(walk.steps),
            redirects=tuple(walk.redirects),
            final=walk.final,
            body=walk.body,
            look=walk.look,
            parts=walk.parts,
            come_back_seconds=walk.come_back_seconds,
        )

    def _walk(self, walk: _Walk) -> None:
        at = walk.url
        for _ in range(REDIRECTS_MAX + 1):
            walk.seen.add(at)
            step = self._page(walk, at)
            if step is None:
                return
            walk.final = step
            onward = self._onward(walk, step)
            if onward is None:
                return
            walk.redirects.append(onward)
            if onward.to in walk.seen:
                walk.judged = _loop(step)
                return
            at = onward.to
        walk.judged = _TOO_MANY

    def _page(self, walk: _Walk, url: str) -> Step | None:
        """The answer of an address that may be asked for, else None with the reason in `walk`."""
        try:
            address = web_address(url)
        except InvalidValue as error:
            walk.judged = Judged(CaptureOutcome.ADDRESS_REFUSED, Bilingual(es=error.es, en=error.en))
            return None
        refused = self._refused(walk, address)
        if refused is not None:
            walk.judged = refused
            return None
        for tries in range(_RETRIES + 1):
            step = self._asked(walk, address, StepKind.PAGE)
            seconds = self._told_to_wait(address, step)
            if seconds is None or tries == _RETRIES or seconds > self.settings.retry_after_seconds_max:
                walk.come_back_seconds = seconds
                return step
        raise AssertionError("the last try returns")

    def _told_to_wait(self, address: WebAddress, step: Step) -> float | None:
        head = step.exchange.head()
        if head is None or head.status not in (429, 503):
            return None
        seconds = retry_after_seconds(head.field("retry-after"), step.after)
        if seconds is not None:
            self.pace.come_back(address.place, time.monotonic(), seconds)
        return seconds

    def _onward(self, walk: _Walk, step: Step) -> Redirect | None:
        """Where the answer leads; None where it stands, with the outcome in `walk`."""
        exchange = step.exchange
        head = exchange.head()
        walk.judged = judged_by_end(exchange)
        if head is not None and head.status in _REDIRECTS:
            to = joined(exchange.url, head.field("location") or "") if head.field("location") else None
            if to is None:
                walk.judged = _LEADS_NOWHERE
                return None
            return Redirect(exchange.url, to, head.status)
        if head is None or not walk.judged.outcome.is_kept_as_document:
            return None
        walk.body = _unpacked(walk, exchange, self.settings.ask.limits.body_bytes_max)
        return None if walk.body is None else self._looked(walk, exchange)

    def _looked(self, walk: _Walk, exchange: Exchange) -> Redirect | None:
        head, body = exchange.head(), walk.body
        assert head is not None and body is not None
        if not body.data:
            if walk.judged is CAPTURED:
                walk.judged = _EMPTY
            return None
        if not _is_html(head.field("content-type") or "", body.data):
            return None
        look = self._look("page", body.data)
        refresh = _refresh(look, exchange.url)
        if refresh is not None and refresh.to not in walk.seen:
            return refresh
        walk.look = look
        by_look = judged_by_look(walk.url, exchange.url, look)
        if by_look is not CAPTURED and walk.judged.outcome is CaptureOutcome.CAPTURED:
            walk.judged = by_look
        return None

    def _refused(self, walk: _Walk, address: WebAddress) -> Judged | None:
        """Why an address must not be asked for: its site wants us back later, or robots.txt forbids it."""
        seconds = self.pace.wait(address.place, time.monotonic())
        if seconds > self.settings.retry_after_seconds_max:
            walk.come_back_seconds = seconds
            return _LATER
        place = f"{address.scheme}://{address.place}"
        if place not in self._robots:
            self._robots[place] = self._robots_of(walk, address)
        robots = self._robots[place]
        if isinstance(robots, Judged):
            return robots
        self.pace.slow_down(address.place, robots.delay_seconds)
        if robots is NONE_ALLOWED:
            return _ROBOTS_UNREADABLE
        return None if robots.allows(address.target) else _ROBOTS_REFUSE

    def _robots_of(self, walk: _Walk, address: WebAddress) -> Robots | Judged:
        at = f"{address.scheme}://{address.place}/robots.txt"
        for _ in range(_ROBOTS_REDIRECTS_MAX + 1):
            step = self._asked(walk, web_address(at), StepKind.ROBOTS)
            head = step.exchange.head()
            if step.exchange.end in _SAME_FOR_THE_PAGE:
                return judged_by_end(step.exchange)
            if head is None or head.status == 429 or head.status >= 500:
                return NONE_ALLOWED
            if head.status in _REDIRECTS:
                to = joined(at, head.field("location") or "")
                if to is None:
                    return ALL_ALLOWED
                at = to
                continue
            if not 200 <= head.status < 300:
                return ALL_ALLOWED
            try:
                data = body_of(step.exchange.response, head, _ROBOTS_BYTES_MAX).data
            except BodyBroken:
                return NONE_ALLOWED
            return robots_from(data, PRODUCT)
        return ALL_ALLOWED

    def _asked(self, walk: _Walk, address: WebAddress, kind: StepKind, referer: str = "") -> Step:
        """One request, when the site's turn has come."""
        seconds = self.pace.wait(address.place, time.monotonic())
        if seconds > 0:
            self._sleep(seconds)
        limits = self.settings.ask.limits
        if kind is StepKind.ROBOTS:
            limits = replace(limits, body_bytes_max=_ROBOTS_BYTES_MAX)
        if kind is StepKind.PART:
            limits = replace(limits, body_bytes_max=min(limits.body_bytes_max, max(walk.parts_bytes_left, 0)))
        accept = self.settings.ask.accept if kind is StepKind.PAGE else "*/*"
        before = self._clock()
        exchange = self._fetch(
            replace(self.settings.ask, url=address.url, accept=accept, referer=referer, limits=limits)
        )
        step = Step(kind, exchange, before, self._clock())
        self.pace.asked(address.place, time.monotonic(), part=kind is not StepKind.PAGE)
        walk.steps.append(step)
        return step

    def _parts_of(self, walk: _Walk) -> Iterator[PagePart]:
        """Styles and pictures of the page, and what its styles draw in, within the limits."""
        assert walk.final is not None
        walk.parts_bytes_left = self.settings.parts_bytes_max
        deadline = time.monotonic() + self.settings.parts_seconds_max
        base = joined(walk.final.exchange.url, str(walk.look.get("base") or "")) or walk.final.exchange.url
        waiting = list(_part_addresses(walk.look, base))
        seen = {walk.final.exchange.url}
        taken = 0
        while waiting:
            url, kind = waiting.pop(0)
            if url in seen:
                continue
            seen.add(url)
            if url in self._parts:
                # It is in the archive of an earlier page of this run already.
                yield self._parts[url]
                continue
            if taken >= self.settings.parts_max or time.monotonic() > deadline or walk.parts_bytes_left <= 0:
                yield PagePart(url, CaptureOutcome.TOO_LARGE, _NO_ROOM)
                continue
            taken += 1
            part, styled = self._part(walk, url, kind)
            if part.outcome is CaptureOutcome.CAPTURED:
                self._parts[url] = part
            yield part
            # What a style draws in comes before the pictures of the page: it is how the page looks.
            waiting = [*styled, *waiting]

    def _part(self, walk: _Walk, url: str, kind: str) -> tuple[PagePart, list[tuple[str, str]]]:
        at = url
        for _ in range(_PART_REDIRECTS_MAX + 1):
            address = web_address(at)
            refused = self._refused(walk, address)
            if refused is not None:
                return PagePart(url, refused.outcome, refused.reason), []
            exchange = self._asked(walk, address, StepKind.PART, referer=_origin(walk)).exchange
            walk.parts_bytes_left -= len(exchange.response)
            head = exchange.head()
            if head is not None and head.status in _REDIRECTS:
                to = joined(at, head.field("location") or "")
                if to is None:
                    return PagePart(url, _LEADS_NOWHERE.outcome, _LEADS_NOWHERE.reason), []
                at = to
                continue
            judged = judged_by_end(exchange)
            styled = self._styled(exchange) if kind == "style" and judged is CAPTURED else []
            return PagePart(url, judged.outcome, judged.reason), styled
        return PagePart(url, _TOO_MANY.outcome, _TOO_MANY.reason), []

    def _styled(self, exchange: Exchange) -> list[tuple[str, str]]:
        head = exchange.head()
        if head is None:
            return []
        try:
            data = body_of(exchange.response, head, self.settings.ask.limits.body_bytes_max).data
        except BodyBroken:
            return []
        return list(_part_addresses(self._look("style", data), exchange.url))


@dataclass(slots=True)
class _Walk:
    """A visit while it goes on."""

    url: str
    judged: Judged = CAPTURED
    steps: list[Step] = field(default_factory=list)
    redirects: list[Redirect] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    final: Step | None = None
    body: Body | None = None
    look: Mapping[str, Any] = field(default_factory=dict)
    parts: tuple[PagePart, ...] = ()
    parts_bytes_left: int = 0
    come_back_seconds: float | None = None


def _unpacked(walk: _Walk, exchange: Exchange, bytes_max: int) -> Body | None:
    head = exchange.head()
    assert head is not None
    try:
        body = body_of(exchange.response, head, bytes_max)
    except BodyBroken as error:
        outcome = CaptureOutcome.TOO_LARGE if isinstance(error, BodyBomb) else CaptureOutcome.DAMAGED
        walk.judged = Judged(outcome, Bilingual(es=error.es, en=error.en))
        return None
    if body.is_cut and walk.judged is CAPTURED:
        walk.judged = _CUT_INSIDE
    return body


def _is_html(media_type: str, data: bytes) -> bool:
    plain = plain_type(media_type)
    return plain in ("text/html", "application/xhtml+xml") or media_types.at_first_sight(data, "") == media_types.HTML


def _refresh(look: Mapping[str, Any], url: str) -> Redirect | None:
    found = look.get("refresh")
    if not (isinstance(found, list) and len(found) == 2 and isinstance(found[0], int) and isinstance(found[1], str)):
        return None
    to = joined(url, found[1])
    return Redirect(url, to, None) if to is not None and to != url and found[0] <= _REFRESH_SECONDS_MAX else None


def _part_addresses(look: Mapping[str, Any], base: str) -> Iterator[tuple[str, str]]:
    found = look.get("parts")
    for part in found if isinstance(found, list) else ():
        if isinstance(part, list) and len(part) == 2 and isinstance(part[0], str):
            to = joined(base, part[0])
            if to is not None:
                yield to, str(part[1])


def _origin(walk: _Walk) -> str:
    """The site a part is asked for from: some give pictures to their own pages alone. Not the page itself."""
    assert walk.final is not None
    address = web_address(walk.final.exchange.url)
    return f"{address.scheme}://{address.place}/"


def _loop(step: Step) -> Judged:
    head = step.exchange.head()
    cookies = head is not None and head.field("set-cookie") is not None
    return Judged(
        CaptureOutcome.REDIRECT_LOOP,
        Bilingual(
            es="las redirecciones vuelven al principio"
            + (": el sitio exige cookies, que no se llevan" if cookies else ""),
            en="its redirects lead back to the start"
            + (": the site wants cookies, which we do not carry" if cookies else ""),
        ),
    )


_SAME_FOR_THE_PAGE = (End.UNKNOWN_HOST, End.UNREACHABLE, End.TLS, End.REFUSED_ADDRESS, End.PROXY)
"""Where robots.txt could not be asked for so, the page cannot be either, and for the same reason."""
_TOO_MANY = Judged(
    CaptureOutcome.REDIRECT_LOOP,
    Bilingual(es=f"redirige más de {REDIRECTS_MAX} veces", en=f"it redirects more than {REDIRECTS_MAX} times"),
)
_LEADS_NOWHERE = Judged(
    CaptureOutcome.ADDRESS_REFUSED,
    Bilingual(es="redirige a lo que no es una dirección de la web", en="it redirects to what is no address of the web"),
)
_EMPTY = Judged(CaptureOutcome.EMPTY, Bilingual(es="la página está vacía", en="the page is empty"))
_CUT_INSIDE = Judged(
    CaptureOutcome.PARTIAL,
    Bilingual(es="su contenido comprimido está cortado", en="its compressed content is cut"),
)
_LATER = Judged(
    CaptureOutcome.BLOCKED,
    Bilingual(
        es="el sitio pidió volver más tarde; no se pidió nada", en="the site asked to come back later; not asked"
    ),
)
_NO_ROOM = Bilingual(
    es="no se pidió: la página muestra más de lo que se guarda de una",
    en="not asked: it shows more than is kept of a page",
)
_ROBOTS_REFUSE = Judged(
    CaptureOutcome.ROBOTS_REFUSED,
    Bilingual(
        es="su robots.txt pide que los programas no la lean; guárdela desde el navegador y tráigala como archivo",
        en="its robots.txt asks programs not to read it; save it from your browser and bring it in as a file",
    ),
)
_ROBOTS_UNREADABLE = Judged(
    CaptureOutcome.ROBOTS_REFUSED,
    Bilingual(
        es="no se pudo leer su robots.txt, y sin él no se pide nada (RFC 9309); vuelva a intentarlo más tarde",
        en="its robots.txt could not be read, and without it nothing is asked (RFC 9309); try again later",
    ),
)
