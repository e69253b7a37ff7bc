"""How allauth is to behave here: nobody signs up, nothing is sent by e-mail, and a role keeps its second factor."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.utils.functional import lazy
from django.utils.translation import get_language

from recuento.values.bilingual import Bilingual, Language
from recuento.workbench.roles import SECOND_FACTOR_ROLES
from recuento.workbench.team.roster import member_for, second_factors

_NEEDED = Bilingual(
    es="Un rol suyo exige el segundo factor: pida antes que se lo quiten.",
    en="A role of yours needs the second factor: ask for the role to be taken away first.",
)


def _language() -> Language:
    return "en" if get_language() == "en" else "es"


class TeamAdapter(DefaultAccountAdapter):
    """Members are made by whoever keeps the server."""

    def is_open_for_signup(self, request: Any) -> bool:
        """Nobody makes an account of one's own."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: Any) -> None:
        """Send nothing: a notice would tell a mail provider who works here."""


class SecondFactorAdapter(DefaultMFAAdapter):
    """The second factor stays while a role needs it."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": lazy(lambda: _NEEDED.text(_language()), str)(),
    }

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        """Whether no role of the member needs it, or there is another."""
        others = second_factors(authenticator.user).exclude(pk=authenticator.pk)
        return not member_for(authenticator.user).roles & SECOND_FACTOR_ROLES or bool(others.exists())

    def get_totp_issuer(self) -> str:
        """What an authenticator app shows: the casefile's name stays out of the phone."""
        return "Recuento"

    def _get_site_name(self) -> str:
        """What a security key keeps of us: not the name of the casefile either."""
        return self.get_totp_issuer()
