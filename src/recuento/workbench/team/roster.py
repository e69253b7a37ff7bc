"""Members made, deactivated, given roles. Nobody is ever deleted: decisions bear their names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from recuento.errors import InvalidValue
from recuento.workbench.roles import ROLE_NAMES, SECOND_FACTOR_ROLES, Member, Role
from recuento.workbench.team import history
from recuento.workbench.team.history import noted
from recuento.workbench.team.models import Token

SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


@dataclass(frozen=True, slots=True)
class Listed:
    """A member as the list of the team shows one."""

    username: str
    name: str
    roles: tuple[Role, ...]
    active: bool
    second_factor: bool
    last_login: datetime | None


def roster() -> Sequence[Listed]:
    """Everybody, those who were deactivated too, by user name."""
    with_factor = set(Authenticator.objects.filter(type__in=SECOND_FACTORS).values_list("user_id", flat=True))
    return [
        Listed(user.username, name_of(user), _held(user), user.is_active, user.pk in with_factor, user.last_login)
        for user in get_user_model().objects.order_by("username").prefetch_related("groups")
    ]


def member_for(user: Any) -> Member:
    """The member behind a signed-in user. Roles that need a second factor count only while there is one."""
    held = frozenset(_held(user))
    if held & SECOND_FACTOR_ROLES and not has_second_factor(user):
        held -= SECOND_FACTOR_ROLES
    return Member(name_of(user), held)


def name_of(user: Any) -> str:
    """The name that decisions bear."""
    return str(user.first_name or user.username)


def has_second_factor(user: Any) -> bool:
    """Whether somebody has set up an authenticator; recovery codes alone are none."""
    return bool(second_factors(user).exists())


def second_factors(user: Any) -> Any:
    """The authenticator app and the security keys of somebody."""
    return Authenticator.objects.filter(user_id=user.pk, type__in=SECOND_FACTORS)


def find(username: str) -> Any:
    """The user of that name; raises InvalidValue, naming those there are."""
    user = get_user_model().objects.filter(username=username).first()
    if user is None:
        there = ", ".join(get_user_model().objects.order_by("username").values_list("username", flat=True)) or "-"
        raise InvalidValue(
            f"there is no user {username!r}; there are: {there}", f"no hay usuario {username!r}; hay: {there}"
        )
    return user


def add(username: str, *, name: str, roles: Iterable[Role], by: str) -> str:
    """Make a member and give back the path of the one-time link with which to choose a password.

    Raises InvalidValue where the name is taken or no user name, or where a role needs a second factor: nobody has one
    at the start.
    """
    users = get_user_model()
    name = " ".join(name.split())
    user = users(username=username, first_name=name)
    try:
        user.clean_fields(exclude=["password"])
    except ValidationError as error:
        raise InvalidValue(
            f"{username!r} is no user name: letters, digits and . _ - + @ only, 150 at most; {error.messages[0]}",
            f"{username!r} no sirve de usuario: solo letras, cifras y . _ - + @, 150 a lo sumo; {error.messages[0]}",
        ) from None
    wanted = {one for one in (username, name) if one}
    with transaction.atomic():
        if users.objects.filter(Q(username__in=wanted) | Q(first_name__in=wanted)).exists():
            raise InvalidValue(
                "somebody bears this name already: decisions could not be told apart",
                "alguien lleva ya ese nombre: no se distinguirían las decisiones",
            )
        user.set_unusable_password()
        user.save()
        noted(by, username, history.ADDED, name)
        set_roles(username, roles, by=by)
        return link(username, by=by)


def set_roles(username: str, roles: Iterable[Role], *, by: str) -> None:
    """Let somebody hold these roles and no others; raises InvalidValue for one that needs a second factor not there."""
    user, wanted = find(username), frozenset(roles)
    refused = sorted(wanted & SECOND_FACTOR_ROLES)
    if refused and not has_second_factor(user):
        raise InvalidValue(
            f"{username!r} has no second factor, and nobody without one may be {_names(refused, 'en')}: "
            "it is set up after signing in, under the name at the top; then give the role",
            f"{username!r} no tiene segundo factor, y sin él nadie puede tener el rol de {_names(refused, 'es')}: "
            "se configura tras iniciar sesión, en el nombre de arriba; después dé el rol",
        )
    with transaction.atomic():
        user.groups.set([Group.objects.get_or_create(name=role.value)[0] for role in sorted(wanted)])
        noted(by, username, history.ROLES, " ".join(sorted(wanted)))


def deactivate(username: str, *, by: str) -> None:
    """Let somebody in no more: sessions and tokens end at once. What this member decided stays."""
    user = find(username)
    with transaction.atomic():
        user.is_active = False
        user.save(update_fields=["is_active"])
        end_sessions(user)
        Token.objects.filter(member=user, revoked_at=None).update(revoked_at=_now())
        noted(by, username, history.DEACTIVATED)


def activate(username: str, *, by: str) -> None:
    """Let somebody in again."""
    user = find(username)
    with transaction.atomic():
        user.is_active = True
        user.save(update_fields=["is_active"])
        noted(by, username, history.ACTIVATED)


def link(username: str, *, by: str) -> str:
    """The path of a link with which somebody chooses a password, once; it is good for three days."""
    user = find(username)
    key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
    uid, _, token = key.partition("-")
    noted(by, username, history.LINK)
    return str(reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": token}))


def forget_second_factor(username: str, *, by: str) -> None:
    """Remove the second factor of somebody who lost it, end the sessions, and take away the roles that need one."""
    user = find(username)
    with transaction.atomic():
        Authenticator.objects.filter(user=user).delete()
        end_sessions(user)
        noted(by, username, history.FACTOR_REMOVED)
        drop_roles_without_factor(user, by=by)


def drop_roles_without_factor(user: Any, *, by: str) -> None:
    """Take away the roles that need a second factor where there is none any more."""
    held = frozenset(_held(user))
    if held & SECOND_FACTOR_ROLES and not has_second_factor(user):
        set_roles(user.username, held - SECOND_FACTOR_ROLES, by=by)


def end_sessions(user: Any) -> None:
    """Sign somebody out everywhere."""
    from allauth.usersessions.models import UserSession

    for session in UserSession.objects.filter(user=user):
        session.end()


def _held(user: Any) -> tuple[Role, ...]:
    values = {role.value: role for role in Role}
    return tuple(sorted(values[group.name] for group in user.groups.all() if group.name in values))


def _names(roles: Iterable[Role], language: Any) -> str:
    return ", ".join(ROLE_NAMES[role].text(language) for role in roles)


def _now() -> datetime:
    from django.utils import timezone

    return timezone.now()  # type: ignore[no-any-return]
