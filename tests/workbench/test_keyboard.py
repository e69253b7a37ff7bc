"""Everything but the queue by keyboard alone: bringing in, an event, a demand, people, publishing. No mouse, and after
every form one is at its result, where it is seen.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from linked_casefile import link_lists
from served_casefile import serving

from browser import NEEDS_CHROMIUM, chromium, is_too_wide, violations
from recuento.casefile.casefile import Casefile
from recuento.casefile.people.pair_decisions import standing_answers
from recuento.model.decision import Act
from recuento.store import decisions, documents

pytest.importorskip("splink", reason="the extra link is not installed")
pytestmark = NEEDS_CHROMIUM

TEXT = "El portavoz del penal aseguró que 47 internos fueron trasladados a Lares."
_TABS_MAX = 150
_MS = 120_000
_FOCUS = """() => {
  const on = document.activeElement;
  if (!on || on === document.body) return null;
  const drawn = on.matches(".alts label:not(.ty) input") ? on.nextElementSibling : on;
  const box = drawn.getBoundingClientRect(), style = getComputedStyle(drawn);
  const label = on.labels && on.labels[0];
  return { id: on.id, name: on.name || "", href: on.getAttribute("href") || "",
    words: ((label ? label.innerText : "") + " " + (on.innerText || "")).trim(),
    inView: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.left < innerWidth,
    ringed: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 };
}"""


class Keys:
    """Somebody with a keyboard, who looks where the focus is after every key."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.unseen: list[tuple[str, Any]] = []

    def focus(self) -> Any:
        """What has the focus; noted where it cannot be seen."""
        found = self.page.evaluate(_FOCUS)
        if found and not (found["inView"] and found["ringed"]):
            self.unseen.append((urlsplit(self.page.url).path, found))
        return found

    def to(self, words: str = "", *, name: str = "", href: str = "") -> None:
        """Tab until what has the focus bears these words, is the field of that name, or a link to such an address."""
        passed = []
        for _ in range(_TABS_MAX):
            self.page.keyboard.press("Tab")
            found = self.focus()
            if found and words in found["words"] and name in found["name"] and href in found["href"]:
                return
            passed.append(found and found["words"][:30])
        raise AssertionError(f"no Tab reaches {words or name or href!r} on {self.page.url}: {passed}")

    def sends(self, words: str, lands: str) -> None:
        """Send with the button that bears these words; where one then stands, under the id `lands`, is seen."""
        self.to(words)
        self.page.keyboard.press("Enter")
        self.page.wait_for_selector(f"#{lands}:focus", timeout=_MS)
        assert self.focus()["id"] == lands

    def follows(self, words: str = "", *, href: str = "") -> None:
        """Follow the link that bears these words, or leads to such an address."""
        self.to(words, href=href)
        before = self.page.url
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(lambda url: url != before)

    def at_rest(self) -> None:
        """Wait until nothing is being worked on any more; the focus stays where it can be seen."""
        self.page.wait_for_selector("body:not(:has([data-poll]))", state="attached", timeout=_MS)
        assert self.focus()


@pytest.fixture(scope="module")
def case(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A casefile with everything in it: claims, statements, a demand, lists of names."""
    return link_lists(prepared, tmp_path_factory.mktemp("linked"))


@pytest.fixture(scope="module")
def keys(case: Path):
    """One browser and one page for the whole walk; nothing is complained of, and no focus was out of sight."""
    with serving(case, language="en") as address, chromium() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(address)
        made = Keys(page)
        yield made
        assert [one for one in complaints if "400" not in one] == []
        assert made.unseen == []


@pytest.fixture
def home(keys: Keys) -> Keys:
    """The same keyboard on the first page."""
    keys.page.goto("/".join(keys.page.url.split("/")[:3]) + "/")
    return keys


def acts(case: Path, kind: str) -> list[Act]:
    """What was decided on records of that kind, the first first."""
    with Casefile.open(case) as casefile, casefile.database.reading() as connection:
        return [one.act for one in reversed(decisions.latest(connection, (kind,), None, 9))]


def faults(page: Any) -> list[Any]:
    """What axe finds on the page as it stands, and whether it scrolls sideways: wide and dark, narrow and light."""
    found: list[Any] = []
    for scheme, width in (("dark", 360), ("light", 320), ("light", 1280)):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        found += [*violations(page), *(["too wide"] if is_too_wide(page) else [])]
    return found


def test_a_text_is_brought_in(home, case):
    """One lands at the list of what arrived and stays there while it is drawn anew; a fault lands on its words."""
    home.follows("Bring in")
    home.to(name="text")
    home.page.keyboard.type(TEXT)
    home.sends("Keep the text", "queue")
    home.at_rest()
    assert home.focus()["id"] == "queue"
    home.page.goto(home.page.url.split("#")[0])
    home.to(name="addresses")
    home.page.keyboard.type("ftp://x/y")
    home.to(name="told")
    home.page.keyboard.press("Space")
    home.to("Capture")
    home.page.keyboard.press("Enter")
    home.page.wait_for_selector("h1:focus")
    assert home.focus()
    with Casefile.open(case) as casefile, casefile.database.reading() as connection:
        assert "pasted text.txt" in {one.name for one in documents.all(connection)}


def test_an_event_is_read_and_a_demand_answered(home, case):
    """A world is chosen, a figure's words are opened, a place on the page is gone to, an answer is linked; a change of
    the language keeps the place."""
    home.follows(href="/event/fire/")
    home.to(name="world")
    home.page.keyboard.press("ArrowDown")
    home.sends("Work it out", "world-title")
    assert "world=" in home.page.url
    home.to(href="#demands")
    home.page.keyboard.press("Enter")
    home.page.wait_for_selector("#demands:focus")
    home.sends("Español", "demands")
    home.page.keyboard.press("Shift+Tab")
    home.sends("English", "demands")
    home.follows(href="/demand/")
    demand = home.page.url
    home.to(name="answer")
    home.page.keyboard.press("ArrowDown")
    home.to(name="state")
    home.page.keyboard.press("ArrowRight")
    home.sends("Note it", "state")
    assert home.page.url == f"{demand}#state" and acts(case, "demand") == [Act.SETTLE]
    assert home.page.locator("input[name=answer]:checked").get_attribute("value").startswith("statement:")
    home.follows(href="/document/")
    home.page.wait_for_selector(".text mark:focus")
    assert home.focus()


def test_people_are_judged(home, case):
    """Y answers and U takes it back, and after each one is at a pair; axe finds nothing, and nothing is too wide."""
    home.follows("People")
    home.page.wait_for_selector("#pairs a.go", timeout=_MS)
    found = faults(home.page)
    home.follows("Start")
    found += faults(home.page)
    assert found == []
    for key in "yu":
        before = home.page.url
        home.page.keyboard.press(key)
        home.page.wait_for_url(lambda url, before=before: url != before)
        home.page.wait_for_selector("#statement:focus")
        assert home.focus()
    with Casefile.open(case) as casefile:
        assert standing_answers(casefile) == ()


def test_a_dossier_is_published(home, case):
    """Compared, asked for, confirmed on a second look and written; each step lands at its result."""
    home.follows("Publish")
    home.sends("Work out the difference", "difference")
    home.at_rest()
    home.sends("Ask that it be published", "asked")
    home.to(name="looked")
    home.page.keyboard.press("Space")
    home.sends("Confirm and write the dossier", "written")
    assert acts(case, "publication") == [Act.REQUEST, Act.APPROVE]
    assert (case / "dossier" / "SHA256SUMS").is_file()
