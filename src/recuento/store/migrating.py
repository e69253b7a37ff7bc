"""The migrations this version knows, and running them in a transaction."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from sqlalchemy import Connection

FOLDER = Path(__file__).parent / "migrations"


@cache
def revisions(folder: Path = FOLDER) -> tuple[str, ...]:
    """The revisions this version knows, oldest first. `folder` holds the migrations."""
    names = sorted(path.name for path in (folder / "versions").glob("r*.py"))
    return tuple(match[1] for name in names if (match := re.match(r"r(\d{4})_", name)))


def upgrade(connection: Connection, folder: Path = FOLDER, revision: str = "head") -> None:
    """Run the migrations up to `revision` in the transaction of `connection`."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
