"""Visits to a server that misbehaves in every way: each ends in a named outcome, soon, in little memory, bytes kept."""

from __future__ import annotations

import resource
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from misbehaving_server import PAGE, Certificates, Server, misbehaving, status
from recuento.model.capture import CaptureOutcome
from recuento.preserve.extract import look
from recuento.preserve.web.addresses import allowed_from, web_address
from recuento.preserve.web.connection import NotConnected, connected
from recuento.preserve.web.exchange import Ask, End, WebLimits
from recuento.preserve.web.fetcher import exchanged
from recuento.preserve.web.fetching import Fetcher
from recuento.preserve.web.pace import Pace
from recuento.preserve.web.visit import StepKind, Visit, Visitor, VisitSettings

BODY_MAX = 8 << 20
LIMITS = WebLimits(seconds_max=2.5, silence_seconds_max=1, connect_seconds_max=1, body_bytes_max=BODY_MAX)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """One server for all the tests of the module."""
    with misbehaving() as running:
        yield running


@pytest.fixture(scope="module")
def fetcher() -> Iterator[Fetcher]:
    """One fetching process."""
    with Fetcher() as one:
        yield one


def ask(*allowed: str, **options: object) -> Ask:
    """The pattern of a request."""
    return Ask("", "Recuento/test", allowed=allowed_from(allowed), limits=LIMITS, **options)  # type: ignore[arg-type]


def visitor(fetcher: Fetcher, *allowed: str, pace: Pace | None = None, **options: object) -> Visitor:
    """A visitor in no hurry to wait."""
    settings = VisitSettings(ask(*allowed), parts_max=10)
    return Visitor(fetcher.fetch, look, settings, pace=pace or Pace(0, 0), **options)  # type: ignore[arg-type]


def visited(server: Server, fetcher: Fetcher, path: str) -> Visit:
    """A visit to one path of the server."""
    return visitor(fetcher, server.place).visit(server.url(path))


WHOLE = ("page", "chunked", "gzip", "deflate", "raw-deflate", "gzip-label-lies", "close", "bare-feeds", "hints",
         "length-is-no-number", "two-lengths", "odd-header", "plain-says-html", "redirect", "refresh",
         "busy")  # fmt: skip
ENDS = {
    **dict.fromkeys(("truncated", "reset", "slow", "silent-in-body", "gzip-cut", "bad-chunks", "chunks-end-early",
                     "part-of-it", "paywall"), "partial"),
    **dict.fromkeys(("bomb", "endless", "endless-chunks", "announces-much", "hundred-forever"), "too_large"),
    **dict.fromkeys(("gzip-damaged", "brotli", "huge-chunk", "header-bomb", "long-header", "not-http"), "damaged"),
    **dict.fromkeys(("redirect-loop", "redirect-on", "cookie-wall"), "redirect_loop"),
    **dict.fromkeys(("redirect-private", "redirect-metadata", "redirect-file", "redirect-nowhere"), "address_refused"),
    **dict.fromkeys(("login", "to-login", "status/401", "status/402", "status/407"), "login_wall"),
    **dict.fromkeys(("soft-404", "deep/down", "status/404", "status/410"), "gone"),
    **dict.fromkeys(("guard", "status/403", "status/451"), "blocked"),
    **dict.fromkeys(("status/500", "status/400", "status/502", "status/300"), "error_page"),
    **dict.fromkeys(("empty", "no-content", "unchanged"), "empty"),
    **dict.fromkeys(("no-answer", "reset-at-once"), "unreachable"),
    "consent": "consent_wall",
    "silent": "timed_out",
    "charset-lies": "captured",
    "changing": "captured",
    "longer-than-said": "captured",
    "pdf": "captured",
}  # fmt: skip


@pytest.mark.parametrize("path", WHOLE)
def test_however_a_page_is_sent_it_is_the_page(server: Server, fetcher: Fetcher, path: str) -> None:
    """In chunks, compressed, with bare line feeds or after a redirect: what is kept is the page as it was written."""
    visit = visited(server, fetcher, f"/{path}")
    assert visit.judged.outcome is CaptureOutcome.CAPTURED, visit.judged.reason
    assert visit.body is not None and visit.body.data == PAGE


@pytest.mark.parametrize(("path", "outcome"), ENDS.items())
def test_every_misbehaviour_has_its_outcome(server: Server, fetcher: Fetcher, path: str, outcome: str) -> None:
    """Whatever a server does ends soon, in a named outcome with its reason, and nothing is captured that is not."""
    started = time.monotonic()
    visit = visited(server, fetcher, f"/{path}")
    assert visit.judged.outcome.value == outcome, visit.judged.reason
    assert (visit.judged.reason is None) == (outcome == "captured")
    assert time.monotonic() - started < 10
    assert all(len(step.exchange.response) <= BODY_MAX + (1 << 20) for step in visit.steps)


