"""A casefile that is deleted or unmounted under a running workbench."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from served_casefile import entered, serving


def test_every_page_says_that_the_casefile_is_gone_until_it_is_back(prepared: Path, tmp_path: Path) -> None:
    """In both languages, since its sessions are gone with it; nothing is made where it was, and then all goes on."""
    case, elsewhere = Path(shutil.copytree(prepared, tmp_path / "case")), tmp_path / "elsewhere"
    with serving(case) as address:
        client = entered(address)
        case.rename(elsewhere)
        for answer in (client.get("/"), client.get("/review/")):
            assert answer.status == 503
            assert f"{case} is no longer there" in answer.text and f"{case} ya no está" in answer.text
        told = client.get("/api/v1/documents")
        assert told.status == 503 and json.loads(told.text)["code"] == "casefile_gone"
        assert not case.exists()
        elsewhere.rename(case)
        assert client.get("/review/").status == 200
