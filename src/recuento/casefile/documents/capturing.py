"""Capture addresses into a casefile: each visited once, kept as a web archive, catalogued with its outcome.

The order of the acts is what makes it safe to be killed anywhere: the job says what the visit found and which archive
is about to be kept; the archive is kept; the documents it gives are kept; then one transaction adds every row and ends
the job. Whoever takes the job up again finds the archive whole and goes on from it, or visits anew.
"""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from recuento import __version__
from recuento.casefile.casefile import Casefile
from recuento.casefile.documents.capture_holder import CaptureHolder
from recuento.casefile.documents.preparing import Prepared, add_prepared, prepare
from recuento.casefile.documents.preserving import Progress
from recuento.casefile.documents.web_archives import archive_document, payload_in_archive
from recuento.casefile.settings.capture_settings import CaptureSettings
from recuento.model.capture import Capture, CaptureOutcome, Clocks, Screenshot
from recuento.model.document import Description, Origin
from recuento.preserve.budget import one_budget
from recuento.preserve.web.addresses import web_address
from recuento.preserve.web.ends import security_of
from recuento.preserve.web.http_message import Head
from recuento.preserve.web.payload import document_name, plain_type
from recuento.preserve.web.screenshot import Answer, answers_in
from recuento.preserve.web.visit import PRODUCT, StepKind, Visit, Visitor
from recuento.preserve.web.visit_archive import Picture, archive_of
from recuento.store import capture_jobs, captures
from recuento.store.capture_jobs import VISITED, Job
from recuento.store.encoding import decode, encode
from recuento.values.bilingual import Bilingual

_LEASE_SECONDS = 1800.0
"""More than any visit takes: ten redirects, robots and parts at their limits, and the waits between."""
_NEAR = 100
"""So many jobs are looked at for the one whose site can be asked soonest."""


class Camera(Protocol):
    """Makes the picture of a page (`screenshot.Photographer`)."""

    def picture(self, url: str, answers: dict[str, Answer], /) -> Picture | Bilingual:
        """The picture, or why there is none."""
        ...


@dataclass(frozen=True, slots=True)
class CaptureRun:
    """What a run made: captures; addresses whose site wants to be asked later, with when; how many are still listed."""

    captures: tuple[Capture, ...]
    postponed: tuple[tuple[str, datetime], ...] = ()
    left: int = 0


@dataclass(frozen=True, slots=True)
class _Found:
    """What a visit found, as the job keeps it. `until` is when the site wants to be asked again."""

    capture: Capture
    until: datetime | None = None


def list_addresses(
    casefile: Casefile, urls: Iterable[str], source: Bilingual, *, by: str, at: datetime
) -> tuple[str, int]:
    """Put addresses on the list; gives the name of their batch and how many were added.

    The same addresses from the same source are the same batch: where it was begun and not finished none is added, and
    what is left of it goes on. Raises InvalidValue, before anything is written, where one is no web address.
    """
    listed = list(dict.fromkeys(web_address(url).url for url in urls))
    batch = hashlib.sha256(json.dumps([source.en, sorted(listed)]).encode()).hexdigest()
    with casefile.database.writing() as connection:
        return batch, capture_jobs.add(connection, batch, listed, source, by, at)


def capture_listed(
    casefile: Casefile,
    batches: Sequence[str] | None,
    visitor: Visitor,
    settings: CaptureSettings,
    *,
    by: str,
    clock: Callable[[], datetime],
    camera: Camera | None = None,
    progress: Progress | None = None,
) -> CaptureRun:
    """Capture what is on the list, of these batches or (None) of all. Each address is finished before the next.

    Interrupted at any point, nothing that was told is lost and nothing is done twice when it goes on.
    """
    with CaptureHolder() as holder:
        runner = _Runner(casefile, visitor, settings, holder, by, clock, camera)
        try:
            return runner.run(batches, progress)
        finally:
            with casefile.database.writing() as connection:
                capture_jobs.release(connection, holder.name)


