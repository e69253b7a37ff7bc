"""Templates to answers: one environment, which can also use the macros of the dossier, and what every page needs."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from recuento.publish.render import templates as dossier_templates
from recuento.values.bilingual import Language
from recuento.workbench import urls_of
from recuento.workbench.desk import ENVIRON, Desk
from recuento.workbench.members import MEMBER
from recuento.workbench.navigation import places_for
from recuento.workbench.roles import Member
from recuento.workbench.speech import Speech


@cache
def templates() -> Environment:
    """The one environment of the workbench."""
    environment = Environment(
        loader=ChoiceLoader([PackageLoader("recuento.workbench"), PackageLoader("recuento.publish")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(dossier_templates().filters)
    environment.globals.update(
        url=urls_of,
        static=lambda name: f"{urls_of.STATIC}{name}?{static_file(name)[1]}",
    )
    return environment


@cache
def static_file(name: str) -> tuple[bytes, str]:
    """The bytes of a static file and a short mark of them; the style sheet of the dossier is one."""
    room = "recuento.publish" if name == "recuento.css" else "recuento.workbench"
    folder = "style" if name == "recuento.css" else "static"
    data = files(room).joinpath(folder, name).read_bytes()
    return data, hashlib.sha256(data).hexdigest()[:10]


def desk_of(request: Any) -> Desk:
    """The desk behind a request."""
    desk: Desk = request.META[ENVIRON]
    return desk


def language_of(request: Any) -> Language:
    """The language somebody chose, else the one the server was started in."""
    chosen = request.session.get("language")
    return chosen if chosen in ("es", "en") else desk_of(request).language


def templates_for_django(**options: Any) -> Environment:
    """The same environment for pages that a library of Django's renders."""
    return templates()


def on_every_page(request: Any) -> dict[str, Any]:
    """What every page shows, whoever renders it."""
    from django.middleware.csrf import get_token

    me: Member | None = getattr(request, MEMBER, None)
    desk = desk_of(request)
    return {
        "L": Speech(language_of(request)),
        "casefile_name": desk.casefile.settings.name,
        "is_stopped": desk.casefile.is_stopped,
        "me": me,
        "places": places_for(me, team=desk.owner is None),
        "team": desk.owner is None,
        "here": _here(request),
        "csrf": get_token(request),
        "keys": request.session.get("keys", True),
    }


def _here(request: Any) -> str:
    """Where a reader comes back to after a setting is changed: what answers a form has no address of its own."""
    if request.method == "GET":
        return str(request.get_full_path())
    sent_from = urlsplit(request.headers.get("Referer", ""))
    readable = _readable(sent_from.path or "/")
    return f"{readable}?{sent_from.query}" if sent_from.query and readable == sent_from.path else readable


def _readable(path: str) -> str:
    """The address itself, or the nearest above it that can be asked for: not one that only takes forms."""
    from django.urls import Resolver404, resolve

    while path != "/":
        try:
            routes = getattr(resolve(path).func, "routes", None)
        except Resolver404:
            routes = {}
        if routes is None or "GET" in routes:
            break
        path = f"{path.rstrip('/').rpartition('/')[0]}/"
    return path


def page(request: Any, template: str, status: int = 200, **shown: Any) -> Any:
    """An answer made of a template and what it shows."""
    from django.http import HttpResponse

    return HttpResponse(templates().get_template(template).render(**on_every_page(request), **shown), status=status)
