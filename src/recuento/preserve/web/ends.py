"""From how a request ended to the outcome that a person reads."""

from __future__ import annotations

from recuento.model.capture import CaptureOutcome, Security
from recuento.preserve.web.exchange import End, Exchange, Tls
from recuento.preserve.web.walls import CAPTURED, Judged, judged_by_status
from recuento.values.bilingual import Bilingual

_WITHOUT_BODY = {
    End.CUT: CaptureOutcome.DAMAGED,
    End.RESET: CaptureOutcome.UNREACHABLE,
    End.TIMED_OUT: CaptureOutcome.TIMED_OUT,
    End.TOO_LARGE: CaptureOutcome.TOO_LARGE,
    End.BAD_CHUNKS: CaptureOutcome.DAMAGED,
    End.HEAD_TOO_LONG: CaptureOutcome.DAMAGED,
    End.NOT_HTTP: CaptureOutcome.DAMAGED,
    End.NO_ANSWER: CaptureOutcome.UNREACHABLE,
    End.REFUSED_ADDRESS: CaptureOutcome.ADDRESS_REFUSED,
    End.UNKNOWN_HOST: CaptureOutcome.UNREACHABLE,
    End.UNREACHABLE: CaptureOutcome.UNREACHABLE,
    End.TLS: CaptureOutcome.TLS_FAILURE,
    End.PROXY: CaptureOutcome.UNREACHABLE,
    End.CRASH: CaptureOutcome.DAMAGED,
}
_CUT_SHORT = (End.CUT, End.RESET, End.TIMED_OUT, End.BAD_CHUNKS)
"""Where a part of the body came, that part is kept and told to be one."""


def judged_by_end(exchange: Exchange) -> Judged:
    """The outcome as far as the wire tells; what the page itself shows may still change a `captured`."""
    head = exchange.head()
    by_status = CAPTURED if head is None else judged_by_status(head)
    if exchange.end is End.WHOLE:
        return by_status
    why = Bilingual(es=exchange.detail_es, en=exchange.detail_en)
    if head is not None and not by_status.outcome.is_kept_as_document:
        # An error page that was cut is an error page still.
        return by_status
    has_body = head is not None and len(exchange.response) > head.size
    if has_body and exchange.end in _CUT_SHORT:
        return Judged(CaptureOutcome.PARTIAL, why)
    return Judged(_WITHOUT_BODY[exchange.end], why)


def truncated(end: End) -> str | None:
    """What WARC-Truncated says of such an end (WARC 1.1 §5.13); None where the answer is whole."""
    return {
        End.WHOLE: None,
        End.TOO_LARGE: "length",
        End.TIMED_OUT: "time",
        End.CUT: "disconnect",
        End.RESET: "disconnect",
    }.get(end, "unspecified")


def security_of(tls: Tls | None) -> Security | None:
    """How the connection was secured, as it is kept."""
    if tls is None:
        return None
    return Security(tls.version or None, tls.cipher or None, tls.certificate_sha256 or None, tls.fault or None)
