"""What members change about themselves, noted in the history of the team."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.dispatch import receiver

from recuento.workbench.team import history
from recuento.workbench.team.history import noted
from recuento.workbench.team.roster import drop_roles_without_factor


@receiver([password_changed, password_reset, password_set])
def _password(user: Any, **_: object) -> None:
    noted(user.username, user.username, history.PASSWORD)


@receiver(authenticator_added)
def _added(user: Any, authenticator: Any, **_: object) -> None:
    noted(user.username, user.username, history.FACTOR_ADDED, authenticator.type)


@receiver(authenticator_reset)
def _renewed(user: Any, authenticator: Any, **_: object) -> None:
    noted(user.username, user.username, history.FACTOR_RENEWED, authenticator.type)


@receiver(authenticator_removed)
def _removed(user: Any, authenticator: Any, **_: object) -> None:
    noted(user.username, user.username, history.FACTOR_REMOVED, authenticator.type)
    drop_roles_without_factor(user, by=user.username)
