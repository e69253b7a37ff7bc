"""The team of a casefile, opened for a command."""

from __future__ import annotations

from pathlib import Path

from recuento.casefile.casefile import SETTINGS, find_casefile
from recuento.casefile.settings.settings import read_settings
from recuento.errors import CasefileUnusable


def team_of(folder: Path | None) -> str:
    """Open the workbench's own small database, and give back the address at which the team reaches the workbench.

    Raises CasefileUnusable where there is no casefile, InvalidValue where it does not say how a team reaches it.
    """
    found = folder if folder is not None else find_casefile(Path.cwd())
    if not (found / SETTINGS).is_file():
        raise CasefileUnusable(f"{found} is no casefile", f"{found} no es un caso")
    from recuento.workbench.team.serving import settings_to_serve
    from recuento.workbench.team.site import set_up_team

    serve = settings_to_serve(read_settings(found / SETTINGS).serve)
    set_up_team(found, serve)
    return serve.address
