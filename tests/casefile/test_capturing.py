"""Captures in a casefile: bytes as they came, every field told, nothing lost or doubled when killed anywhere."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

import browser
from misbehaving_server import PAGE, Server, misbehaving, whole
from recuento.casefile.casefile import Casefile
from recuento.casefile.documents.capture_holder import CaptureHolder
from recuento.casefile.documents.capture_record import berkeley_fields
from recuento.casefile.documents.capture_session import Report, Wanted, capture_wanted
from recuento.casefile.documents.capturing import list_addresses
from recuento.casefile.keeping.verifying import verify
from recuento.errors import FaultsFound
from recuento.model.capture import Capture, CaptureOutcome
from recuento.preserve.budget import Budget, budget_here
from recuento.preserve.web.warc_reading import Record, records
from recuento.store import capture_jobs, captures, documents, layers
from recuento.values.bilingual import Bilingual

NOON = datetime(2031, 4, 2, 12, tzinfo=UTC)


@pytest.fixture
def server() -> Iterator[Server]:
    """A server of one's own."""
    with misbehaving() as running:
        yield running


def clock() -> datetime:
    """The time now."""
    return datetime.now(UTC)


def captured(
    casefile: Casefile,
    server: Server,
    *paths: str,
    screenshot: bool = False,
    clock: Callable[[], datetime] = clock,
    **wanted: object,
) -> Report:
    """Capture these paths of the server."""
    settings = casefile.settings.capture.with_options(hosts=(server.place,), screenshot=screenshot)
    urls = tuple(server.url(path) for path in paths)
    return capture_wanted(
        casefile,
        Wanted(urls, **wanted),
        settings,
        by="ana",
        clock=clock,
        sleep=lambda seconds: None,  # type: ignore[arg-type]
    )


def test_a_page_is_kept_as_it_crossed_the_wire(casefile: Casefile, server: Server) -> None:
    """Request and answer in a WARC whose digests a foreign tool confirms; the body is a document with its origin."""
    (one,) = captured(casefile, server, "/gzip").captures
    assert one.outcome is CaptureOutcome.CAPTURED and one.document and one.warc
    archive = casefile.originals.read(one.warc)
    kinds = []
    for record in ArchiveIterator(BytesIO(archive), check_digests="raise"):
        kinds.append(record.rec_type)
        stream = record.raw_stream.read()
        if record.rec_type == "request" and record.rec_headers["WARC-Target-URI"] == one.url:
            sent = record.http_headers.to_str() + stream.decode()
            assert sent.encode().startswith(b"GET /gzip") and any(b"GET /gzip" in asked for asked in server.requests)
    assert kinds.count("request") == kinds.count("response") == 2 and "warcinfo" in kinds and "metadata" in kinds
    assert casefile.originals.read(one.document) == PAGE
    with casefile.database.reading() as connection:
        document = documents.find(connection, one.document)
        layer = layers.current(connection, one.document)
    assert document is not None and document.origin.where == one.url and document.description.title == "Nota de prueba"
    assert layer is not None and "40 internos" in layer.text
    assert not verify(casefile).faults


@pytest.mark.parametrize("path", ["/page", "/redirect", "/truncated", "/soft-404", "/no-answer", "/redirect-private"])
def test_every_field_that_a_court_asks_for_is_told(casefile: Casefile, server: Server, path: str) -> None:
    """Address, source, time, method, hash, operator, conversions, screenshot: each filled, or with why it is not."""
    (one,) = captured(casefile, server, path).captures
    told = {label.en: value for label, value in berkeley_fields(one)}
    for label in ("Address (URL)", "Source", "Capture time", "Method", "Operator", "Hash of the content", "Source code",
                  "Conversions", "Screenshot", "Server's clock", "Redirects"):  # fmt: skip
        assert told[label].es and told[label].en
    assert told["Screenshot"].en.startswith("none, because")
    assert one.clocks.before <= one.clocks.after <= clock()


def test_each_page_has_a_budget_of_its_own(casefile: Casefile, server: Server) -> None:
    """All that is done for one page, its looks and its reading, comes out of one budget, and the next has another."""
    seen: dict[Budget | None, int] = {}

    def noting() -> datetime:
        seen[budget_here()] = seen.get(budget_here(), 0) + 1
        return clock()

    captured(casefile, server, "/page", "/gzip", clock=noting)
    assert len(seen.keys() - {None}) == 2 and budget_here() is None


def test_what_is_no_page_makes_no_document(casefile: Casefile, server: Server) -> None:
    """Walls, error pages and what is gone stay in their archive, with the outcome; no document says otherwise."""
    made = captured(casefile, server, "/login", "/consent", "/status/500", "/soft-404", "/guard").captures
    assert len(made) == 5 and not any(one.document for one in made) and all(one.warc for one in made)
    with casefile.database.reading() as connection:
        assert {one.media_type for one in documents.all(connection)} == {"application/warc"}
    assert not verify(casefile).faults


def test_a_page_that_changes_is_two_documents(casefile: Casefile, server: Server) -> None:
    """Captured twice: both stay, each with its own time; one that stays the same is one document of two captures."""
    pages = [captured(casefile, server, "/changing").captures[0] for _ in range(2)]
    same = [captured(casefile, server, "/page").captures[0] for _ in range(2)]
    assert pages[0].document != pages[1].document and same[0].document == same[1].document
    with casefile.database.reading() as connection:
        assert len(captures.of_document(connection, same[0].document or "")) == 2


