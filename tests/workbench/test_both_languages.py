"""A page in Spanish and the same in English: the same places under the same names, so that a link holds in both."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from team_site import Team, token_in

from recuento.casefile.publishing.public_difference import difference
from recuento.casefile.publishing.publish_desk import keep_difference
from recuento.casefile.running import default_dossier
from recuento.workbench.roles import EVERY_ROLE


class _Places(HTMLParser):
    """The ids of a page in their order, where its links lead, and which fields its labels and descriptions name."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.named: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take in what a link or a script can go by."""
        told = {name: value or "" for name, value in attrs}
        self.ids += [told["id"]] if "id" in told else []
        self.links += [told[name] for name in ("href", "action", "formaction") if name in told]
        for name in ("for", "form", "aria-labelledby", "aria-describedby", "aria-controls"):
            self.named |= set(told.get(name, "").split())


def places(text: str) -> _Places:
    """What the page can be gone to by."""
    found = _Places()
    found.feed(text)
    return found


@pytest.fixture(scope="module")
def pages(team: Team) -> dict[str, tuple[str, str]]:
    """Address to the page in Spanish and in English, for every kind of page that shows something of the casefile."""
    casefile = team.desk.casefile
    compared = difference(casefile, default_dossier(casefile), team.desk.day())
    keep_difference(casefile, compared)
    client = team.client(team.member(*EVERY_ROLE))

    def seen(address: str) -> str:
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        return str(answer.content.decode())

    def speak(language: str) -> None:
        sent = {"csrfmiddlewaretoken": token_in(client.get("/history/")), "language": language}
        assert client.post("/settings/", sent).status_code == 303

    event = seen("/event/fire/")
    records = [re.search(rf'href="([^"#]*/{kind}/[^"#]+/)', event)[1] for kind in ("claim", "demand", "document")]  # type: ignore[index]
    review = re.search(r'href="(/review/[^"]+)"', seen(records[2]))[1]  # type: ignore[index]
    taken = re.search(r'href="(/publish/out/[^"]+)"', seen(records[0]))[1]  # type: ignore[index]
    addresses = [
        "/", "/event/fire/", "/event/fire/?hand=1", "/event/fire/?world=uncontested", "/event/fire/brief/", *records,
        review, taken, "/capture/", "/publish/", "/history/", "/orphans/", "/people/", "/unseal/", "/me/", "/team/",
        f"/add/{records[2].split('/')[2]}/", "/api/v1/docs/",
        "/cast/", "/cast/actor/", "/cast/actor/?actor=warden", "/cast/actor/?name=Ana&from=/review/", "/cast/facility/",
        "/cast/event/",
    ]  # fmt: skip
    found: dict[str, Any] = {}
    for language in ("es", "en"):
        speak(language)
        for address in addresses:
            found[address] = (*found.get(address, ()), seen(address))
    speak("es")
    return found


def test_places_have_the_same_names_in_both_languages(pages):
    """The same ids in the same order, and the same links: whoever changes the language stays where the link led."""
    for address, (spanish, english) in pages.items():
        assert 'lang="es"' in spanish[:60] and 'lang="en"' in english[:60], address
        es, en = places(spanish), places(english)
        assert es.ids == en.ids, address
        assert es.links == en.links, address


def test_every_place_that_is_named_is_there_once(pages):
    """No id stands twice on a page; what a link, a label or a description names on its own page is there."""
    for address, (spanish, _) in pages.items():
        found = places(spanish)
        assert len(set(found.ids)) == len(found.ids), address
        here = {link[1:] for link in found.links if link.startswith("#")}
        assert (here | found.named) - set(found.ids) == set(), address