class _Runner:
    """One run over the list."""

    def __init__(
        self,
        casefile: Casefile,
        visitor: Visitor,
        settings: CaptureSettings,
        holder: CaptureHolder,
        by: str,
        clock: Callable[[], datetime],
        camera: Camera | None,
    ) -> None:
        self._casefile = casefile
        self._visitor = visitor
        self._settings = settings
        self._holder = holder
        self._by = by
        self._clock = clock
        self._camera = camera

    def run(self, batches: Sequence[str] | None, progress: Progress | None) -> CaptureRun:
        made: list[Capture] = []
        postponed: dict[str, datetime] = {}
        passed: set[int] = set()
        while True:
            with self._casefile.database.reading() as connection:
                waiting = capture_jobs.open_jobs(connection, batches)
            now = self._clock()
            for job in waiting:
                if job.not_before is not None and job.not_before > now and job.id not in passed:
                    postponed[job.url] = job.not_before
                    passed.add(job.id)
            ready = [job for job in waiting if job.id not in passed]
            if not ready:
                return CaptureRun(tuple(made), tuple(postponed.items()), len(waiting) - len(postponed))
            chosen = min(ready[:_NEAR], key=lambda job: self._visitor.seconds_until(job.url))
            if progress:
                progress(len(made), len(made) + len(ready), chosen.url)
            passed.add(chosen.id)
            taken = self._take(chosen.id)
            # One budget of time: the looks at the page and at its styles, and its reading.
            with one_budget():
                found = None if taken is None else self._captured(taken)
            if found is not None:
                made += [] if found.capture.warc is None and found.until else [found.capture]
                if found.until is not None:
                    postponed[found.capture.url] = found.until

    def _take(self, id: int) -> Job | None:
        with self._casefile.database.writing() as connection:
            return capture_jobs.take(
                connection, id, self._holder.name, self._clock(), _LEASE_SECONDS, self._holder.is_dead
            )

    def _captured(self, job: Job) -> _Found | None:
        """Finish a job; None where somebody else has taken it over."""
        originals = self._casefile.originals
        if job.state == VISITED and job.body is not None:
            found = decode(_Found, job.body)
            if found.capture.warc is None or originals.is_whole(found.capture.warc):
                return self._catalogued(job, found)
            with self._casefile.database.writing() as connection:
                capture_jobs.visit_again(connection, job)
        found, archive = self._visited(job)
        with self._casefile.database.writing() as connection:
            if not capture_jobs.visited(connection, job, encode(found)):
                return None
        if archive is not None:
            originals.keep(archive)
        return self._catalogued(job, found)

    def _visited(self, job: Job) -> tuple[_Found, bytes | None]:
        visit = self._visitor.visit(job.url)
        picture = self._picture(visit)
        at = self._clock()
        until = None
        if visit.come_back_seconds is not None and not visit.judged.outcome.is_kept_as_document:
            until = at + timedelta(seconds=visit.come_back_seconds)
        capture = capture_of(visit, job, self._settings, by=self._by, at=at)
        capture = replace(capture, screenshot=_told(picture))
        if not visit.steps:
            return _Found(capture, until), None
        shown = picture if isinstance(picture, Picture) else None
        archive = archive_of(visit, _about(self._settings, self._by), at, picture=shown)
        sha256 = hashlib.sha256(archive.data).hexdigest()
        return _Found(replace(capture, id=archive.id, warc=sha256), until), archive.data

    def _picture(self, visit: Visit) -> Picture | Bilingual | None:
        if not visit.judged.outcome.is_kept_as_document or visit.final is None:
            return None
        if not self._settings.screenshot or self._camera is None:
            return Bilingual(es="no se pidió", en="none was asked for")
        if not visit.look:
            return Bilingual(es="no es una página web", en="it is no web page")
        answers = answers_in(visit.steps, self._settings.page_mb << 20)
        return self._camera.picture(visit.final.exchange.url, answers)

    def _catalogued(self, job: Job, found: _Found) -> _Found | None:
        """Keep what the archive gives and add every row at once."""
        capture, prepared = found.capture, None
        if capture.outcome.is_kept_as_document and capture.warc is not None and not _is_feed(capture):
            capture, prepared = self._document(job, capture)
        with self._casefile.database.writing() as connection:
            if found.until is not None:
                mine = capture_jobs.postpone(connection, job, found.until)
            else:
                mine = capture_jobs.done(connection, job, capture.id)
            if not mine:
                return None
            if capture.warc is not None:
                add_prepared(connection, archive_document(self._casefile, capture.warc, _origin(capture), capture.url))
            if prepared is not None:
                add_prepared(connection, prepared)
            if capture.warc is not None or found.until is None:
                captures.add_all(connection, [capture])
        return replace(found, capture=capture)

    def _document(self, job: Job, capture: Capture) -> tuple[Capture, Prepared]:
        assert capture.warc is not None
        data = payload_in_archive(self._casefile.originals.read(capture.warc), capture.id, self._settings.page_mb << 20)
        told = Description(url=capture.final_url)
        name = document_name(capture.final_url, capture.media_type or "")
        prepared = prepare(self._casefile, data, name or "page", _origin(capture), told)
        made = () if prepared.layer is None else (_text_by(prepared.layer.extractor, prepared.layer.version),)
        sha256 = prepared.document.sha256
        title = prepared.document.description.title or capture.title
        return replace(capture, document=sha256, title=title, conversions=(*capture.conversions, *made)), prepared