def test_a_feed_names_what_is_captured_once(casefile: Casefile, server: Server) -> None:
    """What a feed names is captured; asked again, only what is new is."""
    items = "".join(f"<item><link>/changing?{number}</link></item>" for number in range(3))
    server.extra["/feed"] = lambda send: send(
        whole(f"<rss><channel>{items}</channel></rss>".encode(), "application/rss+xml")
    )
    first = captured(casefile, server, feeds=(server.url("/feed"),))
    again = captured(casefile, server, feeds=(server.url("/feed"),))
    assert sum(one.document is not None for one in first.captures) == 3 and not first.faults
    assert again.known == 3 and len(again.captures) == 1 and not again.captures[0].document
    other = captured(casefile, server, feeds=(server.url("/page"),))
    assert other.faults


def test_a_list_with_faults_is_refused_whole(casefile: Casefile, server: Server, tmp_path: Path) -> None:
    """Every line that is no address is named at once, and nothing is asked for."""
    listed = tmp_path / "direcciones.txt"
    listed.write_text(f"# nota\n{server.url('/page')}\nnada\nftp://example.invalid/\n", encoding="utf-8")
    with pytest.raises(FaultsFound) as found:
        captured(casefile, server, lists=(listed,))
    assert [fault.place.rpartition(" ")[2] for fault in found.value.faults] == ["3", "4"] and not server.asked


def test_a_job_of_a_living_process_is_left_to_it(casefile: Casefile) -> None:
    """Only a lease that has run out, or a holder that has died, frees a job; what the old holder writes is refused."""
    list_addresses(casefile, ["http://example.invalid/a"], Bilingual.same("x"), by="ana", at=NOON)
    with CaptureHolder() as one, CaptureHolder() as two, casefile.database.writing() as connection:
        (job,) = capture_jobs.open_jobs(connection)
        mine = capture_jobs.take(connection, job.id, one.name, NOON, 60, one.is_dead)
        assert mine is not None
        assert capture_jobs.take(connection, job.id, two.name, NOON, 60, two.is_dead) is None
        late = capture_jobs.take(connection, job.id, two.name, NOON + timedelta(seconds=61), 60, two.is_dead)
        assert late is not None and not capture_jobs.done(connection, mine, None)
        assert capture_jobs.done(connection, late, None) and not capture_jobs.open_jobs(connection)
    with CaptureHolder() as three:
        assert three.is_dead(one.name) and not three.is_dead("elsewhere/123")


def test_killed_at_any_moment_nothing_is_lost_or_doubled(folder: Path, server: Server, tmp_path: Path) -> None:
    """Killed again and again, the list ends with each address captured once, and the casefile stands."""
    paths = [f"/changing?{number}" for number in range(8)] + ["/gzip", "/illustrated", "/soft-404", "/truncated"]
    listed = tmp_path / "direcciones.txt"
    listed.write_text("".join(f"{server.url(path)}\n" for path in paths), encoding="utf-8")
    Casefile.open(folder).close()
    chance = random.Random(8)
    for number in range(40):
        # First before the first, second, third ... sync of a file, then at moments of chance.
        point = [str(number + 1)] if number < 10 else []
        program = str(Path(__file__).parents[1] / "capture_work.py")
        command = [sys.executable, program, str(folder), str(listed), server.place, *point]
        work = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=dict(os.environ))
        if 10 <= number < 12:
            # Wait until it is at work, then for a moment of chance.
            seen = len(server.asked)
            while work.poll() is None and len(server.asked) == seen:
                time.sleep(0.01)
            time.sleep(chance.uniform(0, 0.3))
            work.send_signal(signal.SIGKILL)
        if work.wait() == 0:
            break
    with Casefile.open(folder) as casefile:
        with casefile.database.reading() as connection:
            made = captures.all(connection)
            left = capture_jobs.open_jobs(connection)
        assert sorted(one.url for one in made) == sorted(server.url(path) for path in paths) and not left
        assert not verify(casefile).faults


def test_parts_are_in_the_archive(casefile: Casefile, server: Server) -> None:
    """Styles and pictures lie beside the page, so that it can be shown again; they are no documents."""
    (one,) = captured(casefile, server, "/illustrated").captures
    archive = casefile.originals.read(one.warc or "")
    found = [r for r in records(BytesIO(archive), 1 << 24) if isinstance(r, Record)]
    kept = {r.fields.get("warc-target-uri") for r in found if r.fields["warc-type"] == "response"}
    assert {server.url(path) for path in ("/illustrated", "/style.css", "/more.css", "/picture.png?css")} <= kept


@pytest.mark.browser
@pytest.mark.skipif(browser.CHROMIUM is None, reason="Chromium is not installed (apt-get install chromium)")
def test_the_picture_is_drawn_from_the_captured_bytes_alone(folder: Path, server: Server) -> None:
    """It is in the archive under its hash; drawing it asks the site for nothing, not even for what is missing."""
    pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    toml = folder / "recuento.toml"
    toml.write_text(
        f'{toml.read_text(encoding="utf-8")}\n[capture]\nchromium = "{browser.CHROMIUM}"\nchromium_unconfined = true\n',
        encoding="utf-8",
    )
    with Casefile.open(folder) as casefile:
        (one,) = captured(casefile, server, "/illustrated", screenshot=True).captures
        asked = list(server.asked)
        assert len(asked) == len(set(asked)), "nothing was asked for twice"
        assert one.screenshot is not None and one.screenshot.sha256, one.screenshot
        pictures = _pictures(casefile, one)
        assert len(pictures) == 1 and pictures[0].startswith(b"\x89PNG")


def _pictures(casefile: Casefile, capture: Capture) -> list[bytes]:
    found = records(BytesIO(casefile.originals.read(capture.warc or "")), 1 << 26)
    return [
        r.block or b""
        for r in found
        if isinstance(r, Record) and r.fields.get("warc-target-uri", "").startswith("urn:fullPage:")
    ]
