"""Which page answers which address, to which method and to whom. `ROUTES` is what the tests walk through."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import groupby
from typing import Any

from django.http import HttpResponseNotAllowed
from django.urls import re_path

from recuento.workbench.importing import brought_in
from recuento.workbench.roles import Access, Role
from recuento.workbench.routes import Route
from recuento.workbench.views import common


class _Later:
    """A module of pages, imported when one of them is first asked for: the first page waits for no other."""

    def __init__(self, module: str) -> None:
        self._module = module

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def page(request: Any, **parts: str) -> Any:
            answer: Callable[..., Any] = getattr(brought_in(f"recuento.workbench.views.{self._module}"), name)
            return answer(request, **parts)

        return page


add = _Later("add")
api = _Later("api")
capture = _Later("capture")
cast = _Later("cast")
claim = _Later("claim")
demand = _Later("demand")
document = _Later("document")
event = _Later("event")
history = _Later("history")
home = _Later("home")
layers = _Later("layers")
people = _Later("people")
publish = _Later("publish")
review = _Later("review")
take_out = _Later("take_out")
unseal = _Later("unseal")

_KEY = r"(?P<document>[0-9a-f]{16})/(?P<spans>\d+-\d+(?:,\d+-\d+)*)/"
_STAYED = r"(?P<document>[0-9a-f]{16})/(?P<spans>\d+-\d+(?:,\d+-\d+)*(?:@[0-9a-f]{8})?)/"
_PAIR = r"people/(?P<pair>[0-9a-f]{16})/"
_EVENT = r"event/(?P<event>[^/]{1,200})/"
_CLAIM = r"claim/(?P<claim>[^/]{1,200})/"
_DEMAND = r"demand/(?P<demand>[^/]{1,200})/"
_SOURCE = r"unseal/(?P<source>s-[a-z0-9]{10})/"
_DOCUMENT = r"(?P<document>[0-9a-f]{16})/"

ROUTES: tuple[Route, ...] = (
    Route("GET", "", home.home, Role.READER),
    Route("GET", _EVENT, event.show, Role.READER),
    Route("GET", _EVENT + "brief/", event.brief, Role.READER),
    Route("GET", _EVENT + _CLAIM, claim.show, Role.READER),
    Route("POST", _EVENT + _CLAIM + "withdraw/", claim.withdraw, Role.ANALYST),
    Route("GET", _EVENT + _DEMAND, demand.show, Role.READER),
    Route("POST", _EVENT + _DEMAND + "settle/", demand.settle, Role.DOCUMENTATION),
    Route("GET", _CLAIM, claim.find, Role.READER),
    Route("GET", _DEMAND, demand.find, Role.READER),
    Route("GET", "publish/", publish.show, Role.PUBLISHER),
    Route("POST", "publish/compare/", publish.compare, Role.PUBLISHER),
    Route("POST", "publish/hold/", publish.hold, Role.PUBLISHER),
    Route("POST", "publish/request/", publish.ask, Role.PUBLISHER),
    Route("POST", "publish/confirm/", publish.confirm, Role.PUBLISHER, again=True),
    Route("GET", "publish/out/", take_out.show, Role.PUBLISHER),
    Route("POST", "publish/out/hold/", take_out.hold, Role.PUBLISHER),
    Route("POST", "publish/out/withdraw/", take_out.withdraw, Role.PUBLISHER),
    Route("GET", "document/" + _DOCUMENT, document.show, Role.READER),
    Route("POST", "document/" + _DOCUMENT + "describe/", document.describe, Role.DOCUMENTATION),
    Route("GET", "document/" + _DOCUMENT + r"layer/(?P<layer>[0-9a-f]{8})/", layers.show, Role.READER),
    Route("POST", "settings/", home.settings, Access.ANYBODY),
    Route("GET", "review/", review.start, Role.DOCUMENTATION),
    Route("GET", "review/" + _KEY, review.show, Role.READER),
    Route("POST", "review/" + _KEY + "decide/", review.decide, Role.DOCUMENTATION),
    Route("POST", "review/" + _KEY + "redraw/", review.redraw, Role.DOCUMENTATION),
    Route("GET", "add/" + _DOCUMENT, add.show, Role.DOCUMENTATION),
    Route("POST", "add/" + _DOCUMENT + "decide/", add.decide, Role.DOCUMENTATION),
    Route("POST", "add/" + _DOCUMENT + "redraw/", add.redraw, Role.DOCUMENTATION),
    # Whoever decides on a kind of record takes decisions on it back: the page asks for the role of the record.
    Route("POST", "undo/", history.undo, Role.READER),
    Route("GET", "history/", history.every, Role.READER),
    Route("GET", "history/" + _STAYED, history.one, Role.READER),
    Route("GET", "orphans/", layers.every, Role.READER),
    Route("GET", "capture/", capture.home, Role.DOCUMENTATION),
    Route("POST", "capture/files/", capture.files, Role.DOCUMENTATION),
    Route("POST", "capture/text/", capture.text, Role.DOCUMENTATION),
    Route("POST", "capture/addresses/", capture.addresses, Role.DOCUMENTATION),
    Route("POST", "capture/clear/", capture.clear_done, Role.DOCUMENTATION),
    Route("GET", "cast/", cast.home, Role.DOCUMENTATION),
    # Who speaks is told by whoever reviews; what is studied, and where, by whoever does the analysis.
    Route("GET", "cast/actor/", cast.actor, Role.DOCUMENTATION),
    Route("POST", "cast/actor/add/", cast.add_actor, Role.DOCUMENTATION),
    Route("POST", "cast/name/add/", cast.add_name, Role.DOCUMENTATION),
    Route("GET", "cast/facility/", cast.facility, Role.ANALYST),
    Route("POST", "cast/facility/add/", cast.add_facility, Role.ANALYST),
    Route("GET", "cast/event/", cast.event, Role.ANALYST),
    Route("POST", "cast/event/add/", cast.add_event, Role.ANALYST),
    Route("GET", "people/", people.home, Role.KEEPER_OF_NAMES),
    Route("POST", "people/link/", people.link, Role.KEEPER_OF_NAMES),
    Route("POST", "people/undo/", people.undo, Role.KEEPER_OF_NAMES),
    Route("GET", _PAIR, people.show, Role.KEEPER_OF_NAMES),
    Route("POST", _PAIR + "decide/", people.decide, Role.KEEPER_OF_NAMES),
    Route("GET", "unseal/", unseal.home, Role.KEEPER_OF_NAMES),
    Route("GET", _SOURCE, unseal.show, Role.KEEPER_OF_NAMES, again=True),
    Route("POST", _SOURCE + "open/", unseal.open_here, Role.KEEPER_OF_NAMES, again=True),
    Route("POST", _SOURCE + "packet/", unseal.packet, Role.KEEPER_OF_NAMES, again=True),
    Route("GET", r"effect/(?P<number>\d{1,18})/", review.effect, Role.READER),
    Route("GET", "api/v1/docs/", api.docs, Role.READER),
    Route("GET", r"api/v1/openapi\.json", api.schema, Role.READER),
    Route("GET", r"api/v1/(?P<rest>(?!docs/$|openapi\.json$)[^/]+/(?:.+/)?)", api.ask, Role.READER),
    Route("GET", r"static/(?P<name>[a-z]+\.(?:css|js|svg))", common.static, Access.ANYBODY),
)
"""Every page. One address may have a route for GET and another for POST."""


def _answering(routes: Mapping[str, Route]) -> Callable[..., Any]:
    """The view of one address; the gate reads its `routes` before it is called."""
    allowed = [method for name in routes for method in (("GET", "HEAD") if name == "GET" else (name,))]

    def answer(request: Any, **parts: str) -> Any:
        route = routes.get("GET" if request.method == "HEAD" else request.method)
        return route.page(request, **parts) if route else HttpResponseNotAllowed(allowed)

    answer.routes = routes  # type: ignore[attr-defined]
    return answer


def patterns_of(routes: Iterable[Route]) -> list[Any]:
    """The routes as Django takes them: one view an address, which knows the route of each method."""
    by_address = sorted(routes, key=lambda route: route.address)
    return [
        re_path(f"^{address}$", _answering({route.method: route for route in same}), name=same[0].name or None)
        for address, same in ((address, list(group)) for address, group in groupby(by_address, lambda r: r.address))
    ]


urlpatterns = patterns_of(ROUTES)
handler400 = common.bad_request
handler403 = common.forbidden
handler404 = common.not_found
handler500 = common.failed
