"""A page under its address, with the role it asks for: none can be made without one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from recuento.workbench.roles import Access, Role

Method = Literal["GET", "POST"]


@dataclass(frozen=True, slots=True)
class Route:
    """Which `page` answers `method` at `address` (a regular expression), and who may ask for it.

    `again` asks for the second factor again, where it was given too long ago: for what cannot be taken back. Give it to
    the page with the form too. `name` is what others call the address by.
    """

    method: Method
    address: str
    page: Callable[..., Any]
    role: Role | Access
    again: bool = False
    name: str = ""

    def __post_init__(self) -> None:
        if not isinstance(self.role, Role | Access):
            raise TypeError(f"{self.method} {self.address!r}: {self.role!r} is no role")
        if self.again and not isinstance(self.role, Role):
            raise TypeError(f"{self.method} {self.address!r}: only a role can be asked for again")
