"""The pages that every page links to, each shown to whom it would be open."""

from __future__ import annotations

from recuento.workbench.roles import Member, Role

_TEAM = ("/team/", "nav_team", Role.READER)
"""On a server alone."""
_PLACES: tuple[tuple[str, str, Role], ...] = (
    ("/", "nav_queue", Role.READER),
    ("/review/", "nav_review", Role.DOCUMENTATION),
    ("/capture/", "nav_capture", Role.DOCUMENTATION),
    ("/cast/", "nav_cast", Role.DOCUMENTATION),
    ("/people/", "nav_people", Role.KEEPER_OF_NAMES),
    ("/unseal/", "nav_unseal", Role.KEEPER_OF_NAMES),
    ("/publish/", "nav_publish", Role.PUBLISHER),
    ("/history/", "nav_history", Role.READER),
)
"""Address, phrase and the role of the route, in the order shown."""


def places_for(member: Member | None, *, team: bool = False) -> list[tuple[str, str]]:
    """Address and phrase of each place that is open to the member; none for a stranger."""
    every = (*_PLACES, _TEAM) if team else _PLACES
    return [(address, phrase) for address, phrase, role in every if member is not None and member.may(role)]
