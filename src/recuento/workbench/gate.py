"""The gate: nobody sees a page without a role that allows it, and what a user can put right is shown as a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

from recuento.casefile.review.decided_meanwhile import DecidedMeanwhile
from recuento.errors import RecuentoError
from recuento.store.durable import explanation
from recuento.store.stopping import DiskFailed
from recuento.store.vanishing import Vanished
from recuento.workbench.desk import ENVIRON, Desk
from recuento.workbench.members import MEMBER
from recuento.workbench.pages import language_of
from recuento.workbench.problems import problem
from recuento.workbench.roles import Access, Member, Role, RoleMissing
from recuento.workbench.routes import Route
from recuento.workbench.speech import own_phrases
from recuento.workbench.urls_of import API, STATIC
from recuento.workbench.views.common import message_page, see_other

_BEARER = "Bearer "


class Gate:
    """Django middleware, behind the session and before everything that answers."""

    def __init__(self, get_response: Callable[[Any], Any]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> Any:
        """Find out who asks; exchange the token of a laptop for a session; let nothing be kept by the browser."""
        desk: Desk = request.META[ENVIRON]
        # Raises DisallowedHost (answered with 400) for a name that somebody else points at this computer.
        request.get_host()
        if desk.casefile.vanished is not None:
            return _vanished(request, desk)
        if desk.owner is not None and request.method == "GET" and desk.is_token(request.GET.get("token", "")):
            request.session.cycle_key()
            request.session["run"] = desk.run
            return see_other(request.path)
        if not request.path.startswith(STATIC):
            desk.follow_settings()
        setattr(request, MEMBER, _member(request, desk))
        with _speaking(request, desk):
            answer = self.get_response(request)
        if not request.path.startswith(STATIC) and "Cache-Control" not in answer:
            answer["Cache-Control"] = "no-store"
        return answer

    def process_view(self, request: Any, view: Any, arguments: object, parts: object) -> Any:
        """Refuse whom the route does not allow. A view that has no routes is refused to everybody."""
        routes: Mapping[str, Route] = getattr(view, "routes", {})
        route = routes.get("GET" if request.method == "HEAD" else request.method) or next(iter(routes.values()), None)
        member: Member | None = getattr(request, MEMBER)
        if route is not None and route.role is Access.ANYBODY:
            return None
        if route is None or member is None:
            return _stranger(request)
        if isinstance(route.role, Role) and not member.may(route.role):
            error = RoleMissing(route.role)
            if request.path.startswith(API):
                return problem(403, "role_missing", en=error.en, es=error.es)
            return message_page(request, 403, "refused", error)
        return _ask_again(request) if route.again else None

    def process_exception(self, request: Any, error: Exception) -> Any:
        """Show what a user can put right, what the disk refused included; let a bug of ours be a bug."""
        if isinstance(error, OSError):
            error = explanation(error) or error
        if not isinstance(error, RecuentoError):
            return None
        if isinstance(error, Vanished):
            return _vanished(request, request.META[ENVIRON])
        if isinstance(error, RoleMissing):
            return message_page(request, 403, "refused", error)
        if isinstance(error, DiskFailed):
            return message_page(request, 503, "disk_failed", error)
        return message_page(request, 409 if isinstance(error, DecidedMeanwhile) else 400, "not_done", error)


def _vanished(request: Any, desk: Desk) -> Any:
    """Say that the casefile is gone, without a page: sessions lie in it, so nobody knows who asks in what language."""
    from django.http import HttpResponse

    # Where on the disk it lay is for nobody but whoever sits at it.
    gone = Vanished(desk.casefile.folder if desk.owner is not None else None)
    if request.path.startswith(API):
        return problem(503, "casefile_gone", en=gone.en, es=gone.es)
    return HttpResponse(f"{gone.es}.\n\n{gone.en}.\n", status=503, content_type="text/plain; charset=utf-8")


def _member(request: Any, desk: Desk) -> Member | None:
    """Who asks; None for a stranger. On a laptop whoever holds a session of this run is its one person."""
    if desk.owner is not None:
        return desk.owner if request.session.get("run") == desk.run else None
    from recuento.workbench.team.roster import member_for
    from recuento.workbench.team.tokens import member_with

    offered = request.headers.get("Authorization", "")
    if request.path.startswith(API) and offered.startswith(_BEARER):
        return member_with(offered.removeprefix(_BEARER).strip())
    return member_for(request.user) if request.user.is_authenticated else None


def _stranger(request: Any) -> Any:
    """Show a stranger the page on which a member signs in, and then the page asked for; a program only the refusal."""
    if request.META[ENVIRON].owner is not None:
        return message_page(request, 403, "refused", "refused_more")
    if request.method != "GET" or request.path.startswith(API):
        return _refused_team(request)
    return see_other(f"/me/login/?{urlencode({'next': request.get_full_path()})}")


def _refused_team(request: Any) -> Any:
    if not request.path.startswith(API):
        return message_page(request, 403, "refused", "refused_team")
    words = own_phrases()["refused_team"]
    return problem(401, "sign_in", en=words.en, es=words.es)


def _ask_again(request: Any) -> Any:
    """On a server, go and ask for the second factor, unless it was given again a moment ago."""
    if request.META[ENVIRON].owner is not None:
        return None
    from recuento.workbench.team.again import gave_second_factor_again, page_to_give_it_again

    if gave_second_factor_again(request):
        return None
    # What was sent is not kept: the page with the form is shown again, and its reader sends it knowingly.
    back = request.get_full_path() if request.method == "GET" else urlsplit(request.headers.get("Referer", "")).path
    return see_other(f"{page_to_give_it_again(request)}?{urlencode({'next': back or '/'})}")


def _speaking(request: Any, desk: Desk) -> Any:
    """Let the words of libraries be in the language of the page; on a laptop no library speaks."""
    from django.utils import translation

    return translation.override(language_of(request) if desk.owner is None else None)
