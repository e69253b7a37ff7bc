"""What a member sees of oneself and of the team: roles, tokens, who else is there, what was changed."""

from __future__ import annotations

from typing import Any

from allauth.account.decorators import reauthentication_required

from recuento.errors import InvalidValue
from recuento.workbench.members import member_of
from recuento.workbench.pages import language_of, page
from recuento.workbench.roles import ROLE_NAMES, Role
from recuento.workbench.team import tokens
from recuento.workbench.team.history import team_history
from recuento.workbench.team.roster import has_second_factor, name_of, roster
from recuento.workbench.views.common import see_other

_PER_PAGE = 100


def me(request: Any, made: str | None = None) -> Any:
    """One's own roles, second factor, sessions and tokens; `made` is a token that is shown once."""
    return page(
        request,
        "team/me.html",
        roles=_role_names(request, member_of(request).roles),
        held=sorted(role for role in Role if member_of(request).may(role)),
        role_names={role.value: ROLE_NAMES[role].text(language_of(request)) for role in Role},
        factor=has_second_factor(request.user),
        tokens=tokens.tokens(request.user.username),
        made=made,
    )


@reauthentication_required(allow_get=True)
def make_token(request: Any) -> Any:
    """Make a token and show it, once."""
    asked = request.POST.get("role", "")
    if asked not in {role.value for role in Role}:
        raise InvalidValue("choose a role", "elija un rol")
    user = request.user
    made = tokens.make(user.username, label=request.POST.get("label", ""), role=Role(asked), by=name_of(user))
    return me(request, made)


def revoke_token(request: Any) -> Any:
    """Make one of one's own tokens useless."""
    asked = request.POST.get("token", "")
    if not asked.isdecimal() or len(asked) > 18:
        raise InvalidValue("choose a token", "elija una clave")
    tokens.revoke(int(asked), by=name_of(request.user), only_of=request.user.username)
    return see_other("/me/#tokens")


def team(request: Any) -> Any:
    """Everybody in the team with their roles, and what was changed about them, the last first."""
    asked = request.GET.get("before", "")
    before = int(asked) if asked.isdecimal() and len(asked) < 19 else None
    changes = team_history(before=before, limit=_PER_PAGE + 1)
    return page(
        request,
        "team/team.html",
        members=[(one, _role_names(request, one.roles)) for one in roster()],
        changes=changes[:_PER_PAGE],
        more=changes[_PER_PAGE - 1].id if len(changes) > _PER_PAGE else None,
    )


def _role_names(request: Any, roles: Any) -> str:
    return ", ".join(ROLE_NAMES[role].text(language_of(request)) for role in sorted(roles))