def test_what_came_before_a_break_is_kept(server: Server, fetcher: Fetcher) -> None:
    """Of an answer that was cut, every byte that came is there."""
    for path in ("truncated", "reset", "silent-in-body", "bad-chunks"):
        visit = visited(server, fetcher, f"/{path}")
        assert visit.body is not None and PAGE.startswith(visit.body.data[:1000]) and len(visit.body.data) > 1000
        assert visit.final is not None and visit.final.exchange.end is not End.WHOLE


def test_the_fetching_process_stays_small_and_parses_nothing(server: Server, fetcher: Fetcher) -> None:
    """It has none of the parsers loaded, and bombs and endless answers cost it little memory."""
    for path in ("bomb", "endless", "endless-chunks", "long-header"):
        visited(server, fetcher, f"/{path}")
    assert fetcher._process is not None
    stated = Path(f"/proc/{fetcher._process.pid}/status").read_text()
    peak = int(next(line.split()[1] for line in stated.splitlines() if line.startswith("VmHWM"))) << 10
    assert peak < 150 << 20
    code = "import sys, recuento.preserve.web.fetcher; print(sorted({name.split('.')[0] for name in sys.modules}))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    for parser in ("lxml", "trafilatura", "pypdf", "pypdfium2", "openpyxl", "mammoth", "sqlalchemy", "zipfile"):
        assert f"'{parser}'" not in loaded
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 1 << 21


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0",
        "10.0.0.1", "172.16.5.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "224.0.0.1", "255.255.255.255",
        "[fe80::1]", "[fc00::1]", "[ff02::1]", "[2002:7f00:1::]", "[64:ff9b::7f00:1]", "[::]", "198.18.0.1",
    ],
)  # fmt: skip
def test_no_request_reaches_a_private_place(server: Server, fetcher: Fetcher, host: str) -> None:
    """However its address is written: it is refused before a connection, and the server there hears nothing."""
    before = len(server.requests)
    for url in (f"http://{host}:8000/page", f"http://{host}/", f"https://{host}/"):
        visit = visitor(fetcher).visit(url)
        assert visit.judged.outcome in (CaptureOutcome.ADDRESS_REFUSED, CaptureOutcome.UNREACHABLE), url
        assert not any(step.exchange.request for step in visit.steps)
    assert len(server.requests) == before


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://example.invalid/", "gopher://127.0.0.1/", "javascript:alert(1)", "data:text/html,x",
     "http://user:secret@example.invalid/", "http://", "http://[::1", "http://a b/", "", "http://exa\x00mple/",
     "http://example.invalid:99999/", "http://" + "a" * 5000],
)  # fmt: skip
def test_what_is_no_address_of_the_web_is_not_asked(fetcher: Fetcher, url: str) -> None:
    """Other schemes, names with passwords and rubbish are refused in words."""
    visit = visitor(fetcher).visit(url)
    assert visit.judged.outcome is CaptureOutcome.ADDRESS_REFUSED and visit.judged.reason and not visit.steps
    assert "secret" not in visit.judged.reason.en


def test_a_name_that_changes_its_address_gains_nothing(server: Server) -> None:
    """The name is looked up once, and the address that was checked is the one that is called (DNS rebinding)."""
    told = iter([["127.0.0.1"], ["127.0.0.9"]])
    called: list[str] = []

    def lookup(host: str, port: int) -> list[str]:
        called.append(host)
        return next(told)

    place = f"rebind.example:{server.port}"
    ended = exchanged(Ask(f"http://{place}/page", "t", allowed=allowed_from([place])), lookup)
    assert called == ["rebind.example"] and ended.ip == "127.0.0.1" and ended.end is End.WHOLE
    mixed = exchanged(Ask("http://mixed.example/", "t"), lambda host, port: ["93.184.216.34", "10.0.0.1"])
    assert mixed.end is End.REFUSED_ADDRESS and not mixed.request


def test_a_port_that_is_none_of_the_web_is_not_called(server: Server) -> None:
    """A public host on the port of a mail server or a database is refused before it is looked up."""
    for port in (22, 25, 5432, 6379, server.port):
        with pytest.raises(NotConnected) as refused:
            connected(web_address(f"http://example.org:{port}/"), ask(), time.monotonic() + 1, lambda *_: 1 / 0)  # type: ignore[arg-type,return-value]
        assert refused.value.end is End.REFUSED_ADDRESS


def test_parts_are_taken_within_bounds_and_never_from_private_places(server: Server, fetcher: Fetcher) -> None:
    """Styles, what they draw in, and pictures come too; those in private places are refused by name, not asked for."""
    visit = visited(server, fetcher, "/illustrated")
    told = {part.url: part.outcome for part in visit.parts}
    for path in ("/style.css", "/more.css", "/picture.png?css", "/picture.png?1"):
        assert told[server.url(path)] is CaptureOutcome.CAPTURED
    assert told[server.url("/missing.png")] is CaptureOutcome.GONE
    refused = [url for url, outcome in told.items() if outcome is CaptureOutcome.ADDRESS_REFUSED]
    assert sorted(refused) == ["http://127.0.0.3:9/private.png", "http://169.254.169.254/x"]
    many = visited(server, fetcher, "/many-parts")
    assert sum(part.outcome is CaptureOutcome.CAPTURED for part in many.parts) == 10 and len(many.parts) == 500


