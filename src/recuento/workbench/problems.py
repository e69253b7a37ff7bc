"""What a program is told when something cannot be done: RFC 9457, with the words in both languages."""

from __future__ import annotations

import json
from typing import Any

MEDIA_TYPE = "application/problem+json"


def problem(status: int, code: str, *, en: str, es: str) -> Any:
    """An answer in a form that stays the same: `code` is for programs, the words are for people."""
    from django.http import HttpResponse

    plain = {"type": "about:blank", "status": status, "code": code, "title": code, "detail": {"en": en, "es": es}}
    answer = HttpResponse(json.dumps(plain, ensure_ascii=False), status=status, content_type=MEDIA_TYPE)
    if status == 401:
        answer["WWW-Authenticate"] = 'Bearer realm="recuento"'
    return answer
