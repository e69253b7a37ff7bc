"""The open formats say what the page says."""

import csv
import io
import json
import posixpath
import re

from invented_dossier import EVENT, documents, valdeoscuro

from recuento.publish.addresses import leads, slugs, web_address
from recuento.publish.build import build

BUILT = build(valdeoscuro())
FILES = {path.rsplit("/", 1)[1]: content for path, content in BUILT.items() if path.startswith(f"files/{EVENT}/")}


def test_csv_and_its_description_have_the_same_columns() -> None:
    """datapackage.json describes claims.csv column by column, and each row has them all."""
    rows = list(csv.reader(io.StringIO(FILES["claims.csv"].decode())))
    fields = json.loads(FILES["datapackage.json"])["resources"][0]["schema"]["fields"]
    assert rows[0] == [field["name"] for field in fields]
    assert {len(row) for row in rows} == {len(fields)}
    assert len(rows) - 1 == len(json.loads(FILES["event.json"])["claims"])


def test_every_proof_in_event_json_can_be_checked_from_the_file_alone() -> None:
    """Multiply, add, divide: each bound follows from the lines, and the lines from the claims and identities."""
    event = json.loads(FILES["event.json"])
    checked = 0
    for world in event["worlds"]:
        claims = {claim["id"] for claim in event["claims"]}
        identities = {identity["id"]: identity for identity in world["identities"]}
        for bound in world["bounds"]:
            for proof in (bound["low_proof"], bound["high_proof"]):
                if proof is None:
                    continue
                total = sum(line["amount"] for line in proof["lines"])
                assert abs(total) // proof["divisor"] == abs(proof["value"])
                for line in proof["lines"]:
                    if line["kind"] == "claim":
                        assert line["ref"] in claims
                    if line["kind"] == "identity":
                        assert line["amount"] == line["multiplier"] * identities[line["ref"]]["constant"]
                checked += 1
    assert checked >= 6


def test_annotations_stand_on_the_frozen_text() -> None:
    """Position and quote agree with the text layer, and what stands before and after too."""
    texts = {published.document.sha256: published.layer.text for published in documents() if published.layer}
    seen = 0
    for path, content in BUILT.items():
        if not path.endswith(".annotations.json"):
            continue
        collection = json.loads(content)
        sha256 = re.match(r"urn:sha256:([0-9a-f]{64})#", collection["id"])[1]
        for item in collection["first"]["items"]:
            position, quote = item["target"]["selector"]
            text = texts[sha256]
            assert text[position["start"] : position["end"]] == quote["exact"]
            assert text[: position["start"]].endswith(quote["prefix"])
            assert text[position["end"] :].startswith(quote["suffix"])
            seen += 1
    assert seen == 10


def test_follow_the_money_entities_point_at_one_another() -> None:
    """Ids are distinct, and every entity that is referred to is in the file."""
    entities = [json.loads(line) for line in FILES["entities.ftm.json"].decode().splitlines()]
    ids = [entity["id"] for entity in entities]
    assert len(ids) == len(set(ids))
    for entity in entities:
        assert all(isinstance(value, list) and value for value in entity["properties"].values())
        for name in ("entity", "involved"):
            assert set(entity["properties"].get(name, [])) <= set(ids)
    assert {entity["schema"] for entity in entities} == {"Event", "Organization", "Person", "Document", "Note"}


def test_citations_name_the_edition() -> None:
    """BibTeX and CSL-JSON carry the date of the edition and the public address of the page as it is kept."""
    item = json.loads(FILES["cite.es.json"])[0]
    assert item["issued"]["date-parts"] == [[2017, 11, 30]]
    assert item["URL"] == f"https://ejemplo.invalid/recuento/v1/es/s/{EVENT}/"
    assert b"year = {2017}" in FILES["cite.en.bib"] and b"@misc{valdeoscuro-2017-v1" in FILES["cite.en.bib"]


def test_without_an_address_there_is_no_site_map() -> None:
    """A site map needs full addresses; without one none is made up."""
    assert "sitemap.xml" in BUILT
    assert "sitemap.xml" not in build(valdeoscuro(address=None))


def test_only_web_addresses_are_links() -> None:
    """http and https, with a host and without characters that could leave an attribute."""
    assert web_address("https://ejemplo.invalid/a?b=1&c=2") == "https://ejemplo.invalid/a?b=1&c=2"
    for bad in (
        "javascript:alert(1)",
        "data:text/html,x",
        "//host",
        "https:///x",
        'https://x/"',
        "file:///etc",
        "",
        None,
    ):
        assert web_address(bad) is None


def test_links_lead_where_the_long_way_says() -> None:
    """From every page to every file as posixpath has it."""
    paths = [*[path for path in BUILT if "/" in path][::7], "index.html", "a/b/c", "a/b/d/e"]
    for here in paths:
        for there in paths:
            if here != there:
                expected = posixpath.relpath(there, posixpath.dirname(here) or ".")
                assert leads(here, there) == expected, (here, there)


def test_slugs_are_safe_and_distinct() -> None:
    """No id can leave its folder or take the place of another."""
    found = slugs(["../../etc", "Ñandú!", "nandu", "", "a/b", "A-B"])
    assert len(set(found.values())) == len(found)
    assert all(re.fullmatch(r"[a-z0-9-]+", slug) for slug in found.values())