@pytest.mark.parametrize(
    ("robots", "path", "asked"),
    [
        (b"User-agent: *\nDisallow: /page", "/page", False),
        (b"User-agent: *\nDisallow: /", "/page", False),
        (b"User-agent: *\nDisallow: /\nAllow: /page$", "/page", True),
        (b"User-agent: recuento\nDisallow:\n\nUser-agent: *\nDisallow: /", "/page", True),
        (b"User-agent: Recuento\nDisallow: /\n\nUser-agent: *\nDisallow:", "/page", False),
        (b"User-agent: otro\nDisallow: /", "/page", True),
        (b"\xef\xbb\xbfUSER-AGENT:*\r\nDISALLOW:/*.html\r\n", "/page?x=.html", False),
        (b"<html>Not a robots file</html>", "/page", True),
        (b"User-agent: *\nDisallow: /" + b"*a" * 2000, "/page", True),
    ],
)
def test_robots_are_obeyed(server: Server, fetcher: Fetcher, robots: bytes, path: str, asked: bool) -> None:
    """What robots.txt forbids is not asked for, and that is the outcome."""
    with misbehaving() as own:
        own.robots = robots
        visit = visited(own, fetcher, path)
        assert (path in own.asked) == asked and own.asked[0] == "/robots.txt"
        assert (visit.judged.outcome is CaptureOutcome.ROBOTS_REFUSED) == (not asked)


def test_without_a_readable_robots_nothing_is_asked(fetcher: Fetcher) -> None:
    """A server fault or silence there means no (RFC 9309 §2.3.1.4); that there is none means yes."""
    with misbehaving() as own:
        own.extra["/robots.txt"] = lambda send: send(status(503))
        own.robots = None
        original = own.answer

        def answer(path: str, send: object, connection: object) -> None:
            if path == "/robots.txt":
                own.asked.append(path)
                own.extra[path](send)  # type: ignore[arg-type]
            else:
                original(path, send, connection)  # type: ignore[arg-type]

        own.answer = answer  # type: ignore[assignment,method-assign]
        visit = visited(own, fetcher, "/page")
        assert visit.judged.outcome is CaptureOutcome.ROBOTS_REFUSED and "/page" not in own.asked


def test_each_site_is_asked_at_its_own_pace(fetcher: Fetcher) -> None:
    """A second between pages, the site's own Crawl-delay where it is longer, Retry-After before it is asked again."""
    waits: list[float] = []
    with misbehaving() as own, misbehaving() as other:
        own.robots = b"User-agent: *\nCrawl-delay: 7\n"
        one = visitor(fetcher, own.place, other.place, pace=Pace(1.0, 0.2), sleep=waits.append)
        one.visit(other.url("/page"))
        one.visit(other.url("/changing"))
        one.visit(own.url("/page"))
        one.visit(own.url("/changing"))
        assert [step.kind for step in one.visit(other.url("/busy")).steps] == [StepKind.PAGE, StepKind.PAGE]
    assert any(0.5 < wait <= 1.0 for wait in waits) and any(6 < wait <= 7 for wait in waits)


def test_a_site_that_wants_us_back_tomorrow_is_left_alone(server: Server, fetcher: Fetcher) -> None:
    """It is asked no more, what is asked of it afterwards says so, and when to come back is told."""
    with misbehaving() as own:
        one = visitor(fetcher, own.place)
        first = one.visit(own.url("/busy-for-long"))
        then = one.visit(own.url("/page"))
        assert first.come_back_seconds == 86400 and "/page" not in own.asked
        assert then.judged.outcome is CaptureOutcome.BLOCKED and (then.come_back_seconds or 0) > 80000


@pytest.mark.parametrize("kind", ["self_signed", "expired", "wrong_host", "good"])
def test_a_certificate_that_does_not_hold_ends_the_visit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """The fault is named, the certificate is kept, and not one byte is asked, unless a person named that host."""
    made = Certificates(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(made.authority))
    with misbehaving(context=made.context(kind)) as own, Fetcher() as fetcher:
        visit = visited(own, fetcher, "/page")
        tls = visit.steps[-1].exchange.tls
        assert tls is not None and ssl.PEM_cert_to_DER_cert(tls.certificate)
        if kind == "good":
            assert visit.judged.outcome is CaptureOutcome.CAPTURED and not tls.fault and tls.version
            return
        word = {"self_signed": "self", "expired": "expired", "wrong_host": "mismatch"}[kind]
        assert visit.judged.outcome is CaptureOutcome.TLS_FAILURE and word in tls.fault and not own.requests
        settings = VisitSettings(ask(own.place, bad_certificates=("127.0.0.1",)))
        allowed = Visitor(fetcher.fetch, look, settings, pace=Pace(0, 0)).visit(own.url("/page"))
        assert allowed.judged.outcome is CaptureOutcome.CAPTURED
        assert allowed.final is not None and allowed.final.exchange.tls is not None
        assert word in allowed.final.exchange.tls.fault
