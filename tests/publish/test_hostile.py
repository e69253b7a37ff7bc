"""Names, titles and texts from outside are words, never markup: whatever they hold, the pages stay whole and safe."""

import json
import xml.etree.ElementTree as ET
from dataclasses import replace
from functools import cache
from hashlib import sha256

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invented_dossier import EVENT, valdeoscuro
from test_build import Reader

from recuento.model.anchor import Anchor
from recuento.model.document import TextLayer
from recuento.model.dossier import Dossier
from recuento.model.statement import Speaker, SpeakerKind, Statement
from recuento.publish.build import build
from recuento.values.bilingual import Bilingual

_NASTY = (
    "<script>alert(1)</script>",
    "</script><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "' style='x",
    "{{ 7*7 }}{% raw %}",
    "]]>&amp;&#60;b&#62;",
    "\u202eabc\u202c \u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627",
    "👩‍👩‍👧‍👦 e\u0301 \u2028\u2029",
    "x" * 5000,
    "=HYPERLINK(1)",
    "../../etc",
    "%3Cscript%3E",
    "a\r\nb\tc",
)
nasty = st.one_of(
    st.sampled_from(_NASTY),
    st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=60),
    st.builds(
        "{} {}".format, st.sampled_from(_NASTY), st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20)
    ),
)


def hostile(words: list[str]) -> Dossier:
    """The invented dossier with `words` in every place that somebody outside can write to and that may be public.

    Names of files and of unnamed claimants stay out: the same words cannot be private there and public elsewhere.
    """
    one, two, three, four, five, six = words
    dossier = valdeoscuro()
    account, cast = dossier.events[0], dossier.cast
    claims = tuple(
        replace(
            claim,
            subset=one,
            claimant=two.lower(),
            quantity=replace(claim.quantity, words=three),
            grounds=tuple(replace(g, outlet=four, url=f"javascript:{five}") for g in claim.grounds),
        )
        for claim in account.claims
    )
    by_id = {claim.id: claim for claim in claims}
    table = replace(
        account.table,
        rows=tuple(
            replace(
                row,
                subset=one,
                cells=tuple(
                    replace(c, said=tuple(replace(s, claim=by_id[s.claim.id]) for s in c.said)) for c in row.cells
                ),
            )
            for row in account.table.rows
        ),
    )
    event = replace(account.event, name=Bilingual(five, six), summary=Bilingual(one, two))
    demands = tuple(replace(demand, item=three) for demand in account.demands)
    actors = tuple(replace(a, name=f"{four} {a.id}") if a.public and a.party != "kin" else a for a in cast.actors)
    text = f"{one} dijo que {six}\n{three}"
    layer = TextLayer("0" * 64, "plain", "1", text, sha256(text.encode()).hexdigest())
    statement = Statement(f"h-{five}", Speaker(two, SpeakerKind.PERSON), (Anchor.of(text, 0, len(text)),))
    documents = tuple(
        replace(
            published,
            document=replace(
                published.document,
                description=replace(published.document.description, title=two, outlet=three, url=f"data:{four}"),
            ),
            layer=replace(layer, document=published.document.sha256),
            statements=(replace(statement, id=f"{number}-{five}"),),
            reviewed=frozenset({f"{number}-{five}"}),
        )
        for number, published in enumerate(dossier.documents)
    )
    return replace(
        dossier,
        name=f"Observatorio {six}",
        cast=replace(cast, actors=actors, events=(event,)),
        events=(replace(account, event=event, claims=claims, table=table, demands=demands),),
        documents=documents,
    )


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(nasty, min_size=6, max_size=6))
def test_words_from_outside_never_become_markup(words: list[str]) -> None:
    """The tags and attributes of every page are those of the same dossier with harmless words."""
    built, allowed = build(hostile(words)), _harmless_attributes()
    for path, page in _read(built):
        assert not page.open and not page.unbalanced, path
        assert {(tag, name) for tag, name, _ in page.attributes} <= allowed, path
        assert len(page.ids) == len(set(page.ids)), path
        for link in page.links:
            assert not link.lower().lstrip().startswith(("javascript:", "data:", "vbscript:")), (path, link)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(nasty, min_size=6, max_size=6))
def test_formats_stay_readable_whatever_the_words(words: list[str]) -> None:
    """JSON, feeds and the site map parse, and the words come back from JSON as they were."""
    built = build(hostile(words))
    event = json.loads(built[f"files/{EVENT}/event.json"])
    assert event["name"] == {"es": words[4], "en": words[5]}
    for path, content in built.items():
        if path.endswith((".xml",)):
            ET.fromstring(content)
        elif path.endswith(".ftm.json"):
            assert all(json.loads(line)["id"] for line in content.decode().split("\n") if line)
        elif path.endswith(".json"):
            json.loads(content)


@cache
def _harmless_attributes() -> set[tuple[str, str]]:
    return {(tag, name) for _, page in _read(build(hostile(["a b"] * 6))) for tag, name, _ in page.attributes}


def _read(built: dict[str, bytes]) -> list[tuple[str, Reader]]:
    return [(path, Reader(content.decode())) for path, content in built.items() if path.endswith(".html")]
