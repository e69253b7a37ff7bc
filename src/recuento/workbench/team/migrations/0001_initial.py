"""Tokens and the history of the team; users can be deactivated and never deleted."""

from typing import ClassVar

from django.conf import settings
from django.db import migrations, models
from django.db.models import PROTECT

_KEPT = """CREATE TRIGGER {table}_{act}_refused BEFORE {act} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is only ever added to'); END"""


class Migration(migrations.Migration):
    """The first tables."""

    initial = True
    dependencies: ClassVar = [migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
    operations: ClassVar = [
        migrations.CreateModel(
            "Token",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("label", models.CharField(max_length=80)),
                ("role", models.CharField(max_length=20)),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
                ("used_on", models.DateField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
                ("member", models.ForeignKey(on_delete=PROTECT, to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            "TeamChange",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=150)),
                ("member", models.CharField(max_length=150)),
                ("what", models.CharField(max_length=20)),
                ("detail", models.CharField(default="", max_length=300)),
            ],
        ),
        migrations.RunSQL(_KEPT.format(table="team_teamchange", act="UPDATE")),
        migrations.RunSQL(_KEPT.format(table="team_teamchange", act="DELETE")),
        migrations.RunSQL(_KEPT.format(table="auth_user", act="DELETE")),
    ]
