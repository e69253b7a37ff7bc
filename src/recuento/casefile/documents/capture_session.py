"""One command's captures from beginning to end: addresses, lists and feeds onto the list, and the list worked off."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from recuento import __version__
from recuento.casefile.casefile import Casefile
from recuento.casefile.documents.capturing import CaptureRun, capture_listed, list_addresses
from recuento.casefile.documents.preserving import Progress
from recuento.casefile.documents.web_archives import payload_in_archive
from recuento.casefile.settings.capture_settings import CaptureSettings
from recuento.errors import CheckFailed, Fault, FaultsFound, InvalidValue
from recuento.model.capture import Capture
from recuento.preserve.extract import look
from recuento.preserve.web.addresses import joined, web_address
from recuento.preserve.web.fetching import Fetcher
from recuento.preserve.web.pace import Pace
from recuento.preserve.web.screenshot import Photographer
from recuento.preserve.web.visit import Visitor
from recuento.store import capture_jobs, captures, log, runs
from recuento.store.encoding import instant
from recuento.values.bilingual import Bilingual

VISITS_ARE_SEEN = Bilingual(
    es="Una visita le dice al sitio quién lo observa: ve la dirección de su red, la hora y que usa Recuento. Si eso "
    "importa, use un proxy o Tor (--proxy socks5://127.0.0.1:9050).",
    en="A visit tells the site who is watching: it sees the address of your network, the time, and that you use "
    "Recuento. Where that matters, use a proxy or Tor (--proxy socks5://127.0.0.1:9050).",
)
_STEP, _TOLD = "capture", "visits are seen"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is wanted captured: addresses, lists, feeds, batches that are on the list already.

    `resume` also goes on with whatever is left on the list.
    """

    urls: tuple[str, ...] = ()
    lists: tuple[Path, ...] = ()
    feeds: tuple[str, ...] = ()
    resume: bool = False
    batches: tuple[str, ...] = ()


@dataclass(slots=True)
class Report:
    """What came of it. `known` are addresses of feeds that were captured before; `open` is what stays on the list."""

    captures: list[Capture] = field(default_factory=list)
    postponed: dict[str, datetime] = field(default_factory=dict)
    known: int = 0
    open: int = 0
    faults: list[Fault] = field(default_factory=list)

    def add(self, run: CaptureRun) -> None:
        """Add what a run made."""
        self.captures += run.captures
        self.postponed.update(run.postponed)


def batches_left(casefile: Casefile, now: datetime) -> dict[str, tuple[str, ...]]:
    """The batches of addresses that can be captured now, by the person who put them on the list."""
    with casefile.database.reading() as connection:
        left = [one for one in capture_jobs.open_jobs(connection) if one.not_before is None or one.not_before <= now]
    people = dict.fromkeys(one.asked_by for one in left)
    return {by: tuple(dict.fromkeys(one.batch for one in left if one.asked_by == by)) for by in people}


def was_told(casefile: Casefile) -> bool:
    """Whether the team has been told, once, that a visit shows who watches."""
    if casefile.settings.capture.told:
        return True
    with casefile.database.reading() as connection:
        return runs.finished(connection, _STEP, _TOLD) is not None


def note_told(casefile: Casefile, *, by: str, at: datetime) -> None:
    """Note that somebody has been told and goes on."""
    with casefile.database.writing() as connection:
        runs.finish(connection, _STEP, _TOLD, by, __version__, at)
        log.act_done(connection, log.Act.DECIDED, by, instant(at), {"of": "visits to sites are seen by them"})


