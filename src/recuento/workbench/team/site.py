"""The settings of a team's workbench: accounts, second factor, throttling, cookies for encrypted lines only."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from recuento.casefile.settings.serve_settings import ServeSettings
from recuento.workbench.site import middleware, missing, set_up, settings_for_all

_YEAR_SECONDS = 365 * 24 * 3600
AGAIN_SECONDS = 300
"""How long a second factor that was given again lasts."""


def set_up_team(casefile: Path, serve: ServeSettings) -> None:
    """Set Django up for the team of the casefile in that folder. Raises WorkbenchMissing, naming the extra."""
    try:
        import allauth.mfa  # noqa: F401
    except ImportError:
        raise missing() from None
    set_up(team_settings(casefile, serve))
    from django.core.management import call_command

    call_command("createcachetable", verbosity=0)


def team_settings(casefile: Path, serve: ServeSettings) -> dict[str, Any]:
    """Every setting of a team's workbench."""
    return {
        **settings_for_all(casefile),
        **_applications(),
        **_signing_in(serve),
        **_encrypted_only(serve),
    }


def _applications() -> dict[str, Any]:
    return {
        "ROOT_URLCONF": "recuento.workbench.team.urls",
        "INSTALLED_APPS": [
            "django.contrib.contenttypes",
            "django.contrib.auth",
            "django.contrib.sessions",
            "allauth",
            "allauth.account",
            "allauth.mfa",
            "allauth.usersessions",
            "recuento.workbench.team.apps.TeamConfig",
        ],
        "MIDDLEWARE": middleware(
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "allauth.account.middleware.AccountMiddleware",
        ),
        "TEMPLATES": [
            {
                "BACKEND": "django.template.backends.jinja2.Jinja2",
                "OPTIONS": {
                    "environment": "recuento.workbench.pages.templates_for_django",
                    "context_processors": ["recuento.workbench.pages.on_every_page"],
                },
            }
        ],
        "USE_I18N": True,
        "LANGUAGE_CODE": "es",
        "LANGUAGES": [("es", "Español"), ("en", "English")],
        "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
        # Tries are counted where every process sees them.
        "CACHES": {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "tries"}},
    }


def _signing_in(serve: ServeSettings) -> dict[str, Any]:
    validator = "django.contrib.auth.password_validation"
    return {
        "AUTHENTICATION_BACKENDS": ["allauth.account.auth_backends.AuthenticationBackend"],
        "AUTH_PASSWORD_VALIDATORS": [
            {"NAME": f"{validator}.UserAttributeSimilarityValidator"},
            {"NAME": f"{validator}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
            {"NAME": f"{validator}.CommonPasswordValidator"},
            {"NAME": f"{validator}.NumericPasswordValidator"},
        ],
        "LOGIN_URL": "account_login",
        "LOGIN_REDIRECT_URL": "/",
        "PASSWORD_RESET_TIMEOUT": 3 * 24 * 3600,
        "ACCOUNT_ADAPTER": "recuento.workbench.team.adapters.TeamAdapter",
        "ACCOUNT_LOGIN_METHODS": {"username"},
        "ACCOUNT_SIGNUP_FIELDS": ["username*", "password1*", "password2*"],
        "ACCOUNT_EMAIL_VERIFICATION": "none",
        "ACCOUNT_EMAIL_NOTIFICATIONS": False,
        "ACCOUNT_SESSION_REMEMBER": False,
        "ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE": True,
        "ACCOUNT_LOGIN_ON_PASSWORD_RESET": False,
        "ACCOUNT_LOGOUT_REDIRECT_URL": "account_login",
        "ACCOUNT_REAUTHENTICATION_TIMEOUT": AGAIN_SECONDS,
        "ACCOUNT_RATE_LIMITS": {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key", "reauthenticate": "10/m/user"},
        "ALLAUTH_TRUSTED_PROXY_COUNT": 1 if serve.proxy else 0,
        "MFA_ADAPTER": "recuento.workbench.team.adapters.SecondFactorAdapter",
        "MFA_SUPPORTED_TYPES": ["totp", "webauthn", "recovery_codes"],
        "MFA_RECOVERY_CODES_SHOW_ONCE": True,
    }


def _encrypted_only(serve: ServeSettings) -> dict[str, Any]:
    return {
        "ALLOWED_HOSTS": list(serve.hosts),
        "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https") if serve.proxy else None,
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": _YEAR_SECONDS,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
        "SECURE_HSTS_PRELOAD": True,
        "SESSION_COOKIE_NAME": "__Host-recuento",
        "SESSION_COOKIE_SECURE": True,
        "SESSION_COOKIE_AGE": 12 * 3600,
        # Not Strict: a link for choosing a password is followed from a message, by way of a redirect.
        "SESSION_COOKIE_SAMESITE": "Lax",
        "CSRF_COOKIE_SECURE": True,
    }
