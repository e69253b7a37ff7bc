"""What is shown of a capture, and exported with it: the fields a court asks for, each filled or with why it is not.

Berkeley Protocol on Digital Open Source Investigations (2022), §153-155 and 167: URL, HTML source, full-page capture;
source, time, method, hash, who collected it; any conversion documented.
"""

from __future__ import annotations

from typing import Any

from recuento.model.capture import Capture, CaptureOutcome
from recuento.store.encoding import to_plain
from recuento.values.bilingual import Bilingual

Field = tuple[Bilingual, Bilingual]
"""A label and a value."""


def berkeley_fields(capture: Capture) -> list[Field]:
    """Label and value of everything that is told of a capture, in the order of the protocol."""
    clocks = capture.clocks
    return [
        _field("Dirección (URL)", "Address (URL)", Bilingual.same(capture.url)),
        _field("Dirección final", "Final address", _or_none(capture.final_url, *_NO_ANSWER)),
        _field("Redirecciones", "Redirects", _redirects(capture)),
        _field("Resultado", "Outcome", _outcome(capture)),
        _field("Procedencia", "Source", capture.source),
        _field("Hora de la captura", "Capture time", _span(capture)),
        _field("Hora del servidor", "Server's clock", _or_none(clocks.server_date, "no la dijo", "not told")),
        _field("Última modificación", "Last modified", _or_none(clocks.last_modified, "no la dijo", "not told")),
        _field("Edad en caché (s)", "Age in a cache (s)", _or_none(clocks.age_seconds, "no la dijo", "not told")),
        _field("Método", "Method", capture.method),
        _field("Operador", "Operator", Bilingual.same(capture.by)),
        _field("Huella del contenido", "Hash of the content", _hash(capture)),
        _field("Código fuente", "Source code", _source_code(capture)),
        _field("Conversiones", "Conversions", _conversions(capture)),
        _field("Captura de pantalla", "Screenshot", _screenshot(capture)),
        _field("Conexión", "Connection", _connection(capture)),
        *(_field("Observación", "Remark", remark) for remark in capture.remarks),
    ]


def record_of(capture: Capture) -> dict[str, Any]:
    """A capture as plain data for an export: the noun as it is kept, and the fields in words."""
    said = [{"es": [a.es, b.es], "en": [a.en, b.en]} for a, b in berkeley_fields(capture)]
    return {"capture": to_plain(capture), "fields": said}


def _field(es: str, en: str, value: Bilingual) -> Field:
    return Bilingual(es=es, en=en), value


_NO_ANSWER = ("no hubo respuesta", "there was no answer")


def _or_none(value: str | None, es: str, en: str) -> Bilingual:
    return Bilingual.same(value) if value else Bilingual(es=es, en=en)


def _redirects(capture: Capture) -> Bilingual:
    if not capture.redirects:
        return Bilingual(es="ninguna", en="none")
    return Bilingual(
        es="; ".join(f"{one.url} → {one.to} ({one.status or 'la página'})" for one in capture.redirects),
        en="; ".join(f"{one.url} → {one.to} ({one.status or 'the page'})" for one in capture.redirects),
    )


def _outcome(capture: Capture) -> Bilingual:
    status = f" ({capture.status})" if capture.status else ""
    name = capture.outcome.value
    if capture.reason is None:
        return Bilingual.same(f"{name}{status}")
    return Bilingual(es=f"{name}{status}: {capture.reason.es}", en=f"{name}{status}: {capture.reason.en}")


def _span(capture: Capture) -> Bilingual:
    before, after = capture.clocks.before, capture.clocks.after
    if before == after:
        return Bilingual.same(before.isoformat())
    return Bilingual(
        es=f"entre {before.isoformat()} y {after.isoformat()}",
        en=f"between {before.isoformat()} and {after.isoformat()}",
    )


def _hash(capture: Capture) -> Bilingual:
    if capture.payload_sha256 is None:
        return Bilingual(es="ninguna, porque no hubo contenido", en="none, because there was no content")
    return Bilingual(
        es=f"SHA-256 {capture.payload_sha256} ({capture.payload_bytes} bytes)",
        en=f"SHA-256 {capture.payload_sha256} ({capture.payload_bytes} bytes)",
    )


def _source_code(capture: Capture) -> Bilingual:
    if capture.warc is None:
        return Bilingual(es="ninguno, porque no se pidió nada", en="none, because nothing was asked")
    return Bilingual(
        es=f"original {capture.warc}, registro {capture.id}", en=f"original {capture.warc}, record {capture.id}"
    )


def _conversions(capture: Capture) -> Bilingual:
    if not capture.conversions:
        return Bilingual(es="ninguna", en="none")
    return Bilingual(
        es="; ".join(one.es for one in capture.conversions), en="; ".join(one.en for one in capture.conversions)
    )


def _screenshot(capture: Capture) -> Bilingual:
    shot = capture.screenshot
    if shot is None:
        if capture.outcome.is_kept_as_document or capture.outcome is CaptureOutcome.OTHER_FILE:
            return Bilingual(
                es="ninguna, porque se trajo de un archivo hecho en otra parte",
                en="none, because it came in an archive made elsewhere",
            )
        return Bilingual(es="ninguna, porque no se capturó la página", en="none, because the page was not captured")
    if shot.sha256 is None:
        return Bilingual(es=f"ninguna, porque {shot.how.es}", en=f"none, because {shot.how.en}")
    return Bilingual(es=f"SHA-256 {shot.sha256}, {shot.how.es}", en=f"SHA-256 {shot.sha256}, {shot.how.en}")


def _connection(capture: Capture) -> Bilingual:
    ip = Bilingual.same(capture.ip or "-")
    tls = capture.security
    if tls is None:
        return Bilingual(es=f"{ip.es}, sin cifrar", en=f"{ip.en}, not encrypted") if capture.ip else Bilingual.same("-")
    told = f"{ip.en}, {tls.version or 'TLS'} {tls.cipher or ''}".strip()
    certificate = tls.certificate_sha256 or "-"
    return Bilingual(
        es=f"{told}, certificado {certificate}" + (f"; no vale: {tls.fault}" if tls.fault else ""),
        en=f"{told}, certificate {certificate}" + (f"; does not hold: {tls.fault}" if tls.fault else ""),
    )
