"""A visit as a WARC file: who captured with what, then every request and answer in their order, then the picture."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from recuento.preserve.web.ends import truncated
from recuento.preserve.web.exchange import Exchange
from recuento.preserve.web.http_message import NotHttp, head_of
from recuento.preserve.web.visit import Step, Visit
from recuento.preserve.web.warc_writing import packed, payload_in, record
from recuento.values.bilingual import Bilingual

_HTTP = "application/http;msgtype="


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the whole page, PNG, and how it was made."""

    data: bytes
    at: datetime
    how: Bilingual


@dataclass(frozen=True, slots=True)
class VisitArchive:
    """The file, and the id of the record whose answer counts; of another record where none came."""

    data: bytes
    id: str


def archive_of(visit: Visit, about: Mapping[str, str], at: datetime, *, picture: Picture | None = None) -> VisitArchive:
    """Write a visit down. `about` are the fields of the warcinfo record: software, operator, robots and the like."""
    ids = {id(step): _new_id() for step in visit.steps}
    info = _new_id()
    final = ids.get(id(visit.final), info) if visit.final is not None else info
    records = [
        record("warcinfo", info, at, _fields(about), "application/warc-fields", fields={"WARC-Filename": _name(visit)})
    ]
    for step in visit.steps:
        records += _step_records(step, ids[id(step)], info)
    if picture is not None:
        url = f"urn:fullPage:{visit.final.exchange.url if visit.final else visit.url}"
        records.append(record("resource", _new_id(), picture.at, picture.data, "image/png", url=url))
    records.append(_metadata(visit, final, at))
    return VisitArchive(packed(records), final)


def _step_records(step: Step, response_id: str, info: str) -> Iterator[bytes]:
    exchange = step.exchange
    common = {"WARC-Warcinfo-ID": f"<{info}>", **({"WARC-IP-Address": exchange.ip} if exchange.ip else {})}
    tls = exchange.tls
    if tls is not None and tls.certificate:
        # Also where nothing was asked: the certificate that did not hold is what there is to show.
        yield record(
            "resource",
            _new_id(),
            step.after,
            tls.certificate.encode(),
            "application/x-pem-file",
            url=f"urn:recuento:certificate:{exchange.url}",
            fields=common,
        )
    if not exchange.request:
        return
    request_id = _new_id()
    secure = {"WARC-Protocol": tls.version.lower().replace("v", "/"), "WARC-Cipher-Suite": tls.cipher} if tls else {}
    yield record(
        "request",
        request_id,
        step.before,
        exchange.request,
        f"{_HTTP}request",
        url=exchange.url,
        payload=b"",
        fields={**common, "WARC-Concurrent-To": f"<{response_id}>"},
    )
    if exchange.response:
        yield _response(exchange, step, response_id, request_id, {**common, **secure})


def _response(exchange: Exchange, step: Step, response_id: str, request_id: str, fields: Mapping[str, str]) -> bytes:
    cut = truncated(exchange.end)
    block, kind, media_type = exchange.response, "response", f"{_HTTP}response"
    if not _has_head(block):
        # Bytes that are no HTTP are kept as what they are, so that no reader stumbles over them.
        kind, media_type = "resource", "application/octet-stream"
    return record(
        kind,
        response_id,
        step.before,
        block,
        media_type,
        url=exchange.url,
        payload=payload_in(block) if kind == "response" else block,
        fields={
            **fields,
            "WARC-Concurrent-To": f"<{request_id}>",
            **({"WARC-Truncated": cut} if cut else {}),
        },
    )


def _metadata(visit: Visit, final: str, at: datetime) -> bytes:
    """What became of the address, beside the bytes, so that the file tells it by itself."""
    told: dict[str, Any] = {
        "outcome": visit.judged.outcome.value,
        "reason": visit.judged.reason.en if visit.judged.reason else "",
        "redirects": [[one.url, one.to, one.status] for one in visit.redirects],
        "clocks": [
            {"url": step.exchange.url, "before": step.before.isoformat(), "after": step.after.isoformat()}
            for step in visit.steps
        ],
    }
    block = (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")
    return record(
        "metadata", _new_id(), at, block, "application/json", url=visit.url, fields={"WARC-Refers-To": f"<{final}>"}
    )


def _has_head(block: bytes) -> bool:
    try:
        return head_of(block) is not None
    except NotHttp:
        return False


def _fields(about: Mapping[str, str]) -> bytes:
    return "".join(f"{name}: {' '.join(value.split())}\r\n" for name, value in about.items()).encode()


def _name(visit: Visit) -> str:
    first = visit.steps[0].exchange.url if visit.steps else visit.url
    return f"recuento-{uuid.uuid5(uuid.NAMESPACE_URL, first)}.warc.gz"


def _new_id() -> str:
    return uuid.uuid4().urn
