"""Tell a page from what stands in its way: error pages, log-ins, consent, guards against programs, pages that are gone.

Servers say 200 of many a page that is none of what was asked for. The signs are looked for only where little text is on
the page: an article about passwords, cookies or robots has more to say than a wall.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from recuento.model.capture import CaptureOutcome
from recuento.preserve.web.addresses import parts_of
from recuento.preserve.web.http_message import Head
from recuento.values.bilingual import Bilingual

WALL_WORDS_MAX = 300
"""A page with more words than this on it is taken for a page."""


@dataclass(frozen=True, slots=True)
class Judged:
    """An outcome and why."""

    outcome: CaptureOutcome
    reason: Bilingual | None = None


CAPTURED = Judged(CaptureOutcome.CAPTURED)


def judged_by_status(head: Head) -> Judged:
    """What the status alone tells."""
    status = head.status
    found = _BY_STATUS.get(status)
    if found is not None:
        return found
    if status in (403, 429) or (status == 503 and head.field("cf-mitigated")):
        return Judged(
            CaptureOutcome.BLOCKED,
            Bilingual(es=f"el sitio nos rechaza (estado {status})", en=f"the site refuses us (status {status})"),
        )
    if 200 <= status < 300:
        return CAPTURED
    return Judged(
        CaptureOutcome.ERROR_PAGE,
        Bilingual(
            es=f"respondió con estado {status} {head.reason[:60]}".strip(),
            en=f"it answered with status {status} {head.reason[:60]}".strip(),
        ),
    )


def judged_by_look(asked: str, final: str, look: Mapping[str, Any]) -> Judged:
    """What the page itself tells, which came with a status of success. `look` is what the jail saw of it."""
    words = _number(look, "words")
    if words <= WALL_WORDS_MAX:
        title, heading = _text(look, "title"), _text(look, "heading")
        shown = f"{title}\n{heading}\n{_text(look, 'start')}"
        if look.get("challenge") is True or _GUARD.search(f"{title}\n{heading}"):
            return _BLOCKED_BY_GUARD
        if _number(look, "passwords") or (_LOGIN_PATH.search(_path(final)) and not _LOGIN_PATH.search(_path(asked))):
            return _LOGIN
        if _GONE.search(f"{title}\n{heading}"):
            return _SAYS_GONE
        if _COOKIES.search(shown) and _CONSENT.search(shown) and words < WALL_WORDS_MAX // 2:
            return _ASKS_CONSENT
    if _is_home_instead(asked, final):
        return _HOME_INSTEAD
    if look.get("free") is False:
        return _NOT_FREE
    return CAPTURED


def _is_home_instead(asked: str, final: str) -> bool:
    """Whether a page deep in a site led to its front page: the usual way to hide that it is gone."""
    path = _path(asked).strip("/")
    return "/" in path and _path(final).strip("/") == "" and not parts_of(final).query


def _path(url: str) -> str:
    return parts_of(url).path.lower()


def _text(look: Mapping[str, Any], name: str) -> str:
    found = look.get(name)
    return found.lower() if isinstance(found, str) else ""


def _number(look: Mapping[str, Any], name: str) -> int:
    found = look.get(name)
    return found if isinstance(found, int) else 0


_GUARD = re.compile(
    r"^(?:just a moment|un momento|attention required|access denied|acceso denegado|are you (?:a )?(?:human|robot)"
    r"|(?:¿)?eres (?:humano|un robot)|verif\w+ (?:que (?:usted )?(?:es|eres) humano|you are human)"
    r"|checking your browser|comprobando (?:su|tu) navegador|ddos-guard|security check|pardon our interruption)",
    re.M,
)
_LOGIN_PATH = re.compile(
    r"/(?:log-?in|sign-?in|wp-login|user/login|auth(?:enticate)?|sso|account/login|acceso|acceder|ingres(?:o|ar)"
    r"|iniciar-?sesi[oó]n|entrar|registro|register|suscr\w+|subscribe)(?:[./]|$)"
)
_GONE = re.compile(
    r"\b(?:404|not found|page (?:does(?:n't| not) exist|cannot be found|unavailable)"
    r"|no (?:encontrad[ao]|existe|se (?:encontr[oó]|encuentra|ha encontrado))"
    r"|p[aá]gina (?:no disponible|eliminada|inexistente)|contenido no disponible|content (?:is )?(?:not|un)available)\b"
)
_COOKIES = re.compile(r"\bcookies?\b|\bgalletas\b")
_CONSENT = re.compile(
    r"\b(?:acept\w+|accept\w*|consent\w*|permit\w+|rechaz\w+|reject\w*|agree|de acuerdo"
    r"|antes de continuar|before you)\b"
)

_BLOCKED_BY_GUARD = Judged(
    CaptureOutcome.BLOCKED,
    Bilingual(
        es="el sitio pide demostrar que no es un programa quien lee",
        en="the site asks to prove that no program reads it",
    ),
)
_LOGIN = Judged(
    CaptureOutcome.LOGIN_WALL, Bilingual(es="pide entrar con una cuenta", en="it asks to log in with an account")
)
_SAYS_GONE = Judged(
    CaptureOutcome.GONE,
    Bilingual(
        es="la página dice que no existe, aunque el estado es de éxito",
        en="the page says that it does not exist, though the status is a success",
    ),
)
_HOME_INSTEAD = Judged(
    CaptureOutcome.GONE,
    Bilingual(es="lleva a la portada del sitio en su lugar", en="it leads to the front page of the site instead"),
)
_ASKS_CONSENT = Judged(
    CaptureOutcome.CONSENT_WALL,
    Bilingual(es="pide aceptar cookies antes de mostrarse", en="it asks to accept cookies before it shows"),
)
_NOT_FREE = Judged(
    CaptureOutcome.PARTIAL,
    Bilingual(
        es="la página dice de sí misma que no es de acceso libre; puede faltar texto",
        en="the page says of itself that it is not free to read; text may be missing",
    ),
)
_PASSWORD = Judged(
    CaptureOutcome.LOGIN_WALL, Bilingual(es="pide usuario y contraseña", en="it asks for a user name and password")
)
_EMPTY = Judged(
    CaptureOutcome.EMPTY,
    Bilingual(es="el servidor respondió que no hay contenido", en="the server answered that there is no content"),
)
_BY_STATUS = {
    204: _EMPTY,
    205: _EMPTY,
    206: Judged(
        CaptureOutcome.PARTIAL,
        Bilingual(es="el servidor dio solo una parte sin que se le pidiera", en="the server gave a part, unasked"),
    ),
    304: Judged(
        CaptureOutcome.EMPTY,
        Bilingual(
            es="el servidor dijo que no cambió, sin que se le preguntara", en="the server said unchanged, unasked"
        ),
    ),
    401: _PASSWORD,
    402: Judged(CaptureOutcome.LOGIN_WALL, Bilingual(es="pide un pago", en="it asks for a payment")),
    404: Judged(CaptureOutcome.GONE, Bilingual(es="no existe (estado 404)", en="it does not exist (status 404)")),
    407: _PASSWORD,
    410: Judged(CaptureOutcome.GONE, Bilingual(es="fue retirada (estado 410)", en="it was withdrawn (status 410)")),
    451: Judged(
        CaptureOutcome.BLOCKED,
        Bilingual(es="bloqueada por razones legales (estado 451)", en="blocked for legal reasons (status 451)"),
    ),
}
