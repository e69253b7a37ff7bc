"""Tokens for programs: made and shown once, kept as a hash, revoked, each with one role of its member."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from recuento.errors import InvalidValue
from recuento.workbench.roles import ROLE_NAMES, Member, Role
from recuento.workbench.team import history
from recuento.workbench.team.history import noted
from recuento.workbench.team.models import Token
from recuento.workbench.team.roster import find, member_for, name_of

_PREFIX = "recuento_"


def make(username: str, *, label: str, role: Role, by: str) -> str:
    """Make a token and give it back; it is not kept and cannot be shown again.

    Raises InvalidValue for a role that the member may not use, for a member who was deactivated, and without a label.
    """
    user = find(username)
    label = " ".join(label.split())
    if not label or len(label) > 80:
        raise InvalidValue(
            "say what the token is for, in 80 letters at most", "diga para qué es, en 80 letras a lo sumo"
        )
    if not user.is_active or not member_for(user).may(role):
        raise InvalidValue(
            f"{username!r} does not hold the role “{ROLE_NAMES[role].en}”",
            f"{username!r} no tiene el rol de «{ROLE_NAMES[role].es}»",
        )
    # 32 random bytes cannot be guessed, so that a plain hash keeps them; a slow one would cost at every request.
    made = _PREFIX + secrets.token_urlsafe(32)
    Token.objects.create(member=user, label=label, role=role.value, sha256=_hash(made), made_at=timezone.now())
    noted(by, username, history.TOKEN_MADE, f"{label} ({role.value})")
    return made


def tokens(username: str | None = None) -> Sequence[Any]:
    """Every token, or those of one member; the last made first."""
    found = Token.objects.select_related("member").order_by("-id")
    return list(found if username is None else found.filter(member=find(username)))


def revoke(number: int, *, by: str, only_of: str | None = None) -> None:
    """Make a token useless; raises InvalidValue where there is none, or it belongs to another than `only_of`."""
    token = Token.objects.select_related("member").filter(id=number, revoked_at=None).first()
    if token is None or only_of not in (None, token.member.username):
        raise InvalidValue(f"there is no token {number} in use", f"no hay ninguna clave {number} en uso")
    token.revoked_at = timezone.now()
    token.save(update_fields=["revoked_at"])
    noted(by, token.member.username, history.TOKEN_REVOKED, token.label)


def member_with(offered: str) -> Member | None:
    """Who asks with this token, with its role alone; None where it is not good."""
    if not offered.startswith(_PREFIX):
        return None
    token = Token.objects.select_related("member").filter(sha256=_hash(offered), revoked_at=None).first()
    if token is None or not token.member.is_active:
        return None
    role = Role(token.role)
    if not member_for(token.member).may(role):
        # The role was taken from the member since.
        return None
    today = timezone.now().date()
    if token.used_on != today:
        Token.objects.filter(id=token.id).update(used_on=today)
    return Member(name_of(token.member), frozenset([role]))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
