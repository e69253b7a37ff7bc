"""The gate: nobody sees a page without a role that allows it, and what a user can put right is shown as a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from recuento.casefile.decided_meanwhile import DecidedMeanwhile
from recuento.errors import RecuentoError
from recuento.workbench.desk import ENVIRON, Desk
from recuento.workbench.members import MEMBER
from recuento.workbench.roles import Access, Member, Role, RoleMissing
from recuento.workbench.routes import Route
from recuento.workbench.urls_of import STATIC
from recuento.workbench.views.common import message_page, see_other


class Gate:
    """Django middleware, behind the session and before everything that answers."""

    def __init__(self, get_response: Callable[[Any], Any]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> Any:
        """Find out who asks; exchange the token of a laptop for a session; let nothing be kept by the browser."""
        desk: Desk = request.META[ENVIRON]
        # Raises DisallowedHost (answered with 400) for a name that somebody else points at this computer.
        request.get_host()
        if desk.owner is not None and request.method == "GET" and desk.is_token(request.GET.get("token", "")):
            request.session.cycle_key()
            request.session["run"] = desk.run
            return see_other(request.path)
        setattr(request, MEMBER, _member(request, desk))
        answer = self.get_response(request)
        if not request.path.startswith(STATIC):
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
            return message_page(request, 403, "refused", "refused_more")
        if not isinstance(route.role, Role) or member.may(route.role):
            return None
        return message_page(request, 403, "refused", RoleMissing(route.role))

    def process_exception(self, request: Any, error: Exception) -> Any:
        """Show what a user can put right; let a bug of ours be a bug."""
        if not isinstance(error, RecuentoError):
            return None
        return message_page(request, 409 if isinstance(error, DecidedMeanwhile) else 400, "not_done", error)


def _member(request: Any, desk: Desk) -> Member | None:
    """Who asks; None for a stranger. On a laptop whoever holds a session of this run is its one person."""
    return desk.owner if request.session.get("run") == desk.run else None
