"""A disk that fails under a running workbench: nothing more is saved, every page says so, and reading goes on."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

import pytest
from served_casefile import entered, form_of, serving

from command_line import said
from invented import AT
from power_cuts import recorder
from recuento.casefile.casefile import Casefile
from recuento.casefile.review.reviewing import decide, reviews
from recuento.model.decision import Act

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or recorder() is None, reason="there is no C compiler, or this is no Linux"
)


def confirmed(client, page):
    """Send the form of a review page as it stands."""
    action = re.search(r'action="(/review/[^"]+/decide/)"', page.text)
    assert action is not None
    return client.post(action[1], **{**form_of(page), "action": "confirm"})


def decided(case: Path) -> int:
    """How many decisions stand."""
    with Casefile.open(case) as casefile:
        return len(reviews(casefile).decisions)


def test_a_failed_sync_stops_the_workbench_until_it_is_verified_and_restarted(prepared: Path, tmp_path: Path):
    """Also when the disk works again: the refusal stands until `recuento verify` and a restart, in both languages."""
    case = Path(shutil.copytree(prepared, tmp_path / "case"))
    dead, library = tmp_path / "dead", recorder()
    assert library is not None
    environment = {"LD_PRELOAD": str(library), "DISK_ROOT": str(case), "DISK_DEAD": str(dead)}
    with serving(case, environment=environment) as address:
        client = entered(address)
        assert "no se ha comprobado nunca" in client.get("/").text
        confirmed(client, client.get("/review/"))
        before = decided(case)
        dead.touch()
        answer = confirmed(client, client.get("/review/"))
        assert answer.status >= 400 and "aquí ya no se guarda nada" in answer.text
        dead.unlink()
        answer = confirmed(client, client.get("/review/"))
        assert answer.status >= 400 and f"{case}: el disco falló" in answer.text and "recuento verify" in answer.text
        client.post("/settings/", language="en")
        assert "nothing is saved here any more" in client.get("/").text
        assert (before, decided(case)) == (before, before)
        code, out = said("verify", "-C", case)
        assert code == 0 and "can be written to again" in out
        # Whoever met the failure does not go on before being started anew; others do.
        assert confirmed(client, client.get("/review/")).status >= 400
        answer = client.post("/capture/text/", text="Una nota.")
        assert answer.status == 503 and "The disk failed: nothing is saved" in answer.text
        assert "was last verified on" in client.get("/").text
        with Casefile.open(case) as casefile:
            decide(casefile, ["claim:A1"], Act.CONFIRM, by="ana", at=AT)
    # The decision of the failed sync was never said to be saved; whole as it is, it may be there all the same.
    assert decided(case) - before in (1, 2)
