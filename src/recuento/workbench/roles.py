"""Who may do what: the roles of a team, and the member of it who asks for a page."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum

from recuento.errors import RecuentoError
from recuento.values.bilingual import Bilingual


class Role(StrEnum):
    """What somebody was asked to do. One person may hold several; each includes what `INCLUDED` says."""

    READER = "reader"
    DOCUMENTATION = "documentation"
    ANALYST = "analyst"
    PUBLISHER = "publisher"
    KEEPER_OF_NAMES = "keeper-of-names"


class Access(Enum):
    """What stands in the place of a role where none is needed. Nothing of the casefile may be behind it."""

    ANYBODY = "anybody"
    """Whoever reaches the server: the style sheet, the page on which one signs in."""
    SIGNED_IN = "signed-in"
    """Whoever has an account, even without any role: one's own password, second factor and sessions."""


INCLUDED: dict[Role, frozenset[Role]] = {
    Role.READER: frozenset([Role.READER]),
    Role.DOCUMENTATION: frozenset([Role.READER, Role.DOCUMENTATION]),
    Role.ANALYST: frozenset([Role.READER, Role.DOCUMENTATION, Role.ANALYST]),
    Role.PUBLISHER: frozenset([Role.READER, Role.PUBLISHER]),
    Role.KEEPER_OF_NAMES: frozenset([Role.READER, Role.KEEPER_OF_NAMES]),
}
"""Who publishes does not thereby review, and who reviews does not thereby see a name that is kept back."""

SECOND_FACTOR_ROLES = frozenset([Role.PUBLISHER, Role.KEEPER_OF_NAMES])
"""What these do cannot be taken back by anybody, so nobody holds one without a second factor."""

ROLE_NAMES = {
    Role.READER: Bilingual(es="lectura", en="reader"),
    Role.DOCUMENTATION: Bilingual(es="documentación", en="documentation"),
    Role.ANALYST: Bilingual(es="análisis", en="analyst"),
    Role.PUBLISHER: Bilingual(es="publicación", en="publisher"),
    Role.KEEPER_OF_NAMES: Bilingual(es="custodia de nombres", en="keeper of names"),
}


@dataclass(frozen=True, slots=True)
class Member:
    """Who acts: the name that decisions bear, and the roles this person may use now."""

    name: str
    roles: frozenset[Role]

    def may(self, asked: Role) -> bool:
        """Whether one of the roles includes the one that is asked for."""
        return any(asked in INCLUDED[role] for role in self.roles)


EVERY_ROLE = frozenset(Role)
"""What the one person at a laptop holds."""


class RoleMissing(RecuentoError):
    """The page needs a role that this member does not hold."""

    def __init__(self, role: Role) -> None:
        self.role = role
        super().__init__(
            f"This needs the role “{ROLE_NAMES[role].en}”. Whoever keeps the server can give it to you.",
            f"Para esto hace falta el rol de «{ROLE_NAMES[role].es}». Se lo puede dar quien mantiene el servidor.",
        )
