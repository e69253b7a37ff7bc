"""The last look before anything leaves: no file may hold the name of an actor that is not public."""

from __future__ import annotations

from collections.abc import Mapping

from recuento.errors import CheckFailed
from recuento.publish.names import PrivateNames


def refuse_private_names(files: Mapping[str, bytes], private: PrivateNames) -> None:
    """Raise CheckFailed naming every file (its address too) in which a private name stands; never the name."""
    found = [path for path in sorted(files) if _is_unsafe(path, files[path], private)]
    if not found:
        return
    listed = ", ".join(found[:20]) + ("…" if len(found) > 20 else "")
    raise CheckFailed(
        f"not published: the name of an actor that is not public stands in {listed}; "
        "withhold the claim or document it comes from, reword it, or mark the actor public",
        f"no se publica: el nombre de un actor que no es público figura en {listed}; "
        "retenga la cifra o el documento de donde viene, cambie la redacción o marque al actor como público",
    )


def _is_unsafe(path: str, content: bytes, private: PrivateNames) -> bool:
    return private.found_in(path) or private.found_in_page(content.decode("utf-8", errors="replace"))
