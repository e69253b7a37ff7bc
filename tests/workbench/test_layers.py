"""A reviewer sees what stayed with an earlier text, and the earlier text that still has the words."""

import re

from served_casefile import AT

from recuento.casefile.documents.extracting_again import extract_again
from recuento.casefile.reading.reading import read_documents, read_what_changed
from recuento.casefile.review.correcting import Hand, decide_on
from recuento.model.decision import Act
from recuento.model.document import Sureness
from recuento.model.statement_key import statement_key
from recuento.preserve.extract import Extraction
from recuento.preserve.outcome import Outcome
from recuento.store import layers


def test_what_stayed_with_an_earlier_text_is_listed_with_its_words(client, opened):
    """The first page tells of it, the list leads to the earlier layer, and taking it back empties the list."""
    casefile = opened()
    one = next(d for d in read_documents(casefile) if any("371" in s.content[0].quote for s in d.statements))
    statement = next(s for s in one.statements if "371" in s.content[0].quote)
    made = decide_on(casefile, statement_key(one.document, statement), Act.CONFIRM, Hand("ana", AT))
    later = one.layer.text.replace("371", "372")
    extract_again(
        casefile,
        at=AT,
        wanted=[one.document],
        read=lambda data, name: Extraction("text/plain", Outcome.READ, text=later, extractor="plain", version="2"),
    )
    read_what_changed(casefile, at=AT)
    assert 'href="/orphans/"' in client.get("/").text
    listed = client.get("/orphans/")
    assert "371 internos" in listed.text and f'value="{made.id}"' in listed.text
    address = re.search(r'href="(/document/[0-9a-f]{16}/layer/[0-9a-f]{8}/)"', listed.text)[1]
    layer = client.get(address)
    assert re.search(r"<mark>[^<]*371 internos", layer.text)
    page = client.get(address.split("layer/")[0])
    assert address in page.text and 'href="/orphans/"' in page.text
    assert client.get("/history/").status == 200
    client.post("/undo/", decision=str(made.id), back="/orphans/")
    assert "371 internos" not in client.get("/orphans/").text
    assert 'href="/orphans/"' not in client.get("/").text


def test_words_that_were_not_surely_read_are_marked(client, opened):
    """The page of a document marks them and says how sure it is on the whole; the review names those of a statement."""
    casefile = opened()
    one = next(d for d in read_documents(casefile) if any("371" in s.content[0].quote for s in d.statements))
    at = one.layer.text.index("371")
    with casefile.database.writing() as connection:
        layers.add_sureness(connection, one.layer, [Sureness(0, 2, 95), Sureness(at, at + 3, 41)])
    page = client.get(f"/document/{one.document.sha256[:16]}/").text
    assert re.search(r'<span class="unsure"><b class="fg"[^>]*>371</b></span>', page)
    assert "68" in page and "OCR" in page
    keys = {s.content[0].quote: statement_key(one.document, s).split(":") for s in one.statements}
    for quote, (_, document, spans) in keys.items():
        shown = client.get(f"/review/{document}/{spans}/").text
        assert ("OCR" in shown or "de una imagen" in shown) == ("371" in quote)
