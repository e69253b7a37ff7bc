"""The pages of a team's workbench: those of any workbench, and those on which members sign in and see their team."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.usersessions import views as sessions

from recuento.workbench.roles import Access, Role
from recuento.workbench.routes import Method, Route
from recuento.workbench.team import security_keys, views
from recuento.workbench.urls import ROUTES as EVERY_WORKBENCH
from recuento.workbench.urls import handler400, handler403, handler404, handler500, patterns_of

__all__ = ["ROUTES", "handler400", "handler403", "handler404", "handler500", "urlpatterns"]

_KEY = r"(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[0-9A-Za-z-]+)/"

_OPEN = (
    ("me/login/", account.login, "account_login"),
    ("me/logout/", account.logout, "account_logout"),
    ("me/password/choose/" + _KEY, account.password_reset_from_key, "account_reset_password_from_key"),
    ("me/second-factor/authenticate/", mfa.authenticate, "mfa_authenticate"),
)
_OPEN_TO_READ = (
    ("me/inactive/", account.account_inactive, "account_inactive"),
    (
        "me/password/chosen/",
        account.password_reset_from_key_done,
        "account_reset_password_from_key_done",
    ),
)
_OWN = (
    ("me/reauthenticate/", account.reauthenticate, "account_reauthenticate"),
    ("me/password/", account.password_change, "account_change_password"),
    ("me/second-factor/reauthenticate/", mfa.reauthenticate, "mfa_reauthenticate"),
    ("me/second-factor/app/", totp.activate_totp, "mfa_activate_totp"),
    ("me/second-factor/app/remove/", totp.deactivate_totp, "mfa_deactivate_totp"),
    ("me/second-factor/keys/add/", security_keys.add, "mfa_add_webauthn"),
    ("me/second-factor/keys/again/", security_keys.again, "mfa_reauthenticate_webauthn"),
    (r"me/second-factor/keys/(?P<pk>\d{1,18})/rename/", security_keys.rename, "mfa_edit_webauthn"),
    (r"me/second-factor/keys/(?P<pk>\d{1,18})/remove/", security_keys.remove, "mfa_remove_webauthn"),
    ("me/second-factor/codes/renew/", codes.generate_recovery_codes, "mfa_generate_recovery_codes"),
    ("me/sessions/", sessions.list_usersessions, "usersessions_list"),
)
_OWN_TO_READ = (
    ("me/second-factor/", mfa.index, "mfa_index"),
    ("me/second-factor/keys/", security_keys.listed, "mfa_list_webauthn"),
    ("me/second-factor/codes/", codes.view_recovery_codes, "mfa_view_recovery_codes"),
)

_BOTH: tuple[Method, ...] = ("GET", "POST")
_ONE: tuple[Method, ...] = ("GET",)

ROUTES: tuple[Route, ...] = (
    *EVERY_WORKBENCH,
    *(
        Route(method, address, page, access, name=name)
        for table, access, methods in (
            (_OPEN, Access.ANYBODY, _BOTH),
            (_OPEN_TO_READ, Access.ANYBODY, _ONE),
            (_OWN, Access.SIGNED_IN, _BOTH),
            (_OWN_TO_READ, Access.SIGNED_IN, _ONE),
        )
        for address, page, name in table
        for method in methods
    ),
    Route("GET", "me/", views.me, Access.SIGNED_IN, name="me"),
    Route("POST", "me/tokens/make/", views.make_token, Access.SIGNED_IN),
    Route("POST", "me/tokens/revoke/", views.revoke_token, Access.SIGNED_IN),
    Route("GET", "team/", views.team, Role.READER, name="team"),
)
"""Every page of a team's workbench."""

urlpatterns = patterns_of(ROUTES)
