"""A team's workbench inside the test's own process: Django is set up once a process, for one invented casefile.

Requests go through the whole stack of middleware, as over HTTP; only the line is missing.
"""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from recuento.casefile.casefile import Casefile
from recuento.workbench.desk import ENVIRON, Desk
from recuento.workbench.roles import SECOND_FACTOR_ROLES, Role

SERVE = '\n[serve]\nhosts = ["recuento.example"]\nproxy = true\nworkers = 1\n'
PASSWORD = "caballo-pila-grapa-2031"


@dataclass
class Team:
    """The casefile's folder, its desk, and members made as they are asked for."""

    folder: Path
    desk: Desk

    def client(self, user: Any = None, **headers: str) -> Any:
        """A browser of nobody, or one in which `user` has signed in; `checks` CSRF as browsers are checked."""
        from django.test import Client

        made = Client(
            enforce_csrf_checks=True,
            HTTP_HOST="recuento.example",
            HTTP_X_FORWARDED_PROTO="https",
            HTTP_ORIGIN="https://recuento.example",
            **{ENVIRON: self.desk, "wsgi.url_scheme": "https"},
            headers=headers or None,
        )
        if user is not None:
            made.force_login(user)
        return made

    def member(self, *roles: Role, name: str | None = None) -> Any:
        """A member with these roles, with a second factor where one of them needs it."""
        from django.contrib.auth import get_user_model

        from recuento.workbench.team.roster import add, set_roles

        name = name or "-".join(["m", *(role.value for role in roles)])
        user = get_user_model().objects.filter(username=name).first()
        if user is None:
            add(name, name="", roles=[], by="test")
            user = get_user_model().objects.get(username=name)
            user.password = _hashed()
            user.save()
            if set(roles) & SECOND_FACTOR_ROLES:
                self.second_factor(user)
            set_roles(name, roles, by="test")
        return user

    def second_factor(self, user: Any) -> str:
        """Give a member an authenticator app; gives back its secret."""
        from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

        secret = generate_totp_secret()
        TOTP.activate(user, secret)
        return str(secret)


@cache
def _hashed() -> str:
    """The one password, hashed once: it takes half a second, as it should."""
    from django.contrib.auth.hashers import make_password

    return str(make_password(PASSWORD))


def code(secret: str) -> str:
    """What an authenticator app with that secret shows now."""
    import time

    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def token_in(answer: Any) -> str:
    """The token out of a form of a page."""
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', answer.content.decode())
    assert found, answer.content[:400]
    return found[1]


def give_again(browser: Any) -> None:
    """Let this browser's member have given the second factor again just now."""
    import time

    session = browser.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": time.time(), "reauthenticated": True}]
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session.save()


def forget_tries() -> None:
    """Forget failed tries to sign in, so that one test does not throttle another."""
    from django.core.cache import cache

    cache.clear()


def make_team(case: Path) -> Team:
    """Set Django up for this casefile; once a process."""
    from recuento.workbench.team.serving import settings_to_serve
    from recuento.workbench.team.site import set_up_team

    path = case / "recuento.toml"
    path.write_text(path.read_text(encoding="utf-8") + SERVE, encoding="utf-8")
    casefile = Casefile.open(case)
    set_up_team(case, settings_to_serve(casefile.settings.serve))
    desk = Desk(casefile, owner=None, language="es", clock=lambda: datetime.now(UTC))
    return Team(case, desk)


def rows(team: Team, words: str) -> list[Any]:
    """What the small database holds, asked without Django."""
    with sqlite3.connect(team.folder / "workbench" / "workbench.sqlite3") as connection:
        return connection.execute(words).fetchall()
