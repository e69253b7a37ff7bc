"""Django, set up for one casefile: its settings are built here, its small database and its key lie in `workbench/`."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from recuento.casefile.casefile import WORKBENCH
from recuento.errors import RecuentoError
from recuento.store.durable import write_file
from recuento.workbench.desk import ENVIRON, Desk

DATABASE = "workbench.sqlite3"
_KEY = "secret-key"

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class WorkbenchMissing(RecuentoError):
    """Django or the server is not installed."""

    exit_code = 2


def set_up(settings: dict[str, Any]) -> None:
    """Set Django up and bring its small database up to date. It can be set up once a process.

    Raises WorkbenchMissing, naming the extra.
    """
    try:
        import django
        from django.conf import settings as django_settings
        from django.core.management import call_command
    except ImportError:
        raise missing() from None
    django_settings.configure(**settings)
    django.setup(set_prefix=False)
    logging.getLogger("django.request").addFilter(_is_news)
    call_command("migrate", verbosity=0, interactive=False)
    call_command("clearsessions")


def _is_news(record: logging.LogRecord) -> bool:
    """Whether the log shall tell of an answer: not that a form was sent back, or that two decided on the same at once.

    Whoever sent it was told so on the page. What was refused, not found or broken is told.
    """
    return getattr(record, "status_code", None) not in (400, 409)


def application(desk: Desk) -> Application:
    """The WSGI application that serves the desk, once Django is set up."""
    from django.core.handlers.wsgi import WSGIHandler

    handler = WSGIHandler()

    def serve(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        environ[ENVIRON] = desk
        answer: Iterable[bytes] = handler(environ, start_response)
        return answer

    return serve


def missing() -> WorkbenchMissing:
    """What to say where a package of the extra is not there."""
    return WorkbenchMissing(
        "the workbench needs Django and waitress: pip install 'recuento[serve]'",
        "la mesa de trabajo necesita Django y waitress: pip install 'recuento[serve]'",
    )


def laptop_settings(casefile: Path, port: int) -> dict[str, Any]:
    """The settings of one person's workbench, on this computer alone."""
    return {
        **settings_for_all(casefile),
        "ALLOWED_HOSTS": ["127.0.0.1", "localhost"],
        "ROOT_URLCONF": "recuento.workbench.urls",
        "INSTALLED_APPS": ["django.contrib.sessions"],
        "MIDDLEWARE": middleware(),
        "TEMPLATES": [],
        "USE_I18N": False,
        # Browsers send a cookie to every port of a host, so two casefiles served at once need two names.
        "SESSION_COOKIE_NAME": f"recuento_{port}",
        "SESSION_COOKIE_SAMESITE": "Strict",
    }


def middleware(*signing_in: str) -> list[str]:
    """What every request goes through; who signs in stands behind the session and before the gate."""
    return [
        "django.middleware.security.SecurityMiddleware",
        "csp.middleware.CSPMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        *signing_in,
        "recuento.workbench.gate.Gate",
        "django.middleware.csrf.CsrfViewMiddleware",
    ]


def settings_for_all(casefile: Path) -> dict[str, Any]:
    """What holds for one person and for a team. Raises WorkbenchMissing, naming the extra."""
    try:
        import csp.constants as csp
    except ImportError:
        raise missing() from None
    folder = casefile.resolve() / WORKBENCH
    folder.mkdir(mode=0o700, exist_ok=True)
    own = [csp.SELF]
    return {
        "DEBUG": False,
        "SECRET_KEY": _secret_key(folder / _KEY),
        "DATABASES": {
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": folder / DATABASE,
                "CONN_MAX_AGE": None,
                "OPTIONS": {
                    # Several processes write; without IMMEDIATE one that reads first is refused at once.
                    "transaction_mode": "IMMEDIATE",
                    "timeout": 15,
                    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL",
                },
            }
        },
        # What is uploaded never lies in a folder that other programs share.
        "FILE_UPLOAD_TEMP_DIR": str(folder),
        "DATA_UPLOAD_MAX_NUMBER_FILES": 1000,
        "DATA_UPLOAD_MAX_MEMORY_SIZE": 32 << 20,
        "USE_TZ": True,
        "LOGGING_CONFIG": None,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_EXPIRE_AT_BROWSER_CLOSE": True,
        "CSRF_USE_SESSIONS": True,
        "CSRF_FAILURE_VIEW": "recuento.workbench.views.common.csrf_failed",
        "SECURE_REFERRER_POLICY": "same-origin",
        "SECURE_CROSS_ORIGIN_OPENER_POLICY": "same-origin",
        "X_FRAME_OPTIONS": "DENY",
        "CONTENT_SECURITY_POLICY": {
            "DIRECTIVES": {
                "default-src": [csp.NONE],
                "script-src": own,
                "style-src": own,
                "img-src": own,
                "connect-src": own,
                "form-action": own,
                "base-uri": [csp.NONE],
                "frame-ancestors": [csp.NONE],
            }
        },
    }


def _secret_key(path: Path) -> str:
    """The key that signs, made at the first start and readable by its owner only."""
    if not path.is_file():
        write_file(path, secrets.token_urlsafe(48).encode(), mode=0o600)
    return path.read_text(encoding="ascii").strip()
