"""The operations as django-ninja serves them: one answer, its ETag, and problems in a form that stays the same."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import Any

from django.http import Http404
from django.urls import Resolver404, URLResolver
from django.urls.resolvers import RegexPattern
from django.utils.http import parse_etags, quote_etag
from ninja import NinjaAPI
from ninja.errors import ValidationError

from recuento import __version__
from recuento.errors import RecuentoError
from recuento.workbench.api.event_figures import state_mark
from recuento.workbench.api.faults import faults_told, unknown_told
from recuento.workbench.api.operations import OPERATIONS, Operation, Unknown
from recuento.workbench.members import member_of
from recuento.workbench.pages import desk_of
from recuento.workbench.problems import problem
from recuento.workbench.roles import RoleMissing

PREFIX = "api/v1/"


@cache
def _api() -> NinjaAPI:
    made = NinjaAPI(
        title="Recuento", version=__version__, docs_url=None, openapi_url=None, urls_namespace="recuento-v1"
    )
    for operation in OPERATIONS:
        made.get(
            operation.address, response=operation.answer, operation_id=operation.ask.__name__, summary=_first(operation)
        )(operation.ask)
    made.add_exception_handler(Unknown, lambda request, error: not_found())
    made.add_exception_handler(Http404, lambda request, error: not_found())
    made.add_exception_handler(ValidationError, _invalid)
    made.add_exception_handler(RecuentoError, _refused)
    # A bug of ours stays a bug: Django answers 500 and says in the log what it was.
    made._exception_handlers.pop(Exception, None)
    return made


@cache
def _resolver() -> URLResolver:
    patterns, name, namespace = _api().urls
    return URLResolver(RegexPattern("^"), patterns, app_name=name, namespace=namespace)


def answer(request: Any, rest: str) -> Any:
    """What is asked for at `rest`, below the prefix; 304 where whoever asks has it already."""
    try:
        match = _resolver().resolve(rest)
    except Resolver404:
        return not_found()
    operation = _operation(match.route)
    if not member_of(request).may(operation.role):
        error = RoleMissing(operation.role)
        return problem(403, "role_missing", en=error.en, es=error.es)
    # A misspelt name would be answered with what nobody asked for.
    if unknown := sorted(set(request.GET) - operation.questions):
        words = unknown_told(unknown, operation.questions)
        return problem(422, "invalid", en=words.en, es=words.es)
    tag = _etag(request)
    if tag in parse_etags(request.headers.get("If-None-Match", "")):
        from django.http import HttpResponseNotModified

        made: Any = HttpResponseNotModified()
    else:
        made = match.func(request, *match.args, **match.kwargs)
    if made.status_code in (200, 304):
        made["ETag"] = tag
        made["Cache-Control"] = "private, no-cache"
    return made


def schema() -> dict[str, Any]:
    """The OpenAPI description."""
    made: dict[str, Any] = _api().get_openapi_schema(path_prefix=PREFIX)
    made["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    made["security"] = [{"token": []}]
    return made


def not_found() -> Any:
    """There is nothing of that name."""
    return problem(404, "not_found", en="there is nothing here", es="aquí no hay nada")


def _operation(route: str) -> Operation:
    """The operation behind a pattern of ninja's, in which a part is written <sha256>."""
    plain = route.replace("<", "{").replace(">", "}").lstrip("^")
    return next(one for one in OPERATIONS if one.address == plain)


def _etag(request: Any) -> str:
    """What the answer depends on: the state of the casefile, who looks, and what is asked."""
    roles = " ".join(sorted(member_of(request).roles))
    asked = f"{__version__} {state_mark(desk_of(request))} {roles} {request.get_full_path()}"
    return str(quote_etag(hashlib.sha256(asked.encode()).hexdigest()[:32]))


def _refused(request: Any, error: Any) -> Any:
    return problem(400, "refused", en=error.en, es=error.es)


def _invalid(request: Any, error: Any) -> Any:
    words = faults_told(error.errors)
    return problem(422, "invalid", en=words.en, es=words.es)


def _first(operation: Operation) -> str:
    return (operation.ask.__doc__ or "").split("\n")[0]
