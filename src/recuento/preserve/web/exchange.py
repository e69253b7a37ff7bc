"""What is asked of the fetching process, and what it brings back: a request and its answer as they crossed the wire."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from enum import StrEnum
from typing import Any

from recuento.errors import RecuentoError
from recuento.preserve.web.addresses import Allowed, allowed_from
from recuento.preserve.web.http_message import Head, NotHttp, head_of


@dataclass(frozen=True, slots=True)
class WebLimits:
    """What one request may cost."""

    seconds_max: float = 60.0
    """From looking up the name to the last byte."""
    silence_seconds_max: float = 20.0
    """Without a byte."""
    connect_seconds_max: float = 15.0
    body_bytes_max: int = 64 << 20
    """Of a body as it is sent, and again unpacked."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One request: GET an address."""

    url: str
    agent: str
    accept: str = "text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.8"
    languages: str = "es,en;q=0.7"
    referer: str = ""
    allowed: Allowed = field(default_factory=Allowed)
    bad_certificates: tuple[str, ...] = ()
    """Hosts whose certificate may be wrong: named by a person, and the fault is kept with the capture."""
    proxy: str | None = None
    limits: WebLimits = field(default_factory=WebLimits)

    def plain(self) -> dict[str, Any]:
        """As it crosses to the fetching process."""
        return {
            "url": self.url,
            "agent": self.agent,
            "accept": self.accept,
            "languages": self.languages,
            "referer": self.referer,
            "allowed": self.allowed.written(),
            "bad_certificates": list(self.bad_certificates),
            "proxy": self.proxy,
            "limits": asdict(self.limits),
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> Ask:
        """What `plain` wrote."""
        return cls(
            **{
                **plain,
                "allowed": allowed_from(plain["allowed"]),
                "bad_certificates": tuple(plain["bad_certificates"]),
                "limits": WebLimits(**plain["limits"]),
            }
        )


class End(StrEnum):
    """How a request ended."""

    WHOLE = "whole"
    CUT = "cut"
    """The other side closed before the end it had announced."""
    RESET = "reset"
    """The connection broke in the middle of the answer."""
    TIMED_OUT = "timed_out"
    TOO_LARGE = "too_large"
    BAD_CHUNKS = "bad_chunks"
    HEAD_TOO_LONG = "head_too_long"
    NOT_HTTP = "not_http"
    NO_ANSWER = "no_answer"
    """The connection stood, and not one byte came."""
    REFUSED_ADDRESS = "refused_address"
    """Not asked: it leads to a place that is not public, or to a port that is not allowed."""
    UNKNOWN_HOST = "unknown_host"
    UNREACHABLE = "unreachable"
    TLS = "tls"
    PROXY = "proxy"
    CRASH = "crash"
    """The fetching process died."""


@dataclass(frozen=True, slots=True)
class Tls:
    """How a connection was secured, or why it could not be. `certificate` is the server's, in PEM."""

    version: str = ""
    cipher: str = ""
    certificate: str = ""
    certificate_sha256: str = ""
    fault: str = ""
    """What is wrong with the certificate, in the words of the TLS library; empty where nothing is."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and what came back. Bytes are as they crossed the wire, inside TLS.

    `detail_es` and `detail_en` say what went wrong; `ip` is the address that was checked and called.
    """

    url: str
    end: End
    request: bytes = b""
    response: bytes = b""
    ip: str = ""
    tls: Tls | None = None
    detail_es: str = ""
    detail_en: str = ""
    surplus: int = 0
    """Bytes that came after the end that was announced; they are part of `response`."""
    interim: int = 0
    """Bytes of preliminary answers (100, 103) that came before and are left out."""

    def head(self) -> Head | None:
        """The head of the answer, None where none came."""
        try:
            return head_of(self.response)
        except NotHttp:
            return None

    def said(self, error: RecuentoError) -> Exchange:
        """With the words of an error as its detail."""
        return replace(self, detail_es=error.es, detail_en=error.en)

    def packed(self) -> tuple[dict[str, Any], bytes]:
        """As it crosses back: plain data, and the bytes of request and response behind one another."""
        plain = {one.name: getattr(self, one.name) for one in fields(self) if one.name not in ("request", "response")}
        plain["end"] = self.end.value
        plain["tls"] = None if self.tls is None else asdict(self.tls)
        return {**plain, "request_size": len(self.request)}, self.request + self.response

    @classmethod
    def unpacked(cls, url: str, plain: Mapping[str, Any], data: bytes) -> Exchange:
        """What `packed` wrote, every field checked: it comes from a process that a server may have taken over.

        Raises ValueError, TypeError or KeyError where it is not that.
        """
        size = int(plain["request_size"])
        tls = plain["tls"]
        if not 0 <= size <= len(data):
            raise ValueError("no such request")
        return cls(
            url=url,
            end=End(plain["end"]),
            request=data[:size],
            response=data[size:],
            ip=str(plain["ip"])[:100],
            tls=None if tls is None else Tls(**{one.name: str(tls[one.name])[:20_000] for one in fields(Tls)}),
            detail_es=str(plain["detail_es"])[:1000],
            detail_en=str(plain["detail_en"])[:1000],
            surplus=int(plain["surplus"]),
            interim=int(plain["interim"]),
        )
