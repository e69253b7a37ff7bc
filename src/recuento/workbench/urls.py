"""Which page answers which address, and to which method. `ROUTES` is what the tests walk through."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponseNotAllowed
from django.urls import re_path

from recuento.workbench.views import add, common, history, home, review

_KEY = r"(?P<document>[0-9a-f]{16})/(?P<spans>\d+-\d+(?:,\d+-\d+)*)/"
_DOCUMENT = r"(?P<document>[0-9a-f]{16})/"

ROUTES: tuple[tuple[str, str, Callable[..., Any]], ...] = (
    ("GET", "", home.home),
    ("POST", "settings/", home.settings),
    ("GET", "review/", review.start),
    ("GET", "review/" + _KEY, review.show),
    ("POST", "review/" + _KEY + "decide/", review.decide),
    ("POST", "review/" + _KEY + "redraw/", review.redraw),
    ("GET", "add/" + _DOCUMENT, add.show),
    ("POST", "add/" + _DOCUMENT + "decide/", add.decide),
    ("POST", "add/" + _DOCUMENT + "redraw/", add.redraw),
    ("POST", "undo/", history.undo),
    ("GET", "history/", history.every),
    ("GET", "history/" + _KEY, history.one),
    ("GET", r"effect/(?P<number>\d{1,18})/", review.effect),
    ("GET", r"static/(?P<name>[a-z]+\.(?:css|js|svg))", common.static),
)
"""Method, address and page."""


def _only(method: str, page: Callable[..., Any]) -> Callable[..., Any]:
    allowed = ("GET", "HEAD") if method == "GET" else (method,)

    def answer(request: Any, **parts: str) -> Any:
        return page(request, **parts) if request.method in allowed else HttpResponseNotAllowed(allowed)

    return answer


urlpatterns = [re_path(f"^{address}$", _only(method, page)) for method, address, page in ROUTES]
handler400 = common.bad_request
handler403 = common.forbidden
handler404 = common.not_found
handler500 = common.failed
