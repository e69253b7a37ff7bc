"""Who acts in a request."""

from __future__ import annotations

from typing import Any

from recuento.workbench.roles import Member

MEMBER = "recuento_member"
"""Under this name the gate leaves the member at the request; None for a stranger."""


def member_of(request: Any) -> Member:
    """Who acts: every decision bears the name. Behind the gate there is always somebody."""
    member: Member | None = getattr(request, MEMBER)
    assert member is not None
    return member