def capture_wanted(
    casefile: Casefile,
    wanted: Wanted,
    settings: CaptureSettings,
    *,
    by: str,
    clock: Callable[[], datetime],
    progress: Progress | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> Report:
    """Capture what is wanted. Raises FaultsFound with every address that is none, before anything is asked for."""
    listed = _addresses(wanted)
    report = Report()
    with (
        Fetcher() as fetcher,
        Photographer(clock, chromium=settings.chromium, unconfined=settings.chromium_unconfined) as camera,
    ):
        pace = Pace(float(settings.seconds_between), min(0.2, settings.seconds_between / 5))
        visitor = Visitor(fetcher.fetch, look, settings.visits(), pace=pace, clock=clock, sleep=sleep)

        def work(batches: list[str] | None) -> CaptureRun:
            run = capture_listed(
                casefile, batches, visitor, settings, by=by, clock=clock, camera=camera, progress=progress
            )
            report.add(run)
            return run

        batches = [list_addresses(casefile, urls, source, by=by, at=clock())[0] for source, urls in listed if urls]
        batches += wanted.batches
        for feed in wanted.feeds:
            batches += _feed_batches(casefile, feed, work, report, by=by, at=clock())
        if wanted.resume:
            work(None)
        elif batches:
            work(batches)
    with casefile.database.reading() as connection:
        report.open = len(capture_jobs.open_jobs(connection))
    return report


def _addresses(wanted: Wanted) -> list[tuple[Bilingual, list[str]]]:
    """The addresses by where they come from; raises FaultsFound with all that are none."""
    faults: list[Fault] = []
    listed = [(Bilingual(es="orden", en="command"), _checked(enumerate(wanted.urls, start=1), "URL", faults))]
    for path in wanted.lists:
        source = Bilingual(es=f"lista {path.name}", en=f"list {path.name}")
        listed.append((source, _checked(_lines(path, faults), str(path), faults)))
    _checked(enumerate(wanted.feeds, start=1), "--feed", faults)
    if faults:
        raise FaultsFound("preserve", faults)
    return listed


def _lines(path: Path, faults: list[Fault]) -> list[tuple[int, str]]:
    try:
        text = path.read_bytes().decode("utf-8-sig", errors="replace")
    except OSError as error:
        faults.append(Fault(str(path), f"cannot be opened: {error.strerror}", f"no se puede abrir: {error.strerror}"))
        return []
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), start=1)]
    return [(number, line) for number, line in lines if line and not line.startswith("#")]


def _checked(numbered: Iterable[tuple[int, str]], place: str, faults: list[Fault]) -> list[str]:
    found = []
    for number, url in numbered:
        try:
            found.append(web_address(url).url)
        except InvalidValue as error:
            faults.append(Fault(f"{place} {number}", error.en, error.es))
    return found


def _feed_batches(
    casefile: Casefile,
    feed: str,
    work: Callable[[list[str] | None], CaptureRun],
    report: Report,
    *,
    by: str,
    at: datetime,
) -> list[str]:
    """Capture a feed and put what it names on the list, save what was captured before."""
    source = Bilingual(es=f"canal {feed}", en=f"feed {feed}")
    batch, _ = list_addresses(casefile, [feed], Bilingual(es="canal", en="feed"), by=by, at=at)
    made = [one for one in work([batch]).captures if one.url == web_address(feed).url]
    urls = _named_by(casefile, made[-1]) if made else None
    if urls is None:
        report.faults.append(Fault(feed, "is no feed that could be read", "no es un canal que se pueda leer"))
        return []
    with casefile.database.reading() as connection:
        before = {one.url for one in captures.all(connection) if one.outcome.is_kept_as_document}
    report.known += sum(url in before for url in urls)
    return [list_addresses(casefile, [url for url in urls if url not in before], source, by=by, at=at)[0]]


def _named_by(casefile: Casefile, capture: Capture) -> list[str] | None:
    """The addresses a captured feed names, None where it is none."""
    if capture.warc is None or not capture.outcome.is_kept_as_document:
        return None
    most = casefile.settings.capture.page_mb << 20
    try:
        data = payload_in_archive(casefile.originals.read(capture.warc), capture.id, most)
    except CheckFailed:
        return None
    seen = look("feed", data)
    entries = seen.get("entries")
    if seen.get("is_feed") is not True or not isinstance(entries, list):
        return None
    base = capture.final_url or capture.url
    links = [one[0] for one in entries if isinstance(one, list) and one and isinstance(one[0], str)]
    return list(dict.fromkeys(url for link in links if (url := joined(base, link)) is not None))
