"""Two tables of the workbench's small database: tokens for programs, and the history of the team."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Token(models.Model):
    """A token with which a program asks the API in a member's name. Only its hash is kept."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    label = models.CharField(max_length=80)
    """What it is for, in the member's words."""
    role = models.CharField(max_length=20)
    sha256 = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    used_on = models.DateField(null=True)
    """The last day it was used; not the moment, which would say when somebody works."""
    revoked_at = models.DateTimeField(null=True)


class TeamChange(models.Model):
    """What was changed about a member, by whom and when. The database itself refuses to change or delete one."""

    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    member = models.CharField(max_length=150)
    what = models.CharField(max_length=20)
    detail = models.CharField(max_length=300, default="")
