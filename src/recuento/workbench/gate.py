"""The gate: nobody is let in without the token of this run, and what a user can put right is shown as a page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from recuento.casefile.decided_meanwhile import DecidedMeanwhile
from recuento.errors import RecuentoError
from recuento.workbench.desk import ENVIRON, Desk
from recuento.workbench.urls_of import STATIC
from recuento.workbench.views.common import message_page, see_other


class Gate:
    """Django middleware, behind the session and before everything that answers."""

    def __init__(self, get_response: Callable[[Any], Any]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> Any:
        """Let a request through that has the session of this run; exchange a token for one; refuse the rest."""
        desk: Desk = request.META[ENVIRON]
        # Raises DisallowedHost (answered with 400) for a name that somebody else points at this computer.
        request.get_host()
        if request.path.startswith(STATIC):
            return self.get_response(request)
        if request.method == "GET" and desk.is_token(request.GET.get("token", "")):
            request.session.cycle_key()
            request.session["run"] = desk.run
            return see_other(request.path)
        if request.session.get("run") != desk.run:
            return message_page(request, 403, "refused", "refused_more")
        answer = self.get_response(request)
        answer["Cache-Control"] = "no-store"
        return answer

    def process_exception(self, request: Any, error: Exception) -> Any:
        """Show what a user can put right; let a bug of ours be a bug."""
        if not isinstance(error, RecuentoError):
            return None
        return message_page(request, 409 if isinstance(error, DecidedMeanwhile) else 400, "not_done", error)