def capture_of(visit: Visit, job: Job, settings: CaptureSettings, *, by: str, at: datetime) -> Capture:
    """What is told of a visit, before its archive has a name."""
    step = visit.final or (visit.steps[-1] if visit.steps else None)
    exchange = None if step is None else step.exchange
    head = None if exchange is None else exchange.head()
    body = visit.body
    pages = [one for one in visit.steps if one.kind is StepKind.PAGE]
    first, last = (pages[0].before, step.after) if pages and step else (at, at)
    return Capture(
        id=f"urn:recuento:{hashlib.sha256(f'{job.id} {job.fence} {at.isoformat()} {visit.url}'.encode()).hexdigest()}",
        url=visit.url,
        outcome=visit.judged.outcome,
        by=by,
        source=job.source,
        method=_method(settings),
        clocks=_clocks(head, first, last),
        final_url=exchange.url if visit.final and exchange else None,
        status=None if head is None or visit.final is None else head.status,
        reason=visit.judged.reason,
        media_type=None if head is None or visit.final is None else (head.field("content-type") or None),
        redirects=visit.redirects,
        ip=(exchange.ip or None) if exchange else None,
        security=security_of(exchange.tls) if exchange else None,
        payload_sha256=None if body is None else hashlib.sha256(body.data).hexdigest(),
        payload_bytes=None if body is None else len(body.data),
        title=_words(visit.look.get("title")),
        conversions=tuple(_UNDONE.get(one, _unpacked(one)) for one in (body.undone if body else ())),
        parts=visit.parts,
        remarks=tuple(_remarks(visit)),
    )


def _remarks(visit: Visit) -> Iterable[Bilingual]:
    exchange = visit.final.exchange if visit.final else None
    if exchange is not None and exchange.surplus:
        yield Bilingual(
            es=f"el servidor envió {exchange.surplus} bytes más de los que anunció; están en el archivo web",
            en=f"the server sent {exchange.surplus} bytes more than it announced; they are in the archive",
        )
    if exchange is not None and exchange.interim:
        yield Bilingual(es="se omitieron respuestas preliminares", en="preliminary answers were left out")
    if exchange is not None and exchange.tls is not None and exchange.tls.fault and exchange.request:
        yield Bilingual(
            es=f"su certificado no vale ({exchange.tls.fault}); se pidió porque alguien permitió este servidor",
            en=f"its certificate does not hold ({exchange.tls.fault}); asked because somebody allowed this host",
        )
    left = sum(part.outcome is not CaptureOutcome.CAPTURED for part in visit.parts)
    if left:
        yield Bilingual(
            es=f"faltan {left} de {len(visit.parts)} imágenes y estilos de la página",
            en=f"{left} of the page's {len(visit.parts)} pictures and styles are missing",
        )


def _clocks(head: Head | None, before: datetime, after: datetime) -> Clocks:
    if head is None:
        return Clocks(before, after)
    return Clocks(before, after, head.field("date"), head.field("last-modified"), head.field("age"))


def _method(settings: CaptureSettings) -> Bilingual:
    es, en = ("a través de un proxy", "through a proxy") if settings.proxy else ("directamente", "directly")
    return Bilingual(
        es=f"GET por HTTP/1.1 {es}, como «{settings.agent}», según robots.txt, sin ejecutar guiones",
        en=f'GET over HTTP/1.1 {en}, as "{settings.agent}", within robots.txt, no scripts run',
    )


def _about(settings: CaptureSettings, by: str) -> dict[str, str]:
    return {
        "software": f"{PRODUCT}/{__version__} (Python {platform.python_version()})",
        "format": "WARC File Format 1.1",
        "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        "operator": by,
        "http-header-user-agent": settings.agent,
        "robots": "obey",
    }


def _told(picture: Picture | Bilingual | None) -> Screenshot | None:
    if picture is None:
        return None
    if isinstance(picture, Bilingual):
        return Screenshot(None, picture)
    return Screenshot(hashlib.sha256(picture.data).hexdigest(), picture.how)


def _origin(capture: Capture) -> Origin:
    return Origin(where=capture.url, by=capture.by, at=capture.clocks.before)


def _is_feed(capture: Capture) -> bool:
    """A feed names documents and is none: its text would count every headline twice."""
    return plain_type(capture.media_type or "").removeprefix("application/").removeprefix("text/") in _FEEDS


_FEEDS = ("xml", "rss+xml", "atom+xml", "rdf+xml", "feed+json")


def _words(value: object) -> str | None:
    return value[:1000] or None if isinstance(value, str) else None


def _text_by(extractor: str, version: str) -> Bilingual:
    return Bilingual(es=f"texto por {extractor} {version}", en=f"text by {extractor} {version}")


def _unpacked(coding: str) -> Bilingual:
    return Bilingual(es=f"descomprimido ({coding})", en=f"decompressed ({coding})")


_UNDONE = {"chunked": Bilingual(es="trozos de la transferencia unidos", en="chunks of the transfer joined")}
