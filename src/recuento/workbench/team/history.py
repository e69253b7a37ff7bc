"""The history of the team: every change of a member, appended, never changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from recuento.workbench.team.models import TeamChange

ADDED, ROLES, DEACTIVATED, ACTIVATED, LINK, PASSWORD = "added", "roles", "deactivated", "activated", "link", "password"
FACTOR_ADDED, FACTOR_REMOVED, FACTOR_RENEWED = "factor-added", "factor-removed", "factor-renewed"
TOKEN_MADE, TOKEN_REVOKED = "token-made", "token-revoked"


def noted(by: str, member: str, what: str, detail: str = "") -> None:
    """Append a change."""
    TeamChange.objects.create(at=timezone.now(), by=by, member=member, what=what, detail=detail)


def team_history(*, before: int | None = None, limit: int = 100) -> Sequence[Any]:
    """The changes, the last first, those before number `before` only."""
    found = TeamChange.objects.order_by("-id")
    return list((found if before is None else found.filter(id__lt=before))[:limit])
