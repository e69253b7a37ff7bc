"""Whether the second factor was given again a moment ago: for what cannot be taken back."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator

from recuento.workbench.team.roster import second_factors
from recuento.workbench.team.site import AGAIN_SECONDS


def gave_second_factor_again(request: Any) -> bool:
    """Whether a second factor, not only a password, was given within the time, and not only when signing in."""
    records = get_authentication_records(request, request.user)
    given = [one["at"] for one in records if one.get("method") == "mfa" and one.get("reauthenticated")]
    return bool(given) and 0 <= time.time() - given[-1] < AGAIN_SECONDS


def page_to_give_it_again(request: Any) -> str:
    """Where the second factor is given again: with a security key where there is one, else with a code."""
    with_key = second_factors(request.user).filter(type=Authenticator.Type.WEBAUTHN).exists()
    return "/me/second-factor/keys/again/" if with_key else "/me/second-factor/reauthenticate/"
