"""The Django application of the team."""

from __future__ import annotations

from django.apps import AppConfig


class TeamConfig(AppConfig):
    """Members, their tokens, and the history of both."""

    name = "recuento.workbench.team"
    label = "team"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to what members change about themselves."""
        from recuento.workbench.team import signals  # noqa: F401
